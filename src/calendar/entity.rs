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
        /// Of this row and the office hours.
        pub version: i32,
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

/// What a unit changed in its own days.
pub mod office_change {
    use sea_orm::entity::prelude::*;

    use crate::{access::PersonId, organisation::UnitId};

    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "office_change")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: Uuid,
        pub unit_id: UnitId,
        /// `closed`, `reopened`, `leave` or `hours`.
        pub kind: String,
        /// What was changed and why, in a sentence that citizens read where a date moved with it.
        pub told: String,
        /// How many deadlines of open complaints moved with it.
        pub moved: i32,
        pub person_id: Option<PersonId>,
        pub at: DateTimeUtc,
    }

    impl ActiveModelBehavior for ActiveModel {}
}

/// What an administrator changed in the national calendar, and by which decree.
pub mod holiday_change {
    use sea_orm::entity::prelude::*;

    use crate::access::PersonId;

    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "holiday_change")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: Uuid,
        /// `add` or `withdraw`.
        pub action: String,
        pub date: Date,
        pub name: String,
        pub category: String,
        pub decree: String,
        pub reason: String,
        /// How many deadlines of open complaints moved with it.
        pub moved: i32,
        pub person_id: Option<PersonId>,
        pub at: DateTimeUtc,
    }

    impl ActiveModelBehavior for ActiveModel {}
}

pub mod deadline_policy {
    use sea_orm::entity::prelude::*;

    use crate::{access::PersonId, calendar::policies::Terms, organisation::UnitId};

    crate::typed_id!(
        /// The numbers of days that hold from one day on. Never changed: another choice is another row, and one that
        /// has not begun can be withdrawn.
        PolicyId
    );

    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "deadline_policy")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: PolicyId,
        /// None: the default of the installation.
        pub unit_id: Option<UnitId>,
        /// Which shipped set it was made from, or `unit` for the unit's own standard.
        pub code: String,
        pub after_hours: String,
        pub due_end: String,
        #[sea_orm(column_type = "JsonBinary")]
        pub terms: Terms,
        /// Until the row that begins next.
        pub valid_from: Date,
        pub reason: String,
        pub chosen_by: Option<PersonId>,
        pub chosen_at: Option<DateTimeUtc>,
        /// Withdrawn before it began: it never holds.
        pub withdrawn_at: Option<DateTimeUtc>,
        pub withdrawn_by: Option<PersonId>,
        pub withdrawn_because: Option<String>,
    }

    impl ActiveModelBehavior for ActiveModel {}
}
