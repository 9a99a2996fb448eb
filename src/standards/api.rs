//! `/api/v1/standards`: the service standards of a unit, for anybody.

use chrono::NaiveDate;
use poem_openapi::{
    Object, OpenApi,
    param::{Path, Query},
    payload::Json,
};

use super::{
    entity::component,
    rules::{Channel, Duration},
    service::{self, Sheet},
};
use crate::platform::web::tags::Tag;
use crate::{
    access::Public,
    organisation,
    platform::{error::Error, i18n::Locale},
};

pub struct Api;

/// The standards of a unit.
#[derive(Object)]
pub struct StandardList {
    pub items: Vec<StandardSummary>,
    /// Always null: a unit has few services.
    pub next_cursor: Option<String>,
}

/// The first facts about a service.
#[derive(Object)]
pub struct StandardSummary {
    /// Code of the unit.
    pub unit: String,
    /// Stable code of the service in its unit.
    pub code: String,
    pub name: String,
    /// In plain words what one gets and when.
    pub summary: String,
    pub lead_times: Vec<LeadTime>,
    /// 0 is free of charge.
    pub fee_rupiah: Option<i64>,
    pub products: Vec<String>,
}

/// A lead time as a value.
#[derive(Object)]
pub struct LeadTime {
    /// Which way or step of the service.
    pub label: String,
    /// Absent when nothing bounds it.
    pub amount: Option<u32>,
    /// `minutes`, `hours`, `day24` (24 hours, holidays included), `working_days` or `unbounded`.
    pub unit: String,
    /// `at_most`, `at_least` or `none`.
    pub bound: String,
    /// From when it counts: `complete_file`, `letter_in_person`, `online_registration`, `form_filled`,
    /// `letter_received`, `request_confirmed`, `other` or `unstated`.
    pub start: String,
    /// The words of the decree for the start; empty when it has none.
    pub trigger: String,
    /// The whole in words, in the language asked for.
    pub text: String,
}

/// A service standard, whole.
#[derive(Object)]
pub struct StandardSheet {
    /// Code of the unit.
    pub unit: String,
    pub code: String,
    pub name: String,
    pub summary: String,
    pub version: i32,
    /// In force from this day, where the source says so.
    pub valid_from: Option<NaiveDate>,
    pub decree: Option<DecreeReference>,
    /// The fourteen components in the order of the source.
    pub components: Vec<StandardComponent>,
}

/// The decree that sets a standard.
#[derive(Object)]
pub struct DecreeReference {
    pub number: Option<String>,
    pub title: String,
    pub date: Option<NaiveDate>,
}

/// One of the fourteen components.
#[derive(Object)]
pub struct StandardComponent {
    /// `requirements`, `procedure`, `lead_time`, `fee`, `product`, `complaint_channels`, `legal_basis`,
    /// `facilities`, `competence`, `internal_control`, `staff_count`, `service_guarantee`,
    /// `safety_guarantee`, `performance_evaluation`.
    pub kind: String,
    /// The place in the source: differs between units, never a key.
    pub position: i32,
    /// The official heading, in the language asked for.
    pub title: String,
    pub text: Option<String>,
    pub items: Vec<String>,
    /// Of `lead_time`.
    pub lead_times: Vec<LeadTime>,
    /// Of `complaint_channels`.
    pub channels: Vec<ServiceContact>,
    /// Of `fee`; 0 is free of charge.
    pub fee_rupiah: Option<i64>,
    /// Of `staff_count`.
    pub staff_count: Option<i32>,
}

/// A way to complain about a service.
#[derive(Object)]
pub struct ServiceContact {
    /// `phone`, `whatsapp`, `email`, `suggestion_box`, `sp4n_lapor`, `walk_in`, `website_form`, `instagram`.
    pub kind: String,
    pub contact: String,
}

