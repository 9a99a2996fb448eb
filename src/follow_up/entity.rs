//! Rows of what follows a forum.

pub mod point_reason {
    use sea_orm::entity::prelude::*;

    use crate::{berita_acara::AgreedPointId, forums::ForumId, organisation::UnitId};

    /// Why an agreed point has no action; everybody reads it.
    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "point_reason")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: Uuid,
        pub unit_id: UnitId,
        pub forum_id: ForumId,
        /// The point in the first version of the record: a correction does not lose the reason.
        pub point_root: AgreedPointId,
        pub reason: String,
        pub version: i32,
        pub created_at: DateTimeUtc,
    }

    impl ActiveModelBehavior for ActiveModel {}
}

pub mod carried_action {
    use sea_orm::entity::prelude::*;

    use crate::{action_plans::ActionItemId, forums::ForumId, organisation::UnitId};

    /// An action of one forum that another forum takes up again.
    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "carried_action")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: Uuid,
        pub unit_id: UnitId,
        pub action_id: ActionItemId,
        pub from_forum_id: ForumId,
        pub to_forum_id: ForumId,
        pub created_at: DateTimeUtc,
    }

    impl ActiveModelBehavior for ActiveModel {}
}

pub mod stage_reminder {
    use sea_orm::entity::prelude::*;

    use crate::{
        forums::{ForumId, Stage},
        organisation::UnitId,
    };

    /// A reminder that went out: one per stage and week.
    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "stage_reminder")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: Uuid,
        pub unit_id: UnitId,
        pub forum_id: ForumId,
        pub stage: Stage,
        /// `2026-W12`, of the unit's local day.
        pub week: String,
        pub created_at: DateTimeUtc,
    }

    impl ActiveModelBehavior for ActiveModel {}
}

pub mod report_told {
    use sea_orm::entity::prelude::*;

    use crate::{forums::ForumId, organisation::UnitId};

    /// What the issued report of a forum tells of its points: one row, of the report in force.
    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "report_told")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: Uuid,
        pub unit_id: UnitId,
        pub forum_id: ForumId,
        /// SHA-256 of what became of every point, in an order that never changes.
        pub mark: String,
        pub told_at: DateTimeUtc,
    }

    impl ActiveModelBehavior for ActiveModel {}
}
