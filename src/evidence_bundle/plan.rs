//! What an archive would hold and what is missing, read from the record without making anything: the page shows it
//! before anybody waits, and the job makes exactly this.

use chrono::{Datelike as _, NaiveDate};
use chrono_tz::Tz;

use super::{
    forum_files,
    rules::{self, Artefact, Indicator, Indicators, Standing, safe},
};
use crate::{
    access::Ctx,
    action_plans::{self, ActionItemId, FollowedUp, SourceKind, Status, YearRow},
    complaints,
    documents::{self, Document, Kind},
    forums::ForumId,
    organisation::{self, Unit},
    platform::error::{Error, Result},
    platform::{
        i18n::{Locale, Message},
        traces,
        web::address::encoded,
    },
    standards,
    surveys::{
        SurveyPeriodId,
        results::{self, ResultElement, Seen},
    },
};

const LIST: &str = include_str!("../../fixtures/pekppp-indicators.toml");

/// A file of the archive.
#[derive(Clone, Debug)]
pub struct Planned {
    pub artefact: Artefact,
    /// Its path in the archive.
    pub name: String,
    pub make: Make,
}

/// Where its bytes come from.
#[derive(Clone, Debug)]
pub enum Make {
    Issued(Box<Document>),
    /// A stored photo, by its key.
    Photo(String),
    Attendance(ForumId),
    Standards,
    Decree,
    Charter,
    SurveyReport(SurveyPeriodId),
    Publications,
    /// Of the plan of a year.
    MatrixWorkbook(i32),
    MatrixPaper(i32),
    FollowUp,
    Register,
    RecapitulationWorkbook,
    RecapitulationPaper,
}

/// Something that should be there and is not.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Gap {
    pub artefact: Artefact,
    /// The forum or period that lacks it; none where the whole year does.
    pub about: Option<String>,
    /// What is missing in words of its own, about `about`; none where it is the kind itself.
    pub words: Option<&'static str>,
    /// The page on which it is made.
    pub href: String,
}

pub struct Plan {
    pub unit: Unit,
    pub year: i32,
    pub zone: Tz,
    /// From the first of January until its end, or today.
    pub days: (NaiveDate, NaiveDate),
    pub indicators: Indicators,
    pub files: Vec<Planned>,
    pub gaps: Vec<Gap>,
    /// What each period of the year recommends.
    pub recommended: Vec<Recommendations>,
}

impl Plan {
    fn put(&mut self, artefact: Artefact, name: impl Into<String>, make: Make) {
        self.files.push(Planned {
            artefact,
            name: name.into(),
            make,
        });
    }

    pub(super) fn file(&mut self, planned: Planned) {
        self.files.push(planned);
    }

    pub(super) fn lacks(&mut self, artefact: Artefact, about: Option<&str>, href: &str) {
        self.gaps.push(Gap {
            artefact,
            about: about.map(str::to_owned),
            words: None,
            href: href.to_owned(),
        });
    }

    /// How much of an indicator is there.
    #[must_use]
    pub fn standing(&self, indicator: &Indicator) -> Standing {
        let there: Vec<Artefact> = self.files.iter().map(|file| file.artefact).collect();
        let lacking: Vec<Artefact> = self.gaps.iter().map(|gap| gap.artefact).collect();
        let by_hand = !indicator.outside_id.is_empty();
        rules::standing(&indicator.needs, by_hand, &there, &lacking)
    }

    /// Whether nothing is missing but what the office adds by hand.
    #[must_use]
    pub fn only_by_hand(&self, indicator: &Indicator) -> bool {
        self.standing(indicator) == Standing::Partly
            && self.missing(indicator).next().is_none()
            && indicator.needs.iter().all(|need| self.holds(*need))
    }

    fn holds(&self, artefact: Artefact) -> bool {
        self.files.iter().any(|file| file.artefact == artefact)
    }

    /// The files that serve an indicator.
    pub fn serving<'a>(&'a self, of: &'a Indicator) -> impl Iterator<Item = &'a Planned> {
        let files = self.files.iter();
        files.filter(|file| of.needs.contains(&file.artefact))
    }

    /// What of it is missing.
    pub fn missing<'a>(&'a self, of: &'a Indicator) -> impl Iterator<Item = &'a Gap> {
        let gaps = self.gaps.iter();
        gaps.filter(|gap| of.needs.contains(&gap.artefact))
    }
}

/// The list of indicators: the office's own where a file is named, else the one that comes with the program.
pub fn indicators(ctx: &Ctx) -> Result<Indicators> {
    let path = ctx.app.config.evidence_bundle.indicators.as_str();
    let unusable = |why: String| {
        let message = Message::new("rule-evidence-indicators")
            .with("file", path)
            .with("why", why);
        Error::rule("evidence.indicators", message)
    };
    let text = match path {
        "" => LIST.to_owned(),
        path => std::fs::read_to_string(path).map_err(|error| unusable(error.to_string()))?,
    };
    Indicators::read(&text).map_err(|why| unusable(why.to_string()))
}