impl LeadTime {
    fn of(duration: &Duration, locale: Locale) -> Self {
        Self {
            label: duration.label.clone(),
            amount: duration.amount,
            unit: duration.unit.code().to_owned(),
            bound: duration.bound.code().to_owned(),
            start: duration.start().code().to_owned(),
            trigger: duration.trigger.clone(),
            text: duration.text(locale),
        }
    }

    fn all(durations: &[Duration], locale: Locale) -> Vec<Self> {
        durations
            .iter()
            .map(|duration| Self::of(duration, locale))
            .collect()
    }
}

impl StandardSummary {
    fn of(unit: &str, sheet: &Sheet, locale: Locale) -> Self {
        Self {
            unit: unit.to_owned(),
            code: sheet.standard.code.clone(),
            name: sheet.standard.name.clone(),
            summary: sheet.standard.summary.clone(),
            lead_times: LeadTime::all(sheet.durations(), locale),
            fee_rupiah: sheet.fee_rupiah(),
            products: sheet.products().to_vec(),
        }
    }
}

impl StandardComponent {
    fn of(component: &component::Model, locale: Locale) -> Self {
        let channel = |channel: &Channel| ServiceContact {
            kind: channel.kind.code().to_owned(),
            contact: channel.contact.clone(),
        };
        Self {
            kind: component.kind.code().to_owned(),
            position: component.position,
            title: component.kind.title(locale),
            text: component.text.clone(),
            items: component.items.0.clone(),
            lead_times: LeadTime::all(&component.durations.0, locale),
            channels: component.channels.0.iter().map(channel).collect(),
            fee_rupiah: component.fee_rupiah,
            staff_count: component.staff_count,
        }
    }
}

impl StandardSheet {
    fn of(unit: &str, sheet: Sheet, locale: Locale) -> Self {
        Self {
            unit: unit.to_owned(),
            code: sheet.standard.code,
            name: sheet.standard.name,
            summary: sheet.standard.summary,
            version: sheet.standard.version,
            valid_from: sheet.standard.valid_from,
            decree: sheet.decree.map(|decree| DecreeReference {
                number: decree.number,
                title: decree.title,
                date: decree.date,
            }),
            components: sheet
                .components
                .iter()
                .map(|component| StandardComponent::of(component, locale))
                .collect(),
        }
    }
}

#[OpenApi(tag = "Tag::Standards")]
impl Api {
    /// Service standards of a unit
    #[oai(path = "/standards", method = "get", operation_id = "listStandards")]
    async fn list_standards(
        &self,
        Public(ctx): Public,
        /// Code of a unit; left out, those of all units.
        Query(unit): Query<Option<String>>,
        /// Words that must all occur.
        Query(q): Query<Option<String>>,
    ) -> poem::Result<Json<StandardList>> {
        let units = match unit {
            Some(code) => vec![organisation::unit_by_code(&ctx.app.db, &code).await?],
            None => organisation::units(&ctx.app.db).await?,
        };
        let query = q.unwrap_or_default();
        let mut items = Vec::new();
        for unit in units {
            let sheets = service::overview(&ctx.app.db, unit.id, &query).await?;
            let of = |sheet| StandardSummary::of(&unit.code, sheet, ctx.locale());
            items.extend(sheets.iter().map(of));
        }
        Ok(Json(StandardList {
            items,
            next_cursor: None,
        }))
    }

    /// One service standard
    #[oai(
        path = "/standards/:unit/:code",
        method = "get",
        operation_id = "getStandard"
    )]
    async fn get_standard(
        &self,
        Public(ctx): Public,
        /// Code of the unit.
        Path(unit): Path<String>,
        /// Code of the service.
        Path(code): Path<String>,
    ) -> poem::Result<Json<StandardSheet>> {
        let unit = organisation::unit_by_code(&ctx.app.db, &unit).await?;
        let sheet = service::sheet(&ctx.app.db, unit.id, &code)
            .await?
            .ok_or(Error::NotFound)?;
        Ok(Json(StandardSheet::of(&unit.code, sheet, ctx.locale())))
    }
}
