//! What a correct letter is. The seed's own letter was dated on a Saturday and its annexes contradict
//! each other; these checks look for such faults before the paper exists.

use chrono::{Datelike, NaiveDate, NaiveTime};

use crate::{
    calendar::{WorkCalendar, is_working_day, working_days_between},
    documents::letter_number::{self, Slip},
    forums::{
        Group,
        prose::{House, Prose},
    },
    organisation::Nip,
    platform::i18n::Message,
};

/// How much a finding matters.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Weight {
    /// The letter cannot be issued with it.
    Fault,
    /// Somebody should look.
    Warning,
}

/// Something about the letter that is not as it should be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    pub weight: Weight,
    pub message: Message,
}

/// What the checks look at.
#[derive(Clone, Copy, Debug)]
pub struct LetterFacts<'a> {
    pub number: Option<&'a str>,
    /// The number of the letter that this one takes the place of,
    pub replaces: Option<&'a str>,
    /// and whether that one bears the same date.
    pub same_date: bool,
    /// A letter of this forum went out already, and this one corrects it.
    pub corrects: bool,
    /// Whose letterhead it bears,
    pub office: &'a str,
    /// and how that office numbers its letters; empty when nobody said so.
    pub pattern: &'a str,
    /// Whether only its recipients may read it.
    pub restricted: bool,
    pub letter_date: Option<NaiveDate>,
    /// The first day: notice is counted to it.
    pub forum_date: NaiveDate,
    /// All of them.
    pub days: &'a [NaiveDate],
    pub nip: &'a str,
    /// The letterhead says nowhere where the office is.
    pub addressless: bool,
    /// The position that signs, where the office of the letterhead has no such official.
    pub strange_signatory: Option<&'a str>,
    /// The words that were typed, looked through for years of an earlier forum.
    pub words: &'a str,
    /// House, room and address, where other houses in the words would contradict them.
    pub places: &'a str,
    /// Every hour that the paper prints.
    pub hours: &'a [NaiveTime],
    /// When each day begins, and when the first item of its agenda does, if there is one.
    pub begins: &'a [(NaiveTime, Option<NaiveTime>)],
    pub recipients: usize,
    pub without_address: usize,
    pub groups: &'a [Group],
    /// Those that the organiser planned without anybody.
    pub uninvited: &'a [Group],
    /// People follow it online, and nobody said where.
    pub linkless: bool,
    /// Letters that somebody typed into the letter and that would print as squares.
    pub squares: Option<&'a str>,
    /// Recipients whose script the typefaces of the paper do not have.
    pub unprintable: &'a [String],
    pub today: NaiveDate,
    /// Working days between letter and forum, as the installation sets them. No regulation with a number is
    /// known to us; it is a rule of courtesy, and so it warns and never stops.
    pub least_notice: u32,
}

/// Everything that is wrong or strange about a letter. Day, hour and place are printed from the forum; free words that
/// say them again may say others.
#[must_use]
pub fn check_letter(facts: &LetterFacts<'_>, calendar: &WorkCalendar) -> Vec<Finding> {
    let mut found = Findings::default();
    match facts.number {
        None => found.fault("invitations-check-number-missing"),
        Some(number) => check_number(number, facts, &mut found),
    }
    match facts.letter_date {
        None => found.fault("invitations-check-date-missing"),
        Some(date) => check_dates(date, facts, calendar, &mut found),
    }
    if facts.days.iter().any(|day| !is_working_day(*day, calendar)) {
        found.warning("invitations-check-forum-day-off");
    }
    if facts.nip.trim().is_empty() {
        // Not every signatory has one: a regent has none.
        found.warning("invitations-check-nip-missing");
    } else if Nip::parse(facts.nip).is_err() {
        found.fault("invitations-check-nip");
    }
    if facts.addressless {
        found.warning("invitations-check-head-address");
    }
    if let Some(position) = facts.strange_signatory {
        let message = Message::new("invitations-check-signatory").with("position", position);
        found.add(Weight::Warning, message);
    }
    check_agenda(facts.begins, &mut found);
    if facts.recipients == 0 {
        found.fault("invitations-check-recipients-missing");
    } else {
        check_groups(facts, &mut found);
    }
    if let Some(letters) = facts.squares {
        let message = Message::new("invitations-check-squares").with("letters", letters);
        found.add(Weight::Fault, message);
    }
    if !facts.unprintable.is_empty() {
        let message = Message::new("invitations-check-unprintable")
            .with("names", facts.unprintable.join("; "));
        found.add(Weight::Warning, message);
    }
    if facts.linkless {
        found.warning("invitations-check-link-missing");
    }
    if facts.restricted {
        found.warning("invitations-check-restricted");
    }
    if facts.without_address > 0 {
        let message =
            Message::new("invitations-check-without-address").with("count", facts.without_address);
        found.add(Weight::Warning, message);
    }
    check_words(facts, &mut found);
    found.0
}

/// A weekday that is not that of its date stops the letter; another day, hour or house may be meant, and deserves a look.
fn check_words(facts: &LetterFacts<'_>, found: &mut Findings) {
    let prose = Prose::of(facts.words);
    let year = facts.forum_date.year();
    for said in prose.dates() {
        let known = |day: &NaiveDate| facts.days.contains(day) || facts.letter_date == Some(*day);
        if said.is_wrong(year) {
            let message = Message::new("invitations-check-weekday").with("date", said.text);
            found.add(Weight::Fault, message);
        } else if !said.date(year).as_ref().is_some_and(known) {
            let message = Message::new("invitations-check-other-day").with("date", said.text);
            found.add(Weight::Warning, message);
        }
    }
    for hour in prose.hours() {
        if !facts.hours.contains(&hour) {
            let hour = hour.format("%H.%M").to_string();
            let message = Message::new("invitations-check-other-hour").with("hour", hour);
            found.add(Weight::Warning, message);
        }
    }
    let houses = prose.houses().into_iter().filter_map(|house| house.named);
    for house in houses.filter(|house| !House::is_known(house, &[facts.places])) {
        let message = Message::new("invitations-check-other-place").with("place", house);
        found.add(Weight::Warning, message);
    }
    for number in prose.wrong_numbers() {
        let message = Message::new("invitations-check-number-words").with("number", number);
        found.add(Weight::Warning, message);
    }
    for year in foreign_years(&prose, facts.days) {
        let message = Message::new("invitations-check-foreign-year").with("year", year);
        found.add(Weight::Warning, message);
    }
}

