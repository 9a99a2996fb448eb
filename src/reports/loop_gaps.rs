//! What of the loop has not come to an end in a unit and year: voices that led to nothing, agreed points without an
//! action, actions that lack something, issues that nobody decided about. Each kind within what its reader may see.

use std::collections::{HashMap, HashSet};

use chrono::{DateTime, Datelike as _, NaiveDate, Utc};
use poem_openapi::{Enum, types::ToJSON as _};

use super::unheard;
use crate::{
    access::{Ctx, Permission},
    action_plans::{self, Lack, SourceKind, YearRow},
    calendar::{self, dates},
    complaints,
    follow_up::{self, Outcome},
    forums::{self, Forum},
    issues::{self, State, VoiceKind},
    organisation::{self, Unit},
    platform::{
        error::{Error, Result},
        i18n::{Locale, Message, t},
        web::paging::Slice,
    },
};

/// Which end is loose. In the order of the loop.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Enum)]
#[oai(rename_all = "snake_case")]
pub enum GapKind {
    /// An input of a forum that no action, agreed point with action, or issue answers.
    InputUnheard,
    /// A complaint that is late and belongs to no action and no issue.
    ComplaintUnheard,
    IssueUndecided,
    PointWithoutAction,
    ActionWithoutOwner,
    ActionLate,
    ActionWithoutEvidence,
    ActionUnverified,
}

impl GapKind {
    pub const ALL: [Self; 8] = [
        Self::InputUnheard,
        Self::ComplaintUnheard,
        Self::IssueUndecided,
        Self::PointWithoutAction,
        Self::ActionWithoutOwner,
        Self::ActionLate,
        Self::ActionWithoutEvidence,
        Self::ActionUnverified,
    ];

    #[must_use]
    pub fn label_key(self) -> &'static str {
        match self {
            Self::InputUnheard => "gap-input-unheard",
            Self::ComplaintUnheard => "gap-complaint-unheard",
            Self::IssueUndecided => "gap-issue-undecided",
            Self::PointWithoutAction => "gap-point-without-action",
            Self::ActionWithoutOwner => "gap-action-without-owner",
            Self::ActionLate => "gap-action-late",
            Self::ActionWithoutEvidence => "gap-action-without-evidence",
            Self::ActionUnverified => "gap-action-unverified",
        }
    }

    /// What an address names it by: `action_late`.
    #[must_use]
    pub fn code(self) -> String {
        self.to_json()
            .and_then(|code| Some(code.as_str()?.to_owned()))
            .unwrap_or_default()
    }

    #[must_use]
    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.code() == code)
    }

    fn of(lack: Lack) -> Self {
        match lack {
            Lack::Owner => Self::ActionWithoutOwner,
            Lack::Late => Self::ActionLate,
            Lack::Evidence => Self::ActionWithoutEvidence,
            Lack::Verification => Self::ActionUnverified,
        }
    }
}

/// One loose end.
#[derive(Clone, Debug)]
pub struct Gap {
    pub kind: GapKind,
    /// `I3`, `RA-2026-01`, `ADU-2026-000012`.
    pub code: String,
    pub title: String,
    /// Where it belongs, or since when.
    pub note: String,
    pub href: String,
}

/// The loose ends of a unit and year.
pub struct Gaps {
    pub unit: Unit,
    pub year: i32,
    /// What the caller may see; of the others nothing is said, not even that there is none.
    pub kinds: Vec<GapKind>,
    pub items: Vec<Gap>,
}

/// The last loose end that somebody saw: how many came with it, and which it was.
pub type Seen = (usize, String);

impl Gap {
    fn key(&self) -> String {
        format!("{} {} {}", self.kind.label_key(), self.code, self.href)
    }
}

/// A part of the loose ends, of one kind or of all. They are read anew for each part: it goes on behind the last one that
/// was seen, and where that one has come to its end since, at its place.
#[must_use]
pub fn part_of<'a>(
    items: &'a [Gap],
    kind: Option<GapKind>,
    slice: &Slice<Seen>,
) -> (Vec<&'a Gap>, Option<String>) {
    let wanted = |gap: &&Gap| kind.is_none_or(|kind| kind == gap.kind);
    let all: Vec<&Gap> = items.iter().filter(wanted).collect();
    let from = slice.after.as_ref().map_or(0, |(place, key)| {
        let known = all.iter().position(|gap| gap.key() == *key);
        known.map_or(place.saturating_sub(1), |known| known + 1)
    });
    let limit = usize::try_from(slice.limit).unwrap_or(usize::MAX);
    let rows = all.into_iter().enumerate().skip(from).take(limit + 1);
    let (rows, next) = slice.cut(rows.collect(), |(place, gap)| (place + 1, gap.key()));
    (rows.into_iter().map(|(_, gap)| gap).collect(), next)
}

