//! `/api/v1/calendar`: the holidays that deadlines are counted by, and changing them.

use chrono::{Datelike as _, NaiveDate};
use poem_openapi::{Object, OpenApi, param::Query, payload::Json};
use serde::Deserialize;

use super::service::{self, HolidayDraft};
use crate::{
    access::Token,
    calendar::{self, Action},
    platform::web::{body::Body, tags::Tag},
};

pub struct Api;

/// A day on which offices are closed.
#[derive(Object)]
#[oai(rename = "Holiday")]
pub struct HolidayView {
    date: NaiveDate,
    name: String,
    /// `national_holiday` or `collective_leave`.
    category: String,
    /// The decree that says so.
    decree: String,
    /// `fixed` or `estimated`.
    certainty: String,
}

/// The holidays of a year.
#[derive(Object)]
pub struct HolidayList {
    items: Vec<HolidayView>,
}

/// A holiday to be added or withdrawn.
#[derive(Object, Deserialize)]
#[oai(deny_unknown_fields)]
#[serde(deny_unknown_fields)]
pub struct HolidayChange {
    /// `add` or `withdraw`. Required.
    #[oai(default)]
    #[serde(default)]
    action: String,
    /// `2026-08-18`; may lie in the past. Required.
    #[oai(default)]
    #[serde(default)]
    date: String,
    /// Required when a holiday is added.
    name: Option<String>,
    /// `national_holiday` or `collective_leave`. Required.
    #[oai(default)]
    #[serde(default)]
    category: String,
    /// The decree that says so. Required.
    #[oai(default)]
    #[serde(default)]
    decree: String,
    /// 5 to 500 characters. Required.
    #[oai(default)]
    #[serde(default)]
    reason: String,
}

/// What a change did.
#[derive(Object)]
pub struct HolidayChanged {
    action: Action,
    date: NaiveDate,
    /// How many deadlines of open complaints are later now. None ever becomes earlier.
    moved: u64,
    /// How many keep the date that was told, although the calendar now leads to it by other days.
    kept: u64,
}

#[OpenApi(tag = "Tag::Calendar")]
impl Api {
    /// List the holidays of a year
    ///
    /// Everybody who is signed in may read them: they stand in a decree, and who plans a forum counts working days too.
    #[oai(
        path = "/calendar/holidays",
        method = "get",
        operation_id = "listHolidays"
    )]
    async fn list(
        &self,
        Token(ctx): Token,
        /// This year when left out.
        year: Query<Option<i32>>,
    ) -> poem::Result<Json<HolidayList>> {
        let year = year.0.unwrap_or_else(|| ctx.now.year()).clamp(1900, 2200);
        let rows = calendar::holidays_of(&ctx.app.db, year).await?;
        let items = rows.into_iter().map(|row| HolidayView {
            date: row.date,
            name: row.name,
            category: row.category,
            decree: row.decree,
            certainty: row.certainty,
        });
        Ok(Json(HolidayList {
            items: items.collect(),
        }))
    }

    /// Add or withdraw a holiday
    ///
    /// Open deadlines are counted again in the same transaction. One that becomes later moves, with an entry in its
    /// history and a mail to its owners; one that would become earlier stays as it was told, and the mail says so.
    #[oai(
        path = "/calendar/holidays",
        method = "post",
        operation_id = "changeHoliday"
    )]
    async fn change(
        &self,
        Token(ctx): Token,
        Body(new): Body<HolidayChange>,
    ) -> poem::Result<Json<HolidayChanged>> {
        let draft = HolidayDraft {
            action: new.action,
            date: new.date,
            name: new.name.unwrap_or_default(),
            category: new.category,
            decree: new.decree,
            reason: new.reason,
        };
        let changed = service::change_holiday(&ctx, &draft).await?;
        Ok(Json(HolidayChanged {
            action: changed.given.action,
            date: changed.given.date,
            moved: changed.deadlines.moved as u64,
            kept: changed.deadlines.kept as u64,
        }))
    }
}
