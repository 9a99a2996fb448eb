//! Papers of a unit that wait for a signature: minutes for whoever approves them, the record of what was agreed, a letter
//! of invitation, a report, a letter of clarification, the report of a survey.

use crate::{
    access::{Ctx, Permission},
    berita_acara, complaints,
    documents::{self, Kind},
    forums::{Forum, Stage},
    invitations, minutes,
    organisation::Unit,
    platform::{
        error::Result,
        i18n::{Locale, Message, t},
    },
    surveys::results,
};

/// Which paper.
#[derive(Clone, Copy, Debug, PartialEq, Eq, poem_openapi::Enum)]
#[oai(rename = "WaitingPaper", rename_all = "snake_case")]
pub enum Paper {
    /// Minutes that the caller approves.
    Minutes,
    /// A Berita Acara that is not locked.
    Record,
    /// A letter of invitation that is not issued.
    Invitation,
    /// The report of a forum that is not issued.
    Report,
    /// A letter of clarification that is not issued.
    Clarification,
    /// The report of a survey period that the head approves.
    SurveyReport,
}

impl Paper {
    #[must_use]
    pub fn label_key(self) -> &'static str {
        match self {
            Self::Minutes => "waiting-minutes",
            Self::Record => "waiting-record",
            Self::Invitation => "waiting-invitation",
            Self::Report => "waiting-report",
            Self::Clarification => "waiting-clarification",
            Self::SurveyReport => "waiting-survey-report",
        }
    }
}

/// One paper that waits.
#[derive(Clone, Debug)]
pub struct Waiting {
    pub paper: Paper,
    /// The forum, the survey period, or the number of the complaint.
    pub of: String,
    /// What is still to be done.
    pub note: String,
    pub href: String,
}

impl Waiting {
    #[must_use]
    pub fn title(&self, locale: Locale) -> String {
        format!("{}: {}", t(locale, self.paper.label_key()), self.of)
    }
}

/// What waits in a unit, as far as the caller sees it; forums in the order given.
pub async fn waiting(ctx: &Ctx, unit: &Unit, forums: &[Forum]) -> Result<Vec<Waiting>> {
    let mut found = Vec::new();
    let locale = ctx.locale();
    for forum in minutes::to_approve(ctx).await? {
        if forum.unit_id == unit.id {
            let note = t(locale, "waiting-minutes-note");
            found.push(about(Paper::Minutes, &forum, note, "notulen"));
        }
    }
    if ctx.may(Permission::ViewForums, unit.id) {
        for forum in forums {
            let open = forum.stage != Stage::Closed && forum.cancelled_at.is_none();
            if forum.unit_id == unit.id && open {
                found.extend(of_forum(ctx, forum).await?);
            }
        }
    }
    for (period, title) in results::reports_waiting(ctx, unit).await? {
        let key = match ctx.may(Permission::ApproveSurveyReport, unit.id) {
            true => "waiting-minutes-note",
            false => "waiting-head-note",
        };
        found.push(Waiting {
            paper: Paper::SurveyReport,
            of: title,
            note: t(locale, key),
            href: format!("/kerja/survei/{period}/laporan"),
        });
    }
    for number in complaints::unsigned_letters(ctx, unit).await? {
        found.push(Waiting {
            paper: Paper::Clarification,
            note: t(locale, "waiting-not-issued"),
            href: format!("/kerja/pengaduan/{number}"),
            of: number,
        });
    }
    Ok(found)
}

fn about(paper: Paper, forum: &Forum, note: String, place: &str) -> Waiting {
    Waiting {
        paper,
        of: forum.title.clone(),
        note,
        href: format!("/kerja/forum/{}/{place}", forum.id),
    }
}

async fn of_forum(ctx: &Ctx, forum: &Forum) -> Result<Vec<Waiting>> {
    let (db, locale) = (&ctx.app.db, ctx.locale());
    let mut found = Vec::new();
    if forum.stage == Stage::Invitation
        && let Some(letter) = invitations::letter_of(db, forum).await?
    {
        let note = match (letter.issued_at, letter.reopened_at) {
            (Some(_), None) => None,
            (Some(_), Some(_)) => Some("waiting-correction"),
            (None, _) if letter.number.is_none() || letter.letter_date.is_none() => {
                Some("waiting-number")
            }
            (None, _) => Some("waiting-not-issued"),
        };
        let note = note.map(|key| t(locale, key));
        found.extend(note.map(|note| about(Paper::Invitation, forum, note, "undangan")));
    }
    if let Some(record) = berita_acara::signed_so_far(db, forum).await?
        && (record.status == berita_acara::Status::Draft || record.amending)
        && record.signatories > 0
    {
        let note = match record.signed < record.signatories {
            _ if record.amending => t(locale, "waiting-correction"),
            true => Message::new("waiting-signed")
                .with("signed", record.signed)
                .with("all", record.signatories)
                .text(locale),
            false => t(locale, "waiting-lock"),
        };
        found.push(about(Paper::Record, forum, note, "berita-acara"));
    }
    if matches!(forum.stage, Stage::Report | Stage::FollowUp)
        && documents::latest(db, "forum", forum.id.0, Kind::Report)
            .await?
            .is_none()
    {
        let note = t(locale, "waiting-not-issued");
        found.push(about(Paper::Report, forum, note, "laporan"));
    }
    Ok(found)
}
