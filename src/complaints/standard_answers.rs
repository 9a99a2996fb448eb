//! Standard answers: texts of a unit that answers begin with. What stands in braces is filled in from the case.

use sea_orm::ActiveValue::Set;

use super::{
    entity::{
        complaint,
        standard_answer::{self, StandardAnswerId},
    },
    store,
    viewing::{self, Case},
};
use crate::{
    access::{Ctx, Permission},
    audit,
    calendar::dates,
    organisation,
    platform::{
        check::Check,
        error::{Error, Result},
        i18n::{Locale, Message, t},
    },
};

/// What a text may hold, in Indonesian because citizens read the whole.
pub const PLACEHOLDERS: [&str; 8] = [
    "nomor",
    "perihal",
    "layanan",
    "bidang",
    "kantor",
    "tanggal_diterima",
    "batas_waktu",
    "nama",
];

/// The words in braces, as they stand.
fn placeholders(text: &str) -> Vec<&str> {
    text.split('{')
        .skip(1)
        .filter_map(|rest| rest.split_once('}').map(|(word, _)| word))
        .filter(|word| !word.is_empty() && word.chars().all(|c| c.is_ascii_lowercase() || c == '_'))
        .collect()
}

/// What differs from citizen to citizen of one answer: filled in when it is sent.
const PERSONAL: [&str; 3] = ["nomor", "perihal", "nama"];

/// A placeholder in a text which is about to be sent, that sending does not fill in.
#[must_use]
pub fn unfilled(text: &str) -> Option<String> {
    let mut left = placeholders(text).into_iter();
    left.find(|word| !PERSONAL.contains(word))
        .map(|word| format!("{{{word}}}"))
}

/// What is said of a placeholder that nothing fills in.
#[must_use]
pub fn unknown(text: &str) -> Option<Message> {
    let mut all = placeholders(text).into_iter();
    let unknown = all.find(|word| !PLACEHOLDERS.contains(word))?;
    let known = PLACEHOLDERS.map(|word| format!("{{{word}}}")).join(", ");
    Some(
        Message::new("complaints-standard-unknown")
            .with("placeholder", format!("{{{unknown}}}"))
            .with("known", known),
    )
}

/// Whether something of a text is filled in from the case.
#[must_use]
pub fn asks(text: &str) -> bool {
    !placeholders(text).is_empty()
}

/// An answer as the citizen of this complaint reads it.
#[must_use]
pub fn personal(text: &str, of: &complaint::Model) -> String {
    let values = [
        ("nomor", of.number.clone()),
        ("perihal", of.subject.clone()),
        ("nama", t(Locale::Id, "complaints-standard-no-name")),
    ];
    filled(text, &values)
}

/// Fills the placeholders from a case. The name only for those who see it; where others read the answer too, number
/// and subject wait until it is sent, and nobody is named.
pub async fn fill(ctx: &Ctx, case: &Case, text: &str) -> Result<String> {
    let several = !store::merged_into(&ctx.app.db, &case.complaint)
        .await?
        .is_empty();
    let of = &case.complaint;
    let unit = organisation::unit(&ctx.app.db, of.unit_id).await?;
    let at = |moment: chrono::DateTime<chrono::Utc>| {
        dates::date_time(&moment.with_timezone(&case.zone), Locale::Id)
    };
    let division = case
        .divisions
        .iter()
        .find(|division| Some(division.id) == of.division_id)
        .map_or_else(|| unit.name.clone(), |division| division.name.clone());
    let plain = |key: &str| t(Locale::Id, key);
    let of_one = |value: &str, word: &str| match several {
        true => format!("{{{word}}}"),
        false => value.to_owned(),
    };
    let values = [
        ("nomor", of_one(&of.number, "nomor")),
        ("perihal", of_one(&of.subject, "perihal")),
        (
            "layanan",
            case.service
                .clone()
                .unwrap_or_else(|| plain("complaints-standard-any-service")),
        ),
        ("bidang", division),
        ("kantor", unit.name.clone()),
        ("tanggal_diterima", at(of.received_at)),
        ("batas_waktu", at(of.due_at)),
        (
            "nama",
            case.identity
                .name
                .clone()
                // Whoever reads the answer would know who asked not to be known.
                .filter(|_| !several && !of.anonymous)
                .unwrap_or_else(|| plain("complaints-standard-no-name")),
        ),
    ];
    Ok(filled(text, &values))
}

/// One pass from left to right: what a citizen wrote is never read as a placeholder.
fn filled(text: &str, values: &[(&str, String)]) -> String {
    let mut filled = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('{') {
        filled.push_str(before);
        let known = after.split_once('}').and_then(|(word, behind)| {
            Some((values.iter().find(|(name, _)| *name == word)?, behind))
        });
        rest = if let Some(((_, value), behind)) = known {
            filled.push_str(value);
            behind
        } else {
            filled.push('{');
            after
        };
    }
    filled.push_str(rest);
    filled
}

