//! Which evidence serves which indicator, what is missing of it, and how much of what was promised was done in which
//! time. The list of indicators is data: no number of it stands in code.

use serde::Deserialize;

use crate::action_plans::{Speed, Status};

/// A kind of evidence.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Deserialize, poem_openapi::Enum,
)]
#[serde(rename_all = "snake_case")]
#[oai(rename = "EvidenceKind", rename_all = "snake_case")]
pub enum Artefact {
    Standards,
    Decree,
    /// Maklumat.
    Charter,
    Invitation,
    BeritaAcara,
    Attendance,
    Minutes,
    Photos,
    ForumReport,
    SurveyReport,
    Publications,
    Matrix,
    /// Share and speed.
    FollowUp,
    Register,
    Recapitulation,
}

impl Artefact {
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Standards => "standards",
            Self::Decree => "decree",
            Self::Charter => "charter",
            Self::Invitation => "invitation",
            Self::BeritaAcara => "berita_acara",
            Self::Attendance => "attendance",
            Self::Minutes => "minutes",
            Self::Photos => "photos",
            Self::ForumReport => "forum_report",
            Self::SurveyReport => "survey_report",
            Self::Publications => "publications",
            Self::Matrix => "matrix",
            Self::FollowUp => "follow_up",
            Self::Register => "register",
            Self::Recapitulation => "recapitulation",
        }
    }

    /// `evidence-kind-berita-acara`
    #[must_use]
    pub fn label_key(self) -> String {
        format!("evidence-kind-{}", self.code().replace('_', "-"))
    }

    /// What to do in Rembuk so that it is there.
    #[must_use]
    pub fn help_key(self) -> String {
        format!("evidence-get-{}", self.code().replace('_', "-"))
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Certainty {
    /// Read in another source than the regulation.
    Secondary,
    Confirmed,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Aspect {
    Policy,
    Staff,
    Facilities,
    Information,
    Complaints,
    Innovation,
}

impl Aspect {
    #[must_use]
    pub fn label_key(self) -> &'static str {
        match self {
            Self::Policy => "evidence-aspect-policy",
            Self::Staff => "evidence-aspect-staff",
            Self::Facilities => "evidence-aspect-facilities",
            Self::Information => "evidence-aspect-information",
            Self::Complaints => "evidence-aspect-complaints",
            Self::Innovation => "evidence-aspect-innovation",
        }
    }
}

#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Indicator {
    pub number: String,
    pub aspect: Aspect,
    /// Per cent within the aspect.
    pub weight: u32,
    pub asks_id: String,
    pub asks_en: String,
    pub needs: Vec<Artefact>,
    /// What the office adds itself.
    #[serde(default)]
    pub outside_id: String,
    #[serde(default)]
    pub outside_en: String,
}

#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Indicators {
    pub source: String,
    pub source_en: String,
    pub certainty: Certainty,
    pub indicator: Vec<Indicator>,
}

/// Why a list of indicators cannot be used.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Unusable {
    #[error("{0}")]
    Unreadable(String),
    #[error("indicator {0} stands twice")]
    Twice(String),
    #[error("indicator {0} needs nothing")]
    NeedsNothing(String),
}

impl Indicators {
    pub fn read(text: &str) -> Result<Self, Unusable> {
        let list: Self =
            toml::from_str(text).map_err(|error| Unusable::Unreadable(error.to_string()))?;
        let mut seen: Vec<&str> = Vec::new();
        for one in &list.indicator {
            if seen.contains(&one.number.as_str()) {
                return Err(Unusable::Twice(one.number.clone()));
            }
            if one.needs.is_empty() {
                return Err(Unusable::NeedsNothing(one.number.clone()));
            }
            seen.push(&one.number);
        }
        Ok(list)
    }

    /// The numbers of the indicators that a kind of evidence serves.
    #[must_use]
    pub fn served_by(&self, artefact: Artefact) -> Vec<&str> {
        let serving = self.indicator.iter();
        let serving = serving.filter(|one| one.needs.contains(&artefact));
        serving.map(|one| one.number.as_str()).collect()
    }
}

/// How much of an indicator is there.
#[derive(Clone, Copy, Debug, PartialEq, Eq, poem_openapi::Enum)]
#[oai(rename = "EvidenceStanding", rename_all = "snake_case")]
pub enum Standing {
    Whole,
    /// Some of what it needs, or not for every forum, or all but what the office adds by hand.
    Partly,
    Missing,
}

/// `there` are the kinds of which the archive holds a file, `lacking` those of which something is missing. What the office
/// adds by hand is not in the archive, so an indicator that asks for it too is never whole.
#[must_use]
pub fn standing(
    needs: &[Artefact],
    by_hand: bool,
    there: &[Artefact],
    lacking: &[Artefact],
) -> Standing {
    let held = needs.iter().filter(|one| there.contains(one)).count();
    let whole = held == needs.len() && needs.iter().all(|one| !lacking.contains(one));
    match (whole, held) {
        (true, _) if !by_hand => Standing::Whole,
        (_, 0) => Standing::Missing,
        _ => Standing::Partly,
    }
}

/// What became of what was promised within a year.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Shares {
    /// Without what was given up.
    pub promised: u64,
    /// Handed in, whether or not the head has agreed.
    pub finished: u64,
    pub verified: u64,
    pub under_three: u64,
    pub under_six: u64,
    pub longer: u64,
    pub cancelled: u64,
}

