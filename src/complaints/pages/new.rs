//! The fields of a complaint as a form shows them, for the citizen's form and the officer's; and the words for who is
//! told and who sees what.

use crate::{
    access::Ctx,
    complaints::{
        identity::Identity,
        rules::{self, Kind},
        services, words,
    },
    organisation::Unit,
    platform::{
        error::Result,
        i18n::{Locale, Message, t},
        web::forms::{Form, FormView},
    },
};

/// The fields with their choices, empty.
pub(super) async fn fields(ctx: &Ctx, unit: &Unit) -> Result<FormView> {
    let mut choices = services::offered(&ctx.app.db, unit.id).await?;
    if !choices.is_empty() {
        let none = t(ctx.locale(), "complaints-field-service-none");
        choices.insert(0, (String::new(), none));
    }
    Ok(kinds(FormView::new(), ctx.locale())
        .choice("service", false, choices)
        .field("subject", true, 150)
        .field("description", true, 5000)
        .field("name", false, 120)
        .field("phone", false, 40)
        .field("email", false, 254)
        .field("anonymous", false, 0)
        .field("confidential", false, 0))
}

/// What was typed; a form that names no kind keeps the usual one.
pub(super) fn typed(view: FormView, form: &Form) -> FormView {
    let view = view.typed(form);
    match form.get("kind") {
        "" => view.with("kind", Kind::default().code()),
        _ => view,
    }
}

/// What it is: a complaint, unless somebody says otherwise.
fn kinds(view: FormView, locale: Locale) -> FormView {
    let kinds = Kind::all().map(|kind| (kind.code(), words::kind(kind, locale)));
    let mut view = view
        .choice("kind", true, kinds.collect())
        .with("kind", Kind::default().code());
    for option in view
        .fields
        .get_mut("kind")
        .into_iter()
        .flat_map(|f| &mut f.options)
    {
        let key = format!("complaint-kind-{}-hint", option.value.replace('_', "-"));
        option.hint = Some(t(locale, &key));
    }
    view
}

/// How the citizen hears of it.
pub(super) fn told_words(email: Option<&str>, locale: Locale) -> String {
    match email {
        Some(address) => Message::new("complaints-told-mail")
            .with("address", mail_hint(address))
            .text(locale),
        None => t(locale, "complaints-told-nobody"),
    }
}

/// Who sees it; of a name that was not given nothing is said.
pub(super) fn sees_words(
    (anonymous, confidential): (bool, bool),
    given: &Identity,
    locale: Locale,
) -> String {
    let key = match (given.is_empty(), confidential) {
        (true, false) => "complaints-privacy-nameless-sees".to_owned(),
        (true, true) => "complaints-privacy-nameless-confidential-sees".to_owned(),
        _ => format!(
            "complaints-privacy-{}-sees",
            words::privacy(anonymous, confidential)
        ),
    };
    t(locale, &key)
}

/// `b•••••@contoh.example`.
fn mail_hint(address: &str) -> String {
    match address.split_once('@') {
        Some((name, host)) => format!("{}@{host}", rules::masked(name)),
        None => rules::masked(address),
    }
}
