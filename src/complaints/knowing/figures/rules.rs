//! Small counts are left out, so that nobody is recognised in them.

/// The counts of one table, without those too small to hide in. Nothing is nobody, and stays. Where one count alone is
/// left out, the sum would give it away: then the next smallest goes with it.
#[must_use]
pub fn veiled(counts: &[i64], below: i64) -> Vec<Option<i64>> {
    let small = |count: i64| count > 0 && count < below;
    let mut shown: Vec<Option<i64>> = counts
        .iter()
        .map(|count| (!small(*count)).then_some(*count))
        .collect();
    if shown.iter().filter(|count| count.is_none()).count() == 1 {
        let next = shown
            .iter()
            .enumerate()
            .filter_map(|(at, count)| count.filter(|count| *count > 0).map(|count| (count, at)))
            .min();
        if let Some((_, at)) = next {
            shown[at] = None;
        }
    }
    shown
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn small_counts_are_left_out_and_cannot_be_reckoned_from_the_sum() {
        for (counts, shown) in [
            (&[][..], &[][..]),
            (&[0, 7, 12], &[Some(0), Some(7), Some(12)]),
            (&[5], &[Some(5)]),
            // One alone would be the sum less the others.
            (&[3, 7, 12], &[None, None, Some(12)]),
            (&[3, 2, 12], &[None, None, Some(12)]),
            (&[0, 4], &[Some(0), None]),
            (&[4, 9, 0], &[None, None, Some(0)]),
        ] {
            assert_eq!(veiled(counts, 5), shown, "{counts:?}");
        }
        assert_eq!(veiled(&[1, 2], 0), [Some(1), Some(2)]);
    }
}
