//! How many people, points and inputs a text says there were, in figures or in words, and what it refers to by a number.

use crate::{forums::prose::Prose, platform::words::plain};

/// The annexes of a forum's report, as the guideline lists them.
pub const ANNEXES: usize = 7;
/// After these stands how many came, with no more than these between.
const CAME: [&str; 3] = ["dihadiri", "diikuti", "hadir"];
const BEFORE_COUNT: [&str; 7] = [
    "oleh", "sebanyak", "sejumlah", "sekitar", "kurang", "lebih", "total",
];
/// A smaller number of people with one of these behind it is a part of those who came.
const PARTS: [&str; 33] = [
    "perwakilan",
    "wakil",
    "dari",
    "unsur",
    "pejabat",
    "narasumber",
    "tamu",
    "undangan",
    "pengguna",
    "petugas",
    "pegawai",
    "laki",
    "pria",
    "perempuan",
    "wanita",
    "ibu",
    "bapak",
    "tua",
    "anak",
    "remaja",
    "pemuda",
    "lansia",
    "lanjut",
    "penyandang",
    "disabilitas",
    "difabel",
    "warga",
    "masyarakat",
    "tokoh",
    "mahasiswa",
    "pelajar",
    "akademisi",
    "wartawan",
];
/// Annexes of a regulation, and points of a questionnaire, are others.
const OF_OTHERS: [&str; 8] = [
    "peraturan",
    "keputusan",
    "undang",
    "permenpan",
    "surat",
    "pertanyaan",
    "pernyataan",
    "soal",
];
/// What has points of its own, beside those.
const HAVE_POINTS: [&str; 10] = [
    "standar",
    "komponen",
    "kuesioner",
    "survei",
    "lampiran",
    "pasal",
    "ayat",
    "huruf",
    "uu",
    "pedoman",
];
/// May stand between a point and its number.
const LEADS: [&str; 4] = ["ke", "nomor", "no", "angka"];
const ONES: [&str; 9] = [
    "satu", "dua", "tiga", "empat", "lima", "enam", "tujuh", "delapan", "sembilan",
];

/// What the record of a forum counts; nothing where that is not known yet, when no number is judged.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Counted {
    pub points: Option<usize>,
    pub inputs: Option<usize>,
    /// The number of the Berita Acara.
    pub number: Option<String>,
}

/// The number that these words begin with, and how many of them it takes: `500`, `1.500`, `lima ratus`.
fn number_at(words: &[&str]) -> Option<(usize, usize)> {
    let figure = words.first()?.parse::<usize>().ok();
    let Some(mut figure) = figure else {
        return spelled_at(words);
    };
    let mut taken = 1;
    while let Some(word) = words
        .get(taken)
        .filter(|word| word.len() == 3 && figure < 1_000_000)
        && words[taken - 1].len() <= 3
        && let Ok(thousandth) = word.parse::<usize>()
    {
        figure = figure * 1_000 + thousandth;
        taken += 1;
    }
    Some((figure, taken))
}

fn spelled_at(words: &[&str]) -> Option<(usize, usize)> {
    let (mut thousands, mut sum, mut last, mut taken) = (0, 0, 0, 0);
    for word in words {
        let one = ONES.iter().position(|one| one == word);
        match (*word, one) {
            (_, Some(at)) => last = at + 1,
            ("sepuluh", _) => sum += 10,
            ("sebelas", _) => sum += 11,
            ("seratus", _) => sum += 100,
            ("seribu", _) => thousands += 1_000,
            ("belas", _) => sum += 10 + std::mem::take(&mut last),
            ("puluh", _) => sum += 10 * std::mem::take(&mut last),
            ("ratus", _) => sum += 100 * std::mem::take(&mut last),
            ("ribu", _) => {
                thousands += 1_000 * (sum + last);
                (sum, last) = (0, 0);
            }
            _ => break,
        }
        taken += 1;
    }
    let number = thousands + sum + last;
    (number > 0).then_some((number, taken))
}

