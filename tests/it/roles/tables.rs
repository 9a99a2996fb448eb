//! Which permission every address asks for.

use rembuk::access::Permission as P;

/// Pages of everybody who is signed in, and those of the demo.
pub const OWN: &[&str] = &["/kerja", "/kerja/cari"];
pub const OWN_FOLDERS: &[&str] = &["/kerja/akun", "/kerja/surel"];

/// What a page asks for; a row with a method goes before one without.
pub const PAGES: &[(&str, &str, &[P])] = &[
    ("", "/kerja/pengaduan", &[P::ViewComplaints]),
    ("", "/kerja/pengaduan/saringan", &[P::ViewComplaints]),
    (
        "",
        "/kerja/pengaduan/saringan/:id/hapus",
        &[P::ViewComplaints],
    ),
    ("", "/kerja/pengaduan/baru", &[P::RegisterComplaint]),
    ("", "/kerja/formulir-pengaduan", &[P::ManageFiling]),
    ("", "/kerja/formulir-pengaduan/:id", &[P::ManageFiling]),
    (
        "",
        "/kerja/formulir-pengaduan/:id/pertanyaan",
        &[P::ManageFiling],
    ),
    (
        "",
        "/kerja/formulir-pengaduan/:id/ubah-pertanyaan",
        &[P::ManageFiling],
    ),
    (
        "",
        "/kerja/formulir-pengaduan/:id/naikkan-pertanyaan",
        &[P::ManageFiling],
    ),
    (
        "",
        "/kerja/formulir-pengaduan/:id/hapus-pertanyaan",
        &[P::ManageFiling],
    ),
    ("", "/kerja/pengaduan/:number", &[P::ViewComplaints]),
    (
        "",
        "/kerja/pengaduan/:number/jejak",
        &[P::ViewComplaints, P::ViewCaseTrail],
    ),
    ("", "/kerja/pengaduan/:number/tahan", &[P::HoldCase]),
    ("", "/kerja/pengaduan/:number/lepas-tahan", &[P::HoldCase]),
    ("", "/kerja/pengaduan/:number/usulan", &[P::AssignComplaint]),
    (
        "",
        "/kerja/pengaduan/:number/surat",
        &[P::IssueClarification],
    ),
    (
        "",
        "/kerja/pengaduan/:number/surat/pratinjau.pdf",
        &[P::IssueClarification],
    ),
    (
        "",
        "/kerja/pengaduan/:number/surat/terbitkan",
        &[P::IssueClarification],
    ),
    (
        "",
        "/kerja/pengaduan/:number/surat/betulkan",
        &[P::IssueClarification],
    ),
    (
        "",
        "/kerja/pengaduan/:number/surat.pdf",
        &[P::IssueClarification],
    ),
    (
        "",
        "/kerja/pengaduan/:number/surat.docx",
        &[P::IssueClarification],
    ),
    ("get(", "/kerja/retensi", &[P::ViewRetention]),
    (
        "post(",
        "/kerja/retensi",
        &[P::ViewRetention, P::ManageRetention],
    ),
    (
        "",
        "/kerja/retensi/cabut",
        &[P::ViewRetention, P::ManageRetention],
    ),
    (
        "",
        "/kerja/retensi/jalankan",
        &[P::ViewRetention, P::ManageRetention],
    ),
    ("", "/kerja/disposisi", &[P::ManageRouting]),
    ("", "/kerja/disposisi/:id", &[P::ManageRouting]),
    ("", "/kerja/disposisi/:id/naik", &[P::ManageRouting]),
    ("", "/kerja/disposisi/:id/hapus", &[P::ManageRouting]),
    ("", "/kerja/pengganti", &[P::ManageRouting]),
    ("", "/kerja/pengganti/:id/batal", &[P::ManageRouting]),
    ("", "/kerja/pelindungan", &[P::HandleBreaches]),
    ("", "/kerja/permintaan-data/baru", &[P::HandleDataRequests]),
    ("", "/kerja/permintaan-data/:id", &[P::ViewDataRequests]),
    (
        "",
        "/kerja/permintaan-data/:id/periksa",
        &[P::HandleDataRequests],
    ),
    (
        "",
        "/kerja/permintaan-data/:id/penuhi",
        &[P::HandleDataRequests],
    ),
    (
        "",
        "/kerja/permintaan-data/:id/tolak",
        &[P::HandleDataRequests],
    ),
    ("", "/kerja/pelanggaran-data/baru", &[P::HandleBreaches]),
    ("", "/kerja/pelanggaran-data/:id", &[P::HandleBreaches]),
    (
        "",
        "/kerja/pelanggaran-data/:id/catatan",
        &[P::HandleBreaches],
    ),
    (
        "",
        "/kerja/pelanggaran-data/:id/diberitahu",
        &[P::HandleBreaches],
    ),
    (
        "",
        "/kerja/pelanggaran-data/:id/tutup",
        &[P::HandleBreaches],
    ),
    (
        "",
        "/kerja/pelanggaran-data/:id/pemberitahuan-orang.pdf",
        &[P::HandleBreaches],
    ),
    (
        "",
        "/kerja/pelanggaran-data/:id/pemberitahuan-lembaga.pdf",
        &[P::HandleBreaches],
    ),
    (
        "",
        "/kerja/pengaduan/:number/tanda-terima.pdf",
        &[P::RegisterComplaint],
    ),
    (
        "",
        "/kerja/pengaduan/:number/disposisi",
        &[P::AssignComplaint],
    ),
    ("", "/kerja/pengaduan/:number/jawab", &[P::AnswerComplaint]),
    (
        "",
        "/kerja/pengaduan/:number/catatan",
        &[P::AnswerComplaint],
    ),
    ("", "/kerja/pengaduan/:number/tutup", &[P::CloseComplaint]),
    ("", "/kerja/pengaduan/:number/draf", &[P::AnswerComplaint]),
    (
        "",
        "/kerja/pengaduan/:number/sisipkan",
        &[P::AnswerComplaint],
    ),
    ("", "/kerja/pengaduan/:number/tanya", &[P::AnswerComplaint]),
    (
        "",
        "/kerja/pengaduan/:number/lengkapi",
        &[P::AnswerComplaint],
    ),
    ("", "/kerja/pengaduan/:number/mulai", &[P::AnswerComplaint]),
    (
        "",
        "/kerja/pengaduan/:number/terkait",
        &[P::AnswerComplaint],
    ),
    (
        "",
        "/kerja/pengaduan/:number/terkait/lepas",
        &[P::AnswerComplaint],
    ),
    ("", "/kerja/pengaduan/:number/berkas", &[P::AnswerComplaint]),
    ("", "/kerja/pengaduan/:number/periksa", &[P::CloseComplaint]),
    (
        "",
        "/kerja/pengaduan/:number/golongan",
        &[P::CloseComplaint],
    ),
    (
        "",
        "/kerja/pengaduan/:number/buka-lagi",
        &[P::CloseComplaint],
    ),
    ("", "/kerja/pengaduan/:number/tolak", &[P::CloseComplaint]),
    ("", "/kerja/pengaduan/:number/gabung", &[P::CloseComplaint]),
    (
        "",
        "/kerja/pengaduan/:number/perbaiki",
        &[P::CloseComplaint],
    ),
    ("", "/kerja/pengaduan/:number/alihkan", &[P::CloseComplaint]),
    ("", "/kerja/pengaduan/:number/cabut", &[P::CloseComplaint]),
    (
        "",
        "/kerja/pengaduan/:number/pisahkan",
        &[P::CloseComplaint],
    ),
    (
        "",
        "/kerja/pengaduan/:number/berkas/:file",
        &[P::ViewComplaints],
    ),
    ("", "/kerja/pengaduan/:number/hadir", &[P::ViewComplaints]),
    (
        "",
        "/kerja/pengaduan/:number/hubungi",
        &[P::AnswerComplaint],
    ),
    (
        "",
        "/kerja/pengaduan/:number/hubungi/whatsapp",
        &[P::AnswerComplaint],
    ),
    ("", "/kerja/pengaduan/sekaligus", &[P::ViewComplaints]),
    ("", "/kerja/pengaduan/sekaligus/mulai", &[P::ViewComplaints]),
    ("", "/kerja/pengaduan/sekaligus/:id", &[P::ViewComplaints]),
    (
        "",
        "/kerja/pengaduan/sekaligus/sisipkan",
        &[P::AnswerComplaint],
    ),
    ("", "/kerja/pengaduan/jawaban-baku", &[P::CloseComplaint]),
    (
        "",
        "/kerja/pengaduan/jawaban-baku/:id",
        &[P::CloseComplaint],
    ),
    (
        "",
        "/kerja/pengaduan/jawaban-baku/:id/hapus",
        &[P::CloseComplaint],
    ),
    (
        "",
        "/kerja/pengaduan/:number/perpanjang",
        &[P::ExtendDeadline],
    ),
    ("get(", "/kerja/libur", &[P::ViewCalendar]),
    ("post(", "/kerja/libur", &[P::ManageHolidays]),
    ("get(", "/kerja/libur/unit", &[P::ViewCalendar]),
    (
        "post(",
        "/kerja/libur/unit",
        &[P::ViewCalendar, P::ManageUnit],
    ),
    ("get(", "/kerja/batas-waktu", &[P::ViewCalendar]),
    (
        "post(",
        "/kerja/batas-waktu",
        &[P::ViewCalendar, P::ChoosePolicy],
    ),
    (
        "",
        "/kerja/batas-waktu/sendiri",
        &[P::ViewCalendar, P::ChoosePolicy],
    ),
    (
        "",
        "/kerja/batas-waktu/:id/batalkan",
        &[P::ViewCalendar, P::ChoosePolicy],
    ),
    (
        "",
        "/kerja/pengaduan/:number/identitas",
        &[P::UnmaskReporter],
    ),
    (
        "",
        "/kerja/pengaduan/:number/hubungkan",
        &[P::ViewComplaints, P::ReadConfidential, P::ManageActions],
    ),
    ("", "/kerja/rencana-aksi", &[P::ViewActions]),
    ("", "/kerja/rencana-aksi/:id", &[P::ViewActions]),
    ("", "/kerja/rencana-aksi/baru", &[P::ManageActions]),
    ("", "/kerja/rencana-aksi/:id/ubah", &[P::ManageActions]),
    ("", "/kerja/rencana-aksi/:id/kemajuan", &[P::ReportProgress]),
    ("", "/kerja/rencana-aksi/:id/selesai", &[P::FinishAction]),
    ("", "/kerja/rencana-aksi/:id/sahkan", &[P::VerifyAction]),
    ("", "/kerja/rencana-aksi/:id/kembalikan", &[P::VerifyAction]),
    ("", "/kerja/rencana-aksi/:id/batalkan", &[P::ManageActions]),
    ("", "/kerja/rencana-aksi/:id/bukti/:file", &[P::ViewActions]),
    ("", "/kerja/rencana-aksi/:id/tautan", &[P::ManageActions]),
    (
        "",
        "/kerja/rencana-aksi/:id/tautan/lepas",
        &[P::ManageActions],
    ),
    ("", "/kerja/survei/:id/hasil", &[P::ViewSurveys]),
    (
        "",
        "/kerja/survei/:id/hasil.xlsx",
        &[P::ViewSurveys, P::ManageSurveys],
    ),
    ("", "/kerja/survei/:id/hasil.pdf", &[P::ViewSurveys]),
    ("", "/kerja/survei/:id/hasil.docx", &[P::ViewSurveys]),
    (
        "",
        "/kerja/survei/:id/publikasi",
        &[P::ViewSurveys, P::ManageSurveys],
    ),
    (
        "",
        "/kerja/survei/:id/publikasi/:line",
        &[P::ViewSurveys, P::ManageSurveys],
    ),
    (
        "",
        "/kerja/survei/:id/publikasi/:line/tarik",
        &[P::ViewSurveys, P::ManageSurveys],
    ),
    (
        "",
        "/kerja/survei/:id/publikasi/:line/bukti",
        &[P::ViewSurveys],
    ),
    ("", "/kerja/forum", &[P::ViewForums]),
    ("", "/kerja/forum/:id", &[P::ViewForums]),
];

/// All addresses below it ask for the same.
pub const SIGNING: (&str, &[P]) = (
    "/kerja/forum/:id/berita-acara/penanda-tangan",
    &[P::ManageForum],
);
