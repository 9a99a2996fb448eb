//! `/api/v1/calendar`: the days of one unit, and changing them.

use chrono::NaiveDate;
use poem_openapi::{Object, OpenApi, param::Query, payload::Json};
use serde::Deserialize;

use super::unit_days::{self, Draft};
use crate::{
    access::{Permission, Token},
    calendar::{self, WEEK},
    complaints::clocks::Recount,
    platform::{
        error::Error,
        i18n::Message,
        web::{body::Body, tags::Tag},
    },
};

pub struct Api;

/// Days on which a unit alone is closed.
#[derive(Object)]
#[oai(rename = "UnitClosure")]
pub struct ClosureView {
    id: String,
    from: NaiveDate,
    /// The last closed day.
    to: NaiveDate,
    reason: String,
}

/// When the office is open on one weekday.
#[derive(Object, Deserialize)]
#[oai(rename = "OfficeHours", deny_unknown_fields)]
#[serde(deny_unknown_fields)]
pub struct DayHours {
    /// 1 is Monday.
    weekday: u8,
    /// `07:30`
    opens: String,
    closes: String,
}

/// The days of a unit beside the national ones.
#[derive(Object)]
pub struct UnitDays {
    unit: String,
    /// The newest first.
    closures: Vec<ClosureView>,
    /// Whether the unit works, and so counts, days of collective leave.
    work_collective_leave: bool,
    /// A weekday that is not here is closed.
    hours: Vec<DayHours>,
    /// Of leave and hours.
    version: i32,
}

/// Days on which a unit is closed, to be added or taken back.
#[derive(Object, Deserialize)]
#[oai(deny_unknown_fields)]
#[serde(deny_unknown_fields)]
pub struct ClosureChange {
    /// Code of the unit; needed where the caller looks after several.
    unit: Option<String>,
    /// `close` or `reopen`. Required.
    #[oai(default)]
    #[serde(default)]
    action: String,
    /// `2026-03-25`; may lie in the past, but makes nothing in time that is late already. Required to close.
    from: Option<String>,
    /// The last closed day; the first one when left out.
    to: Option<String>,
    /// Which closure is taken back. Required to reopen.
    id: Option<String>,
    /// 5 to 300 characters; citizens whose date moves read it. Required.
    #[oai(default)]
    #[serde(default)]
    reason: String,
}

/// Leave or hours of a unit, one at a time.
#[derive(Object, Deserialize)]
#[oai(deny_unknown_fields)]
#[serde(deny_unknown_fields)]
pub struct OfficeChange {
    /// Code of the unit; needed where the caller looks after several.
    unit: Option<String>,
    work_collective_leave: Option<bool>,
    /// The whole week; a weekday that is left out is closed.
    hours: Option<Vec<DayHours>>,
    /// The version that was read. Required.
    #[oai(default)]
    #[serde(default)]
    version: i32,
    /// 5 to 300 characters; citizens whose date moves read it. Required.
    #[oai(default)]
    #[serde(default)]
    reason: String,
}

/// What a change did.
#[derive(Object)]
pub struct UnitDaysChanged {
    /// How many deadlines of open complaints are later now. None ever becomes earlier.
    moved: u64,
    /// How many keep the date that was told, although the calendar now leads to it by other days; the late ones do.
    kept: u64,
}

impl From<Recount> for UnitDaysChanged {
    fn from(deadlines: Recount) -> Self {
        Self {
            moved: deadlines.moved as u64,
            kept: deadlines.kept as u64,
        }
    }
}

fn week(hours: Vec<DayHours>) -> Result<[(String, String); 7], Error> {
    let mut week: [(String, String); 7] = Default::default();
    for day in hours {
        let place = usize::from(day.weekday).checked_sub(1);
        let Some(there) = place.and_then(|place| week.get_mut(place)) else {
            return Err(Error::field("hours", Message::new("field-unknown-choice")));
        };
        // A weekday given twice is a slip that would close another day.
        if !there.0.is_empty() || !there.1.is_empty() {
            return Err(Error::field("hours", Message::new("field-unknown-choice")));
        }
        *there = (day.opens, day.closes);
    }
    Ok(week)
}

