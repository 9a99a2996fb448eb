//! `/kerja/survei/{id}/komentar`: what people wrote of themselves, for those who may do something about it.

use futures::future::BoxFuture;
use poem::{
    Response, Route, get, handler, post,
    web::{Data, Path, Query},
};
use serde::{Deserialize, Serialize};

use super::{
    entity::answers::{SurveyResponseId, comment_use},
    reading_comments::{self, Written},
    setup::{
        pages::period_of,
        reading,
        views::{HeadView, base_of, head},
    },
};
use crate::{
    access::{Ctx, Permission, SignedIn},
    organisation::UnitId,
    platform::{
        error::Result,
        i18n::{Locale, Message, t},
        web::{cookies::FlashKind, forms::Form, pages::Page},
    },
};

/// The forums (id and title) in which the caller may still write inputs down. Composition gives this function to the
/// routes, because forums are another capability.
pub type ForumChoices = for<'a> fn(&'a Ctx, UnitId) -> BoxFuture<'a, Result<Vec<(String, String)>>>;

pub fn routes(route: Route) -> Route {
    route
        .at("/kerja/survei/:id/komentar", get(show))
        .at("/kerja/survei/:id/komentar/:response/hapus", post(remove))
}

#[derive(Serialize)]
struct CommentsPage {
    head: HeadView,
    summary: String,
    rows: Vec<RowView>,
    /// Whether a remark can become a complaint.
    may_file: bool,
    /// The forums of which it can become an input.
    forums: Vec<ForumView>,
    may_remove: bool,
    pager: PagerView,
}

#[derive(Serialize)]
struct RowView {
    id: String,
    text: String,
    note: String,
    /// Makes a complaint of it.
    complaint_action: String,
    /// Makes an input of it.
    input_action: String,
    /// Names the field of this form, one form per remark.
    at: usize,
    /// Takes the words away.
    remove_action: String,
    uses: Vec<UseView>,
}

#[derive(Serialize)]
struct ForumView {
    id: String,
    title: String,
}

#[derive(Serialize)]
struct UseView {
    href: String,
    text: String,
}

#[derive(Serialize)]
struct PagerView {
    previous: Option<String>,
    next: Option<String>,
    summary: String,
}

impl Page for CommentsPage {
    const TEMPLATE: &'static str = "surveys/comments";
    fn title(&self, locale: Locale) -> String {
        t(locale, "surveys-comments-title")
    }
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Wanted {
    halaman: u64,
}

fn use_view(row: &comment_use::Model, locale: Locale) -> UseView {
    let key = format!("surveys-use-{}", row.kind.code().replace('_', "-"));
    UseView {
        href: row.target.clone(),
        text: Message::new(&key)
            .with("label", &row.label)
            .with("name", &row.made_by)
            .text(locale),
    }
}

#[handler]
async fn show(
    SignedIn(ctx): SignedIn,
    Path(id): Path<String>,
    Query(wanted): Query<Wanted>,
    Data(forums): Data<&ForumChoices>,
) -> Result<Response> {
    let locale = ctx.locale();
    let period = period_of(&ctx, &id, Permission::ViewSurveys).await?;
    let forums = forums(&ctx, period.unit_id).await?;
    let number = wanted.halaman.clamp(1, 100_000);
    let Written {
        rows,
        uses,
        total,
        size,
    } = reading_comments::page(&ctx, &period, number - 1).await?;
    let whole = reading::whole(&ctx, period).await?;
    let base = format!("{}/komentar", base_of(whole.period.id));
    let page_at = |number: u64| format!("{base}?halaman={number}");
    let rows = rows.into_iter().zip(1..).map(|(row, at)| {
        let mut services = whole.services.iter();
        let service = services.find(|one| one.row.service_id == row.service_id);
        // Of a service with few answers the words would stand beside one sheet.
        let service = service.filter(|one| one.answers >= i64::from(whole.period.minimum_answers));
        let service = service.map_or("", |one| one.name.as_str());
        let of = uses.iter().filter(|one| one.response_id == row.id);
        RowView {
            id: row.id.to_string(),
            note: service.to_owned(),
            complaint_action: format!("{base}/{}/pengaduan", row.id),
            input_action: format!("{base}/{}/masukan", row.id),
            at,
            remove_action: format!("{base}/{}/hapus", row.id),
            uses: of.map(|one| use_view(one, locale)).collect(),
            text: row.comment.unwrap_or_default(),
        }
    });
    let page = CommentsPage {
        head: head(&whole, locale),
        summary: Message::new("surveys-comments-count")
            .with("count", total)
            .text(locale),
        rows: rows.collect(),
        may_file: ctx.may(Permission::RegisterComplaint, whole.unit.id),
        forums: forums
            .into_iter()
            .map(|(id, title)| ForumView { id, title })
            .collect(),
        may_remove: ctx.may(Permission::ManageSurveys, whole.unit.id),
        pager: PagerView {
            previous: (number > 1).then(|| page_at(number - 1)),
            next: (number * size < total).then(|| page_at(number + 1)),
            summary: Message::new("surveys-comments-page")
                .with("page", number)
                .with("pages", total.div_ceil(size).max(1))
                .text(locale),
        },
    };
    ctx.page(&page)
}

#[handler]
async fn remove(
    SignedIn(ctx): SignedIn,
    Path((id, response)): Path<(String, String)>,
    _form: Form,
) -> Result<Response> {
    let period = period_of(&ctx, &id, Permission::ManageSurveys).await?;
    let response = SurveyResponseId::parse(&response)?;
    reading_comments::remove(&ctx, period.id, response).await?;
    let path = format!("{}/komentar", base_of(period.id));
    let message = Message::new("surveys-comment-removed");
    Ok(ctx.redirect_with(&path, FlashKind::Ok, &message))
}
