//! The form that a complainant signs at the counter: what was taken down, the rights, and a slip with number and code
//! to take home. UU 25/2009 article 42 asks for name, address, what happened, place, time and signature.

use crate::{
    access::Ctx,
    calendar::{self, dates},
    complaints::{entity::complaint, explain, receipt, rules, viewing, ways::paper, words},
    documents::{
        self, Kind,
        data::{Fact, Record, RecordSection, RecordSlip, Signatory},
        letterhead_of,
    },
    organisation::{self, Unit},
    platform::{
        error::Result,
        i18n::{Locale, Message, t},
    },
};

/// The form of one case as PDF, for what the office recorded itself; printing it is logged.
pub async fn pdf(ctx: &Ctx, number: &str) -> Result<(String, Vec<u8>)> {
    let (of, unit, code) = viewing::printed_receipt(ctx, number).await?;
    let case = viewing::case(ctx, &of.number).await?;
    let facts = facts(ctx, &of, &unit, &case).await?;
    // Official paper is in the official language.
    let locale = Locale::Id;
    let label = |key: &str| t(locale, key);
    let zone = organisation::zone_of(&unit)?;
    let title = Message::new("ways-form-title")
        .with("number", &of.number)
        .text(locale);
    let today = dates::date(ctx.today_in(zone), locale);
    let choice = words::privacy(of.anonymous, of.confidential);
    let record = Record {
        running: title.clone(),
        title,
        letterhead: letterhead_of(&unit),
        heading: vec![
            label("ways-form-heading"),
            Message::new("ways-form-number")
                .with("number", &of.number)
                .text(locale),
        ],
        lead: Vec::new(),
        facts,
        sections: vec![
            RecordSection {
                heading: of.subject.clone(),
                paragraphs: vec![of.description.clone()],
                points: Vec::new(),
            },
            RecordSection {
                heading: label("ways-form-rights"),
                paragraphs: Vec::new(),
                points: vec![
                    label("ways-form-right-free"),
                    due_words(ctx, &of, &unit).await?,
                    format!(
                        "{}: {}",
                        label(&format!("complaints-privacy-{choice}")),
                        label(&format!("complaints-privacy-{choice}-meaning"))
                    ),
                    label("ways-form-right-withdraw"),
                    label("ways-form-right-ombudsman"),
                ],
            },
        ],
        table: None,
        closing: vec![label("ways-form-closing")],
        signatories: vec![
            signatory(
                format!("{}, {today}", unit.city),
                label("ways-form-complainant"),
                case.identity.name.clone().unwrap_or_else(dots),
            ),
            signatory(
                "\u{a0}".to_owned(),
                label("ways-form-officer"),
                ctx.account()
                    .map_or_else(dots, |person| person.name.clone()),
            ),
        ],
        notes: vec![label("ways-form-kept")],
        slip: Some(slip(&of, &code, &unit)?),
        verification: None,
        qr: Some(ctx.app.url(&receipt::status_path(&of))),
    };
    let bytes = documents::render(&ctx.app, Kind::Record, &record, ctx.now).await?;
    Ok((format!("formulir-{}.pdf", of.number), bytes))
}

/// What the complainant adds with a pen: where and when, what was lost, what is asked for.
const BY_HAND: [&str; 3] = [
    "ways-form-place-time",
    "ways-form-loss",
    "ways-form-settlement",
];

fn dots() -> String {
    ".".repeat(40)
}

fn signatory(place_date: String, position: String, name: String) -> Signatory {
    Signatory {
        place_date: Some(place_date),
        position: vec![position],
        name,
        rank: None,
        nip: None,
        signature: None,
        mark: None,
    }
}

async fn due_words(ctx: &Ctx, of: &complaint::Model, unit: &Unit) -> Result<String> {
    let zone = organisation::zone_of(unit)?;
    let calendar = calendar::work_calendar(&ctx.app.db, unit.id).await?;
    Ok(Message::new("ways-form-right-due")
        .with(
            "at",
            dates::date_time(&of.due_at.with_timezone(&zone), Locale::Id),
        )
        .with("why", explain::note(of, &calendar, zone, Locale::Id))
        .text(Locale::Id))
}

async fn facts(
    ctx: &Ctx,
    of: &complaint::Model,
    unit: &Unit,
    case: &viewing::Case,
) -> Result<Vec<Fact>> {
    let locale = Locale::Id;
    let zone = organisation::zone_of(unit)?;
    let label = |key: &str| t(locale, key);
    let mut facts = vec![
        Fact::new(
            label("complaints-pdf-received"),
            dates::date_time(&of.received_at.with_timezone(&zone), locale),
        ),
        Fact::new(
            label("complaints-inbox-channel"),
            words::channel(of.channel, locale),
        ),
        Fact::new(label("complaints-fact-kind"), words::kind(of.kind, locale)),
    ];
    let mut add = |key: &str, value: Option<String>| {
        if let Some(value) = value {
            facts.push(Fact::new(label(key), value));
        }
    };
    add("complaints-field-service", case.service.clone());
    let shown = case.sight.identity == rules::Sees::All;
    let hidden = || Some(label("ways-form-name-hidden"));
    let name = case.identity.name.clone();
    add("complaints-field-name", if shown { name } else { hidden() });
    let row = paper::of(&ctx.app.db, of.id).await?;
    if shown {
        let opened = row.as_ref().map(|row| paper::opened(&ctx.app, row));
        let (address, speaker) = opened.transpose()?.unwrap_or_default();
        // Whoever did not tell it writes it by hand.
        add("ways-field-address", address.or_else(|| Some(dots())));
        add("ways-field-represented", speaker);
    }
    if let Some(row) = row {
        add("ways-field-letter-number", row.letter_number);
        let written = row.letter_date.map(|day| dates::date(day, locale));
        add("ways-field-letter-date", written);
    }
    add("complaints-field-phone", case.identity.phone.clone());
    add("complaints-field-email", case.identity.email.clone());
    // UU 25/2009 article 42 asks for them; what the words say already stays empty here.
    for by_hand in BY_HAND {
        add(by_hand, Some(dots()));
    }
    Ok(facts)
}

fn slip(of: &complaint::Model, code: &str, unit: &Unit) -> Result<RecordSlip> {
    let locale = Locale::Id;
    let label = |key: &str| t(locale, key);
    let zone = organisation::zone_of(unit)?;
    Ok(RecordSlip {
        cut: label("ways-form-cut"),
        heading: receipt::heading(of, locale),
        facts: vec![
            Fact::new(label("ways-form-slip-number"), of.number.clone()),
            Fact::new(label("ways-form-slip-code"), rules::grouped(code).join(" ")),
            Fact::new(
                label("ways-form-slip-due"),
                dates::date_time(&of.due_at.with_timezone(&zone), locale),
            ),
        ],
        note: label("complaints-pdf-code-note"),
        alt: label("ways-form-slip-alt"),
    })
}
