//! One act for many recipients: those that were ticked, or everybody whom the filter finds. What the act does not
//! fit is left as it is and counted.

use std::collections::HashSet;

use super::{
    RecipientId, handing,
    listing::{self, Wanted},
    recipient_list,
    sending::{self, Delivery, Whom},
    service::{self, Bundle},
};
use crate::{
    access::{Ctx, Permission},
    forums::ForumId,
    platform::{
        error::{Error, Result},
        i18n::Message,
        web::forms::Form,
    },
};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Act {
    Send,
    /// Tick off that the paper was brought.
    Printed,
    Remove,
}

impl Act {
    pub const ALL: [Self; 3] = [Self::Send, Self::Printed, Self::Remove];

    #[must_use]
    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|act| act.code() == code)
    }

    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Send => "send",
            Self::Printed => "printed",
            Self::Remove => "remove",
        }
    }

    #[must_use]
    pub fn icon(self) -> &'static str {
        match self {
            Self::Send => "send",
            Self::Printed => "check-lg",
            Self::Remove => "x-lg",
        }
    }

    /// Whether there is anything to do for this one.
    fn fits(self, delivery: &Delivery) -> bool {
        match self {
            Self::Send => {
                let wants = delivery.sending.wants_sending() || delivery.replaced;
                wants && delivery.recipient.email.is_some()
            }
            Self::Printed => !delivery.sending.is_told() || delivery.replaced,
            Self::Remove => !delivery.recipient.was_invited(),
        }
    }
}

/// For whom.
#[derive(Clone, Debug)]
pub enum Chosen {
    /// Ticked lines, in the versions that were seen.
    Ticked(Vec<(RecipientId, i32)>),
    /// Everybody whom the filter finds, as long as it finds what was seen.
    Whole { wanted: Wanted, seen: String },
    /// As programs name them; none named is everybody.
    Named(Option<HashSet<RecipientId>>),
}

impl Chosen {
    pub fn of(form: &Form) -> Result<Self> {
        if form.get("over") == "all" {
            return Ok(Self::Whole {
                wanted: Wanted::of(form),
                seen: form.get("seen").to_owned(),
            });
        }
        let ticked = form.all("line").into_iter().map(|line| {
            let (id, version) = line.split_once('.').ok_or(Error::NotFound)?;
            Ok((RecipientId::parse(id)?, version.parse().unwrap_or_default()))
        });
        Ok(Self::Ticked(ticked.collect::<Result<_>>()?))
    }

    #[must_use]
    pub fn is_empty(&self) -> bool {
        matches!(self, Self::Ticked(lines) if lines.is_empty())
    }
}

/// What became of it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Outcome {
    pub done: usize,
    /// There was nothing to do for these.
    pub left: usize,
}

pub async fn perform(ctx: &Ctx, id: ForumId, act: Act, chosen: &Chosen) -> Result<Outcome> {
    let bundle = service::bundle(ctx, id, Permission::SendInvitations).await?;
    // Who does not see the names cannot have chosen any.
    if !bundle.may_read_names(ctx) {
        return Err(Error::Forbidden);
    }
    let found = find(ctx, &bundle, chosen).await?;
    let all = found.len();
    let fitting: Vec<Delivery> = found.into_iter().filter(|one| act.fits(one)).collect();
    if fitting.is_empty() {
        return Ok(Outcome { done: 0, left: all });
    }
    let ids = || fitting.iter().map(|one| one.recipient.id);
    let done = match act {
        Act::Send => {
            let only: HashSet<RecipientId> = ids().collect();
            let batch = sending::send_to(ctx, id, Whom::Among(&only)).await?;
            usize::try_from(batch.total).unwrap_or_default()
        }
        Act::Printed => handing::printed_many(ctx, id, &ids().collect::<Vec<_>>()).await?,
        Act::Remove => {
            let lines: Vec<_> = fitting
                .iter()
                .map(|one| (one.recipient.id, one.recipient.version))
                .collect();
            recipient_list::remove_many(ctx, id, &lines).await?
        }
    };
    Ok(Outcome {
        done,
        left: all - done.min(all),
    })
}

/// The chosen lines as they stand; whoever saw others is told so before anything happens.
pub(super) async fn find(ctx: &Ctx, bundle: &Bundle, chosen: &Chosen) -> Result<Vec<Delivery>> {
    const CHANGED: Error = Error::Conflict {
        code: "changed_meanwhile",
    };
    let all = sending::deliveries(&ctx.app.db, &bundle.forum).await?;
    match chosen {
        Chosen::Named(None) => Ok(all),
        Chosen::Named(Some(ids)) => {
            let named = |one: &Delivery| ids.contains(&one.recipient.id);
            let found: Vec<Delivery> = all.into_iter().filter(named).collect();
            match found.len() == ids.len() {
                true => Ok(found),
                false => Err(Error::field(
                    "recipients",
                    Message::new("field-unknown-choice"),
                )),
            }
        }
        Chosen::Whole { wanted, seen } => {
            let found: Vec<Delivery> = all
                .into_iter()
                .filter(|one| wanted.fits(one, true))
                .collect();
            if listing::fingerprint(&found.iter().collect::<Vec<_>>()) != *seen {
                return Err(CHANGED);
            }
            Ok(found)
        }
        Chosen::Ticked(lines) => {
            let lines: HashSet<_> = lines.iter().copied().collect();
            let found: Vec<Delivery> = all
                .into_iter()
                .filter(|one| lines.contains(&(one.recipient.id, one.recipient.version)))
                .collect();
            match found.len() == lines.len() {
                true => Ok(found),
                false => Err(CHANGED),
            }
        }
    }
}
