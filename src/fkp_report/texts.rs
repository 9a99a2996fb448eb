//! The free texts of a report. Each has a composed text that stands until the office writes its own, so
//! that a report is whole from the first day; numbers and names in it come from the record.

use crate::calendar::dates;

/// A place in the report where the office may write.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Slot {
    Preface,
    Background,
    Purpose,
    Benefits,
    Scope,
    LegalBasis,
    Method,
    Problems,
    Analysis,
    Recommendations,
}

impl Slot {
    pub const ALL: [Self; 10] = [
        Self::Preface,
        Self::Background,
        Self::Purpose,
        Self::Benefits,
        Self::Scope,
        Self::LegalBasis,
        Self::Method,
        Self::Problems,
        Self::Analysis,
        Self::Recommendations,
    ];

    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Preface => "preface",
            Self::Background => "background",
            Self::Purpose => "purpose",
            Self::Benefits => "benefits",
            Self::Scope => "scope",
            Self::LegalBasis => "legal-basis",
            Self::Method => "method",
            Self::Problems => "problems",
            Self::Analysis => "analysis",
            Self::Recommendations => "recommendations",
        }
    }

    #[must_use]
    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|slot| slot.code() == code)
    }

    /// Whether each line is an item of a numbered list rather than a paragraph.
    #[must_use]
    pub fn is_list(self) -> bool {
        matches!(
            self,
            Self::Benefits | Self::Scope | Self::LegalBasis | Self::Recommendations
        )
    }
}

/// How many of the agreed points have an action, a reason why there is none, or neither.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Answered {
    pub planned: usize,
    pub explained: usize,
    pub open: usize,
}

impl Answered {
    /// `9 (sembilan) butir memiliki rencana aksi dan 1 (satu) butir …`; empty where nothing was agreed.
    fn told(self) -> String {
        let parts: Vec<String> = [
            (self.planned, "memiliki rencana aksi"),
            (
                self.explained,
                "tanpa rencana aksi dengan alasan yang dinyatakan",
            ),
            (self.open, "belum memiliki rencana aksi maupun alasan"),
        ]
        .into_iter()
        .filter(|(points, _)| *points > 0)
        .map(|(points, what)| format!("{} {what}", count(points, "butir")))
        .collect();
        listed(&parts)
    }
}

/// What the composed texts speak of.
#[derive(Clone, Debug)]
pub struct Facts {
    pub unit: String,
    /// `Provinsi Kalimantan Timur`
    pub jurisdiction: String,
    pub theme: String,
    pub mode: String,
    pub inputs: usize,
    /// Names of the elements that the inputs are about,
    pub elements: Vec<String>,
    /// and how many of them name one.
    pub about_elements: usize,
    /// Somebody wrote down who prepared the forum.
    pub has_team: bool,
    pub points: usize,
    pub berita_acara: Option<String>,
    pub actions: usize,
    pub answered: Answered,
    /// The laws in force on the day of the forum, or those that its Berita Acara names.
    pub legal_basis: Vec<String>,
}

/// The guideline, among the laws of the record.
fn guideline(facts: &Facts) -> Option<&str> {
    let found = facts
        .legal_basis
        .iter()
        .find(|law| law.contains("Forum Konsultasi Publik"));
    found.map(String::as_str)
}

fn count(number: usize, what: &str) -> String {
    let words = dates::number_with_words(u64::try_from(number).unwrap_or_default());
    format!("{words} {what}")
}

/// `a`, `a dan b`, `a, b, dan c`
pub fn listed(items: &[String]) -> String {
    match items {
        [] => String::new(),
        [one] => one.clone(),
        [one, two] => format!("{one} dan {two}"),
        [rest @ .., last] => format!("{}, dan {last}", rest.join(", ")),
    }
}

/// The composed text of a slot, a line for each paragraph or item.
#[must_use]
pub fn composed(slot: Slot, facts: &Facts) -> String {
    match slot {
        Slot::Preface => preface(facts),
        Slot::Background => background(facts),
        Slot::Purpose => "Forum Konsultasi Publik bertujuan mengumpulkan masukan serta memperoleh pemahaman dan solusi bersama antara penyelenggara pelayanan dan masyarakat, antara lain melalui pembahasan rancangan, penerapan, dampak, dan evaluasi kebijakan pelayanan, sehingga diperoleh kebijakan yang efektif untuk meningkatkan kualitas pelayanan publik.".to_owned(),
        Slot::Benefits => BENEFITS.join("\n"),
        Slot::Scope => SCOPE.join("\n"),
        Slot::LegalBasis => facts.legal_basis.join("\n"),
        Slot::Method => method(facts),
        Slot::Problems => "Melalui dialog dan diskusi antara penyelenggara pelayanan dan peserta, diperoleh masukan, aspirasi, dan keluhan dari masyarakat.".to_owned(),
        Slot::Analysis => analysis(facts),
        Slot::Recommendations => recommendations(facts),
    }
}

