//! The mail to those in charge of actions that a survey measured.

use serde::Serialize;

use crate::{
    access::Ctx,
    platform::{
        db::Tx,
        error::Result,
        i18n::Locale,
        mail::{self, Outgoing, SendMail},
        web::pages::Email,
    },
    surveys::results::Seen,
};

/// Mails to account holders are in Indonesian, like all others to them.
pub const LANGUAGE: Locale = Locale::Id;

#[derive(Serialize)]
struct ActionsMeasured {
    name: String,
    unit: String,
    period: String,
    rows: Vec<Measured>,
    result_url: String,
}

/// One action.
#[derive(Clone, Serialize)]
pub struct Measured {
    pub code: String,
    pub title: String,
    /// `U8: 2,710 → 3,321 (Penanganan Pengaduan)`, or why the two are not compared.
    pub figures: String,
    pub url: String,
}

impl Email for ActionsMeasured {
    const TEMPLATE: &'static str = "actions_measured";
}

pub async fn send(
    tx: &Tx,
    ctx: &Ctx,
    seen: &Seen,
    (name, address): (String, String),
    rows: Vec<Measured>,
) -> Result<()> {
    let result = format!("/kerja/survei/{}/hasil#tindakan", seen.period.id);
    let email = ActionsMeasured {
        name: name.clone(),
        unit: seen.unit.short_name.clone(),
        period: seen.period.title.clone(),
        rows,
        result_url: ctx.app.url(&result),
    };
    let words = ctx.app.templates.email(LANGUAGE, &email)?;
    let mail = Outgoing {
        to_name: name,
        to_address: address,
        subject: words.subject,
        text: words.text,
        html: words.html,
        calendar: None,
        attachments: Vec::new(),
        about_kind: "unit",
        about_id: seen.unit.id.0,
    };
    mail::queue::<SendMail>(tx, &ctx.app, ctx.now, mail).await?;
    Ok(())
}