/// A year that a program names for a unit, else the present one there.
pub fn year_of(ctx: &Ctx, unit: &Unit, year: Option<i32>) -> Result<i32> {
    let present = ctx.today_in(organisation::zone_of(unit)?).year();
    Ok(calendar::year_named(year)?.unwrap_or(present))
}

/// What the caller may see of a unit and year.
fn kinds_of(ctx: &Ctx, unit: &Unit, year: i32) -> Result<Vec<GapKind>> {
    if !ctx.may(Permission::ViewIssues, unit.id) {
        return Err(Error::NotFound);
    }
    let zone = organisation::zone_of(unit)?;
    let now = year == ctx.today_in(zone).year();
    let reads = |kind: &GapKind| match kind {
        GapKind::InputUnheard | GapKind::PointWithoutAction => {
            ctx.may(Permission::ViewForums, unit.id)
        }
        GapKind::ComplaintUnheard => now && ctx.may(Permission::ViewComplaints, unit.id),
        GapKind::IssueUndecided => true,
        _ => ctx.may(Permission::ViewActions, unit.id),
    };
    Ok(GapKind::ALL.into_iter().filter(reads).collect())
}

/// A forum and what it led to: read once for all that a page tells about it.
pub type Led = (Forum, Outcome);

/// What these forums led to.
pub async fn led<'a>(ctx: &Ctx, forums: impl Iterator<Item = &'a Forum>) -> Result<Vec<Led>> {
    let mut found = Vec::new();
    for forum in forums {
        let outcome = follow_up::outcome(&ctx.app.db, forum).await?;
        found.push((forum.clone(), outcome));
    }
    Ok(found)
}

/// What a unit and its years have in common: read once for several of them.
struct Ground {
    /// Inputs that an issue holds.
    held: HashSet<String>,
    late: Vec<Gap>,
    undecided: Vec<(i32, Gap)>,
}

async fn ground(ctx: &Ctx, unit: &Unit, kinds: &[GapKind]) -> Result<Ground> {
    let sees = |kind| kinds.contains(&kind);
    Ok(Ground {
        held: match sees(GapKind::InputUnheard) {
            true => unheard::held(&ctx.app.db, unit.id).await?,
            false => HashSet::new(),
        },
        late: match sees(GapKind::ComplaintUnheard) {
            true => late_complaints(ctx, unit).await?,
            false => Vec::new(),
        },
        undecided: undecided(ctx, unit).await?,
    })
}

/// Everything but what actions lack.
async fn before_actions(
    ctx: &Ctx,
    (unit, year): (&Unit, i32),
    kinds: &[GapKind],
    ground: &Ground,
    led: &[Led],
) -> Result<Vec<Gap>> {
    let mut items = Vec::new();
    if kinds.contains(&GapKind::InputUnheard) {
        let today = ctx.today_in(organisation::zone_of(unit)?);
        for (forum, outcome) in led {
            if has_begun(forum, (unit, year), today) {
                items.extend(of_forum(ctx, (forum, outcome), &ground.held).await?);
            }
        }
    }
    if kinds.contains(&GapKind::ComplaintUnheard) {
        items.extend(ground.late.iter().cloned());
    }
    // Those of a year, as their codes say: each is counted once, and beside the year before on the head's page.
    let of_year = ground.undecided.iter().filter(|(of, _)| *of == year);
    items.extend(of_year.map(|(_, gap)| gap.clone()));
    Ok(items)
}

/// How many of a kind.
pub type Counts = Vec<(GapKind, i64)>;

