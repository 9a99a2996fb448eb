//! Rows of the survey: the nine elements here, periods in `setup`, answers in `answers`.

pub mod answers;
pub mod setup;

use sea_orm::entity::prelude::*;

use crate::platform::i18n::Locale;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "survey_element")]
pub struct Model {
    /// Stable for ever: `requirements`, `time`, …
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: String,
    pub position: i32,
    /// `U1` … `U9`; offices order the last two differently, so it is never a key.
    pub label: String,
    pub name_id: String,
    pub name_en: String,
    /// The regulation that names it.
    pub source: String,
}

impl Model {
    #[must_use]
    pub fn name(&self, locale: Locale) -> &str {
        match locale {
            Locale::Id => &self.name_id,
            Locale::En => &self.name_en,
        }
    }
}

impl ActiveModelBehavior for ActiveModel {}
