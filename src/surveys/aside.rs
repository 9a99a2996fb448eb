//! Answers that look like a machine's, and setting them aside: decided by a person, with a reason, while the period is
//! closed and not frozen. What is set aside stays in the raw export, marked, and counts in no figure.

use std::collections::{HashMap, HashSet};

use sea_orm::ConnectionTrait;
use uuid::Uuid;

use super::{
    answering::rules::LEAST_RUN,
    entity::{
        answers::{aside, run},
        setup::{SurveyPeriodId, period},
    },
    setup::{
        reading::get,
        rules::may_set_aside,
        service::{held, save},
    },
    store::runs::{self, Marked, MarkedSum},
};
use crate::{
    access::{Ctx, Permission},
    audit, organisation,
    platform::{
        db::Tx,
        error::{Error, Result},
        i18n::Message,
    },
};

/// The part of what came back too soon and in no run.
pub const SWIFT: &str = "swift";

/// How the history calls what was decided.
pub const SET_ASIDE: &str = "survey.set_aside";
pub const TAKEN_BACK: &str = "survey.aside_taken_back";

/// Answers that came in one way that looks like a machine's.
pub struct Part {
    /// The id of a run, or [`SWIFT`].
    pub code: String,
    pub run: Option<run::Model>,
    pub answers: Vec<Marked>,
    /// What was decided of it last.
    pub aside: Option<aside::Model>,
    /// What was decided before that of those who had come by then, the first first.
    pub earlier: Vec<aside::Model>,
}

impl Part {
    /// How many of them have exactly the same scores.
    #[must_use]
    pub fn same(&self) -> usize {
        let mut times: HashMap<&str, usize> = HashMap::new();
        for answer in &self.answers {
            *times.entry(&answer.scores).or_default() += 1;
        }
        times.into_values().max().unwrap_or_default()
    }

    /// How many of them count now.
    #[must_use]
    pub fn counted(&self) -> usize {
        self.answers.iter().filter(|one| !one.set_aside).count()
    }
}

/// Each long run, and the rest of what came too soon; an answer stands in one of them.
fn parted(long: Vec<run::Model>, marked: Vec<Marked>, asides: &[aside::Model]) -> Vec<Part> {
    let of = |code: String, run, answers| {
        let decided = asides.iter().filter(|one| one.part == code);
        let mut earlier: Vec<aside::Model> = decided.cloned().collect();
        Part {
            aside: earlier.pop(),
            earlier,
            code,
            run,
            answers,
        }
    };
    let known: HashSet<Uuid> = long.iter().map(|run| run.id).collect();
    let (mut in_run, mut swift) = (HashMap::<Uuid, Vec<Marked>>::new(), Vec::new());
    for answer in marked {
        match answer.run_id.filter(|id| known.contains(id)) {
            Some(id) => in_run.entry(id).or_default().push(answer),
            None if answer.swift => swift.push(answer),
            None => {}
        }
    }
    let mut parts: Vec<Part> = Vec::new();
    for run in long {
        let answers = in_run.remove(&run.id).unwrap_or_default();
        parts.push(of(run.id.to_string(), Some(run), answers));
    }
    if !swift.is_empty() {
        parts.push(of(SWIFT.to_owned(), None, swift));
    }
    parts
}

/// What of a period looks like a machine's.
pub async fn parts(db: &impl ConnectionTrait, period: &period::Model) -> Result<Vec<Part>> {
    Ok(parted(
        runs::long(db, period, LEAST_RUN).await?,
        runs::marked(db, period).await?,
        &runs::asides(db, period.id).await?,
    ))
}

/// What of them nobody set aside: it counts in every figure.
pub async fn counting(db: &impl ConnectionTrait, period: &period::Model) -> Result<Vec<Part>> {
    let mut parts = parts(db, period).await?;
    parts.retain(|part| part.counted() > 0);
    Ok(parts)
}

/// How many answers look like a machine's.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Sums {
    pub in_runs: i64,
    pub swift: i64,
    /// Of both, those that are set aside.
    pub aside: i64,
}

fn summed(long: &HashSet<Uuid>, marked: Vec<MarkedSum>) -> Sums {
    let mut sums = Sums::default();
    for (run, swift, aside, answers) in marked {
        match run.filter(|id| long.contains(id)) {
            Some(_) => sums.in_runs += answers,
            None if swift => sums.swift += answers,
            None => continue,
        }
        sums.aside += if aside { answers } else { 0 };
    }
    sums
}

/// The same as numbers, without reading one of them.
pub async fn sums(db: &impl ConnectionTrait, period: &period::Model) -> Result<Sums> {
    let long = runs::long(db, period, LEAST_RUN).await?;
    let long = long.into_iter().map(|run| run.id).collect();
    Ok(summed(&long, runs::marked_sums(db, period).await?))
}

fn least_of(period: &period::Model) -> usize {
    usize::try_from(period.minimum_answers).unwrap_or(1).max(1)
}

/// The part held in a closed period, for who may decide about it.
async fn part_of(
    tx: &Tx,
    ctx: &Ctx,
    which: (SurveyPeriodId, i32),
    code: &str,
) -> Result<(period::Model, Part)> {
    let period = held(tx, which).await?;
    let unit = organisation::unit(tx, period.unit_id).await?;
    let today = ctx.today_in(organisation::zone_of(&unit)?);
    may_set_aside(&period, today)?;
    let parts = parts(tx, &period).await?;
    let part = parts.into_iter().find(|part| part.code == code);
    Ok((period, part.ok_or(Error::NotFound)?))
}

