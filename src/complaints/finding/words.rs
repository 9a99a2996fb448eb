//! What of a complaint is searched, as words that both databases take literally (small ASCII letters and digits), and
//! the language of the search field: words of which all must stand there, `"in this order"`, `-not this`, `begin*`.
//! Nothing that somebody types is an error.

use crate::platform::stemming;

/// Between the parts of a document: no phrase reaches over it.
const BORDER: &str = "|";
/// More is a NIK or a telephone number that somebody wrote into the text: those cannot be searched for.
const MOST_DIGITS: usize = 9;
/// So many words of a question are looked at.
const MOST_TERMS: usize = 8;
const LONGEST_TOKEN: usize = 40;

/// What somebody is looking for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Wanted {
    /// Every one of them stands in the text.
    pub all: Vec<Term>,
    pub none: Vec<Term>,
    /// Words that follow each other; they stand in `all` too.
    pub phrases: Vec<Vec<String>>,
    /// The whole question is a complaint's number.
    pub number: Option<String>,
    /// Something was typed, and no word of it can be searched for: nothing is found.
    pub hopeless: bool,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Term {
    pub word: String,
    /// Any word that begins like this.
    pub begins: bool,
    /// Or like one of these: documents hold stems, and what was typed may have a prefix before its own.
    pub also: Vec<String>,
}

impl Wanted {
    /// Whether anything is asked for.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }

    /// Whether words are asked for, which not everybody may read.
    #[must_use]
    pub fn asks_words(&self) -> bool {
        !self.all.is_empty() || !self.none.is_empty()
    }
}

/// The searched words of a text, in their order.
#[must_use]
pub fn of_text(text: &str) -> Vec<String> {
    let mut found = Vec::new();
    for word in raw_words(&without_numbers(text)) {
        take(&word, MOST_DIGITS, &mut found);
    }
    found
}

/// The text without telephone numbers and NIKs, in whatever groups they are written: `0800-0000-0012`,
/// `6471.0101.0101.0001`. Dates, times and amounts have smaller groups, numbers of complaints have letters before them.
fn without_numbers(text: &str) -> String {
    let letters: Vec<char> = text.chars().collect();
    let mut left = String::with_capacity(text.len());
    let mut at = 0;
    while let Some(rest) = letters.get(at..).filter(|rest| !rest.is_empty()) {
        let (end, digits, groups) = number_in(rest);
        let named = at > 1 && letters[at - 1] == '-' && letters[at - 2].is_alphabetic();
        if digits > MOST_DIGITS && digits >= groups * 3 && !named {
            left.push(' ');
        } else {
            left.extend(&rest[..end.max(1)]);
        }
        at += end.max(1);
    }
    left
}

/// How far a number goes that begins here, over marks between its groups; its digits and groups.
fn number_in(rest: &[char]) -> (usize, usize, usize) {
    let (mut end, mut digits, mut groups) = (0, 0, 0);
    for (at, letter) in rest.iter().enumerate() {
        if letter.is_ascii_digit() {
            groups += usize::from(digits == 0 || end < at);
            digits += 1;
            end = at + 1;
        } else if digits == 0 || at > end + 1 || !" .-/()".contains(*letter) {
            break;
        }
    }
    (end, digits, groups)
}

/// The words of several parts as one document.
#[must_use]
pub fn document(parts: &[&str]) -> String {
    let parts: Vec<String> = parts
        .iter()
        .map(|part| of_text(part).join(" "))
        .filter(|part| !part.is_empty())
        .collect();
    parts.join(&format!(" {BORDER} "))
}

/// Adds a part to a document.
#[must_use]
pub fn joined(document: &str, part: &str) -> String {
    if document.is_empty() || part.is_empty() {
        return format!("{document}{part}");
    }
    format!("{document} {BORDER} {part}")
}

/// A number of another system (an SP4N-LAPOR tracking id), however long, as the words that find it.
#[must_use]
pub fn of_reference(reference: &str) -> String {
    let mut found = Vec::new();
    for word in raw_words(reference) {
        take(&word, usize::MAX, &mut found);
    }
    found.join(" ")
}

