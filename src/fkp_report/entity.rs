//! Rows of the report: its head, the texts that the office wrote, deliveries.

pub mod report {
    use sea_orm::entity::prelude::*;

    use crate::{forums::ForumId, organisation::UnitId};

    /// What is typed of a report besides its texts; everything else comes from the record.
    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "fkp_report")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: Uuid,
        pub unit_id: UnitId,
        pub forum_id: ForumId,
        /// As given by the office's register; may be empty.
        pub number: String,
        /// The day on the paper.
        pub dated_on: Option<Date>,
        /// One more with every issue: who issues from an older page is told.
        pub version: i32,
        pub created_at: DateTimeUtc,
    }

    impl ActiveModelBehavior for ActiveModel {}
}

pub mod text {
    use sea_orm::entity::prelude::*;

    use crate::{access::PersonId, forums::ForumId, organisation::UnitId};

    /// A free text as the office wrote it.
    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "fkp_report_text")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: Uuid,
        pub unit_id: UnitId,
        pub forum_id: ForumId,
        /// The code of a slot: `background`.
        pub slot: String,
        pub text: String,
        /// The office went back to the composed text; the row stays for its version.
        pub is_default: bool,
        pub version: i32,
        pub changed_by: Option<PersonId>,
        pub changed_by_name: String,
        pub changed_at: DateTimeUtc,
    }

    impl ActiveModelBehavior for ActiveModel {}
}

pub mod delivery {
    use sea_orm::entity::prelude::*;

    use crate::{documents::DocumentId, forums::ForumId, organisation::UnitId};

    /// The report as it was sent to somebody: when, what, to whom, by whom.
    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "fkp_report_delivery")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: Uuid,
        pub unit_id: UnitId,
        pub forum_id: ForumId,
        pub document_id: DocumentId,
        pub to_name: String,
        pub to_address: String,
        pub note: String,
        pub sent_by_name: String,
        pub sent_at: DateTimeUtc,
        /// Of the link in the mail, where the file was too large to go along.
        pub link_hash: Option<String>,
        pub link_until: Option<DateTimeUtc>,
    }

    impl ActiveModelBehavior for ActiveModel {}
}
