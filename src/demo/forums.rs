//! Two forums: that of 28 October 2025 as it was, and the next one, copied from it and dated relative to
//! today, with its letter issued and nothing sent yet.

use std::collections::{BTreeMap, HashMap};

use chrono::{Days, NaiveDate, NaiveTime, TimeZone as _};
use serde::Deserialize;

use crate::{
    access::Ctx,
    calendar,
    contacts::{self, ContactFields},
    forums::{
        self, AgendaIn, Concept, Forum, ForumFields, ForumId, ForumInputId, ForumScope, Group,
        Mode, Programme, Stage, TeamIn,
    },
    invitations::{
        self, Answer, AnswerFields, Classification, LetterFields, RecipientFields, RecipientId,
    },
    organisation,
    platform::error::{Error, Result},
};

const PAST: &str = include_str!("../../fixtures/forum-kaltim-2025.toml");
const NEXT: &str = include_str!("../../fixtures/forum-kaltim-next.toml");

/// What other loaders hang their records on.
#[derive(Clone, Debug)]
pub struct DemoForums {
    pub past: ForumId,
    pub next: ForumId,
    /// Inputs of the past forum by their code.
    pub inputs: HashMap<String, ForumInputId>,
    /// Recipients of the past forum by their place on the list.
    pub recipients: HashMap<i32, RecipientId>,
}

#[derive(Deserialize)]
struct PastFile {
    forum: PastForum,
    team: Vec<Member>,
    letter: PastLetter,
    agenda: Vec<Agenda>,
    recipient: Vec<Recipient>,
    input: Vec<Input>,
}

#[derive(Deserialize)]
struct PastForum {
    unit: String,
    date: NaiveDate,
    neutrality_note: String,
    #[serde(flatten)]
    shared: SharedForum,
}

/// What both files say of a forum.
#[derive(Deserialize)]
struct SharedForum {
    code: String,
    title: String,
    theme: String,
    scope: ForumScope,
    mode: Mode,
    start: String,
    venue_name: String,
    venue_room: String,
    venue_address: String,
    target: String,
    /// Planned participants by group.
    #[serde(default)]
    planned: BTreeMap<String, i32>,
}

#[derive(Deserialize)]
struct Member {
    name: String,
    role: String,
}

#[derive(Deserialize)]
struct PastLetter {
    unit: String,
    number: String,
    date: NaiveDate,
    place: String,
    subject: String,
    addressee: String,
    place_line: String,
    opening: String,
    body: String,
    closing: String,
    signatory_position: String,
    signatory_name: String,
    signatory_rank: String,
    signatory_nip: String,
    copies: Vec<String>,
}

#[derive(Deserialize)]
struct Agenda {
    start: String,
    end: String,
    activity: String,
    person_in_charge: String,
}

#[derive(Deserialize)]
struct Recipient {
    position: i32,
    addressee: String,
    organisation: String,
    group: Group,
    quota: i32,
    note: String,
    email: Option<String>,
    answer: Answer,
    delegate_name: Option<String>,
    delegate_position: Option<String>,
}

#[derive(Deserialize)]
struct Input {
    element: Option<String>,
    raised_by_group: Group,
    text: String,
}

#[derive(Deserialize)]
struct NextFile {
    forum: NextForum,
    letter: NextLetter,
}

#[derive(Deserialize)]
struct NextForum {
    days_from_today: u64,
    #[serde(flatten)]
    shared: SharedForum,
}

#[derive(Deserialize)]
struct NextLetter {
    number_pattern: String,
}

/// The running number of the next letter; any that looks like one.
const NEXT_NUMBER: &str = "1207";

/// Loads both forums.
pub async fn load_forums(ctx: &Ctx) -> Result<DemoForums> {
    let file: PastFile = toml::from_str(PAST).map_err(anyhow::Error::from)?;
    let (past, inputs) = load_past(ctx, &file).await?;
    let recipients = invitations::recipients(&ctx.app.db, &past).await?;
    let next = load_next(ctx, &past).await?;
    Ok(DemoForums {
        past: past.id,
        next: next.id,
        inputs,
        recipients: recipients
            .into_iter()
            .map(|recipient| (recipient.position, recipient.id))
            .collect(),
    })
}

