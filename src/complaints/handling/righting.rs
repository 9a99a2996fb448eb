//! An officer puts right what a complaint is: kind, service, category, the way it came in, and who may read it. The words of the citizen
//! stay. Whom somebody asked to be hidden from is never lessened, and no date that was told becomes earlier.

use sea_orm::{ActiveValue::Set, ConnectionTrait};
use serde_json::json;

use super::{open_beside, require_text};
use crate::{
    access::{Ctx, Permission},
    audit,
    complaints::{
        clocks::{self, Cause},
        entity::complaint,
        filing::{self, CategoryId, categories},
        knowing::published,
        rules::{Channel, Kind, Privacy, protects_no_less},
        services, store, ways, words,
    },
    platform::{
        check::Check,
        error::{Error, Result},
        i18n::{Locale, Message, t},
    },
};

/// What it is, as it was typed; what is not named stays.
#[derive(Clone, Debug, Default)]
pub struct Righting {
    pub kind: Option<String>,
    /// Code of a service; empty for none.
    pub service: Option<String>,
    /// Id of a category; empty for none.
    pub category: Option<String>,
    /// The way it came in.
    pub channel: Option<String>,
    pub anonymous: Option<bool>,
    pub confidential: Option<bool>,
    pub reason: String,
}

/// What a complaint is.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Sorted {
    kind: Kind,
    service: Option<String>,
    category: Option<(CategoryId, String)>,
    channel: Channel,
    privacy: Privacy,
}

impl Sorted {
    async fn of(db: &impl ConnectionTrait, of: &complaint::Model) -> Result<Self> {
        Ok(Self {
            kind: of.kind,
            service: of.service_code.clone(),
            category: filing::category_of(db, of).await?,
            channel: of.channel,
            privacy: Privacy {
                anonymous: of.anonymous,
                confidential: of.confidential,
            },
        })
    }

    /// The same as somebody says it is, or every fault of what they say.
    async fn put_right(
        &self,
        db: &impl ConnectionTrait,
        of: &complaint::Model,
        typed: &Righting,
    ) -> Result<(Self, String)> {
        let mut check = Check::new();
        let kind = match &typed.kind {
            Some(code) => check.choice("kind", code, Kind::parse),
            None => Some(self.kind),
        };
        let service = match typed.service.as_deref().map(str::trim) {
            None => self.service.clone(),
            Some("") => None,
            Some(code) => {
                let known = self.service.as_deref() == Some(code);
                if !known && !services::is_known(db, of.unit_id, code).await? {
                    check.fault("service", Message::new("field-unknown-choice"));
                }
                Some(code.to_owned())
            }
        };
        let category = self.category_named(db, of, typed, &mut check).await?;
        let channel = match &typed.channel {
            Some(code) => check.choice("channel", code, Channel::parse),
            None => Some(self.channel),
        };
        let channel = channel.unwrap_or(self.channel);
        if !self
            .channel
            .may_become(channel, ways::is_bound(db, of).await?)
        {
            check.fault("channel", Message::new("complaints-right-channel-fixed"));
        } else if channel != self.channel && !ways::may_stand_there(db, of, channel).await? {
            check.fault("channel", Message::new("complaints-right-channel-sp4n"));
        }
        let privacy = Privacy {
            anonymous: typed.anonymous.unwrap_or(self.privacy.anonymous),
            confidential: typed.confidential.unwrap_or(self.privacy.confidential),
        };
        if !protects_no_less(self.privacy, privacy) {
            let lessened = match self.privacy.anonymous && !privacy.anonymous {
                true => "anonymous",
                false => "confidential",
            };
            check.fault(lessened, Message::new("complaints-right-less-privacy"));
        }
        let after = Self {
            kind: kind.unwrap_or(self.kind),
            service,
            category,
            channel,
            privacy,
        };
        // Who chose something that cannot be did change something.
        let unread = !check.is_clean();
        let reason = check.text("reason", &typed.reason, 5, 300);
        if after == *self && !unread {
            check.fault("kind", Message::new("complaints-right-nothing"));
        }
        check.finish()?;
        Ok((after, reason))
    }

