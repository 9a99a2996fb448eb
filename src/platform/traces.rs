//! What in a text looks as if somebody could be recognised by it: asked wherever words of people are about to be read by
//! everybody. It helps whoever looks; it does not look for them.

/// What seems to be left in a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Sign {
    NationalId,
    Phone,
    Email,
    Account,
    House,
    Name,
    /// A word that the complainant is known by.
    Reporter,
}

impl Sign {
    /// Of the text that names it.
    #[must_use]
    pub fn key(self) -> &'static str {
        match self {
            Self::NationalId => "publish-sign-national-id",
            Self::Phone => "publish-sign-phone",
            Self::Email => "publish-sign-email",
            Self::Account => "publish-sign-account",
            Self::House => "publish-sign-house",
            Self::Name => "publish-sign-name",
            Self::Reporter => "publish-sign-reporter",
        }
    }
}

impl Sign {
    /// Whether it is a number or an address: nobody needs one to understand what was said.
    #[must_use]
    pub fn is_address(self) -> bool {
        matches!(
            self,
            Self::NationalId | Self::Phone | Self::Email | Self::Account
        )
    }
}

/// A sign and the words that are one.
pub type Found = (Sign, String);

/// Words after which a name follows.
const BEFORE_A_NAME: &[&str] = &[
    "bapak", "bpk", "pak", "ibu", "bu", "sdr", "sdri", "saudara", "saudari", "tn", "ny", "nn",
    "mas", "mbak", "bang", "kak", "haji", "hj", "dr", "drg",
];
/// Two words after which a name follows, however it is written.
const NAMING: &[(&str, &str)] = &[
    ("nama", "saya"),
    ("atas", "nama"),
    ("bernama", ""),
    ("a.n", ""),
    ("a/n", ""),
    ("an", ""),
];
/// Offices are no names: `Bapak Camat`.
const OFFICES: &[&str] = &[
    "kepala",
    "camat",
    "lurah",
    "bupati",
    "gubernur",
    "wali",
    "walikota",
    "presiden",
    "petugas",
    "pegawai",
    "dinas",
    "sekretaris",
    "ketua",
    "rt",
    "rw",
    "dan",
    "yang",
    "kantor",
    "loket",
    "satpam",
    "operator",
    "admin",
    "pimpinan",
    "staf",
    "saya",
    "sendiri",
    "anak",
    "almarhum",
    "almarhumah",
    "suami",
    "istri",
    "orang",
];

fn bare(word: &str) -> &str {
    word.trim_matches(|c: char| !c.is_alphanumeric())
}

/// Everything that looks like a trace of a person; each once. `known` are the words that the complainant is known by.
#[must_use]
pub fn leftovers(text: &str, known: &[String]) -> Vec<Found> {
    let mut found = numbers(text);
    let words: Vec<&str> = text.split_whitespace().collect();
    for (at, word) in words.iter().enumerate() {
        if let Some(sign) = address(word) {
            found.push((sign, bare(word).to_owned()));
        }
        if let Some(name) = name_at(&words, at) {
            found.push((Sign::Name, name));
        }
        if is_house(&words, at) {
            found.push((Sign::House, words[at..=at + 1].join(" ")));
        }
    }
    let lower: Vec<String> = words.iter().map(|word| bare(word).to_lowercase()).collect();
    for name in known {
        for part in name
            .split_whitespace()
            .map(|part| bare(part).to_lowercase())
        {
            if part.chars().count() >= 3 && lower.contains(&part) {
                found.push((Sign::Reporter, part));
            }
        }
    }
    found.sort();
    found.dedup();
    found
}

/// `budi@contoh.example`, `@budi_contoh`.
fn address(word: &str) -> Option<Sign> {
    let (before, after) = word.split_once('@')?;
    let before = before.trim_start_matches(|c: char| !c.is_alphanumeric());
    if before.is_empty() {
        return (bare(after).chars().count() >= 3).then_some(Sign::Account);
    }
    bare(after).contains('.').then_some(Sign::Email)
}

/// `RT 03`, `RW.02`.
fn is_house(words: &[&str], at: usize) -> bool {
    let place = bare(words[at]).to_lowercase();
    let next = words.get(at + 1).map(|word| bare(word)).unwrap_or_default();
    matches!(place.as_str(), "rt" | "rw") && next.starts_with(|c: char| c.is_ascii_digit())
}

