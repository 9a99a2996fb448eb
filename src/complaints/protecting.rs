//! The panel of a case for what protects people: its trail, its letter, a hold; and what a rule or an absence says
//! about who should have it.

use serde::Serialize;

use super::{entity::complaint, letters, retention, routing, viewing};
use crate::{
    access::{self, Ctx, Permission},
    calendar::dates,
    organisation,
    platform::{
        error::Result,
        i18n::{Message, t},
    },
};

#[derive(Clone, Debug, Default, Serialize)]
pub struct Protecting {
    /// There is anything in the panel.
    shown: bool,
    trail_href: Option<String>,
    letter: Option<LetterView>,
    hold: Option<HoldPanel>,
    suggestion: Option<SuggestionView>,
    /// When it became a tombstone.
    erased: Option<String>,
    /// Who is away, and who stands in.
    away: Option<String>,
}

#[derive(Clone, Debug, Serialize)]
struct LetterView {
    href: String,
    label: String,
}

#[derive(Clone, Debug, Serialize)]
struct HoldPanel {
    /// The hold that stands, in words.
    standing: Option<String>,
    reason: String,
    /// Null for those who only read.
    action: Option<String>,
}

#[derive(Clone, Debug, Serialize)]
struct SuggestionView {
    text: String,
    action: String,
    rule: String,
}

impl Protecting {
    /// A tombstone: nothing is offered that would write into it.
    #[must_use]
    pub fn is_erased(&self) -> bool {
        self.erased.is_some()
    }
}

/// What the caller sees of it.
pub async fn of(ctx: &Ctx, complaint: &complaint::Model) -> Result<Protecting> {
    let db = &ctx.app.db;
    let locale = ctx.locale();
    let base = format!("/kerja/pengaduan/{}", complaint.number);
    let unit = organisation::unit(db, complaint.unit_id).await?;
    let zone = organisation::zone_of(&unit)?;
    let moment =
        |at: chrono::DateTime<chrono::Utc>| dates::date_time(&at.with_timezone(&zone), locale);
    let may = |permission| ctx.may(permission, unit.id);
    let erased = retention::erased_at(db, complaint.id).await?;
    let away = match complaint.assignee_id {
        Some(person) => access::absences::absence_of(db, unit.id, person, ctx.now).await?,
        None => None,
    };
    // A rule is found by words: whoever may not read them learns nothing of them by the rule.
    let suggestion = match viewing::sight_of(ctx, complaint, false).text {
        true => routing::suggested(ctx, complaint).await?,
        false => None,
    };
    let letter = letter(ctx, complaint, &base, erased.is_none()).await?;
    let holds = may(Permission::HoldCase);
    Ok(Protecting {
        shown: letter.is_some() || holds || may(Permission::ViewCaseTrail),
        trail_href: may(Permission::ViewCaseTrail).then(|| format!("{base}/jejak")),
        letter,
        hold: if erased.is_none() && holds {
            Some(hold(ctx, complaint, &base, moment).await?)
        } else {
            None
        },
        erased: erased.map(|at| {
            Message::new("retention-case-erased")
                .with("at", moment(at))
                .text(locale)
        }),
        suggestion: suggestion.map(|found| SuggestionView {
            text: Message::new("routing-suggests")
                .with("rule", &found.name)
                .with(
                    "to",
                    [Some(found.division), found.person]
                        .into_iter()
                        .flatten()
                        .collect::<Vec<_>>()
                        .join(" – "),
                )
                .text(locale),
            action: format!("{base}/usulan"),
            rule: found.rule.to_string(),
        }),
        away: away.map(|away| {
            Message::new("absence-on-case")
                .with("name", away.name)
                .with("until", dates::date(away.until, locale))
                .with("substitute", away.substitute)
                .text(locale)
        }),
    })
}

async fn letter(
    ctx: &Ctx,
    of: &complaint::Model,
    base: &str,
    whole: bool,
) -> Result<Option<LetterView>> {
    if !ctx.may(Permission::IssueClarification, of.unit_id)
        || !viewing::sight_of(ctx, of, false).text
    {
        return Ok(None);
    }
    let locale = ctx.locale();
    let label = match letters::standing(&ctx.app.db, of).await? {
        Some((number, true)) => Message::new("letter-link-issued")
            .with("number", number)
            .text(locale),
        Some((_, false)) => t(locale, "letter-link-draft"),
        None if whole && of.answered_at.is_some() => t(locale, "letter-link-new"),
        None => return Ok(None),
    };
    Ok(Some(LetterView {
        href: format!("{base}/surat"),
        label,
    }))
}

async fn hold(
    ctx: &Ctx,
    of: &complaint::Model,
    base: &str,
    moment: impl Fn(chrono::DateTime<chrono::Utc>) -> String,
) -> Result<HoldPanel> {
    let holds = retention::holds_of(&ctx.app.db, of).await?;
    let standing = holds.into_iter().find(|hold| hold.released_at.is_none());
    let action = if standing.is_some() {
        "lepas-tahan"
    } else {
        "tahan"
    };
    Ok(HoldPanel {
        reason: standing
            .as_ref()
            .map(|hold| hold.reason.clone())
            .unwrap_or_default(),
        standing: standing.map(|hold| {
            Message::new("hold-standing")
                .with("at", moment(hold.placed_at))
                .text(ctx.locale())
        }),
        action: Some(format!("{base}/{action}")),
    })
}