/// A forum without an agenda cannot be announced; a day without one deserves a look, as does one that begins otherwise.
fn check_agenda(begins: &[(NaiveTime, Option<NaiveTime>)], found: &mut Findings) {
    if begins.iter().all(|(_, agenda)| agenda.is_none()) {
        found.fault("invitations-check-agenda-missing");
        return;
    }
    for ((forum, agenda), number) in begins.iter().zip(1..) {
        match agenda {
            None => {
                let message = Message::new("invitations-check-agenda-day").with("number", number);
                found.add(Weight::Warning, message);
            }
            Some(agenda) if agenda != forum => {
                let message = Message::new("invitations-check-agenda-start")
                    .with("agenda", agenda.format("%H.%M").to_string())
                    .with("forum", forum.format("%H.%M").to_string());
                found.add(Weight::Warning, message);
            }
            Some(_) => {}
        }
    }
}

#[derive(Default)]
struct Findings(Vec<Finding>);

impl Findings {
    fn add(&mut self, weight: Weight, message: Message) {
        self.0.push(Finding { weight, message });
    }
    fn fault(&mut self, key: &str) {
        self.add(Weight::Fault, Message::new(key));
    }
    fn warning(&mut self, key: &str) {
        self.add(Weight::Warning, Message::new(key));
    }
}

/// `400.12.5.5/3865/DISDUKCAPIL/2025`: classification, running number, office, year.
fn check_number(number: &str, facts: &LetterFacts<'_>, found: &mut Findings) {
    // Two papers of one number and date cannot be told apart; of one number they can, by what the newer says.
    match facts.replaces == Some(number) {
        true if facts.same_date => found.fault("invitations-check-number-again"),
        true => found.warning("invitations-check-number-kept"),
        false => {}
    }
    let year = facts.letter_date.map(|date| date.year());
    match (letter_number::slip(facts.pattern, number, year), year) {
        (Some(Slip::Shape), _) => found.fault("invitations-check-number-pattern"),
        (Some(Slip::Year), _) => found.fault("invitations-check-number-year"),
        (None, Some(year))
            if !facts.pattern.is_empty()
                && letter_number::running(facts.pattern, number, year).is_none() =>
        {
            let message = Message::new("invitations-check-number-office")
                .with("office", facts.office)
                .with("example", letter_number::example(facts.pattern, year));
            found.add(Weight::Warning, message);
        }
        _ => {}
    }
}

fn check_dates(
    date: NaiveDate,
    facts: &LetterFacts<'_>,
    calendar: &WorkCalendar,
    found: &mut Findings,
) {
    let forum = facts.forum_date;
    // The forum moved to today, or to another room this morning: the correction must still be able to go out.
    if facts.corrects && date == forum {
        found.warning("invitations-check-date-same-day");
        return;
    }
    if date >= forum {
        found.fault("invitations-check-date-after-forum");
        return;
    }
    if !is_working_day(date, calendar) {
        found.fault("invitations-check-date-day-off");
    }
    if date > facts.today {
        found.warning("invitations-check-date-to-come");
    }
    let notice = working_days_between(date, forum, calendar);
    if notice < i64::from(facts.least_notice) {
        let message = Message::new("invitations-check-notice")
            .with("days", notice)
            .with("least", facts.least_notice);
        found.add(Weight::Warning, message);
    }
}

/// The day a letter is probably signed on: the first working day from today that leaves the forum still to come. What
/// corrects a letter may go out on the day of the forum.
#[must_use]
pub fn proposed_date(
    today: NaiveDate,
    forum: NaiveDate,
    corrects: bool,
    calendar: &WorkCalendar,
) -> Option<NaiveDate> {
    let signed = today
        .iter_days()
        .take_while(|day| *day < forum)
        .find(|day| is_working_day(*day, calendar));
    signed.or((corrects && today == forum).then_some(today))
}

/// No number of participants is prescribed that we know of; a group with nobody deserves a look.
fn check_groups(facts: &LetterFacts<'_>, found: &mut Findings) {
    for group in Group::all() {
        if group == Group::Organiser || facts.uninvited.contains(&group) {
            continue;
        }
        if !facts.groups.contains(&group) {
            let code = group.code().replace('_', "-");
            found.warning(&format!("invitations-check-nobody-of-{code}"));
        }
    }
}

/// Years in the words that are not the forum's: leftovers of a copied letter. Laws are cited with their
/// year ("Nomor 16 Tahun 2017"), so a year after "Tahun" says nothing.
fn foreign_years(words: &Prose<'_>, days: &[NaiveDate]) -> Vec<i32> {
    let own = |year: i32| days.iter().any(|day| day.year() == year);
    let mut found = Vec::new();
    for said in words.years() {
        let foreign = said.year >= 2000 && !said.after_tahun && !own(said.year);
        if foreign && !found.contains(&said.year) {
            found.push(said.year);
        }
    }
    found
}

#[cfg(test)]
#[path = "letter_check_tests.rs"]
mod tests;
