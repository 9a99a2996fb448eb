//! The public form, one thing after the other: what happened, details and files, who you are, check and send. Each
//! page is sent and kept before the next is shown; no script is needed. Then what the citizen decides afterwards.

mod categories;
mod check;
mod details;
mod follow;
mod links;
mod person;
mod story;

use poem::{Request, Response, Route, get, post};

pub(super) use follow::{FollowView, follow_view};

use super::status;
use crate::{
    access::Ctx,
    complaints::filing::{self, Begun},
    platform::{
        error::{Error, FieldError, Result},
        i18n::Message,
        web::{
            cookies::{Cookie, FlashKind},
            forms::Form,
        },
    },
};

const STORY: &str = "/pengaduan/baru/cerita";
const DETAILS: &str = "/pengaduan/baru/rincian";
const PERSON: &str = "/pengaduan/baru/anda";
const CHECK: &str = "/pengaduan/periksa";
const RECEIPT: &str = "/pengaduan/tanda-terima";

pub(super) fn routes(route: Route) -> Route {
    route
        .at("/pengaduan/baru", get(story::show_new).post(story::keep))
        .at("/pengaduan/baru/cerita", get(story::show_again))
        .at(
            "/pengaduan/baru/rincian",
            get(details::show).post(details::keep),
        )
        .at("/pengaduan/baru/anda", get(person::show).post(person::keep))
        .at("/pengaduan/baru/hapus", post(story::throw_away))
        .at("/pengaduan/periksa", get(check::show))
        .at("/pengaduan", get(story::from_the_start).post(check::send))
        .at("/pengaduan/status/berkas", post(follow::add_files))
        .at("/pengaduan/status/kontak", post(follow::change_contact))
        .at("/pengaduan/status/kabar", post(follow::choose_news))
        .at(
            "/kabar/kontak/:token",
            get(links::show_contact).post(links::confirm_contact),
        )
        .at(
            "/kabar/berhenti/:token",
            get(links::show_quiet).post(links::be_quiet),
        )
        .at(
            "/kabar/ikuti/:token",
            get(links::show_follow).post(links::turn_follow),
        )
        .at("/pengaduan/ikuti", post(check::follow))
        .at(
            "/kerja/formulir-pengaduan",
            get(categories::list).post(categories::add),
        )
        .at(
            "/kerja/formulir-pengaduan/:id",
            get(categories::show).post(categories::change),
        )
        .at(
            "/kerja/formulir-pengaduan/:id/pertanyaan",
            post(categories::add_question),
        )
        .at(
            "/kerja/formulir-pengaduan/:id/ubah-pertanyaan",
            post(categories::change_question),
        )
        .at(
            "/kerja/formulir-pengaduan/:id/naikkan-pertanyaan",
            post(categories::raise_question),
        )
        .at(
            "/kerja/formulir-pengaduan/:id/hapus-pertanyaan",
            post(categories::remove_question),
        )
}

/// Where somebody stands who opens or sends a page of the form.
enum At {
    Here(Box<Begun>),
    /// There is no such form, or it was sent.
    Elsewhere(Response),
}

/// The form that the page names, else the one of this browser: a page in another window stays with its own.
async fn begun(ctx: &Ctx, request: &Request, form: Option<&Form>) -> Result<Option<Begun>> {
    let named = form.map(|form| form.get("form")).unwrap_or_default();
    let key = match named {
        "" => Cookie::Form.read(&ctx.app, request),
        named => Some(named.to_owned()),
    };
    match key {
        Some(key) => filing::open(ctx, &key).await,
        None => Ok(None),
    }
}

async fn arrive(ctx: &Ctx, request: &Request, form: Option<&Form>) -> Result<At> {
    Ok(match begun(ctx, request, form).await? {
        None => At::Elsewhere(ctx.redirect_with(
            "/pengaduan/baru",
            FlashKind::Info,
            &Message::new("filing-gone"),
        )),
        Some(Begun {
            became: Some(id), ..
        }) => {
            let mut response = ctx.redirect(RECEIPT);
            status::allow(ctx, &mut response, id);
            At::Elsewhere(response)
        }
        Some(begun) => At::Here(Box::new(begun)),
    })
}

/// On to the next page that is still open; whoever came back from the last page goes there at once.
fn onward(ctx: &Ctx, begun: &Begun) -> Response {
    let content = &begun.content;
    let next = match (content.detailed, content.introduced) {
        (false, _) => DETAILS,
        (true, false) => PERSON,
        (true, true) => CHECK,
    };
    let mut response = ctx.redirect(next);
    remember(ctx, &mut response, &begun.key);
    response
}

/// Until the browser is closed, so that the next person finds no form.
fn remember(ctx: &Ctx, response: &mut Response, key: &str) {
    Cookie::Form.set(&ctx.app, response, key, None);
}

/// Where each dot of the steps stands.
fn dots(now: usize) -> [bool; 4] {
    [1, 2, 3, 4].map(|step| step <= now)
}

/// The faults of an error that a form can show.
fn faults_of(error: Error) -> Result<Vec<FieldError>> {
    match error {
        Error::Invalid(faults) => Ok(faults),
        other => Err(other),
    }
}
