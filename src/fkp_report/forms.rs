//! The forms of the report: a free text, issuing, sending.

use serde::Serialize;

use super::{
    book::{Book, Written},
    sending::Parcel,
    service::Issue,
    views::base_of,
};
use crate::platform::{
    check::Check,
    error::{FieldError, Result},
    i18n::{Locale, t},
    web::{
        forms::{ErrorLine, Form, FormView},
        pages::Page,
    },
};

pub const LONGEST: usize = 8_000;

#[derive(Serialize)]
pub struct TextPage {
    back_href: String,
    action: String,
    reset_action: String,
    version: i32,
    title: String,
    is_list: bool,
    /// The text of somebody else who saved meanwhile.
    theirs: Option<String>,
    own: bool,
    form: FormView,
    errors: Vec<ErrorLine>,
}

impl Page for TextPage {
    const TEMPLATE: &'static str = "fkp_report/text";
    fn title(&self, _: Locale) -> String {
        self.title.clone()
    }
}

/// What somebody typed and was not saved, with why.
pub struct Typed<'a> {
    pub form: &'a Form,
    pub faults: &'a [FieldError],
    /// Somebody else saved meanwhile: both texts are shown.
    pub stale: bool,
}

pub fn text_page(
    book: &Book,
    written: &Written,
    typed: Option<&Typed<'_>>,
    locale: Locale,
) -> TextPage {
    let form = FormView::new()
        .field("text", true, LONGEST)
        .field("looked", false, 0);
    let (form, faults) = match typed {
        Some(typed) => (form.typed(typed.form), typed.faults),
        None => (form.with("text", shown(written)), &[][..]),
    };
    let (form, errors) = form.refused(faults, locale);
    let base = base_of(book.forum.id);
    let slot = written.slot.code();
    let stale = typed.is_some_and(|typed| typed.stale);
    TextPage {
        back_href: format!("{base}#{slot}"),
        action: format!("{base}/naskah/{slot}"),
        reset_action: format!("{base}/naskah/{slot}/bawaan"),
        version: match typed {
            Some(typed) if !stale => version_of(typed.form),
            _ => written.version,
        },
        title: t(locale, &format!("fkp-report-slot-{slot}")),
        is_list: written.slot.is_list(),
        theirs: stale.then(|| written.text.clone()),
        own: written.by.is_some(),
        form,
        errors,
    }
}

/// A text as it is written: paragraphs stand apart meanwhile; empty lines are not kept.
pub fn shown(written: &Written) -> String {
    if written.slot.is_list() {
        written.text.clone()
    } else {
        written.text.replace('\n', "\n\n")
    }
}

pub fn version_of(form: &Form) -> i32 {
    form.get("version").parse().unwrap_or(-1)
}

/// A free text as typed: lines without blank ones.
pub fn text_of(form: &Form) -> Result<String> {
    let mut check = Check::new();
    let text = check.text("text", form.get("text"), 3, LONGEST);
    check.finish()?;
    let lines: Vec<&str> = text
        .lines()
        .map(str::trim)
        .filter(|line| !line.is_empty())
        .collect();
    Ok(lines.join("\n"))
}

pub fn issue_form() -> FormView {
    FormView::new()
        .field("number", false, 100)
        .field("dated_on", true, 0)
        .field("without_letter", true, 0)
}

pub fn issue_of(form: &Form) -> Result<Issue> {
    let mut check = Check::new();
    let number = check.optional("number", form.get("number"), 100);
    let dated_on = check.date("dated_on", form.get("dated_on"));
    check.finish()?;
    Ok(Issue {
        number: number.unwrap_or_default().replace('\n', " "),
        dated_on,
        without_letter: form.is_on("without_letter"),
    })
}

pub fn parcel_form() -> FormView {
    FormView::new()
        .field("to_name", true, 200)
        .field("to_address", true, 254)
        .field("note", false, 1_000)
}

pub fn parcel_of(form: &Form) -> Result<Parcel> {
    let mut check = Check::new();
    let to_name = check.line("to_name", form.get("to_name"), 2, 200);
    let to_address = check.email("to_address", form.get("to_address"));
    if to_address.is_none() && form.get("to_address").trim().is_empty() {
        check.fault(
            "to_address",
            crate::platform::i18n::Message::new("fkp-report-address-needed"),
        );
    }
    let note = check.optional("note", form.get("note"), 1_000);
    check.finish()?;
    Ok(Parcel {
        to_name,
        to_address: to_address.unwrap_or_default(),
        note: note.unwrap_or_default(),
    })
}
