//! Which permission the pages of surveys ask for.

use rembuk::access::Permission as P;

const MANAGE: &[P] = &[P::ViewSurveys, P::ManageSurveys];
const ENTER: &[P] = &[P::ViewSurveys, P::EnterSurvey];
const APPROVE: &[P] = &[P::ViewSurveys, P::ApproveSurveyReport];

pub const PAGES: &[(&str, &str, &[P])] = &[
    ("", "/kerja/survei", &[P::ViewSurveys]),
    ("", "/kerja/survei/baru", &[P::ManageSurveys]),
    ("", "/kerja/survei/kode", &[P::ManageSurveys]),
    (
        "",
        "/kerja/survei/kode/:code/poster.pdf",
        &[P::ManageSurveys],
    ),
    ("", "/kerja/survei/kode/:code/pakai", &[P::ManageSurveys]),
    ("", "/kerja/survei/:id", &[P::ViewSurveys]),
    ("", "/kerja/survei/:id/ubah", MANAGE),
    ("", "/kerja/survei/:id/unsur", MANAGE),
    ("", "/kerja/survei/:id/unsur/keluarkan", MANAGE),
    ("", "/kerja/survei/:id/pertanyaan", MANAGE),
    ("", "/kerja/survei/:id/pertanyaan/:element", MANAGE),
    ("", "/kerja/survei/:id/layanan", MANAGE),
    ("", "/kerja/survei/:id/buka", MANAGE),
    ("", "/kerja/survei/:id/hapus", MANAGE),
    ("", "/kerja/survei/:id/perpanjang", MANAGE),
    ("", "/kerja/survei/:id/tutup", MANAGE),
    ("", "/kerja/survei/:id/bekukan", MANAGE),
    ("", "/kerja/survei/:id/jawaban.csv", MANAGE),
    ("", "/kerja/survei/:id/beruntun", MANAGE),
    ("", "/kerja/survei/:id/kertas", ENTER),
    ("", "/kerja/survei/:id/kertas/:batch", ENTER),
    ("", "/kerja/survei/:id/kertas/:batch/urungkan", ENTER),
    ("", "/kerja/survei/:id/kertas/:batch/batalkan", ENTER),
    ("", "/kerja/survei/:id/impor", ENTER),
    ("", "/kerja/survei/:id/impor/:file", ENTER),
    ("", "/kerja/survei/:id/komentar", &[P::ViewSurveys]),
    ("", "/kerja/survei/:id/komentar/:response/hapus", MANAGE),
    (
        "",
        "/kerja/survei/:id/komentar/:response/pengaduan",
        &[P::ViewSurveys, P::RegisterComplaint],
    ),
    (
        "",
        "/kerja/survei/:id/komentar/:response/masukan",
        &[P::ViewSurveys, P::TakeNotes],
    ),
    ("", "/kerja/survei/:id/lembar", ENTER),
    ("get(", "/kerja/survei/:id/laporan", &[P::ViewSurveys]),
    ("post(", "/kerja/survei/:id/laporan", MANAGE),
    ("", "/kerja/survei/:id/laporan/ajukan", MANAGE),
    ("", "/kerja/survei/:id/laporan/foto", MANAGE),
    (
        "",
        "/kerja/survei/:id/laporan/foto/:photo",
        &[P::ViewSurveys],
    ),
    ("", "/kerja/survei/:id/laporan/foto/:photo/hapus", MANAGE),
    ("", "/kerja/survei/:id/laporan/terbitkan", APPROVE),
    ("", "/kerja/survei/:id/laporan/kembalikan", APPROVE),
    (
        "",
        "/kerja/survei/:id/laporan/pratinjau.pdf",
        &[P::ViewSurveys],
    ),
];
