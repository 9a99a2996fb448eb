//! Rows of the calendar: what decrees, units and policies say.

pub mod holiday {
    use sea_orm::entity::prelude::*;

    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "holiday")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: Uuid,
        pub date: Date,
        pub name: String,
        /// `national_holiday` or `collective_leave`.
        pub category: String,
        /// The decree that says so.
        pub decree: String,
        /// `fixed` or `estimated`.
        pub certainty: String,
    }

    impl ActiveModelBehavior for ActiveModel {}
}

pub mod work_calendar {
    use sea_orm::entity::prelude::*;

    use crate::organisation::UnitId;

    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "work_calendar")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub unit_id: UnitId,
        /// Whether the unit works, and so counts, days of collective leave.
        pub work_collective_leave: bool,
    }

    impl ActiveModelBehavior for ActiveModel {}
}

pub mod office_hours {
    use sea_orm::entity::prelude::*;

    use crate::organisation::UnitId;

    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "office_hours")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: Uuid,
        pub unit_id: UnitId,
        /// 1 = Monday … 7 = Sunday.
        pub weekday: i32,
        pub opens: Time,
        pub closes: Time,
    }

    impl ActiveModelBehavior for ActiveModel {}
}

pub mod unit_closure {
    use sea_orm::entity::prelude::*;

    use crate::organisation::UnitId;

    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "unit_closure")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: Uuid,
        pub unit_id: UnitId,
        pub from_day: Date,
        pub to_day: Date,
        pub reason: String,
    }

    impl ActiveModelBehavior for ActiveModel {}
}

pub mod deadline_policy {
    use sea_orm::entity::prelude::*;
    use serde::{Deserialize, Serialize};

    use crate::organisation::UnitId;

    /// What a deadline is for.
    #[derive(
        Clone, Copy, Debug, PartialEq, Eq, EnumIter, DeriveActiveEnum, Serialize, Deserialize,
    )]
    #[sea_orm(rs_type = "String", db_type = "Text", rename_all = "snake_case")]
    #[serde(rename_all = "snake_case")]
    pub enum PolicyKind {
        ComplaintResponse,
    }

    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "deadline_policy")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: Uuid,
        /// None: the default of the installation.
        pub unit_id: Option<UnitId>,
        pub kind: PolicyKind,
        pub working_days: i32,
        pub after_hours: String,
        pub due_end: String,
        /// The regulation, decree or setting that the number comes from.
        pub source: String,
        /// `verified`, `secondary` or `unverified`.
        pub certainty: String,
        pub valid_from: Date,
        pub valid_to: Option<Date>,
    }

    impl ActiveModelBehavior for ActiveModel {}
}
