//! Use cases of the register of channels.

use sea_orm::ConnectionTrait;
use serde::Serialize;
use serde_json::json;

use super::{rules, store};
use crate::{
    access::{Ctx, Permission},
    audit,
    complaints::{
        rules::Channel,
        ways::entity::channel::{ChannelId, Model},
        words,
    },
    organisation::{self, ContactPurpose, Unit, UnitId},
    platform::{
        check::Check,
        error::{Error, Result},
        i18n::{Locale, Message},
        web::forms::Form,
    },
};

/// More than any office has; a register is no list of employees.
const MOST: usize = 60;

/// A channel as it was typed.
#[derive(Clone, Debug)]
pub struct Typed {
    pub kind: Channel,
    pub name: String,
    pub contact: String,
    pub responsible: String,
    pub note: String,
    pub active: bool,
}

impl Typed {
    pub fn of(form: &Form) -> Result<Self> {
        let mut check = Check::new();
        let kind = check.choice("kind", form.get("kind"), Channel::parse);
        let typed = Self {
            kind: kind.unwrap_or(Channel::Other),
            name: check.line("name", form.get("name"), 3, 80),
            contact: check.line("contact", form.get("contact"), 3, 200),
            responsible: check.line("responsible", form.get("responsible"), 3, 120),
            note: check
                .optional("note", form.get("note"), 300)
                .unwrap_or_default(),
            active: form.is_on("active"),
        };
        if !typed.active && kind.is_some_and(|kind| !rules::may_be_shut(kind)) {
            check.fault("active", Message::new("ways-channel-web-stays"));
        }
        check.finish()?;
        Ok(typed)
    }
}

/// The whole register, also what is shut.
pub async fn listed(db: &impl ConnectionTrait, unit: UnitId) -> Result<Vec<Model>> {
    store::of_unit(db, unit).await
}

/// For the person who keeps the register.
pub async fn opened(ctx: &Ctx, id: ChannelId) -> Result<Model> {
    let found = store::get(&ctx.app.db, id).await?;
    ctx.require(Permission::ManageChannels, found.unit_id)
        .map_err(|_| Error::NotFound)?;
    Ok(found)
}

pub async fn add(ctx: &Ctx, unit: &Unit, typed: Typed) -> Result<()> {
    ctx.require(Permission::ManageChannels, unit.id)?;
    let tx = ctx.app.db.begin_write().await?;
    let known = store::of_unit(&tx, unit.id).await?;
    if known.len() >= MOST {
        let message = Message::new("ways-channels-many").with("most", MOST);
        return Err(Error::field("name", message));
    }
    let twin = |row: &&Model| row.kind == typed.kind && row.name == typed.name;
    if known.iter().any(|row| twin(&row)) {
        return Err(Error::field("name", Message::new("ways-channel-twin")));
    }
    let last = known.iter().map(|row| row.position).max();
    let row = row_of(ctx, unit.id, typed, last.unwrap_or_default() + 1);
    record(&tx, ctx, &row, "channel.added").await?;
    store::insert(&tx, row).await?;
    tx.commit().await?;
    Ok(())
}

fn row_of(ctx: &Ctx, unit: UnitId, typed: Typed, position: i32) -> Model {
    Model {
        id: ChannelId::new(),
        unit_id: unit,
        kind: typed.kind,
        name: typed.name,
        contact: typed.contact,
        responsible: typed.responsible,
        note: typed.note,
        active: typed.active,
        position,
        created_at: ctx.now,
        version: 1,
    }
}

async fn record(
    tx: &impl ConnectionTrait,
    ctx: &Ctx,
    row: &Model,
    verb: &'static str,
) -> Result<()> {
    let told = json!({ "kind": row.kind, "name": row.name, "active": row.active });
    let entry = audit::Entry::new("channel", row.id.0, verb)
        .in_unit(row.unit_id)
        .with(told);
    audit::record(tx, ctx, entry).await
}

