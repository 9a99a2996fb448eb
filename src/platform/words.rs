//! Words as people compare them.

/// Small letters and single blanks: how a name was typed makes no other name.
#[must_use]
pub fn folded(text: &str) -> String {
    let words: Vec<&str> = text.split_whitespace().collect();
    words.join(" ").to_lowercase()
}

/// What several words say of somebody, each thing once: "Tokoh" beside "Tokoh Masyarakat" adds nothing, and neither does
/// an institution beside "Kepala" of it.
#[must_use]
pub fn said_once(parts: &[&str], between: &str) -> String {
    beside("", parts, between)
}

/// The same beside a name that may say some of it already.
#[must_use]
pub fn beside(name: &str, parts: &[&str], between: &str) -> String {
    let said: Vec<Vec<String>> = parts.iter().map(|part| plain(part)).collect();
    let name = plain(name);
    let adds = |at: usize| {
        let part = &said[at];
        let elsewhere = said.iter().enumerate().any(|(other, whole)| {
            let first = whole != part || other < at;
            other != at && first && says(whole, part)
        });
        !part.is_empty() && !says(&name, part) && !elsewhere
    };
    let kept = (0..parts.len()).filter(|at| adds(*at));
    kept.map(|at| parts[at]).collect::<Vec<_>>().join(between)
}

/// Words without commas and capitals, however they are parted.
#[must_use]
pub fn plain(text: &str) -> Vec<String> {
    let words = text.split(|c: char| !c.is_alphanumeric());
    let words = words.filter(|word| !word.is_empty());
    words.map(str::to_lowercase).collect()
}

/// Whether the one has the words of the other, in a row.
fn says(whole: &[String], part: &[String]) -> bool {
    !part.is_empty() && whole.windows(part.len()).any(|words| words == part)
}

/// "S.H.", "M.Si", "SE MM": short words of capitals, or with dots. "Ka. UPT" is none: it shortens a position. Where a
/// whole list is written in capitals, so is "LURAH".
#[must_use]
pub fn is_degree(part: &str) -> bool {
    const LONGEST: usize = 6;
    part.split_whitespace().all(|word| {
        let letters: Vec<char> = word.chars().filter(|c| c.is_alphabetic()).collect();
        let shortens = in_full(word) != plain(word).join(" ");
        let capitals = letters.len() <= 4 && letters.iter().all(|c| c.is_uppercase());
        let dotted = word.contains('.') && letters.len() <= LONGEST;
        let digits = word.contains(|c: char| c.is_ascii_digit());
        !letters.is_empty() && !shortens && !digits && (capitals || dotted)
    })
}

/// What people write before a name, and leave out when they say it.
const TITLES: &[&str] = &[
    "prof", "dr", "dra", "drs", "drg", "drh", "ir", "apt", "ns", "h", "hj", "kh", "ust", "ustad",
    "ustadz", "ustadzah", "pdt", "bapak", "bpk", "pak", "ibu", "bu", "sdr", "sdri", "mr", "mrs",
];

/// What is written behind the first letter of a degree: "M.Si", "S.H.", "S.STP".
const SUBJECTS: &[&str] = &[
    "a", "acc", "ag", "ak", "ap", "ars", "d", "e", "ec", "eng", "farm", "gz", "h", "hum", "hut",
    "i", "ikom", "ip", "k", "keb", "kep", "kes", "kh", "kn", "kom", "log", "m", "md", "or", "p",
    "pd", "pi", "psi", "pt", "sc", "si", "sn", "sos", "stat", "stp", "t", "th", "tr",
];

/// Whether a word is a degree for sure, so that no comma need part it from the name; "M.Ali" is none.
fn is_known_degree(word: &str) -> bool {
    let parts = plain(word);
    let parts: Vec<&str> = parts.iter().map(String::as_str).collect();
    let dotted = word.trim_end_matches('.').contains('.');
    match parts.split_first() {
        Some((&"sp", rest)) => dotted && !rest.is_empty(),
        Some((&("s" | "m" | "a" | "d" | "ph"), rest)) => {
            dotted && rest.iter().all(|part| SUBJECTS.contains(part))
        }
        _ => false,
    }
}

/// A name without the degrees behind it that no comma parts off.
fn without_degrees(name: &str) -> String {
    let mut words: Vec<&str> = name.split_whitespace().collect();
    while words.len() > 1 && words.last().is_some_and(|word| is_known_degree(word)) {
        words.pop();
    }
    words.join(" ")
}

