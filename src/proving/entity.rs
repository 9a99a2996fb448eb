//! Rows of what was told.

pub mod told {
    use sea_orm::entity::prelude::*;

    use crate::{action_plans::ActionItemId, organisation::UnitId, surveys::SurveyPeriodId};

    /// Those in charge of an action heard that a period measured it; once for each period.
    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "measurement_told")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: Uuid,
        pub unit_id: UnitId,
        pub action_id: ActionItemId,
        pub period_id: SurveyPeriodId,
        pub at: DateTimeUtc,
    }

    impl ActiveModelBehavior for ActiveModel {}
}
