//! Everything that a report is made of, read once: one source for the paper, the public copy, the editable
//! copy and the page.

use std::collections::HashMap;

use chrono::NaiveDate;
use chrono_tz::Tz;
use sea_orm::ConnectionTrait;

use super::{
    entity::{delivery, report, text},
    outcome,
    scans::{self, Scans},
    store,
    texts::{self, Facts, Slot},
};
use crate::{
    access::{Ctx, Permission},
    action_plans::{self, Planned, SourceKind},
    attendance::{self, Attendee},
    berita_acara::{self, PublicRecord},
    documents::{self, Document, Kind},
    follow_up::{self, Outcome},
    forums::{self, AgendaItem, Forum, ForumId, ForumInput, Group, TeamMember},
    invitations, minutes,
    organisation::{self, Official, Unit},
    platform::{
        error::{Error, Result},
        i18n::{Locale, Message},
    },
    standards::{self, Charter, Decree, Sheet},
    surveys,
};

/// The issued papers of a forum, each in its version in force.
pub struct Papers {
    pub invitation: Option<Document>,
    pub berita_acara: Option<Document>,
    pub minutes: Option<Document>,
    pub attendance: Option<Document>,
    pub attendance_public: Option<Document>,
    pub report: Option<Document>,
    pub report_public: Option<Document>,
}

pub struct Book {
    pub forum: Forum,
    pub unit: Unit,
    pub zone: Tz,
    pub head: Official,
    pub team: Vec<TeamMember>,
    pub agenda: Vec<AgendaItem>,
    pub inputs: Vec<ForumInput>,
    /// Names of survey elements by their key.
    pub elements: HashMap<String, String>,
    pub present: Vec<Attendee>,
    /// How many invitations the issued letter has, and for how many people.
    pub invited: (usize, usize),
    pub record: Option<PublicRecord>,
    /// The results as the minutes in force tell them, or those being written.
    pub results: Vec<String>,
    pub actions: Vec<Planned>,
    /// Points that led to no action for a stated reason, by their number.
    pub reasons: Vec<(i32, String)>,
    pub decree: Option<Decree>,
    /// What the decree establishes: the standards that are its attachment.
    pub standards: Vec<Sheet>,
    pub charter: Option<Charter>,
    pub papers: Papers,
    pub scans: Scans,
    pub report: Option<report::Model>,
    pub texts: Vec<text::Model>,
    pub deliveries: Vec<delivery::Model>,
    pub legal_basis: Vec<String>,
    /// The report that was issued is older than what it tells of.
    pub outdated: bool,
    /// How the offices of the unit are called: no other house than the forum's.
    pub offices: Vec<String>,
    /// An action that answers a point lacks owner or budget year, or is due far away.
    pub actions_incomplete: bool,
    pub today: NaiveDate,
}

/// A free text with where it comes from.
#[derive(Clone, Debug)]
pub struct Written {
    pub slot: Slot,
    pub text: String,
    /// 0 before anybody wrote.
    pub version: i32,
    /// Who wrote it and when; none while the composed text stands.
    pub by: Option<(String, chrono::DateTime<chrono::Utc>)>,
}

/// The report of a forum that the caller may use in the named way.
pub async fn open(ctx: &Ctx, id: ForumId, permission: Permission) -> Result<Book> {
    let forum = forums::get(ctx, id, permission).await?;
    let unit = organisation::unit(&ctx.app.db, forum.unit_id).await?;
    let zone = organisation::zone_of(&unit)?;
    read(&ctx.app.db, forum, unit, ctx.today_in(zone)).await
}

async fn read(
    db: &impl ConnectionTrait,
    forum: Forum,
    unit: Unit,
    today: NaiveDate,
) -> Result<Book> {
    let inputs = forums::inputs(db, &forum).await?;
    let record = berita_acara::public_record(db, &forum).await?;
    let named = berita_acara::legal_basis(db, &forum).await?;
    let legal_basis = match named {
        Some(named) if !named.is_empty() => named,
        _ => berita_acara::legal_basis_on(forum.date)?,
    };
    let elements = surveys::elements(db).await?;
    // Before the letter is issued nobody was invited by it.
    let letter = invitations::letter_of(db, &forum).await?;
    let invited = match letter.is_some_and(|letter| letter.issued_at.is_some()) {
        true => {
            let recipients = invitations::recipients(db, &forum).await?;
            (recipients.len(), invitations::people(&recipients))
        }
        false => (0, 0),
    };
    let decree = standards::decrees(db, unit.id).await?.into_iter().next();
    let established = standards_of(db, decree.as_ref()).await?;
    let outcome = follow_up::outcome(db, &forum).await?;
    Ok(Book {
        zone: organisation::zone_of(&unit)?,
        offices: berita_acara::offices(db, &unit).await?,
        head: head_of(db, &unit).await?,
        team: forums::team(db, &forum).await?,
        agenda: forums::agenda(db, &forum).await?,
        actions: actions_of(db, &inputs, record.as_ref()).await?,
        reasons: reasons_of(&outcome),
        actions_incomplete: outcome.actions.iter().any(|one| !one.gaps.is_empty()),
        outdated: follow_up::report_outdated(db, &forum, &outcome).await?,
        inputs,
        elements: elements
            .into_iter()
            .map(|element| (element.id, element.name_id))
            .collect(),
        present: attendance::present(db, &forum).await?,
        invited,
        results: minutes::record(db, forum.id)
            .await?
            .map(|minutes| minutes.results)
            .unwrap_or_default(),
        record,
        decree,
        standards: established,
        charter: standards::charter(db, unit.id).await?,
        papers: papers_of(db, &forum).await?,
        scans: scans::read(db, &forum).await?,
        report: store::report_of(db, &forum).await?,
        texts: store::texts_of(db, &forum).await?,
        deliveries: store::deliveries_of(db, &forum).await?,
        legal_basis,
        today,
        unit,
        forum,
    })
}

