//! What the pages of book, recapitulation, publication and topics ask for.

use rembuk::access::Permission as P;

pub const PAGES: &[(&str, &str, &[P])] = &[
    ("", "/kerja/pengaduan/buku", &[P::ViewComplaints]),
    ("", "/kerja/pengaduan/buku.csv", &[P::ViewComplaints]),
    ("", "/kerja/pengaduan/buku.xlsx", &[P::ViewComplaints]),
    ("", "/kerja/pengaduan/buku.pdf", &[P::ViewComplaints]),
    ("", "/kerja/pengaduan/rekap", &[P::ViewComplaints]),
    ("", "/kerja/pengaduan/rekap.csv", &[P::ViewComplaints]),
    ("", "/kerja/pengaduan/rekap.xlsx", &[P::ViewComplaints]),
    ("", "/kerja/pengaduan/rekap.pdf", &[P::ViewComplaints]),
    (
        "",
        "/kerja/pengaduan/:number/publikasi",
        &[P::PublishComplaint],
    ),
    (
        "",
        "/kerja/pengaduan/:number/publikasi/pratinjau",
        &[P::PublishComplaint],
    ),
    (
        "",
        "/kerja/pengaduan/:number/publikasi/tarik",
        &[P::PublishComplaint],
    ),
    ("post(", "/kerja/pengaduan/topik", &[P::ManageTopics]),
    ("", "/kerja/pengaduan/topik", &[P::ViewComplaints]),
    ("", "/kerja/pengaduan/topik/pilih", &[P::ManageTopics]),
    ("", "/kerja/pengaduan/topik/masukkan", &[P::ManageTopics]),
    ("post(", "/kerja/pengaduan/topik/:id", &[P::ManageTopics]),
    ("", "/kerja/pengaduan/topik/:id", &[P::ViewComplaints]),
    (
        "",
        "/kerja/pengaduan/topik/:id/keluarkan",
        &[P::ManageTopics],
    ),
    (
        "",
        "/kerja/pengaduan/topik/:id/aksi",
        &[P::ManageTopics, P::ManageActions],
    ),
    ("", "/kerja/pengaduan/topik/:id/usulkan", &[P::ManageTopics]),
    ("", "/kerja/pengaduan/topik/:id/hapus", &[P::ManageTopics]),
];