const BENEFITS: [&str; 5] = [
    "Menyelaraskan kemampuan penyelenggara layanan dengan harapan publik dan memperkecil dampak kebijakan yang merugikan publik;",
    "Meningkatkan kualitas pelayanan publik;",
    "Meningkatkan peran serta masyarakat dalam penyelenggaraan pelayanan publik;",
    "Membangun kepercayaan masyarakat;",
    "Membantu penyusunan kebijakan yang lebih baik, efisien, dan efektif.",
];

const SCOPE: [&str; 6] = [
    "Penyusunan kebijakan pelayanan publik;",
    "Penyusunan standar pelayanan;",
    "Pengawasan dan evaluasi penyelenggaraan pelayanan publik;",
    "Pemberian penghargaan;",
    "Survei kepuasan masyarakat; dan",
    "Kebijakan lain terkait pelayanan publik.",
];

/// Behind how many inputs name an element, where others name none.
const SOME_ABOUT: &str = "di antaranya menyangkut";

/// What the composed texts say of the record in figures, longest first, and the mark that stands for it.
fn figures(facts: &Facts) -> Vec<(&'static str, String)> {
    let mut figures = vec![
        (
            "{butir kesepakatan}",
            count(facts.points, "butir kesepakatan"),
        ),
        ("{rencana aksi}", count(facts.actions, "rencana aksi")),
        ("{masukan}", count(facts.inputs, "masukan")),
    ];
    let answered = facts.answered.told();
    if !answered.is_empty() {
        figures.insert(0, ("{jawaban butir}", answered));
    }
    if (1..facts.inputs).contains(&facts.about_elements) {
        figures.push((
            "{masukan berunsur}",
            count(facts.about_elements, SOME_ABOUT),
        ));
    }
    if !facts.elements.is_empty() {
        figures.push(("{unsur}", format!("unsur {}", listed(&facts.elements))));
    }
    if let Some(number) = facts
        .berita_acara
        .as_ref()
        .filter(|number| !number.is_empty())
    {
        figures.push(("{nomor}", format!("Berita Acara Nomor {number}")));
    }
    figures
}

/// An office's own text as it is kept: figures that it left as they were composed stay figures of the record, so
/// that a point agreed later does not make the report contradict itself.
#[must_use]
pub fn kept(words: &str, facts: &Facts) -> String {
    figures(facts)
        .iter()
        .fold(words.to_owned(), |text, (mark, said)| {
            text.replace(said, mark)
        })
}

/// An own text with the figures of today.
#[must_use]
pub fn told(kept: &str, facts: &Facts) -> String {
    figures(facts)
        .iter()
        .fold(kept.to_owned(), |text, (mark, said)| {
            text.replace(mark, said)
        })
        .replace("{nomor}", "Berita Acara")
        .replace("{unsur}", "unsur pelayanan")
        .replace("{masukan berunsur}", "Masukan itu menyangkut")
        .replace(
            "{jawaban butir}",
            "tiap butir memiliki rencana aksi atau alasannya",
        )
}

fn preface(facts: &Facts) -> String {
    let unit = &facts.unit;
    let basis = guideline(facts).map_or_else(String::new, |law| {
        format!("Laporan ini disusun berdasarkan {law}.")
    });
    [
        format!("Puji syukur kami panjatkan ke hadirat Tuhan Yang Maha Esa karena Laporan Penyelenggaraan Forum Konsultasi Publik (FKP) ini dapat diselesaikan. Laporan ini menggambarkan penyelenggaraan FKP oleh {unit} sebagai bentuk evaluasi terhadap penyelenggaraan pelayanan publik."),
        basis,
        "Kami menyampaikan terima kasih yang tulus dan penghargaan yang setinggi-tingginya kepada semua pihak yang telah memberikan bantuan, partisipasi, dan perhatian dalam penyelenggaraan FKP.".to_owned(),
        format!("Semoga hasil pelaksanaan FKP ini menjadi masukan bagi peningkatan kualitas pelayanan publik pada {unit}."),
        format!("Kami menyadari laporan ini masih memerlukan penyempurnaan; saran dan masukan sangat kami harapkan. Semoga laporan ini bermanfaat bagi semua pihak, khususnya masyarakat {}.", facts.jurisdiction),
    ]
    .into_iter()
    .filter(|words| !words.is_empty())
    .collect::<Vec<_>>()
    .join("\n")
}

