//! Rows of what a period asks, and of the places where it is asked.

pub use period::SurveyPeriodId;
pub use point::SurveyPointId;

use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};

macro_rules! stored_enum {
    ($(#[$meta:meta])* $name:ident { $($(#[$inner:meta])* $variant:ident),+ $(,)? }) => {
        $(#[$meta])*
        #[derive(
            Clone, Copy, Debug, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum, Serialize, Deserialize,
            poem_openapi::Enum,
        )]
        #[sea_orm(rs_type = "String", db_type = "Text", rename_all = "snake_case")]
        #[serde(rename_all = "snake_case")]
        #[oai(rename_all = "snake_case")]
        pub enum $name { $($(#[$inner])* $variant),+ }

        impl $name {
            #[must_use]
            pub fn code(self) -> String {
                self.to_value()
            }

            #[must_use]
            pub fn parse(code: &str) -> Option<Self> {
                Self::try_from_value(&code.to_owned()).ok()
            }
        }
    };
}
pub(super) use stored_enum;

stored_enum!(
    /// What was last decided about a period. That its last day is over is asked of the calendar, not stored.
    SurveyState {
        Draft,
        Open,
        Closed,
        Frozen,
    }
);

stored_enum!(
    /// What a printed code stands for.
    PointKind {
        Unit,
        Service,
        Counter,
    }
);

/// The four answers of a question, from 1 to 4.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, FromJsonQueryResult)]
pub struct FourAnswers(pub [String; 4]);

pub mod period {
    use sea_orm::entity::prelude::*;

    use super::SurveyState;
    use crate::{access::PersonId, organisation::UnitId};

    crate::typed_id!(
        /// A period of the satisfaction survey of one unit.
        SurveyPeriodId
    );

    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "survey_period")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: SurveyPeriodId,
        pub unit_id: UnitId,
        pub title: String,
        /// Local days of the unit, both included.
        pub opens_on: Date,
        pub closes_on: Date,
        pub state: SurveyState,
        /// `14/2017` or `KEP/25/2004`.
        pub grade_table: String,
        /// `exact`, `0.11`, `0.111` or `0.071`.
        pub weight_policy: String,
        /// Whether the unit's figure weighs its services by their yearly volume.
        pub by_volume: bool,
        /// A figure of fewer answers is not shown.
        pub minimum_answers: i32,
        /// So many of a hundred elements have to be answered, else the sheet does not count.
        pub least_percent: i32,
        pub frozen_at: Option<DateTimeUtc>,
        pub frozen_by: Option<PersonId>,
        /// SHA-256 of the raw export as it was when the period was frozen.
        pub frozen_hash: Option<String>,
        /// How many answers that look like a machine's were said to count then; none before that was asked.
        pub frozen_counted: Option<i32>,
        pub version: i32,
        pub created_at: DateTimeUtc,
    }

    impl ActiveModelBehavior for ActiveModel {}
}

pub mod element {
    use sea_orm::entity::prelude::*;

    use super::SurveyPeriodId;
    use crate::{organisation::UnitId, platform::i18n::Locale};

    /// An element in the order of its period: the n-th character of `scores` is its answer.
    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "survey_period_element")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: Uuid,
        pub unit_id: UnitId,
        pub period_id: SurveyPeriodId,
        pub position: i32,
        /// The stable id of one of the nine, or `own-…` of an element that the unit added.
        pub element_id: String,
        /// `U1`: the name within this period.
        pub label: String,
        pub name_id: String,
        pub name_en: String,
        /// Decimal text, `0.125`; none of all elements: all weigh the same.
        pub weight: Option<String>,
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
}

pub mod service {
    use sea_orm::entity::prelude::*;

    use super::SurveyPeriodId;
    use crate::{organisation::UnitId, standards::StandardId};

    /// A service that a period asks about.
    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "survey_period_service")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: Uuid,
        pub unit_id: UnitId,
        pub period_id: SurveyPeriodId,
        pub service_id: StandardId,
        pub position: i32,
        /// How many people used it: from this the number of answers that are needed. 0: unknown.
        pub population: i64,
        /// How often it is given in a year: its weight where services weigh by volume. 0: unknown.
        pub volume: i64,
    }

    impl ActiveModelBehavior for ActiveModel {}
}

pub mod question {
    use sea_orm::entity::prelude::*;

    use super::{FourAnswers, SurveyPeriodId};
    use crate::{organisation::UnitId, platform::i18n::Locale, standards::StandardId};

    /// How an element is asked: of all services, or in other words of one.
    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "survey_question")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: Uuid,
        pub unit_id: UnitId,
        pub period_id: SurveyPeriodId,
        pub element_id: String,
        pub service_id: Option<StandardId>,
        pub question_id: String,
        pub question_en: String,
        #[sea_orm(column_type = "JsonBinary")]
        pub answers_id: FourAnswers,
        #[sea_orm(column_type = "JsonBinary")]
        pub answers_en: FourAnswers,
    }

    impl Model {
        #[must_use]
        pub fn wording(&self, locale: Locale) -> (&str, &[String; 4]) {
            match locale {
                Locale::Id => (&self.question_id, &self.answers_id.0),
                Locale::En => (&self.question_en, &self.answers_en.0),
            }
        }
    }

    impl ActiveModelBehavior for ActiveModel {}
}

pub mod point {
    use sea_orm::entity::prelude::*;

    use super::PointKind;
    use crate::{organisation::UnitId, standards::StandardId};

    crate::typed_id!(
        /// A printed code: of the unit, of a service, of a counter.
        SurveyPointId
    );

    /// Outlives its period: the poster on the wall stays the same.
    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "survey_point")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: SurveyPointId,
        pub unit_id: UnitId,
        /// Short enough to be typed: `/s/{code}`.
        #[sea_orm(unique)]
        pub code: String,
        pub kind: PointKind,
        /// The service of the poster; a counter may have one.
        pub service_id: Option<StandardId>,
        pub name: String,
        pub active: bool,
        pub version: i32,
    }

    impl ActiveModelBehavior for ActiveModel {}
}
