//! An answer from a program: a kiosk, another site, a tablet that was without network.

use chrono::{Days, NaiveDate};

use super::{
    offered,
    rules::place,
    service::{self, Form, Kept, Raw, Source},
};
use crate::{
    access::Ctx,
    platform::{
        error::{Error, Result},
        i18n::Message,
    },
    standards,
    surveys::{entity::answers::AnswerWay, setup::rules::phase},
};

/// The answer to one element.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Scored {
    pub element: String,
    pub score: i64,
}

/// What a program sends.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Sent {
    /// Code of the service.
    pub service: String,
    pub answers: Vec<Scored>,
    /// In the order of the profile.
    pub profile: [String; 4],
    pub comment: String,
    pub client_id: String,
    /// Code of the poster or tablet.
    pub point: String,
    pub kiosk: bool,
    pub answered_on: Option<NaiveDate>,
    pub days_ago: Option<u32>,
}

/// The day it was filled, said one way or the other; None is today.
fn day_of(form: &Form, sent: &Sent) -> Result<Option<NaiveDate>> {
    match (sent.answered_on, sent.days_ago) {
        (Some(_), Some(_)) => Err(Error::field("days_ago", Message::new("surveys-day-twice"))),
        (day, None) => Ok(day),
        // A number beyond the calendar is as old as no answer may be.
        (None, Some(days)) => Ok(Some(
            form.today
                .checked_sub_days(Days::new(days.into()))
                .unwrap_or(NaiveDate::MIN),
        )),
    }
}

/// Keeps it; the same `client_id` twice is one answer.
pub async fn take(ctx: &Ctx, form: &Form, sent: &Sent) -> Result<Kept> {
    if phase(&form.period, form.today) != crate::surveys::setup::rules::Phase::Closed {
        service::refusal(phase(&form.period, form.today)).map_or(Ok(()), Err)?;
    }
    if sent.client_id.len() > 100 {
        let message = Message::new("field-too-long")
            .with("max", 100)
            .with("length", sent.client_id.len());
        return Err(Error::field("client_id", message));
    }
    let mut scores = vec![String::new(); form.elements.len()];
    for (one, at) in sent.answers.iter().zip(0..) {
        let field = format!("answers[{at}].element");
        let Some(place) = place(&form.elements, &one.element) else {
            return Err(Error::field(field, Message::new("field-unknown-choice")));
        };
        if !scores[place].is_empty() {
            return Err(Error::field(field, Message::new("surveys-element-twice")));
        }
        if !(1..=4).contains(&one.score) {
            let field = format!("answers[{at}].score");
            return Err(Error::field(field, Message::new("surveys-score-wrong")));
        }
        scores[place] = one.score.to_string();
    }
    let named = form.elements.iter().map(|one| one.element_id.clone());
    let raw = Raw {
        scores: named
            .zip(&scores)
            .map(|(name, text)| (format!("answers.{name}"), text.as_str()))
            .collect(),
        profile: sent.profile.each_ref().map(String::as_str),
        comment: &sent.comment,
    };
    let filled = service::checked(&form.period, &raw)?;
    let standard = standards::by_code(&ctx.app.db, form.unit.id, &sent.service).await?;
    let standard =
        standard.ok_or_else(|| Error::field("service", Message::new("field-unknown-choice")))?;
    let point = offered::code(ctx, &sent.point).await?;
    let point = point.filter(|point| point.unit_id == form.unit.id);
    if point.is_none() && !sent.point.is_empty() {
        return Err(Error::field("point", Message::new("field-unknown-choice")));
    }
    // Taken out of use since: the answer counts, the place does not.
    let point = point.filter(|point| point.active);
    let source = Source {
        service: standard.id,
        way: match (&point, sent.kiosk) {
            (_, true) => AnswerWay::Kiosk,
            (Some(_), false) => AnswerWay::Qr,
            (None, false) => AnswerWay::Web,
        },
        point: point.map(|point| point.id),
        answered_on: day_of(form, sent)?,
        client: Some(sent.client_id.clone()),
        link: None,
        // A program says nothing of when somebody began to read.
        swift: false,
    };
    service::keep(ctx, form, source, filled).await
}
