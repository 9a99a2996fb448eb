//! Who is expected, as the invitations say it. The only place of attendance that knows them.

use sea_orm::ConnectionTrait;
use uuid::Uuid;

use super::service::Person;
use crate::{
    forums::{Forum, Group},
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
    pub fn as_person(self) -> Person {
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

pub async fn of(_db: &impl ConnectionTrait, _forum: &Forum) -> Result<Vec<Invited>> {
    Ok(Vec::new())
}
