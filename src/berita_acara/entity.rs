//! Rows of the Berita Acara, its points and its signatories.

pub use agreed_point::AgreedPointId;
pub use berita_acara::BeritaAcaraId;
pub use signatory::SignatoryId;

pub mod berita_acara {
    use sea_orm::entity::prelude::*;
    use serde::{Deserialize, Serialize};

    use crate::{
        access::PersonId, berita_acara::rules::Status, documents::DocumentId, forums::ForumId,
        organisation::UnitId,
    };

    crate::typed_id!(
        /// One version of the Berita Acara of a forum.
        BeritaAcaraId
    );

    #[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, FromJsonQueryResult)]
    pub struct Lines(pub Vec<String>);

    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "berita_acara")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: BeritaAcaraId,
        pub unit_id: UnitId,
        pub forum_id: ForumId,
        /// 1 for the first, one more for each correction.
        pub version_no: i32,
        /// As given by the office's register; empty until it is known.
        pub number: String,
        pub place: String,
        /// The heading, a line each.
        pub title: String,
        /// What follows "telah dilaksanakan".
        pub opening_subject: String,
        #[sea_orm(column_type = "JsonBinary")]
        pub legal_basis: Lines,
        #[sea_orm(column_type = "JsonBinary")]
        pub reference: Lines,
        pub closing: String,
        pub status: Status,
        pub locked_at: Option<DateTimeUtc>,
        pub locked_by: Option<PersonId>,
        /// SHA-256 of the record as it was locked.
        pub record_hash: Option<String>,
        pub document_id: Option<DocumentId>,
        /// When somebody said that the forum had ended, of a record that was locked before its agenda was over.
        pub ended_early_at: Option<DateTimeUtc>,
        /// When the first of the signatures that stand was given; none while nobody has signed.
        pub signed_from: Option<DateTimeUtc>,
        /// How many the attendance list had then: the signed text names the number.
        pub signed_present: Option<i32>,
        /// The version that this one corrects.
        pub amends: Option<BeritaAcaraId>,
        pub amendment_reason: String,
        /// Of the text above; points and signatories have their own.
        pub version: i32,
        /// Counts every change of the record: editing and locking wait for each other here.
        pub edits: i32,
        pub created_at: DateTimeUtc,
    }

    impl ActiveModelBehavior for ActiveModel {}
}

pub mod agreed_point {
    use sea_orm::entity::prelude::*;

    use super::berita_acara::BeritaAcaraId;
    use crate::organisation::UnitId;

    crate::typed_id!(
        /// Something that was agreed at a forum.
        AgreedPointId
    );

    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "agreed_point")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: AgreedPointId,
        pub unit_id: UnitId,
        pub berita_acara_id: BeritaAcaraId,
        pub position: i32,
        pub text: String,
        /// Somebody said that these words are the agreement, although an input says the same.
        pub meant_so: bool,
        /// The same point in the first version: actions stay linked through corrections.
        pub root_id: AgreedPointId,
        pub version: i32,
    }

    impl ActiveModelBehavior for ActiveModel {}
}

pub mod agreed_point_input {
    use sea_orm::entity::prelude::*;

    use super::agreed_point::AgreedPointId;
    use crate::{forums::ForumInputId, organisation::UnitId};

    /// An input that led to a point.
    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "agreed_point_input")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: Uuid,
        pub unit_id: UnitId,
        pub agreed_point_id: AgreedPointId,
        pub forum_input_id: ForumInputId,
    }

    impl ActiveModelBehavior for ActiveModel {}
}

pub mod signatory {
    use sea_orm::entity::prelude::*;

    use super::berita_acara::BeritaAcaraId;
    use crate::{attendance::AttendanceId, forums::Group, organisation::UnitId};

    crate::typed_id!(
        /// Somebody who signs a Berita Acara.
        SignatoryId
    );

    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "ba_signatory")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: SignatoryId,
        pub unit_id: UnitId,
        pub berita_acara_id: BeritaAcaraId,
        pub position: i32,
        pub name: String,
        /// The position held.
        pub role: String,
        pub organisation: String,
        pub participant_group: Group,
        /// For whom the person signs, as printed: `Perangkat Daerah Provinsi Kalimantan Timur`.
        pub represents: String,
        pub signed_on_paper: bool,
        pub signed_on: Option<Date>,
        /// The drawn signature, a PNG of ours; none: on paper.
        pub signature_key: Option<String>,
        pub signature_sha256: Option<String>,
        /// Why this person does not sign; the record is then closed without the signature.
        pub missing_reason: Option<String>,
        pub attendance_id: Option<AttendanceId>,
        pub version: i32,
    }

    impl Model {
        /// Whether the person signed, with a pen or on the tablet.
        #[must_use]
        pub fn has_signed(&self) -> bool {
            self.signed_on_paper || self.signature_key.is_some()
        }
    }

    impl ActiveModelBehavior for ActiveModel {}
}

pub mod scan {
    use sea_orm::entity::prelude::*;

    use super::berita_acara::BeritaAcaraId;
    use crate::{documents::FileId, organisation::UnitId};

    /// A scan of the sheet that was signed by hand.
    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "ba_scan")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: Uuid,
        pub unit_id: UnitId,
        pub berita_acara_id: BeritaAcaraId,
        pub file_id: FileId,
        pub created_at: DateTimeUtc,
    }

    impl ActiveModelBehavior for ActiveModel {}
}