async fn noted(
    tx: &Tx,
    ctx: &Ctx,
    verb: &'static str,
    (period, part, answers): (&period::Model, &Part, usize),
    reason: &str,
) -> Result<()> {
    let entry = audit::Entry::new("survey", period.id.0, verb)
        .in_unit(period.unit_id)
        .with(serde_json::json!({
            "part": part.code, "answers": answers, "reason": reason,
        }));
    audit::record(tx, ctx, entry).await
}

/// Lets a part count in no figure.
pub async fn set_aside(
    ctx: &Ctx,
    which: (SurveyPeriodId, i32),
    (code, reason): (&str, String),
) -> Result<()> {
    get(ctx, which.0, Permission::ManageSurveys).await?;
    let tx = ctx.app.db.begin_write().await?;
    let (period, part) = part_of(&tx, ctx, which, code).await?;
    // Who looks before and after would read the answers of so few.
    if part.counted() < least_of(&period) {
        let message = Message::new("rule-survey-aside-few").with("least", period.minimum_answers);
        return Err(Error::rule("survey.aside_few", message));
    }
    // Of those that were set aside before, their own reason stays.
    let answers = part.counted();
    noted(&tx, ctx, SET_ASIDE, (&period, &part, answers), &reason).await?;
    let row = aside::Model {
        id: Uuid::now_v7(),
        unit_id: period.unit_id,
        period_id: period.id,
        part: part.code,
        answers: i32::try_from(answers).unwrap_or(i32::MAX),
        reason,
        made_by: ctx.actor_name().to_owned(),
        made_at: ctx.now,
    };
    runs::set_aside(&tx, &period, &part.answers, true).await?;
    runs::insert_aside(&tx, row).await?;
    save(&tx, period).await?;
    tx.commit().await?;
    Ok(())
}

/// Lets a part count again.
pub async fn take_back(ctx: &Ctx, which: (SurveyPeriodId, i32), code: &str) -> Result<()> {
    get(ctx, which.0, Permission::ManageSurveys).await?;
    let tx = ctx.app.db.begin_write().await?;
    let (period, part) = part_of(&tx, ctx, which, code).await?;
    let Some(aside) = &part.aside else {
        return Err(Error::Conflict {
            code: "changed_meanwhile",
        });
    };
    let reason = aside.reason.clone();
    noted(
        &tx,
        ctx,
        TAKEN_BACK,
        (&period, &part, part.answers.len() - part.counted()),
        &reason,
    )
    .await?;
    for one in part.earlier.iter().chain([aside]) {
        runs::delete_aside(&tx, one.id).await?;
    }
    runs::set_aside(&tx, &period, &part.answers, false).await?;
    save(&tx, period).await?;
    tx.commit().await?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use chrono::NaiveDate;

    use super::*;
    use crate::{
        organisation::UnitId,
        standards::StandardId,
        surveys::entity::answers::{AnswerWay, SurveyResponseId},
    };

    fn run_of(answers: i32) -> run::Model {
        run::Model {
            id: Uuid::new_v4(),
            unit_id: UnitId::new(),
            period_id: SurveyPeriodId::new(),
            came_on: NaiveDate::default(),
            network: None,
            last_at: None,
            answers,
        }
    }

    fn answer(run: Option<&run::Model>, swift: bool, scores: &str) -> Marked {
        Marked {
            id: SurveyResponseId::new(),
            service_id: StandardId::new(),
            way: AnswerWay::Web,
            scores: scores.to_owned(),
            run_id: run.map(|run| run.id),
            swift,
            set_aside: false,
        }
    }

    #[test]
    fn numbers_say_the_same_as_the_parts() {
        let (long, short) = (run_of(10), run_of(2));
        let marked = vec![
            (Some(long.id), false, false, 6),
            (Some(long.id), true, true, 4),
            (Some(short.id), true, true, 2),
            (Some(short.id), false, true, 9),
            (None, true, false, 1),
        ];
        let sums = summed(&HashSet::from([long.id]), marked);
        let (in_runs, swift, aside) = (10, 3, 6);
        assert_eq!(
            sums,
            Sums {
                in_runs,
                swift,
                aside
            }
        );
    }

    #[test]
    fn an_answer_stands_in_its_long_run_or_among_the_swift_ones() {
        let (long, short) = (run_of(10), run_of(2));
        let marked = vec![
            answer(Some(&long), false, "44"),
            answer(Some(&long), true, "44"),
            answer(Some(&long), true, "43"),
            answer(Some(&short), true, "33"),
            answer(Some(&short), false, "33"),
            answer(None, true, "22"),
        ];
        let parts = parted(vec![long], marked, &[]);
        let sizes: Vec<_> = parts
            .iter()
            .map(|part| (part.run.is_some(), part.answers.len(), part.same()))
            .collect();
        assert_eq!(sizes, [(true, 3, 2), (false, 2, 1)]);
    }

    #[test]
    fn each_decision_about_a_part_stays() {
        let long = run_of(10);
        let decided = |part: &str, reason: &str| aside::Model {
            id: Uuid::new_v4(),
            unit_id: UnitId::new(),
            period_id: SurveyPeriodId::new(),
            part: part.to_owned(),
            answers: 5,
            reason: reason.to_owned(),
            made_by: String::new(),
            made_at: chrono::DateTime::default(),
        };
        let code = long.id.to_string();
        let asides = [
            decided(&code, "first"),
            decided(SWIFT, "other"),
            decided(&code, "second"),
        ];
        let parts = parted(vec![long], Vec::new(), &asides);
        let [part] = parts.as_slice() else {
            panic!("one part");
        };
        let earlier: Vec<&str> = part.earlier.iter().map(|one| one.reason.as_str()).collect();
        let last = part.aside.as_ref().map(|one| one.reason.as_str());
        assert_eq!((earlier.as_slice(), last), (&["first"][..], Some("second")));
    }
}
