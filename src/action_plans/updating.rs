//! The link of a reminder: it names one action and one person, is signed, ends after some days, and lets that person
//! report progress without signing in. It opens nothing else.

use chrono::{DateTime, Duration, Utc};

use super::{
    entity::{
        ActionItemId, MilestoneId,
        action_progress::{Evidence, Model as Entry},
    },
    service::{self, Report},
    views::{self, Detail},
};
use crate::{
    access::{self, Ctx, PersonId},
    platform::{
        context::App,
        crypto::{Purpose, same},
        error::{Error, Result},
    },
};

fn mark(app: &App, action: ActionItemId, person: PersonId, until: i64) -> String {
    let signed = format!("action-update:{action}:{person}:{until}");
    app.keys.hash(Purpose::Tokens, &signed)
}

/// The address that stands in the mail of this person.
#[must_use]
pub fn link(ctx: &Ctx, action: ActionItemId, person: PersonId) -> String {
    let days = i64::from(ctx.app.config.action_plans.update_link_days);
    let until = (ctx.now + Duration::days(days)).timestamp();
    let mark = mark(&ctx.app, action, person, until);
    ctx.app
        .url(&format!("/perbarui/{action}.{person}.{until}.{mark}"))
}

/// What such a link opens: the action as its person sees it, and until when.
pub struct Opened {
    pub ctx: Ctx,
    pub detail: Detail,
    pub until: DateTime<Utc>,
}

/// A link that was never made names nothing; one that ended says so.
pub async fn open(ctx: &Ctx, token: &str) -> Result<Opened> {
    let parts: Vec<&str> = token.split('.').collect();
    let [action, person, until, given] = parts.as_slice() else {
        return Err(Error::NotFound);
    };
    let (action, person) = (ActionItemId::parse(action)?, PersonId::parse(person)?);
    let until: i64 = until.parse().map_err(|_| Error::NotFound)?;
    if !same(&mark(&ctx.app, action, person, until), given) {
        return Err(Error::NotFound);
    }
    let until = DateTime::from_timestamp(until, 0).ok_or(Error::NotFound)?;
    if ctx.now > until {
        return Err(super::rules::Broken::LinkEnded.into());
    }
    // Whoever left the office, or the division, finds nothing here any more.
    let acting = access::acting_as(ctx, person, ctx.now).await?;
    let detail = views::show(&acting, action).await?;
    Ok(Opened {
        ctx: acting,
        detail,
        until,
    })
}

/// So long after an entry the same words in the same form are a second press of the button, and no second report.
const PRESSED_TWICE_MINUTES: i64 = 10;

/// Whether a report is the one that this entry, the newest of its action, was made of: of the same person, a moment ago,
/// and with nothing in it that the entry does not hold. The note alone says nothing, the form proposes the same each week.
fn pressed_twice(
    newest: &Entry,
    report: &Report,
    (person, now): (Option<PersonId>, DateTime<Utc>),
) -> bool {
    let links: Vec<&str> = newest
        .files
        .0
        .iter()
        .filter_map(|one| match one {
            Evidence::Link { url } => Some(url.as_str()),
            Evidence::File { .. } => None,
        })
        .collect();
    person.is_some()
        && newest.by_id == person
        && now - newest.at <= Duration::minutes(PRESSED_TWICE_MINUTES)
        && newest.note == report.note
        && report
            .happened_on
            .is_none_or(|day| day == newest.happened_on)
        && report.files.is_empty()
        && report.uploads.is_empty()
        && links == report.links
}

/// Reports by the link, as the person that it names. Pressed twice, the second press finds what the first one wrote.
pub async fn report(ctx: &Ctx, token: &str, version: i32, report: Report) -> Result<()> {
    let opened = open(ctx, token).await?;
    let detail = &opened.detail;
    let id = detail.row.item.id;
    let who = (opened.ctx.person_id(), opened.ctx.now);
    let done_by = |step: MilestoneId, entry: &Entry| {
        let mut steps = detail.milestones.iter();
        steps.any(|one| one.id == step && one.entry_id == Some(entry.id))
    };
    let written = detail.progress.last().is_some_and(|entry| {
        pressed_twice(entry, &report, who)
            && report.milestone.is_none_or(|step| done_by(step, entry))
    });
    if written && version < detail.row.item.version {
        return Ok(());
    }
    service::report(&opened.ctx, id, Some(version), report).await
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{action_plans::entity::action_progress::EvidenceList, organisation::UnitId};

    #[test]
    fn only_a_second_press_is_taken_for_one() {
        let (person, other) = (PersonId::new(), PersonId::new());
        let now = DateTime::from_timestamp(1_775_000_000, 0).unwrap();
        let day = now.date_naive();
        let entry = |minutes: i64| Entry {
            id: uuid::Uuid::nil(),
            unit_id: UnitId::new(),
            action_id: ActionItemId::new(),
            at: now - Duration::minutes(minutes),
            happened_on: day,
            by_id: Some(person),
            by_name: "Rini".to_owned(),
            note: "Masih dikerjakan.".to_owned(),
            percent: 40,
            files: EvidenceList(vec![Evidence::Link {
                url: "https://contoh.example/a".to_owned(),
            }]),
        };
        let sent = |note: &str, day, link: &str| Report {
            note: note.to_owned(),
            happened_on: day,
            links: vec![link.to_owned()],
            ..Report::default()
        };
        let (note, link) = ("Masih dikerjakan.", "https://contoh.example/a");
        for (minutes, by, report, expected) in [
            (1, person, sent(note, Some(day), link), true),
            (1, person, sent(note, None, link), true),
            (1, other, sent(note, None, link), false),
            // A week later the form proposes the same note.
            (7 * 24 * 60, person, sent(note, None, link), false),
            (1, person, sent("Sudah selesai.", None, link), false),
            (1, person, sent(note, day.pred_opt(), link), false),
            (
                1,
                person,
                sent(note, None, "https://contoh.example/b"),
                false,
            ),
        ] {
            let found = pressed_twice(&entry(minutes), &report, (Some(by), now));
            assert_eq!(found, expected, "{minutes} {report:?}");
        }
    }
}
