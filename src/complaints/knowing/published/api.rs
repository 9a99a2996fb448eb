//! What the public reads of a complaint: reading, looking through, publishing and withdrawing it by a program of the office.

use chrono::{DateTime, FixedOffset};
use poem_openapi::{Object, OpenApi, param::Path, payload::Json};
use serde::Deserialize;

use super::{
    rules::Sign,
    service::{self, Typed},
};
use crate::{
    access::{Ctx, Permission, Token},
    complaints::{api::Done, entity::publication::State},
    organisation,
    platform::{
        error::Result,
        i18n::t,
        web::{body::Body, tags::Tag},
    },
};

pub struct Api;

/// A complaint and what the public reads of it.
#[derive(Object)]
struct ComplaintPublication {
    number: String,
    /// The words of the complaint itself, which stay as they are.
    original: OriginalWords,
    /// Absent while nothing was ever published.
    published: Option<PublishedWords>,
    /// Send it with the next change; 0 before the first.
    version: i32,
}

#[derive(Object)]
struct OriginalWords {
    title: String,
    text: String,
    /// The last answer.
    answer: Option<String>,
}

/// The moderated words.
#[derive(Object)]
struct PublishedWords {
    /// `published` or `withdrawn`.
    state: String,
    title: String,
    text: String,
    answer: Option<String>,
    published_at: DateTime<FixedOffset>,
    changed_at: DateTime<FixedOffset>,
    withdraw_reason: Option<String>,
    /// Its page for everybody.
    url: String,
}

/// Words for the public.
#[derive(Object, Deserialize)]
#[oai(deny_unknown_fields)]
#[serde(deny_unknown_fields)]
struct WordsToPublish {
    /// 5 to 120 characters. Required.
    #[oai(default)]
    #[serde(default)]
    title: String,
    /// 10 to 4000 characters. Required.
    #[oai(default)]
    #[serde(default)]
    text: String,
    answer: Option<String>,
    /// A person has looked at what seems left of people in these words, and it may stay.
    #[oai(default)]
    #[serde(default)]
    looked: bool,
    /// The version that was read, 0 for the first time; another one is answered by 409.
    #[oai(default)]
    #[serde(default)]
    version: i32,
}

impl WordsToPublish {
    fn typed(self) -> Typed {
        Typed {
            title: self.title,
            text: self.text,
            answer: self.answer.unwrap_or_default(),
            looked: self.looked,
            version: self.version,
        }
    }
}

/// What seems left of a person in a text.
#[derive(Object)]
struct PublicationSign {
    /// `national_id`, `phone`, `email`, `account`, `house`, `name` or `reporter`.
    kind: String,
    label: String,
    /// The words in which it was found.
    words: String,
}

#[derive(Object)]
struct PublicationSigns {
    items: Vec<PublicationSign>,
}

/// Why a case is taken from the public's eyes.
#[derive(Object, Deserialize)]
#[oai(deny_unknown_fields)]
#[serde(deny_unknown_fields)]
struct PublicationWithdrawal {
    /// 5 to 300 characters. Required.
    #[oai(default)]
    #[serde(default)]
    reason: String,
    /// The version that was read; another one is answered by 409.
    #[oai(default)]
    #[serde(default)]
    version: i32,
}

fn code(sign: Sign) -> &'static str {
    match sign {
        Sign::NationalId => "national_id",
        Sign::Phone => "phone",
        Sign::Email => "email",
        Sign::Account => "account",
        Sign::House => "house",
        Sign::Name => "name",
        Sign::Reporter => "reporter",
    }
}

async fn read(ctx: &Ctx, number: &str) -> Result<Json<ComplaintPublication>> {
    let editing = service::editing(ctx, number).await?;
    let of = editing.complaint;
    let unit = organisation::unit(&ctx.app.db, of.unit_id).await?;
    let zone = organisation::zone_of(&unit)?;
    let local = |at: DateTime<chrono::Utc>| at.with_timezone(&zone).fixed_offset();
    let version = editing.publication.as_ref().map_or(0, |row| row.version);
    let published = editing.publication.map(|row| PublishedWords {
        state: match row.state {
            State::Published => "published",
            State::Withdrawn => "withdrawn",
        }
        .to_owned(),
        published_at: local(row.published_at),
        changed_at: local(row.changed_at),
        url: ctx.app.url(&format!("/pengaduan/publik/{}", row.id)),
        title: row.title,
        text: row.text,
        answer: row.answer,
        withdraw_reason: row.withdraw_reason,
    });
    Ok(Json(ComplaintPublication {
        number: of.number,
        original: OriginalWords {
            title: of.subject,
            text: of.description,
            answer: editing.answer,
        },
        published,
        version,
    }))
}

#[OpenApi(tag = "Tag::Complaints")]
impl Api {
    /// Read what the public reads of a complaint
    #[oai(
        path = "/complaints/:number/publication",
        method = "get",
        operation_id = "getComplaintPublication"
    )]
    async fn get(
        &self,
        Token(ctx): Token,
        Path(number): Path<String>,
    ) -> poem::Result<Json<ComplaintPublication>> {
        ctx.require_scope(Permission::PublishComplaint)?;
        Ok(read(&ctx, &number).await?)
    }

    /// Look through words before they are published
    ///
    /// Names what seems left of people in them. Nothing is published.
    #[oai(
        path = "/complaints/:number/publication/check",
        method = "post",
        operation_id = "checkComplaintPublication"
    )]
    async fn check(
        &self,
        Token(ctx): Token,
        Path(number): Path<String>,
        Body(new): Body<WordsToPublish>,
    ) -> poem::Result<Json<PublicationSigns>> {
        ctx.require_scope(Permission::PublishComplaint)?;
        let editing = service::editing(&ctx, &number).await?;
        let typed = new.typed();
        service::check(&typed)?;
        let found = service::leftovers(&ctx.app.db, &ctx, &editing.complaint, &typed).await?;
        let items = found.into_iter().map(|(sign, words)| PublicationSign {
            kind: code(sign).to_owned(),
            label: t(ctx.locale(), sign.key()),
            words,
        });
        Ok(Json(PublicationSigns {
            items: items.collect(),
        }))
    }

    /// Publish a complaint, or change what is published of it
    ///
    /// In words that somebody has moderated; never of a confidential one. Where something seems left of a person, it is
    /// refused with a fault of `looked` until a person has looked at it; an identity number is refused in any case.
    #[oai(
        path = "/complaints/:number/publication",
        method = "post",
        operation_id = "publishComplaint"
    )]
    async fn publish(
        &self,
        Token(ctx): Token,
        Path(number): Path<String>,
        Body(new): Body<WordsToPublish>,
    ) -> poem::Result<Json<ComplaintPublication>> {
        ctx.require_scope(Permission::PublishComplaint)?;
        service::publish(&ctx, &number, &new.typed()).await?;
        Ok(read(&ctx, &number).await?)
    }

    /// Take a complaint from the public's eyes
    #[oai(
        path = "/complaints/:number/publication/withdraw",
        method = "post",
        operation_id = "withdrawComplaintPublication"
    )]
    async fn withdraw(
        &self,
        Token(ctx): Token,
        Path(number): Path<String>,
        Body(why): Body<PublicationWithdrawal>,
    ) -> poem::Result<Done> {
        ctx.require_scope(Permission::PublishComplaint)?;
        service::withdraw(&ctx, &number, why.version, &why.reason).await?;
        Ok(Done::Done)
    }
}