/// A number with what it counts: what stands in brackets behind it says it again.
fn counted_at<'a>(words: &'a [&'a str]) -> Option<(usize, &'a [&'a str])> {
    let (number, taken) = number_at(words)?;
    let rest = &words[taken..];
    match number_at(rest) {
        Some((again, taken)) if again == number => Some((number, &rest[taken..])),
        _ => Some((number, rest)),
    }
}

/// `dihadiri oleh 500 (lima ratus) orang`, `dihadiri lima ratus orang`: another number than the attendance list has.
pub(super) fn other_counts(prose: &Prose<'_>, present: usize) -> Vec<String> {
    let words = prose.plain_words();
    let mut found = Vec::new();
    for (at, _) in words.iter().enumerate().filter(|(at, word)| {
        let denied = *at > 0 && matches!(words[at - 1], "tidak" | "belum");
        CAME.contains(word) && !denied
    }) {
        let rest = &words[at + 1..];
        let between = rest.iter().take_while(|word| BEFORE_COUNT.contains(word));
        let Some((count, rest)) = counted_at(&rest[between.count()..]) else {
            continue;
        };
        let near = rest.iter().take(6);
        let mut near = near.take_while(|word| word.parse::<usize>().is_err());
        let Some(people) = near.position(|word| matches!(*word, "orang" | "peserta")) else {
            continue;
        };
        let after = rest.get(people + 1).copied().unwrap_or_default();
        let is_part = count < present && PARTS.contains(&after);
        if present > 0 && count != present && !is_part {
            found.push(format!("{count} {}", rest[people]));
        }
    }
    found
}

/// More people, points or inputs than the record has, a number whose words say another, an annex that no report has, and
/// a Berita Acara of another number.
pub(super) fn other_things(
    sentence: &str,
    prose: &Prose<'_>,
    present: usize,
    counted: &Counted,
) -> Vec<String> {
    let words = prose.plain_words();
    let mut found = Vec::new();
    let mut at = 0;
    while at < words.len() {
        let taken = number_at(&words[at..]).map_or(1, |(_, taken)| taken);
        let counts = counted_at(&words[at..]);
        let is_named = at > 0 && words[at - 1] == "butir";
        at += taken;
        let Some((count, rest)) = counts else {
            continue;
        };
        let thing = rest.first().copied().unwrap_or_default();
        let known = match thing {
            "peserta" => Some(present).filter(|present| *present > 0),
            "butir" => counted.points,
            "masukan" => counted.inputs,
            _ => None,
        };
        let after = rest.get(1).copied().unwrap_or_default();
        // "Nomor 400/1/2026, butir 3" counts nothing: that is a year, and other parts of a number are large.
        let refers = is_named || (count > 1_000 && after.parse::<usize>().is_ok());
        let is_count = !refers && !(1900..2200).contains(&count);
        if is_count && known.is_some_and(|known| count > known) && !OF_OTHERS.contains(&after) {
            found.push(format!("{count} {thing}"));
        }
    }
    found.extend(prose.wrong_numbers());
    found.extend(annexes_beyond(&words));
    found.extend(points_beyond(&words, counted.points));
    found.extend(other_record(sentence, counted.number.as_deref()));
    found
}

fn annexes_beyond(words: &[&str]) -> Vec<String> {
    let named = words.windows(2).enumerate().filter_map(|(at, pair)| {
        let number = pair[1].parse::<usize>().ok()?;
        let after = words.get(at + 2).copied().unwrap_or_default();
        let beyond = pair[0] == "lampiran" && number > ANNEXES && number < 100;
        (beyond && !OF_OTHERS.contains(&after)).then(|| format!("Lampiran {number}"))
    });
    named.collect()
}

/// `butir 99`, where fewer were agreed. Points of a regulation, a standard or a questionnaire are others.
fn points_beyond(words: &[&str], points: Option<usize>) -> Vec<String> {
    let Some(points) = points else {
        return Vec::new();
    };
    let is_other = |word: &&str| OF_OTHERS.contains(word) || HAVE_POINTS.contains(word);
    let named = words.iter().enumerate().filter_map(|(at, word)| {
        let behind = words.get(at + 1..)?;
        let leads = behind
            .iter()
            .take_while(|word| LEADS.contains(word))
            .count();
        let number = behind.get(leads)?.parse::<usize>().ok()?;
        let before = &words[at.saturating_sub(4)..at];
        let after = behind.get(leads + 1);
        let beyond = *word == "butir" && number > points && number < 1_000;
        let others = before.iter().chain(after).any(is_other);
        (beyond && !others).then(|| format!("butir {number}"))
    });
    named.collect()
}

/// `Berita Acara Nomor 9999`, where that of the forum has another number.
fn other_record(sentence: &str, number: Option<&str>) -> Option<String> {
    const LEADS: [&str; 4] = [
        "berita acara nomor ",
        "berita acara nomor: ",
        "berita acara no. ",
        "berita acara no ",
    ];
    let number = number.filter(|number| !number.is_empty())?.to_lowercase();
    let small = sentence.to_lowercase();
    let behind = LEADS.iter().find_map(|lead| small.split_once(lead));
    let said = behind?.1.trim_start();
    let first = said.split_whitespace().next()?;
    let first = first.trim_matches(|c: char| !c.is_alphanumeric());
    let is_number = plain(first).iter().any(|part| part.parse::<u64>().is_ok());
    (is_number && !said.starts_with(&number))
        .then(|| format!("Berita Acara Nomor {}", first.to_uppercase()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn things(text: &str) -> Vec<String> {
        let counted = Counted {
            points: Some(10),
            inputs: Some(8),
            number: Some("400/1/2026".into()),
        };
        other_things(text, &Prose::of(text), 39, &counted)
    }

    #[test]
    fn numbers_are_read_in_figures_and_in_words() {
        for (words, number) in [
            (&["500", "orang"][..], Some((500, 1))),
            (&["1", "500", "orang"], Some((1_500, 2))),
            (&["lima", "ratus", "orang"], Some((500, 2))),
            (&["tiga", "puluh", "sembilan"], Some((39, 3))),
            (&["seribu", "dua", "belas"], Some((1_012, 3))),
            (&["dua", "ribu", "seratus"], Some((2_100, 3))),
            (&["orang"], None),
            (&[], None),
        ] {
            assert_eq!(number_at(words), number, "{words:?}");
        }
    }

    #[test]
    fn those_who_came_are_counted_in_words_too() {
        for (text, expected) in [
            ("dihadiri lima ratus orang", &["500 orang"][..]),
            ("dihadiri oleh lima ratus (500) orang", &["500 orang"]),
            ("dihadiri 39 (tiga puluh sembilan) orang", &[]),
            ("dihadiri tiga puluh sembilan orang", &[]),
            ("dihadiri sepuluh orang perwakilan media", &[]),
        ] {
            assert_eq!(other_counts(&Prose::of(text), 39), expected, "{text}");
        }
    }

    #[test]
    fn more_than_the_record_has_and_other_numbers_are_named() {
        for (text, expected) in [
            (
                "Disepakati 12 butir dari 9 masukan.",
                &["12 butir", "9 masukan"][..],
            ),
            (
                "Disepakati 10 (sepuluh) butir, 9 butir memiliki rencana aksi.",
                &[],
            ),
            ("Kuesioner memuat 12 butir pertanyaan.", &[]),
            ("Sebanyak 40 peserta menjawab.", &["40 peserta"]),
            ("Sebagaimana Lampiran 9.", &["Lampiran 9"]),
            ("Lampiran 9 Peraturan Menteri; Lampiran 7.", &[]),
            ("Lihat butir 99 dan butir ke-12.", &["butir 99", "butir 12"]),
            ("Sesuai butir 10.", &[]),
            ("Standar Pelayanan butir 14; butir 20 keputusan itu.", &[]),
            (
                "Berita Acara Nomor 9999 memuatnya.",
                &["Berita Acara Nomor 9999"],
            ),
            ("Berita Acara Nomor 400/1/2026, butir 3.", &[]),
        ] {
            assert_eq!(things(text), expected, "{text}");
        }
    }
}
