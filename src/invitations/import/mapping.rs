//! Which column holds what. Headings are guessed in both languages; what is guessed wrong, the organiser
//! corrects.

use std::collections::BTreeMap;

use crate::{
    forums::Group,
    platform::{
        i18n::{Locale, t},
        sheets::{self, HEAD_LINES, Table},
        words,
    },
};

/// What can be read from a column.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Part {
    Name,
    Position,
    Organisation,
    Group,
    Email,
    Phone,
    Quota,
    Note,
}

impl Part {
    pub const ALL: [Self; 8] = [
        Self::Name,
        Self::Position,
        Self::Organisation,
        Self::Group,
        Self::Email,
        Self::Phone,
        Self::Quota,
        Self::Note,
    ];

    /// As it stands in forms and in the names of texts.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Name => "name",
            Self::Position => "position",
            Self::Organisation => "organisation",
            Self::Group => "group",
            Self::Email => "email",
            Self::Phone => "phone",
            Self::Quota => "quota",
            Self::Note => "note",
        }
    }

    #[must_use]
    pub fn label(self, locale: Locale) -> String {
        t(locale, &format!("import-part-{}", self.code()))
    }

    /// Words of a heading that mean this part. The order of asking decides: `Nama Instansi` is an
    /// organisation and `No. HP` is a telephone.
    fn words(self) -> &'static [&'static str] {
        match self {
            Self::Email => &["surel", "email", "mail"],
            Self::Phone => &[
                "hp",
                "wa",
                "whatsapp",
                "telepon",
                "telp",
                "tlp",
                "handphone",
                "ponsel",
                "phone",
                "mobile",
                "kontak",
            ],
            Self::Group => &[
                "unsur",
                "kelompok",
                "kategori",
                "group",
                "category",
                "perwakilan",
            ],
            Self::Quota => &["jumlah", "kuota", "quota", "orang"],
            Self::Note => &[
                "keterangan",
                "catatan",
                "ket",
                "note",
                "notes",
                "remark",
                "remarks",
            ],
            Self::Organisation => &[
                "instansi",
                "organisasi",
                "lembaga",
                "opd",
                "skpd",
                "perangkat",
                "kantor",
                "dinas",
                "unit",
                "perusahaan",
                "institusi",
                "organisation",
                "organization",
                "institution",
                "office",
                "company",
            ],
            Self::Name => &[
                "nama",
                "penerima",
                "undangan",
                "yth",
                "peserta",
                "tujuan",
                "name",
                "addressee",
                "recipient",
            ],
            Self::Position => &["jabatan", "position", "title"],
        }
    }
}

const ASKED: [Part; 8] = [
    Part::Email,
    Part::Phone,
    Part::Group,
    Part::Quota,
    Part::Note,
    Part::Organisation,
    Part::Name,
    Part::Position,
];

/// Which column holds what, and below which line the people stand.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Mapping {
    /// Number of the line of the headings; 0 where there is none.
    pub heading: u32,
    pub columns: BTreeMap<Part, usize>,
    /// For rows that name no group.
    pub group: Option<Group>,
    /// The column of the group was found by its words, not by its heading: the organiser is told.
    pub by_words: bool,
}

impl Mapping {
    /// Whether anybody could be read with it.
    #[must_use]
    pub fn names_somebody(&self) -> bool {
        [Part::Name, Part::Position, Part::Organisation]
            .iter()
            .any(|part| self.columns.contains_key(part))
    }

    /// One column holds the person and the position, "Nama/Jabatan".
    #[must_use]
    pub fn has_both(&self) -> bool {
        let [name, position] = [Part::Name, Part::Position].map(|part| self.columns.get(&part));
        name.is_some() && name == position
    }
}

/// The line with the most headings that mean something, and what they mean.
#[must_use]
pub fn guess(table: &Table) -> Mapping {
    let mut best = Mapping::default();
    for line in table.lines.iter().take(HEAD_LINES) {
        let mut columns = BTreeMap::new();
        for column in line.cells.keys() {
            if let Some(part) = meaning(line.text(*column)) {
                columns.entry(part).or_insert(*column);
            }
        }
        if columns.len() > best.columns.len() {
            best.heading = line.number;
            best.columns = columns;
        }
    }
    let heading = table.lines.iter().find(|line| line.number == best.heading);
    if let (Some(line), Some(name)) = (heading, best.columns.get(&Part::Name).copied())
        && words_of(line.text(name)).any(|word| Part::Position.words().contains(&word.as_str()))
    {
        best.columns.entry(Part::Position).or_insert(name);
    }
    if let Some(column) = group_column(table, &best) {
        best.columns.insert(Part::Group, column);
        best.group = Some(Group::Stakeholders);
        best.by_words = true;
    }
    best
}

