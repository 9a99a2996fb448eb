//! The written notices of article 46: to the people concerned and to the authority, drafted from the register. They say
//! what was exposed, when and how, and what is done about it.

use super::{breaches::Audience, entity::breach::Model as Breach};
use crate::{
    access::Ctx,
    calendar::dates,
    documents::{
        self, Kind,
        data::{Fact, Letter, LetterSection, Signatory},
        letterhead_of,
    },
    organisation::{self, Unit, nip_text},
    platform::{
        error::Result,
        i18n::{Locale, Message, t},
    },
};

/// Letters of an office are Indonesian.
const LANGUAGE: Locale = Locale::Id;

fn paragraphs(text: &str) -> Vec<String> {
    let lines = text.lines().map(str::trim);
    lines
        .filter(|line| !line.is_empty())
        .map(str::to_owned)
        .collect()
}

async fn letter(ctx: &Ctx, of: &Breach, unit: &Unit, to: Audience) -> Result<Letter> {
    let zone = organisation::zone_of(unit)?;
    let date = dates::date(ctx.today_in(zone), LANGUAGE);
    let fact = |key: &str, words: String| Fact {
        label: t(LANGUAGE, key),
        lines: paragraphs(&words),
    };
    let mut facts = vec![
        fact("breach-number", of.number.clone()),
        fact(
            "breach-found",
            dates::date_time(&of.found_at.with_timezone(&zone), LANGUAGE),
        ),
        fact("breach-data-kinds", of.data_kinds.clone()),
        fact("breach-whose", of.whose.clone()),
    ];
    if to == Audience::Authority {
        facts.push(fact(
            "breach-people",
            dates::whole(u64::try_from(of.people).unwrap_or_default(), LANGUAGE),
        ));
    }
    let addressee = match to {
        Audience::Persons => "breach-to-persons",
        Audience::Authority => "breach-to-authority",
    };
    let section = |key: &str, text: &str| LetterSection {
        heading: t(LANGUAGE, key),
        facts: Vec::new(),
        body: paragraphs(text),
    };
    let mut sections = vec![section("breach-what", &of.what_happened)];
    if !of.risk.is_empty() {
        sections.push(section("breach-risk", &of.risk));
    }
    let measures = if of.measures.is_empty() {
        t(LANGUAGE, "breach-measures-none")
    } else {
        of.measures.clone()
    };
    sections.push(section("breach-measures", &measures));
    let head = organisation::head_of(&ctx.app.db, unit.id).await.ok();
    let known = |text: &str| Some(text.to_owned()).filter(|text| !text.is_empty());
    Ok(Letter {
        title: Message::new("breach-paper-title")
            .with("number", &of.number)
            .text(LANGUAGE),
        letterhead: letterhead_of(unit),
        place_date: format!("{}, {date}", unit.city),
        number: String::new(),
        classification: t(LANGUAGE, "personal-paper-classification"),
        attachments: String::new(),
        subject: t(LANGUAGE, "breach-paper-subject"),
        addressees: vec![t(LANGUAGE, addressee)],
        address_place: String::new(),
        opening: vec![t(LANGUAGE, "breach-paper-opening")],
        facts,
        body: Vec::new(),
        sections,
        closing: vec![
            t(LANGUAGE, "breach-paper-contact"),
            t(LANGUAGE, "breach-paper-closing"),
        ],
        signatory: head.map(|head| Signatory {
            place_date: None,
            position: vec![format!("{},", head.office)],
            rank: known(&head.rank),
            nip: known(&nip_text(&head.nip)),
            name: head.name,
            signature: None,
            mark: None,
        }),
        copies: Vec::new(),
        verification: None,
        qr: None,
    })
}

/// The notice as PDF, to be numbered and signed by the office.
pub async fn pdf(ctx: &Ctx, of: &Breach, unit: &Unit, to: Audience) -> Result<Vec<u8>> {
    let letter = letter(ctx, of, unit, to).await?;
    documents::render(&ctx.app, Kind::BreachNotice, &letter, ctx.now).await
}

/// The same as plain text, for a mail or a message.
pub async fn text(ctx: &Ctx, of: &Breach, unit: &Unit, to: Audience) -> Result<String> {
    let letter = letter(ctx, of, unit, to).await?;
    let facts = letter
        .facts
        .iter()
        .map(|fact| format!("{}: {}", fact.label, fact.lines.join(" ")));
    let sections = letter.sections.iter().map(|section| {
        let body = section.body.join("\n");
        format!("{}\n{body}", section.heading)
    });
    let mut parts = vec![letter.subject.clone(), letter.opening.join("\n")];
    parts.push(facts.collect::<Vec<_>>().join("\n"));
    parts.extend(sections);
    parts.push(letter.closing.join("\n"));
    parts.push(unit.name.clone());
    Ok(parts.join("\n\n"))
}
