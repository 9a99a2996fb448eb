//! Rows of accounts, roles, sessions and tokens.

pub use api_token::ApiTokenId;
pub use person::PersonId;
pub use role_grant::Role;

pub mod person {
    use sea_orm::entity::prelude::*;

    crate::typed_id!(
        /// A member of staff with an account.
        PersonId
    );

    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "person")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: PersonId,
        pub name: String,
        /// Lower case; the name to sign in with.
        #[sea_orm(unique)]
        pub email: String,
        pub password_hash: String,
        pub active: bool,
        pub created_at: DateTimeUtc,
        pub password_changed_at: DateTimeUtc,
    }

    impl ActiveModelBehavior for ActiveModel {}
}

pub mod role_grant {
    use sea_orm::entity::prelude::*;
    use serde::{Deserialize, Serialize};

    use super::person::PersonId;
    use crate::organisation::{DivisionId, UnitId};

    /// The roles of the staff, from the widest to the narrowest view of the installation's settings.
    #[derive(
        Clone,
        Copy,
        Debug,
        PartialEq,
        Eq,
        Hash,
        EnumIter,
        DeriveActiveEnum,
        Serialize,
        Deserialize,
        poem_openapi::Enum,
    )]
    #[sea_orm(rs_type = "String", db_type = "Text", rename_all = "snake_case")]
    #[serde(rename_all = "snake_case")]
    #[oai(rename_all = "snake_case")]
    pub enum Role {
        SystemAdmin,
        UnitAdmin,
        Organiser,
        ComplaintOfficer,
        Handler,
        Head,
        Supervisor,
    }

    impl Role {
        /// The name of the role in messages: `role-unit-admin`.
        #[must_use]
        pub fn message_key(self) -> String {
            format!("role-{}", self.code().replace('_', "-"))
        }

        #[must_use]
        pub fn code(self) -> String {
            self.to_value()
        }

        #[must_use]
        pub fn parse(code: &str) -> Option<Self> {
            Self::try_from_value(&code.to_owned()).ok()
        }
    }

    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "role_grant")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: Uuid,
        pub person_id: PersonId,
        pub role: Role,
        /// None for the administrator of the installation.
        pub unit_id: Option<UnitId>,
        /// Set for handlers: they see what is their division's.
        pub division_id: Option<DivisionId>,
    }

    impl ActiveModelBehavior for ActiveModel {}
}

pub mod session {
    use sea_orm::entity::prelude::*;

    use super::person::PersonId;

    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "session")]
    pub struct Model {
        /// Keyed hash of the cookie's token: a copy of the table opens no session.
        #[sea_orm(primary_key, auto_increment = false)]
        pub token_hash: String,
        pub person_id: PersonId,
        pub created_at: DateTimeUtc,
        pub last_seen_at: DateTimeUtc,
        pub expires_at: DateTimeUtc,
    }

    impl ActiveModelBehavior for ActiveModel {}
}

pub mod password_link {
    use sea_orm::entity::prelude::*;

    use super::person::PersonId;

    /// A link with which a person sets a password, once.
    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "password_link")]
    pub struct Model {
        /// Keyed hash of the link's token.
        #[sea_orm(primary_key, auto_increment = false)]
        pub token_hash: String,
        pub person_id: PersonId,
        pub created_at: DateTimeUtc,
        pub expires_at: DateTimeUtc,
    }

    impl ActiveModelBehavior for ActiveModel {}
}

pub mod api_token {
    use sea_orm::entity::prelude::*;

    use super::person::PersonId;

    crate::typed_id!(
        /// A token with which a program acts as a person.
        ApiTokenId
    );

    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "api_token")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: ApiTokenId,
        pub person_id: PersonId,
        pub name: String,
        #[sea_orm(unique)]
        pub token_hash: String,
        /// A token without it reads only.
        pub may_write: bool,
        pub created_at: DateTimeUtc,
        pub last_used_at: Option<DateTimeUtc>,
        pub revoked_at: Option<DateTimeUtc>,
    }

    impl ActiveModelBehavior for ActiveModel {}
}
