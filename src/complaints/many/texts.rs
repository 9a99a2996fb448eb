//! Sentences for invented complaints. No person and no real place is in them; a few words are common, most are not,
//! and one in some thousands is rare, as in real letters.

use super::Dice;

const SUBJECTS: &[&str] = &[
    "KTP-el belum jadi",
    "Antrean panjang di loket",
    "Kartu keluarga salah ketik",
    "Akta kelahiran terlambat terbit",
    "Petugas loket kurang ramah",
    "Data tidak sinkron di bank",
    "Pungutan tidak resmi",
    "Jam pelayanan tidak jelas",
    "Permohonan ditolak tanpa alasan",
    "Aplikasi tidak dapat dibuka",
    "Blangko habis",
    "Pindah domisili lama sekali",
    "Legalisasi dokumen",
    "Perekaman gagal terus",
    "Usul jam layanan sore",
    "Terima kasih untuk pelayanannya",
];

const SENTENCES: &[&str] = &[
    "Saya sudah menunggu tiga minggu dan belum ada kabar.",
    "Petugas mengatakan berkas saya kurang lengkap, padahal semua syarat sudah dipenuhi.",
    "Nomor antrean habis sebelum jam sembilan pagi.",
    "Ruang tunggu penuh dan kursinya sedikit.",
    "Mohon penjelasan kapan dokumen dapat diambil.",
    "Nama ibu kandung tertulis keliru pada kartu keluarga yang baru dicetak.",
    "Bank menolak membuka rekening karena data kependudukan tidak ditemukan.",
    "Saya diminta membayar untuk mempercepat pengurusan.",
    "Laman pendaftaran selalu gagal ketika mengunggah foto.",
    "Anak saya akan masuk sekolah dan membutuhkan akta kelahiran.",
    "Orang tua saya lanjut usia dan tidak kuat berdiri lama.",
    "Loket tutup lebih awal dari jadwal yang ditempel di pintu.",
    "Telepon kantor tidak pernah diangkat.",
    "Persyaratan di laman berbeda dengan yang diminta petugas.",
    "Rumah kami jauh, perjalanan ke kantor tiga jam.",
    "Pelayanannya cepat dan ramah, semoga dipertahankan.",
    "Sebaiknya disediakan loket khusus penyandang disabilitas.",
    "Surat keterangan pindah sudah saya serahkan bulan lalu.",
    "Perekaman sidik jari gagal berulang kali karena alat rusak.",
    "Tidak ada papan informasi tentang biaya dan lama pengurusan.",
];

const RARE: &[&str] = &[
    "gerimis",
    "perahu",
    "jembatan gantung",
    "genset",
    "kursi roda",
    "penerjemah",
    "bayi kembar",
    "paspor",
    "pernikahan siri",
    "adopsi",
    "veteran",
    "nelayan",
    "pelaut",
    "transmigran",
    "terumbu",
    "kebakaran",
    "banjir bandang",
    "longsor",
    "pengungsi",
    "panti asuhan",
];

const ANSWERS: &[&str] = &[
    "Terima kasih atas laporannya. Dokumen Anda sudah selesai dicetak dan dapat diambil di loket pengambilan.",
    "Mohon maaf atas keterlambatan. Data sudah kami perbaiki dan kami sinkronkan; silakan dicoba kembali.",
    "Kami sudah menegur petugas yang bersangkutan dan menambah satu loket pada jam sibuk.",
    "Seluruh layanan kami tidak dipungut biaya. Laporan Anda sudah kami teruskan kepada tim saber pungli.",
    "Jadwal pelayanan sudah kami perbarui di laman dan di papan informasi kantor.",
];

pub fn subject(dice: &mut Dice) -> String {
    let subject = dice.of(SUBJECTS);
    format!("{subject} (contoh {})", dice.below(100_000))
}

pub fn description(dice: &mut Dice) -> String {
    let mut sentences: Vec<String> = Vec::new();
    for _ in 0..2 + dice.below(4) {
        sentences.push((*dice.of(SENTENCES)).to_owned());
    }
    if dice.one_in(200) {
        sentences.push(format!("Waktu itu ada {}.", dice.of(RARE)));
    }
    sentences.push(format!(
        "Alamat karangan: Gang Umpama {} RT {}.",
        dice.below(20_000),
        dice.below(60) + 1
    ));
    sentences.join(" ")
}

pub fn answer(dice: &mut Dice) -> String {
    (*dice.of(ANSWERS)).to_owned()
}

pub fn name(dice: &mut Dice) -> String {
    const FIRST: &[&str] = &[
        "Andi", "Budi", "Citra", "Dewi", "Eko", "Fitri", "Gita", "Hadi",
    ];
    const LAST: &[&str] = &["Contoh", "Umpama", "Misal", "Karangan", "Rekaan"];
    format!(
        "{} {} {}",
        dice.of(FIRST),
        dice.of(LAST),
        dice.below(10_000)
    )
}
