//! What a standard is made of: the fourteen components, lead times as values, channels for complaints.

use sea_orm::{DeriveActiveEnum, EnumIter};
use serde::{Deserialize, Serialize};

use crate::platform::i18n::{Locale, Message};

/// The fourteen components (PermenPANRB 15/2014): six of delivery, eight of what stands behind it.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum, Serialize, Deserialize,
)]
#[sea_orm(rs_type = "String", db_type = "Text", rename_all = "snake_case")]
#[serde(rename_all = "snake_case")]
pub enum ComponentKind {
    Requirements,
    Procedure,
    LeadTime,
    Fee,
    Product,
    ComplaintChannels,
    LegalBasis,
    Facilities,
    Competence,
    InternalControl,
    StaffCount,
    ServiceGuarantee,
    SafetyGuarantee,
    PerformanceEvaluation,
}

impl ComponentKind {
    /// Service delivery: what a citizen needs to know.
    pub const DELIVERY: [Self; 6] = [
        Self::Requirements,
        Self::Procedure,
        Self::LeadTime,
        Self::Fee,
        Self::Product,
        Self::ComplaintChannels,
    ];
    /// How the unit makes it possible.
    pub const BEHIND: [Self; 8] = [
        Self::LegalBasis,
        Self::Facilities,
        Self::Competence,
        Self::InternalControl,
        Self::StaffCount,
        Self::ServiceGuarantee,
        Self::SafetyGuarantee,
        Self::PerformanceEvaluation,
    ];

    /// The stable name, as in the database and the API.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Requirements => "requirements",
            Self::Procedure => "procedure",
            Self::LeadTime => "lead_time",
            Self::Fee => "fee",
            Self::Product => "product",
            Self::ComplaintChannels => "complaint_channels",
            Self::LegalBasis => "legal_basis",
            Self::Facilities => "facilities",
            Self::Competence => "competence",
            Self::InternalControl => "internal_control",
            Self::StaffCount => "staff_count",
            Self::ServiceGuarantee => "service_guarantee",
            Self::SafetyGuarantee => "safety_guarantee",
            Self::PerformanceEvaluation => "performance_evaluation",
        }
    }

    /// The official heading.
    #[must_use]
    pub fn title(self, locale: Locale) -> String {
        Message::new(&format!(
            "standards-component-{}",
            self.code().replace('_', "-")
        ))
        .text(locale)
    }
}

/// What a lead time is counted in. Three times 24 hours are not three working days.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum TimeUnit {
    Minutes,
    Hours,
    /// Days of 24 hours, holidays included.
    #[serde(rename = "day24")]
    Day24,
    WorkingDays,
    /// Until it is done.
    Unbounded,
}

impl TimeUnit {
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Minutes => "minutes",
            Self::Hours => "hours",
            Self::Day24 => "day24",
            Self::WorkingDays => "working_days",
            Self::Unbounded => "unbounded",
        }
    }
}

/// Which side a lead time bounds. Some standards promise "at least one hour": kept as it is, because it
/// is a finding for whoever checks standards.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Bound {
    AtMost,
    AtLeast,
    None,
}

impl Bound {
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::AtMost => "at_most",
            Self::AtLeast => "at_least",
            Self::None => "none",
        }
    }
}

/// From when a lead time counts: the meaning of the source's words.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Start {
    CompleteFile,
    LetterInPerson,
    OnlineRegistration,
    FormFilled,
    LetterReceived,
    RequestConfirmed,
    /// Something else; the source's words say it.
    Other,
    /// The source does not say: a finding, too.
    Unstated,
}

impl Start {
    /// Reads the words of a decree.
    #[must_use]
    pub fn of(trigger: &str) -> Self {
        let words = trigger.to_lowercase();
        let says = |all: &[&str]| all.iter().all(|word| words.contains(word));
        match () {
            () if words.trim().is_empty() => Self::Unstated,
            () if says(&["berkas", "lengkap"]) => Self::CompleteFile,
            () if says(&["datang langsung"]) => Self::LetterInPerson,
            () if says(&["registrasi", "laman"]) => Self::OnlineRegistration,
            () if says(&["mengisi formulir"]) => Self::FormFilled,
            () if says(&["dikonfirmasi"]) => Self::RequestConfirmed,
            () if says(&["menerima surat"]) => Self::LetterReceived,
            () => Self::Other,
        }
    }

    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::CompleteFile => "complete_file",
            Self::LetterInPerson => "letter_in_person",
            Self::OnlineRegistration => "online_registration",
            Self::FormFilled => "form_filled",
            Self::LetterReceived => "letter_received",
            Self::RequestConfirmed => "request_confirmed",
            Self::Other => "other",
            Self::Unstated => "unstated",
        }
    }
}

/// Why a duration makes no sense.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Broken {
    #[error("{0:?} needs an amount of at least 1")]
    NoAmount(TimeUnit),
    #[error("what has no bound has neither amount nor side")]
    BoundedUnbounded,
}

