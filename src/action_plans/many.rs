//! Very many invented actions, for measuring: over five years, in every state, with what shows them and where they come
//! from, and all the rows that their use cases would have written. The same number makes the same actions, except for
//! their ids.

use std::collections::HashMap;

use chrono::{DateTime, Datelike as _, Duration, Utc};
use chrono_tz::Tz;
use sea_orm::{ActiveModelTrait as _, ActiveValue::Set, IntoActiveModel as _};
use serde_json::json;
use uuid::Uuid;

use super::{
    entity::{
        ActionItemId,
        action_item::{self, Status},
        action_progress::{self, Evidence, EvidenceList},
        action_source::{self, SourceKind, Voices},
    },
    rules::{self, Facts},
    service::THING,
    store,
};
use crate::{
    access::Ctx,
    audit::{self, ActorKind},
    organisation::{self, DivisionId, Unit, UnitId},
    platform::{bulk::Bulk, error::Result},
};

/// So many are written in one transaction.
const BATCH: u64 = 1_000;
/// Over so many days back they are spread.
const DAYS: i64 = 5 * 365;
/// From the day of the promise to the due day.
const TERM: i64 = 180;

const TITLES: [&str; 6] = [
    "Menambah loket pada jam ramai",
    "Menyusun jadwal piket kanal pengaduan",
    "Memperbarui persyaratan di laman",
    "Melatih petugas informasi",
    "Memperbaiki ruang tunggu",
    "Membuka layanan pada hari Sabtu",
];
const ELEMENTS: [&str; 3] = ["complaint_handling", "time", "facilities"];

/// A complaint that an action can come from: its id and its number.
pub type Known = (String, String);

struct Office {
    unit: Unit,
    zone: Tz,
    divisions: Vec<DivisionId>,
    /// The last number of each year.
    numbers: HashMap<i32, i32>,
}

#[derive(Default)]
struct Batch {
    items: Vec<action_item::ActiveModel>,
    entries: Vec<action_progress::ActiveModel>,
    sources: Vec<action_source::ActiveModel>,
    history: Vec<audit::ActiveModel>,
}

/// Writes that many actions beside those that are there; `voices` are complaints of each unit. Says now and then how many
/// it has written.
pub async fn fill(
    ctx: &Ctx,
    count: u64,
    voices: &HashMap<UnitId, Vec<Known>>,
    tell: impl Fn(u64),
) -> Result<()> {
    let mut offices = offices(ctx).await?;
    if offices.is_empty() {
        return Ok(());
    }
    let begin = ctx.now - Duration::days(DAYS);
    let mut written = 0;
    while written < count {
        let size = BATCH.min(count - written);
        let mut batch = Batch::default();
        for place in written..written + size {
            // The first unit has three of four.
            let at = usize::try_from(place).unwrap_or_default();
            let which = if at % 4 == 3 {
                at / 4 % offices.len()
            } else {
                0
            };
            let promised = begin + share(place, count);
            let office = &mut offices[which];
            let known = voices.get(&office.unit.id).map(Vec::as_slice);
            batch
                .add(ctx, office, (at, promised), known.unwrap_or_default())
                .await?;
        }
        let mut bulk = Bulk::begin(&ctx.app.db).await?;
        batch.write(&mut bulk).await?;
        bulk.commit().await?;
        written += size;
        tell(written);
    }
    Ok(())
}

/// Evenly over the time, so that their numbers follow the order in which they were promised.
fn share(place: u64, of: u64) -> Duration {
    let seconds =
        i128::from(Duration::days(DAYS).num_seconds()) * i128::from(place) / i128::from(of.max(1));
    Duration::seconds(i64::try_from(seconds).unwrap_or_default())
}

async fn offices(ctx: &Ctx) -> Result<Vec<Office>> {
    let db = &ctx.app.db;
    let mut found = Vec::new();
    for unit in organisation::units(db).await? {
        let divisions = organisation::divisions(db, unit.id).await?;
        if divisions.is_empty() || !unit.serves_public {
            continue;
        }
        found.push(Office {
            zone: organisation::zone_of(&unit)?,
            divisions: divisions.into_iter().map(|one| one.id).collect(),
            numbers: HashMap::new(),
            unit,
        });
    }
    Ok(found)
}

/// What became of an action that was due by now, or is not yet: of ten that are due six are verified.
fn status_of(at: usize, is_due: bool) -> Status {
    match (is_due, at % 10) {
        (true, 0..=5) => Status::Verified,
        (true, 6) | (false, 9) => Status::Done,
        (true, 7) => Status::Cancelled,
        (true, 8) | (false, 0..=4) => Status::InProgress,
        _ => Status::Open,
    }
}

