//! Reads what [`super::forum_missing`] judges, from the capabilities that know it.

use std::collections::HashSet;

use super::{
    forum_missing::{Facts, FollowUp, Invitation, Minutes, Preparation, Record, Report, Session},
    unheard,
};
use crate::{
    access::Ctx,
    attendance, berita_acara, calendar,
    documents::{self, Kind},
    follow_up::{self, Outcome},
    forums::{self, Forum, Group, Mode, Stage},
    invitations::{self, Delivery, Finding, Weight},
    minutes, organisation,
    platform::error::Result,
    registrations,
};

/// The facts, and the larger things they were read from, so that a page reads nothing twice.
pub struct Read {
    pub facts: Facts,
    pub outcome: Outcome,
    pub deliveries: Vec<Delivery>,
    pub came: attendance::Summary,
    pub inputs: Vec<forums::ForumInput>,
    pub agenda: Vec<forums::AgendaItem>,
    pub agenda_sources: Vec<forums::AgendaSource>,
    pub team: Vec<forums::TeamMember>,
    pub untold: registrations::Untold,
}

pub async fn read(ctx: &Ctx, forum: &Forum) -> Result<Read> {
    let db = &ctx.app.db;
    let unit = organisation::unit(db, forum.unit_id).await?;
    let zone = organisation::zone_of(&unit)?;
    let agenda = forums::agenda(db, forum).await?;
    let team = forums::team(db, forum).await?;
    let inputs = forums::inputs(db, forum).await?;
    let deliveries = invitations::deliveries(db, forum).await?;
    let came = attendance::summary(db, forum).await?;
    let record = berita_acara::summary(db, forum).await?;
    let outcome = follow_up::outcome(db, forum).await?;
    let letter = invitations::letter_of(db, forum).await?;
    let planned = forums::quotas(db, forum).await?;
    let passed = ctx.now >= forums::ends_at(forum, zone);
    let found = match forum.stage <= Stage::Invitation && !passed {
        true => invitations::further_findings(ctx, forum, letter.as_ref()).await?,
        false => Vec::new(),
    };
    let agreed = berita_acara::agreed_texts(db, forum.id).await?;
    let minutes = minutes::record(db, forum.id).await?;
    let work = calendar::work_calendar(db, unit.id).await?;
    let days = forums::days::dates_of(forum).into_iter();
    let days_off = days.filter(|day| !calendar::is_working_day(*day, &work));
    let questions = invitations::questions_waiting(db, forum).await?;
    let untold = registrations::untold(db, forum).await?;
    // What a closed forum left is history, and nobody's task.
    let unheard = match forum.stage {
        Stage::Closed => Vec::new(),
        _ => {
            let held = unheard::held(db, forum.unit_id).await?;
            let taken_up = record.as_ref().map(|record| record.inputs.as_slice());
            unheard::among(&inputs, taken_up.unwrap_or_default(), &outcome, &held)
        }
    };
    let calls = invitations::calls(db, forum).await?;
    let facts = Facts {
        cancelled: forum.cancelled_at.is_some(),
        today: forums::days::dates_of(forum).contains(&ctx.today_in(zone)),
        started: ctx.now >= forums::starts_at(forum, zone),
        day_passed: passed,
        headless: organisation::officials(db, unit.id).await?.is_empty(),
        preparation: Preparation {
            open: forums::plan_open(db, forum).await?,
            team: team.len(),
            neutrality_note: !forum.neutrality_note.is_empty(),
            target: !forum.target.is_empty(),
            planned: !planned.is_empty(),
            agenda: agenda.len(),
            agenda_troubles: forums::agenda_troubles(forum, &agenda).len(),
            empty_days: forums::days::without_items(forum, &agenda),
            days_off: days_off
                .map(|day| calendar::dates::long_date(day, ctx.locale()))
                .collect(),
            link_missing: forum.mode != Mode::FaceToFace && forum.online_link.is_empty(),
        },
        invitation: Invitation {
            untold: untold.count(),
            uncalled: calls.untold.len(),
            withdrawn: calls.withdrawn,
            called_off: calls.mailed + calls.told.len(),
            questions,
            letter_faults: texts_of(ctx, &found, Weight::Fault),
            letter_doubts: texts_of(ctx, &found, Weight::Warning),
            ..invitation(forum, letter.as_ref(), &deliveries, &planned)
        },
        session: Session {
            present: came.present,
            walk_ins: came.walk_ins,
            groups: came
                .by_group
                .iter()
                .filter(|count| count.present > 0)
                .map(|count| count.group)
                .collect(),
            inputs: inputs.len(),
        },
        minutes: Some(Minutes {
            is_final: minutes
                .as_ref()
                .is_some_and(|minutes| minutes.status == minutes::Status::Final),
            differ: minutes.is_some_and(|minutes| minutes::differ(&minutes.results, &agreed)),
        }),
        record: record.as_ref().map(record_facts),
        report: Some(Report {
            issued: documents::latest(db, "forum", forum.id.0, Kind::Report)
                .await?
                .is_some(),
            outdated: follow_up::report_outdated(db, forum, &outcome).await?,
        }),
        follow_up: follow_up_facts(&outcome, unheard),
    };
    Ok(Read {
        facts,
        outcome,
        deliveries,
        came,
        inputs,
        agenda_sources: forums::agenda_sources(db, forum).await?,
        agenda,
        team,
        untold,
    })
}

