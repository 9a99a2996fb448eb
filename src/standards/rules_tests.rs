use super::*;

fn duration(amount: u32, unit: TimeUnit, bound: Bound, trigger: &str) -> Duration {
    Duration {
        label: "Penyelesaian".to_owned(),
        amount: (unit != TimeUnit::Unbounded).then_some(amount),
        unit,
        bound,
        trigger: trigger.to_owned(),
    }
}

#[test]
fn durations_read_well_in_both_languages() {
    use Bound::{AtLeast, AtMost, None as NoBound};
    use TimeUnit::{Day24, Hours, Minutes, Unbounded, WorkingDays};
    let complete = "sejak berkas diterima lengkap";
    for (given, indonesian, english) in [
        (
            duration(2, WorkingDays, AtMost, complete),
            "paling lama 2 hari kerja sejak berkas diterima lengkap",
            "at most 2 working days from receipt of the complete file",
        ),
        (
            duration(1, WorkingDays, AtMost, ""),
            "paling lama 1 hari kerja",
            "at most 1 working day",
        ),
        (
            duration(
                3,
                Day24,
                AtMost,
                "sejak dinas menerima surat dari instansi pemohon",
            ),
            "paling lama 3 × 24 jam sejak dinas menerima surat dari instansi pemohon",
            "at most 3 × 24 hours from receipt of the institution’s letter",
        ),
        (
            duration(1, Hours, AtLeast, ""),
            "paling cepat 1 jam",
            "no sooner than 1 hour",
        ),
        (
            duration(30, Minutes, AtMost, "sejak bulan purnama"),
            "paling lama 30 menit sejak bulan purnama",
            "at most 30 minutes sejak bulan purnama",
        ),
        (
            duration(0, Unbounded, NoBound, ""),
            "sampai selesai",
            "until it is done",
        ),
    ] {
        assert_eq!(given.check(), Ok(()), "{given:?}");
        assert_eq!(given.text(Locale::Id), indonesian);
        assert_eq!(given.text(Locale::En), english);
    }
}

#[test]
fn a_duration_that_makes_no_sense_is_refused() {
    for (unit, amount, bound, fault) in [
        (
            TimeUnit::Hours,
            None,
            Bound::AtMost,
            Broken::NoAmount(TimeUnit::Hours),
        ),
        (
            TimeUnit::WorkingDays,
            Some(0),
            Bound::AtMost,
            Broken::NoAmount(TimeUnit::WorkingDays),
        ),
        (
            TimeUnit::Unbounded,
            Some(3),
            Bound::None,
            Broken::BoundedUnbounded,
        ),
        (
            TimeUnit::Unbounded,
            None,
            Bound::AtMost,
            Broken::BoundedUnbounded,
        ),
        (
            TimeUnit::Minutes,
            Some(5),
            Bound::None,
            Broken::BoundedUnbounded,
        ),
    ] {
        let given = Duration {
            label: String::new(),
            amount,
            unit,
            bound,
            trigger: String::new(),
        };
        assert_eq!(given.check(), Err(fault), "{given:?}");
    }
}

#[test]
fn the_start_is_understood_from_the_words_of_a_decree() {
    for (words, start) in [
        (
            "sejak tanggal diterimanya berkas persyaratan secara lengkap",
            Start::CompleteFile,
        ),
        (
            "setelah pengguna layanan mengajukan surat dan datang langsung ke kantor",
            Start::LetterInPerson,
        ),
        (
            "sejak pemohon melakukan registrasi di laman",
            Start::OnlineRegistration,
        ),
        (
            "setelah pemohon mengisi formulir layanan",
            Start::FormFilled,
        ),
        (
            "sejak dinas menerima surat dari instansi pemohon",
            Start::LetterReceived,
        ),
        (
            "sejak permintaan dikonfirmasi oleh petugas PPID",
            Start::RequestConfirmed,
        ),
        ("sejak hujan reda", Start::Other),
        ("  ", Start::Unstated),
    ] {
        assert_eq!(Start::of(words), start, "{words}");
    }
}

#[test]
fn six_and_eight_components_make_fourteen_different_ones() {
    use sea_orm::Iterable as _;
    let mut all: Vec<&str> = ComponentKind::DELIVERY
        .iter()
        .chain(&ComponentKind::BEHIND)
        .map(|kind| kind.code())
        .collect();
    all.sort_unstable();
    all.dedup();
    assert_eq!(all.len(), 14);
    assert_eq!(ComponentKind::iter().count(), 14);
    for kind in ComponentKind::iter() {
        for locale in [Locale::Id, Locale::En] {
            assert!(
                !kind.title(locale).starts_with("standards-"),
                "{kind:?} has no title"
            );
        }
    }
}

#[test]
fn a_search_is_a_list_of_plain_words() {
    for (typed, words) in [
        ("KTP-el  hilang", vec!["ktp-el", "hilang"]),
        ("%_\\' OR 1=1", vec!["or", "1", "1"]),
        ("   ", vec![]),
    ] {
        assert_eq!(search_words(typed), words, "{typed}");
    }
}

#[test]
fn steps_with_a_common_beginning_stand_together() {
    let lines = |all: &[&str]| all.iter().map(|s| (*s).to_owned()).collect::<Vec<_>>();
    let found = grouped(&lines(&["Daring: a", "Daring: b", "Luring: c"]));
    assert_eq!(
        found,
        [
            (Some("Daring".to_owned()), lines(&["a", "b"])),
            (Some("Luring".to_owned()), lines(&["c"])),
        ]
    );
    let plain = lines(&["Kontak: 1", "Kotak saran"]);
    assert_eq!(grouped(&plain), [(None, plain)]);
    let single = lines(&["Kontak: 1", "Surel: 2"]);
    assert_eq!(grouped(&single), [(None, single)]);
}

#[test]
fn only_contacts_that_lead_somewhere_are_links() {
    for (kind, contact, href) in [
        (
            ChannelKind::Phone,
            "0800-0000-0005",
            Some("tel:080000000005"),
        ),
        (
            ChannelKind::Email,
            "a@contoh.example",
            Some("mailto:a@contoh.example"),
        ),
        (
            ChannelKind::WebsiteForm,
            "https://contoh.example",
            Some("https://contoh.example"),
        ),
        (ChannelKind::WebsiteForm, "javascript:alert(1)", None),
        (ChannelKind::SuggestionBox, "Ruang layanan", None),
    ] {
        let channel = Channel {
            kind,
            contact: contact.to_owned(),
        };
        assert_eq!(channel.href().as_deref(), href, "{contact}");
    }
}
