//! The mail that brings a letter to the reporter. What was told in confidence is never sent along: the mail only says
//! that the letter is on the status page.

use serde::Serialize;

use crate::{
    access::Ctx,
    complaints::{
        calling,
        emails::{locale_of, track_url, with_quiet_link},
        entity::complaint,
        filing, identity, words,
    },
    documents::Document,
    organisation::Unit,
    platform::{
        db::Tx,
        error::Result,
        mail::{self, AttachedFile, Outgoing, SendMail},
        web::pages::Email,
    },
};

#[derive(Serialize)]
struct Letter {
    number: String,
    /// What it is called inside a sentence.
    called: String,
    letter: String,
    unit: String,
    attached: bool,
    track_url: String,
}

impl Email for Letter {
    const TEMPLATE: &'static str = "complaint_letter";
}

pub async fn letter(
    tx: &Tx,
    ctx: &Ctx,
    of: &complaint::Model,
    unit: &Unit,
    document: &Document,
) -> Result<bool> {
    let reporter = identity::read(tx, &ctx.app, of.id).await?;
    // Who wants no mails reads the letter on the status page.
    if filing::is_quiet(tx, of).await? {
        return Ok(false);
    }
    let email = Letter {
        number: of.number.clone(),
        called: words::called(of.kind, locale_of(of)),
        letter: document.number.clone().unwrap_or_default(),
        unit: unit.name.clone(),
        attached: !of.confidential,
        track_url: track_url(ctx, of),
    };
    let words = ctx.app.templates.email(locale_of(of), &email)?;
    let Some(address) = reporter.email.clone() else {
        calling::note(tx, ctx, of, &reporter, words.subject).await?;
        return Ok(false);
    };
    let words = with_quiet_link(ctx, of, words);
    let file = AttachedFile {
        file_key: document.file_key.clone(),
        name: format!("surat-klarifikasi-{}.pdf", of.number),
        content_type: "application/pdf".to_owned(),
    };
    let mail = Outgoing {
        to_name: String::new(),
        to_address: address,
        subject: words.subject,
        text: words.text,
        html: words.html,
        calendar: None,
        attachments: (!of.confidential).then_some(file).into_iter().collect(),
        about_kind: "complaint",
        about_id: of.id.0,
    };
    mail::queue_private::<SendMail>(tx, &ctx.app, ctx.now, mail).await?;
    Ok(true)
}
