//! Small counts are left out, so that nobody is recognised in them.

/// What is told of a row of sets: the counts of each, none where they are left out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Told {
    pub received: Option<i64>,
    pub answered: Option<i64>,
}

impl Told {
    pub const NOTHING: Self = Self {
        received: None,
        answered: None,
    };
}

/// What is told of the same set in several units: a sum in which one of them is left out would be a false figure, so
/// nothing is told where one tells nothing.
#[must_use]
pub fn summed(units: &[Told]) -> Told {
    let sum = |count: fn(&Told) -> Option<i64>| units.iter().map(count).sum::<Option<i64>>();
    Told {
        received: sum(|told| told.received),
        answered: sum(|told| told.answered),
    }
}

/// Which counts are left out: those too small to hide in, and as many of the next smallest that whoever takes the
/// others from the sum finds at least two of them and no small number. Nothing is nobody, and stays. `hidden` are left
/// out already, for another reason.
fn veil(counts: &[i64], hidden: &mut [bool], below: i64) {
    let small = |count: i64| count > 0 && count < below;
    for (count, hidden) in counts.iter().zip(hidden.iter_mut()) {
        *hidden |= small(*count);
    }
    loop {
        let out: Vec<i64> = (counts.iter().zip(hidden.iter()))
            .filter(|(count, hidden)| **hidden && **count > 0)
            .map(|(count, _)| *count)
            .collect();
        let sum: i64 = out.iter().sum();
        if out.is_empty() || out.len() > 1 && sum >= below {
            return;
        }
        let next = (counts.iter().zip(hidden.iter()).enumerate())
            .filter(|(_, (count, hidden))| !**hidden && **count > 0)
            .map(|(at, (count, _))| (*count, at))
            .min();
        match next {
            Some((_, at)) => hidden[at] = true,
            None => return,
        }
    }
}

/// The sets of one table, each as (received, answered). Of a set whose size is not told nothing else is told either.
#[must_use]
pub fn veiled(sets: &[(i64, i64)], below: i64) -> Vec<Told> {
    let received: Vec<i64> = sets.iter().map(|(received, _)| *received).collect();
    let answered: Vec<i64> = sets.iter().map(|(_, answered)| *answered).collect();
    let mut sizes = vec![false; sets.len()];
    veil(&received, &mut sizes, below);
    let mut answers = sizes.clone();
    veil(&answered, &mut answers, below);
    let told = sets.iter().zip(sizes.into_iter().zip(answers));
    told.map(|((received, answered), (size, answer))| Told {
        received: (!size).then_some(*received),
        answered: (!answer).then_some(*answered),
    })
    .collect()
}

/// Whether what is left out of a table may stand in its sum: then the sum less the others tells two sets at least, and
/// no small number.
#[must_use]
pub fn may_be_summed(left_out: &[i64], below: i64) -> bool {
    let some: Vec<i64> = left_out
        .iter()
        .copied()
        .filter(|count| *count > 0)
        .collect();
    some.is_empty() || some.len() > 1 && some.iter().sum::<i64>() >= below
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sizes(counts: &[i64], below: i64) -> Vec<Option<i64>> {
        let sets: Vec<(i64, i64)> = counts.iter().map(|count| (*count, 0)).collect();
        veiled(&sets, below)
            .into_iter()
            .map(|told| told.received)
            .collect()
    }

    #[test]
    fn small_counts_are_left_out_and_cannot_be_reckoned_from_the_sum() {
        for (counts, shown) in [
            (&[][..], &[][..]),
            (&[0, 7, 12], &[Some(0), Some(7), Some(12)]),
            (&[5], &[Some(5)]),
            // One alone would be the sum less the others.
            (&[3, 7, 12], &[None, None, Some(12)]),
            (&[3, 2, 12], &[None, None, Some(12)]),
            // Two that make two are one each: the next goes with them.
            (&[1, 1, 12, 20], &[None, None, None, Some(20)]),
            (&[0, 4], &[Some(0), None]),
            (&[4, 9, 0], &[None, None, Some(0)]),
        ] {
            assert_eq!(sizes(counts, 5), shown, "{counts:?}");
        }
        assert_eq!(sizes(&[1, 2], 0), [Some(1), Some(2)]);
    }

    #[test]
    fn answers_have_a_companion_of_their_own() {
        // Thirteen answered in all less ten would be three.
        let told = veiled(&[(10, 10), (8, 3)], 5);
        assert_eq!(
            told,
            [
                Told {
                    received: Some(10),
                    answered: None
                },
                Told {
                    received: Some(8),
                    answered: None
                },
            ]
        );
        let told = veiled(&[(10, 10), (8, 8), (9, 2), (7, 0)], 5);
        let answered: Vec<Option<i64>> = told.iter().map(|one| one.answered).collect();
        assert_eq!(answered, [Some(10), None, None, Some(0)]);
    }

    #[test]
    fn what_one_unit_does_not_tell_is_no_nought_in_the_sum_of_several() {
        let told = |received, answered| Told { received, answered };
        for (units, sum) in [
            (&[told(Some(7), Some(5))][..], told(Some(7), Some(5))),
            (
                &[told(Some(7), Some(5)), told(Some(0), Some(0))],
                told(Some(7), Some(5)),
            ),
            (
                &[told(Some(7), Some(5)), told(Some(9), None)],
                told(Some(16), None),
            ),
            (&[told(Some(7), Some(5)), Told::NOTHING], Told::NOTHING),
        ] {
            assert_eq!(summed(units), sum, "{units:?}");
        }
    }

    #[test]
    fn a_sum_holds_only_what_cannot_be_taken_out_again() {
        for (left_out, may) in [
            (&[][..], true),
            (&[0], true),
            (&[6], false),
            (&[3, 6], true),
            (&[1, 1], false),
        ] {
            assert_eq!(may_be_summed(left_out, 5), may, "{left_out:?}");
        }
    }
}
