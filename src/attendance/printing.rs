//! Printing invitations for many: the job that makes a file, and the sheets in it. A sheet holds the code for the door,
//! which the invitation does not know.

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::desk;
use crate::{
    access::Ctx,
    documents::{
        self, Kind,
        data::{AnswerSheet, AnswerSheets, Picture, PictureFormat},
    },
    forums::{self, ForumId},
    invitations::{
        self, Chosen, PartId,
        printing::{self, Papers, Print, Work},
    },
    platform::{
        context::App,
        error::{Error, Result},
        i18n::{Locale, Message, t},
        jobs::{self, Job, JobError},
        qr,
    },
};

/// What somebody without a telephone ticks on the sheet, and writes beside it.
pub(super) const CHOICES: [&str; 3] = [
    "attendance-sheet-comes",
    "attendance-sheet-declines",
    "attendance-sheet-sends",
];
pub(super) const LINES: [&str; 3] = [
    "attendance-sheet-name",
    "attendance-position",
    "attendance-phone",
];

/// Guests read papers in Indonesian, whatever the officer reads.
const ID: Locale = Locale::Id;

/// Makes one file of a print.
#[derive(Debug, Serialize, Deserialize)]
pub struct PrintPart {
    pub part: PartId,
}

impl Job for PrintPart {
    const NAME: &'static str = "invitation.print";

    async fn run(self, app: Arc<App>) -> std::result::Result<(), JobError> {
        let ctx = Ctx::system(&app);
        let Err(error) = make(&ctx, self.part).await else {
            return Ok(());
        };
        let hopeless = matches!(
            error,
            Error::NotFound | Error::Rule { .. } | Error::Invalid(_)
        );
        // The page of the prints says that it failed; a letter that changed meanwhile is no fault of ours.
        match printing::failed(&ctx, self.part, hopeless).await? {
            true if hopeless => Ok(()),
            true => Err(JobError::GiveUp(error.into())),
            false => Err(error.into()),
        }
    }
}

/// What was put into the queue.
pub struct Started {
    pub print: Print,
    pub files: usize,
    /// Chosen people who get no such paper.
    pub left: usize,
}

/// Asks for papers; each file is made by a job of its own.
pub async fn start(
    ctx: &Ctx,
    id: ForumId,
    how: (Papers, bool),
    chosen: &Chosen,
) -> Result<Started> {
    let begun = printing::begin(ctx, id, how, chosen).await?;
    for part in &begun.files {
        jobs::enqueue(&begun.tx, &PrintPart { part: *part }, ctx.now).await?;
    }
    begun.tx.commit().await?;
    Ok(Started {
        print: begun.print,
        files: begun.files.len(),
        left: begun.left,
    })
}

async fn make(ctx: &Ctx, part: PartId) -> Result<()> {
    let Some(mut work) = printing::work(ctx, part).await? else {
        return Ok(());
    };
    let bytes = match work.print.kind {
        Papers::Letters => printing::letters(ctx, &work).await?,
        Papers::Sheets => sheets(ctx, &mut work).await?,
    };
    printing::done(ctx, &work, bytes).await
}

/// A sheet for each who may come; who declined since gets none, and leaves the work.
async fn sheets(ctx: &Ctx, work: &mut Work) -> Result<Vec<u8>> {
    let mut sheets = Vec::new();
    let mut without = Vec::new();
    let mut last = None;
    for recipient in &work.recipients {
        let url = invitations::answer_url(&ctx.app, recipient)?;
        let token = url.rsplit('/').next().unwrap_or_default();
        let card = match desk::card(ctx, token).await {
            Err(Error::NotFound) => {
                without.push(recipient.id);
                continue;
            }
            found => found?,
        };
        let drawn = |address: &str| -> Result<Picture> {
            let svg = qr::drawing(address)?;
            Ok(Picture::new(PictureFormat::Svg, svg.as_bytes()))
        };
        sheets.push(AnswerSheet {
            to: recipient.in_full(),
            several: recipient.for_several(ID),
            link: drawn(&url)?,
            code: desk::spaced(&card.row.check_in_code),
            code_picture: drawn(&card.url)?,
            url,
        });
        last = Some(card);
    }
    work.recipients.retain(|one| !without.contains(&one.id));
    let card = last.ok_or(Error::NotFound)?;
    let contact = invitations::organiser_address(&ctx.app, &card.unit).await?;
    let data = AnswerSheets {
        title: format!("{}: {}", t(ID, "attendance-sheet-title"), card.forum.title),
        heading: t(ID, "attendance-sheet-title"),
        when: forums::when_text(&card.forum, card.zone, ID),
        place: forums::where_text(&card.forum),
        letterhead: printing::issued(ctx, work).await?.letterhead,
        forum: card.forum.title,
        answer: t(ID, "attendance-sheet-answer"),
        answer_how: t(ID, "attendance-sheet-type"),
        answer_alt: t(ID, "attendance-sheet-answer-alt"),
        card: t(ID, "attendance-card-title"),
        card_code: t(ID, "attendance-code"),
        card_alt: t(ID, "attendance-code-alt"),
        how: t(ID, "attendance-sheet-how"),
        by_hand: t(ID, "attendance-sheet-by-hand"),
        choices: CHOICES.map(|key| t(ID, key)).into(),
        lines: LINES.map(|key| t(ID, key)).into(),
        others: t(ID, "invitations-companions"),
        contact: Message::new("invitations-mail-contact")
            .with("contact", contact)
            .text(ID),
        double_sided: work.print.double_sided,
        sheets,
    };
    documents::render(&ctx.app, Kind::AnswerSheets, &data, ctx.now).await
}