/// The name that follows, if one seems to.
fn name_at(words: &[&str], at: usize) -> Option<String> {
    let lower = |at: usize| {
        let word = words.get(at)?;
        Some(bare(word).to_lowercase())
    };
    let word = lower(at)?;
    let named = NAMING.iter().find_map(|(first, second)| match *second {
        "" => (word == *first && word != "an").then_some(at + 1),
        second => (word == *first && lower(at + 1)? == second).then_some(at + 2),
    });
    let capital = |at: usize| {
        let name = bare(words.get(at)?);
        name.starts_with(|c: char| c.is_uppercase()).then_some(at)
    };
    let place = match named {
        Some(place) => Some(place),
        None if BEFORE_A_NAME.contains(&word.as_str()) => capital(at + 1),
        None => None,
    }?;
    let name = bare(words.get(place)?);
    let letters = name.chars().filter(|c| c.is_alphabetic()).count();
    let is_office = OFFICES.contains(&name.to_lowercase().as_str());
    (letters >= 3 && !is_office).then(|| name.to_owned())
}

/// Telephones and numbers of identity cards, with blanks, dots or dashes between their digits.
fn numbers(text: &str) -> Vec<Found> {
    let letters: Vec<char> = text.chars().collect();
    let mut found = Vec::new();
    let mut at = 0;
    while at < letters.len() {
        if !letters[at].is_ascii_digit() {
            at += 1;
            continue;
        }
        let begin = at;
        let mut end = at;
        while end < letters.len() {
            let joins = matches!(letters[end], ' ' | '.' | '-')
                && letters.get(end + 1).is_some_and(char::is_ascii_digit);
            if !letters[end].is_ascii_digit() && !joins {
                break;
            }
            end += 1;
        }
        let run: String = letters[begin..end].iter().collect();
        let plus = begin > 0 && letters[begin - 1] == '+';
        if let Some(sign) = number(&run, plus) {
            found.push((sign, run));
        }
        at = end;
    }
    found
}

fn number(run: &str, plus: bool) -> Option<Sign> {
    let digits: String = run.chars().filter(char::is_ascii_digit).collect();
    let first = run.split([' ', '.', '-']).next().map_or(0, str::len);
    match digits.len() {
        16 | 18 => Some(Sign::NationalId),
        // A date begins with one or two digits, a telephone with its area or with the country.
        9..=15 if plus || digits.starts_with("62") || (digits.starts_with('0') && first >= 3) => {
            Some(Sign::Phone)
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn traces_of_people_are_found() {
        let known = ["ADU-2026-000001".to_owned(), "Bungaran Contoh".to_owned()];
        for (text, signs) in [
            ("NIK saya 6472011203990001 salah", vec![Sign::NationalId]),
            ("NIP 19700101 199503 1 001", vec![Sign::NationalId]),
            ("hubungi 0800-0000-0012 ya", vec![Sign::Phone]),
            ("hubungi 0800 0000 0034", vec![Sign::Phone]),
            ("telepon (0541) 731234 kantor", vec![]),
            ("WA +62 800 0000 0012", vec![Sign::Phone]),
            ("surel saya ani@warga.example.", vec![Sign::Email]),
            ("akun @ani.contoh di Instagram", vec![Sign::Account]),
            ("nama saya budi", vec![Sign::Name]),
            ("KTP atas nama Siti", vec![Sign::Name]),
            ("dilayani Ibu Ratna dengan baik", vec![Sign::Name]),
            ("rumah di RT 03 RW 02", vec![Sign::House]),
            ("kata bungaran, belum jadi", vec![Sign::Reporter]),
        ] {
            let mut found: Vec<Sign> = leftovers(text, &known).into_iter().map(|it| it.0).collect();
            found.dedup();
            assert_eq!(found, signs, "{text}");
        }
    }

    #[test]
    fn numbers_and_addresses_are_told_from_names() {
        for (text, expected) in [
            ("hubungi 0800-0000-0012 ya", true),
            ("surel saya ani@warga.example.", true),
            ("dilayani Ibu Ratna dengan baik", false),
            ("rumah di RT 03 RW 02", false),
        ] {
            let found = leftovers(text, &[]);
            let mut found = found.iter();
            assert_eq!(found.any(|(sign, _)| sign.is_address()), expected, "{text}");
        }
    }

    #[test]
    fn ordinary_words_are_no_traces() {
        for text in [
            "Antrean di loket 2 sejak 17-03-2026 pukul 10.00 sampai 12.30 sangat panjang.",
            "Bapak Camat dan Ibu Kepala Dinas, mohon perhatian.",
            "Biaya Rp 1.500.000 tidak ada di standar pelayanan 2025.",
            "Perbaikan jalan 2026-000123 dan 03-03-2026 10.00",
            "ibu saya sakit, bapak saya juga",
            "Sudah 3 kali saya datang @ loket",
        ] {
            assert_eq!(leftovers(text, &[]), Vec::new(), "{text}");
        }
    }
}
