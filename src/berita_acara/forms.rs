//! The pages with one form each: the text around the points, one point, one signatory.

use serde::Serialize;

use super::{
    entity::{AgreedPointId, SignatoryId, agreed_point, signatory},
    points::NewPoint,
    service::{Book, HeaderText},
    signing::NewSignatory,
    store::Content,
    views::{base_of, group_options, input_options},
};
use crate::{
    documents,
    forums::{ForumInputId, Group},
    platform::{
        check::Check,
        error::{Error, FieldError, Result},
        i18n::{Locale, Message, t},
        web::{
            forms::{ErrorLine, Form, FormView, OptionView},
            pages::Page,
        },
    },
};

/// The text around the points.
#[derive(Serialize)]
pub struct HeaderPage {
    back_href: String,
    action: String,
    version: i32,
    form: FormView,
    errors: Vec<ErrorLine>,
}

impl Page for HeaderPage {
    const TEMPLATE: &'static str = "berita_acara/header";
    fn title(&self, locale: Locale) -> String {
        t(locale, "berita-acara-header-title")
    }
}

fn header_form() -> FormView {
    FormView::new()
        .field("number", false, 100)
        .field("place", true, 300)
        .field("title", true, 500)
        .field("opening_subject", true, 500)
        .field("legal_basis", false, 4000)
        .field("reference", false, 2000)
        .field("closing", true, 1000)
        .field("looked", false, 0)
}

pub fn header_page(
    book: &Book,
    content: &Content,
    typed: Option<(&Form, &[FieldError])>,
    locale: Locale,
) -> HeaderPage {
    let head = &content.head;
    let (form, faults) = match typed {
        Some((form, faults)) => (header_form().typed(form), faults),
        None => (
            header_form()
                .with("number", &head.number)
                .with("place", &head.place)
                .with("title", &head.title)
                .with("opening_subject", &head.opening_subject)
                .with("legal_basis", head.legal_basis.0.join("\n"))
                .with("reference", head.reference.0.join("\n"))
                .with("closing", &head.closing),
            &[][..],
        ),
    };
    let (form, errors) = form.refused(faults, locale);
    let base = base_of(book.forum.id);
    HeaderPage {
        action: format!("{base}/naskah"),
        back_href: base,
        version: typed.map_or(head.version, |(form, _)| version_of(form)),
        form,
        errors,
    }
}

pub fn version_of(form: &Form) -> i32 {
    form.get("version").parse().unwrap_or(0)
}

/// Lines of a text area, without empty ones.
fn lines(check: &mut Check, form: &Form, field: &str, max: usize) -> Vec<String> {
    check
        .optional(field, form.get(field), max)
        .unwrap_or_default()
        .lines()
        .map(str::trim)
        .filter(|line| !line.is_empty())
        .map(str::to_owned)
        .collect()
}

pub fn header_text(form: &Form) -> Result<HeaderText> {
    let mut check = Check::new();
    let number = check.optional("number", form.get("number"), 100);
    let text = HeaderText {
        number: number.unwrap_or_default().replace('\n', " "),
        place: check.line("place", form.get("place"), 2, 300),
        title: check.text("title", form.get("title"), 5, 500),
        opening_subject: check.line("opening_subject", form.get("opening_subject"), 5, 500),
        legal_basis: lines(&mut check, form, "legal_basis", 4000),
        reference: lines(&mut check, form, "reference", 2000),
        closing: check.text("closing", form.get("closing"), 5, 1000),
    };
    check.finish()?;
    Ok(text)
}

/// One agreed point, written anew or changed.
#[derive(Serialize)]
pub struct PointPage {
    back_href: String,
    action: String,
    version: i32,
    number: usize,
    /// What was said, to be read beside the words that answer it.
    quotes: Vec<QuoteView>,
    form: FormView,
    inputs: Vec<OptionView>,
    errors: Vec<ErrorLine>,
}

#[derive(Serialize)]
struct QuoteView {
    code: String,
    from: String,
    text: String,
    answer: Option<String>,
}

impl Page for PointPage {
    const TEMPLATE: &'static str = "berita_acara/point";
    fn title(&self, locale: Locale) -> String {
        Message::new("berita-acara-point-title")
            .with("number", self.number)
            .text(locale)
    }
}

fn quotes(book: &Book, chosen: &[String], locale: Locale) -> Vec<QuoteView> {
    let behind = book.inputs.iter();
    let behind = behind.filter(|input| chosen.contains(&input.id.to_string()));
    let views = behind.map(|input| QuoteView {
        code: input.code.clone(),
        from: input.raised_by_group.label(locale),
        text: input.text.clone(),
        answer: input.answer.clone(),
    });
    views.collect()
}

