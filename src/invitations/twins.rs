//! Somebody who seems to be on the list already, by mail address or by name and institution. Two offices may share
//! an address, so nothing is refused: the organiser is told and says whether it is somebody else.

use sea_orm::ConnectionTrait;

use super::{Recipient, RecipientFields, RecipientId, store};
use crate::{
    contacts,
    forums::Forum,
    platform::{
        error::{Error, Result},
        i18n::Message,
        words,
    },
};

/// The box to tick when it is somebody else.
pub const FIELD: &str = "twin";

/// What two lines have in common.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Likeness {
    Name,
    Mail,
}

/// How a line is told apart from others.
#[derive(Clone, Copy, Debug)]
struct Marks<'a> {
    addressee: &'a str,
    organisation: &'a str,
    email: Option<&'a str>,
}

impl<'a> From<&'a Recipient> for Marks<'a> {
    fn from(row: &'a Recipient) -> Self {
        Self {
            addressee: &row.addressee,
            organisation: &row.organisation,
            email: row.email.as_deref(),
        }
    }
}

impl<'a> From<&'a RecipientFields> for Marks<'a> {
    fn from(fields: &'a RecipientFields) -> Self {
        Self {
            addressee: &fields.addressee,
            organisation: &fields.organisation,
            email: fields.email.as_deref(),
        }
    }
}

/// What stays the same however the words of a line are shortened.
pub fn key(addressee: &str, organisation: &str) -> String {
    let email = None;
    Marks {
        addressee,
        organisation,
        email,
    }
    .name()
}

impl Marks<'_> {
    /// Position and institution as words in full: "Kepala" of "Dinkes Prov. Kaltim" and "Kepala Dinas Kesehatan Provinsi
    /// Kalimantan Timur" say the same.
    fn name(&self) -> String {
        let (who, of) = (
            words::in_full(self.addressee),
            words::in_full(self.organisation),
        );
        words::letters(&contacts::in_full(&who, &of))
    }
}

fn likeness(one: Marks<'_>, other: Marks<'_>) -> Option<Likeness> {
    if one.name() == other.name() {
        return Some(Likeness::Name);
    }
    let (one, other) = (one.email?, other.email?);
    one.eq_ignore_ascii_case(other).then_some(Likeness::Mail)
}

/// Whether a change makes the line another person or gives it another address.
pub fn is_another(row: &Recipient, fields: &RecipientFields) -> bool {
    let (old, new) = (Marks::from(row), Marks::from(fields));
    likeness(old, new) != Some(Likeness::Name) || old.email != new.email
}

/// Tells of the first line that is like the new one; `own` is the line itself when it is changed.
pub async fn ask(
    db: &impl ConnectionTrait,
    forum: &Forum,
    fields: &RecipientFields,
    own: Option<RecipientId>,
) -> Result<()> {
    let list = store::recipients(db, forum).await?;
    let like = (1_usize..).zip(&list).find_map(|(number, row)| {
        let how = likeness(row.into(), fields.into()).filter(|_| Some(row.id) != own)?;
        Some((number, row, how))
    });
    let Some((number, row, how)) = like else {
        return Ok(());
    };
    let key = match how {
        Likeness::Name => "invitations-twin-name",
        Likeness::Mail => "invitations-twin-mail",
    };
    let message = Message::new(key)
        .with("number", number)
        .with("who", row.in_full());
    Err(Error::field(FIELD, message))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// As the seeds write their names: one list shortens, the other does not.
    #[test]
    fn a_shortened_name_is_the_same_person() {
        let marks = |addressee, organisation| Marks {
            addressee,
            organisation,
            email: None,
        };
        let health = "Dinas Kesehatan Provinsi Kalimantan Timur";
        let known = marks("Kepala Dinas Kesehatan Provinsi Kalimantan Timur", health);
        for (other, like) in [
            (marks("Kepala Dinas Kesehatan Prov. Kaltim", health), true),
            (
                marks("Kepala Dinas Kesehatan Prov. Kaltim", "Dinkes Prov. Kaltim"),
                true,
            ),
            (marks("Kepala", health), true),
            (marks("Kepala Dinas", "Dinkes Prov Kaltim"), true),
            (marks("Ka. Dinkes Prov.Kaltim", ""), true),
            (
                marks("Sekretaris Dinas Kesehatan Prov. Kaltim", health),
                false,
            ),
            (
                marks(
                    "Kepala Dinas Kesehatan Kota Samarinda",
                    "Dinas Kesehatan Kota Samarinda",
                ),
                false,
            ),
            (
                marks(
                    "Kepala Dinas Sosial Prov. Kaltim",
                    "Dinas Sosial Prov. Kaltim",
                ),
                false,
            ),
        ] {
            let found = likeness(known, other) == Some(Likeness::Name);
            assert_eq!(found, like, "{other:?}");
        }
        let bureau = marks("Kepala Biro Organisasi Setda Prov. Kaltim", "");
        let whole = "Kepala Biro Organisasi Sekretariat Daerah Provinsi Kalimantan Timur";
        assert_eq!(likeness(bureau, marks(whole, "")), Some(Likeness::Name));
    }

    #[test]
    fn people_are_alike_by_name_or_by_address() {
        let marks = |addressee, organisation, email| Marks {
            addressee,
            organisation,
            email,
        };
        let known = marks(
            "Kepala Dinas Satu",
            "Dinas Satu",
            Some("satu@contoh.example"),
        );
        for (other, like) in [
            (
                marks("KEPALA dinas  satu", "Dinas satu", None),
                Some(Likeness::Name),
            ),
            (
                marks("Sekretaris", "Dinas Satu", Some("SATU@contoh.example")),
                Some(Likeness::Mail),
            ),
            (marks("Sekretaris", "Dinas Satu", None), None),
            (
                marks("Kepala Dinas Satu", "Dinas Dua", Some("dua@contoh.example")),
                None,
            ),
        ] {
            assert_eq!(likeness(known, other), like, "{other:?}");
        }
        let nobody = marks("Ketua", "Lembaga", None);
        assert_eq!(likeness(nobody, marks("Wakil", "Lembaga", None)), None);
    }
}