impl Batch {
    async fn add(
        &mut self,
        ctx: &Ctx,
        office: &mut Office,
        (at, promised): (usize, DateTime<Utc>),
        voices: &[Known],
    ) -> Result<()> {
        let due_on = (promised + Duration::days(TERM))
            .with_timezone(&office.zone)
            .date_naive();
        let year = due_on.year();
        if !office.numbers.contains_key(&year) {
            let last = store::last_number(&ctx.app.db, office.unit.id, year).await?;
            office.numbers.insert(year, last);
        }
        let number = office.numbers.entry(year).or_default();
        *number += 1;
        let status = status_of(at, due_on < ctx.today_in(office.zone));
        let has_entries = status != Status::Open;
        let ended = promised + Duration::days(TERM - 20);
        let finished =
            matches!(status, Status::Done | Status::Verified).then_some(ended.min(ctx.now));
        let facts = Facts {
            reported: has_entries,
            evidence: has_entries,
            ..Facts::default()
        };
        let item = action_item::Model {
            id: ActionItemId::new(),
            unit_id: office.unit.id,
            code: rules::code(year, *number),
            year,
            number: *number,
            title: TITLES[at % TITLES.len()].to_owned(),
            description: "Tindakan karangan untuk mengukur kecepatan.".to_owned(),
            division_id: Some(office.divisions[at % office.divisions.len()]),
            owner_id: None,
            due_on,
            baseline_due_on: None,
            carried_into: None,
            indicator: "Pekerjaan selesai".to_owned(),
            target: "Satu".to_owned(),
            budget_year: None,
            budget_amount: None,
            budget_source: None,
            status,
            progress: rules::percent(status, facts),
            finished_at: finished,
            finished_by: None,
            verified_at: finished.filter(|_| status == Status::Verified),
            verified_by: None,
            version: 1,
            created_at: promised,
        };
        self.tell(&item, "action.created", promised);
        if has_entries {
            let reported = (promised + Duration::days(30)).min(ctx.now);
            self.report(&item, reported, office.zone);
        }
        if let Some(moment) = finished {
            self.tell(&item, "action.finished", moment);
        }
        match status {
            Status::Verified => self.tell(&item, "action.verified", ended.min(ctx.now)),
            Status::Cancelled => self.tell(&item, "action.cancelled", ended.min(ctx.now)),
            _ => {}
        }
        self.come_from(&item, at, voices);
        self.items.push(item.into_active_model().reset_all());
        Ok(())
    }

    fn report(&mut self, item: &action_item::Model, at: DateTime<Utc>, zone: Tz) {
        let evidence = Evidence::Link {
            url: "https://contoh.example/bukti".to_owned(),
        };
        let row = action_progress::Model {
            id: Uuid::now_v7(),
            unit_id: item.unit_id,
            action_id: item.id,
            at,
            happened_on: at.with_timezone(&zone).date_naive(),
            by_id: None,
            by_name: "Petugas karangan".to_owned(),
            note: "Sudah dikerjakan sebagian.".to_owned(),
            percent: 50,
            files: EvidenceList(vec![evidence]),
        };
        self.entries.push(row.into_active_model().reset_all());
        self.tell(item, "action.progress", at);
    }

    /// Every second comes from a complaint, every fifth from an element of the survey.
    fn come_from(&mut self, item: &action_item::Model, at: usize, voices: &[Known]) {
        let mut link = |kind, id: &str, label: &str| {
            let row = action_source::Model {
                id: Uuid::now_v7(),
                unit_id: item.unit_id,
                action_id: item.id,
                kind,
                source_id: id.to_owned(),
                label: label.to_owned(),
                public_label: "Sumber karangan".to_owned(),
                label_en: None,
                href: None,
                forum: None,
                forum_href: None,
                voices: Voices::default(),
                created_at: item.created_at,
            };
            self.sources.push(row.into_active_model().reset_all());
        };
        if at.is_multiple_of(2) && !voices.is_empty() {
            let (id, number) = &voices[at / 2 % voices.len()];
            link(SourceKind::Complaint, id, number);
        }
        if at.is_multiple_of(5) {
            let element = ELEMENTS[at / 5 % ELEMENTS.len()];
            link(SourceKind::SurveyElement, element, element);
        }
    }

    fn tell(&mut self, item: &action_item::Model, verb: &str, at: DateTime<Utc>) {
        self.history.push(audit::ActiveModel {
            id: Set(Uuid::now_v7()),
            unit_id: Set(Some(item.unit_id)),
            thing_kind: Set(THING.to_owned()),
            thing_id: Set(item.id.0),
            verb: Set(verb.to_owned()),
            actor_kind: Set(ActorKind::System),
            person_id: Set(None),
            actor_name: Set(String::new()),
            at: Set(at),
            data: Set(json!({ "code": item.code, "reason": "Karangan" })),
            request_id: Set(String::new()),
            seal: Set(None),
            seal_seq: Set(None),
        });
    }

    async fn write(self, bulk: &mut Bulk) -> Result<()> {
        bulk.write(self.items).await?;
        bulk.write(self.entries).await?;
        bulk.write(self.sources).await?;
        bulk.write(self.history).await?;
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_state_is_among_them_and_nothing_ended_before_its_day_but_what_was_handed_in() {
        let of = |is_due| (0..10).map(move |at| status_of(at, is_due));
        for status in Status::ALL {
            assert!(
                of(true).chain(of(false)).any(|one| one == status),
                "{status:?}"
            );
        }
        assert!(of(false).all(|one| !matches!(one, Status::Verified | Status::Cancelled)));
    }
}