fn background(facts: &Facts) -> String {
    let others: Vec<String> = facts
        .legal_basis
        .iter()
        .filter(|law| !law.contains("Forum Konsultasi Publik"))
        .cloned()
        .collect();
    let mut first = "Penyelenggara pelayanan publik wajib mengikutsertakan masyarakat dalam penyelenggaraan pelayanan publik untuk membangun sistem pelayanan publik yang adil, transparan, dan akuntabel.".to_owned();
    if !others.is_empty() {
        first = format!(
            "Penyelenggaraan ini dilandasi oleh {}. {first}",
            listed(&others)
        );
    }
    if let Some(law) = guideline(facts) {
        first = format!(
            "{first} Selanjutnya {law} menjadi pedoman bahwa setiap penyelenggara melaksanakan forum konsultasi publik sebagai bentuk peran serta masyarakat."
        );
    }
    let second = "Peran serta masyarakat diwujudkan dalam bentuk kerja sama, pemenuhan hak dan kewajiban, serta peran aktif sejak penyusunan kebijakan sampai dengan evaluasinya. Karena itu diperlukan koordinasi antara penyelenggara pelayanan dan masyarakat sebagai pengguna layanan, yang diwadahi dalam Forum Konsultasi Publik.";
    let third = "Forum Konsultasi Publik diselenggarakan dengan komunikasi dua arah: masyarakat mengusulkan serta memberikan masukan dan saran kepada penyelenggara atas layanan yang diterimanya.";
    [first.as_str(), second, third].join("\n")
}

fn method(facts: &Facts) -> String {
    let how = facts.mode.to_lowercase();
    let (formed, neutral) = match facts.has_team {
        true => ("dibentuk tim, ", "tim"),
        false => ("", "penyelenggara"),
    };
    [
        format!("Forum Konsultasi Publik dilaksanakan secara {how} melalui pertemuan antara penyelenggara pelayanan dan publik, dengan tema {}.", facts.theme),
        format!("Pada tahap pra-pelaksanaan {formed}dirumuskan konsep kegiatan (sasaran, peserta, dan susunan acara), serta dikumpulkan data dan informasi untuk menentukan isu yang dibahas."),
        format!("Pada tahap pelaksanaan, {neutral} bersikap netral; diskusi berlangsung dua arah dan berfokus pada tema; forum diakhiri dengan penandatanganan Berita Acara berupa komitmen tindak lanjut perbaikan antara pimpinan penyelenggara pelayanan dan wakil masyarakat."),
    ]
    .join("\n")
}

fn analysis(facts: &Facts) -> String {
    let mut lines = vec![format!(
        "Masyarakat makin sadar akan hak dan kewajibannya sebagai penerima layanan. Oleh karena itu {} dituntut memberikan pelayanan yang mudah, cepat, dan sesuai standar kepada masyarakat {}.",
        facts.unit, facts.jurisdiction
    )];
    if facts.inputs > 0 {
        let elements = listed(&facts.elements);
        let about = match facts.about_elements {
            0 => String::new(),
            some if some < facts.inputs => {
                format!(" {} unsur {elements}.", count(some, SOME_ABOUT))
            }
            _ => format!(" Masukan itu menyangkut unsur {elements}."),
        };
        lines.push(format!(
            "Dari forum ini tercatat {}.{about}",
            count(facts.inputs, "masukan")
        ));
    }
    if facts.points > 0 {
        lines.push(format!(
            "Hasil pembahasan bersama dituangkan dalam {} pada Berita Acara, yang menjadi dasar rencana aksi di bawah ini.",
            count(facts.points, "butir kesepakatan")
        ));
    }
    lines.join("\n")
}

