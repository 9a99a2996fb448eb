//! How many respondents a survey needs (Krejcie and Morgan).

use num_traits::{One as _, ToPrimitive as _};

use super::{
    exact::{self, Exact},
    method::{self, Sample},
};

/// The smallest sample for a population, rounded half up; nobody for nobody.
#[must_use]
pub fn sample_size(population: u64) -> u64 {
    if population == 0 {
        return 0;
    }
    let Sample {
        chi_square,
        proportion,
        margin,
        ..
    } = &method::method().sample;
    let spread = chi_square * proportion * (Exact::one() - proportion);
    let needed = &spread * exact::whole(population)
        / (margin * margin * exact::whole(population - 1) + spread);
    let needed = exact::rounded(&needed, 0).to_integer();
    needed.to_u64().unwrap_or(population).min(population)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn the_formula_gives_the_printed_table() {
        for (population, needed) in [
            (10, 10),
            (15, 14),
            (20, 19),
            (25, 24),
            (30, 28),
            (35, 32),
            (40, 36),
            (45, 40),
            (50, 44),
            (55, 48),
            (60, 52),
            (100, 80),
            (200, 132),
            (220, 140),
            (230, 144),
            (240, 148),
            (250, 152),
            (260, 155),
            (270, 159),
            (280, 162),
            (290, 165),
            (300, 169),
            (320, 175),
            (340, 181),
            (400, 196),
            (500, 217),
            (1000, 278),
            (1200, 291),
            (1300, 297),
            (1400, 302),
            (1500, 306),
            (1600, 310),
            (1700, 313),
            (1800, 317),
            (1900, 320),
            (2000, 322),
            (2200, 327),
            (5000, 357),
            (10_000, 370),
            (75_000, 382),
        ] {
            assert_eq!(sample_size(population), needed, "{population}");
        }
        // The printed table has 384; the formula is what we state.
        assert_eq!(sample_size(100_000), 383);
        assert_eq!((sample_size(0), sample_size(1)), (0, 1));
        assert_eq!(sample_size(u64::MAX), 384);
    }

    proptest! {
        #[test]
        fn more_people_never_need_fewer(population in 0_u64..10_000_000) {
            let needed = sample_size(population);
            prop_assert!(needed <= population && needed <= sample_size(population + 1));
        }
    }
}
