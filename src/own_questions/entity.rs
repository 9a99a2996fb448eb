//! Rows of questions and of what was answered.

pub use question::OwnQuestionId;

pub mod question {
    use sea_orm::{FromJsonQueryResult, entity::prelude::*};
    use serde::{Deserialize, Serialize};

    use crate::{forums::ForumId, organisation::UnitId, own_questions::rules::QuestionKind};

    crate::typed_id!(
        /// A question that a forum asks those who come.
        OwnQuestionId
    );

    /// What can be chosen, in order.
    #[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, FromJsonQueryResult)]
    pub struct Choices(pub Vec<String>);

    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "forum_question")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: OwnQuestionId,
        pub unit_id: UnitId,
        pub forum_id: ForumId,
        pub position: i32,
        pub kind: QuestionKind,
        pub wording: String,
        #[sea_orm(column_type = "JsonBinary")]
        pub choices: Choices,
        pub needed: bool,
        /// Off: asked no more; what was answered stays.
        pub active: bool,
        /// Of what is asked; order and switch leave it alone.
        pub version: i32,
        pub created_at: DateTimeUtc,
    }

    impl ActiveModelBehavior for ActiveModel {}
}

pub mod answer {
    use sea_orm::entity::prelude::*;

    use super::OwnQuestionId;
    use crate::{forums::ForumId, organisation::UnitId};

    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "forum_question_answer")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: Uuid,
        pub unit_id: UnitId,
        pub forum_id: ForumId,
        pub question_id: OwnQuestionId,
        /// The recipient or the registration.
        pub respondent_id: Uuid,
        /// As typed, the chosen words, or `yes` and `no`.
        pub answer: String,
        pub answered_at: DateTimeUtc,
    }

    impl ActiveModelBehavior for ActiveModel {}
}
