//! What the pages and operations of the loop ask for: issues, milestones, gaps, the head's and the supervisor's page.

use rembuk::access::Permission as P;
use serde_json::json;

pub const PAGES: &[(&str, &str, &[P])] = &[
    ("", "/kerja/isu", &[P::ViewIssues]),
    ("", "/kerja/isu/baru", &[P::ManageIssues]),
    ("", "/kerja/isu/usulan", &[P::ManageIssues]),
    ("", "/kerja/isu/:id", &[P::ViewIssues]),
    ("", "/kerja/isu/:id/ubah", &[P::ManageIssues]),
    ("", "/kerja/isu/:id/suara", &[P::ManageIssues]),
    ("", "/kerja/isu/:id/suara/lepas", &[P::ManageIssues]),
    ("", "/kerja/isu/:id/buka", &[P::ManageIssues]),
    ("", "/kerja/isu/:id/agenda", &[P::ManageIssues]),
    ("", "/kerja/isu/:id/tolak", &[P::DecideIssue]),
    ("", "/kerja/isu/:id/selesai", &[P::DecideIssue]),
    ("", "/kerja/isu/:id/tautkan", &[P::ManageIssues]),
    ("", "/kerja/isu/:id/tindakan", &[P::ManageIssues]),
    ("", "/kerja/isu/celah", &[P::ViewIssues]),
    ("", "/kerja/ringkasan", &[P::ViewOverview]),
    ("", "/kerja/perbandingan", &[P::ViewUnits]),
    ("", "/kerja/perbandingan/unit.xlsx", &[P::ViewUnits]),
    ("", "/kerja/perbandingan/unit.csv", &[P::ViewUnits]),
    ("", "/kerja/pengaduan/:number/rantai", &[P::ViewComplaints]),
    ("", "/kerja/rencana-aksi/matriks.xlsx", &[P::ViewActions]),
    ("", "/kerja/rencana-aksi/matriks.pdf", &[P::ViewActions]),
    ("", "/kerja/bukti", &[P::ViewEvidence]),
    ("", "/kerja/bukti/arsip.zip", &[P::ViewEvidence]),
    ("", "/kerja/rencana-aksi/:id/tonggak", &[P::ManageActions]),
    (
        "",
        "/kerja/rencana-aksi/:id/tonggak/hapus",
        &[P::ManageActions],
    ),
    (
        "",
        "/kerja/rencana-aksi/:id/perpanjang",
        &[P::ManageActions],
    ),
    ("", "/kerja/rencana-aksi/:id/ukuran", &[P::ReportProgress]),
    (
        "",
        "/kerja/rencana-aksi/:id/ukuran/lepas",
        &[P::ReportProgress],
    ),
];

pub const OPERATIONS: &[(&str, &[P])] = &[
    ("listIssues", &[P::ViewIssues]),
    ("createIssue", &[P::ManageIssues]),
    ("listIssueProposals", &[P::ManageIssues]),
    ("decideIssueProposal", &[P::ManageIssues]),
    ("getIssue", &[P::ViewIssues]),
    ("linkIssueVoice", &[P::ManageIssues]),
    ("openIssue", &[P::ManageIssues]),
    ("offerIssue", &[P::ManageIssues]),
    ("linkIssueAction", &[P::ManageIssues]),
    ("refuseIssue", &[P::DecideIssue]),
    ("resolveIssue", &[P::DecideIssue]),
    ("createActionItem", &[P::ManageActions]),
    ("addActionEvidence", &[P::ReportProgress]),
    ("listActionMilestones", &[P::ViewActions]),
    ("addActionMilestone", &[P::ManageActions]),
    ("extendActionItem", &[P::ManageActions]),
    ("getActionChain", &[P::ViewActions]),
    ("getComplaintChain", &[P::ViewComplaints]),
    ("listLoopGaps", &[P::ViewIssues]),
    ("getUnitOverview", &[P::ViewOverview]),
    ("listUnitOverviews", &[P::ViewUnits]),
    ("getEvidence", &[P::ViewEvidence]),
    ("makeEvidenceBundle", &[P::ViewEvidence]),
    ("getEvidenceBundle", &[P::ViewEvidence]),
];

pub fn body_of(operation: &str) -> Option<serde_json::Value> {
    Some(match operation {
        "createIssue" => json!({ "unit": "disdukcapil-kaltim", "title": "Masalah contoh" }),
        "decideIssueProposal" => json!({
            "unit": "disdukcapil-kaltim", "key": "words:contoh", "accept": false,
            "reason": "Alasan yang cukup panjang",
        }),
        "linkIssueVoice" => json!({ "kind": "survey_element", "id": "procedure" }),
        "openIssue" | "refuseIssue" | "resolveIssue" => {
            json!({ "reason": "Alasan yang cukup panjang" })
        }
        "createActionItem" => json!({
            "unit": "disdukcapil-kaltim", "title": "Tindakan contoh", "description": "Uraian contoh yang cukup",
            "division": "sekretariat", "due_on": "2027-03-17", "indicator": "Jumlah", "target": "1",
        }),
        "addActionEvidence" => json!({
            "note": "Catatan yang cukup panjang", "links": ["https://contoh.example/a"],
        }),
        "addActionMilestone" => json!({ "title": "Tonggak contoh", "due_on": "2027-03-17" }),
        "extendActionItem" => {
            json!({ "due_on": "2027-03-17", "reason": "Alasan yang cukup panjang" })
        }
        "offerIssue" => json!({ "offered": true }),
        "linkIssueAction" => json!({ "action_item": uuid::Uuid::nil() }),
        _ => return None,
    })
}
