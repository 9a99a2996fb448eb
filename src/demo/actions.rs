//! The four actions of the forum, made and worked on by the people of the demo.

use std::collections::HashMap;

use chrono::{DateTime, NaiveDate, NaiveTime, TimeZone as _, Utc};
use serde::Deserialize;

use crate::{
    access::{self, Ctx, PersonId},
    action_plans::{
        self, ActionItemId, Budget, MeasureKind, MilestoneId, NewAction, NewMilestone, Report,
        SourceKind,
    },
    berita_acara, forums,
    organisation::{self, Unit},
    platform::error::{Error, Result},
    proving, reports,
};

const FORUM: &str = include_str!("../../fixtures/forum-kaltim-2025.toml");
const PROGRESS: &str = include_str!("../../fixtures/action-progress.toml");
const ORGANISER: &str = "kaltim-penyelenggara";
const HEAD: &str = "kaltim-kepala";
/// The action plan was decided with the report.
const DECIDED: &str = "2025-10-31";

#[derive(Deserialize)]
struct ForumFile {
    forum: ForumHead,
    action: Vec<FixtureAction>,
}

#[derive(Deserialize)]
struct ForumHead {
    code: String,
    unit: String,
}

#[derive(Deserialize)]
struct FixtureAction {
    code: String,
    title: String,
    description: String,
    division: String,
    owner: String,
    due_on: String,
    indicator: String,
    target: String,
    budget_year: Option<i32>,
    budget_amount: Option<i64>,
    budget_source: Option<String>,
    status: String,
    sources: Vec<FixtureSource>,
    /// Codes of the services that it is about, which it is measured by too.
    #[serde(default)]
    services: Vec<String>,
}