async fn standards_of(db: &impl ConnectionTrait, decree: Option<&Decree>) -> Result<Vec<Sheet>> {
    let Some(decree) = decree else {
        return Ok(Vec::new());
    };
    let mut sheets = standards::overview(db, decree.unit_id, "").await?;
    sheets.retain(|sheet| sheet.standard.decree_id == Some(decree.id));
    Ok(sheets)
}

/// Who signs the report. A unit that was imported without its officials is told how to add them.
async fn head_of(db: &impl ConnectionTrait, unit: &Unit) -> Result<Official> {
    match organisation::head_of(db, unit.id).await {
        Err(Error::NotFound) => Err(Error::rule(
            "report.no_head",
            Message::new("rule-report-no-head").with("unit", &unit.name),
        )),
        found => found,
    }
}

/// The same as it is now, inside a transaction that holds the forum.
pub(super) async fn read_again(
    db: &impl ConnectionTrait,
    book: &Book,
    forum: Forum,
) -> Result<Book> {
    read(db, forum, book.unit.clone(), book.today).await
}

async fn papers_of(db: &impl ConnectionTrait, forum: &Forum) -> Result<Papers> {
    let about = async |kind: Kind| documents::latest(db, "forum", forum.id.0, kind).await;
    let attendance = match attendance::closed(db, forum.id).await? {
        Some((internal, public)) => Some((
            documents::document(db, internal).await?,
            documents::document(db, public).await?,
        )),
        None => None,
    };
    let (attendance, attendance_public) = attendance.unzip();
    Ok(Papers {
        invitation: about(Kind::Invitation).await?,
        berita_acara: about(Kind::BeritaAcara).await?,
        minutes: about(Kind::Minutes).await?,
        attendance,
        attendance_public,
        report: about(Kind::Report).await?,
        report_public: about(Kind::ReportPublic).await?,
    })
}

/// The actions that points and inputs of the forum led to, each once.
async fn actions_of(
    db: &impl ConnectionTrait,
    inputs: &[ForumInput],
    record: Option<&PublicRecord>,
) -> Result<Vec<Planned>> {
    let ids: Vec<String> = inputs.iter().map(|input| input.id.to_string()).collect();
    let linked = action_plans::linked_to_many(db, SourceKind::ForumInput, &ids).await?;
    let points = record.iter().flat_map(|record| &record.points);
    let mut found: Vec<_> = points
        .flat_map(|point| &point.actions)
        .chain(linked.values().flatten())
        .map(|action| action.id)
        .collect();
    found.sort_unstable();
    found.dedup();
    action_plans::planned(db, &found).await
}

fn reasons_of(outcome: &Outcome) -> Vec<(i32, String)> {
    let points = outcome.points.iter();
    let stated =
        points.filter_map(|point| Some((point.number, point.stands_without()?.to_owned())));
    stated.collect()
}

impl Book {
    /// How many came of each group, in the order of the guideline; groups without anybody are told too.
    #[must_use]
    pub fn groups(&self) -> Vec<(Group, usize)> {
        let came = |group| {
            let of = |row: &&Attendee| row.participant_group == group;
            self.present.iter().filter(of).count()
        };
        Group::all()
            .into_iter()
            .map(|group| (group, came(group)))
            .collect()
    }