async fn load_past(ctx: &Ctx, file: &PastFile) -> Result<(Forum, HashMap<String, ForumInputId>)> {
    let unit = organisation::unit_by_code(&ctx.app.db, &file.forum.unit).await?;
    let zone = organisation::zone_of(&unit)?;
    // The story as it went: prepared in early October, invited on the day of the letter, held on the 28th.
    let at = |day: NaiveDate, hour: u32| -> Ctx {
        let local = day.and_hms_opt(hour, 0, 0).unwrap_or_default();
        let now = zone
            .from_local_datetime(&local)
            .earliest()
            .map_or(ctx.now, |time| time.to_utc());
        Ctx { now, ..ctx.clone() }
    };
    let forum_day = file.forum.date;
    let prepared = at(forum_day - Days::new(20), 9);
    let forum = insert_past(&prepared, &unit, file).await?;
    let letter_day = at(file.letter.date, 10);
    invitations::issue(&letter_day, forum.id, 1).await?;
    invitations::import_sent(&at(file.letter.date, 11), &forum).await?;
    answer_past(&at(forum_day - Days::new(1), 14), &forum, file).await?;
    let held = at(forum_day, 12);
    let tx = ctx.app.db.begin_write().await?;
    let mut inputs = HashMap::new();
    for input in &file.input {
        let row = forums::add_input(
            &tx,
            &held,
            &forum,
            input.raised_by_group,
            input.element.clone(),
            input.text.clone(),
        )
        .await?;
        inputs.insert(row.code, row.id);
    }
    forums::reach(&tx, &held, forum.id, Stage::FollowUp).await?;
    tx.commit().await?;
    Ok((forum, inputs))
}

async fn insert_past(ctx: &Ctx, unit: &organisation::Unit, file: &PastFile) -> Result<Forum> {
    let from = organisation::unit_by_code(&ctx.app.db, &file.letter.unit).await?;
    let fields = fields_of(&file.forum.shared, file.forum.date, "")?;
    let tx = ctx.app.db.begin_write().await?;
    let forum = forums::create(&tx, ctx, unit.id, fields, None).await?;
    let mut programme = Programme {
        team: file
            .team
            .iter()
            .map(|member| TeamIn {
                name: member.name.clone(),
                role: member.role.clone(),
                person: None,
            })
            .collect(),
        agenda: Vec::new(),
        neutrality_note: Some(file.forum.neutrality_note.clone()),
    };
    for item in &file.agenda {
        programme.agenda.push(AgendaIn {
            id: None,
            day: 1,
            starts: clock(&item.start)?,
            ends: clock(&item.end)?,
            activity: item.activity.clone(),
            person_in_charge: item.person_in_charge.clone(),
        });
    }
    forums::write_programme(&tx, &forum, programme).await?;
    for recipient in &file.recipient {
        let fields = RecipientFields {
            addressee: recipient.addressee.clone(),
            organisation: recipient.organisation.clone(),
            participant_group: recipient.group,
            quota: recipient.quota,
            note: recipient.note.clone(),
            email: recipient.email.clone(),
            phone: None,
        };
        invitations::add_recipient_in(&tx, ctx, &forum, recipient.position, fields).await?;
    }
    // Those who were invited once are in the book when the next forum is prepared.
    contacts::keep(
        &tx,
        ctx,
        unit.id,
        file.recipient.iter().map(contact_of).collect(),
    )
    .await?;
    invitations::import_letter(&tx, ctx, &forum, &from, letter_of(&file.letter)).await?;
    tx.commit().await?;
    Ok(forum)
}

fn contact_of(recipient: &Recipient) -> ContactFields {
    let (name, position) = contacts::split_addressee(&recipient.addressee);
    ContactFields {
        institution: recipient.organisation.clone(),
        name,
        position,
        participant_group: recipient.group,
        email: recipient.email.clone(),
        phone: None,
    }
}

