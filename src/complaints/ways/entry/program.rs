//! What an officer's program brings: another register, a mailbox, a desk elsewhere. The same as the officer's form, with
//! the names that programs use.

use chrono::{DateTime, NaiveDate, Utc};

use crate::{
    access::{Ctx, Permission},
    complaints::{
        intake::{self, Asked, Draft, Filed, Once},
        rules::Channel,
        ways::{channels, paper::Paper},
    },
    organisation,
    platform::{
        check::Check,
        error::{Error, Result},
        i18n::Message,
    },
};

/// The way by which a complaint came in.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Brought {
    pub channel: String,
    pub received_at: Option<DateTime<Utc>>,
    pub letter_number: String,
    pub letter_date: Option<NaiveDate>,
    pub address: String,
    pub represented_by: String,
}

/// Takes it down. Strangers may not say how something came in: that moves deadlines.
pub async fn bring_in(
    ctx: &Ctx,
    draft: Draft,
    asked: &Asked,
    brought: &Brought,
    once: &Once,
) -> Result<Filed> {
    ctx.require_scope(Permission::RegisterComplaint)?;
    let db = &ctx.app.db;
    let unit = match organisation::unit_by_code(db, draft.unit.trim()).await {
        Ok(unit) => unit,
        Err(Error::NotFound) => {
            return Err(Error::field("unit", Message::new("field-unknown-choice")));
        }
        Err(error) => return Err(error),
    };
    ctx.require(Permission::RegisterComplaint, unit.id)?;
    let received_at = brought.received_at.unwrap_or(ctx.now);
    let day = received_at
        .with_timezone(&organisation::zone_of(&unit)?)
        .date_naive();
    let mut check = Check::new();
    let channel = check.choice("channel", &brought.channel, |code| {
        let by_staff = |kind: &Channel| Channel::by_staff().any(|one| one == *kind);
        Channel::parse(code).filter(by_staff)
    });
    if brought.letter_date.is_some_and(|written| written > day) {
        check.fault("letter_date", Message::new("ways-letter-after-receipt"));
    }
    let paper = Paper {
        letter_number: check.optional("letter_number", &brought.letter_number, 80),
        letter_date: brought.letter_date,
        address: check.optional("address", &brought.address, 300),
        represented_by: check.optional("represented_by", &brought.represented_by, 120),
        opening: None,
    };
    check.finish()?;
    let draft = Draft {
        brief: true,
        ..draft
    };
    let channel = channel.unwrap_or(Channel::Other);
    channels::require_open(db, unit.id, channel).await?;
    let came = (channel, received_at);
    let fields = ("reporter.", "received_at");
    intake::register_asked(ctx, (&draft, asked), fields, came, once, paper).await
}