/// The column whose words name groups, whatever stands over it: lists of the government write "Media Massa (1 orang)" as
/// a remark. Every cell must be a group or a head count, so that a real remark is not taken for one. Not asked where a
/// heading says which column it is, or where no column names anybody.
fn group_column(table: &Table, mapping: &Mapping) -> Option<usize> {
    const OF_PEOPLE: [Part; 5] = [
        Part::Name,
        Part::Position,
        Part::Organisation,
        Part::Email,
        Part::Phone,
    ];
    if mapping.columns.contains_key(&Part::Group) || !mapping.names_somebody() {
        return None;
    }
    let of_people = |column: usize| {
        let mut taken = OF_PEOPLE
            .iter()
            .filter_map(|part| mapping.columns.get(part));
        taken.any(|one| *one == column)
    };
    (0..sheets::width(table))
        .filter(|column| !of_people(*column))
        .find(|column| {
            let people = table
                .lines
                .iter()
                .filter(|line| line.number > mapping.heading && !line.hidden);
            let mut named = 0;
            for line in people {
                // A list of several pages repeats its headings.
                let words = line.text(*column);
                match remark(words) {
                    Remark::Group => named += 1,
                    Remark::Count => {}
                    Remark::Other if meaning(words).is_some() => {}
                    Remark::Other => return false,
                }
            }
            named > 0
        })
}

/// What a remark beside a name says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Remark {
    Group,
    /// `1 (satu) orang`, `2`, or nothing.
    Count,
    Other,
}

fn remark(text: &str) -> Remark {
    const MOST_WORDS: usize = 6;
    let small = text.to_lowercase();
    let words: Vec<&str> = small
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .collect();
    let people = words.last() == Some(&"orang");
    let counts = words.iter().all(|word| is_digits(word))
        || (people && words.first().is_some_and(|first| is_digits(first)));
    match () {
        () if counts => Remark::Count,
        () if words.len() <= MOST_WORDS && group_of(text).is_some() => Remark::Group,
        () => Remark::Other,
    }
}

fn is_digits(word: &str) -> bool {
    word.chars().all(|c| c.is_ascii_digit())
}

/// What a heading means; a sentence is no heading.
fn meaning(heading: &str) -> Option<Part> {
    let words: Vec<String> = words_of(heading).collect();
    if words.len() > 6 {
        return None;
    }
    let means = |part: &Part| {
        let known = part.words();
        words.iter().any(|word| known.contains(&word.as_str()))
    };
    ASKED.into_iter().find(means)
}

fn words_of(heading: &str) -> impl Iterator<Item = String> {
    words::plain(&heading.to_lowercase().replace("e-mail", "email")).into_iter()
}