fn letter_of(letter: &PastLetter) -> LetterFields {
    LetterFields {
        number: Some(letter.number.clone()),
        letter_date: Some(letter.date),
        place: letter.place.clone(),
        classification: Classification::Ordinary,
        subject: letter.subject.clone(),
        addressee: letter.addressee.clone(),
        place_line: letter.place_line.clone(),
        opening: letter.opening.clone(),
        body: letter.body.clone(),
        closing: letter.closing.clone(),
        signatory_position: letter.signatory_position.clone(),
        signatory_name: letter.signatory_name.clone(),
        signatory_rank: letter.signatory_rank.clone(),
        signatory_nip: letter.signatory_nip.clone(),
        copies: letter.copies.clone(),
    }
}

async fn answer_past(ctx: &Ctx, forum: &Forum, file: &PastFile) -> Result<()> {
    let tx = ctx.app.db.begin_write().await?;
    for row in invitations::recipients(&tx, forum).await? {
        let told = file
            .recipient
            .iter()
            .find(|recipient| recipient.position == row.position)
            .filter(|recipient| recipient.answer != Answer::None);
        if let Some(told) = told {
            let fields = AnswerFields {
                own: Default::default(),
                answer: told.answer,
                delegate_name: told.delegate_name.clone(),
                delegate_position: told.delegate_position.clone(),
                delegate_phone: None,
                companions: None,
                message: None,
            };
            invitations::record_answer(&tx, ctx, row, fields).await?;
        }
    }
    tx.commit().await?;
    Ok(())
}

/// Copied from the past forum as an organiser does it, then given its own number and date.
async fn load_next(ctx: &Ctx, past: &Forum) -> Result<Forum> {
    let file: NextFile = toml::from_str(NEXT).map_err(anyhow::Error::from)?;
    let unit = organisation::unit(&ctx.app.db, past.unit_id).await?;
    let work = calendar::work_calendar(&ctx.app.db, unit.id).await?;
    let today = ctx.today_in(organisation::zone_of(&unit)?);
    let mut date = today + Days::new(file.forum.days_from_today);
    while !calendar::is_working_day(date, &work) {
        date = date + Days::new(1);
    }
    let mut written = today;
    while !calendar::is_working_day(written, &work) {
        written = written - Days::new(1);
    }
    let year = chrono::Datelike::year(&date).to_string();
    let fields = fields_of(&file.forum.shared, date, &year)?;
    let forum = invitations::start_forum(ctx, unit.id, fields, Some(past.id)).await?;
    let copied = invitations::letter_of(&ctx.app.db, &forum)
        .await?
        .ok_or(Error::NotFound)?;
    let letter_year = chrono::Datelike::year(&written).to_string();
    let number = file
        .letter
        .number_pattern
        .replace("{sequence}", NEXT_NUMBER)
        .replace("{year}", &letter_year);
    let version = copied.version;
    let fields = LetterFields {
        number: Some(number),
        letter_date: Some(written),
        ..copied.into()
    };
    invitations::save_letter(ctx, forum.id, version, None, fields).await?;
    invitations::issue(ctx, forum.id, version + 1).await?;
    Ok(forum)
}

fn fields_of(shared: &SharedForum, date: NaiveDate, year: &str) -> Result<ForumFields> {
    let fill = |text: &str| text.replace("{year}", year);
    Ok(ForumFields {
        code: fill(&shared.code),
        title: fill(&shared.title),
        theme: shared.theme.clone(),
        scope: shared.scope,
        mode: shared.mode,
        date,
        starts: clock(&shared.start)?,
        // As the letters of the seed: "s.d. selesai".
        ends: None,
        more_days: Vec::new(),
        venue_name: shared.venue_name.clone(),
        venue_room: shared.venue_room.clone(),
        venue_address: shared.venue_address.clone(),
        target: shared.target.clone(),
        concept: Concept {
            quotas: shared
                .planned
                .iter()
                .filter_map(|(group, planned)| Some((Group::parse(group)?, *planned)))
                .collect(),
            ..Concept::default()
        },
    })
}

fn clock(text: &str) -> Result<NaiveTime> {
    NaiveTime::parse_from_str(text, "%H:%M")
        .map_err(|_| Error::Internal(anyhow::anyhow!("{text} is no time of day")))
}
