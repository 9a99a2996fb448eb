//! Which column holds what. Headings are guessed in both languages; what is guessed wrong, the organiser
//! corrects.

use std::collections::BTreeMap;

use crate::{
    forums::Group,
    platform::{
        i18n::Locale,
        sheets::{HEAD_LINES, Table},
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
}

impl Mapping {
    /// Whether anybody could be read with it.
    #[must_use]
    pub fn names_somebody(&self) -> bool {
        [Part::Name, Part::Position, Part::Organisation]
            .iter()
            .any(|part| self.columns.contains_key(part))
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
    best
}

/// What a heading means; a sentence is no heading.
fn meaning(heading: &str) -> Option<Part> {
    let lower = heading.to_lowercase().replace("e-mail", "email");
    let words: Vec<&str> = lower
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .collect();
    if words.len() > 6 {
        return None;
    }
    ASKED
        .into_iter()
        .find(|part| words.iter().any(|word| part.words().contains(word)))
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
    use crate::platform::sheets;

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