/// The texts of the caller's unit.
pub async fn list(ctx: &Ctx) -> Result<Vec<standard_answer::Model>> {
    ctx.require_scope(Permission::CloseComplaint)?;
    let unit = viewing::home_unit(ctx).await?;
    store::standard_answers(&ctx.app.db, unit.id).await
}

/// One of them.
pub async fn one(ctx: &Ctx, id: &str) -> Result<standard_answer::Model> {
    ctx.require_scope(Permission::CloseComplaint)?;
    let unit = viewing::home_unit(ctx).await?;
    let id = StandardAnswerId::parse(id).map_err(|_| Error::NotFound)?;
    store::standard_answer(&ctx.app.db, unit.id, id).await
}

/// A text as it was typed.
#[derive(Clone, Debug, Default)]
pub struct Typed {
    pub title: String,
    pub text: String,
}

fn checked(typed: &Typed) -> Result<(String, String)> {
    let mut check = Check::new();
    let title = check.line("title", &typed.title, 3, 80);
    let text = check.text("text", &typed.text, 10, 4000);
    if let Some(message) = unknown(&text) {
        check.fault("text", message);
    }
    check.finish()?;
    Ok((title, text))
}

fn same_title(error: Error) -> Error {
    match error {
        Error::Conflict { code: "duplicate" } => {
            Error::field("title", Message::new("complaints-standard-title-taken"))
        }
        other => other,
    }
}

/// Keeps a new text.
pub async fn add(ctx: &Ctx, typed: &Typed) -> Result<()> {
    ctx.require_scope(Permission::CloseComplaint)?;
    let unit = viewing::home_unit(ctx).await?;
    ctx.require(Permission::CloseComplaint, unit.id)?;
    let (title, text) = checked(typed)?;
    let tx = ctx.app.db.begin_write().await?;
    let id = StandardAnswerId::new();
    let row = standard_answer::ActiveModel {
        id: Set(id),
        unit_id: Set(unit.id),
        title: Set(title),
        text: Set(text),
        created_at: Set(ctx.now),
        version: Set(1),
    };
    store::insert_standard_answer(&tx, row)
        .await
        .map_err(same_title)?;
    let entry =
        audit::Entry::new("standard_answer", id.0, "standard_answer.added").in_unit(unit.id);
    audit::record(&tx, ctx, entry).await?;
    tx.commit().await?;
    Ok(())
}

/// The text that a form showed, for a change.
async fn seen(ctx: &Ctx, id: &str, version: i32) -> Result<standard_answer::Model> {
    let found = one(ctx, id).await?;
    ctx.require(Permission::CloseComplaint, found.unit_id)?;
    if found.version == version {
        Ok(found)
    } else {
        Err(Error::Conflict {
            code: "changed_meanwhile",
        })
    }
}

pub async fn change(ctx: &Ctx, id: &str, version: i32, typed: &Typed) -> Result<()> {
    let found = seen(ctx, id, version).await?;
    let (title, text) = checked(typed)?;
    let tx = ctx.app.db.begin_write().await?;
    let changes = standard_answer::ActiveModel {
        title: Set(title),
        text: Set(text),
        ..Default::default()
    };
    store::save_standard_answer(&tx, &found, changes)
        .await
        .map_err(same_title)?;
    let entry = audit::Entry::new("standard_answer", found.id.0, "standard_answer.changed")
        .in_unit(found.unit_id);
    audit::record(&tx, ctx, entry).await?;
    tx.commit().await?;
    Ok(())
}

pub async fn remove(ctx: &Ctx, id: &str, version: i32) -> Result<()> {
    let found = seen(ctx, id, version).await?;
    let tx = ctx.app.db.begin_write().await?;
    store::delete_standard_answer(&tx, &found).await?;
    let entry = audit::Entry::new("standard_answer", found.id.0, "standard_answer.removed")
        .in_unit(found.unit_id);
    audit::record(&tx, ctx, entry).await?;
    tx.commit().await?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::{placeholders, unfilled};

    #[test]
    fn a_placeholder_is_a_small_word_in_braces() {
        assert_eq!(placeholders("Yth. {nama}, {nomor} {}"), ["nama", "nomor"]);
        assert_eq!(unfilled("pasal {3} dan { x }"), None);
        assert_eq!(unfilled("untuk {nama} saja"), None, "sending fills it in");
        let left = unfilled("{nomor} di {layanan}");
        assert_eq!(left.as_deref(), Some("{layanan}"));
    }
}
