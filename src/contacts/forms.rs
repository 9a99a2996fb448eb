//! What is typed about a contact, parsed once at the border.

use crate::{
    forums::Group,
    platform::{
        check::Check,
        error::Result,
        i18n::{Locale, Message},
        web::forms::{Form, FormView},
    },
};

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ContactFields {
    pub institution: String,
    pub name: String,
    pub position: String,
    pub participant_group: Group,
    pub email: Option<String>,
    pub phone: Option<String>,
}

impl ContactFields {
    pub fn parse(form: &Form) -> Result<Self> {
        let mut check = Check::new();
        let folded = |field: &str| -> String {
            form.get(field)
                .split_whitespace()
                .collect::<Vec<_>>()
                .join(" ")
        };
        let fields = Self {
            institution: check.line("institution", &folded("institution"), 2, 200),
            name: check
                .optional("name", &folded("name"), 90)
                .unwrap_or_default(),
            position: check
                .optional("position", &folded("position"), 100)
                .unwrap_or_default(),
            participant_group: check
                .choice(
                    "participant_group",
                    form.get("participant_group"),
                    Group::parse,
                )
                .unwrap_or(Group::Stakeholders),
            email: check.email("email", form.get("email")),
            phone: check.phone("phone", form.get("phone")),
        };
        if fields.name.is_empty() && fields.position.is_empty() {
            check.fault("position", Message::new("contacts-field-who"));
        }
        check.finish()?;
        Ok(fields)
    }
}

#[must_use]
pub fn form_view(locale: Locale) -> FormView {
    let mut groups = vec![(
        String::new(),
        crate::platform::i18n::t(locale, "contacts-group-choose"),
    )];
    groups.extend(
        Group::all()
            .into_iter()
            .map(|group| (group.code(), group.label(locale))),
    );
    FormView::new()
        .field("institution", true, 200)
        .field("name", false, 90)
        .field("position", false, 100)
        .choice("participant_group", true, groups)
        .field("email", false, 254)
        .field("phone", false, 40)
        .field("twin", false, 0)
}
