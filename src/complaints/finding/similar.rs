//! Cases that may be about the same thing: of the same unit and the last twelve months, by the stems of the subject,
//! by service and category. The index finds candidates, the rest is counted here, the same on both databases.

use std::{cmp::Reverse, collections::HashMap};

use chrono::Months;

use super::{
    filter::{Filter, Readable, Sort, Span},
    parts::divisions_of,
    store,
    words::{self, Term},
};
use crate::{
    access::{Ctx, Permission},
    complaints::{
        entity::{ComplaintId, complaint},
        filing, store as cases,
    },
    platform::error::Result,
};

const LAST_MONTHS: u32 = 12;
/// A subject is short; of a long one the first words say what it is about.
const MOST_STEMS: usize = 12;
/// Candidates of one question, the newest first.
const LOOKED_AT: u64 = 100;
const SHOWN: usize = 5;

/// The most similar cases that the caller may see, at most five, without these.
pub async fn similar(
    ctx: &Ctx,
    of: &complaint::Model,
    without: &[ComplaintId],
) -> Result<Vec<complaint::Model>> {
    let own = stems(&of.subject);
    if own.is_empty() {
        return Ok(Vec::new());
    }
    let db = &ctx.app.db;
    let scope = ctx.scope(Permission::ViewComplaints);
    let mut filter = Filter::of(divisions_of(db, of.unit_id, &scope).await?, Span::ALL);
    filter.readable = Readable {
        scope: ctx.scope(Permission::ReadConfidential),
        persons: cases::persons_of(ctx),
    };
    filter.sort = Sort::Newest;
    filter.received.0 = ctx.now.checked_sub_months(Months::new(LAST_MONTHS));
    let mut found: HashMap<ComplaintId, complaint::Model> = HashMap::new();
    // All words together first: among many that share one, those that share all would stand too far back.
    for asked in [all_of(&own), any_of(&own)] {
        filter.words.all = asked;
        let rows = store::page(db, &filter, None, LOOKED_AT).await?;
        found.extend(rows.into_iter().map(|row| (row.id, row)));
    }
    found.retain(|id, _| *id != of.id && !without.contains(id));
    let mut ids: Vec<ComplaintId> = found.keys().copied().collect();
    ids.push(of.id);
    let categories = filing::categories_of(db, of.unit_id, ids).await?;
    let mut ranked: Vec<(u32, complaint::Model)> = found
        .into_values()
        .filter_map(|row| {
            let same = Same {
                service: of.service_code.is_some() && of.service_code == row.service_code,
                category: categories
                    .get(&of.id)
                    .is_some_and(|own| categories.get(&row.id) == Some(own)),
            };
            let (subject, text) = (stems(&row.subject), words::of_text(&row.description));
            Some((likeness(&own, (&subject, &text), same)?, row))
        })
        .collect();
    ranked.sort_by_key(|(points, row)| (Reverse(*points), Reverse(row.id)));
    ranked.truncate(SHOWN);
    Ok(ranked.into_iter().map(|(_, row)| row).collect())
}

fn stems(text: &str) -> Vec<String> {
    let mut found: Vec<String> = Vec::new();
    for stem in words::of_text(text) {
        if found.len() < MOST_STEMS && !found.contains(&stem) {
            found.push(stem);
        }
    }
    found
}

fn term(word: &str, also: &[String]) -> Term {
    Term {
        word: word.to_owned(),
        begins: false,
        also: also.to_vec(),
    }
}

fn all_of(stems: &[String]) -> Vec<Term> {
    stems.iter().map(|stem| term(stem, &[])).collect()
}

fn any_of(stems: &[String]) -> Vec<Term> {
    match stems.split_first() {
        Some((first, others)) => vec![term(first, others)],
        None => Vec::new(),
    }
}

/// What they have in common beside words.
#[derive(Clone, Copy, Debug, Default)]
struct Same {
    service: bool,
    category: bool,
}

/// How much a case is like another; None where it is not worth a look. One common word says little, unless the service
/// or the category is the same, or it is all that the subject says.
fn likeness(own: &[String], (subject, text): (&[String], &[String]), same: Same) -> Option<u32> {
    let in_subject = own.iter().filter(|stem| subject.contains(stem)).count();
    let in_text = own
        .iter()
        .filter(|stem| !subject.contains(stem) && text.contains(stem))
        .count();
    let shared = in_subject + in_text;
    let enough = shared >= 2 || shared == 1 && (same.service || same.category || own.len() == 1);
    let points = 2 * in_subject + in_text + usize::from(same.service) + usize::from(same.category);
    enough.then(|| u32::try_from(points).unwrap_or(u32::MAX))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_said_in_other_forms_of_the_same_words_is_alike_and_one_common_word_is_not() {
        let own = stems("Antrean perekaman KTP terlalu lama");
        let like = |subject: &str, text: &str, same: Same| {
            likeness(&own, (&stems(subject), &words::of_text(text)), same)
        };
        let none = Same::default();
        let service = Same {
            service: true,
            category: false,
        };
        let close = like("Merekam KTP harus antre lama", "", none).unwrap();
        let far = like("Antrean panjang", "Merekam KTP saja sehari", none).unwrap();
        assert!(close > far, "{close} {far}");
        assert_eq!(like("KTP hilang", "", none), None);
        assert!(like("KTP hilang", "", service).is_some());
        assert_eq!(like("Kursi rusak", "Kursinya patah", service), None);
    }
}
