//! Every address with every role. What is expected is derived from the table of permissions; the lists here
//! say which permission an address asks for. An address that is in no list fails the test.

use poem::http::Method;
use rembuk::access::{Permission as P, Reach, Role, create_token, person_by_email, reach_of};
use sea_orm::{ConnectionTrait as _, Statement};
use serde_json::json;

use crate::{
    endpoints::page_routes,
    support::{Answer, Browser, PASSWORD, TestApp},
};

/// One person of the unit per role.
const PEOPLE: &[(Role, &str)] = &[
    (Role::SystemAdmin, "admin.sistem@rembuk.example"),
    (Role::UnitAdmin, "admin.kaltim@rembuk.example"),
    (Role::Organiser, "penyelenggara.kaltim@rembuk.example"),
    (Role::ComplaintOfficer, "petugas.kaltim@rembuk.example"),
    (Role::Handler, "sekretariat.kaltim@rembuk.example"),
    (Role::Head, "kepala.kaltim@rembuk.example"),
    (Role::Supervisor, "pengawas@rembuk.example"),
];

/// Pages of everybody who is signed in, and those of the demo.
const OWN: &[&str] = &["/kerja", "/kerja/cari"];
const OWN_FOLDERS: &[&str] = &["/kerja/akun", "/kerja/surel"];

