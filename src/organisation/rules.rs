//! What a valid unit code and a valid NIP look like.

use chrono::NaiveDate;

use crate::platform::words::folded;

/// The stable name of a unit in addresses and the API: `disdukcapil-kaltim`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnitCode(String);

impl UnitCode {
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let fine = (2..=60).contains(&text.len())
            && text
                .bytes()
                .all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-')
            && !text.starts_with('-');
        fine.then(|| Self(text.to_owned()))
    }

    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// A code made from a name: `Sekretariat Daerah Kota Contoh` is `sekretariat-daerah-kota-contoh`.
#[must_use]
pub fn code_of(name: &str) -> String {
    let plain = |c: char| match c.to_ascii_lowercase() {
        c if c.is_ascii_alphanumeric() => c,
        _ => ' ',
    };
    let letters: String = name.chars().map(plain).collect();
    let mut code = String::new();
    for word in letters.split_whitespace() {
        // Room for a number at the end, should the code be taken.
        if code.len() + word.len() > 50 {
            break;
        }
        if !code.is_empty() {
            code.push('-');
        }
        code.push_str(word);
    }
    match UnitCode::parse(&code) {
        Some(_) => code,
        None => "instansi".to_owned(),
    }
}

/// The number of a civil servant: date of birth (8), month of appointment (6), sex (1 or 2), serial (3).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Nip(String);

#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NipFault {
    #[error("a NIP has 18 digits, this one has {0}")]
    Length(usize),
    #[error("the first eight digits are no date of birth")]
    Birth,
    #[error("digits 9 to 14 are no month of appointment")]
    Appointment,
    #[error("digit 15 must be 1 or 2")]
    Sex,
}

impl Nip {
    /// Blanks are allowed: offices write `19700101 199503 1 001`.
    pub fn parse(text: &str) -> Result<Self, NipFault> {
        let digits: String = text.chars().filter(|c| !c.is_whitespace()).collect();
        if digits.len() != 18 || !digits.bytes().all(|b| b.is_ascii_digit()) {
            return Err(NipFault::Length(digits.len()));
        }
        NaiveDate::parse_from_str(&digits[..8], "%Y%m%d").map_err(|_| NipFault::Birth)?;
        NaiveDate::parse_from_str(&format!("{}01", &digits[8..14]), "%Y%m%d")
            .map_err(|_| NipFault::Appointment)?;
        if !matches!(digits.as_bytes()[14], b'1' | b'2') {
            return Err(NipFault::Sex);
        }
        Ok(Self(digits))
    }

    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// As letters print it: `19700101 199503 1 001`.
    #[must_use]
    pub fn spaced(&self) -> String {
        let n = &self.0;
        format!("{} {} {} {}", &n[..8], &n[8..14], &n[14..15], &n[15..])
    }
}

/// A number as every paper prints it; what is none is printed as it was typed.
#[must_use]
pub fn nip_text(typed: &str) -> String {
    Nip::parse(typed).map_or_else(|_| typed.trim().to_owned(), |nip| nip.spaced())
}

/// `Forum Contoh pada Dinas Contoh`; a title that names the office already is not given it again.
#[must_use]
pub fn title_at(title: &str, office: &str) -> String {
    match folded(title).contains(&folded(office)) {
        true => title.to_owned(),
        false => format!("{title} pada {office}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_office_is_named_once_with_what_it_holds() {
        for (title, expected) in [
            ("Forum 2026", "Forum 2026 pada Dinas Contoh"),
            ("Forum DINAS  Contoh 2026", "Forum DINAS  Contoh 2026"),
        ] {
            assert_eq!(title_at(title, "Dinas Contoh"), expected);
        }
    }

    #[test]
    fn a_nip_is_checked_part_by_part() {
        for (text, expected) in [
            ("197001011995031001", Ok(())),
            ("19700101 199503 1 001", Ok(())),
            ("19700101199503100", Err(NipFault::Length(17))),
            ("19701301199503 1 001", Err(NipFault::Birth)),
            ("197001011995131001", Err(NipFault::Appointment)),
            ("197001011995033001", Err(NipFault::Sex)),
            ("19700101199503100x", Err(NipFault::Length(18))),
        ] {
            assert_eq!(Nip::parse(text).map(|_| ()), expected, "{text}");
        }
        assert_eq!(nip_text("19700101 1995031001"), "19700101 199503 1 001");
        assert_eq!(nip_text(" tidak ada "), "tidak ada");
        assert_eq!(
            Nip::parse("197001011995031001").unwrap().spaced(),
            "19700101 199503 1 001"
        );
    }

    #[test]
    fn a_name_makes_a_code() {
        for (name, code) in [
            (
                "Sekretariat Daerah Prov. Contoh",
                "sekretariat-daerah-prov-contoh",
            ),
            (" Biro  Organisasi (Setda) ", "biro-organisasi-setda"),
            ("È", "instansi"),
            ("", "instansi"),
        ] {
            assert_eq!(code_of(name), code, "{name}");
        }
        let long = code_of(&"Sekretariat Daerah ".repeat(9));
        assert!(UnitCode::parse(&long).is_some(), "{long}");
    }

    #[test]
    fn unit_codes_are_plain() {
        assert!(UnitCode::parse("disdukcapil-kaltim").is_some());
        for bad in ["", "x", "Dinas", "a b", "-a", "../etc"] {
            assert!(UnitCode::parse(bad).is_none(), "{bad}");
        }
    }
}
