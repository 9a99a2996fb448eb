//! `rembuk user add`: the first administrator. Whoever stands at this terminal may know as little English as those who
//! use the browser, so it speaks Indonesian, or English where the terminal does.

use crate::{
    access::{self, Ctx, NewPerson, Role, RoleIn},
    organisation,
    platform::{
        error::Error,
        i18n::{Locale, Message, t},
    },
};

pub struct NewUser {
    pub name: String,
    pub email: String,
    pub role: Role,
    pub units: Vec<String>,
    pub division: Option<String>,
}

pub async fn add(ctx: &Ctx, new: NewUser) -> anyhow::Result<()> {
    let locale = of_terminal();
    let roles = roles_of(ctx, &new, locale).await?;
    let prompt = Message::new("cli-user-password").with("email", &new.email);
    eprint!("{} ", prompt.text(locale));
    let mut password = String::new();
    std::io::stdin().read_line(&mut password)?;
    let person = NewPerson {
        name: new.name,
        email: new.email,
        password: password.trim_end_matches(['\r', '\n']).to_owned(),
        roles,
    };
    match access::add_person(ctx, person).await {
        Ok(_) => {
            say!("{}", t(locale, "cli-user-added"));
            Ok(())
        }
        Err(Error::Invalid(faults)) => {
            let lines = faults
                .iter()
                .map(|fault| format!("{}: {}", fault.field, fault.message.text(locale)));
            anyhow::bail!("{}", lines.collect::<Vec<_>>().join("; "))
        }
        Err(error) => Err(error.into()),
    }
}

async fn roles_of(ctx: &Ctx, new: &NewUser, locale: Locale) -> anyhow::Result<Vec<RoleIn>> {
    let db = &ctx.app.db;
    let mut roles = Vec::new();
    for code in &new.units {
        let unit = match organisation::unit_by_code(db, code).await {
            Ok(unit) => unit,
            Err(Error::NotFound) => {
                let unknown = Message::new("cli-user-no-unit").with("code", code);
                anyhow::bail!("{}", unknown.text(locale));
            }
            Err(error) => return Err(error.into()),
        };
        let division = match &new.division {
            None => None,
            Some(code) => match organisation::division_by_code(db, unit.id, code).await? {
                Some(division) => Some(division.id),
                None => {
                    let unknown = Message::new("cli-user-no-division")
                        .with("unit", &unit.code)
                        .with("code", code);
                    anyhow::bail!("{}", unknown.text(locale));
                }
            },
        };
        roles.push(RoleIn {
            role: new.role,
            unit: Some(unit.id),
            division,
        });
    }
    let everywhere = new.role == Role::SystemAdmin;
    anyhow::ensure!(
        everywhere == roles.is_empty(),
        t(locale, "cli-user-unit-needed")
    );
    let fits = match new.role {
        Role::Handler => new.division.is_some(),
        Role::ComplaintOfficer => true,
        _ => new.division.is_none(),
    };
    anyhow::ensure!(fits, t(locale, "cli-user-division-needed"));
    if everywhere {
        roles.push(RoleIn {
            role: new.role,
            unit: None,
            division: None,
        });
    }
    Ok(roles)
}

/// As other programs of a terminal find it: the first of these that is set says it.
fn of_terminal() -> Locale {
    ["LC_ALL", "LC_MESSAGES", "LANG"]
        .into_iter()
        .find_map(|name| std::env::var(name).ok().filter(|value| !value.is_empty()))
        .map_or_else(Locale::default, |value| spoken(&value))
}

/// `en_GB.UTF-8` is English; `C`, `POSIX` and languages that are not offered name none of ours.
fn spoken(value: &str) -> Locale {
    let language = value.split(['_', '.', '@', '-']).next().unwrap_or_default();
    Locale::parse(language).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_terminal_says_which_language() {
        for (value, locale) in [
            ("id_ID.UTF-8", Locale::Id),
            ("en_GB.UTF-8", Locale::En),
            ("en", Locale::En),
            ("C.UTF-8", Locale::Id),
            ("POSIX", Locale::Id),
            ("de_DE", Locale::Id),
        ] {
            assert_eq!(spoken(value), locale, "{value}");
        }
    }
}
