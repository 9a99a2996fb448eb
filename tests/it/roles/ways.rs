//! Which permission the addresses of the ways in ask for.

use rembuk::access::Permission as P;

/// What a page asks for.
pub const WAYS: &[(&str, &str, &[P])] = &[
    (
        "",
        "/kerja/pengaduan/:number/formulir.pdf",
        &[P::RegisterComplaint],
    ),
    (
        "",
        "/kerja/pengaduan/:number/tanggal-diterima",
        &[P::RegisterComplaint],
    ),
    (
        "",
        "/kerja/pengaduan/:number/kode-baru",
        &[P::RegisterComplaint],
    ),
    (
        "",
        "/kerja/pengaduan/:number/berkas-terbatas",
        &[P::UnmaskReporter],
    ),
    (
        "",
        "/kerja/pengaduan/:number/berkas-terbatas/:file",
        &[P::UnmaskReporter],
    ),
    (
        "",
        "/kerja/pengaduan/:number/pesan-masuk",
        &[P::AnswerComplaint],
    ),
    (
        "",
        "/kerja/pengaduan/:number/naskah-asli",
        &[P::UnmaskReporter],
    ),
    ("", "/kerja/kanal", &[P::ManageChannels]),
    ("", "/kerja/kanal/isi", &[P::ManageChannels]),
    ("", "/kerja/kanal/:id", &[P::ManageChannels]),
    ("", "/kerja/kotak-saran", &[P::RegisterComplaint]),
    ("", "/kerja/kotak-saran/:id", &[P::RegisterComplaint]),
    ("", "/kerja/kotak-saran/:id/tutup", &[P::RegisterComplaint]),
    (
        "",
        "/kerja/kotak-saran/:id/pindaian",
        &[P::RegisterComplaint],
    ),
    (
        "",
        "/kerja/kotak-saran/:id/pindaian/:file",
        &[P::RegisterComplaint],
    ),
    (
        "",
        "/kerja/kotak-saran/:id/berita-acara",
        &[P::RegisterComplaint],
    ),
    (
        "",
        "/kerja/kotak-saran/:id/berita-acara.pdf",
        &[P::RegisterComplaint],
    ),
    ("", "/kerja/sp4n", &[P::RegisterComplaint]),
    ("", "/kerja/sp4n/:file", &[P::RegisterComplaint]),
];