/// How many of each kind that the caller may see, year by year. What a plan lacks is counted by the database: a dashboard
/// does not read ten thousand actions. `led` are the forums of these years that the caller may see.
pub async fn counts<const N: usize>(
    ctx: &Ctx,
    unit: &Unit,
    years: [i32; N],
    led: &[Led],
) -> Result<[Counts; N]> {
    let kinds = years.into_iter().map(|year| kinds_of(ctx, unit, year));
    let kinds: Vec<Vec<GapKind>> = kinds.collect::<Result<_>>()?;
    let all = kinds.concat();
    let ground = ground(ctx, unit, &all).await?;
    let lacks = match all.contains(&GapKind::ActionLate) {
        true => action_plans::lacking(ctx, unit, years)
            .await?
            .map(Vec::from),
        false => [const { Vec::new() }; N],
    };
    let mut found = [const { Counts::new() }; N];
    let each = years.into_iter().zip(kinds).zip(lacks);
    for (((year, kinds), lacks), counts) in each.zip(&mut found) {
        let items = before_actions(ctx, (unit, year), &kinds, &ground, led).await?;
        let lacks = lacks.into_iter();
        let lacks: HashMap<GapKind, i64> = lacks.map(|(lack, n)| (GapKind::of(lack), n)).collect();
        let count = |kind: GapKind| {
            let listed = || items.iter().filter(|gap| gap.kind == kind).count();
            let known = lacks.get(&kind).copied();
            known.unwrap_or_else(|| i64::try_from(listed()).unwrap_or(i64::MAX))
        };
        *counts = kinds.into_iter().map(|kind| (kind, count(kind))).collect();
    }
    Ok(found)
}

pub async fn read(ctx: &Ctx, unit: Unit, year: i32) -> Result<Gaps> {
    let kinds = kinds_of(ctx, &unit, year)?;
    let mut led = Vec::new();
    if kinds.contains(&GapKind::InputUnheard) {
        let today = ctx.today_in(organisation::zone_of(&unit)?);
        let forums = forums::list(ctx).await?;
        let begun = forums.iter();
        let begun = begun.filter(|forum| has_begun(forum, (&unit, year), today));
        led = self::led(ctx, begun).await?;
    }
    let ground = ground(ctx, &unit, &kinds).await?;
    let mut items = before_actions(ctx, (&unit, year), &kinds, &ground, &led).await?;
    if kinds.contains(&GapKind::ActionLate) {
        let rows = action_plans::plan_of(ctx, &unit, year).await?;
        let locale = ctx.locale();
        items.extend(rows.iter().flat_map(|row| of_action(row, locale)));
    }
    items.sort_by_key(|gap| gap.kind);
    Ok(Gaps {
        unit,
        year,
        kinds,
        items,
    })
}

/// Of a unit and year, and begun: what is handed in for one to come has not been heard yet.
fn has_begun(forum: &Forum, (unit, year): (&Unit, i32), today: NaiveDate) -> bool {
    forum.unit_id == unit.id && forum.date.year() == year && forum.date <= today
}

async fn of_forum(
    ctx: &Ctx,
    (forum, outcome): (&Forum, &Outcome),
    held: &HashSet<String>,
) -> Result<Vec<Gap>> {
    let inputs = unheard::of_forum(&ctx.app.db, forum, outcome, held).await?;
    let locale = ctx.locale();
    let note = forums::days::short_dates(forum, locale);
    let note = format!("{}, {note}", forum.title);
    let unheard = inputs.into_iter().map(|input| Gap {
        kind: GapKind::InputUnheard,
        code: input.code,
        title: input.text,
        note: note.clone(),
        href: format!("/kerja/forum/{}/masukan", forum.id),
    });
    let mut gaps: Vec<Gap> = unheard.collect();
    let open = outcome.points.iter().filter(|point| point.is_open());
    gaps.extend(open.map(|point| {
        Gap {
            kind: GapKind::PointWithoutAction,
            code: Message::new("gap-point-number")
                .with("number", point.number)
                .text(locale),
            title: point.text.clone(),
            note: note.clone(),
            href: format!("/kerja/forum/{}/tindak-lanjut", forum.id),
        }
    }));
    Ok(gaps)
}

/// What is late now, all of it; those that an issue or an action holds are on their way.
async fn late_complaints(ctx: &Ctx, unit: &Unit) -> Result<Vec<Gap>> {
    let db = &ctx.app.db;
    let scope = ctx.require_scope(Permission::ViewComplaints)?;
    let found = complaints::late(db, unit.id, &scope, ctx.now).await?;
    // Few are late, many are in an action or an issue: asked for the few.
    let ids: Vec<String> = found.iter().map(|row| row.id.to_string()).collect();
    let mut held = action_plans::linked_among(db, SourceKind::Complaint, &ids).await?;
    held.extend(issues::held_among(db, VoiceKind::Complaint, &ids).await?);
    let (locale, zone) = (ctx.locale(), organisation::zone_of(unit)?);
    let hidden = || t(locale, "complaints-hidden-subject");
    let late = found
        .into_iter()
        .filter(|row| !held.contains(&row.id.to_string()));
    Ok(late
        .map(|row| Gap {
            kind: GapKind::ComplaintUnheard,
            title: row.subject.unwrap_or_else(hidden),
            note: since("gap-due", row.due_at, zone, locale),
            href: row.href,
            code: row.number,
        })
        .collect())
}