/// What a page asks for; a row with a method goes before one without.
const PAGES: &[(&str, &str, &[P])] = &[
    ("", "/kerja/pengaduan", &[P::ViewComplaints]),
    ("", "/kerja/pengaduan/baru", &[P::RegisterComplaint]),
    ("", "/kerja/pengaduan/:number", &[P::ViewComplaints]),
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
    ("", "/kerja/forum", &[P::ViewForums]),
    ("", "/kerja/forum/:id", &[P::ViewForums]),
    ("", "/kerja/forum/baru", &[P::ManageForum]),
    ("", "/kerja/forum/:id/ubah", &[P::ManageForum]),
    ("", "/kerja/forum/:id/acara", &[P::ManageForum]),
    ("", "/kerja/forum/:id/usulan", &[P::ManageForum]),
    ("", "/kerja/forum/:id/tindak-lanjut", &[P::ViewForums]),
    (
        "",
        "/kerja/forum/:id/tindak-lanjut/alasan",
        &[P::ManageForum],
    ),
    (
        "",
        "/kerja/forum/:id/tindak-lanjut/cabut",
        &[P::ManageForum],
    ),
    (
        "",
        "/kerja/forum/:id/tindak-lanjut/lanjutkan",
        &[P::ManageForum],
    ),
    (
        "",
        "/kerja/forum/:id/tindak-lanjut/tutup",
        &[P::ManageForum],
    ),
    ("", "/kerja/tempat", &[P::ManageForum]),
    ("", "/kerja/tempat/:id", &[P::ManageForum]),
    ("", "/kerja/tempat/:id/arsip", &[P::ManageForum]),
    ("get(", "/kerja/forum/:id/masukan", &[P::ViewForums]),
    ("", "/kerja/forum/:id/masukan", &[P::ManageForum]),
    ("", "/kerja/forum/:id/masukan/:input", &[P::ManageForum]),
    (
        "",
        "/kerja/forum/:id/masukan/:input/hapus",
        &[P::ManageForum],
    ),
    ("get(", "/kerja/forum/:id/foto", &[P::ViewForums]),
    ("", "/kerja/forum/:id/foto", &[P::ManageForum]),
    ("get(", "/kerja/forum/:id/foto/:photo", &[P::ViewForums]),
    ("", "/kerja/forum/:id/foto/:photo", &[P::ManageForum]),
    ("", "/kerja/forum/:id/foto/:photo/:step", &[P::ManageForum]),
    ("", "/kerja/forum/:id/notulen", &[P::ViewForums]),
    ("", "/kerja/forum/:id/notulen.pdf", &[P::ViewForums]),
    ("", "/kerja/forum/:id/notulen/riwayat", &[P::ViewForums]),
    ("", "/kerja/forum/:id/notulen/mulai", &[P::ManageForum]),
    ("", "/kerja/forum/:id/notulen/naskah", &[P::ManageForum]),
    ("", "/kerja/forum/:id/notulen/catatan", &[P::ManageForum]),
    (
        "",
        "/kerja/forum/:id/notulen/catatan/:note",
        &[P::ManageForum],
    ),
    (
        "",
        "/kerja/forum/:id/notulen/catatan/:note/hapus",
        &[P::ManageForum],
    ),
    ("", "/kerja/forum/:id/notulen/ajukan", &[P::ManageForum]),
    ("", "/kerja/forum/:id/notulen/setujui", &[P::ApproveMinutes]),
    (
        "",
        "/kerja/forum/:id/notulen/kembalikan",
        &[P::ApproveMinutes],
    ),
    ("", "/kerja/forum/:id/notulen/perbaikan", &[P::ManageForum]),
    ("", "/kerja/forum/:id/dokumen/:file", &[P::ViewForums]),
    ("", "/kerja/forum/:id/kehadiran", &[P::ViewForums]),
    ("", "/kerja/forum/:id/kehadiran/masuk", &[P::CheckIn]),
    ("", "/kerja/forum/:id/kehadiran/kode", &[P::CheckIn]),
    ("", "/kerja/forum/:id/kehadiran/tamu", &[P::CheckIn]),
    ("", "/kerja/forum/:id/kehadiran/batal", &[P::CheckIn]),
    ("", "/kerja/forum/:id/kehadiran/siapkan", &[P::CheckIn]),
    ("", "/kerja/forum/:id/kehadiran/terkini", &[P::ViewForums]),
    ("", "/kerja/forum/:id/kehadiran/mandiri", &[P::CheckIn]),
    ("", "/kerja/forum/:id/kehadiran/mandiri.svg", &[P::CheckIn]),
    ("", "/kerja/forum/:id/kehadiran/lembar", &[P::CheckIn]),
    ("", "/kerja/forum/:id/kehadiran/lembar/:scan", &[P::CheckIn]),
    (
        "",
        "/kerja/forum/:id/kehadiran/lembar/:scan/tamu",
        &[P::CheckIn],
    ),
    (
        "",
        "/kerja/forum/:id/kehadiran/lembar/:scan/berkas",
        &[P::CheckIn],
    ),
    (
        "",
        "/kerja/forum/:id/kehadiran/:row/tanda-tangan",
        &[P::CheckIn],
    ),
    (
        "",
        "/kerja/forum/:id/kehadiran/:row/tanda-tangan/hapus",
        &[P::CheckIn],
    ),
    (
        "",
        "/kerja/forum/:id/kehadiran/:row/tanda-tangan.png",
        &[P::CheckIn],
    ),
    ("", "/kerja/forum/:id/daftar-hadir.xlsx", &[P::CheckIn]),
    (
        "",
        "/kerja/forum/:id/daftar-hadir-kosong.pdf",
        &[P::CheckIn],
    ),
    ("", "/kerja/forum/:id/daftar-hadir.pdf", &[P::CheckIn]),
    (
        "",
        "/kerja/forum/:id/daftar-hadir-umum.pdf",
        &[P::ViewForums],
    ),
    ("", "/kerja/forum/:id/berita-acara", &[P::ViewForums]),
    ("", "/kerja/forum/:id/berita-acara.pdf", &[P::ViewForums]),
    ("", "/kerja/forum/:id/berita-acara/mulai", &[P::ManageForum]),
    (
        "",
        "/kerja/forum/:id/berita-acara/naskah",
        &[P::ManageForum],
    ),
    ("", "/kerja/forum/:id/berita-acara/butir", &[P::ManageForum]),
    (
        "",
        "/kerja/forum/:id/berita-acara/butir/:point",
        &[P::ManageForum],
    ),
    (
        "",
        "/kerja/forum/:id/berita-acara/butir/:point/:step",
        &[P::ManageForum],
    ),
    (
        "",
        "/kerja/forum/:id/berita-acara/penanda-tangan",
        &[P::ManageForum],
    ),
    (
        "",
        "/kerja/forum/:id/berita-acara/penanda-tangan/usulkan",
        &[P::ManageForum],
    ),
    (
        "",
        "/kerja/forum/:id/berita-acara/penanda-tangan/semua",
        &[P::ManageForum],
    ),
    (
        "",
        "/kerja/forum/:id/berita-acara/penanda-tangan/baru",
        &[P::ManageForum],
    ),
    (
        "",
        "/kerja/forum/:id/berita-acara/penanda-tangan/:who",
        &[P::ManageForum],
    ),
    (
        "",
        "/kerja/forum/:id/berita-acara/penanda-tangan/:who/:step",
        &[P::ManageForum],
    ),
    (
        "",
        "/kerja/forum/:id/berita-acara/penanda-tangan/:who/layar",
        &[P::ManageForum],
    ),
    (
        "",
        "/kerja/forum/:id/berita-acara/penanda-tangan/:who/gambar",
        &[P::ManageForum],
    ),
    (
        "",
        "/kerja/forum/:id/berita-acara/penanda-tangan/:who/alasan",
        &[P::ManageForum],
    ),
    (
        "",
        "/kerja/forum/:id/berita-acara/pindaian",
        &[P::ManageForum],
    ),
    (
        "",
        "/kerja/forum/:id/berita-acara/pindaian/:file",
        &[P::ManageForum],
    ),
    (
        "",
        "/kerja/forum/:id/berita-acara/pindaian/:file/hapus",
        &[P::ManageForum],
    ),
    (
        "",
        "/kerja/forum/:id/berita-acara/kunci",
        &[P::LockBeritaAcara],
    ),
    (
        "",
        "/kerja/forum/:id/berita-acara/perbaikan",
        &[P::LockBeritaAcara],
    ),
    ("", "/kerja/forum/:id/laporan", &[P::ViewForums]),
    (
        "",
        "/kerja/forum/:id/laporan/pratinjau.pdf",
        &[P::ReadRestricted],
    ),
    (
        "",
        "/kerja/forum/:id/laporan/pratinjau-umum.pdf",
        &[P::ViewForums],
    ),
    (
        "",
        "/kerja/forum/:id/laporan/laporan.docx",
        &[P::ReadRestricted],
    ),
    (
        "",
        "/kerja/forum/:id/laporan/berkas.zip",
        &[P::ReadRestricted],
    ),
    (
        "",
        "/kerja/forum/:id/laporan/naskah/:slot",
        &[P::ManageForum],
    ),
    (
        "",
        "/kerja/forum/:id/laporan/naskah/:slot/bawaan",
        &[P::ManageForum],
    ),
    ("", "/kerja/forum/:id/laporan/terbitkan", &[P::ManageForum]),
    ("", "/kerja/forum/:id/laporan/kirim", &[P::SendInvitations]),
    ("", "/kerja/forum/:id/undangan", &[P::ViewForums]),
    ("", "/kerja/forum/:id/undangan/kemajuan", &[P::ViewForums]),
    ("", "/kerja/forum/:id/undangan/surat", &[P::ManageForum]),
    ("", "/kerja/forum/:id/undangan/surat.pdf", &[P::ViewForums]),
    (
        "",
        "/kerja/forum/:id/undangan/surat/pratinjau",
        &[P::ManageForum],
    ),
    ("", "/kerja/forum/:id/undangan/terbitkan", &[P::ManageForum]),
    ("", "/kerja/forum/:id/undangan/perbaiki", &[P::ManageForum]),
    ("", "/kerja/forum/:id/undangan/kirim", &[P::SendInvitations]),
    (
        "",
        "/kerja/forum/:id/undangan/penerima/baru",
        &[P::ManageForum],
    ),
    (
        "",
        "/kerja/forum/:id/undangan/penerima/:line",
        &[P::ManageForum],
    ),
    (
        "",
        "/kerja/forum/:id/undangan/penerima/:line/hapus",
        &[P::ManageForum],
    ),
    (
        "",
        "/kerja/forum/:id/undangan/penerima/:line/tarik",
        &[P::ManageForum, P::SendInvitations],
    ),
    (
        "",
        "/kerja/forum/:id/undangan/penerima/:line/whatsapp",
        &[P::SendInvitations],
    ),
    (
        "",
        "/kerja/forum/:id/undangan/penerima/:line/cetak",
        &[P::SendInvitations],
    ),
    (
        "",
        "/kerja/forum/:id/undangan/penerima/:line/belum",
        &[P::SendInvitations],
    ),
    ("", "/kerja/forum/:id/undangan/impor", &[P::ManageForum]),
    (
        "",
        "/kerja/forum/:id/undangan/impor/:file",
        &[P::ManageForum],
    ),
    ("", "/kerja/forum/:id/undangan/kontak", &[P::ManageForum]),
    (
        "",
        "/kerja/forum/:id/undangan/pertanyaan/:question",
        &[P::ManageForum],
    ),
    ("", "/kerja/forum/:id/undangan/pengingat", &[P::ManageForum]),
    ("", "/kerja/kontak", &[P::ManageForum]),
    ("", "/kerja/kontak/baru", &[P::ManageForum]),
    ("", "/kerja/kontak/:id", &[P::ManageForum]),
    ("", "/kerja/kontak/:id/arsip", &[P::ManageForum]),
];

