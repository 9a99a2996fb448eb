//! Small pieces of a case page that are asked for again: who else has it open, and when the draft was kept.

use poem::{Response, handler, web::Path};
use serde::Serialize;

use crate::{
    access::{Ctx, SignedIn},
    calendar::dates,
    complaints::{
        desk::{self, Present},
        rules, viewing,
    },
    platform::{
        error::Result,
        i18n::{Locale, Message},
        web::pages::Page,
    },
};

/// What the row shows.
#[derive(Serialize)]
pub(super) struct PresenceView {
    href: String,
    words: String,
}

pub(super) fn view(number: &str, present: &[Present], locale: Locale) -> PresenceView {
    let names: Vec<&str> = present.iter().map(|one| one.name.as_str()).collect();
    PresenceView {
        href: format!("/kerja/pengaduan/{}/hadir", rules::read_number(number)),
        words: if names.is_empty() {
            String::new()
        } else {
            Message::new("complaints-present")
                .with("names", names.join(", "))
                .text(locale)
        },
    }
}

#[derive(Serialize)]
struct PresentPiece {
    presence: PresenceView,
}

impl Page for PresentPiece {
    const TEMPLATE: &'static str = "complaints/presence_live";
    fn title(&self, _: Locale) -> String {
        String::new()
    }
}

#[handler]
pub(super) async fn show(SignedIn(ctx): SignedIn, Path(number): Path<String>) -> Result<Response> {
    let present = desk::look_in(&ctx, &number).await?;
    ctx.page(&PresentPiece {
        presence: view(&number, &present, ctx.locale()),
    })
}

#[derive(Serialize)]
struct SavedPiece {
    words: String,
}

impl Page for SavedPiece {
    const TEMPLATE: &'static str = "complaints/draft_saved";
    fn title(&self, _: Locale) -> String {
        String::new()
    }
}

/// When the draft was kept.
pub(super) async fn saved(ctx: &Ctx, number: &str) -> Result<Response> {
    let case = viewing::case(ctx, number).await?;
    let at = dates::clock(&ctx.now.with_timezone(&case.zone), ctx.locale());
    ctx.page(&SavedPiece {
        words: Message::new("complaints-draft-at")
            .with("at", at)
            .text(ctx.locale()),
    })
}