/// The year so far.
fn days_of(year: i32, today: NaiveDate) -> Result<(NaiveDate, NaiveDate)> {
    let first = NaiveDate::from_ymd_opt(year, 1, 1).ok_or(Error::NotFound)?;
    let last = NaiveDate::from_ymd_opt(year, 12, 31).ok_or(Error::NotFound)?;
    if first > today {
        return Err(Error::NotFound);
    }
    Ok((first, last.min(today)))
}

/// `ctx` sees all of the unit: who asks was asked for the right to the whole archive before.
pub async fn of(ctx: &Ctx, unit: Unit, year: i32) -> Result<Plan> {
    let zone = organisation::zone_of(&unit)?;
    let mut plan = Plan {
        days: days_of(year, ctx.today_in(zone))?,
        indicators: indicators(ctx)?,
        recommended: recommended(ctx, &unit, year).await?,
        unit,
        year,
        zone,
        files: Vec::new(),
        gaps: Vec::new(),
    };
    established(ctx, &mut plan).await?;
    forum_files::add(ctx, &mut plan).await?;
    surveys(ctx, &mut plan).await?;
    follow_up(ctx, &mut plan).await?;
    voices(ctx, &mut plan).await?;
    Ok(plan)
}

async fn established(ctx: &Ctx, plan: &mut Plan) -> Result<()> {
    use Artefact::{Charter, Decree, Standards};
    let (db, unit) = (&ctx.app.db, plan.unit.id);
    match standards::services(db, unit).await?.is_empty() {
        false => plan.put(
            Standards,
            "1-standar/standar-pelayanan.pdf",
            Make::Standards,
        ),
        true => plan.lacks(Standards, None, "/standar"),
    }
    match standards::decrees(db, unit).await?.is_empty() {
        false => plan.put(
            Decree,
            "1-standar/keputusan-standar-pelayanan.pdf",
            Make::Decree,
        ),
        true => plan.lacks(Decree, None, "/standar"),
    }
    match standards::charter(db, unit).await?.is_some() {
        true => plan.put(Charter, "1-standar/maklumat-pelayanan.pdf", Make::Charter),
        false => plan.lacks(Charter, None, "/standar"),
    }
    Ok(())
}

async fn surveys(ctx: &Ctx, plan: &mut Plan) -> Result<()> {
    // The workbook stays in the office: it holds a line for every respondent.
    use Artefact::{Publications, SurveyReport};
    let periods = results::of_year(ctx, &plan.unit, plan.year).await?;
    if periods.is_empty() {
        for artefact in [SurveyReport, Publications] {
            plan.lacks(artefact, None, "/kerja/survei");
        }
        return Ok(());
    }
    let mut published = false;
    for seen in &periods {
        let id = seen.period.id;
        let title = traces::for_everybody(&seen.period.title);
        let name = format!("3-survei/{}-{}", safe(&title), seen.period.closes_on);
        plan.put(
            SurveyReport,
            format!("{name}-laporan.pdf"),
            Make::SurveyReport(id),
        );
        // A preview is packed, but nobody has signed for it.
        let report = documents::latest(&ctx.app.db, "survey_period", id.0, Kind::SurveyReport);
        if report.await?.is_none() {
            let href = format!("/kerja/survei/{id}/laporan");
            // Frozen it is: what is missing is the report alone.
            plan.gaps.push(Gap {
                artefact: SurveyReport,
                about: Some(title.clone()),
                words: Some("evidence-lacks-report"),
                href,
            });
        }
        match results::publications(ctx, &seen.period).await?.is_empty() {
            false => published = true,
            true => {
                let href = format!("/kerja/survei/{id}/hasil#publikasi");
                plan.lacks(Publications, Some(&title), &href);
            }
        }
    }
    if published {
        plan.put(
            Publications,
            "3-survei/daftar-publikasi-hasil.pdf",
            Make::Publications,
        );
    }
    Ok(())
}

/// The actions that were promised within a year, whichever year's plan they stand in, and those of its plan.
pub async fn promised(ctx: &Ctx, unit: &Unit, year: i32) -> Result<Vec<YearRow>> {
    let zone = organisation::zone_of(unit)?;
    let mut found: Vec<YearRow> = Vec::new();
    for plan in [year, year + 1] {
        for row in action_plans::plan_of(ctx, unit, plan).await? {
            let begun = row.item.created_at.with_timezone(&zone).year();
            let of_it = begun == year || row.item.year == year;
            if of_it && found.iter().all(|known| known.item.id != row.item.id) {
                found.push(row);
            }
        }
    }
    Ok(found)
}