/// What an operation of the API asks for.
const OPERATIONS: &[(&str, &[P])] = &[
    ("listActionItems", &[P::ViewActions]),
    ("getActionItem", &[P::ViewActions]),
    ("finishActionItem", &[P::FinishAction]),
    ("reportActionProgress", &[P::ReportProgress]),
    ("listActionSources", &[P::ViewActions]),
    ("linkActionSource", &[P::ManageActions]),
    ("verifyActionItem", &[P::VerifyAction]),
    ("listComplaints", &[P::ViewComplaints]),
    ("getComplaint", &[P::ViewComplaints]),
    ("answerComplaint", &[P::AnswerComplaint]),
    ("assignComplaint", &[P::AssignComplaint]),
    ("uploadFile", &[P::UploadFiles]),
    ("listForums", &[P::ViewForums]),
    ("getForum", &[P::ViewForums]),
    ("getForumDocument", &[P::ViewForums]),
    ("createForum", &[P::ManageForum]),
    ("listRecipients", &[P::ManageForum]),
    ("importRecipients", &[P::ManageForum]),
    ("sendInvitations", &[P::SendInvitations]),
    ("getJob", &[P::ViewForums]),
    ("getForumMissing", &[P::ViewForums]),
    ("checkIn", &[P::CheckIn]),
    ("getAttendanceWorkbook", &[P::CheckIn]),
    ("getPublicAttendance", &[P::ViewForums]),
    ("getForumReportDocx", &[P::ReadRestricted]),
    ("getForumBundle", &[P::ReadRestricted]),
];