#[derive(Deserialize)]
struct FixtureSource {
    kind: SourceKind,
    #[serde(rename = "ref")]
    name: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ProgressFile {
    milestone: Vec<FixtureMilestone>,
    extension: Vec<FixtureExtension>,
    progress: Vec<FixtureProgress>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct FixtureProgress {
    action: String,
    on: String,
    by: String,
    note: String,
    evidence: Option<String>,
    link: Option<String>,
    /// The step that is done with it.
    milestone: Option<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct FixtureMilestone {
    action: String,
    title: String,
    due_on: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct FixtureExtension {
    action: String,
    on: String,
    to: String,
    reason: String,
}

/// What the loader needs to know of what was loaded before it.
struct Story<'a> {
    ctx: &'a Ctx,
    unit: Unit,
    people: &'a HashMap<String, PersonId>,
    /// Ids of the sources by kind and their name in the file.
    sources: HashMap<(SourceKind, String), String>,
}

/// Loads the actions. `complaints` holds ids by the key of `demo-complaints.toml`.
pub async fn load(
    ctx: &Ctx,
    people: &HashMap<String, PersonId>,
    complaints: &HashMap<String, String>,
) -> Result<HashMap<String, ActionItemId>> {
    let file: ForumFile = toml::from_str(FORUM).map_err(anyhow::Error::from)?;
    let reported: ProgressFile = toml::from_str(PROGRESS).map_err(anyhow::Error::from)?;
    let unit = organisation::unit_by_code(&ctx.app.db, &file.forum.unit).await?;
    let mut sources = forum_sources(ctx, &file.forum.code).await?;
    for (key, id) in complaints {
        sources.insert((SourceKind::Complaint, key.clone()), id.clone());
    }
    let story = Story {
        ctx,
        unit,
        people,
        sources,
    };
    let mut made = HashMap::new();
    for action in &file.action {
        let id = story.make(action).await?;
        made.insert(action.code.clone(), id);
        let steps = story.plan(id, action, &reported).await?;
        let mut last = DECIDED;
        for entry in reported
            .progress
            .iter()
            .filter(|one| one.action == action.code)
        {
            story.report(id, entry, &steps).await?;
            last = &entry.on;
        }
        for one in reported
            .extension
            .iter()
            .filter(|one| one.action == action.code)
        {
            story.extend(id, one).await?;
        }
        story.end(id, action, last).await?;
    }
    Ok(made)
}

/// The head looks at what was handed in, once everything that leads to it is linked.
pub async fn verify(
    ctx: &Ctx,
    people: &HashMap<String, PersonId>,
    made: &HashMap<String, ActionItemId>,
) -> Result<()> {
    let file: ForumFile = toml::from_str(FORUM).map_err(anyhow::Error::from)?;
    let reported: ProgressFile = toml::from_str(PROGRESS).map_err(anyhow::Error::from)?;
    let story = Story {
        ctx,
        unit: organisation::unit_by_code(&ctx.app.db, &file.forum.unit).await?,
        people,
        sources: HashMap::new(),
    };
    for action in file.action.iter().filter(|one| one.status == "verified") {
        let mut entries = reported.progress.iter();
        let last = entries.rfind(|one| one.action == action.code);
        let last = last.map_or(DECIDED, |entry| entry.on.as_str());
        let head = story.act(HEAD, story.moment(last, 16)?).await?;
        let id = made.get(&action.code).copied().ok_or(Error::NotFound)?;
        action_plans::verify(&head, id, None).await?;
    }
    Ok(())
}

/// Inputs by their code, agreed points by their number.
async fn forum_sources(ctx: &Ctx, code: &str) -> Result<HashMap<(SourceKind, String), String>> {
    let mut found = HashMap::new();
    let forums = forums::list(ctx).await?;
    let Some(forum) = forums.iter().find(|forum| forum.code == code) else {
        return Ok(found);
    };
    for input in forums::inputs(&ctx.app.db, forum).await? {
        found.insert((SourceKind::ForumInput, input.code), input.id.to_string());
    }
    if let Some(record) = berita_acara::summary(&ctx.app.db, forum).await? {
        for (id, number) in record.points.iter().zip(1..) {
            let number: i32 = number;
            found.insert(
                (SourceKind::AgreedPoint, number.to_string()),
                id.to_string(),
            );
        }
    }
    Ok(found)
}

impl Story<'_> {
    /// Ten o'clock on a day, or now for a day that has not come yet.
    fn moment(&self, day: &str, hour: u32) -> Result<DateTime<Utc>> {
        let day: NaiveDate = day.parse().map_err(anyhow::Error::from)?;
        let zone = organisation::zone_of(&self.unit)?;
        let time = NaiveTime::from_hms_opt(hour, 0, 0).unwrap_or_default();
        let at = zone
            .from_local_datetime(&day.and_time(time))
            .earliest()
            .map_or(self.ctx.now, |at| at.to_utc());
        Ok(at.min(self.ctx.now))
    }

    async fn act(&self, key: &str, at: DateTime<Utc>) -> Result<Ctx> {
        let person = self.people.get(key).copied().ok_or(Error::NotFound)?;
        access::acting_as(self.ctx, person, at).await
    }

    async fn make(&self, action: &FixtureAction) -> Result<ActionItemId> {
        let organiser = self.act(ORGANISER, self.moment(DECIDED, 10)?).await?;
        let db = &self.ctx.app.db;
        let division = organisation::division_by_code(db, self.unit.id, &action.division).await?;
        let owner = organisation::official_by_key(db, self.unit.id, &action.owner).await?;
        let new = NewAction {
            unit: self.unit.id,
            title: action.title.clone(),
            description: action.description.clone(),
            division: division.map(|one| one.id),
            owner: owner.map(|one| one.id),
            due_on: action.due_on.parse().map_err(anyhow::Error::from)?,
            indicator: action.indicator.clone(),
            target: action.target.clone(),
            budget: Budget {
                year: action.budget_year,
                amount: action.budget_amount,
                source: action.budget_source.clone(),
            },
        };
        let mut sources = Vec::new();
        for source in &action.sources {
            sources.extend(self.found(source, &organiser).await?);
        }
        let tx = db.begin_write().await?;
        let id = action_plans::create(&tx, &organiser, new).await?;
        for (by, source) in sources {
            action_plans::link(&tx, &by, id, source).await?;
        }
        tx.commit().await?;
        for service in &action.services {
            let by = (MeasureKind::Service, service.as_str());
            action_plans::measure_by(&organiser, id, proving::CHOICES, by).await?;
        }
        Ok(id)
    }

    /// A source as its own capability describes it. Complaints came later than the plan.
    async fn found(
        &self,
        source: &FixtureSource,
        organiser: &Ctx,
    ) -> Result<Option<(Ctx, action_plans::SourceRef)>> {
        let key = (source.kind, source.name.clone());
        let (by, id) = match source.kind {
            SourceKind::SurveyElement => (organiser.clone(), Some(&source.name)),
            SourceKind::Complaint => (self.ctx.clone(), self.sources.get(&key)),
            SourceKind::ForumInput | SourceKind::AgreedPoint | SourceKind::Issue => {
                (organiser.clone(), self.sources.get(&key))
            }
        };
        let Some(id) = id else { return Ok(None) };
        let found = (reports::SOURCES)(&by, source.kind, id).await?;
        Ok(Some((by, found)))
    }

    /// The steps of an action, by their titles.
    async fn plan(
        &self,
        id: ActionItemId,
        action: &FixtureAction,
        file: &ProgressFile,
    ) -> Result<HashMap<String, MilestoneId>> {
        let organiser = self.act(ORGANISER, self.moment(DECIDED, 11)?).await?;
        let mut steps = HashMap::new();
        for step in file
            .milestone
            .iter()
            .filter(|one| one.action == action.code)
        {
            let new = NewMilestone {
                title: step.title.clone(),
                due_on: step.due_on.parse().map_err(anyhow::Error::from)?,
            };
            let made = action_plans::add_milestone(&organiser, id, None, new).await?;
            steps.insert(step.title.clone(), made);
        }
        Ok(steps)
    }

    async fn extend(&self, id: ActionItemId, one: &FixtureExtension) -> Result<()> {
        let organiser = self.act(ORGANISER, self.moment(&one.on, 11)?).await?;
        let to = one.to.parse().map_err(anyhow::Error::from)?;
        action_plans::extend(&organiser, id, None, (to, one.reason.clone())).await
    }

    async fn report(
        &self,
        id: ActionItemId,
        entry: &FixtureProgress,
        steps: &HashMap<String, MilestoneId>,
    ) -> Result<()> {
        let by = self.act(&entry.by, self.moment(&entry.on, 14)?).await?;
        let uploads = entry.evidence.iter();
        let report = Report {
            note: entry.note.clone(),
            milestone: match &entry.milestone {
                Some(title) => steps.get(title).copied(),
                None => None,
            },
            uploads: uploads.map(|name| (name.clone(), paper(name))).collect(),
            links: entry.link.iter().cloned().collect(),
            ..Report::default()
        };
        action_plans::report(&by, id, None, report).await
    }

    /// Handed in by the division.
    async fn end(&self, id: ActionItemId, action: &FixtureAction, last: &str) -> Result<()> {
        if !matches!(action.status.as_str(), "done" | "verified") {
            return Ok(());
        }
        let division = format!("kaltim-penangan-{}", action.division);
        let by = self.act(&division, self.moment(last, 15)?).await?;
        action_plans::finish(&by, id, None).await
    }
}

/// A page that says what it stands for.
fn paper(name: &str) -> Vec<u8> {
    let title: String = name
        .trim_end_matches(".pdf")
        .chars()
        .filter(|c| c.is_ascii_alphanumeric() || *c == ' ')
        .collect();
    let text = format!(
        "BT /F1 18 Tf 72 760 Td ({title}) Tj 0 -28 Td /F1 11 Tf (Contoh bukti untuk mencoba Rembuk.) Tj ET"
    );
    let objects = [
        "<< /Type /Catalog /Pages 2 0 R >>".to_owned(),
        "<< /Type /Pages /Kids [3 0 R] /Count 1 >>".to_owned(),
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>".to_owned(),
        format!("<< /Length {} >>\nstream\n{text}\nendstream", text.len()),
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>".to_owned(),
    ];
    let mut pdf = String::from("%PDF-1.4\n");
    let mut places = Vec::new();
    for (object, number) in objects.iter().zip(1..) {
        let number: usize = number;
        places.push(pdf.len());
        pdf.push_str(&format!("{number} 0 obj\n{object}\nendobj\n"));
    }
    let table = pdf.len();
    pdf.push_str("xref\n0 6\n0000000000 65535 f \n");
    for place in places {
        pdf.push_str(&format!("{place:010} 00000 n \n"));
    }
    pdf.push_str(&format!(
        "trailer\n<< /Size 6 /Root 1 0 R >>\nstartxref\n{table}\n%%EOF\n"
    ));
    pdf.into_bytes()
}