    #[must_use]
    pub fn facts(&self) -> Facts {
        let mut elements: Vec<String> = Vec::new();
        for input in &self.inputs {
            if let Some(name) = self.element_of(input)
                && !elements.contains(name)
            {
                elements.push(name.clone());
            }
        }
        Facts {
            unit: self.unit.name.clone(),
            jurisdiction: self.unit.jurisdiction.clone(),
            theme: self.forum.theme.clone(),
            mode: self.forum.mode.label(Locale::Id),
            inputs: self.inputs.len(),
            elements,
            about_elements: self
                .inputs
                .iter()
                .filter(|input| self.element_of(input).is_some())
                .count(),
            has_team: !self.team.is_empty(),
            points: self.record.as_ref().map_or(0, |record| record.points.len()),
            berita_acara: self.record.as_ref().map(|record| record.number.clone()),
            actions: self.actions.len(),
            answered: outcome::answered(self),
            legal_basis: self.legal_basis.clone(),
        }
    }

    #[must_use]
    pub fn element_of(&self, input: &ForumInput) -> Option<&String> {
        self.elements.get(input.element.as_deref()?)
    }

    /// The text of a slot: the office's own, else the composed one.
    #[must_use]
    pub fn written(&self, slot: Slot) -> Written {
        let row = self.texts.iter().find(|row| row.slot == slot.code());
        match row {
            Some(row) if !row.is_default => Written {
                slot,
                text: texts::told(&row.text, &self.facts()),
                version: row.version,
                by: Some((row.changed_by_name.clone(), row.changed_at)),
            },
            row => Written {
                slot,
                text: texts::composed(slot, &self.facts()),
                version: row.map_or(0, |row| row.version),
                by: None,
            },
        }
    }

    #[must_use]
    pub fn version(&self) -> i32 {
        self.report.as_ref().map_or(0, |report| report.version)
    }

    /// Whether two readings would print the same report.
    #[must_use]
    pub fn says_the_same(&self, other: &Self) -> bool {
        let papers = |book: &Self| {
            let papers = &book.papers;
            [
                &papers.invitation,
                &papers.berita_acara,
                &papers.minutes,
                &papers.attendance,
                &papers.report,
            ]
            .map(|paper| paper.as_ref().map(|paper| paper.id))
        };
        let scans = |book: &Self| book.scans.all().map(|file| file.id).collect::<Vec<_>>();
        self.forum == other.forum
            && scans(self) == scans(other)
            && self.texts == other.texts
            && self.agenda == other.agenda
            && self.team == other.team
            && self.inputs == other.inputs
            && self.present == other.present
            && self.actions == other.actions
            && self.decree == other.decree
            && self.reasons == other.reasons
            && papers(self) == papers(other)
    }

    /// Where the Berita Acara, which is typed, says something else than the forum: keys of warnings. Its
    /// text may have been begun before the place changed or the letter was corrected.
    #[must_use]
    pub fn differences(&self) -> Vec<&'static str> {
        let Some(record) = &self.record else {
            return Vec::new();
        };
        let mut found = Vec::new();
        if !berita_acara::is_place_of(&record.place, &self.forum) {
            found.push("fkp-report-place-differs");
        }
        if self.letter_tells().is_some() {
            found.push("fkp-report-letter-told-other");
        }
        let letter = self.papers.invitation.as_ref();
        if let Some(number) = letter.and_then(|letter| letter.number.as_ref())
            && !record.reference.iter().any(|line| line.contains(number))
        {
            found.push("fkp-report-letter-differs");
        }
        if self.minutes_differ() {
            found.push("fkp-report-minutes-differ");
        }
        if outcome::answered(self).open > 0 {
            found.push("fkp-report-points-open");
        }
        if self.actions_incomplete {
            found.push("fkp-report-actions-incomplete");
        }
        found
    }

    /// The results of the minutes are other words than the agreed points.
    fn minutes_differ(&self) -> bool {
        let points = self.record.iter().flat_map(|record| &record.points);
        let points: Vec<String> = points.map(|point| point.text.clone()).collect();
        minutes::differ(&self.results, &points)
    }

    /// The forum as the annexed letter tells it, where that is another time or place.
    #[must_use]
    pub fn letter_tells(&self) -> Option<Forum> {
        self.papers.invitation.as_ref()?;
        forums::told_otherwise(&self.forum)
    }

    /// What the report cannot be issued without; parts of it are named in the reader's language.
    pub fn must_be_complete(&self, locale: Locale) -> Result<()> {
        forums::may_work(&self.forum)?;
        if self.record.is_none() {
            return Err(Error::rule(
                "report.no_berita_acara",
                Message::new("rule-report-no-berita-acara"),
            ));
        }
        if self.papers.attendance.is_none() {
            return Err(Error::rule(
                "report.attendance_open",
                Message::new("rule-report-attendance-open"),
            ));
        }
        if self.papers.minutes.is_some() && self.minutes_differ() {
            return Err(Error::rule(
                "report.minutes_differ",
                Message::new("rule-report-minutes-differ"),
            ));
        }
        self.must_agree(locale)
    }
}
