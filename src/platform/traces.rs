//! What in a text looks as if somebody could be recognised by it: asked wherever words of people are about to be read by
//! everybody. It helps whoever looks; it does not look for them. One thing nobody's look carries: the number of an
//! identity card, which is the key to a person's papers and says nothing about a service.

mod numbers;

use std::ops::Range;

use numbers::runs;

use super::{check::Check, error::Result, i18n::Message};

/// What seems to be left in a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Sign {
    NationalId,
    Phone,
    Email,
    Account,
    House,
    Name,
    /// A word that the person is known by whose words these are.
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

/// Everything that looks like a trace of a person; each once. `known` are the words that whoever wrote it is known by.
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
    let known: Vec<String> = known
        .iter()
        .flat_map(|name| name.split_whitespace())
        .map(|part| bare(part).to_lowercase())
        .filter(|part| part.chars().count() >= 3)
        .collect();
    let names = words.iter().map(|word| bare(word));
    let names = names.filter(|word| known.contains(&word.to_lowercase()));
    found.extend(names.map(|word| (Sign::Reporter, word.to_owned())));
    found.sort();
    found.dedup();
    found
}

/// The people of a list whom a text names: by two words of their name in a row, or by a name of one word that begins with
/// a capital. A first name alone is too often another word.
#[must_use]
pub fn people(text: &str, names: &[String]) -> Vec<Found> {
    let words = text.split_whitespace().map(bare);
    let words: Vec<&str> = words.filter(|word| !word.is_empty()).collect();
    let same = |one: &str, other: &str| one.to_lowercase() == other.to_lowercase();
    let mut found = Vec::new();
    for name in names {
        let parts = name.split([' ', ',']).map(bare);
        let parts: Vec<&str> = parts.filter(|part| part.chars().count() >= 3).collect();
        if let [only] = parts.as_slice() {
            let is_named = |word: &&&str| {
                word.starts_with(char::is_uppercase)
                    && same(word, only)
                    && !OFFICES.contains(&only.to_lowercase().as_str())
            };
            let named = words.iter().filter(is_named);
            found.extend(named.map(|word| (Sign::Name, (*word).to_owned())));
        }
        for pair in words.windows(2) {
            let mut both = parts.windows(2);
            if both.any(|part| same(pair[0], part[0]) && same(pair[1], part[1])) {
                found.push((Sign::Name, pair.join(" ")));
            }
        }
    }
    found.sort();
    found.dedup();
    found
}

/// What of texts that everybody is to read somebody looks at first: people of a list, and whatever else seems to tell who a
/// person is. The number of an identity card is refused elsewhere, whoever has looked.
#[must_use]
pub fn to_look_at(texts: &[&str], names: &[String]) -> Vec<String> {
    let mut found: Vec<Found> = Vec::new();
    for text in texts {
        found.extend(leftovers(text, &[]));
        found.extend(people(text, names));
    }
    found.retain(|(sign, _)| *sign != Sign::NationalId);
    found.sort();
    found.dedup();
    found.into_iter().map(|(_, words)| words).collect()
}

/// `budi@contoh.example`, `@budi_contoh`.
fn address(word: &str) -> Option<Sign> {
    let (before, after) = word.split_once('@')?;
    let before = before.trim_start_matches(|c: char| !c.is_alphanumeric());
    if before.is_empty() {
        let account = bare(after);
        let named = |letter: char| letter.is_alphanumeric() || matches!(letter, '.' | '_' | '-');
        let is_account = account.chars().count() >= 3 && account.chars().all(named);
        return is_account.then_some(Sign::Account);
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
    let words = |place: Range<usize>| letters[place].iter().collect();
    let runs = runs(&letters).into_iter();
    runs.map(|(sign, place)| (sign, words(place))).collect()
}

/// The numbers of identity cards in a text, as they stand there.
#[must_use]
pub fn identity_numbers(text: &str) -> Vec<String> {
    let found = numbers(text).into_iter();
    found
        .filter(|(sign, _)| *sign == Sign::NationalId)
        .map(|(_, words)| words)
        .collect()
}

/// Why a text that everybody is to read is refused, whoever has looked at it.
#[must_use]
pub fn never_public(text: &str) -> Option<Message> {
    let found = identity_numbers(text);
    let message = Message::new("traces-identity-number");
    (!found.is_empty()).then(|| message.with("words", found.join("; ")))
}

/// Refuses identity numbers in fields that everybody is to read, each beside its field.
pub fn refuse_identity_numbers<'a>(
    fields: impl IntoIterator<Item = (&'a str, &'a str)>,
) -> Result<()> {
    let mut check = Check::new();
    for (field, words) in fields {
        look_for_identity_numbers(&mut check, field, words);
    }
    check.finish()
}