/// Writes changes over the version that was read.
pub async fn change(ctx: &Ctx, id: ChannelId, seen: i32, typed: Typed) -> Result<()> {
    let tx = ctx.app.db.begin_write().await?;
    let found = store::get(&tx, id).await?;
    ctx.require(Permission::ManageChannels, found.unit_id)?;
    let row = Model {
        version: seen,
        id: found.id,
        created_at: found.created_at,
        ..row_of(ctx, found.unit_id, typed, found.position)
    };
    record(&tx, ctx, &row, "channel.changed").await?;
    store::save(&tx, row).await?;
    tx.commit().await?;
    Ok(())
}

/// A first register from what the unit has said of itself: its counter, its letters and each of its contacts.
pub async fn add_from_contacts(ctx: &Ctx, unit: &Unit) -> Result<usize> {
    ctx.require(Permission::ManageChannels, unit.id)?;
    let tx = ctx.app.db.begin_write().await?;
    if !store::of_unit(&tx, unit.id).await?.is_empty() {
        return Err(Error::Conflict {
            code: "changed_meanwhile",
        });
    }
    let head = organisation::head_of(&tx, unit.id).await?;
    let contacts = organisation::contacts(&tx, unit.id).await?;
    let named = |kind, contact: &str| {
        let name = words::channel(kind, Locale::Id);
        (kind, name, contact.to_owned())
    };
    let mut found = vec![
        named(Channel::WalkIn, &unit.address),
        named(Channel::Letter, &unit.address),
    ];
    found.extend(contacts.into_iter().filter_map(|contact| {
        let kind = match contact.purpose {
            ContactPurpose::General | ContactPurpose::Complaint => Channel::Phone,
            ContactPurpose::Email => Channel::Email,
            ContactPurpose::Whatsapp => Channel::Whatsapp,
            ContactPurpose::Website => Channel::Web,
            ContactPurpose::Fax => return None,
        };
        Some((kind, contact.label, contact.value))
    }));
    found.push(named(Channel::SuggestionBox, &unit.address));
    found.push(named(Channel::Sp4nLapor, "https://www.lapor.go.id"));
    let count = found.len();
    for (position, (kind, name, contact)) in (1..).zip(found) {
        let typed = Typed {
            kind,
            name,
            contact,
            responsible: head.office.clone(),
            note: String::new(),
            active: true,
        };
        let row = row_of(ctx, unit.id, typed, position);
        record(&tx, ctx, &row, "channel.added").await?;
        store::insert(&tx, row).await?;
    }
    tx.commit().await?;
    Ok(count)
}

/// The ways by which an officer can take something down now.
pub async fn usable(db: &impl ConnectionTrait, unit: UnitId) -> Result<Vec<Channel>> {
    let register = register(db, unit).await?;
    Ok(Channel::by_staff()
        .filter(|kind| rules::is_open(*kind, &register))
        .collect())
}

async fn register(db: &impl ConnectionTrait, unit: UnitId) -> Result<Vec<(Channel, bool)>> {
    let rows = store::of_unit(db, unit).await?;
    Ok(rows.into_iter().map(|row| (row.kind, row.active)).collect())
}

/// Refuses what would come in by a way that is shut.
pub async fn require_open(db: &impl ConnectionTrait, unit: UnitId, kind: Channel) -> Result<()> {
    if rules::is_open(kind, &register(db, unit).await?) {
        return Ok(());
    }
    Err(Error::rule(
        "complaint.channel_shut",
        Message::new("rule-complaint-channel-shut"),
    ))
}

/// The ways that the unit's register has shut: nothing may send people there.
pub async fn shut(db: &impl ConnectionTrait, unit: UnitId) -> Result<Vec<Channel>> {
    let register = register(db, unit).await?;
    let kinds = register.iter().map(|(kind, _)| *kind);
    Ok(kinds
        .filter(|kind| !rules::is_open(*kind, &register))
        .collect())
}