    /// One that no form offers any more stays where it stood, and comes to no other case.
    async fn category_named(
        &self,
        db: &impl ConnectionTrait,
        of: &complaint::Model,
        typed: &Righting,
        check: &mut Check,
    ) -> Result<Option<(CategoryId, String)>> {
        let Some(id) = typed.category.as_deref().map(str::trim) else {
            return Ok(self.category.clone());
        };
        let kept = self.category.as_ref();
        if kept.is_some_and(|(known, _)| known.to_string() == id) {
            return Ok(self.category.clone());
        }
        match categories::named(db, of.unit_id, id).await {
            Ok(sort) => Ok(sort.map(|sort| (sort.category.id, sort.category.name))),
            Err(Error::Invalid(faults)) => {
                for fault in faults {
                    check.fault(&fault.field, fault.message);
                }
                Ok(None)
            }
            Err(error) => Err(error),
        }
    }

    /// What became another, in words: a line for each.
    async fn changes(
        &self,
        db: &impl ConnectionTrait,
        of: &complaint::Model,
        after: &Self,
    ) -> Result<Vec<String>> {
        let locale = Locale::Id;
        let mut said = Vec::new();
        let mut say = |key: &str, before: String, after: String| {
            if before != after {
                said.push(format!("{}: {before} → {after}", t(locale, key)));
            }
        };
        let kind = |of: &Self| words::kind(of.kind, locale);
        say("complaints-fact-kind", kind(self), kind(after));
        let mut services = Vec::with_capacity(2);
        for code in [&self.service, &after.service] {
            services.push(match code {
                Some(code) => services::title(db, of.unit_id, code).await?,
                None => t(locale, "complaints-field-service-none"),
            });
        }
        let (before, now) = (services.remove(0), services.remove(0));
        say("complaints-inbox-service", before, now);
        let category = |of: &Self| match &of.category {
            Some((_, name)) => name.clone(),
            None => t(locale, "complaints-right-no-category"),
        };
        say("filing-category", category(self), category(after));
        let channel = |of: &Self| words::channel(of.channel, locale);
        say("complaints-inbox-channel", channel(self), channel(after));
        let privacy = |of: &Self| {
            let choice = words::privacy(of.privacy.anonymous, of.privacy.confidential);
            t(locale, &format!("complaints-privacy-{choice}"))
        };
        say("complaints-right-privacy", privacy(self), privacy(after));
        Ok(said)
    }
}

/// Puts it right, in the history with the reason; what is found by it, counted by it and due by it follows.
pub async fn put_right(ctx: &Ctx, number: &str, seen: Option<i32>, typed: &Righting) -> Result<()> {
    let tx = ctx.app.db.begin_write().await?;
    let (found, unit) = open_beside(&tx, ctx, number, seen).await?;
    ctx.require(Permission::CloseComplaint, found.unit_id)?;
    require_text(ctx, &found)?;
    let before = Sorted::of(&tx, &found).await?;
    let (after, reason) = before.put_right(&tx, &found, typed).await?;
    if after.privacy.confidential && !found.confidential {
        may_become_confidential(&tx, &found).await?;
    }
    let told = before.changes(&tx, &found, &after).await?.join("\n");
    let changes = complaint::ActiveModel {
        kind: Set(after.kind),
        service_code: Set(after.service.clone()),
        channel: Set(after.channel),
        anonymous: Set(after.privacy.anonymous),
        confidential: Set(after.privacy.confidential),
        ..Default::default()
    };
    store::save(&tx, &found, changes).await?;
    if before.category != after.category {
        let category = after.category.as_ref().map(|(id, _)| *id);
        filing::sort_under(&tx, &found, category).await?;
    }
    let entry = audit::Entry::new("complaint", found.id.0, "complaint.put_right")
        .in_unit(found.unit_id)
        .with(json!({ "reason": reason, "words": told }));
    audit::record(&tx, ctx, entry).await?;
    if before.kind != after.kind {
        let cause = Cause {
            reason: Message::new("complaints-right-cause")
                .with("kind", words::kind(after.kind, Locale::Id))
                .text(Locale::Id),
        };
        let now = store::get(&tx, found.id).await?;
        clocks::recalculate_one(&tx, ctx, &now, unit, &cause).await?;
        clocks::note_solution(&tx, ctx, found.id).await?;
    }
    tx.commit().await?;
    Ok(())
}

/// What others read already cannot be hidden by a word: first it is taken back where they read it.
async fn may_become_confidential(db: &impl ConnectionTrait, of: &complaint::Model) -> Result<()> {
    if published::is_public(db, of).await? {
        return Err(Error::rule(
            "complaint.published",
            Message::new("rule-complaint-published"),
        ));
    }
    // Its answer is read by those whose complaints are handled in it.
    if !store::merged_into(db, of).await?.is_empty() {
        return Err(Error::rule(
            "complaint.merge_confidential",
            Message::new("rule-complaint-takes-in"),
        ));
    }
    Ok(())
}