fn since(key: &str, at: DateTime<Utc>, zone: chrono_tz::Tz, locale: Locale) -> String {
    let day = dates::long_date(at.with_timezone(&zone).date_naive(), locale);
    Message::new(key).with("day", day).text(locale)
}

/// All of a unit, each with its year.
async fn undecided(ctx: &Ctx, unit: &Unit) -> Result<Vec<(i32, Gap)>> {
    let (locale, zone) = (ctx.locale(), organisation::zone_of(unit)?);
    let found = issues::undecided(&ctx.app.db, unit.id, ctx.today_in(zone)).await?;
    let gap = |one: issues::IssueGap| Gap {
        kind: GapKind::IssueUndecided,
        note: match one.state {
            State::Proposed => since("gap-undecided-since", one.since, zone, locale),
            _ => since("gap-open-since", one.since, zone, locale),
        },
        code: one.code,
        title: one.title,
        href: one.href,
    };
    Ok(found.into_iter().map(|one| (one.year, gap(one))).collect())
}

fn of_action(row: &YearRow, locale: Locale) -> Vec<Gap> {
    let due = Message::new("action-due-on")
        .with("day", dates::long_date(row.item.due_on, locale))
        .text(locale);
    let lacks = row.lacks.iter();
    lacks
        .map(|lack| Gap {
            kind: GapKind::of(*lack),
            code: row.item.code.clone(),
            title: row.item.title.clone(),
            note: match &row.owner {
                Some(owner) => format!("{owner}, {due}"),
                None => due.clone(),
            },
            href: row.linked().href,
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn gap(kind: GapKind, number: usize) -> Gap {
        Gap {
            kind,
            code: format!("RA-2026-{number:02}"),
            title: "Menambah loket".to_owned(),
            note: String::new(),
            href: format!("/kerja/rencana-aksi/{number}"),
        }
    }

    fn codes(rows: &[&Gap]) -> Vec<String> {
        rows.iter().map(|one| one.code.clone()).collect()
    }

    #[test]
    fn loose_ends_come_in_parts_and_each_once() {
        // One action lacks two things: it stands under both.
        let late = (1..=3).map(|number| gap(GapKind::ActionLate, number));
        let bare = (3..=4).map(|number| gap(GapKind::ActionUnverified, number));
        let mut items: Vec<Gap> = late.chain(bare).collect();
        let read = |cursor: Option<&str>| Slice::read(cursor, Some(2)).unwrap();
        let part = |items: &[Gap], kind, cursor: Option<&str>| {
            let (rows, next) = part_of(items, kind, &read(cursor));
            (codes(&rows), next)
        };
        let (first, next) = part(&items, None, None);
        assert_eq!(first, ["RA-2026-01", "RA-2026-02"]);
        let (second, next) = part(&items, None, next.as_deref());
        assert_eq!(second, ["RA-2026-03", "RA-2026-03"]);
        let (third, end) = part(&items, None, next.as_deref());
        assert_eq!((third, end), (vec!["RA-2026-04".to_owned()], None));
        let (own, end) = part(&items, Some(GapKind::ActionUnverified), None);
        assert_eq!(
            (own, end),
            (vec!["RA-2026-03".into(), "RA-2026-04".into()], None)
        );
        // The one that was seen last is settled meanwhile: nothing is left out.
        let (_, next) = part(&items, None, None);
        items.remove(1);
        let (rest, _) = part(&items, None, next.as_deref());
        assert_eq!(rest, ["RA-2026-03", "RA-2026-03"]);
    }

    #[test]
    fn a_kind_is_found_by_its_code() {
        for kind in GapKind::ALL {
            assert_eq!(GapKind::parse(&kind.code()), Some(kind));
        }
        assert_eq!(GapKind::ActionLate.code(), "action_late");
        assert_eq!(GapKind::parse("lain"), None);
    }
}