/// Operations without a permission: of everybody, or of whoever has a token.
const OPEN: &[&str] = &[
    "fileComplaint",
    "getComplaintStatus",
    "listStandards",
    "getStandard",
    "me",
];

/// A form that every page can read: a refusal is then about the person and not about a field.
const FORM: &[(&str, &str)] = &[
    ("action", "00000000-0000-0000-0000-000000000000"),
    ("addressee", "Ketua Contoh"),
    ("attendance", "00000000-0000-0000-0000-000000000000"),
    ("cancel_reason", "Alasan yang cukup panjang"),
    ("code", "ABC234"),
    ("division", "sekretariat"),
    ("group", "experts"),
    ("instruction", "Mohon ditindaklanjuti"),
    ("kind", "survey_element"),
    ("name", "Budi Contoh"),
    ("note", "Catatan yang cukup panjang"),
    ("percent", "50"),
    ("position", "Ketua"),
    ("raised_by_group", "experts"),
    ("reason", "Alasan yang cukup panjang"),
    ("recipient", "00000000-0000-0000-0000-000000000000"),
    ("represents", "Akademisi"),
    ("row", "00000000-0000-0000-0000-000000000000"),
    ("signed_on", "2026-03-17"),
    ("source", "procedure"),
    ("text", "Teks yang cukup panjang"),
    ("unit", "disdukcapil-kaltim"),
    ("who_name", "Budi Contoh"),
];

/// One thing of each kind, of the unit whose people try, and of the handler's division.
struct Things {
    complaint: (String, i32),
    action: (String, i32),
    forum: (String, i32),
}

