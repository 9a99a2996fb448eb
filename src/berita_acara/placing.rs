//! Record and forum name one place: every paper of the forum prints it.

use sea_orm::ActiveValue::Set;

use super::{
    entity::berita_acara,
    face::MinutesFixed,
    service::{draft, place_of, record},
    signed_text, store,
};
use crate::{
    access::{Ctx, Permission},
    forums::{self, ForumId},
    platform::{
        error::{Error, Result},
        i18n::Message,
    },
};

/// Where the place stands that is right, when record and forum name different ones.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Right {
    Forum,
    Record,
}

/// Makes record and forum name one place. The forum takes that of the record where it was held elsewhere than
/// announced: then every paper of it says so. Minutes that are fixed name the place of the forum: it stays theirs.
pub async fn agree_on_place(
    ctx: &Ctx,
    id: ForumId,
    right: Right,
    minutes_fixed: MinutesFixed,
) -> Result<()> {
    let forum = forums::get(ctx, id, Permission::ManageForum).await?;
    let tx = ctx.app.db.begin_write().await?;
    // Minutes are submitted and approved with the forum held: what is asked here stays so until the commit.
    let forum = forums::hold(&tx, forum.id).await?;
    if right == Right::Record && minutes_fixed(&tx, id).await? {
        let message = Message::new("rule-berita-acara-place-in-minutes");
        let message = message.with("place", forums::where_in(&forum, ctx.locale()));
        return Err(Error::rule("berita_acara.place_in_minutes", message));
    }
    match right {
        Right::Forum => {
            let head = signed_text::open(&tx, ctx, &forum).await?;
            let change = berita_acara::ActiveModel {
                place: Set(place_of(&forum)),
                ..Default::default()
            };
            store::save_header(&tx, &head, change).await?;
            let data = serde_json::json!({ "place": "forum" });
            record(&tx, ctx, &head, "berita_acara.changed", data).await?;
        }
        Right::Record => {
            let head = draft(&tx, ctx, &forum).await?;
            forums::held_elsewhere(&tx, ctx, id, &head.place).await?;
        }
    }
    tx.commit().await?;
    Ok(())
}
