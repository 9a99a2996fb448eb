//! Where the generated records take their numbers, names and words from.

/// A small generator (Lehmer): the same seed, the same record.
pub struct Dice(pub u64);

impl Dice {
    pub fn below(&mut self, bound: usize) -> usize {
        self.0 = self.0.wrapping_mul(48_271) % 0x7fff_ffff;
        usize::try_from(self.0).unwrap() % bound
    }

    pub fn one<T: Copy>(&mut self, of: &[T]) -> T {
        of[self.below(of.len())]
    }
}

pub const NAMES: [&str; 14] = [
    "Ni Luh Putu Ayu Contoh, S.Sos., M.Si.",
    "R. Ay. Sri Teladan-Umpama",
    "Muhammad Ma'ruf d'Contoh",
    "Ja’far O’Contoh, S.H., M.H.",
    "Çağlar Šimić Rekaan",
    "李小龙 Contoh",
    "Agustinus",
    "Dr. (H.C.) Ir. H. Andaikan, M.Eng., Ph.D.",
    "drg. Hj. Siti Nur'aini Misal, Sp.KGA",
    "Maria Goretti Immaculata Fransiska Xaveria Misalkan van den Contohstraat",
    "#let Contoh $x$ @Umpama_[1]*",
    "Zoë Ñandú Čontoh",
    "A. A. Gde Rai",
    "Sukarno-Hatta \"Bung\" Contoh",
];
pub const VENUES: [&str; 7] = [
    "Balai \"Rakyat\" Contoh",
    "Gedung Nº 7",
    "Aula Ma'had An-Nur",
    "Hotel Contoh & Kawan",
    "Pendopo Kabupaten Contoh, Kompleks Perkantoran Terpadu Bukit Misalkan Tahap Kedua",
    "R.S.U.D. dr. H. Contoh",
    "Kantor Camat Umpama – Aula #2",
];
pub const ROOMS: [&str; 5] = [
    "",
    "Ruang A/B",
    "Lt. 2 – Ruang \"Melati\"",
    "Sayap Timur",
    "3",
];
/// Days on which calendars and sentences go wrong: leap days, ends of years and months, a holiday.
pub const DAYS: [&str; 8] = [
    "2028-02-29",
    "2025-12-31",
    "2027-01-01",
    "2026-02-28",
    "2026-10-31",
    "2027-05-09",
    "2029-03-01",
    "2026-08-17",
];
pub const WORDS: [&str; 8] = [
    "persyaratan",
    "antrean",
    "petugas",
    "biaya",
    "loket",
    "laman",
    "pengaduan",
    "jadwal",
];

pub fn sentence(dice: &mut Dice) -> String {
    let count = 4 + dice.below(22);
    let words: Vec<&str> = (0..count).map(|_| dice.one(&WORDS)).collect();
    format!("Usul {}", words.join(" "))
}