impl Things {
    async fn of(app: &TestApp) -> Self {
        let here = "unit_id = (SELECT id FROM unit WHERE code = 'disdukcapil-kaltim') AND division_id = \
                    (SELECT id FROM division WHERE code = 'sekretariat' AND unit_id = (SELECT id FROM unit WHERE code = 'disdukcapil-kaltim'))";
        let complaint = format!(
            "complaint WHERE {here} AND status = 'in_progress' AND NOT confidential AND assignee_id IS NULL"
        );
        let action = format!("action_item WHERE {here}");
        let forum = "forum WHERE unit_id = (SELECT id FROM unit WHERE code = 'disdukcapil-kaltim') ORDER BY date DESC";
        Self {
            complaint: thing(app, "number", &complaint).await,
            action: thing(app, "id", &action).await,
            forum: thing(app, "id", forum).await,
        }
    }

    /// The address of such a thing, and its version.
    fn fill(&self, address: &str) -> (String, i32) {
        let (first, version) = if address.contains("/pengaduan") || address.contains("/complaints")
        {
            &self.complaint
        } else if address.contains("/rencana-aksi") || address.contains("/action-items") {
            &self.action
        } else {
            &self.forum
        };
        let nil = uuid::Uuid::nil().to_string();
        let mut parameters = [first].into_iter().chain(std::iter::repeat(&nil));
        let parts = address.split('/').map(|part| {
            if part.starts_with(':') || part.starts_with('{') {
                parameters.next().unwrap()
            } else {
                part
            }
        });
        (parts.collect::<Vec<_>>().join("/"), *version)
    }
}

async fn thing(app: &TestApp, column: &str, from: &str) -> (String, i32) {
    let db = &app.app.db;
    let sql = format!("SELECT {column}, version FROM {from} LIMIT 1");
    let row = db
        .query_one_raw(Statement::from_string(db.get_database_backend(), sql))
        .await
        .unwrap()
        .unwrap_or_else(|| panic!("the demo has no {from}"));
    let name = match row.try_get::<uuid::Uuid>("", column) {
        Ok(id) => id.to_string(),
        Err(_) => row.try_get("", column).unwrap(),
    };
    (name, row.try_get("", "version").unwrap())
}

async fn demo() -> TestApp {
    let app = TestApp::bare().await;
    let hash = rembuk::access::hash_password(PASSWORD.to_owned())
        .await
        .unwrap();
    rembuk::demo::load(&app.ctx(), &hash).await.unwrap();
    app.run_jobs().await;
    app
}

/// Whether the role has all of the permissions, and how far.
fn reach(role: Role, asked: &[P]) -> Option<Reach> {
    let reaches: Option<Vec<Reach>> = asked.iter().map(|one| reach_of(*one, role)).collect();
    reaches?
        .into_iter()
        .reduce(|a, b| if a == Reach::Division { a } else { b })
}

/// A refused person is told 403, or 404 where they may not know of the thing; anybody else is told neither 403
/// nor to sign in. Who has a right in a division may lack it for this thing.
fn fault(role: Role, asked: &[P], answer: &Answer) -> bool {
    let refused = matches!(answer.status, 403 | 404);
    let turned_away =
        matches!(answer.status, 401 | 403 | 405 | 500..) || answer.location().starts_with("/masuk");
    match reach(role, asked) {
        None => !refused,
        Some(Reach::Division) => turned_away && answer.status != 403,
        Some(Reach::Unit | Reach::All) => turned_away,
    }
}

fn asked_by(method: &str, address: &str) -> Option<&'static [P]> {
    let row = |exact: &str| {
        PAGES
            .iter()
            .find(|(of, listed, _)| *listed == address && *of == exact)
    };
    row(method).or_else(|| row("")).map(|(.., asked)| *asked)
}

async fn try_page(browser: &mut Browser<'_>, method: &str, path: &str, version: i32) -> Answer {
    if method == "get(" {
        return browser.get(path).await;
    }
    let version = version.to_string();
    let mut fields = FORM.to_vec();
    fields.push(("version", &version));
    browser.post(path, &fields).await
}

