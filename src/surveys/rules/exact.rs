//! Exact numbers: fractions of whole numbers of any length. A figure is rounded once, when it is shown or graded,
//! and never computed with afterwards.

use num_bigint::{BigInt, BigUint};
use num_rational::BigRational;
use num_traits::{Signed as _, Zero as _};

use crate::platform::i18n::Locale;

pub type Exact = BigRational;

/// Why a text is no decimal number of ours.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NotExact {
    #[error("a decimal with a comma")]
    Comma,
    #[error("no decimal number")]
    Number,
}

/// More digits than any score, weight or printed figure has.
const MOST_DIGITS: usize = 30;

#[must_use]
pub fn whole(number: u64) -> Exact {
    Exact::from_integer(BigInt::from(number))
}

/// `number / of`; nothing over nothing is no number.
#[must_use]
pub fn ratio(number: u64, of: u64) -> Option<Exact> {
    (of > 0).then(|| Exact::new(BigInt::from(number), BigInt::from(of)))
}

/// `3.31`, `0.111`, `4`: digits with at most one point, no sign.
pub fn parse(text: &str) -> Result<Exact, NotExact> {
    let (whole, part) = text.split_once('.').unwrap_or((text, ""));
    let is_digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    let named = text.contains('.') != part.is_empty();
    if !whole.is_empty()
        && named
        && text.len() <= MOST_DIGITS
        && is_digits(whole)
        && is_digits(part)
    {
        let digits = BigInt::parse_bytes(format!("{whole}{part}").as_bytes(), 10);
        return digits
            .map(|digits| Exact::new(digits, ten_to(part.len())))
            .ok_or(NotExact::Number);
    }
    let with_point = text.replacen(',', ".", 1);
    if with_point != text && parse(&with_point).is_ok() {
        return Err(NotExact::Comma);
    }
    Err(NotExact::Number)
}

fn ten_to(places: usize) -> BigInt {
    BigInt::from(10).pow(u32::try_from(places).unwrap_or(u32::MAX))
}

/// Half up, away from zero: 87.275 becomes 87.28 and a fall of 0.005 a fall of 0.01.
#[must_use]
pub fn rounded(value: &Exact, places: usize) -> Exact {
    Exact::new(scaled(value, places), ten_to(places))
}

/// The rounded value in units of the last place.
fn scaled(value: &Exact, places: usize) -> BigInt {
    let half = Exact::new(BigInt::from(1), BigInt::from(2));
    let units = (value.abs() * Exact::from_integer(ten_to(places)) + half).floor();
    let units = units.to_integer();
    if value.is_negative() { -units } else { units }
}

/// With so many decimals and a point, as programs read it: `87.28`.
#[must_use]
pub fn fixed(value: &Exact, places: usize) -> String {
    let units = scaled(value, places);
    let sign = if units.is_negative() { "-" } else { "" };
    let digits = units.abs().to_string();
    let digits = format!("{digits:0>width$}", width = places + 1);
    let (whole, part) = digits.split_at(digits.len() - places);
    if places == 0 {
        format!("{sign}{whole}")
    } else {
        format!("{sign}{whole}.{part}")
    }
}

/// As people read it: `87,28` in Indonesian.
#[must_use]
pub fn shown(value: &Exact, places: usize, locale: Locale) -> String {
    let text = fixed(value, places);
    match locale {
        Locale::Id => text.replace('.', ","),
        Locale::En => text,
    }
}

/// The smallest number with so many decimals that is not below the square root.
#[must_use]
pub fn root_up(value: &Exact, places: usize) -> Exact {
    if !value.is_positive() {
        return Exact::zero();
    }
    let square = value * Exact::from_integer(ten_to(places * 2));
    let least: BigUint = square.ceil().to_integer().magnitude().clone();
    let mut root = least.sqrt();
    if &root * &root < least {
        root += 1_u32;
    }
    Exact::new(BigInt::from(root), ten_to(places))
}

/// A share in whole per cent, rounded half up; none of nothing.
#[must_use]
pub fn half_up(part: u64, whole: u64) -> Option<u64> {
    (part * 200 + whole).checked_div(whole * 2)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn decimals_are_read_exactly_or_not_at_all() {
        for (text, expected) in [
            ("3.31", Ok("3.3100")),
            ("4", Ok("4.0000")),
            ("0.111", Ok("0.1110")),
            ("3,31", Err(NotExact::Comma)),
            ("", Err(NotExact::Number)),
            ("3.", Err(NotExact::Number)),
            (".5", Err(NotExact::Number)),
            ("-1", Err(NotExact::Number)),
            ("3.3.1", Err(NotExact::Number)),
            ("3e0", Err(NotExact::Number)),
            ("NaN", Err(NotExact::Number)),
            ("1234567890123456789012345678901", Err(NotExact::Number)),
        ] {
            let read = parse(text).map(|value| fixed(&value, 4));
            assert_eq!(read, expected.map(str::to_owned), "{text}");
        }
    }

    #[test]
    fn halves_go_up_and_never_twice() {
        for (text, places, expected) in [
            ("87.275", 2, "87.28"),
            ("86.405", 2, "86.41"),
            // Rounded twice it would be 76.61, another grade.
            ("76.6049", 2, "76.60"),
            ("0.5", 0, "1"),
            ("0.004", 2, "0.00"),
            ("100", 2, "100.00"),
        ] {
            assert_eq!(fixed(&parse(text).unwrap(), places), expected, "{text}");
        }
        assert_eq!(fixed(&-parse("0.005").unwrap(), 2), "-0.01");
        assert_eq!(fixed(&-parse("0.001").unwrap(), 2), "0.00");
        assert_eq!(shown(&parse("87.28").unwrap(), 2, Locale::Id), "87,28");
    }

    #[test]
    fn a_share_is_rounded_half_up() {
        for (part, whole, percent) in [
            (5, 40, Some(13)),
            (7, 73, Some(10)),
            (8, 73, Some(11)),
            (1, 3, Some(33)),
            (73, 73, Some(100)),
            (0, 9, Some(0)),
            (4, 0, None),
        ] {
            assert_eq!(half_up(part, whole), percent, "{part} of {whole}");
        }
    }

    #[test]
    fn roots_are_never_too_small() {
        for (text, expected) in [
            ("4", "2.00"),
            ("2", "1.42"),
            ("0", "0.00"),
            ("0.0001", "0.01"),
        ] {
            assert_eq!(fixed(&root_up(&parse(text).unwrap(), 2), 2), expected);
        }
    }

    proptest! {
        #[test]
        fn what_is_printed_is_within_half_a_unit(number in 0_u64..1_000_000, of in 1_u64..100_000) {
            let value = ratio(number, of).unwrap();
            let back = parse(&fixed(&value, 2)).unwrap();
            prop_assert!((back - value).abs() * whole(200) <= whole(1));
        }
    }
}