/// Findings of one weight, each as the end of a sentence.
fn texts_of(ctx: &Ctx, found: &[Finding], weight: Weight) -> Vec<String> {
    let found = found.iter().filter(|one| one.weight == weight);
    let text = |one: &Finding| one.message.text(ctx.locale());
    found
        .map(|one| text(one).trim_end_matches('.').to_owned())
        .collect()
}

fn invitation(
    forum: &Forum,
    letter: Option<&invitations::Letter>,
    deliveries: &[Delivery],
    planned: &[(Group, i32)],
) -> Invitation {
    let sums = invitations::Summary::of(deliveries);
    let invited: HashSet<Group> = deliveries
        .iter()
        .map(|delivery| delivery.recipient.participant_group)
        .collect();
    Invitation {
        letter: letter.is_some(),
        number: letter.is_some_and(|letter| letter.number.is_some()),
        date: letter.is_some_and(|letter| letter.letter_date.is_some()),
        issued: letter.is_some_and(|letter| letter.issued_at.is_some()),
        outdated: letter
            .is_some_and(|letter| letter.reopened_at.is_none() && letter.is_outdated(forum)),
        correcting: letter.is_some_and(|letter| letter.reopened_at.is_some()),
        recipients: sums.recipients,
        to_send: sums.to_send,
        sent: sums.sent + sums.outdated,
        handed: sums.handed,
        updates: sums.outdated,
        failed: sums.failed,
        to_hand: deliveries
            .iter()
            .filter(|delivery| delivery.sending.wants_handing())
            .count(),
        never_told: deliveries
            .iter()
            .filter(|delivery| delivery.knows_nothing(forum))
            .count(),
        replaced: deliveries.iter().filter(|one| one.replaced).count(),
        unconfirmed: sums.unconfirmed,
        knows_old: deliveries
            .iter()
            .filter(|delivery| delivery.knows_old_only(forum))
            .count(),
        // Counted by the question above, not here.
        questions: 0,
        untold: 0,
        uncalled: 0,
        withdrawn: 0,
        called_off: 0,
        letter_faults: Vec::new(),
        letter_doubts: Vec::new(),
        coming: sums.coming(),
        // The organiser needs no letter to its own forum, and some groups are left out on purpose.
        empty_groups: Group::all()
            .into_iter()
            .filter(|group| *group != Group::Organiser && !invited.contains(group))
            .filter(|group| !planned.contains(&(*group, 0)))
            .collect(),
    }
}

fn record_facts(record: &berita_acara::Summary) -> Record {
    Record {
        locked: record.status != berita_acara::Status::Draft,
        amending: record.amending,
        points: record.points.len(),
        repeated: record.still_inputs.clone(),
        signed: record.signed,
        signatories: record.signatories,
        signing_groups: record.signing_groups.clone(),
    }
}

fn follow_up_facts(outcome: &Outcome, unheard: Vec<forums::ForumInput>) -> FollowUp {
    let closing = outcome.closing();
    let open = outcome.actions.iter().filter(|one| one.is_open());
    FollowUp {
        actions: outcome.actions.len(),
        ended: outcome
            .actions
            .iter()
            .filter(|one| one.action.is_settled())
            .count(),
        incomplete: outcome
            .actions
            .iter()
            .filter(|one| !one.gaps.is_empty())
            .map(|one| one.action.code.clone())
            .collect(),
        open_points: closing.open_points,
        open_actions: open
            .clone()
            .filter(|one| one.stranded_in().is_none())
            .map(|one| one.action.code.clone())
            .collect(),
        stranded: open
            .filter_map(|one| {
                let code = &one.action.code;
                one.stranded_in()
                    .map(|carried| format!("{code} ({})", carried.title))
            })
            .collect(),
        inputs_without_action: unheard.into_iter().map(|input| input.code).collect(),
    }
}
