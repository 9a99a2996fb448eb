//! Who is expected, as the invitations and registrations say it. The only place of attendance that knows them.

use sea_orm::ConnectionTrait;
use uuid::Uuid;

use super::{
    entity::attendance,
    naming,
    service::{self, Person},
};
use crate::{
    access::Ctx,
    forums::{Forum, Group},
    invitations::{self, Answer, Recipient, RecipientId},
    platform::{
        context::App,
        error::Result,
        i18n::{Locale, Message},
    },
    registrations::{self, Registration},
};

/// An invited recipient, or somebody who registered.
#[derive(Clone, Debug)]
pub struct Invited {
    /// Id of the recipient or the registration.
    pub recipient: Uuid,
    /// They took a seat by themselves, and no letter counts them.
    pub registered: bool,
    /// An office or a person, as on the letter.
    pub addressee: String,
    /// Name and position of the person on the letter; an office has its own name and no position.
    pub named: (String, String),
    /// The addressee with its institution where it is an office: twenty "Kepala" are told apart at the door.
    pub called: String,
    /// The letter names a position, so the door asks who comes.
    pub office: bool,
    pub organisation: String,
    pub group: Group,
    /// How many may come with it.
    pub quota: usize,
    pub delegate_name: Option<String>,
    pub delegate_position: Option<String>,
    /// Who comes with the first, as far as the answer says it.
    pub companions: Vec<String>,
    /// Of the delegate, sealed as the answer keeps it.
    pub sealed_phone: Option<Vec<u8>>,
    /// Of whom the letter names, sealed as the list keeps it.
    pub own_phone: Option<Vec<u8>>,
    pub declined: bool,
}

impl Invited {
    /// The telephone that the answer gave, or the list: that one is of the person whom the letter names, and neither of
    /// an office's visitor nor of somebody who comes instead.
    pub fn phone(&self, app: &App) -> Result<Option<String>> {
        let id = RecipientId(self.recipient);
        let told = invitations::open_phone(app, id, self.sealed_phone.as_deref())?;
        let delegate = self.delegate_name.as_deref();
        let instead = delegate.is_some_and(|name| !naming::same(name, &self.named.0));
        if told.is_some() || self.office || instead {
            return Ok(told);
        }
        invitations::open_own_phone(app, id, self.own_phone.as_deref())
    }

    /// Who is expected: the delegate, else whoever the letter addresses.
    fn expected_name(&self) -> &str {
        self.delegate_name.as_deref().unwrap_or(&self.named.0)
    }

    /// The person as far as the invitation knows: the delegate, else whoever the letter addresses.
    #[must_use]
    pub fn into_person(self) -> Person {
        let (name, role) = match self.delegate_name {
            Some(name) => (name, self.delegate_position.unwrap_or_default()),
            None => self.named,
        };
        Person {
            name,
            role,
            organisation: self.organisation,
            group: self.group,
            phone: None,
        }
    }

    /// The invitation as its further people have it: letter and answer name the first, and say the position of that one
    /// alone.
    #[must_use]
    pub fn without_delegate(self) -> Self {
        Self {
            named: (self.addressee.clone(), String::new()),
            delegate_name: None,
            delegate_position: None,
            sealed_phone: None,
            own_phone: None,
            ..self
        }
    }

    /// How a list calls one of its further people, who has no name yet.
    #[must_use]
    pub fn seat_name(&self, number: usize, locale: Locale) -> String {
        Message::new("attendance-seat-of")
            .with("name", self.addressee.as_str())
            .with("number", number)
            .with("all", self.quota)
            .text(locale)
    }

    /// The row of somebody who has not come yet, with the delegate that was named since it was made.
    #[must_use]
    pub fn refresh(&self, mut row: attendance::Model) -> attendance::Model {
        // Rows were made with the whole line of the letter once.
        if row.name == self.addressee && row.role.is_empty() {
            (row.name, row.role) = self.named.clone();
        }
        let Some(name) = &self.delegate_name else {
            return row;
        };
        if row.name == self.named.0 {
            row.name.clone_from(name);
            row.role = self.delegate_position.clone().unwrap_or_default();
        }
        // The answer named this person.
        if row.name == *name {
            let office = self.office.then(|| self.addressee.clone());
            row.office = office.filter(|office| office != name);
        }
        row
    }
}

impl From<Recipient> for Invited {
    fn from(one: Recipient) -> Self {
        Self {
            recipient: one.id.0,
            registered: false,
            called: one.called(),
            office: one.is_office(),
            quota: one.people(),
            named: one.parted(),
            companions: one.with_them(),
            addressee: one.addressee,
            organisation: one.organisation,
            group: one.participant_group,
            delegate_name: one.delegate_name,
            delegate_position: one.delegate_position,
            sealed_phone: one.delegate_phone,
            own_phone: one.phone,
            declined: one.answer == Answer::Declined,
        }
    }
}

/// Whoever registered is a person with a position, and nobody's delegate.
impl From<Registration> for Invited {
    fn from(one: Registration) -> Self {
        Self {
            recipient: one.id.0,
            registered: true,
            called: one.name.clone(),
            office: false,
            named: (one.name.clone(), one.role.clone()),
            addressee: one.name.clone(),
            organisation: one.organisation,
            group: one.participant_group,
            quota: 1,
            delegate_name: Some(one.name),
            delegate_position: Some(one.role),
            companions: Vec::new(),
            sealed_phone: None,
            own_phone: None,
            declined: false,
        }
    }
}

/// Everybody who is expected at a forum: those of the list in its order, then those who registered.
pub async fn of(db: &impl ConnectionTrait, forum: &Forum) -> Result<Vec<Invited>> {
    let recipients = invitations::recipients(db, forum).await?;
    let registered = registrations::expected(db, forum).await?;
    let invited = recipients.into_iter().map(Invited::from);
    Ok(invited
        .chain(registered.into_iter().map(Invited::from))
        .collect())
}

/// One of them; somebody who was taken off the list is not. The list alone knows who is still on it.
pub async fn one(db: &impl ConnectionTrait, forum: &Forum, id: Uuid) -> Result<Option<Invited>> {
    if let Some(registered) = registrations::expected_one(db, forum, id).await? {
        return Ok(Some(registered.into()));
    }
    let found = invitations::still_invited(db, forum, RecipientId(id)).await?;
    Ok(found.map(Invited::from))
}

/// Whose row it is, if it is of an invitation or a registration that still stands.
pub async fn of_row(
    db: &impl ConnectionTrait,
    forum: &Forum,
    row: &attendance::Model,
) -> Result<Option<Invited>> {
    match row.recipient_id {
        Some(recipient) => one(db, forum, recipient).await,
        None => Ok(None),
    }
}

/// The row as the invitation knows the person today; the name alone if the invitation was withdrawn.
pub fn refreshed(
    ctx: &Ctx,
    invited: Option<&Invited>,
    row: attendance::Model,
) -> Result<std::result::Result<attendance::Model, String>> {
    if row.recipient_id.is_none() {
        return Ok(Ok(row));
    }
    Ok(match invited {
        Some(invited) => {
            let mut row = invited.refresh(row);
            let theirs = invited.expected_name() == row.name;
            if theirs && row.phone.is_none() {
                let phone = invited.phone(&ctx.app)?;
                let seal = |phone: String| service::seal(&ctx.app, row.id, &phone);
                row.phone = phone.map(seal).transpose()?;
            }
            Ok(row)
        }
        None => Err(row.name),
    })
}
