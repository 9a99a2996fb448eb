//! Ids have types: a `ComplaintId` cannot be given where a `ForumId` is meant. One type serves the
//! column, the URL and JSON. Values are UUIDv7, so keys sort by creation and indexes stay compact.

/// Declares an id type: `typed_id!(/// doc ComplaintId);`
#[macro_export]
macro_rules! typed_id {
    ($(#[$meta:meta])* $name:ident) => {
        $(#[$meta])*
        #[derive(
            Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord,
            serde::Serialize, serde::Deserialize,
            sea_orm::DeriveValueType, poem_openapi::NewType,
        )]
        #[serde(transparent)]
        pub struct $name(pub uuid::Uuid);

        impl $name {
            /// A fresh id.
            #[must_use]
            #[expect(clippy::new_without_default, reason = "a default id would be a new random one each time")]
            pub fn new() -> Self {
                Self(uuid::Uuid::now_v7())
            }

            /// Reads an id from a path or form; anything else than a UUID names nothing.
            pub fn parse(text: &str) -> $crate::platform::error::Result<Self> {
                text.parse().map(Self).map_err(|_| $crate::platform::error::Error::NotFound)
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                self.0.fmt(f)
            }
        }

        impl sea_orm::TryFromU64 for $name {
            fn try_from_u64(_: u64) -> Result<Self, sea_orm::DbErr> {
                Err(sea_orm::DbErr::ConvertFromU64(stringify!($name)))
            }
        }
    };
}