/// A property of a complaint as a word that nobody types: rare ones are found without looking through all.
#[must_use]
pub fn property(name: &str, value: &str) -> String {
    let value: String = value
        .chars()
        .filter(char::is_ascii_alphanumeric)
        .collect::<String>()
        .to_ascii_lowercase();
    format!("x0{name}0{value}")
}

/// Reads what somebody typed into a search field.
#[must_use]
pub fn wanted(typed: &str) -> Wanted {
    let typed = typed.trim();
    let mut wanted = Wanted::default();
    if typed.is_empty() {
        return wanted;
    }
    if let Some(number) = as_number(typed) {
        wanted.number = Some(number);
        return wanted;
    }
    for (part, quoted, not) in parts(typed) {
        if wanted.all.len() + wanted.none.len() >= MOST_TERMS {
            break;
        }
        let begins = !quoted && part.ends_with('*');
        let words = if begins {
            beginning(&part)
        } else {
            let mut found = Vec::new();
            for word in raw_words(&part) {
                take(&word, usize::MAX, &mut found);
            }
            found
        };
        if quoted && !not && words.len() > 1 {
            wanted.phrases.push(words.clone());
        }
        for word in words {
            let also = if begins { stems_of(&word) } else { Vec::new() };
            let term = Term { word, begins, also };
            let list = if not {
                &mut wanted.none
            } else {
                &mut wanted.all
            };
            if !list.contains(&term) {
                list.push(term);
            }
        }
    }
    wanted.all.truncate(MOST_TERMS);
    wanted.none.truncate(MOST_TERMS);
    wanted.hopeless = !wanted.asks_words();
    wanted
}

/// `adu-2026-123` is `ADU-2026-000123`.
fn as_number(typed: &str) -> Option<String> {
    let typed = typed.to_uppercase();
    let mut parts = typed.rsplitn(3, '-');
    let (count, year, prefix) = (parts.next()?, parts.next()?, parts.next()?);
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    let letters = |letter: char| letter.is_ascii_alphanumeric() || letter == '-';
    let fits = digits(count)
        && count.len() < 10
        && digits(year)
        && year.len() == 4
        && !prefix.is_empty()
        && prefix.starts_with(|letter: char| letter.is_ascii_alphabetic())
        && prefix.chars().all(letters);
    fits.then(|| format!("{prefix}-{year}-{count:0>6}"))
}

/// (text, in quotation marks, not wanted)
fn parts(typed: &str) -> Vec<(String, bool, bool)> {
    let mut found = Vec::new();
    let mut rest = typed;
    while let Some(start) = rest.find(|letter: char| !letter.is_whitespace()) {
        rest = &rest[start..];
        let not = rest.starts_with('-') || rest.starts_with('−');
        if not {
            rest = rest.trim_start_matches(['-', '−']);
        }
        if let Some(inside) = rest.strip_prefix(['"', '“', '”']) {
            let end = inside.find(['"', '“', '”']).unwrap_or(inside.len());
            found.push((inside[..end].to_owned(), true, not));
            rest = inside[end..].trim_start_matches(['"', '“', '”']);
        } else {
            let end = rest
                .find(|letter: char| letter.is_whitespace() || matches!(letter, '"' | '“' | '”'))
                .unwrap_or(rest.len());
            found.push((rest[..end].to_owned(), false, not));
            rest = &rest[end..];
        }
    }
    found
}

/// `perpanj*`: what was typed, as it is; one letter would be half of all words.
fn beginning(part: &str) -> Vec<String> {
    let words = raw_words(part);
    words
        .into_iter()
        .map(|(one, other)| one + &other.unwrap_or_default())
        .map(|word| word.chars().take(LONGEST_TOKEN).collect::<String>())
        .filter(|word| word.len() > 1)
        .collect()
}

/// Prefixes, and what the first letter of a stem may have been before them: `menulis` is of `tulis`.
const PREFIXES: [(&str, &[&str]); 18] = [
    ("memper", &[""]),
    ("diper", &[""]),
    ("meny", &["s"]),
    ("peny", &["s"]),
    ("meng", &["", "k"]),
    ("peng", &["", "k"]),
    ("mem", &["", "p"]),
    ("pem", &["", "p"]),
    ("men", &["", "t"]),
    ("pen", &["", "t"]),
    ("per", &[""]),
    ("pe", &[""]),
    ("me", &[""]),
    ("ber", &[""]),
    ("ter", &[""]),
    ("di", &[""]),
    ("ke", &[""]),
    ("se", &[""]),
];

