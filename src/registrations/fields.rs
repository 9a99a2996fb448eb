//! What somebody types to register.

use crate::{
    documents,
    forums::Group,
    own_questions::{self, Given, OwnQuestion},
    platform::{check::Check, error::Result, i18n::Message, web::forms::Form},
};

/// One way to reach somebody.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Contact {
    Email(String),
    /// E.164.
    Phone(String),
}

impl Contact {
    #[must_use]
    pub fn text(&self) -> &str {
        match self {
            Self::Email(text) | Self::Phone(text) => text,
        }
    }
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RegistrationFields {
    pub name: String,
    pub role: String,
    pub organisation: String,
    pub group: Group,
    pub contact: Contact,
    pub own: Given,
}

impl RegistrationFields {
    pub fn parse(form: &Form, asked: &[OwnQuestion]) -> Result<Self> {
        let mut check = Check::new();
        let name = documents::typed_name(&mut check, "name", form.get("name"), (2, 150));
        let role = check.line("role", form.get("role"), 2, 150);
        let organisation = check.optional("organisation", form.get("organisation"), 200);
        if organisation
            .as_deref()
            .is_some_and(|text| text.contains('\n'))
        {
            check.fault("organisation", Message::new("field-one-line"));
        }
        let group = check.choice("group", form.get("group"), Group::parse);
        let contact = contact(&mut check, form.get("contact"));
        let own = own_questions::parse(&mut check, asked, form);
        check.finish()?;
        Ok(Self {
            name,
            role,
            organisation: organisation.unwrap_or_default(),
            group: group.unwrap_or(Group::Users),
            contact: contact.unwrap_or(Contact::Phone(String::new())),
            own,
        })
    }
}

/// One field for both: an address has an `@`.
fn contact(check: &mut Check, raw: &str) -> Option<Contact> {
    if raw.trim().is_empty() {
        check.fault("contact", Message::new("registrations-contact-needed"));
        return None;
    }
    match raw.contains('@') {
        true => check.email("contact", raw).map(Contact::Email),
        false => check.phone("contact", raw).map(Contact::Phone),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::platform::error::Error;

    #[test]
    fn one_way_to_reach_somebody_is_enough_and_needed() {
        let filled = |contact: &str| {
            let form = Form::of(&[
                ("name", "Warga Contoh"),
                ("role", "Pedagang"),
                ("group", "users"),
                ("contact", contact),
            ]);
            RegistrationFields::parse(&form, &[])
        };
        let email = filled(" Warga@Contoh.example ").unwrap();
        assert_eq!(email.contact, Contact::Email("warga@contoh.example".into()));
        let phone = filled("0800-0000-0071").unwrap();
        assert_eq!(phone.contact, Contact::Phone("+6280000000071".into()));
        for wrong in ["", "warga@", "12"] {
            let Err(Error::Invalid(faults)) = filled(wrong) else {
                panic!("{wrong:?} is taken");
            };
            assert_eq!(faults[0].field, "contact", "{wrong:?}");
        }
    }
}
