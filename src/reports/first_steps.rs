//! What to do first: whoever comes into an empty installation reads what is missing and is led to where it is written.
//! Nothing is said where nothing is missing.

use super::{
    pages::Link,
    sections::{RowView, Section, units_of},
};
use crate::{
    access::{self, Ctx, Permission, roles_with},
    forums,
    organisation::{self, Unit},
    platform::{
        error::Result,
        i18n::{Locale, t},
    },
};

/// What an administrator's unit lacks before work can begin in it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Lack {
    Head,
    Divisions,
    NumberPattern,
    Organiser,
    Officer,
}

/// What is known of a unit.
#[derive(Clone, Copy, Debug, Default)]
struct Known {
    head: bool,
    divisions: bool,
    pattern: bool,
    organiser: bool,
    officer: bool,
}

fn lacks(known: Known) -> Vec<Lack> {
    [
        (known.head, Lack::Head),
        (known.divisions, Lack::Divisions),
        (known.pattern, Lack::NumberPattern),
        (known.organiser, Lack::Organiser),
        (known.officer, Lack::Officer),
    ]
    .into_iter()
    .filter_map(|(there, lack)| (!there).then_some(lack))
    .collect()
}

impl Lack {
    fn key(self) -> &'static str {
        match self {
            Self::Head => "steps-head",
            Self::Divisions => "steps-divisions",
            Self::NumberPattern => "steps-number-pattern",
            Self::Organiser => "steps-organiser",
            Self::Officer => "steps-officer",
        }
    }

    /// Where it is written.
    fn href(self, unit: &Unit) -> String {
        let page = match self {
            Self::Head => "pejabat/baru",
            Self::Divisions => "bidang",
            Self::NumberPattern => "profil",
            Self::Organiser | Self::Officer => return "/kerja/pegawai/baru".to_owned(),
        };
        format!("/kerja/instansi/{}/{page}", unit.code)
    }
}

/// Whether somebody in the unit may do this.
async fn somebody(ctx: &Ctx, unit: &Unit, permission: Permission) -> Result<bool> {
    let roles = roles_with(permission);
    let people = access::people_with(&ctx.app.db, &roles, unit.id, None).await?;
    Ok(!people.is_empty())
}

async fn known(ctx: &Ctx, unit: &Unit) -> Result<Known> {
    let db = &ctx.app.db;
    Ok(Known {
        head: !organisation::officials(db, unit.id).await?.is_empty(),
        divisions: !organisation::divisions(db, unit.id).await?.is_empty(),
        pattern: !unit.letter_number.is_empty(),
        organiser: somebody(ctx, unit, Permission::ManageForum).await?,
        officer: somebody(ctx, unit, Permission::RegisterComplaint).await?,
    })
}

fn row(locale: Locale, key: &str, href: Option<String>, unit: &str) -> RowView {
    let why = t(locale, &format!("{key}-why"));
    RowView {
        title: t(locale, key),
        href,
        sub: match unit {
            "" => why,
            unit => format!("{unit} · {why}"),
        },
        chip: None,
    }
}

/// The steps that are still to be taken by this person, in their order.
pub async fn first_steps(ctx: &Ctx) -> Result<Option<Section>> {
    let locale = ctx.locale();
    let mut section = Section::new(locale, "steps", "flag");
    of_administrator(ctx, &mut section).await?;
    of_organiser(ctx, &mut section).await?;
    Ok(Some(section).filter(|section| !section.rows.is_empty()))
}

/// What names a unit in a row: nothing for who works in one alone.
fn named(unit: &Unit, several: bool) -> &str {
    if several { &unit.short_name } else { "" }
}

async fn of_administrator(ctx: &Ctx, section: &mut Section) -> Result<()> {
    let scope = ctx.scope(Permission::ManageUnit);
    if scope.is_empty() {
        return Ok(());
    }
    let locale = ctx.locale();
    let mut units = organisation::units(&ctx.app.db).await?;
    if units.is_empty() {
        section.add(row(locale, "steps-unit", None, ""));
    }
    units.retain(|unit| scope.covers(unit.id, None));
    for unit in &units {
        if section.is_full() {
            break;
        }
        let name = named(unit, units.len() > 1);
        for lack in lacks(known(ctx, unit).await?) {
            section.add(row(locale, lack.key(), Some(lack.href(unit)), name));
        }
    }
    Ok(())
}

async fn of_organiser(ctx: &Ctx, section: &mut Section) -> Result<()> {
    let locale = ctx.locale();
    let mut ids = units_of(ctx);
    ids.retain(|id| ctx.may(Permission::ManageForum, *id));
    if ids.is_empty() || section.is_full() {
        return Ok(());
    }
    let own = forums::list(ctx).await?;
    for id in &ids {
        if section.is_full() {
            break;
        }
        let unit = organisation::unit(&ctx.app.db, *id).await?;
        let name = named(&unit, ids.len() > 1);
        if !own.iter().any(|forum| forum.unit_id == *id) {
            let new = Some("/kerja/forum/baru".to_owned());
            section.add(row(locale, "steps-forum", new, name));
        }
        // Who may write it down was told above.
        let officials = organisation::officials(&ctx.app.db, *id).await?;
        if officials.is_empty() && !ctx.may(Permission::ManageUnit, *id) {
            section.add(row(locale, "steps-ask-head", None, name));
        }
    }
    Ok(())
}

/// Where those go whose work is elsewhere.
pub fn doors(ctx: &Ctx) -> Vec<Link> {
    let door = |permission: Option<Permission>, href: &str, key: &str| {
        let opens = permission.is_none_or(|permission| !ctx.scope(permission).is_empty());
        opens.then(|| Link {
            href: href.to_owned(),
            label: t(ctx.locale(), key),
        })
    };
    [
        door(
            Some(Permission::ManageUnit),
            "/kerja/instansi",
            "shell-nav-office",
        ),
        door(
            Some(Permission::ManagePeople),
            "/kerja/pegawai",
            "shell-nav-staff",
        ),
        door(
            Some(Permission::ViewCalendar),
            "/kerja/libur",
            "shell-nav-calendar",
        ),
        door(None, "/kerja/akun", "shell-account"),
    ]
    .into_iter()
    .flatten()
    .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_there_is_no_step() {
        let all = [
            Lack::Head,
            Lack::Divisions,
            Lack::NumberPattern,
            Lack::Organiser,
            Lack::Officer,
        ];
        assert_eq!(lacks(Known::default()), all);
        let whole = Known {
            head: true,
            divisions: true,
            pattern: true,
            organiser: true,
            officer: true,
        };
        assert_eq!(lacks(whole), []);
        let half = Known {
            pattern: false,
            ..whole
        };
        assert_eq!(lacks(half), [Lack::NumberPattern]);
    }
}