/// The words of a name without titles and degrees: "Dr. Ahli Rekaan, M.Si" is "ahli rekaan". Where nothing else would
/// be left, the titles are the name. For comparing, never for showing.
#[must_use]
pub fn bare_name(name: &str) -> Vec<String> {
    let mut parts = name.split(',').map(str::trim);
    let first = plain(&without_degrees(parts.next().unwrap_or_default()));
    let is_title = |word: &&String| TITLES.contains(&word.as_str());
    let titles = first.iter().take_while(is_title).count();
    let titles = if titles == first.len() { 0 } else { titles };
    let beside = parts.filter(|part| !is_degree(part)).flat_map(plain);
    first.into_iter().skip(titles).chain(beside).collect()
}

/// How lists of offices shorten, and what is meant.
const SHORT: &[(&str, &str)] = &[
    ("prov", "provinsi"),
    ("prop", "provinsi"),
    ("propinsi", "provinsi"),
    ("kab", "kabupaten"),
    ("kec", "kecamatan"),
    ("kel", "kelurahan"),
    ("ds", "desa"),
    ("htl", "hotel"),
    ("gd", "gedung"),
    ("r", "ruang"),
    ("jl", "jalan"),
    ("jln", "jalan"),
    ("ka", "kepala"),
    ("kadis", "kepala dinas"),
    ("kabid", "kepala bidang"),
    ("kasubbag", "kepala subbagian"),
    ("sekda", "sekretaris daerah"),
    ("setda", "sekretariat daerah"),
    ("pemprov", "pemerintah provinsi"),
    ("pemkab", "pemerintah kabupaten"),
    ("pemkot", "pemerintah kota"),
    ("kanwil", "kantor wilayah"),
    ("univ", "universitas"),
    ("rs", "rumah sakit"),
    ("rsud", "rumah sakit umum daerah"),
    ("rsjd", "rumah sakit jiwa daerah"),
    ("dinkes", "dinas kesehatan"),
    ("kadinkes", "kepala dinas kesehatan"),
    ("disdik", "dinas pendidikan"),
    ("disdikbud", "dinas pendidikan dan kebudayaan"),
    ("dinsos", "dinas sosial"),
    ("dishub", "dinas perhubungan"),
    ("dishut", "dinas kehutanan"),
    ("disbun", "dinas perkebunan"),
    ("diskominfo", "dinas komunikasi dan informatika"),
    ("disdukcapil", "dinas kependudukan dan pencatatan sipil"),
    (
        "kadisdukcapil",
        "kepala dinas kependudukan dan pencatatan sipil",
    ),
    ("bappeda", "badan perencanaan pembangunan daerah"),
    ("kesbangpol", "badan kesatuan bangsa dan politik"),
    ("ri", "republik indonesia"),
    ("kaltim", "kalimantan timur"),
    ("kaltara", "kalimantan utara"),
    ("kalsel", "kalimantan selatan"),
    ("kalbar", "kalimantan barat"),
    ("kalteng", "kalimantan tengah"),
    ("sulsel", "sulawesi selatan"),
    ("sulbar", "sulawesi barat"),
    ("sulteng", "sulawesi tengah"),
    ("sultra", "sulawesi tenggara"),
    ("sulut", "sulawesi utara"),
    ("jabar", "jawa barat"),
    ("jateng", "jawa tengah"),
    ("jatim", "jawa timur"),
];

/// The words that are meant, small and in full: "Dinkes Prov. Kaltim" is "dinas kesehatan provinsi kalimantan timur".
/// Signs go, but a comma stays, because it parts a person from the position. For comparing, never for showing.
#[must_use]
pub fn in_full(text: &str) -> String {
    let spaced = folded(text).replace('&', " dan ").replace(',', " , ");
    let mut out = String::with_capacity(spaced.len());
    for word in spaced.split(|c: char| !c.is_alphanumeric() && c != ',') {
        let meant = SHORT
            .iter()
            .find(|(short, _)| *short == word)
            .map_or(word, |(_, whole)| *whole);
        if !meant.is_empty() {
            if !out.is_empty() && meant != "," {
                out.push(' ');
            }
            out.push_str(meant);
        }
    }
    out
}

/// Letters and digits of the words that are meant: blanks, hyphens and dots make no other name.
#[must_use]
pub fn letters(text: &str) -> String {
    let whole = in_full(text);
    whole.chars().filter(|c| c.is_alphanumeric()).collect()
}

#[cfg(test)]
mod tests {
    use super::{bare_name, beside, folded, in_full, is_degree, letters, said_once};

