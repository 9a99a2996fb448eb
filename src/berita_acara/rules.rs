//! When a Berita Acara may be changed, locked and corrected.

use chrono::{NaiveDate, NaiveDateTime};
use sea_orm::{Iterable as _, entity::prelude::*};
use serde::{Deserialize, Serialize};

use crate::{forums::Group, platform::words::plain};

/// Where a version stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, EnumIter, DeriveActiveEnum, Serialize, Deserialize)]
#[sea_orm(rs_type = "String", db_type = "Text", rename_all = "snake_case")]
#[serde(rename_all = "snake_case")]
pub enum Status {
    Draft,
    Locked,
    /// A later version was locked in its place.
    Superseded,
}

impl Status {
    #[must_use]
    pub fn label_key(self) -> &'static str {
        match self {
            Self::Draft => "berita-acara-status-draft",
            Self::Locked => "berita-acara-status-locked",
            Self::Superseded => "berita-acara-status-superseded",
        }
    }

    #[must_use]
    pub fn chip_kind(self) -> &'static str {
        match self {
            Self::Draft => "soon",
            Self::Locked => "ok",
            Self::Superseded => "plain",
        }
    }
}

/// What somebody wants to do with a version.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Move {
    Change,
    Lock,
    Amend,
}

/// Why it is refused.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Broken {
    #[error("a locked version cannot be changed")]
    Locked,
    #[error("a draft is corrected by changing it")]
    NotLocked,
    #[error("a later version is in force")]
    Superseded,
    #[error("somebody has signed this text")]
    Signed,
    #[error("{0} has signed already")]
    SignedAlready(String),
    #[error("no correction is being written")]
    NoCorrection,
    #[error("{} things are missing", .0.len())]
    Incomplete(Vec<Missing>),
    #[error("the signature of {0} lies in the future")]
    FutureSignature(NaiveDate),
    #[error("a signature of {0} is older than the forum")]
    EarlySignature(NaiveDate),
}

/// Where free words stand in a record.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    Title,
    Opening,
    Closing,
    LegalBasis,
    Reference,
    /// By its number.
    Point(usize),
}

impl Part {
    /// The field of the form.
    #[must_use]
    pub fn field(self) -> &'static str {
        match self {
            Self::Title => "title",
            Self::Opening => "opening_subject",
            Self::Closing => "closing",
            Self::LegalBasis => "legal_basis",
            Self::Reference => "reference",
            Self::Point(_) => "text",
        }
    }

    /// Of the text that says what is wrong with its words.
    #[must_use]
    pub fn key(self) -> &'static str {
        match self {
            Self::Title | Self::Closing => "berita-acara-text-contradicts",
            Self::Opening => "berita-acara-opening-contradicts",
            Self::LegalBasis => "berita-acara-laws-to-come",
            Self::Reference => "berita-acara-own-references",
            Self::Point(_) => "berita-acara-weekday-wrong",
        }
    }
}

/// What must be there before a version can be locked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Missing {
    Number,
    Place,
    /// The record and the forum name different places: `record`, then `forum`.
    PlaceDiffers(String, String),
    /// These words contradict the record they stand in.
    Contradicts(Part, Vec<String>),
    Title,
    Points,
    /// These points, by their number, still say word for word what was asked, not what was agreed.
    StillInputs(Vec<usize>),
    /// Nobody of the organiser signs.
    Organiser,
    /// Nobody signs for a group that was present.
    Group(Group),
    /// These stand there with their office only: a record is signed by persons.
    Nameless(Vec<String>),
    /// These have not signed yet, and nobody said why they do not.
    Unsigned(Vec<String>),
    /// Nobody was present.
    Attendance,
    /// The forum has not begun on its last day.
    NotYet(NaiveDateTime),
    /// A correction takes away points whose actions, by their codes, are not settled.
    PointsWithActions(Vec<String>),
}

/// What does not stop anybody, but should be known.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Warning {
    /// A group that the guideline names was not present.
    GroupAbsent(Group),
    NoLegalBasis,
    /// Nobody began the minutes, so the record does not refer to them.
    NoMinutes,
    /// Inputs that no point takes up.
    InputsUnused(Vec<String>),
    /// Inputs, by their code, whose words seem to name a person: locking makes them public.
    InputsNamePeople(Vec<String>),
    /// These letters would print as squares.
    Unprintable(String),
    /// Signatories who are not on the attendance list.
    NotPresent(Vec<String>),
    /// The record is closed without these signatures; the reasons are printed.
    Excused(Vec<String>),
    /// This group was present, and all who were to sign for it do not.
    GroupExcused(Group),
    /// Somebody signed by hand, and no scan of the sheets of this version was handed in.
    NoScan,
    /// The attendance list has another number of people than when the first one signed.
    ListChanged,
    /// The letter that called the forum together tells another time or place.
    LetterDiffers,
}