async fn follow_up(ctx: &Ctx, plan: &mut Plan) -> Result<()> {
    use Artefact::{FollowUp, Matrix};
    let promised = promised(ctx, &plan.unit, plan.year).await?;
    let this = !action_plans::plan_of(ctx, &plan.unit, plan.year)
        .await?
        .is_empty();
    let next = promised.iter().any(|row| row.item.year > plan.year);
    let years = [(plan.year, this), (plan.year + 1, next)];
    for (year, _) in years.into_iter().filter(|(_, there)| *there) {
        let name = format!("4-tindak-lanjut/rencana-dan-realisasi-{year}");
        plan.put(Matrix, format!("{name}.pdf"), Make::MatrixPaper(year));
        plan.put(Matrix, format!("{name}.xlsx"), Make::MatrixWorkbook(year));
    }
    if !this && !next {
        plan.lacks(Matrix, None, "/kerja/rencana-aksi");
    }
    match promised.is_empty() {
        false => plan.put(
            FollowUp,
            "4-tindak-lanjut/persentase-dan-kecepatan.pdf",
            Make::FollowUp,
        ),
        true => plan.lacks(FollowUp, None, "/kerja/rencana-aksi"),
    }
    for of in &plan.recommended {
        for about in of.all.iter().filter(|one| one.actions.is_empty()) {
            plan.gaps.push(Gap {
                artefact: FollowUp,
                about: Some(format!("{}, {}", about.element, of.period)),
                words: Some("evidence-lacks-action"),
                href: format!(
                    "/kerja/rencana-aksi/baru?unit={}&sumber=survey_element:{}",
                    encoded(&plan.unit.code),
                    encoded(&about.id)
                ),
            });
        }
    }
    Ok(())
}

/// An element that a survey of the year recommends to improve.
pub struct Recommended {
    pub id: String,
    pub element: String,
    pub nrr: String,
    /// Those about it that were not given up, and were not over when the survey was.
    pub actions: Vec<action_plans::Planned>,
}

/// What a period of the year recommends to improve: its lowest elements.
pub struct Recommendations {
    pub period: String,
    pub all: Vec<Recommended>,
}

impl Recommendations {
    /// How many of them were followed up.
    #[must_use]
    pub fn followed(&self) -> FollowedUp {
        let states = |one: &Recommended| one.actions.iter().map(|action| action.status).collect();
        let all: Vec<Vec<Status>> = self.all.iter().map(states).collect();
        action_plans::followed_up(&all)
    }
}

async fn recommended(ctx: &Ctx, unit: &Unit, year: i32) -> Result<Vec<Recommendations>> {
    let db = &ctx.app.db;
    let zone = organisation::zone_of(unit)?;
    let linked = action_plans::linked_in_unit(db, unit.id, SourceKind::SurveyElement).await?;
    let periods = results::of_year(ctx, unit, year).await?;
    let weakest = periods
        .iter()
        .flat_map(|seen| seen.result.weakest_elements());
    let about = weakest
        .filter_map(|element| linked.get(&element.id))
        .flatten();
    let mut ids: Vec<ActionItemId> = about.map(|action| action.id).collect();
    ids.sort_unstable();
    ids.dedup();
    let planned = action_plans::planned(db, &ids).await?;
    let of_element = |element: &ResultElement, closed: NaiveDate| {
        let about = linked.get(&element.id).into_iter().flatten();
        let about: Vec<ActionItemId> = about.map(|action| action.id).collect();
        let actions = planned.iter().filter(|action| about.contains(&action.id));
        let actions = actions.filter(|action| action.goes_on_after(closed, zone));
        Recommended {
            id: element.id.clone(),
            element: element.full_name(Locale::Id),
            nrr: element.nrr.clone().unwrap_or_default(),
            actions: actions.cloned().collect(),
        }
    };
    let of_period = |seen: &Seen| {
        let weakest = seen.result.weakest_elements().into_iter();
        Recommendations {
            period: traces::for_everybody(&seen.period.title),
            all: weakest
                .map(|element| of_element(element, seen.period.closes_on))
                .collect(),
        }
    };
    Ok(periods.iter().map(of_period).collect())
}

async fn voices(ctx: &Ctx, plan: &mut Plan) -> Result<()> {
    use Artefact::{Recapitulation, Register};
    let received = complaints::received_on(ctx, &plan.unit.code, plan.days).await?;
    if received == 0 {
        plan.lacks(Register, None, "/kerja/pengaduan");
        plan.lacks(Recapitulation, None, "/kerja/pengaduan");
        return Ok(());
    }
    plan.put(Register, "5-pengaduan/buku-register.xlsx", Make::Register);
    let recapitulation = "5-pengaduan/rekapitulasi";
    plan.put(
        Recapitulation,
        format!("{recapitulation}.pdf"),
        Make::RecapitulationPaper,
    );
    plan.put(
        Recapitulation,
        format!("{recapitulation}.xlsx"),
        Make::RecapitulationWorkbook,
    );
    Ok(())
}