    #[test]
    fn what_says_the_same_stands_there_once() {
        for (role, organisation, text) in [
            ("Tokoh Masyarakat", "tokoh  masyarakat", "Tokoh Masyarakat"),
            ("Tokoh", "Tokoh Masyarakat", "Tokoh Masyarakat"),
            ("Kepala Dinas Tiga", "Dinas Tiga", "Kepala Dinas Tiga"),
            ("Analis", "Dinas Sosial", "Analis, Dinas Sosial"),
            ("Kepala Bidang", "Kepala", "Kepala Bidang"),
            ("Staf", "Stafsus Contoh", "Staf, Stafsus Contoh"),
            ("", "Dinas Sosial", "Dinas Sosial"),
            ("Warga", "", "Warga"),
            ("", "", ""),
        ] {
            assert_eq!(said_once(&[role, organisation], ", "), text);
        }
        for (name, role, organisation, text) in [
            ("Tribun Contoh", "", "Tribun Contoh", ""),
            ("Kepala Dinas Tiga", "", "Dinas Tiga", ""),
            ("Dinas Tiga", "Analis", "Dinas Tiga", "Analis"),
            (
                "Karina Contoh",
                "Analis",
                "Dinas Tiga",
                "Analis · Dinas Tiga",
            ),
        ] {
            assert_eq!(beside(name, &[role, organisation], " · "), text, "{name}");
        }
    }

    fn same_words(one: &str, other: &str) -> bool {
        letters(one) == letters(other)
    }

    #[test]
    fn a_degree_is_no_position() {
        for degree in ["S.H.", "M.Si", "SE MM", "MARS", "Sp.OG", "S.Sos", "S.STP"] {
            assert!(is_degree(degree), "{degree}");
        }
        for position in ["LURAH", "CAMAT", "Lurah", "Ka. UPT", "RT 05", "Ketua"] {
            assert!(!is_degree(position), "{position}");
        }
    }

    #[test]
    fn titles_make_no_other_person() {
        for (name, bare) in [
            ("Dr. Ahli Rekaan", "ahli rekaan"),
            ("Prof. Dr.dr. Ahli Rekaan, Sp.A, M.Kes", "ahli rekaan"),
            ("Hj. AHLI  Rekaan", "ahli rekaan"),
            ("Prof. Ahli Rekaan M.Si", "ahli rekaan"),
            ("Ahli Rekaan S.STP. M.A.P., Lurah", "ahli rekaan lurah"),
            ("Ahli Rekaan S.Sos, M.Si", "ahli rekaan"),
            ("Ahli M.Ali", "ahli m ali"),
            ("Ahli H.Rekaan", "ahli h rekaan"),
            ("Ahli R.", "ahli r"),
            ("AHLI SE", "ahli se"),
            ("M.Si", "m si"),
            ("Ahli Rekaan, Ketua RT 05", "ahli rekaan ketua rt 05"),
            ("Ibu", "ibu"),
            ("", ""),
        ] {
            assert_eq!(bare_name(name).join(" "), bare, "{name}");
        }
    }

    #[test]
    fn capitals_and_blanks_make_no_other_name() {
        assert_eq!(folded("  Kepala\u{a0}DINAS \n "), folded("kepala dinas"));
        assert_ne!(folded("Kepala Dinas"), folded("Kepaladinas"));
    }

    #[test]
    fn what_lists_of_offices_shorten_is_read_in_full() {
        for (short, whole) in [
            (
                "Kepala Dinas Kesehatan Prov. Kaltim",
                "Kepala Dinas Kesehatan Provinsi Kalimantan Timur",
            ),
            (
                "Ka. Dinkes Prov.Kaltim",
                "Kepala Dinas Kesehatan Provinsi Kalimantan Timur",
            ),
            (
                "Kadisdukcapil Prov. Sulsel",
                "Kepala Dinas Kependudukan & Pencatatan Sipil Provinsi Sulawesi Selatan",
            ),
            ("Sekda Kab. Jember", "Sekretaris Daerah Kabupaten Jember"),
            ("Camat Kec. Contoh", "Camat Kecamatan Contoh"),
            ("Kel. Gunung Lingai", "Kelurahan Gunung Lingai"),
            ("Htl. Puri Senyiur", "Hotel Puri Senyiur"),
            (
                "Kepala UOBK RSUD dr. Kanujoso Djatiwibowo",
                "Kepala UOBK Rumah Sakit Umum Daerah dr Kanujoso Djatiwibowo",
            ),
        ] {
            assert!(same_words(short, whole), "{short}: {}", in_full(short));
        }
        for (one, other) in [
            (
                "Dinas Kesehatan Prov. Kaltim",
                "Dinas Kesehatan Kota Samarinda",
            ),
            ("Kel. Contoh", "Kec. Contoh"),
            ("Universitas Kaltara", "Universitas Kaltim"),
        ] {
            assert!(!same_words(one, other), "{one}: {other}");
        }
    }

    #[test]
    fn a_comma_still_parts_a_person_from_the_position() {
        assert_eq!(
            in_full("Budi Contoh, Ka. Dinkes"),
            "budi contoh, kepala dinas kesehatan"
        );
    }
}