/// (code, label) of the ways that can be chosen.
#[must_use]
pub fn choices(usable: &[Channel], locale: Locale) -> Vec<(String, String)> {
    let choice = |kind: &Channel| (kind.code(), words::channel(*kind, locale));
    usable.iter().map(choice).collect()
}

/// A channel as the public reads it.
#[derive(Clone, Debug, Serialize)]
pub struct WayView {
    pub code: String,
    pub kind: String,
    pub icon: &'static str,
    pub name: String,
    pub contact: String,
    /// Where a touch leads, if anywhere.
    pub href: Option<String>,
    pub responsible: String,
    pub note: String,
}

/// What is open, in the unit's order.
pub async fn public_ways(
    db: &impl ConnectionTrait,
    unit: UnitId,
    locale: Locale,
) -> Result<Vec<WayView>> {
    let rows = store::of_unit(db, unit).await?;
    let open = rows.into_iter().filter(|row| row.active);
    Ok(open.map(|row| way_of(row, locale)).collect())
}

fn way_of(row: Model, locale: Locale) -> WayView {
    WayView {
        code: row.kind.code(),
        kind: words::channel(row.kind, locale),
        icon: icon_of(row.kind),
        href: href_of(row.kind, &row.contact),
        name: row.name,
        contact: row.contact,
        responsible: row.responsible,
        note: row.note,
    }
}

#[must_use]
pub fn icon_of(kind: Channel) -> &'static str {
    match kind {
        Channel::Web | Channel::Sp4nLapor => "link-45deg",
        Channel::WalkIn => "building",
        Channel::Letter => "file-earmark-text",
        Channel::Phone => "telephone",
        Channel::Whatsapp | Channel::Instagram | Channel::Facebook => "chat-left-text",
        Channel::Email => "envelope",
        Channel::SuggestionBox => "inbox",
        Channel::Forum => "people",
        Channel::Other => "flag",
    }
}

/// Where a touch leads. A number written for abroad keeps its plus: dialled here without it, it reaches nobody.
fn href_of(kind: Channel, contact: &str) -> Option<String> {
    let digits: String = contact.chars().filter(char::is_ascii_digit).collect();
    let abroad = contact.trim_start().starts_with('+');
    match kind {
        Channel::Phone if abroad && digits.len() >= 6 => Some(format!("tel:+{digits}")),
        Channel::Phone if digits.len() >= 3 => Some(format!("tel:{digits}")),
        Channel::Whatsapp if digits.len() >= 8 && !contact.contains("://") => {
            let here = digits.strip_prefix('0').map(|rest| format!("62{rest}"));
            Some(format!("https://wa.me/{}", here.unwrap_or(digits)))
        }
        Channel::Email if contact.contains('@') && !contact.contains(' ') => {
            Some(format!("mailto:{contact}"))
        }
        _ if contact.starts_with("https://") && !contact.contains(' ') => Some(contact.to_owned()),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_touch_leads_where_the_contact_says() {
        for (kind, contact, href) in [
            (
                Channel::Phone,
                "+62 800-0000-0012",
                Some("tel:+6280000000012"),
            ),
            (Channel::Phone, "(0541) 000 012", Some("tel:0541000012")),
            (Channel::Phone, "112", Some("tel:112")),
            (Channel::Phone, "di loket", None),
            (
                Channel::Whatsapp,
                "0800-0000-0012",
                Some("https://wa.me/6280000000012"),
            ),
            (
                Channel::Whatsapp,
                "+62 800 0000 0012",
                Some("https://wa.me/6280000000012"),
            ),
            (
                Channel::Email,
                "halo@kantor.example",
                Some("mailto:halo@kantor.example"),
            ),
            (
                Channel::Web,
                "https://kantor.example/a",
                Some("https://kantor.example/a"),
            ),
            (Channel::Letter, "Jalan Contoh 5", None),
        ] {
            assert_eq!(href_of(kind, contact).as_deref(), href, "{contact}");
        }
    }
}
