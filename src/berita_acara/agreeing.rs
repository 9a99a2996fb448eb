//! The free words of a record, and of what is written about its forum, held against what is known: each form names what
//! contradicts beside its field, and nothing is locked or issued that contradicts itself.

use sea_orm::ConnectionTrait;

use super::{
    contradictions::{self, Known, Said},
    counting::Counted,
    entity::berita_acara,
    paper,
    rules::Part,
    service::{HeaderText, places_of},
    store::Content,
};
use crate::{
    documents,
    forums::{self, Forum},
    organisation::{self, Unit},
    platform::{
        error::{Error, FieldError, Result},
        i18n::Message,
        traces,
    },
};

/// How the unit and the offices that invite for it are called and where they are: words around a forum name them
/// as houses, and it is often held there.
pub async fn offices(db: &impl ConnectionTrait, unit: &Unit) -> Result<Vec<String>> {
    let offices = organisation::inviting_offices(db, unit).await?;
    let names = offices.into_iter().flat_map(|office| {
        let whole = format!("Kantor {}", office.name);
        [whole, office.short_name, office.address]
    });
    Ok(names.collect())
}

/// What is known of a forum; `offices` are those of its unit.
fn known(forum: &Forum, present: usize, cites_minutes: bool, offices: &[String]) -> Known {
    let mut places = places_of(forum);
    // The name of the forum was chosen before anybody wrote its record.
    places.extend([forum.title.clone(), forum.theme.clone()]);
    places.extend_from_slice(offices);
    Known {
        dates: forums::days::dates_of(forum),
        places,
        present,
        year: forum.year,
        cites_minutes,
        counted: Counted::default(),
    }
}

fn strs(lines: &[String]) -> Vec<&str> {
    lines.iter().map(String::as_str).collect()
}

/// What the text around the points says against the record, by its parts.
fn in_header(text: &HeaderText, known: &Known) -> Vec<(Part, Vec<String>)> {
    let mut title = contradictions::contradictions(&text.title, known);
    title.extend(contradictions::other_years(&text.title, known));
    let mut opening = contradictions::contradictions(&text.opening_subject, known);
    if opening.is_empty() {
        opening = contradictions::other_names(&text.opening_subject, &known.places);
    }
    let closing = contradictions::contradictions(&text.closing, known);
    let basis = contradictions::laws_to_come(&strs(&text.legal_basis), known);
    let reference = contradictions::own_references(&strs(&text.reference), known);
    let mut parts = vec![
        (Part::Title, title),
        (Part::Opening, opening),
        (Part::Closing, closing),
        (Part::LegalBasis, basis),
        (Part::Reference, reference),
    ];
    parts.retain(|(_, words)| !words.is_empty());
    parts
}

/// Refuses a text around the points that contradicts the record, field by field.
pub(super) fn header_fits(
    forum: &Forum,
    head: &berita_acara::Model,
    text: &HeaderText,
    present: usize,
    offices: &[String],
) -> Result<()> {
    let cites = paper::cites_minutes(forum, head);
    let mut known = known(forum, present, cites, offices);
    known.places.push(text.place.clone());
    traces::refuse_identity_numbers([
        ("opening_subject", text.opening_subject.as_str()),
        ("closing", text.closing.as_str()),
    ])?;
    let faults: Vec<FieldError> = in_header(text, &known)
        .into_iter()
        .map(|(part, words)| FieldError {
            field: part.field().to_owned(),
            message: Message::new(part.key()).with("words", words.join("; ")),
        })
        .collect();
    match faults.is_empty() {
        true => Ok(()),
        false => Err(Error::Invalid(faults)),
    }
}

/// The letters of everything that somebody typed into a record which its paper cannot show.
pub(super) fn unprintable_in(content: &Content) -> Option<String> {
    let head = &content.head;
    let mut words = vec![
        &head.place,
        &head.title,
        &head.opening_subject,
        &head.closing,
    ];
    words.extend(&head.legal_basis.0);
    words.extend(&head.reference.0);
    words.extend(content.points.iter().map(|point| &point.row.text));
    for one in &content.signatories {
        words.extend([&one.name, &one.role, &one.organisation, &one.represents]);
        words.extend(&one.missing_reason);
    }
    let words: Vec<&str> = words.into_iter().map(String::as_str).collect();
    documents::unprintable_text(&words.concat())
}

/// Refuses a point whose weekday is not that of its date; other days than the forum's are what points are about. Everybody
/// reads it, so no identity number stands in it.
pub(super) fn point_fits(text: &str, field: &str) -> Result<()> {
    traces::refuse_identity_numbers([(field, text)])?;
    let wrong = contradictions::wrong_weekdays(text);
    if wrong.is_empty() {
        return Ok(());
    }
    let message = Message::new(Part::Point(0).key()).with("words", wrong.join("; "));
    Err(Error::field(field, message))
}

/// All that a record says against itself, before it is locked.
pub(super) fn in_record(
    forum: &Forum,
    content: &Content,
    present: usize,
    offices: &[String],
) -> Vec<(Part, Vec<String>)> {
    let head = &content.head;
    let text = HeaderText {
        number: head.number.clone(),
        place: head.place.clone(),
        title: head.title.clone(),
        opening_subject: head.opening_subject.clone(),
        legal_basis: head.legal_basis.0.clone(),
        reference: head.reference.0.clone(),
        closing: head.closing.clone(),
    };
    let cites = paper::cites_minutes(forum, head);
    let mut known = known(forum, present, cites, offices);
    known.places.push(head.place.clone());
    let mut found = in_header(&text, &known);
    let points = (1..).zip(&content.points).map(|(number, point)| {
        let wrong = contradictions::wrong_weekdays(&point.row.text);
        (Part::Point(number), wrong)
    });
    found.extend(points.filter(|(_, words)| !words.is_empty()));
    found
}

/// What texts about a forum are held against.
#[derive(Clone, Copy, Debug)]
pub struct Told<'a> {
    pub forum: &'a Forum,
    /// How many the attendance list has.
    pub present: usize,
    /// How the offices of its unit are called.
    pub offices: &'a [String],
    pub counted: &'a Counted,
}

impl Told<'_> {
    fn known(&self) -> Known {
        Known {
            counted: self.counted.clone(),
            ..known(self.forum, self.present, false, self.offices)
        }
    }

    /// What a text about the forum says against it in sentences that tell how it was held.
    #[must_use]
    pub fn said_otherwise(&self, text: &str) -> Said {
        contradictions::in_sentences(text, &self.known())
    }

    /// The same of a text that tells of nothing but this forum.
    #[must_use]
    pub fn said_of_it(&self, text: &str) -> Said {
        contradictions::about_it(text, &self.known())
    }
}

/// The lines that name a regulation of a year after the forum.
#[must_use]
pub fn laws_to_come(forum: &Forum, lines: &str) -> Vec<String> {
    let lines: Vec<&str> = lines.lines().collect();
    contradictions::laws_to_come(&lines, &known(forum, 0, false, &[]))
}