/// How the stems may begin of words that begin like this: of `perpanj`, `panj`.
fn stems_of(beginning: &str) -> Vec<String> {
    let mut found = vec![stemming::stem(beginning)];
    for (prefix, firsts) in PREFIXES {
        let rest = beginning.strip_prefix(prefix).filter(|rest| rest.len() > 2);
        found.extend(
            firsts
                .iter()
                .filter_map(|first| Some(format!("{first}{}", rest?))),
        );
    }
    found.retain(|stem| stem != beginning && !stem.is_empty());
    found.sort_unstable();
    found.dedup();
    found
}

/// A word, and the one that a hyphen joins to it.
type Raw = (String, Option<String>);

/// The words of a text in small ASCII letters and digits.
fn raw_words(text: &str) -> Vec<Raw> {
    let mut found: Vec<Raw> = Vec::new();
    let mut word = String::new();
    let mut before: Option<String> = None;
    let close = |word: &mut String, before: &mut Option<String>, found: &mut Vec<Raw>| {
        let word = std::mem::take(word);
        match before.take() {
            Some(first) if word.is_empty() => found.push((first, None)),
            Some(first) => found.push((first, Some(word))),
            None if word.is_empty() => {}
            None => found.push((word, None)),
        }
    };
    for letter in text.chars() {
        match letter {
            // `Jum'at`, `Qur’an`
            '\'' | '’' | '`' | '‘' => {}
            '-' | '‐' | '‑' if before.is_none() && !word.is_empty() => {
                before = Some(std::mem::take(&mut word));
            }
            _ if letter.is_alphanumeric() => fold(letter, &mut word),
            _ => close(&mut word, &mut before, &mut found),
        }
    }
    close(&mut word, &mut before, &mut found);
    found
}

/// A letter as small ASCII letters: accents fall off, other scripts are spelled by number, so that every database
/// cuts words at the same places.
fn fold(letter: char, word: &mut String) {
    for small in letter.to_lowercase() {
        match small {
            'a'..='z' | '0'..='9' => word.push(small),
            'à'..='å' | 'ā' | 'ă' => word.push('a'),
            'è'..='ë' | 'ē' | 'ĕ' | 'ě' => word.push('e'),
            'ì'..='ï' | 'ī' => word.push('i'),
            'ò'..='ö' | 'ō' | 'ø' => word.push('o'),
            'ù'..='ü' | 'ū' => word.push('u'),
            'ç' => word.push('c'),
            'ñ' => word.push('n'),
            'ý' | 'ÿ' => word.push('y'),
            // A dot or accent that stands alone after its letter.
            _ if !small.is_alphanumeric() => {}
            other => word.push_str(&format!("u{:x}", u32::from(other))),
        }
    }
}

/// The searched words of a raw one.
fn take((one, other): &Raw, most_digits: usize, found: &mut Vec<String>) {
    if let Some(other) = other {
        if let Some(both) = stemming::stem_doubled(one, other) {
            return keep(both, most_digits, found);
        }
        take(&(one.clone(), None), most_digits, found);
        return take(&(other.clone(), None), most_digits, found);
    }
    // `surat2` is how people write `surat-surat`.
    let doubled = one
        .strip_suffix('2')
        .filter(|word| word.len() > 3 && word.bytes().all(|byte| byte.is_ascii_alphabetic()));
    let word = doubled.unwrap_or(one);
    if !stemming::is_stop_word(word) {
        keep(stemming::stem(word), most_digits, found);
    }
}