fn chosen_in(form: &Form) -> Vec<String> {
    form.all("inputs").into_iter().map(str::to_owned).collect()
}

pub fn point_form() -> FormView {
    FormView::new()
        .field("text", true, 2000)
        .field("inputs", false, 0)
        .field("looked", false, 0)
}

pub fn point_page(
    book: &Book,
    content: &Content,
    id: AgreedPointId,
    typed: Option<(&Form, &[FieldError])>,
    locale: Locale,
) -> Result<PointPage> {
    let mut points = content.points.iter().zip(1..);
    let (point, number) = points
        .find(|(point, _)| point.row.id == id)
        .ok_or(Error::NotFound)?;
    let row: &agreed_point::Model = &point.row;
    let (view, faults, chosen, version) = match typed {
        Some((form, faults)) => (
            point_form().typed(form),
            faults,
            chosen_in(form),
            version_of(form),
        ),
        None => (
            point_form().with("text", &row.text),
            &[][..],
            point.inputs.iter().map(ToString::to_string).collect(),
            row.version,
        ),
    };
    let (form, errors) = view.refused(faults, locale);
    let base = base_of(book.forum.id);
    Ok(PointPage {
        action: format!("{base}/butir/{id}"),
        back_href: base,
        version,
        number,
        quotes: quotes(book, &chosen, locale),
        form,
        inputs: input_options(book, chosen),
        errors,
    })
}

pub fn new_point(form: &Form) -> Result<NewPoint> {
    let mut check = Check::new();
    let text = check.text("text", form.get("text"), 5, 2000);
    let mut inputs = Vec::new();
    for raw in form.all("inputs") {
        match ForumInputId::parse(raw) {
            Ok(id) if !inputs.contains(&id) => inputs.push(id),
            Ok(_) => {}
            Err(_) => check.fault("inputs", Message::new("field-unknown-choice")),
        }
    }
    check.finish()?;
    Ok(NewPoint {
        text,
        inputs,
        looked: form.is_on("looked"),
        beside: None,
    })
}

/// One signatory.
#[derive(Serialize)]
pub struct SignatoryPage {
    back_href: String,
    action: String,
    version: i32,
    is_new: bool,
    form: FormView,
    errors: Vec<ErrorLine>,
}

impl Page for SignatoryPage {
    const TEMPLATE: &'static str = "berita_acara/signatory";
    fn title(&self, locale: Locale) -> String {
        t(
            locale,
            if self.is_new {
                "berita-acara-signatory-new"
            } else {
                "berita-acara-signatory-edit"
            },
        )
    }
}

pub fn signatory_page(
    book: &Book,
    row: Option<&signatory::Model>,
    typed: Option<(&Form, &[FieldError])>,
    locale: Locale,
) -> SignatoryPage {
    let view = FormView::new()
        .field("name", true, 200)
        .field("position", true, 200)
        .field("organisation", false, 200)
        .choice("group", true, group_options(locale))
        .field("represents", true, 200);
    let (view, faults, version) = match (typed, row) {
        (Some((form, faults)), _) => (view.typed(form), faults, version_of(form)),
        (None, Some(row)) => (
            view.with("name", &row.name)
                .with("position", &row.role)
                .with("organisation", &row.organisation)
                .with("group", row.participant_group.code())
                .with("represents", &row.represents),
            &[][..],
            row.version,
        ),
        (None, None) => (view, &[][..], 0),
    };
    let (form, errors) = view.refused(faults, locale);
    let base = base_of(book.forum.id);
    SignatoryPage {
        action: match row {
            Some(row) => format!("{base}/penanda-tangan/{}", row.id),
            None => format!("{base}/penanda-tangan/baru"),
        },
        back_href: base,
        version,
        is_new: row.is_none(),
        form,
        errors,
    }
}

pub fn find_signatory(content: &Content, id: SignatoryId) -> Result<&signatory::Model> {
    content
        .signatories
        .iter()
        .find(|one| one.id == id)
        .ok_or(Error::NotFound)
}

pub fn new_signatory(form: &Form) -> Result<NewSignatory> {
    let mut check = Check::new();
    let name = documents::typed_name(&mut check, "name", form.get("name"), (2, 200));
    let role = check.line("position", form.get("position"), 2, 200);
    let organisation = check.optional("organisation", form.get("organisation"), 200);
    let group = check.choice("group", form.get("group"), Group::parse);
    let represents = check.line("represents", form.get("represents"), 2, 200);
    check.finish()?;
    Ok(NewSignatory {
        name,
        role,
        organisation: organisation.unwrap_or_default(),
        group: group.unwrap_or(Group::Users),
        represents,
        attendance: None,
    })
}
