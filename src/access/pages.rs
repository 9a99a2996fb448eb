//! Pages of access: sign in and out, the account, the choice of language, the API's documentation.

use poem::{
    Response, Route, get, handler, post,
    web::{Path, Query},
};
use serde::{Deserialize, Serialize};

use super::{
    ctx::{Ctx, Public, SignedIn, Via},
    entity::{ApiTokenId, api_token},
    link_pages, people_pages, service,
};
use crate::platform::{
    error::{Error, FieldError, Result},
    i18n::{Locale, Message, t},
    web::{
        cookies::{Cookie, FlashKind},
        forms::{ErrorLine, FieldView, Form, FormView},
        pages::Page,
    },
};

pub fn routes(route: Route) -> Route {
    let route = people_pages::routes(link_pages::routes(route));
    route
        .at("/masuk", get(sign_in_form).post(sign_in))
        .at("/keluar", post(sign_out))
        .at("/bahasa/:code", get(choose_language))
        .at("/kerja/akun", get(show_account))
        .at("/kerja/akun/kata-sandi", post(change_password))
        .at("/kerja/akun/keluar-semua", post(sign_out_everywhere))
        .at("/kerja/akun/token", post(create_token))
        .at("/kerja/akun/token/:id/cabut", post(revoke_token))
}

#[derive(Serialize)]
struct SignInPage {
    action: &'static str,
    next: String,
    errors: Vec<ErrorLine>,
    email: FieldView,
    password: FieldView,
    new_href: &'static str,
}

impl Page for SignInPage {
    const TEMPLATE: &'static str = "access/sign_in";
    fn title(&self, locale: Locale) -> String {
        t(locale, "access-sign-in-title")
    }
}

#[derive(Deserialize)]
struct Next {
    next: Option<String>,
}

fn sign_in_page(next: String, email: &str, faults: &[FieldError], locale: Locale) -> SignInPage {
    let view = FormView::new()
        .field("email", true, 254)
        .field("password", true, 200)
        .with("email", email);
    let (mut view, errors) = view.refused(faults, locale);
    let email = view.fields.remove("email").unwrap_or_default();
    let password = view.fields.remove("password").unwrap_or_default();
    SignInPage {
        action: "/masuk",
        next,
        errors,
        email,
        password,
        new_href: "/pengaduan/baru",
    }
}

#[handler]
async fn sign_in_form(Public(ctx): Public, Query(query): Query<Next>) -> Result<Response> {
    let next = inside(&query.next.unwrap_or_default());
    if ctx.account().is_some() {
        return Ok(ctx.redirect(&next));
    }
    ctx.page(&sign_in_page(next, "", &[], ctx.locale()))
}

#[handler]
async fn sign_in(Public(ctx): Public, form: Form) -> Result<Response> {
    let next = inside(form.get("next"));
    match service::sign_in(&ctx, form.get("email"), form.get("password")).await {
        Ok(token) => {
            let mut response = ctx.redirect(&next);
            Cookie::Session.set(&ctx.app, &mut response, &token, None);
            Ok(response)
        }
        Err(Error::Invalid(faults)) => {
            let page = sign_in_page(next, form.get("email"), &faults, ctx.locale());
            ctx.page_of(None, poem::http::StatusCode::UNPROCESSABLE_ENTITY, &page)
        }
        Err(error) => Err(error),
    }
}

/// Only addresses of our own: a link must not send a person elsewhere after signing in.
fn inside(path: &str) -> String {
    // Browsers drop tabs and line ends from an address: "/<tab>/elsewhere.example" would be another site.
    let fine = path.starts_with('/')
        && !path.starts_with("//")
        && path.chars().all(|c| c.is_ascii_graphic() && c != '\\')
        && path.len() <= 500;
    if fine && path != "/" {
        path.to_owned()
    } else {
        "/kerja".to_owned()
    }
}

#[handler]
async fn sign_out(Public(ctx): Public, _form: Form) -> Result<Response> {
    service::sign_out(&ctx).await?;
    let mut response = ctx.redirect_with("/", FlashKind::Ok, &Message::new("access-signed-out"));
    Cookie::Session.clear(&ctx.app, &mut response);
    Ok(response)
}

#[derive(Deserialize)]
struct Back {
    back: Option<String>,
}

#[handler]
async fn choose_language(
    Public(ctx): Public,
    Path(code): Path<String>,
    Query(query): Query<Back>,
) -> Result<Response> {
    let locale = Locale::parse(&code).ok_or(Error::NotFound)?;
    let back = query
        .back
        .filter(|path| path == "/" || inside(path) == *path)
        .unwrap_or_else(|| "/".to_owned());
    let mut response = ctx.redirect(&back);
    Cookie::Language.set(
        &ctx.app,
        &mut response,
        locale.code(),
        Some(365 * 24 * 3600),
    );
    Ok(response)
}

#[derive(Serialize)]
struct AccountPage {
    name: String,
    email: String,
    roles: Vec<String>,
    tokens: Vec<TokenView>,
    sessions: Vec<SessionView>,
    /// Shown once, right after it was made.
    new_token: Option<String>,
    form: FormView,
    errors: Vec<ErrorLine>,
}

