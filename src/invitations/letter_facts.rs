//! What the checks of a letter look at, gathered from the forum, its list and its offices.

use super::{
    Classification, Letter,
    letter_check::{self, Finding, LetterFacts},
    rules,
    service::{self, Bundle},
};
use crate::{
    access::Ctx,
    calendar, documents,
    forums::{self, Forum, Mode, days},
    organisation,
    platform::{error::Result, words::folded},
};

/// What is wrong or strange about the letter as it stands.
pub async fn findings(ctx: &Ctx, bundle: &Bundle) -> Result<Vec<Finding>> {
    let Some(letter) = &bundle.letter else {
        return Ok(Vec::new());
    };
    let calendar = calendar::work_calendar(&ctx.app.db, bundle.unit.id).await?;
    let groups: Vec<_> = bundle
        .recipients
        .iter()
        .map(|recipient| recipient.participant_group)
        .collect();
    let begin = |(day, number): (forums::Day, i32)| {
        let first = bundle.agenda.iter().find(|item| item.day == number);
        (day.starts, first.map(|item| item.starts))
    };
    let begins: Vec<_> = days::days(&bundle.forum)
        .into_iter()
        .zip(1..)
        .map(begin)
        .collect();
    let quotas = forums::quotas(&ctx.app.db, &bundle.forum).await?;
    let uninvited = quotas.iter().filter(|(_, planned)| *planned == 0);
    let uninvited: Vec<_> = uninvited.map(|(group, _)| *group).collect();
    let unprintable: Vec<String> = bundle
        .recipients
        .iter()
        .map(|row| format!("{}, {}", row.addressee, row.organisation))
        .filter(|name| !documents::is_printable(name))
        .collect();
    let squares = documents::unprintable_text(&printed_words(letter, bundle));
    // Under the letterhead of one office the head of another cannot sign.
    let officials = organisation::officials(&ctx.app.db, bundle.from.id).await?;
    let signs = officials
        .iter()
        .any(|one| folded(&one.office) == folded(&letter.signatory_position));
    let words = [
        &letter.subject,
        &letter.opening,
        &letter.body,
        &letter.closing,
    ];
    let words = words.map(String::as_str);
    // The town of the letter and the name of the unit say where it is, too.
    let places = format!(
        "{} {} {} {}",
        forums::where_text(&bundle.forum),
        forums::address_of(&bundle.forum),
        letter.place,
        bundle.unit.name,
    );
    let hours: Vec<_> = days::days(&bundle.forum)
        .iter()
        .flat_map(|day| [day.starts, day.ends])
        .chain(
            bundle
                .agenda
                .iter()
                .flat_map(|item| [item.starts, item.ends]),
        )
        .collect();
    let facts = LetterFacts {
        number: letter.number.as_deref(),
        replaces: letter.replaces_number.as_deref(),
        same_date: letter.replaces_date == letter.letter_date,
        corrects: letter.issued_sequence.is_some() || letter.replaces_number.is_some(),
        office: &bundle.from.name,
        pattern: &bundle.from.letter_number,
        restricted: letter.classification == Classification::Restricted,
        letter_date: letter.letter_date,
        forum_date: bundle.forum.date,
        days: &days::dates_of(&bundle.forum),
        nip: &letter.signatory_nip,
        addressless: !organisation::has_address(&bundle.from),
        strange_signatory: (!signs).then_some(letter.signatory_position.as_str()),
        words: &words.join("\n"),
        places: &places,
        hours: &hours,
        begins: &begins,
        recipients: bundle.recipients.len(),
        without_address: bundle
            .recipients
            .iter()
            .filter(|recipient| recipient.email.is_none())
            .count(),
        groups: &groups,
        uninvited: &uninvited,
        linkless: bundle.forum.mode != Mode::FaceToFace && bundle.forum.online_link.is_empty(),
        squares: squares.as_deref(),
        unprintable: &unprintable,
        today: ctx.today_in(bundle.zone),
        least_notice: ctx.app.config.forum.invitation_notice_working_days,
    };
    Ok(letter_check::check_letter(&facts, &calendar))
}

/// Everything that somebody typed and the letter prints, besides its list.
fn printed_words(letter: &Letter, bundle: &Bundle) -> String {
    let mut words = vec![
        &letter.place,
        &letter.subject,
        &letter.addressee,
        &letter.place_line,
        &letter.opening,
        &letter.body,
        &letter.closing,
        &letter.signatory_position,
        &letter.signatory_name,
        &letter.signatory_rank,
        &bundle.forum.title,
        &bundle.forum.theme,
    ];
    for item in &bundle.agenda {
        words.extend([&item.activity, &item.person_in_charge]);
    }
    words.extend(&letter.number);
    words.extend(&letter.copies.0);
    let words: Vec<&str> = words.into_iter().map(String::as_str).collect();
    words.join("\n").replace('\r', "")
}

/// What the overview of a forum says of its letter by other means.
fn is_told_elsewhere(key: &str) -> bool {
    const TOLD: [&str; 9] = [
        "number-missing",
        "date-missing",
        "recipients-missing",
        "agenda-missing",
        "agenda-day",
        "forum-day-off",
        "without-address",
        "restricted",
        "link-missing",
    ];
    let short = key.trim_start_matches("invitations-check-");
    TOLD.contains(&short) || short.starts_with("nobody-of")
}

/// What the checks say of a letter that is being written, beyond what the overview of its forum says anyway. Whoever
/// may not read the letter reads nothing of it here.
pub async fn further_findings(
    ctx: &Ctx,
    forum: &Forum,
    letter: Option<&Letter>,
) -> Result<Vec<Finding>> {
    // Where none is being written, nothing more is read.
    if letter.is_none() || rules::may_change(service::state_of(letter, forum)).is_err() {
        return Ok(Vec::new());
    }
    let bundle = service::bundle_of(ctx, forum.clone()).await?;
    if !bundle.may_read_names(ctx) {
        return Ok(Vec::new());
    }
    let mut found = findings(ctx, &bundle).await?;
    found.retain(|one| !is_told_elsewhere(one.message.key()));
    Ok(found)
}
