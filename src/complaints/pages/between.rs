//! What happened to a case while somebody was writing an answer: the citizen added something, a colleague was
//! quicker, or the case ended. It is read before sending again, and what was typed is never lost.

use serde::Serialize;

use super::panels::Panel;
use crate::{
    access::Ctx,
    calendar::dates,
    complaints::{
        entity::message,
        handling,
        rules::{self, Event, MessageKind, Status},
        viewing::Case,
        words,
    },
    platform::{
        error::Result,
        i18n::{Message, t},
        web::forms::Form,
    },
};

#[derive(Serialize)]
pub(super) struct Between {
    title: String,
    messages: Vec<Said>,
    /// In words; empty without files.
    files: String,
    note: String,
    /// What was typed, where the form that it stood in is gone; empty elsewhere.
    typed: String,
    /// The one thing that the page says of the refusal.
    #[serde(skip)]
    pub refusal: String,
}

#[derive(Serialize)]
struct Said {
    at: String,
    text: String,
}

/// None where neither explains why the form came too late.
pub(super) async fn since(
    ctx: &Ctx,
    case: &Case,
    panel: Panel,
    form: &Form,
) -> Result<Option<Between>> {
    if panel == Panel::Answer
        && let Some(between) = gone(ctx, case, form)
    {
        return Ok(Some(between));
    }
    added(ctx, case, form).await
}

/// The form in which it was typed is gone: a colleague answered first, or the case ended meanwhile.
fn gone(ctx: &Ctx, case: &Case, form: &Form) -> Option<Between> {
    let status = case.complaint.status;
    if rules::steps(status, Event::Answer).is_ok() {
        return None;
    }
    let mut messages = case.messages.iter().rev();
    let answer = messages.find(|message| message.kind == MessageKind::Answer);
    // What an older answer says is not why a case that ended otherwise takes no more.
    let answer = answer.filter(|_| matches!(status, Status::Answered | Status::Closed));
    Some(match answer {
        Some(answer) => answered(ctx, case, answer, form),
        None => ended(ctx, case, form),
    })
}

/// It was withdrawn, forwarded, refused or merged.
fn ended(ctx: &Ctx, case: &Case, form: &Form) -> Between {
    let locale = ctx.locale();
    let refusal = Message::new("complaints-between-ended")
        .with("status", words::standing_chip(&case.complaint, locale).text);
    Between {
        title: t(locale, "complaints-between-ended-title"),
        messages: Vec::new(),
        files: String::new(),
        note: t(locale, "complaints-between-ended-note"),
        typed: form.get("text").to_owned(),
        refusal: refusal.text(locale),
    }
}

fn answered(ctx: &Ctx, case: &Case, answer: &message::Model, form: &Form) -> Between {
    let locale = ctx.locale();
    let at = dates::date_time(&answer.at.with_timezone(&case.zone), locale);
    // Pressed twice, the second press finds the own answer there.
    let own = answer.person_id.is_some() && answer.person_id == ctx.person_id();
    let key = match own {
        true => "complaints-between-own",
        false => "complaints-between-answered",
    };
    let refusal = Message::new(key)
        .with("who", &answer.author)
        .with("at", &at);
    let sent = own && form.get("text").trim() == answer.text.trim();
    Between {
        title: t(locale, &format!("{key}-title")),
        messages: vec![Said {
            at: format!("{}, {at}", answer.author),
            text: answer.text.clone(),
        }],
        files: String::new(),
        note: t(locale, &format!("{key}-note")),
        typed: match sent {
            true => String::new(),
            false => form.get("text").to_owned(),
        },
        refusal: refusal.text(locale),
    }
}

/// The citizen added words or files.
async fn added(ctx: &Ctx, case: &Case, form: &Form) -> Result<Option<Between>> {
    let Some(seen) = form.get("version").parse().ok().filter(|seen| *seen > 0) else {
        return Ok(None);
    };
    let (messages, files) = handling::added_since(ctx, &case.complaint, seen).await?;
    if messages.is_empty() && files == 0 {
        return Ok(None);
    }
    let locale = ctx.locale();
    let said = messages.into_iter().map(|message| Said {
        at: dates::date_time(&message.at.with_timezone(&case.zone), locale),
        text: message.text,
    });
    Ok(Some(Between {
        title: t(locale, "complaints-between-title"),
        messages: said.collect(),
        files: match files {
            0 => String::new(),
            files => Message::new("complaints-between-files")
                .with("count", files)
                .text(locale),
        },
        note: t(locale, "complaints-between-note"),
        typed: String::new(),
        refusal: t(locale, "complaints-between-added"),
    }))
}
