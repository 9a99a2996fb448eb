//! Rows of the ways in: which channels a unit has, what was kept of a paper, a box or a list, and what only complaint
//! officers open.

pub use channel::ChannelId;
pub use import::ImportId;
pub use opening::OpeningId;
pub use restricted_file::RestrictedFileId;

/// A way by which people reach the unit.
pub mod channel {
    use sea_orm::entity::prelude::*;

    use crate::{complaints::rules::Channel, organisation::UnitId};

    crate::typed_id!(
        /// A way by which people reach a unit.
        ChannelId
    );

    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "intake_channel")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: ChannelId,
        pub unit_id: UnitId,
        pub kind: Channel,
        /// `Kotak saran lobi utama`.
        pub name: String,
        /// Number, address or place: where people go or write.
        pub contact: String,
        /// UU 25/2009 article 36 wants whoever answers for it made known.
        pub responsible: String,
        /// When somebody is there.
        pub note: String,
        pub active: bool,
        pub position: i32,
        pub created_at: DateTimeUtc,
        pub version: i32,
    }

    impl ActiveModelBehavior for ActiveModel {}
}

/// A case's conversation over one channel. It has a row only where the other side has a name for it, such as the
/// tracking id of SP4N-LAPOR: what comes in under that name belongs to this case.
pub mod conversation {
    use sea_orm::entity::prelude::*;

    use crate::{
        complaints::{ComplaintId, rules::Channel},
        organisation::UnitId,
    };

    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "complaint_conversation")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub complaint_id: ComplaintId,
        #[sea_orm(primary_key, auto_increment = false)]
        pub channel: Channel,
        pub unit_id: UnitId,
        pub external_id: String,
        pub created_at: DateTimeUtc,
    }

    impl ActiveModelBehavior for ActiveModel {}
}

/// What came in, as it came, sealed: of the complaint itself or of a later message.
pub mod original {
    use sea_orm::entity::prelude::*;

    use crate::{complaints::ComplaintId, organisation::UnitId};

    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "complaint_original")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: Uuid,
        pub unit_id: UnitId,
        pub complaint_id: ComplaintId,
        /// Empty for the complaint itself.
        pub message_id: Option<Uuid>,
        pub content: Vec<u8>,
        pub created_at: DateTimeUtc,
    }

    impl ActiveModelBehavior for ActiveModel {}
}

/// What an officer took down beside a complaint that came on paper or by voice.
pub mod entry {
    use sea_orm::entity::prelude::*;

    use super::OpeningId;
    use crate::{access::PersonId, complaints::ComplaintId, organisation::UnitId};

    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "complaint_entry")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub complaint_id: ComplaintId,
        pub unit_id: UnitId,
        pub person_id: Option<PersonId>,
        pub letter_number: Option<String>,
        pub letter_date: Option<Date>,
        /// Sealed.
        pub address: Option<Vec<u8>>,
        /// Sealed: who speaks for the complainant.
        pub represented_by: Option<Vec<u8>>,
        pub opening_id: Option<OpeningId>,
        /// The place of the sheet in its batch, from 1.
        pub sheet: Option<i32>,
        pub created_at: DateTimeUtc,
    }

    impl ActiveModelBehavior for ActiveModel {}
}

/// A copy of an identity card or a power of attorney: sealed as a whole, apart from the attachments that handlers see.
pub mod restricted_file {
    use sea_orm::entity::prelude::*;
    use serde::{Deserialize, Serialize};

    use crate::{access::PersonId, complaints::ComplaintId, organisation::UnitId};

    crate::typed_id!(
        /// A file that only complaint officers open.
        RestrictedFileId
    );

    #[derive(
        Clone, Copy, Debug, PartialEq, Eq, EnumIter, DeriveActiveEnum, Serialize, Deserialize,
    )]
    #[sea_orm(rs_type = "String", db_type = "Text", rename_all = "snake_case")]
    #[serde(rename_all = "snake_case")]
    pub enum RestrictedKind {
        IdentityCard,
        PowerOfAttorney,
    }

    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "complaint_restricted_file")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: RestrictedFileId,
        pub unit_id: UnitId,
        pub complaint_id: ComplaintId,
        pub kind: RestrictedKind,
        pub content_type: String,
        pub size: i64,
        /// Where the sealed bytes are kept.
        pub file_key: String,
        pub person_id: Option<PersonId>,
        pub created_at: DateTimeUtc,
    }

    impl ActiveModelBehavior for ActiveModel {}
}