/// The same beside what else is wrong with a form.
pub fn look_for_identity_numbers(check: &mut Check, field: &str, words: &str) {
    if let Some(fault) = never_public(words) {
        check.fault(field, fault);
    }
}

/// The text as everybody may read it: without the numbers of identity cards, telephones and mailboxes that whoever
/// wrote it left in. The paper that was signed keeps its words.
#[must_use]
pub fn for_everybody(text: &str) -> String {
    let mut letters: Vec<char> = text.chars().collect();
    let mut places = runs(&letters);
    places.extend(mailboxes(&letters));
    for (sign, place) in places {
        if sign.is_address() {
            let shown = letters[place]
                .iter_mut()
                .filter(|one| one.is_alphanumeric());
            shown.for_each(|one| *one = '*');
        }
    }
    letters.into_iter().collect()
}

/// Where addresses with `@` stand, in letters.
fn mailboxes(letters: &[char]) -> Vec<(Sign, Range<usize>)> {
    let mut found = Vec::new();
    let mut begin = 0;
    for word in letters.split(|letter| letter.is_whitespace()) {
        let end = begin + word.len();
        if word.contains(&'@')
            && let Some(sign) = address(&word.iter().collect::<String>())
        {
            found.push((sign, begin..end));
        }
        begin = end + 1;
    }
    found
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
            ("WA 0800.000.0012", vec![Sign::Phone]),
            ("Loket 1 0800-0000-0012", vec![Sign::Phone]),
            ("2. 6280000000012", vec![Sign::Phone]),
            ("0800-0000-0012 08.00-12.00", vec![Sign::Phone]),
            ("Corp 0800-0000-0012", vec![Sign::Phone]),
            ("Rp 50.000 0800-0000-0012", vec![Sign::Phone]),
            ("surel saya ani@warga.example.", vec![Sign::Email]),
            ("akun @ani.contoh di Instagram", vec![Sign::Account]),
            ("nilai @Contoh_[1]* di naskah", vec![]),
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
    fn people_of_a_list_are_found_by_their_names() {
        let names = [
            "Dr. Ahli Rekaan, S.Contoh",
            "Warga Rahasia",
            "Bungaran",
            "Camat",
        ];
        let names = names.map(str::to_owned);
        for (text, expected) in [
            ("Kata ahli rekaan, loket lama.", vec!["ahli rekaan"]),
            ("Menurut Warga Rahasia antre lama", vec!["Warga Rahasia"]),
            ("Kata Bungaran belum jadi", vec!["Bungaran"]),
            ("Warga lain merahasiakan bungaran bersama Camat", vec![]),
            ("Perlu ahli yang rekaan", vec![]),
        ] {
            let found = people(text, &names).into_iter().map(|(_, words)| words);
            assert_eq!(found.collect::<Vec<_>>(), expected, "{text}");
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
    fn an_identity_number_is_found_however_it_is_written_and_covered() {
        for (text, number) in [
            ("NIK 6472011203990001 salah", "6472011203990001"),
            ("NIK 6472 0112 0399 0001, salah", "6472 0112 0399 0001"),
            ("NIK 64.72.01.120399.0001", "64.72.01.120399.0001"),
            ("NIK 647201-120399-0001", "647201-120399-0001"),
            ("NIK 647201  120399 – 0001.", "647201  120399 – 0001"),
            (
                "NIK 6472\u{a0}0112\u{a0}0399\u{a0}0001",
                "6472\u{a0}0112\u{a0}0399\u{a0}0001",
            ),
            ("NIP 19700101 199503 1 001", "19700101 199503 1 001"),
            ("1. 6472011203990001", "6472011203990001"),
            ("RW 5 6472011203990001", "6472011203990001"),
            ("3. 6472 0112 0399 0001", "6472 0112 0399 0001"),
            ("17-03-2026 6472015203990001", "6472015203990001"),
            ("6472011203990001 0800-0000-0012", "6472011203990001"),
            ("0541-731234 6472 0112 0399 0001", "6472 0112 0399 0001"),
            ("nomor 1234567890123456", "1234567890123456"),
        ] {
            assert_eq!(identity_numbers(text), [number], "{text}");
            assert!(never_public(text).is_some(), "{text}");
            let covered = for_everybody(text);
            assert!(!covered.contains(number), "{covered}");
            assert_eq!(identity_numbers(&covered), Vec::<String>::new(), "{text}");
            assert_eq!(covered.chars().count(), text.chars().count());
        }
        let two = "NIK 6472 0112 0399 0001 - 6472011203990002";
        assert_eq!(
            identity_numbers(two),
            ["6472 0112 0399 0001", "6472011203990002"]
        );
        for text in [
            "NIK 6472********0001",
            "tanggal 17-03-2026 08.00-12.00",
            "sejak 2026-03-17 08.00 sampai 12.00",
            "hubungi 0800-0000-0012 atau 0800-0000-0034",
            "loket 1, 2, 3 dan 4",
            "08.00-12.00 13.00-16.00",
            "11.30-12.15 12.30-13.45",
            "17-03-2026 07.30-16.00 18-03-2026 07.30-16.00",
            "2020 2021 2022 2023",
            "2024-2025 2025-2026",
            "ADU-2026-000001 17-03-2026",
            "6.472.011.203.990.001 rupiah",
        ] {
            assert_eq!(identity_numbers(text), Vec::<String>::new(), "{text}");
        }
    }

    #[test]
    fn everybody_reads_neither_numbers_nor_mailboxes() {
        for (text, expected) in [
            ("NIK 6472011203990001 salah", "NIK **************** salah"),
            (
                "hubungi 0800-0000-0012 atau surel ani@warga.example.",
                "hubungi ****-****-**** atau surel ***@*****.*******.",
            ),
            (
                "0800-0000-0012 0800-0000-0034, 0800-0000-0056 17-03-2026",
                "****-****-**** ****-****-****, ****-****-**** 17-03-2026",
            ),
            ("akun @ani.contoh", "akun @***.******"),
            (
                "rumah di RT 03, 17-03-2026 pukul 08.00, Ibu Ratna",
                "rumah di RT 03, 17-03-2026 pukul 08.00, Ibu Ratna",
            ),
        ] {
            assert_eq!(for_everybody(text), expected);
        }
    }

    #[test]
    fn a_name_is_told_as_it_was_typed() {
        let known = ["Bungaran Contoh".to_owned()];
        let found = leftovers("Kata BUNGARAN, belum jadi.", &known);
        assert_eq!(found, [(Sign::Reporter, "BUNGARAN".to_owned())]);
    }

    #[test]
    fn ordinary_words_are_no_traces() {
        for text in [
            "Antrean di loket 2 sejak 17-03-2026 pukul 10.00 sampai 12.30 sangat panjang.",
            "Bapak Camat dan Ibu Kepala Dinas, mohon perhatian.",
            "Anggaran Rp 620.000.000 dan Rp62.000.000.000 belum cair",
            "Biaya Rp 1.500.000 tidak ada di standar pelayanan 2025.",
            "Anggaran 6.200.000.000 dan 6.200.021.500 belum cair",
            "Buka 08.00-12.00 13.00-16.00 sejak 2020 2021 2022 2023",
            "Perbaikan jalan 2026-000123 dan 03-03-2026 10.00",
            "ibu saya sakit, bapak saya juga",
            "Sudah 3 kali saya datang @ loket",
        ] {
            assert_eq!(leftovers(text, &[]), Vec::new(), "{text}");
        }
    }
}