/// One lead time of a standard.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Duration {
    /// Which way or step of the service: `Datang langsung`.
    pub label: String,
    #[serde(default)]
    pub amount: Option<u32>,
    pub unit: TimeUnit,
    pub bound: Bound,
    /// The source's words for the start; empty when it names none.
    pub trigger: String,
}

impl Duration {
    pub fn check(&self) -> Result<(), Broken> {
        match (self.unit, self.amount, self.bound) {
            (TimeUnit::Unbounded, None, Bound::None) => Ok(()),
            (TimeUnit::Unbounded, _, _) => Err(Broken::BoundedUnbounded),
            (unit, None | Some(0), _) => Err(Broken::NoAmount(unit)),
            (_, Some(_), Bound::AtMost | Bound::AtLeast) => Ok(()),
            (_, Some(_), Bound::None) => Err(Broken::BoundedUnbounded),
        }
    }

    #[must_use]
    pub fn start(&self) -> Start {
        Start::of(&self.trigger)
    }

    /// "paling lama 2 hari kerja", without the start.
    #[must_use]
    pub fn length(&self, locale: Locale) -> String {
        let Some(amount) = self.amount.filter(|_| self.unit != TimeUnit::Unbounded) else {
            return Message::new("standards-time-unbounded").text(locale);
        };
        let unit = self.unit.code().replace('_', "-");
        let time = Message::new(&format!("standards-time-{unit}"))
            .with("amount", amount)
            .text(locale);
        let bound = self.bound.code().replace('_', "-");
        Message::new(&format!("standards-bound-{bound}"))
            .with("time", time)
            .text(locale)
    }

    /// "paling lama 2 hari kerja sejak berkas diterima lengkap". In Indonesian the start has the source's
    /// own words; in English their meaning.
    #[must_use]
    pub fn text(&self, locale: Locale) -> String {
        let length = self.length(locale);
        let start = match (locale, self.start()) {
            (_, Start::Unstated) => return length,
            (Locale::Id, _) | (Locale::En, Start::Other) => self.trigger.clone(),
            (Locale::En, known) => Message::new(&format!(
                "standards-start-{}",
                known.code().replace('_', "-")
            ))
            .text(locale),
        };
        format!("{length} {start}")
    }
}

/// A way to complain about a service.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Channel {
    pub kind: ChannelKind,
    pub contact: String,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ChannelKind {
    Phone,
    Whatsapp,
    Email,
    SuggestionBox,
    Sp4nLapor,
    WalkIn,
    WebsiteForm,
    Instagram,
}

impl ChannelKind {
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Phone => "phone",
            Self::Whatsapp => "whatsapp",
            Self::Email => "email",
            Self::SuggestionBox => "suggestion_box",
            Self::Sp4nLapor => "sp4n_lapor",
            Self::WalkIn => "walk_in",
            Self::WebsiteForm => "website_form",
            Self::Instagram => "instagram",
        }
    }
}

impl Channel {
    /// Where a press on the contact leads, if anywhere.
    #[must_use]
    pub fn href(&self) -> Option<String> {
        match self.kind {
            ChannelKind::Phone => {
                let digits: String = self
                    .contact
                    .chars()
                    .filter(|c| c.is_ascii_digit() || *c == '+')
                    .collect();
                Some(format!("tel:{digits}"))
            }
            ChannelKind::Email => Some(format!("mailto:{}", self.contact)),
            ChannelKind::Sp4nLapor | ChannelKind::WebsiteForm => self
                .contact
                .starts_with("https://")
                .then(|| self.contact.clone()),
            ChannelKind::Whatsapp
            | ChannelKind::SuggestionBox
            | ChannelKind::WalkIn
            | ChannelKind::Instagram => None,
        }
    }
}

/// Words to look for: small letters, without what a pattern would understand.
#[must_use]
pub fn search_words(query: &str) -> Vec<String> {
    query
        .to_lowercase()
        .split(|c: char| !(c.is_alphanumeric() || c == '-'))
        .filter(|word| !word.is_empty())
        .take(8)
        .map(|word| word.chars().take(40).collect())
        .collect()
}

/// The items of a component under their common beginnings ("Datang langsung: …"), in order of appearance.
/// One beginning alone is no group: then everything stays under none.
#[must_use]
pub fn grouped(items: &[String]) -> Vec<(Option<String>, Vec<String>)> {
    let split = |item: &String| {
        item.split_once(": ")
            .filter(|(head, _)| head.chars().count() <= 30)
            .map(|(head, rest)| (head.to_owned(), rest.to_owned()))
    };
    let heads: Option<Vec<(String, String)>> = items.iter().map(split).collect();
    let mut groups: Vec<(Option<String>, Vec<String>)> = Vec::new();
    for (head, rest) in heads.unwrap_or_default() {
        match groups.last_mut() {
            Some((last, list)) if last.as_ref() == Some(&head) => list.push(rest),
            _ => groups.push((Some(head), vec![rest])),
        }
    }
    if groups.iter().any(|(_, list)| list.len() > 1) {
        groups
    } else {
        vec![(None, items.to_vec())]
    }
}

#[cfg(test)]
#[path = "rules_tests.rs"]
mod tests;
