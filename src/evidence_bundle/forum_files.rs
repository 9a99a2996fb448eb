//! What the forums of the year leave behind: each with its letter, record, signed attendance, minutes, photos and report.

use chrono::Datelike as _;

use super::{
    plan::{Make, Plan, Planned},
    rules::{Artefact, safe},
};
use crate::{
    access::Ctx,
    attendance,
    documents::{self, Kind},
    forums::{self, Forum},
    minutes,
    platform::error::Result,
};

/// The issued papers, with their names and the page of the forum on which each is made.
const PAPERS: [(Artefact, Kind, &str, &str); 4] = [
    (
        Artefact::Invitation,
        Kind::Invitation,
        "surat-undangan",
        "undangan",
    ),
    (
        Artefact::BeritaAcara,
        Kind::BeritaAcara,
        "berita-acara",
        "berita-acara",
    ),
    (Artefact::Minutes, Kind::Minutes, "notulen", "notulen"),
    // The copy for everybody: that of the office holds telephone numbers.
    (
        Artefact::ForumReport,
        Kind::ReportPublic,
        "laporan",
        "laporan",
    ),
];

pub async fn add(ctx: &Ctx, plan: &mut Plan) -> Result<()> {
    let mut forums = forums::list(ctx).await?;
    forums.retain(|forum| {
        forum.unit_id == plan.unit.id
            && forum.date.year() == plan.year
            && forum.cancelled_at.is_none()
    });
    forums.sort_by_key(|forum| forum.date);
    if forums.is_empty() {
        let all = PAPERS.map(|(artefact, ..)| artefact);
        for artefact in all
            .into_iter()
            .chain([Artefact::Attendance, Artefact::Photos])
        {
            plan.lacks(artefact, None, "/kerja/forum");
        }
    }
    for forum in &forums {
        papers(ctx, plan, forum).await?;
        attendance_list(ctx, plan, forum).await?;
        photos(ctx, plan, forum).await?;
    }
    Ok(())
}

fn folder(forum: &Forum) -> String {
    format!("2-forum/{}", safe(&forum.code))
}

fn page(forum: &Forum, stage: &str) -> String {
    format!("/kerja/forum/{}/{stage}", forum.id)
}

async fn papers(ctx: &Ctx, plan: &mut Plan, forum: &Forum) -> Result<()> {
    for (artefact, kind, name, stage) in PAPERS {
        let paper = documents::latest(&ctx.app.db, "forum", forum.id.0, kind).await?;
        // A letter that only its recipients may read stays in the office.
        match paper.filter(|paper| !paper.restricted) {
            Some(paper) => plan.file(Planned {
                artefact,
                name: format!("{}/{name}-v{}.pdf", folder(forum), paper.version),
                make: Make::Issued(Box::new(paper)),
            }),
            None => plan.lacks(artefact, Some(&forum.title), &page(forum, stage)),
        }
    }
    Ok(())
}

async fn attendance_list(ctx: &Ctx, plan: &mut Plan, forum: &Forum) -> Result<()> {
    match attendance::closed(&ctx.app.db, forum.id).await?.is_some() {
        true => plan.file(Planned {
            artefact: Artefact::Attendance,
            name: format!("{}/daftar-hadir-menurut-unsur.pdf", folder(forum)),
            make: Make::Attendance(forum.id),
        }),
        false => plan.lacks(
            Artefact::Attendance,
            Some(&forum.title),
            &page(forum, "kehadiran"),
        ),
    }
    Ok(())
}

/// Those that may be published: faces are personal data.
async fn photos(ctx: &Ctx, plan: &mut Plan, forum: &Forum) -> Result<()> {
    let mut photos = minutes::photos(&ctx.app.db, forum.id).await?;
    photos.retain(|photo| photo.publishable);
    if photos.is_empty() {
        plan.lacks(Artefact::Photos, Some(&forum.title), &page(forum, "foto"));
    }
    for photo in photos {
        let ending = match photo.content_type.as_str() {
            "image/png" => "png",
            "image/webp" => "webp",
            _ => "jpg",
        };
        plan.file(Planned {
            artefact: Artefact::Photos,
            name: format!("{}/foto-{:02}.{ending}", folder(forum), photo.position),
            make: Make::Photo(photo.file_key),
        });
    }
    Ok(())
}
