//! Rows of letters and recipients.

pub use batch::BatchId;
pub use handing::HandingId;
pub use letter::LetterId;
pub use print::PrintId;
pub use print_part::PartId;
pub use question::QuestionId;
pub use recipient::RecipientId;

pub mod letter {
    use sea_orm::entity::prelude::*;
    use serde::{Deserialize, Serialize};

    use crate::{
        documents::DocumentId,
        forums::{self, Forum, ForumId},
        invitations::{
            LetterFields, RecipientId,
            rules::{Classification, LetterState},
        },
        organisation::UnitId,
    };

    crate::typed_id!(
        /// The letter that invites to a forum.
        LetterId
    );

    /// Those who get a copy, in order.
    #[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, FromJsonQueryResult)]
    pub struct Copies(pub Vec<String>);

    /// What the letter in force says, kept while its next version is written.
    #[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, FromJsonQueryResult)]
    pub struct InForce {
        pub from_unit_id: UnitId,
        pub words: LetterFields,
        pub replaces_number: Option<String>,
        pub replaces_date: Option<Date>,
        /// Everybody on its list, with a fingerprint of the line.
        pub list: Vec<(RecipientId, String)>,
    }

    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "letter")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: LetterId,
        pub unit_id: UnitId,
        pub forum_id: ForumId,
        /// Whose head the paper carries: often a unit above, such as the provincial secretariat.
        pub from_unit_id: UnitId,
        /// Unique among the letters of the inviting unit.
        pub number: Option<String>,
        pub letter_date: Option<Date>,
        pub place: String,
        pub classification: Classification,
        pub subject: String,
        /// What follows `Yth.`
        pub addressee: String,
        /// `di Tempat`
        pub place_line: String,
        pub opening: String,
        pub body: String,
        pub closing: String,
        pub signatory_position: String,
        pub signatory_name: String,
        pub signatory_rank: String,
        pub signatory_nip: String,
        #[sea_orm(column_type = "JsonBinary")]
        pub copies: Copies,
        /// When the version in force was issued; from then on nothing of it changes,
        pub issued_at: Option<DateTimeUtc>,
        /// and this is the state of the forum that it tells of.
        pub issued_sequence: Option<i32>,
        /// Since when the next version is being written; the issued one stays in force meanwhile.
        pub reopened_at: Option<DateTimeUtc>,
        /// Number and date of the version that this one replaces.
        pub replaces_number: Option<String>,
        pub replaces_date: Option<Date>,
        /// What comes back when the next version is thrown away.
        #[sea_orm(column_type = "JsonBinary")]
        pub in_force: Option<InForce>,
        pub document_id: Option<DocumentId>,
        pub version: i32,
        pub created_at: DateTimeUtc,
    }

    impl Model {
        /// Where it stands beside its forum as that is now.
        #[must_use]
        pub fn state(&self, forum: &Forum) -> LetterState {
            match (self.issued_at, self.reopened_at) {
                (None, _) => LetterState::Draft,
                (Some(_), Some(_)) => LetterState::Reopened,
                (Some(_), None) => LetterState::Issued {
                    outdated: self.is_outdated(forum),
                },
            }
        }

        /// The number of the letter that somebody holds who was told then, where it was replaced since.
        #[must_use]
        pub fn replaced_since(&self, told_at: Option<DateTimeUtc>) -> Option<&str> {
            let replaced = match &self.in_force {
                Some(in_force) => in_force.replaces_number.as_deref(),
                None => self.replaces_number.as_deref(),
            };
            replaced.filter(|_| told_at.is_some() && told_at < self.issued_at)
        }

        /// Whether the version in force says another time or place than its forum has now.
        #[must_use]
        pub fn is_outdated(&self, forum: &Forum) -> bool {
            self.issued_sequence
                .is_some_and(|told| !forums::papers_stand(forum, told))
        }
    }

    impl ActiveModelBehavior for ActiveModel {}
}

pub mod recipient {
    use sea_orm::entity::prelude::*;

    use crate::{
        access::PersonId,
        contacts,
        forums::{self, Forum, ForumId, Group},
        invitations::rules::{Answer, HandedBy},
        organisation::UnitId,
        platform::i18n::{Locale, Message},
    };