/// What counts of a signatory.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Signer {
    pub name: String,
    pub group: Group,
    pub signed: bool,
    /// Somebody wrote down why this person does not sign.
    pub excused: bool,
    pub was_present: bool,
    /// The invitation named an office, and nobody wrote down who came for it.
    pub nameless: bool,
}

/// What counts of a record that is about to be locked.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Record {
    pub number: String,
    pub place: String,
    /// Where the forum was held, as every other paper says it: alone, and with its address.
    pub forum_places: Vec<String>,
    /// Words that contradict the record, by where they stand.
    pub contradicts: Vec<(Part, Vec<String>)>,
    pub title: String,
    pub points: usize,
    /// Codes of unsettled actions whose points this correction takes away.
    pub dropped_actions: Vec<String>,
    /// The numbers of those that repeat an input, and of which nobody said that they are meant so.
    pub still_inputs: Vec<usize>,
    pub signers: Vec<Signer>,
    /// The groups of everybody who was present.
    pub present: Vec<Group>,
    /// When the forum begins on its last day, if that is still to come.
    pub still_to_come: Option<NaiveDateTime>,
}

/// The state after a move.
pub fn after(status: Status, step: Move) -> Result<Status, Broken> {
    match (status, step) {
        (Status::Draft, Move::Change) => Ok(Status::Draft),
        (Status::Draft, Move::Lock) => Ok(Status::Locked),
        (Status::Draft, Move::Amend) => Err(Broken::NotLocked),
        (Status::Locked, Move::Amend) => Ok(Status::Superseded),
        (Status::Locked, Move::Change | Move::Lock) => Err(Broken::Locked),
        (Status::Superseded, _) => Err(Broken::Superseded),
    }
}

/// Until when a forum goes on that has begun; none when it is over, or has no told end. Its record then waits for the end
/// of the agenda, or for somebody who says that it ended before.
#[must_use]
pub fn runs_until(
    starts: NaiveDateTime,
    ends: Option<NaiveDateTime>,
    now: NaiveDateTime,
) -> Option<NaiveDateTime> {
    ends.filter(|ends| starts <= now && now < *ends)
}

/// Whether a version may be thrown away: a correction that nobody locked yet. The first text is corrected by writing.
pub fn may_discard(status: Status, is_correction: bool) -> Result<(), Broken> {
    match (status, is_correction) {
        (Status::Draft, true) => Ok(()),
        (Status::Draft, false) | (Status::Locked | Status::Superseded, _) => {
            Err(Broken::NoCorrection)
        }
    }
}

/// Whether the text may still change: who signed it signed these words.
pub fn may_rewrite(is_signed: bool) -> Result<(), Broken> {
    if is_signed {
        Err(Broken::Signed)
    } else {
        Ok(())
    }
}

/// The public groups that were present: each of them has a signatory (PermenPANRB 16/2017: the record is
/// signed by the head of the service and the public).
#[must_use]
pub fn represented(present: &[Group]) -> Vec<Group> {
    Group::iter()
        .filter(|group| *group != Group::Organiser && present.contains(group))
        .collect()
}

/// Whether the record is complete; all that is missing at once.
pub fn may_lock(record: &Record) -> Result<(), Vec<Missing>> {
    let mut missing = Vec::new();
    let blank = |text: &str| text.trim().is_empty();
    missing.extend(blank(&record.number).then_some(Missing::Number));
    missing.extend(blank(&record.place).then_some(Missing::Place));
    let known = &record.forum_places;
    let differs = !blank(&record.place) && !known.is_empty() && !is_one_of(&record.place, known);
    missing.extend(differs.then(|| Missing::PlaceDiffers(record.place.clone(), known[0].clone())));
    let contradicts = record.contradicts.iter().cloned();
    missing.extend(contradicts.map(|(part, words)| Missing::Contradicts(part, words)));
    missing.extend(blank(&record.title).then_some(Missing::Title));
    missing.extend((record.points == 0).then_some(Missing::Points));
    let repeated = &record.still_inputs;
    missing.extend((!repeated.is_empty()).then(|| Missing::StillInputs(repeated.clone())));
    let dropped = &record.dropped_actions;
    missing.extend((!dropped.is_empty()).then(|| Missing::PointsWithActions(dropped.clone())));
    missing.extend(record.present.is_empty().then_some(Missing::Attendance));
    missing.extend(record.still_to_come.map(Missing::NotYet));
    let signs = |group: Group| record.signers.iter().any(|signer| signer.group == group);
    // The organiser answers for the record: a reason does not stand for that signature.
    let organiser = |signer: &Signer| signer.group == Group::Organiser && !signer.excused;
    missing.extend((!record.signers.iter().any(organiser)).then_some(Missing::Organiser));
    missing.extend(
        represented(&record.present)
            .into_iter()
            .filter(|group| !signs(*group))
            .map(Missing::Group),
    );
    let nameless = names(&record.signers, |signer| signer.nameless && !signer.excused);
    missing.extend((!nameless.is_empty()).then_some(Missing::Nameless(nameless)));
    let unsigned = names(&record.signers, |signer| !signer.signed && !signer.excused);
    missing.extend((!unsigned.is_empty()).then_some(Missing::Unsigned(unsigned)));
    if missing.is_empty() {
        Ok(())
    } else {
        Err(missing)
    }
}