fn recommendations(facts: &Facts) -> String {
    let unit = &facts.unit;
    let mut lines = vec![format!(
        "Hasil Forum Konsultasi Publik ini menjadi acuan dalam menetapkan kebijakan, sehingga meningkatkan kualitas pelayanan pada {unit}."
    )];
    if let Some(number) = &facts.berita_acara {
        let points = count(facts.points, "butir kesepakatan");
        let how = match facts.answered.told() {
            none if none.is_empty() => none,
            how => format!(": {how}"),
        };
        lines.push(format!(
            "{unit} menindaklanjuti {points} dalam Berita Acara Nomor {number}{how}."
        ));
    }
    if facts.actions > 0 {
        lines.push(format!(
            "{unit} menyelesaikan {} pada Bab III tepat waktu dan mengumumkan kemajuannya kepada masyarakat.",
            count(facts.actions, "rencana aksi")
        ));
    }
    lines.push(
        "Partisipasi masyarakat dan dukungan semua pemangku kepentingan tetap diperlukan agar Forum Konsultasi Publik berkelanjutan.".to_owned(),
    );
    lines.push(
        "Demikian laporan ini disusun untuk menjadi acuan dalam meningkatkan pelayanan publik."
            .to_owned(),
    );
    lines.join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn facts() -> Facts {
        Facts {
            unit: "Dinas Contoh".to_owned(),
            jurisdiction: "Provinsi Contoh".to_owned(),
            theme: "Standar Pelayanan".to_owned(),
            mode: "Tatap muka".to_owned(),
            inputs: 3,
            elements: vec!["Biaya/Tarif".to_owned(), "Persyaratan".to_owned()],
            about_elements: 3,
            has_team: true,
            points: 10,
            berita_acara: Some("400/1/X/2025".to_owned()),
            actions: 4,
            answered: Answered {
                planned: 7,
                explained: 2,
                open: 1,
            },
            legal_basis: vec![
                "UU A".to_owned(),
                "Pedoman Forum Konsultasi Publik".to_owned(),
            ],
        }
    }

    #[test]
    fn every_slot_has_a_text_and_a_name_that_leads_back() {
        for slot in Slot::ALL {
            assert_eq!(Slot::parse(slot.code()), Some(slot));
            let text = composed(slot, &facts());
            assert!(!text.trim().is_empty(), "{slot:?}");
            assert!(text.lines().all(|line| !line.trim().is_empty()), "{text}");
        }
        assert_eq!(Slot::parse("../x"), None);
    }

    #[test]
    fn an_own_text_keeps_counting_what_it_left_as_composed() {
        let first = Facts {
            points: 4,
            ..facts()
        };
        let own = composed(Slot::Analysis, &first).replace("makin sadar", "kian sadar");
        let kept = kept(&own, &first);
        let text = told(&kept, &facts());
        assert!(text.contains("kian sadar"), "{text}");
        assert!(text.contains("10 (sepuluh) butir kesepakatan"), "{text}");
        assert_eq!(told(&kept, &first), own);
        let nothing = Facts {
            elements: Vec::new(),
            about_elements: 0,
            berita_acara: None,
            answered: Answered::default(),
            ..facts()
        };
        for slot in [Slot::Analysis, Slot::Recommendations] {
            let own = super::kept(&composed(slot, &first), &first);
            assert!(!told(&own, &nothing).contains('{'), "{slot:?}");
        }
    }

    #[test]
    fn texts_claim_neither_a_team_nor_elements_that_nobody_recorded() {
        assert!(composed(Slot::Method, &facts()).contains("dibentuk tim, dirumuskan"));
        assert!(composed(Slot::Analysis, &facts()).contains("Masukan itu menyangkut unsur"));
        let bare = Facts {
            has_team: false,
            about_elements: 2,
            ..facts()
        };
        assert!(!composed(Slot::Method, &bare).contains(" tim"), "{bare:?}");
        let text = composed(Slot::Analysis, &bare);
        let said = "2 (dua) di antaranya menyangkut unsur Biaya/Tarif dan Persyaratan.";
        assert!(text.contains(said), "{text}");
        // An own text keeps counting.
        let own = kept(&text, &bare);
        assert!(told(&own, &facts()).contains("Masukan itu menyangkut unsur"));
    }

    #[test]
    fn the_recommendation_promises_no_more_than_was_planned() {
        let text = composed(Slot::Recommendations, &facts());
        let said = "menindaklanjuti 10 (sepuluh) butir kesepakatan dalam Berita Acara Nomor 400/1/X/2025: 7 (tujuh) butir \
                    memiliki rencana aksi, 2 (dua) butir tanpa rencana aksi dengan alasan yang dinyatakan, dan 1 (satu) \
                    butir belum memiliki rencana aksi maupun alasan.";
        assert!(text.contains(said), "{text}");
        // An own text keeps counting too.
        let own = kept(&text, &facts());
        let later = Facts {
            answered: Answered {
                planned: 10,
                ..Answered::default()
            },
            ..facts()
        };
        let told = told(&own, &later);
        assert!(
            told.contains(": 10 (sepuluh) butir memiliki rencana aksi."),
            "{told}"
        );
    }

    #[test]
    fn composed_texts_count_what_the_record_counts() {
        let text = composed(Slot::Analysis, &facts());
        assert!(text.contains("3 (tiga) masukan"), "{text}");
        assert!(text.contains("Biaya/Tarif dan Persyaratan"), "{text}");
        assert!(text.contains("10 (sepuluh) butir kesepakatan"), "{text}");
        let empty = Facts {
            inputs: 0,
            points: 0,
            actions: 0,
            answered: Answered::default(),
            berita_acara: None,
            legal_basis: Vec::new(),
            ..facts()
        };
        for slot in Slot::ALL {
            assert!(!composed(slot, &empty).contains("0 ("), "{slot:?}");
        }
    }
}