    crate::typed_id!(
        /// Somebody who is invited. The id is the UID of the calendar entry, for ever.
        RecipientId
    );

    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "recipient")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: RecipientId,
        pub unit_id: UnitId,
        pub forum_id: ForumId,
        pub position: i32,
        /// An office, or a person by name.
        pub addressee: String,
        pub organisation: String,
        pub participant_group: Group,
        /// How many may come.
        pub quota: i32,
        /// Stands beside the name on the list: `1 (satu) orang`.
        pub note: String,
        pub email: Option<String>,
        /// Sealed: for a WhatsApp message of the officer.
        pub phone: Option<Vec<u8>>,
        /// The answer link is found by this hash,
        #[sea_orm(unique)]
        pub token_hash: String,
        /// and made again from this for a reminder.
        pub token_sealed: Vec<u8>,
        pub answer: Answer,
        pub delegate_name: Option<String>,
        pub delegate_position: Option<String>,
        /// Sealed: a private number.
        pub delegate_phone: Option<Vec<u8>>,
        /// Further names of an invitation for several, one a line.
        pub companions: Option<String>,
        /// A question or remark to the organiser.
        pub message: Option<String>,
        pub opened_at: Option<DateTimeUtc>,
        pub answered_at: Option<DateTimeUtc>,
        /// Which state of the forum the answer is about.
        pub answered_sequence: Option<i32>,
        /// When the organiser last asked for this invitation to be sent,
        pub requested_at: Option<DateTimeUtc>,
        /// and which state of the forum it tells of.
        pub requested_sequence: Option<i32>,
        /// How an officer brought the invitation, when not by mail, and when and who,
        pub handed_channel: Option<HandedBy>,
        pub handed_at: Option<DateTimeUtc>,
        pub handed_by: Option<PersonId>,
        /// and which state of the forum it told of.
        pub handed_sequence: Option<i32>,
        /// Which state of the forum was last told, by mail or by hand.
        pub told_sequence: Option<i32>,
        /// When the letter or the answer sheet was last set for paper, for whom, and which state of the forum it tells of.
        /// Whether it was brought is another thing.
        pub printed_at: Option<DateTimeUtc>,
        pub printed_by: Option<PersonId>,
        pub printed_sequence: Option<i32>,
        pub reminded_at: Option<DateTimeUtc>,
        /// Taken off the list after the invitation went out; the row stays for the record.
        pub withdrawn_at: Option<DateTimeUtc>,
        /// Of what the organiser writes; answers leave it alone.
        pub version: i32,
        pub created_at: DateTimeUtc,
    }

    impl Model {
        /// Whether an invitation went out, by mail or by hand, or was answered.
        #[must_use]
        pub fn was_invited(&self) -> bool {
            self.requested_at.is_some() || self.handed_at.is_some() || self.answer != Answer::None
        }

        /// When they were last written to, or somebody brought it.
        #[must_use]
        pub fn told_at(&self) -> Option<DateTimeUtc> {
            self.requested_at.max(self.handed_at)
        }

        /// How many may come with it.
        #[must_use]
        pub fn people(&self) -> usize {
            usize::try_from(self.quota).unwrap_or(1).max(1)
        }

        /// What an invitation for several says of its number; nothing where it is for one.
        #[must_use]
        pub fn for_several(&self, locale: Locale) -> Option<String> {
            let several = Message::new("invitations-for-several").with("count", self.people());
            (self.people() > 1).then(|| several.text(locale))
        }

        /// The further names that the answer gave, of an invitation for several.
        #[must_use]
        pub fn with_them(&self) -> Vec<String> {
            let names = self.companions.as_deref().unwrap_or_default();
            names.lines().map(str::to_owned).collect()
        }

        /// How a mail or message calls them: a person by name, an office with its institution.
        #[must_use]
        pub fn called(&self) -> String {
            match self.is_office() {
                true => self.in_full(),
                false => contacts::called(&self.addressee, &self.organisation),
            }
        }

        /// The letter names a position and no person: who comes for it is to be said.
        #[must_use]
        pub fn is_office(&self) -> bool {
            contacts::split_addressee(&self.addressee).0.is_empty()
        }

        /// The person whom the letter names and the position beside the name. An office, and a house that stands for
        /// itself, is called as it is.
        #[must_use]
        pub fn parted(&self) -> (String, String) {
            if self.addressee == self.organisation {
                return (self.addressee.clone(), String::new());
            }
            match contacts::split_named(&self.addressee) {
                (name, office) if name.is_empty() => (office, String::new()),
                parted => parted,
            }
        }

        /// The same with the institution, unless it is named already.
        #[must_use]
        pub fn in_full(&self) -> String {
            contacts::in_full(&self.addressee, &self.organisation)
        }

        /// Whether the answer was given for the days and hours as they are now.
        #[must_use]
        pub fn answer_stands(&self, forum: &Forum) -> bool {
            self.answered_sequence
                .is_none_or(|sequence| forums::days_stand(forum, sequence))
        }
    }

    impl ActiveModelBehavior for ActiveModel {}
}

pub mod batch {
    use sea_orm::entity::prelude::*;

    use crate::{forums::ForumId, organisation::UnitId};

    crate::typed_id!(
        /// One press of "send": the invitations that were asked for together.
        BatchId
    );

    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "invitation_batch")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: BatchId,
        pub unit_id: UnitId,
        pub forum_id: ForumId,
        pub total: i32,
        pub created_at: DateTimeUtc,
    }

    impl ActiveModelBehavior for ActiveModel {}
}