/// The public groups that were present and for which nobody signs: whoever was to sign has a reason not to.
#[must_use]
pub fn groups_excused(record: &Record) -> Vec<Group> {
    let mut groups = represented(&record.present);
    groups.retain(|group| {
        let mut of_group = record.signers.iter().filter(|one| one.group == *group);
        of_group.clone().next().is_some() && of_group.all(|one| one.excused)
    });
    groups
}

/// Whether a place is one of those: the same words, or the same parts in another order. A place that only contains
/// another one is not that place.
#[must_use]
pub fn is_one_of(place: &str, known: &[String]) -> bool {
    let parts = |text: &str| {
        let parts = text.split(',').map(plain);
        let mut parts: Vec<Vec<String>> = parts.filter(|words| !words.is_empty()).collect();
        parts.sort();
        parts
    };
    let mut known = known.iter();
    known.any(|one| plain(one) == plain(place) || parts(one) == parts(place))
}

fn names(signers: &[Signer], wanted: impl Fn(&Signer) -> bool) -> Vec<String> {
    signers
        .iter()
        .filter(|signer| wanted(signer))
        .map(|signer| signer.name.clone())
        .collect()
}

/// The numbers of points that only repeat an input: a complaint is not yet an agreement.
#[must_use]
pub fn still_inputs(points: &[&str], inputs: &[&str]) -> Vec<usize> {
    let asked: Vec<_> = inputs.iter().map(|text| plain(text)).collect();
    let same = |(_, text): &(usize, &&str)| asked.contains(&plain(text));
    let found = (1..).zip(points).filter(same);
    found.map(|(number, _)| number).collect()
}

/// What of a record is not judged, only told.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Told {
    pub has_legal_basis: bool,
    pub has_minutes: bool,
    pub unused_inputs: Vec<String>,
    /// Inputs whose words seem to name a person.
    pub naming_inputs: Vec<String>,
    /// Letters of the whole record that the papers cannot show.
    pub unprintable: Option<String>,
    pub signed_on_paper: bool,
    pub scanned: bool,
    /// The attendance list changed since the first signature.
    pub list_changed: bool,
    /// The last letter tells another time or place.
    pub letter_differs: bool,
}

/// What should be known before locking.
#[must_use]
pub fn warnings(record: &Record, told: Told) -> Vec<Warning> {
    let mut found = Vec::new();
    found.extend(
        Group::iter()
            .filter(|group| !record.present.contains(group))
            .map(Warning::GroupAbsent),
    );
    found.extend((!told.has_legal_basis).then_some(Warning::NoLegalBasis));
    found.extend((!told.has_minutes).then_some(Warning::NoMinutes));
    let unused = told.unused_inputs;
    found.extend((!unused.is_empty()).then_some(Warning::InputsUnused(unused)));
    found.extend(told.unprintable.map(Warning::Unprintable));
    let naming = told.naming_inputs;
    found.extend((!naming.is_empty()).then_some(Warning::InputsNamePeople(naming)));
    found.extend((told.signed_on_paper && !told.scanned).then_some(Warning::NoScan));
    found.extend(told.list_changed.then_some(Warning::ListChanged));
    found.extend(told.letter_differs.then_some(Warning::LetterDiffers));
    let absent = names(&record.signers, |signer| !signer.was_present);
    found.extend((!absent.is_empty()).then_some(Warning::NotPresent(absent)));
    let excused = names(&record.signers, |signer| signer.excused);
    found.extend((!excused.is_empty()).then_some(Warning::Excused(excused)));
    let unspoken = groups_excused(record).into_iter();
    found.extend(unspoken.map(Warning::GroupExcused));
    found
}

/// A signature is written down when it was given, not before; and nobody signs what was agreed before the forum. A
/// rehearsal ahead of the day is signed on the day of the rehearsal.
pub fn may_sign_on(day: NaiveDate, forum: NaiveDate, today: NaiveDate) -> Result<(), Broken> {
    if day > today {
        Err(Broken::FutureSignature(day))
    } else if day < forum.min(today) {
        Err(Broken::EarlySignature(day))
    } else {
        Ok(())
    }
}

#[cfg(test)]
#[path = "rules_tests.rs"]
mod tests;
