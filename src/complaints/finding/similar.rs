//! Cases that may be about the same thing: of the same unit and the last twelve months, by the stems of the subject,
//! by service and category. The index finds candidates, the rest is counted here, the same on both databases.

use std::{cmp::Reverse, collections::HashMap};

use chrono::Months;

use super::{
    filter::{Filter, Readable, Sort, Span},
    likeness::{self, Candidate, Shared, Weights},
    parts::divisions_of,
    store,
    words::Term,
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
/// Candidates of one question, the newest first.
const LOOKED_AT: u64 = 100;
const SHOWN: usize = 5;

/// The most similar cases that the caller may see, at most five, without these.
pub async fn similar(
    ctx: &Ctx,
    of: &complaint::Model,
    without: &[ComplaintId],
) -> Result<Vec<complaint::Model>> {
    let own = likeness::telling(&of.subject);
    if own.is_empty() {
        return Ok(Vec::new());
    }
    let db = &ctx.app.db;
    let mut filter = among(ctx, of).await?;
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
    let found: Vec<(Candidate, complaint::Model)> = found
        .into_values()
        .map(|row| (Candidate::of(&row.subject, &row.description), row))
        .collect();
    let candidates: Vec<&Candidate> = found.iter().map(|(candidate, _)| candidate).collect();
    let weights = Weights::among(&own, &candidates);
    let mut ranked: Vec<(u32, complaint::Model)> = found
        .into_iter()
        .filter_map(|(candidate, row)| {
            let same = Same {
                service: of.service_code.is_some() && of.service_code == row.service_code,
                category: categories
                    .get(&of.id)
                    .is_some_and(|own| categories.get(&row.id) == Some(own)),
            };
            let shared = likeness::shared(&own, &candidate, &weights);
            Some((points(own.len(), shared, same)?, row))
        })
        .collect();
    ranked.sort_by_key(|(points, row)| (Reverse(*points), Reverse(row.id)));
    ranked.truncate(SHOWN);
    Ok(ranked.into_iter().map(|(_, row)| row).collect())
}

/// Where they are looked for: what the caller may read of the unit, of the last months.
async fn among(ctx: &Ctx, of: &complaint::Model) -> Result<Filter> {
    let scope = ctx.scope(Permission::ViewComplaints);
    let parts = divisions_of(&ctx.app.db, of.unit_id, &scope).await?;
    let mut filter = Filter::of(parts, Span::ALL);
    filter.readable = Readable::of(ctx);
    filter.sort = Sort::Newest;
    filter.received.0 = ctx.now.checked_sub_months(Months::new(LAST_MONTHS));
    Ok(filter)
}

/// How the database would look for what is like this case.
pub async fn similar_plans(ctx: &Ctx, number: &str) -> Result<Vec<String>> {
    let db = &ctx.app.db;
    let scope = ctx.require_scope(Permission::ViewComplaints)?;
    let of = cases::visible(db, &scope, number).await?;
    let own = likeness::telling(&of.subject);
    let mut filter = among(ctx, &of).await?;
    let mut plans = Vec::new();
    for asked in [all_of(&own), any_of(&own)] {
        filter.words.all = asked;
        plans.extend(store::Reading::of(db, &filter).await?.plans(None).await?);
    }
    Ok(plans)
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
fn points(own: usize, shared: Shared, same: Same) -> Option<u32> {
    let beside = same.service || same.category;
    let enough = shared.stems >= 2 || shared.stems == 1 && (beside || own == 1);
    let more = u32::from(same.service) + u32::from(same.category);
    enough.then(|| shared.points + more)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_said_in_other_forms_of_the_same_words_is_alike_and_one_common_word_is_not() {
        let own = likeness::telling("Antrean perekaman KTP terlalu lama");
        let like = |subject: &str, text: &str, same: Same| {
            let candidate = Candidate::of(subject, text);
            let weights = Weights::among(&own, &[&candidate]);
            points(
                own.len(),
                likeness::shared(&own, &candidate, &weights),
                same,
            )
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
        // Both took long: that is nothing in common.
        assert_eq!(
            like("Kursi lama rusak", "Sekali duduk patah", service),
            None
        );
    }
}
