//! The receipt as a document: number, code, due date with its reasons, what happens next.

use chrono::DateTime;
use chrono_tz::Tz;

use super::{entity::complaint, explain, filing, handling, rules, words};
use crate::{
    access::Ctx,
    calendar::{self, dates},
    documents::{
        self, Kind,
        data::{ComplaintReceipt, DueDay, Fact, PrivacyChoice},
        letterhead_of,
    },
    organisation::{self, Unit},
    platform::{
        error::Result,
        i18n::{Locale, Message, t},
    },
};

/// Where the citizen looks it up; the code is not part of an address.
#[must_use]
pub fn status_path(of: &complaint::Model) -> String {
    format!("/lacak?nomor={}", of.number)
}

/// What stands above a receipt: TANDA TERIMA APRESIASI.
#[must_use]
pub fn heading(of: &complaint::Model, locale: Locale) -> String {
    Message::new("complaints-pdf-heading")
        .with("voice", words::kind(of.kind, locale).to_uppercase())
        .text(locale)
}

fn fact(label: String, line: String) -> Fact {
    Fact {
        label,
        lines: vec![line],
    }
}

fn due_days(of: &complaint::Model, zone: Tz, locale: Locale) -> Vec<DueDay> {
    let runs = explain::runs(&of.explanation.days);
    let mut counted = 0;
    runs.into_iter()
        .map(|run| {
            let last = &run[run.len() - 1];
            counted += usize::from(last.counted);
            let count = match last.counted {
                true => Message::new("complaints-pdf-day")
                    .with("n", counted)
                    .text(locale),
                false => t(locale, "complaints-pdf-day-skipped"),
            };
            let mut note = last.reason(locale).to_owned();
            if last.code == "due" {
                let due = of.due_at.with_timezone(&zone);
                note = Message::new("complaints-day-due")
                    .with("reason", note)
                    .with("at", dates::clock(&due, locale))
                    .text(locale);
            }
            DueDay {
                date: explain::run_label(run, locale),
                note,
                count,
                counted: last.counted,
            }
        })
        .collect()
}

async fn contacts(ctx: &Ctx, unit: &Unit, locale: Locale) -> Result<Vec<Fact>> {
    let contacts = organisation::contacts(&ctx.app.db, unit.id).await?;
    let mut facts: Vec<Fact> = contacts
        .into_iter()
        .filter(|contact| contact.purpose != organisation::ContactPurpose::Fax)
        .map(|contact| fact(contact.label, contact.value))
        .collect();
    facts.push(fact(
        t(locale, "complaints-pdf-address"),
        unit.address.clone(),
    ));
    Ok(facts)
}

/// Category, answered questions and files: what was acknowledged.
async fn brought(ctx: &Ctx, of: &complaint::Model, locale: Locale) -> Result<Vec<Fact>> {
    let asked = filing::details(&ctx.app.db, of).await?;
    let category = asked
        .category
        .map(|name| (t(locale, "filing-category"), name));
    let files = handling::attached(&ctx.app.db, of).await?;
    let names = files.into_iter().filter(|file| file.by_citizen);
    let names: Vec<String> = names.map(|file| file.name).collect();
    let files = (!names.is_empty()).then(|| (t(locale, "filing-files"), names.join(", ")));
    let all = category.into_iter().chain(asked.answers).chain(files);
    Ok(all.map(|(label, line)| fact(label, line)).collect())
}

async fn data(
    ctx: &Ctx,
    of: &complaint::Model,
    unit: &Unit,
    code: &str,
) -> Result<ComplaintReceipt> {
    // The receipt is kept and shown to others; it speaks the language its owner used.
    let locale = Locale::parse(&of.locale).unwrap_or_default();
    let zone = organisation::zone_of(unit)?;
    let moment = |at: DateTime<chrono::Utc>| dates::date_time(&at.with_timezone(&zone), locale);
    let calendar = calendar::work_calendar(&ctx.app.db, unit.id).await?;
    let title = Message::new("complaints-pdf-title")
        .with("number", &of.number)
        .with("voice", words::kind(of.kind, locale))
        .with("called", words::called(of.kind, locale))
        .text(locale);
    let step = |n: usize| {
        Message::new(&format!("complaints-pdf-next-{n}"))
            .with("kind", of.kind.code())
            .with("called", words::called(of.kind, locale))
            .text(locale)
    };
    let choice = words::privacy(of.anonymous, of.confidential);
    Ok(ComplaintReceipt {
        running: title.clone(),
        title,
        letterhead: letterhead_of(unit),
        heading: heading(of, locale),
        number: of.number.clone(),
        access_code: Some(rules::grouped(code)),
        access_note: t(locale, "complaints-pdf-code-note"),
        qr_caption: t(locale, "complaints-pdf-qr"),
        facts: vec![
            fact(t(locale, "complaints-pdf-received"), moment(of.received_at)),
            fact(
                t(locale, "complaints-inbox-channel"),
                words::channel(of.channel, locale),
            ),
            fact(t(locale, "complaints-field-subject"), of.subject.clone()),
        ]
        .into_iter()
        .chain(brought(ctx, of, locale).await?)
        .collect(),
        due_at: moment(of.due_at),
        due_rule: explain::note(of, &calendar, zone, locale),
        due_days: due_days(of, zone, locale),
        next_steps: (1..=3).map(step).collect(),
        privacy: PrivacyChoice {
            choice: t(locale, &format!("complaints-privacy-{choice}")),
            meaning: t(locale, &format!("complaints-privacy-{choice}-meaning")),
        },
        contact: contacts(ctx, unit, locale).await?,
        notes: vec![t(locale, "complaints-pdf-free")],
        verification: None,
        qr: Some(ctx.app.url(&status_path(of))),
    })
}

/// The receipt as PDF.
pub async fn pdf(ctx: &Ctx, of: &complaint::Model, unit: &Unit, code: &str) -> Result<Vec<u8>> {
    let data = data(ctx, of, unit, code).await?;
    documents::render(&ctx.app, Kind::ComplaintReceipt, &data, ctx.now).await
}
