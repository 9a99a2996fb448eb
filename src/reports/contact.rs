//! Where the office is, when it is open, who answers for it; and what happens to personal data.

use chrono::Weekday;
use poem::{Response, handler, web::Query as Address};
use serde::{Deserialize, Serialize};

use super::{
    pages::{Link, UnitView, unit_of, units},
    promised,
};
use crate::{
    access::{Ctx, Public},
    calendar::{self, OfficeHours, dates},
    complaints::{
        rules::Channel,
        ways::{WayView, public_ways, shut_ways},
    },
    organisation::{self, ContactPurpose, Unit},
    platform::{
        error::Result,
        i18n::{Locale, t},
        web::pages::Page,
    },
};

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Wanted {
    unit: String,
}

#[derive(Serialize)]
struct ContactPage {
    units: Vec<UnitView>,
    office: Option<Office>,
}

#[derive(Serialize)]
struct Office {
    name: String,
    government: String,
    address: String,
    legal_basis: String,
    ways: Vec<Way>,
    /// The register of channels, where the unit keeps one.
    channels: Vec<WayView>,
    hours: Vec<Fact>,
    responsible_name: String,
    responsible_office: String,
    answer: String,
    source: String,
    new_href: String,
}

#[derive(Serialize)]
struct Way {
    label: String,
    value: String,
    href: Option<String>,
    icon: &'static str,
}

#[derive(Serialize)]
struct Fact {
    term: String,
    text: String,
}

impl Page for ContactPage {
    const TEMPLATE: &'static str = "reports/contact";
    fn title(&self, locale: Locale) -> String {
        t(locale, "contact-title")
    }
}

#[handler]
pub async fn show_contact(
    Public(ctx): Public,
    Address(wanted): Address<Wanted>,
) -> Result<Response> {
    let Some(unit) = unit_of(&ctx, &wanted.unit).await? else {
        return ctx.page(&ContactPage {
            units: units(&ctx, "/kontak").await?,
            office: None,
        });
    };
    let page = ContactPage {
        units: Vec::new(),
        office: Some(office(&ctx, &unit).await?),
    };
    ctx.page_in(&organisation::brand_of(&unit), &page)
}

/// UU 25/2009 article 36: a unit makes known who answers for complaints and where they can be brought.
async fn office(ctx: &Ctx, unit: &Unit) -> Result<Office> {
    let db = &ctx.app.db;
    let locale = ctx.locale();
    let head = organisation::head_of(db, unit.id).await?;
    let mut contacts = organisation::contacts(db, unit.id).await?;
    let shut = shut_ways(db, unit.id).await?;
    contacts.retain(|contact| way_of(contact.purpose).is_none_or(|way| !shut.contains(&way)));
    let answering = promised::of(ctx, unit).await?;
    let calendar = calendar::work_calendar(db, unit.id).await?;
    let zone = dates::zone_name(&ctx.now.with_timezone(&organisation::zone_of(unit)?));
    Ok(Office {
        name: unit.name.clone(),
        government: unit.government.clone(),
        address: unit.address.clone(),
        legal_basis: unit.legal_basis.clone(),
        ways: contacts
            .into_iter()
            .map(|contact| Way {
                href: href_of(contact.purpose, &contact.value),
                icon: icon_of(contact.purpose),
                label: contact.label,
                value: contact.value,
            })
            .collect(),
        channels: public_ways(db, unit.id, locale).await?,
        hours: hours(&calendar.hours, &zone, locale),
        responsible_name: head.name,
        responsible_office: head.office,
        answer: promised::words("contact-answer", &answering).text(locale),
        source: answering.source,
        new_href: format!("/pengaduan/baru?unit={}", unit.code),
    })
}

/// The way of the register that leads to the same place; the office itself is always there.
fn way_of(purpose: ContactPurpose) -> Option<Channel> {
    match purpose {
        ContactPurpose::Whatsapp => Some(Channel::Whatsapp),
        ContactPurpose::Complaint => Some(Channel::Phone),
        ContactPurpose::Email
        | ContactPurpose::Website
        | ContactPurpose::General
        | ContactPurpose::Fax => None,
    }
}

fn href_of(purpose: ContactPurpose, value: &str) -> Option<String> {
    let digits: String = value.chars().filter(char::is_ascii_digit).collect();
    match purpose {
        ContactPurpose::Email => Some(format!("mailto:{value}")),
        ContactPurpose::Website if value.starts_with("http") => Some(value.to_owned()),
        ContactPurpose::Website => Some(format!("https://{value}")),
        ContactPurpose::General | ContactPurpose::Complaint if digits.len() >= 6 => {
            Some(format!("tel:{digits}"))
        }
        ContactPurpose::General
        | ContactPurpose::Complaint
        | ContactPurpose::Fax
        | ContactPurpose::Whatsapp => None,
    }
}

fn icon_of(purpose: ContactPurpose) -> &'static str {
    match purpose {
        ContactPurpose::Email => "envelope",
        ContactPurpose::Website => "link-45deg",
        ContactPurpose::Fax => "printer",
        ContactPurpose::Whatsapp => "chat-left-text",
        ContactPurpose::General | ContactPurpose::Complaint => "telephone",
    }
}

fn hours(week: &OfficeHours, zone: &str, locale: Locale) -> Vec<Fact> {
    let days = [
        Weekday::Mon,
        Weekday::Tue,
        Weekday::Wed,
        Weekday::Thu,
        Weekday::Fri,
        Weekday::Sat,
        Weekday::Sun,
    ];
    // Any week will do to name its days.
    let monday = chrono::NaiveDate::from_isoywd_opt(2026, 1, Weekday::Mon).unwrap_or_default();
    days.into_iter()
        .zip(monday.iter_days())
        .map(|(day, date)| Fact {
            term: dates::weekday(date, locale).to_owned(),
            text: match week.on(day) {
                Some(hours) => format!(
                    "{}–{} {zone}",
                    hours.opens().format("%H.%M"),
                    hours.closes().format("%H.%M")
                ),
                None => t(locale, "contact-closed"),
            },
        })
        .collect()
}

#[derive(Serialize)]
struct PrivacyPage {
    unit: Option<String>,
    contact: Link,
}

impl Page for PrivacyPage {
    const TEMPLATE: &'static str = "reports/privacy";
    fn title(&self, locale: Locale) -> String {
        t(locale, "privacy-title")
    }
}

#[handler]
pub async fn show_privacy(
    Public(ctx): Public,
    Address(wanted): Address<Wanted>,
) -> Result<Response> {
    let unit = unit_of(&ctx, &wanted.unit).await?;
    let page = PrivacyPage {
        contact: Link {
            href: match &unit {
                Some(unit) => format!("/kontak?unit={}", unit.code),
                None => "/kontak".to_owned(),
            },
            label: t(ctx.locale(), "shell-foot-contact"),
        },
        unit: unit.as_ref().map(|unit| unit.name.clone()),
    };
    match &unit {
        Some(unit) => ctx.page_in(&organisation::brand_of(unit), &page),
        None => ctx.page(&page),
    }
}
