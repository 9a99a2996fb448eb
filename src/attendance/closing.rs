//! Which paper a list was closed with: whoever finds it closed is told where to look.

use sea_orm::entity::prelude::*;

use crate::platform::i18n::{Locale, Message};

#[derive(Clone, Copy, Debug, PartialEq, Eq, EnumIter, DeriveActiveEnum)]
#[sea_orm(rs_type = "String", db_type = "Text", rename_all = "snake_case")]
pub enum ClosedWith {
    /// The minutes were approved.
    Minutes,
    /// The Berita Acara was locked.
    BeritaAcara,
}

/// That a list is closed; of one that was closed long ago it is not known with what.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Closed(pub Option<ClosedWith>);

impl Closed {
    pub(super) fn message(self, key: &'static str) -> Message {
        let paper = self
            .0
            .map_or_else(|| "unknown".to_owned(), |with| with.to_value());
        Message::new(key).with("paper", paper)
    }

    /// What a page says above the list.
    #[must_use]
    pub fn notice(self, locale: Locale) -> String {
        self.message("attendance-closed").text(locale)
    }
}