/// A suggestion box that was opened before witnesses.
pub mod opening {
    use sea_orm::entity::prelude::*;
    use serde::{Deserialize, Serialize};

    use crate::{access::PersonId, organisation::UnitId};

    crate::typed_id!(
        /// The opening of a suggestion box.
        OpeningId
    );

    /// Those who saw it.
    #[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, FromJsonQueryResult)]
    pub struct Witnesses(pub Vec<String>);

    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "box_opening")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: OpeningId,
        pub unit_id: UnitId,
        pub opened_at: DateTimeUtc,
        pub place: String,
        #[sea_orm(column_type = "JsonBinary")]
        pub witnesses: Witnesses,
        /// Sheets found in the box.
        pub counted: i32,
        pub closed_at: Option<DateTimeUtc>,
        /// Why another number was entered than was counted.
        pub close_reason: Option<String>,
        pub person_id: Option<PersonId>,
        pub created_at: DateTimeUtc,
        pub version: i32,
    }

    impl ActiveModelBehavior for ActiveModel {}
}

pub mod box_scan {
    use sea_orm::entity::prelude::*;

    use super::OpeningId;
    use crate::{documents::FileId, organisation::UnitId};

    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "box_scan")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub file_id: FileId,
        pub unit_id: UnitId,
        pub opening_id: OpeningId,
        pub created_at: DateTimeUtc,
    }

    impl ActiveModelBehavior for ActiveModel {}
}

/// What SP4N-LAPOR says of a complaint that also stands there. Its tracking id is the name of the conversation.
pub mod sp4n_case {
    use sea_orm::entity::prelude::*;

    use super::ImportId;
    use crate::{complaints::ComplaintId, organisation::UnitId};

    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "sp4n_case")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub complaint_id: ComplaintId,
        pub unit_id: UnitId,
        pub import_id: ImportId,
        /// The status there, in its own words.
        pub status: String,
        pub disposition: String,
        pub updated_at: DateTimeUtc,
        /// When it was written there, where the list says so beside the day on which the office got it.
        pub reported_at: Option<DateTimeUtc>,
    }

    impl ActiveModelBehavior for ActiveModel {}
}

pub mod import {
    use sea_orm::entity::prelude::*;

    use crate::{access::PersonId, documents::FileId, organisation::UnitId};

    crate::typed_id!(
        /// One list of SP4N-LAPOR that was taken in.
        ImportId
    );

    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "sp4n_import")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: ImportId,
        pub unit_id: UnitId,
        pub person_id: Option<PersonId>,
        pub person_name: String,
        pub file_name: String,
        pub stored: i32,
        pub known: i32,
        pub changed: i32,
        pub faulty: i32,
        pub created_at: DateTimeUtc,
        /// The list that was confirmed; none where a program sent it in one step. Of one list there is one import.
        #[sea_orm(unique)]
        pub file_id: Option<FileId>,
        /// None while it goes in, or where it was cut short.
        pub finished_at: Option<DateTimeUtc>,
    }

    impl ActiveModelBehavior for ActiveModel {}
}

/// Under which headings a unit's lists keep what.
pub mod sp4n_mapping {
    use std::collections::BTreeMap;

    use sea_orm::entity::prelude::*;
    use serde::{Deserialize, Serialize};

    use crate::organisation::UnitId;

    /// Part of a report → heading, in small letters.
    #[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, FromJsonQueryResult)]
    pub struct Headings(pub BTreeMap<String, String>);

    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "sp4n_mapping")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub unit_id: UnitId,
        #[sea_orm(column_type = "JsonBinary")]
        pub headings: Headings,
        pub updated_at: DateTimeUtc,
    }

    impl ActiveModelBehavior for ActiveModel {}
}