#[derive(Serialize)]
struct TokenView {
    id: String,
    name: String,
    may_write: bool,
    created: String,
    last_used: Option<String>,
    revoked: bool,
}

impl TokenView {
    fn of(
        token: api_token::Model,
        moment: impl Fn(chrono::DateTime<chrono::Utc>) -> String,
    ) -> Self {
        Self {
            id: token.id.to_string(),
            name: token.name,
            may_write: token.may_write,
            created: moment(token.created_at),
            last_used: token.last_used_at.map(moment),
            revoked: token.revoked_at.is_some(),
        }
    }
}

#[derive(Serialize)]
struct SessionView {
    started: String,
    last_seen: String,
    here: bool,
}

impl Page for AccountPage {
    const TEMPLATE: &'static str = "access/account";
    fn title(&self, locale: Locale) -> String {
        t(locale, "access-account-title")
    }
}

async fn account_page(
    ctx: &Ctx,
    new_token: Option<String>,
    faults: &[FieldError],
) -> Result<Response> {
    let account = ctx.account().ok_or(Error::Unauthenticated)?;
    let overview = service::overview(ctx).await?;
    let locale = ctx.locale();
    let moment = |at: chrono::DateTime<chrono::Utc>| {
        crate::calendar::dates::date_time(&at.with_timezone(&account.zone), locale)
    };
    let view = FormView::new()
        .field("old_password", true, 200)
        .field("new_password", true, 200)
        .field("name", true, 80)
        .field("may_write", false, 0);
    let (form, errors) = view.refused(faults, locale);
    let page = AccountPage {
        name: account.name.clone(),
        email: account.email.clone(),
        roles: account
            .grants
            .iter()
            .map(|grant| t(locale, &grant.role.message_key()))
            .collect(),
        tokens: overview
            .tokens
            .into_iter()
            .map(|token| TokenView::of(token, moment))
            .collect(),
        sessions: overview
            .sessions
            .into_iter()
            .map(|session| SessionView {
                started: moment(session.created_at),
                last_seen: moment(session.last_seen_at),
                here: account.via
                    == Via::Session {
                        token_hash: session.token_hash,
                    },
            })
            .collect(),
        new_token,
        form,
        errors,
    };
    let status = if faults.is_empty() {
        poem::http::StatusCode::OK
    } else {
        poem::http::StatusCode::UNPROCESSABLE_ENTITY
    };
    ctx.page_of(None, status, &page)
}

#[handler]
async fn show_account(SignedIn(ctx): SignedIn) -> Result<Response> {
    account_page(&ctx, None, &[]).await
}

#[handler]
async fn change_password(SignedIn(ctx): SignedIn, form: Form) -> Result<Response> {
    match service::change_password(&ctx, form.get("old_password"), form.get("new_password")).await {
        Ok(()) => {
            let mut response = ctx.redirect_with(
                "/masuk",
                FlashKind::Ok,
                &Message::new("access-password-changed"),
            );
            Cookie::Session.clear(&ctx.app, &mut response);
            Ok(response)
        }
        Err(Error::Invalid(faults)) => account_page(&ctx, None, &faults).await,
        Err(error) => Err(error),
    }
}

#[handler]
async fn sign_out_everywhere(SignedIn(ctx): SignedIn, _form: Form) -> Result<Response> {
    service::sign_out_everywhere(&ctx).await?;
    let mut response = ctx.redirect_with(
        "/masuk",
        FlashKind::Ok,
        &Message::new("access-signed-out-everywhere"),
    );
    Cookie::Session.clear(&ctx.app, &mut response);
    Ok(response)
}

#[handler]
async fn create_token(SignedIn(ctx): SignedIn, form: Form) -> Result<Response> {
    let person = ctx.person_id().ok_or(Error::Unauthenticated)?;
    match service::create_token(&ctx, person, form.get("name"), form.is_on("may_write")).await {
        Ok(token) => account_page(&ctx, Some(token), &[]).await,
        Err(Error::Invalid(faults)) => account_page(&ctx, None, &faults).await,
        Err(error) => Err(error),
    }
}

#[handler]
async fn revoke_token(
    SignedIn(ctx): SignedIn,
    Path(id): Path<String>,
    _form: Form,
) -> Result<Response> {
    service::revoke_token(&ctx, ApiTokenId::parse(&id)?).await?;
    Ok(ctx.redirect_with(
        "/kerja/akun",
        FlashKind::Ok,
        &Message::new("access-token-revoked"),
    ))
}

#[derive(Serialize)]
struct ApiDocsPage {}

impl Page for ApiDocsPage {
    const TEMPLATE: &'static str = "access/api_docs";
    fn title(&self, _: Locale) -> String {
        "API".to_owned()
    }
}

/// The viewer of the OpenAPI document, from vendored files.
#[handler]
pub async fn api_docs(Public(ctx): Public) -> Result<Response> {
    ctx.page(&ApiDocsPage {})
}