/// The fields of a form have a name for each time of a week; a program sends them as one.
fn of_the_week(field: String) -> String {
    match field.starts_with("opens") || field.starts_with("closes") {
        true => "hours".to_owned(),
        false => field,
    }
}

#[OpenApi(tag = "Tag::Calendar")]
impl Api {
    /// Read the days of a unit
    ///
    /// When it alone is closed, whether it works on collective leave, and its office hours.
    #[oai(
        path = "/calendar/office",
        method = "get",
        operation_id = "getOfficeDays"
    )]
    async fn show(
        &self,
        Token(ctx): Token,
        /// Code of the unit; needed where the caller looks into several.
        unit: Query<Option<String>>,
    ) -> poem::Result<Json<UnitDays>> {
        let code = unit.0.unwrap_or_default();
        let unit = unit_days::unit_named(&ctx, Permission::ViewCalendar, &code).await?;
        let own = calendar::own_days(&ctx.app.db, unit.id).await?;
        let hours = WEEK.into_iter().zip(1..).filter_map(|(weekday, number)| {
            let open = own.hours.on(weekday)?;
            Some(DayHours {
                weekday: number,
                opens: open.opens().format("%H:%M").to_string(),
                closes: open.closes().format("%H:%M").to_string(),
            })
        });
        let closures = own.closures.into_iter().map(|row| ClosureView {
            id: row.id.to_string(),
            from: row.from_day,
            to: row.to_day,
            reason: row.reason,
        });
        Ok(Json(UnitDays {
            unit: unit.code,
            hours: hours.collect(),
            closures: closures.collect(),
            work_collective_leave: own.work_collective_leave,
            version: own.version,
        }))
    }

    /// Close a unit for some days, or take that back
    ///
    /// A flood, an election, a regional anniversary. The unit's open deadlines are counted again in the same
    /// transaction: one that becomes later moves, one that would become earlier stays as it was told.
    #[oai(
        path = "/calendar/closures",
        method = "post",
        operation_id = "changeUnitClosure"
    )]
    async fn close(
        &self,
        Token(ctx): Token,
        Body(new): Body<ClosureChange>,
    ) -> poem::Result<Json<UnitDaysChanged>> {
        let code = new.unit.unwrap_or_default();
        let unit = unit_days::unit_named(&ctx, Permission::ManageUnit, &code).await?;
        let what = match &*new.action {
            "close" | "reopen" => new.action,
            _ => return Err(Error::field("action", Message::new("field-choose")).into()),
        };
        let draft = Draft {
            what,
            from: new.from.unwrap_or_default(),
            to: new.to.unwrap_or_default(),
            closure: new.id.unwrap_or_default(),
            reason: new.reason,
            reason_field: "reason",
            ..Draft::default()
        };
        let deadlines = unit_days::change(&ctx, unit.id, &draft).await?;
        Ok(Json(deadlines.into()))
    }

    /// Change the office hours of a unit, or whether it works on collective leave
    ///
    /// The unit's open deadlines are counted again in the same transaction, and none becomes earlier.
    #[oai(
        path = "/calendar/office",
        method = "post",
        operation_id = "changeOfficeDays"
    )]
    async fn change(
        &self,
        Token(ctx): Token,
        Body(new): Body<OfficeChange>,
    ) -> poem::Result<Json<UnitDaysChanged>> {
        let code = new.unit.unwrap_or_default();
        let unit = unit_days::unit_named(&ctx, Permission::ManageUnit, &code).await?;
        let draft = Draft {
            version: new.version,
            reason: new.reason,
            reason_field: "reason",
            ..Draft::default()
        };
        let draft = match (new.work_collective_leave, new.hours) {
            (Some(works), None) => Draft {
                what: "leave".to_owned(),
                works: if works { "yes" } else { "no" }.to_owned(),
                ..draft
            },
            (None, Some(hours)) => Draft {
                what: "hours".to_owned(),
                hours: week(hours)?,
                ..draft
            },
            _ => {
                let message = Message::new("office-days-one-at-a-time");
                return Err(Error::field("hours", message).into());
            }
        };
        let deadlines = unit_days::change(&ctx, unit.id, &draft).await;
        let deadlines = deadlines.map_err(|error| error.renamed(of_the_week))?;
        Ok(Json(deadlines.into()))
    }
}