pub mod batch_item {
    use sea_orm::entity::prelude::*;

    use super::{batch::BatchId, recipient::RecipientId};
    use crate::{organisation::UnitId, platform::mail::MailId};

    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "invitation_batch_item")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: Uuid,
        pub unit_id: UnitId,
        pub batch_id: BatchId,
        pub recipient_id: RecipientId,
        /// The mail that was written for it.
        pub mail_id: Option<MailId>,
    }

    impl ActiveModelBehavior for ActiveModel {}
}

pub mod question {
    use sea_orm::entity::prelude::*;

    use super::recipient::RecipientId;
    use crate::{access::PersonId, forums::ForumId, organisation::UnitId};

    crate::typed_id!(
        /// What a recipient asks the organiser.
        QuestionId
    );

    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "invitation_question")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: QuestionId,
        pub unit_id: UnitId,
        pub forum_id: ForumId,
        pub recipient_id: RecipientId,
        pub question: String,
        pub asked_at: DateTimeUtc,
        pub answer: Option<String>,
        pub answered_at: Option<DateTimeUtc>,
        pub answered_by: Option<PersonId>,
    }

    impl ActiveModelBehavior for ActiveModel {}
}

pub mod reminder {
    use sea_orm::entity::prelude::*;

    use crate::{forums::ForumId, organisation::UnitId};

    /// When those who are invited to a forum are reminded; a forum without a row has the usual one.
    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "invitation_reminder")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: Uuid,
        pub unit_id: UnitId,
        pub forum_id: ForumId,
        /// Before the forum; 0 is never.
        pub working_days: i32,
        pub version: i32,
    }

    impl ActiveModelBehavior for ActiveModel {}
}

pub mod print {
    use sea_orm::entity::prelude::*;

    use crate::{
        access::PersonId, forums::ForumId, invitations::printing::Papers, organisation::UnitId,
    };

    crate::typed_id!(
        /// Papers that were asked for together.
        PrintId
    );

    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "invitation_print")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: PrintId,
        pub unit_id: UnitId,
        pub forum_id: ForumId,
        pub kind: Papers,
        /// Everybody begins on the front of a sheet.
        pub double_sided: bool,
        /// The state of the forum that the papers tell of.
        pub sequence: i32,
        pub total: i32,
        pub created_at: DateTimeUtc,
        pub created_by: Option<PersonId>,
    }

    impl ActiveModelBehavior for ActiveModel {}
}

pub mod print_part {
    use sea_orm::entity::prelude::*;
    use serde::{Deserialize, Serialize};

    use super::{print::PrintId, recipient::RecipientId};
    use crate::organisation::UnitId;

    crate::typed_id!(
        /// One file of a print: so many people that the typesetter's memory stays flat.
        PartId
    );

    #[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, FromJsonQueryResult)]
    pub struct People(pub Vec<RecipientId>);

    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "invitation_print_part")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: PartId,
        pub unit_id: UnitId,
        pub print_id: PrintId,
        /// From 1.
        pub number: i32,
        #[sea_orm(column_type = "JsonBinary")]
        pub recipients: People,
        /// The PDF. It holds personal links, so it is removed after two days.
        pub file_key: Option<String>,
        pub tries: i32,
        pub done_at: Option<DateTimeUtc>,
        /// It will never be there: the letter changed meanwhile, or it failed again and again.
        pub failed_at: Option<DateTimeUtc>,
    }

    impl ActiveModelBehavior for ActiveModel {}
}

pub mod handing {
    use sea_orm::entity::prelude::*;
    use serde::{Deserialize, Serialize};

    use super::recipient::RecipientId;
    use crate::{
        access::PersonId, forums::ForumId, invitations::rules::HandedBy, organisation::UnitId,
    };

    crate::typed_id!(
        /// A mark that was set for many at once.
        HandingId
    );

    /// How a line stood before, to be put back.
    #[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
    pub struct Before {
        pub recipient: RecipientId,
        pub channel: Option<HandedBy>,
        pub at: Option<DateTimeUtc>,
        pub by: Option<PersonId>,
        pub sequence: Option<i32>,
        pub told: Option<i32>,
    }

    #[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, FromJsonQueryResult)]
    pub struct Lines(pub Vec<Before>);

    /// Found again by its moment, which is that of the marks.
    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "invitation_handing")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: HandingId,
        pub unit_id: UnitId,
        pub forum_id: ForumId,
        pub total: i32,
        #[sea_orm(column_type = "JsonBinary")]
        pub before: Lines,
        pub created_at: DateTimeUtc,
        pub created_by: Option<PersonId>,
        pub undone_at: Option<DateTimeUtc>,
    }

    impl ActiveModelBehavior for ActiveModel {}
}
