//! The moves that are possible now, each a small form that opens where it is needed.

use serde::Serialize;

use super::panels::Panel;
use crate::{
    access::{Ctx, Permission, Place},
    complaints::{
        entity::complaint,
        rules::{self, Class, Event},
        words,
    },
    platform::{
        i18n::{Locale, t},
        web::forms::{FieldView, FormView},
    },
};

#[derive(Serialize)]
pub(super) struct MoveView {
    id: &'static str,
    action: String,
    icon: &'static str,
    label: String,
    note: String,
    button: String,
    kind: &'static str,
    open: bool,
    fields: Vec<MoveField>,
}

impl MoveView {
    pub fn is(&self, id: &str) -> bool {
        self.id == id
    }
}

#[derive(Serialize)]
struct MoveField {
    /// `line`, `text`, `select` or `radios`.
    shape: &'static str,
    field: FieldView,
    label: String,
    hint: String,
    rows: u8,
}

/// The fields of all moves, empty.
pub(super) fn with_fields(
    view: FormView,
    of: &complaint::Model,
    services: &[(String, String)],
    locale: Locale,
) -> FormView {
    let mut classes = vec![(String::new(), t(locale, "complaints-class-later"))];
    classes.extend(Class::all().map(|class| (class.code(), words::class(class, locale))));
    let mut offered = vec![(String::new(), t(locale, "complaints-field-service-none"))];
    offered.extend(services.iter().cloned());
    let reasons = ["unclear", "duplicate"].map(|code| {
        let label = t(locale, &format!("complaints-reject-{code}"));
        (code.to_owned(), label)
    });
    view.choice("class", false, classes)
        .with("class", of.class.map(Class::code).unwrap_or_default())
        .field("ask_text", true, 3000)
        .field("reopen_reason", true, 1000)
        .choice("reject_reason", true, reasons.into())
        .field("reject_main", false, 40)
        .field("reject_text", false, 1000)
        .field("forward_body", true, 150)
        .field("forward_text", false, 1000)
        .field("withdraw_reason", true, 1000)
        .field("split_subject", true, 150)
        .field("split_description", true, 5000)
        .choice("split_service", false, offered)
        .field("question", true, 3000)
        .with("split_description", of.description.clone())
        .with("split_service", of.service_code.clone().unwrap_or_default())
}

/// One move as it stands in the list below.
struct Known {
    panel: Panel,
    id: &'static str,
    icon: &'static str,
    kind: &'static str,
    /// (shape, rows) of each field.
    shapes: &'static [(&'static str, u8)],
}

const KNOWN: [Known; 11] = [
    known(
        Panel::Verify,
        "periksa",
        "clipboard-check",
        "",
        &[("select", 0)],
    ),
    known(
        Panel::Classify,
        "golongan",
        "list-check",
        "",
        &[("select", 0)],
    ),
    known(Panel::Start, "mulai", "hourglass-split", "", &[]),
    known(Panel::Ask, "lengkapi", "reply", "", &[("text", 3)]),
    known(Panel::Close, "tutup", "check-lg", "", &[]),
    known(
        Panel::Reopen,
        "buka-lagi",
        "arrow-repeat",
        "",
        &[("text", 2)],
    ),
    known(
        Panel::Question,
        "tanya",
        "chat-left-text",
        "",
        &[("text", 3)],
    ),
    known(
        Panel::Reject,
        "tolak",
        "arrow-right",
        "",
        &[("radios", 0), ("line", 0), ("text", 3)],
    ),
    known(
        Panel::Forward,
        "alihkan",
        "arrow-right",
        "",
        &[("line", 0), ("text", 3)],
    ),
    known(
        Panel::Split,
        "pisahkan",
        "copy",
        "",
        &[("line", 0), ("text", 5), ("select", 0)],
    ),
    known(Panel::Withdraw, "cabut", "x-lg", "", &[("text", 2)]),
];

const fn known(
    panel: Panel,
    id: &'static str,
    icon: &'static str,
    kind: &'static str,
    shapes: &'static [(&'static str, u8)],
) -> Known {
    Known {
        panel,
        id,
        icon,
        kind,
        shapes,
    }
}

/// Whether the caller may make this move now.
fn may(ctx: &Ctx, of: &complaint::Model, panel: Panel) -> bool {
    let possible = |event| rules::steps(of.status, event).is_ok();
    let decides = ctx.may(Permission::CloseComplaint, of.unit_id);
    let works = ctx.may(
        Permission::AnswerComplaint,
        Place {
            unit: of.unit_id,
            division: of.division_id,
        },
    );
    match panel {
        Panel::Verify => decides && possible(Event::Verify),
        // Where it is verified, the class is chosen with that.
        Panel::Classify => decides && of.status.owes_answer() && !possible(Event::Verify),
        Panel::Start => works && possible(Event::Start),
        Panel::Ask => works && possible(Event::RequestCompletion),
        Panel::Close => decides && possible(Event::Close),
        Panel::Reopen => decides && possible(Event::Reopen),
        Panel::Question => works && possible(Event::Write),
        Panel::Reject => decides && possible(Event::Reject),
        Panel::Forward => decides && possible(Event::Forward),
        Panel::Split => decides && !of.status.is_final(),
        Panel::Withdraw => decides && possible(Event::Withdraw),
        _ => false,
    }
}

/// The moves that the caller may make now; the fields are taken out of the view.
pub(super) fn moves(
    ctx: &Ctx,
    of: &complaint::Model,
    view: &mut FormView,
    open: Option<Panel>,
) -> Vec<MoveView> {
    let locale = ctx.locale();
    let base = format!("/kerja/pengaduan/{}", of.number);
    KNOWN
        .iter()
        .filter(|known| may(ctx, of, known.panel))
        .map(|known| {
            let word = |part: &str| t(locale, &format!("complaints-move-{}-{part}", known.id));
            let fields = known.panel.fields().iter().zip(known.shapes);
            MoveView {
                id: known.id,
                action: format!("{base}/{}", known.id),
                icon: known.icon,
                label: word("title"),
                note: word("note"),
                button: word("do"),
                kind: known.kind,
                open: open == Some(known.panel),
                fields: fields
                    .map(|((name, _), (shape, rows))| MoveField {
                        shape,
                        field: view.fields.remove(name).unwrap_or_default(),
                        label: word_of(name, "label", locale),
                        hint: word_of(name, "hint", locale),
                        rows: *rows,
                    })
                    .collect(),
            }
        })
        .collect()
}

/// `ask_text` → `complaints-field-ask-text-label`.
fn word_of(name: &str, part: &str, locale: Locale) -> String {
    t(
        locale,
        &format!("complaints-field-{}-{part}", name.replace('_', "-")),
    )
}
