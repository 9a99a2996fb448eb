//! Rows of the register: issued documents, and files that people handed in.

pub use document::DocumentId;
pub use file::FileId;

pub mod document {
    use sea_orm::entity::prelude::*;

    use crate::{documents::render::Kind, organisation::UnitId};

    crate::typed_id!(
        /// An issued document.
        DocumentId
    );

    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "document")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: DocumentId,
        pub unit_id: UnitId,
        /// Whose head the paper carries, where that is another unit.
        pub issuer_id: Option<UnitId>,
        /// The code of a [`Kind`]: `berita-acara`.
        pub kind: String,
        /// The number on the paper, where it has one.
        pub number: Option<String>,
        /// Stands on the public verification page: no name of a private person.
        pub subject: String,
        /// 1 for the first, one more for each correction.
        pub version: i32,
        pub sha256: String,
        pub size: i64,
        pub file_key: String,
        /// What it was set from, as JSON: an annex of the report is set from it again. None for what was
        /// not set by us.
        pub data_key: Option<String>,
        pub data_sha256: Option<String>,
        /// Ten characters that nobody misreads; printed on the paper.
        #[sea_orm(unique)]
        pub verification_code: String,
        pub issued_at: DateTimeUtc,
        /// For the organiser and the head alone.
        pub restricted: bool,
        /// The table of the thing that the document is about, and its key.
        pub about_kind: String,
        pub about_id: Uuid,
        /// The version that this one replaces.
        pub supersedes: Option<DocumentId>,
    }

    impl Model {
        #[must_use]
        pub fn kind(&self) -> Option<Kind> {
            Kind::parse(&self.kind)
        }
    }

    impl ActiveModelBehavior for ActiveModel {}
}

pub mod file {
    use sea_orm::entity::prelude::*;

    use crate::{access::PersonId, organisation::UnitId};

    crate::typed_id!(
        /// A file that somebody handed in.
        FileId
    );

    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "file")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: FileId,
        pub unit_id: UnitId,
        /// Cleaned, with the ending that fits its content.
        pub name: String,
        /// What the bytes are, not what the sender said.
        pub content_type: String,
        pub size: i64,
        pub sha256: String,
        pub file_key: String,
        /// None: a citizen.
        pub uploaded_by: Option<PersonId>,
        pub created_at: DateTimeUtc,
        /// Whether a thing uses it; what nothing uses may be removed later.
        pub attached: bool,
    }

    impl ActiveModelBehavior for ActiveModel {}
}
