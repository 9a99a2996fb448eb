//! A standard as its decree prints it: what each component says, in the words of the source; what is only a value
//! is told in words.

use super::{
    entity::component,
    pages::fee_words,
    rules::{Channel, ComponentKind},
    service::Sheet,
};
use crate::platform::i18n::{Locale, t};

/// Papers are Indonesian whatever language the officer reads.
const ID: Locale = Locale::Id;

/// One component on paper.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    pub name: String,
    pub words: Vec<String>,
    /// A list below the words.
    pub items: Vec<String>,
    /// Steps are numbered, other things are not.
    pub ordered: bool,
}

/// These components of a standard, in this order, as far as it has them.
#[must_use]
pub fn lines(sheet: &Sheet, kinds: &[ComponentKind]) -> Vec<Line> {
    let found = kinds.iter().filter_map(|kind| sheet.component(*kind));
    found.map(line).collect()
}

fn line(component: &component::Model) -> Line {
    let mut words: Vec<String> = component.text.iter().cloned().collect();
    let mut items = component.items.0.clone();
    if words.is_empty() && items.is_empty() {
        items = component.channels.0.iter().map(channel).collect();
        let durations = component.durations.0.iter();
        words.extend(durations.map(|one| format!("{}: {}", one.label, one.text(ID))));
        words.extend(component.fee_rupiah.map(|fee| fee_words(Some(fee), ID)));
        words.extend(component.staff_count.map(|count| format!("{count} orang")));
    }
    Line {
        name: component.kind.title(ID),
        words,
        items,
        ordered: component.kind == ComponentKind::Procedure,
    }
}

fn channel(channel: &Channel) -> String {
    let code = channel.kind.code().replace('_', "-");
    let label = t(ID, &format!("standards-channel-{code}"));
    match channel.contact.as_str() {
        "" => label,
        contact => format!("{label}: {contact}"),
    }
}
