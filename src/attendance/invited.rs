//! Who is expected, as the invitations say it. The only place of attendance that knows them.

use sea_orm::ConnectionTrait;
use uuid::Uuid;

use super::service::Person;
use crate::{
    forums::{Forum, Group},
    invitations::{self, Answer},
    platform::error::Result,
};

/// An invited recipient.
#[derive(Clone, Debug)]
pub struct Invited {
    pub recipient: Uuid,
    /// An office or a person, as on the letter.
    pub addressee: String,
    pub organisation: String,
    pub group: Group,
    pub delegate_name: Option<String>,
    pub delegate_position: Option<String>,
    pub declined: bool,
}

impl Invited {
    /// The person as far as the invitation knows: the delegate, else whoever the letter addresses.
    #[must_use]
    pub fn into_person(self) -> Person {
        let (name, role) = match self.delegate_name {
            Some(name) => (name, self.delegate_position.unwrap_or_default()),
            None => (self.addressee, String::new()),
        };
        Person {
            name,
            role,
            organisation: self.organisation,
            group: self.group,
            phone: None,
        }
    }
}

/// Everybody who is invited to a forum, in the order of the list.
pub async fn of(db: &impl ConnectionTrait, forum: &Forum) -> Result<Vec<Invited>> {
    let recipients = invitations::recipients(db, forum).await?;
    Ok(recipients
        .into_iter()
        .map(|one| Invited {
            recipient: one.id.0,
            addressee: one.addressee,
            organisation: one.organisation,
            group: one.participant_group,
            delegate_name: one.delegate_name,
            delegate_position: one.delegate_position,
            declined: one.answer == Answer::Declined,
        })
        .collect())
}