#[must_use]
pub fn shares(actions: &[(Status, Speed)]) -> Shares {
    let mut shares = Shares::default();
    for (status, speed) in actions {
        if *status == Status::Cancelled {
            shares.cancelled += 1;
            continue;
        }
        shares.promised += 1;
        shares.verified += u64::from(*status == Status::Verified);
        match speed {
            Speed::UnderThreeMonths => shares.under_three += 1,
            Speed::UnderSixMonths => shares.under_six += 1,
            Speed::Longer => shares.longer += 1,
            Speed::Running => continue,
        }
        shares.finished += 1;
    }
    shares
}

/// A name in the archive that every system can hold: small letters, digits and hyphens.
#[must_use]
pub fn safe(name: &str) -> String {
    let kept = name.to_lowercase();
    let parts = kept.split(|c: char| !c.is_ascii_alphanumeric());
    let parts: Vec<&str> = parts.filter(|part| !part.is_empty()).collect();
    let mut whole = parts.join("-");
    whole.truncate(60);
    match whole.is_empty() {
        true => "tanpa-nama".to_owned(),
        false => whole,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const LIST: &str = include_str!("../../fixtures/pekppp-indicators.toml");
    const ALL: [Artefact; 15] = [
        Artefact::Standards,
        Artefact::Decree,
        Artefact::Charter,
        Artefact::Invitation,
        Artefact::BeritaAcara,
        Artefact::Attendance,
        Artefact::Minutes,
        Artefact::Photos,
        Artefact::ForumReport,
        Artefact::SurveyReport,
        Artefact::Publications,
        Artefact::Matrix,
        Artefact::FollowUp,
        Artefact::Register,
        Artefact::Recapitulation,
    ];

    #[test]
    fn the_list_is_read_and_says_that_it_is_second_hand() {
        let list = Indicators::read(LIST).unwrap();
        assert_eq!(list.certainty, Certainty::Secondary);
        // Every kind serves something, or nobody would know why it is packed.
        for artefact in ALL {
            assert!(!list.served_by(artefact).is_empty(), "{artefact:?}");
        }
        assert_eq!(list.served_by(Artefact::Charter), ["5"]);
    }

    #[test]
    fn a_list_with_a_fault_is_refused() {
        let one = "[[indicator]]\nnumber = \"1\"\naspect = \"policy\"\nweight = 1\nasks_id = \"a\"\nasks_en = \"a\"\n";
        let head = "source = \"s\"\nsource_en = \"s\"\ncertainty = \"confirmed\"\n";
        for (text, expected) in [
            (
                format!("{head}{one}needs = [\"decree\"]\n{one}needs = [\"decree\"]\n"),
                Some(Unusable::Twice("1".to_owned())),
            ),
            (
                format!("{head}{one}needs = []\n"),
                Some(Unusable::NeedsNothing("1".to_owned())),
            ),
            (format!("{head}{one}needs = [\"decree\"]\n"), None),
        ] {
            assert_eq!(Indicators::read(&text).err(), expected, "{text}");
        }
        let unknown = format!("{head}{one}needs = [\"medal\"]\n");
        let fault = Indicators::read(&unknown).unwrap_err().to_string();
        assert!(fault.contains("medal"), "{fault}");
    }

    #[test]
    fn an_indicator_is_whole_when_nothing_of_it_is_missing() {
        use Artefact::{BeritaAcara, Decree, Standards};
        let needs = [Standards, Decree, BeritaAcara];
        for (there, lacking, expected, by_hand_too) in [
            (&needs[..], &[][..], Standing::Whole, Standing::Partly),
            (
                &needs[..],
                &[BeritaAcara][..],
                Standing::Partly,
                Standing::Partly,
            ),
            (
                &[Standards][..],
                &[Decree, BeritaAcara][..],
                Standing::Partly,
                Standing::Partly,
            ),
            (
                &[][..],
                &[Standards, Decree, BeritaAcara][..],
                Standing::Missing,
                Standing::Missing,
            ),
            // What it does not need says nothing about it.
            (
                &needs[..],
                &[Artefact::Photos][..],
                Standing::Whole,
                Standing::Partly,
            ),
        ] {
            for (by_hand, expected) in [(false, expected), (true, by_hand_too)] {
                assert_eq!(
                    standing(&needs, by_hand, there, lacking),
                    expected,
                    "{there:?} {lacking:?} {by_hand}"
                );
            }
        }
    }

    #[test]
    fn shares_leave_out_what_was_given_up() {
        let actions = [
            (Status::Verified, Speed::UnderThreeMonths),
            (Status::Done, Speed::UnderSixMonths),
            (Status::InProgress, Speed::Running),
            (Status::Cancelled, Speed::Running),
            (Status::Verified, Speed::Longer),
        ];
        let found = shares(&actions);
        let expected = Shares {
            promised: 4,
            finished: 3,
            verified: 2,
            under_three: 1,
            under_six: 1,
            longer: 1,
            cancelled: 1,
        };
        assert_eq!(found, expected);
        assert_eq!(shares(&[]), Shares::default());
    }

    #[test]
    fn names_in_the_archive_lead_nowhere_else() {
        for (name, expected) in [
            ("FKP-KALTIM-2025", "fkp-kaltim-2025"),
            ("../../etc/passwd", "etc-passwd"),
            ("SKM Triwulan III 2026", "skm-triwulan-iii-2026"),
            ("…", "tanpa-nama"),
            ("C:\\x", "c-x"),
        ] {
            assert_eq!(safe(name), expected);
        }
        assert!(safe(&"a".repeat(300)).len() <= 60);
    }
}