fn keep(mut word: String, most_digits: usize, found: &mut Vec<String>) {
    if word.bytes().all(|byte| byte.is_ascii_digit()) {
        if word.len() > most_digits {
            return;
        }
        // `000123` and `123` are one number.
        let trimmed = word.trim_start_matches('0');
        word = if trimmed.is_empty() { "0" } else { trimmed }.to_owned();
    }
    if stemming::is_stop_word(&word) {
        return;
    }
    word.truncate(LONGEST_TOKEN);
    found.push(word);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_document_holds_the_stems_of_its_words() {
        for (text, words) in [
            ("KTP-el saya belum jadi.", "ktp"),
            ("Surat-surat dan buku-bukunya hilang!", "surat buku hilang"),
            (
                "Jum'at, di Loket 02: petugasnya MARAH",
                "jumat loket 2 petugas marah",
            ),
            ("e-KTP / ektp / KTPel", "ktp ktp ktp"),
            ("surat2 café", "surat cafe"),
            ("NIK 6471010101010001, HP 081200000000", "nik hp"),
            ("HP 0800-0000-0012, (0800) 0000 0012", "hp"),
            ("WA +62 800-0000-0012 ya", "wa"),
            ("NIK 6471.0101.0101.0001", "nik"),
            (
                "17/03/2026 10.30 ADU-2026-000123",
                "17 3 2026 10 30 adu 2026 123",
            ),
            ("中文", "u4e2du6587"),
            ("", ""),
            ("\u{200b}\u{202e} -- '' **", ""),
        ] {
            assert_eq!(of_text(text).join(" "), words, "{text}");
        }
        assert_eq!(
            document(&["Loket tutup", "", "Antri"]),
            "loket tutup | antre"
        );
    }

    #[test]
    fn a_beginning_with_a_prefix_finds_the_stem_behind_it() {
        for (typed, stem) in [
            ("perpanj", "panj"),
            ("pelaya", "laya"),
            ("menulisk", "tulisk"),
            ("menyampaik", "sampaik"),
            ("mengurusk", "urusk"),
        ] {
            let found = stems_of(typed);
            assert!(found.iter().any(|one| one == stem), "{typed}: {found:?}");
        }
    }

    fn shown(typed: &str) -> String {
        let wanted = wanted(typed);
        let list = |terms: &[Term]| {
            let words = terms.iter().map(|term| match term.begins {
                true => format!("{}*", term.word),
                false => term.word.clone(),
            });
            words.collect::<Vec<_>>().join(" ")
        };
        format!(
            "{}/{}/{:?}/{}{}",
            list(&wanted.all),
            list(&wanted.none),
            wanted.phrases,
            wanted.number.unwrap_or_default(),
            if wanted.hopeless { "!" } else { "" }
        )
    }

    #[test]
    fn a_question_is_read_as_it_is_meant() {
        for (typed, meant) in [
            ("", "//[]/"),
            ("pelayanan loket", "layan loket//[]/"),
            ("loket -antrean", "loket/antre/[]/"),
            (
                "\"kartu keluarga\" hilang",
                "kartu keluarga hilang//[[\"kartu\", \"keluarga\"]]/",
            ),
            ("-\"kartu keluarga\"", "/kartu keluarga/[]/"),
            ("perpanj*", "perpanj*//[]/"),
            ("adu-2026-123", "//[]/ADU-2026-000123"),
            (" ADU-KT-2026-000123 ", "//[]/ADU-KT-2026-000123"),
            ("7654321", "7654321//[]/"),
            ("yang di", "//[]/!"),
            ("\"", "//[]/!"),
            ("* - -- \"\" OR AND", "//[]/!"),
            (
                "NEAR(a b) col:x 'y' ; DROP TABLE--",
                "near col drop table//[]/",
            ),
        ] {
            assert_eq!(shown(typed), meant, "{typed}");
        }
    }

    #[test]
    fn nothing_that_is_typed_breaks_the_reading() {
        for typed in [
            "\0",
            "\u{202e}",
            "'''",
            "((((",
            "a*b*c",
            "-",
            "--\"",
            "💥 🙈",
            "%%__\\",
            "İ",
            "ß",
            "ǅ",
        ] {
            let wanted = wanted(typed);
            for term in wanted.all.iter().chain(&wanted.none) {
                let plain = term.word.bytes().all(|byte| byte.is_ascii_alphanumeric());
                assert!(plain && !term.word.is_empty(), "{typed}: {term:?}");
            }
        }
        assert!(wanted(&"kata ".repeat(5000)).all.len() <= 8);
    }
}