/// The group that a cell names: by code, by its words in either language, or as offices write it.
#[must_use]
pub fn group_of(text: &str) -> Option<Group> {
    let plain = text.trim().to_lowercase();
    let by_name = Group::all().into_iter().find(|group| {
        let labels = [Locale::Id, Locale::En].map(|locale| group.label(locale).to_lowercase());
        group.code() == plain || labels.contains(&plain)
    });
    let has = |words: &[&str]| words.iter().any(|word| plain.contains(word));
    by_name.or_else(|| match () {
        () if has(&["media", "pers", "jurnalis", "wartawan"]) => Some(Group::Media),
        () if has(&["ahli", "praktisi", "akademi", "pakar", "expert"]) => Some(Group::Experts),
        () if has(&["masyarakat", "lsm", "ormas", "tokoh", "sipil", "civil"]) => {
            Some(Group::CivilSociety)
        }
        () if has(&["pengguna", "pemohon", "warga", "user"]) => Some(Group::Users),
        () if has(&["penyelenggara", "organiser", "panitia"]) => Some(Group::Organiser),
        () if has(&[
            "stakeholder",
            "pemangku",
            "instansi",
            "perangkat daerah",
            "opd",
            "mitra",
        ]) =>
        {
            Some(Group::Stakeholders)
        }
        () => None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headings_of_real_lists_are_understood() {
        use Part::{Email, Group, Name, Note, Organisation, Phone, Position, Quota};
        for (heading, part) in [
            ("Nama", Some(Name)),
            ("Nama/Jabatan", Some(Name)),
            ("Penerima Undangan", Some(Name)),
            ("Yth.", Some(Name)),
            ("JABATAN", Some(Position)),
            ("Nama Instansi", Some(Organisation)),
            ("Perangkat Daerah", Some(Organisation)),
            ("Unsur", Some(Group)),
            ("Kategori Peserta", Some(Group)),
            ("Surel", Some(Email)),
            ("Alamat E-mail", Some(Email)),
            ("No. HP/WA", Some(Phone)),
            ("Jumlah Orang", Some(Quota)),
            ("Keterangan", Some(Note)),
            ("No", None),
            (
                "Daftar tujuan surat undangan forum konsultasi publik tahun 2026",
                None,
            ),
        ] {
            assert_eq!(meaning(heading), part, "{heading}");
        }
    }

    #[test]
    fn the_line_of_headings_is_found_below_titles() {
        let text =
            "DAFTAR TUJUAN\n\nNo;Perangkat Daerah;Jabatan;Surel;Kolom aneh\n1;Dinas;Kepala;;x";
        let found = guess(&sheets::read(text.as_bytes(), 10).unwrap());
        assert_eq!(found.heading, 3);
        let columns: Vec<_> = found.columns.into_iter().collect();
        let expected = [
            (Part::Position, 2),
            (Part::Organisation, 1),
            (Part::Email, 3),
        ];
        assert_eq!(columns, expected);
        let none = guess(&sheets::read(b"Budi;Samarinda", 10).unwrap());
        assert!(!none.names_somebody());
        assert_eq!(none.heading, 0);
    }

    #[test]
    fn one_column_may_hold_person_and_position() {
        for (heading, position, both) in [
            ("Nama/Jabatan;Instansi", Some(0), true),
            ("Nama dan Jabatan;Instansi", Some(0), true),
            ("Nama;Jabatan;Instansi", Some(1), false),
            ("Nama/Jabatan;Jabatan;Instansi", Some(1), false),
            ("Nama;Instansi", None, false),
        ] {
            let text = format!("{heading}\nBudi;Contoh;Dinas");
            let found = guess(&sheets::read(text.as_bytes(), 10).unwrap());
            let at = found.columns.get(&Part::Position).copied();
            assert_eq!((at, found.has_both()), (position, both), "{heading}");
        }
    }

    #[test]
    fn a_column_of_group_words_is_the_group_whatever_its_heading() {
        let list = |rows: &str| format!("No;Perangkat Daerah;Keterangan\n{rows}");
        for (text, column) in [
            (
                list(
                    "1;Kepala Dinas Sosial Prov. Kaltim;1 (satu) orang\n\
                     2;Rektor Universitas Contoh;Ahli/Praktisi/Akademisi (1 Orang)\n\
                     3;Pimpinan Redaksi Contoh;Media Massa (1 orang)\n\
                     4;Ketua Contoh;Organisasi Masyarakat (1 orang)\n\
                     No;Perangkat Daerah;Keterangan\n5;Ani Contoh;",
                ),
                Some(2),
            ),
            (
                "Penerima;Lain-lain\nAni Contoh;Tokoh Masyarakat (1 orang)".to_owned(),
                Some(1),
            ),
            (list("1;Dinas Sosial;1 (satu) orang\n2;Media Contoh;"), None),
            (
                list(
                    "1;Dinas Sosial;Media Massa\n2;Dinas Satu;datang bersama mitra dari luar kota besok",
                ),
                None,
            ),
            (
                list("1;Dinas Sosial;Media Massa\n2;Dinas Satu;hadir daring"),
                None,
            ),
            ("Satu;Dua\nAni Contoh;Media Massa".to_owned(), None),
        ] {
            let found = guess(&sheets::read(text.as_bytes(), 100).unwrap());
            assert_eq!(found.by_words, column.is_some(), "{text}");
            assert_eq!(found.columns.get(&Part::Group).copied(), column, "{text}");
            let usual = column.map(|_| Group::Stakeholders);
            assert_eq!(found.group, usual, "{text}");
        }
        let told = "Nama;Unsur;Keterangan\nAni;;Media Massa";
        let found = guess(&sheets::read(told.as_bytes(), 10).unwrap());
        assert_eq!(found.columns.get(&Part::Group), Some(&1));
        assert!(!found.by_words, "the heading says it");
    }

    #[test]
    fn groups_are_read_as_offices_write_them() {
        for (text, group) in [
            ("experts", Some(Group::Experts)),
            ("Ahli/Praktisi/Akademisi", Some(Group::Experts)),
            ("Media Massa", Some(Group::Media)),
            ("Organisasi Masyarakat", Some(Group::CivilSociety)),
            ("Tokoh Masyarakat", Some(Group::CivilSociety)),
            ("Pengguna layanan", Some(Group::Users)),
            ("Service users", Some(Group::Users)),
            ("Perangkat Daerah", Some(Group::Stakeholders)),
            ("Penyelenggara", Some(Group::Organiser)),
            ("1 (satu) orang", None),
            ("", None),
        ] {
            assert_eq!(group_of(text), group, "{text}");
        }
    }
}