#[tokio::test]
async fn every_page_of_the_workspace_answers_a_role_as_the_table_says() {
    let app = demo().await;
    let things = Things::of(&app).await;
    let mut faults = Vec::new();
    let mut walks = Vec::new();
    for (address, methods) in page_routes() {
        let own = OWN.contains(&address.as_str())
            || OWN_FOLDERS.iter().any(|folder| address.starts_with(folder));
        if !address.starts_with("/kerja") || own {
            continue;
        }
        for method in methods {
            match asked_by(method, &address) {
                Some(asked) => walks.push((method, address.clone(), asked)),
                None => faults.push(format!("{method} {address} is in no list")),
            }
        }
    }
    // First those who may not: they change nothing. Then those who may, who come too late to change much.
    for allowed in [false, true] {
        for (role, email) in PEOPLE {
            let mut browser = app.sign_in(email).await;
            browser.get("/kerja/akun").await;
            for (method, address, asked) in &walks {
                if reach(*role, asked).is_some() != allowed {
                    continue;
                }
                let (path, version) = things.fill(address);
                let version = if allowed { version - 1 } else { version };
                let answer = try_page(&mut browser, method, &path, version).await;
                if fault(*role, asked, &answer) {
                    faults.push(format!("{role:?} {method} {address}: {}", answer.status));
                }
            }
        }
    }
    app.forget_jobs().await;
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

fn body_of(operation: &str, version: i32) -> Option<serde_json::Value> {
    Some(match operation {
        "answerComplaint" => json!({ "text": "Jawaban yang cukup panjang", "version": version }),
        "assignComplaint" => json!({ "division": "sekretariat", "version": version }),
        "reportActionProgress" => json!({ "note": "Catatan yang cukup panjang" }),
        "linkActionSource" => json!({ "kind": "survey_element", "id": "procedure" }),
        "checkIn" => json!({ "code": "ABC234" }),
        "createForum" => json!({
            "unit": "disdukcapil-kaltim", "code": "FKP", "title": "Judul", "theme": "Tema",
            "scope": "other_policy", "mode": "online", "date": "", "start": "", "end": "",
            "venue": { "name": "Aula", "address": "Jalan Contoh" },
        }),
        _ => return None,
    })
}

#[tokio::test]
async fn every_operation_of_the_api_answers_a_role_as_the_table_says() {
    let app = demo().await;
    let things = Things::of(&app).await;
    let document = app.browser().get("/api/openapi.json").await.json();
    let mut faults = Vec::new();
    for allowed in [false, true] {
        for (role, email) in PEOPLE {
            let person = person_by_email(&app.app.db, email).await.unwrap().unwrap();
            let token = create_token(&app.ctx(), person, "uji", true).await.unwrap();
            let mut program = app.browser();
            let bearer = ("authorization".into(), format!("Bearer {token}"));
            program.headers.push(bearer);
            for (path, operations) in document["paths"].as_object().unwrap() {
                for (method, operation) in operations.as_object().unwrap() {
                    let id = operation["operationId"].as_str().unwrap();
                    if OPEN.contains(&id) {
                        continue;
                    }
                    let Some((_, asked)) = OPERATIONS.iter().find(|(listed, _)| *listed == id)
                    else {
                        faults.push(format!("{id} is in no list"));
                        continue;
                    };
                    if reach(*role, asked).is_some() != allowed {
                        continue;
                    }
                    let (path, version) = things.fill(path);
                    let path = format!("/api/v1{path}");
                    let version = if allowed { version - 1 } else { version };
                    let method: Method = method.to_uppercase().parse().unwrap();
                    let answer = if id == "uploadFile" {
                        let file = ("file", "bukti.pdf", b"%PDF-1.7 bukti".as_slice());
                        program.post_file(&path, &[], file).await
                    } else if id == "importRecipients" {
                        let file = ("file", "daftar.csv", b"Nama;Instansi".as_slice());
                        program.post_file(&path, &[], file).await
                    } else {
                        program.api(method, &path, body_of(id, version)).await
                    };
                    if fault(*role, asked, &answer) {
                        faults.push(format!("{role:?} {id}: {} {}", answer.status, answer.body));
                    }
                }
            }
        }
    }
    app.forget_jobs().await;
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}
