//! Who answered the organiser's own questions: invited people who come and those who registered, side by side.

use std::collections::{BTreeMap, HashSet};

use sea_orm::ConnectionTrait;
use uuid::Uuid;

use super::store;
use crate::{
    access::{Ctx, Permission},
    forums::{self, Forum, ForumId, Group},
    invitations,
    own_questions::{self, OwnAnswer, OwnQuestion, Tally},
    platform::{error::Result, i18n::Locale},
};

/// Somebody who is asked.
pub struct Respondent {
    pub id: Uuid,
    pub name: String,
    pub organisation: String,
    pub group: Group,
    pub registered: bool,
}

/// Everything that was asked and said of one forum.
pub struct Answers {
    pub forum: Forum,
    pub questions: Vec<OwnQuestion>,
    pub people: Vec<Respondent>,
    pub said: BTreeMap<Uuid, Vec<(String, String)>>,
    answers: Vec<OwnAnswer>,
}

impl Answers {
    /// How one question was answered by those who come.
    #[must_use]
    pub fn tally(&self, question: &OwnQuestion, locale: Locale) -> Tally {
        let coming: HashSet<Uuid> = self.people.iter().map(|one| one.id).collect();
        own_questions::tally(question, &self.answers, |who| coming.contains(&who), locale)
    }

    /// What one person said to one question, as it is read.
    #[must_use]
    pub fn of(&self, who: &Respondent, question: &OwnQuestion) -> &str {
        let lines = self.said.get(&who.id).map_or(&[][..], Vec::as_slice);
        let line = lines.iter().find(|(asked, _)| *asked == question.wording);
        line.map_or("", |(_, answer)| answer)
    }
}

/// The answers of a forum, for its organiser.
pub async fn of(ctx: &Ctx, id: ForumId) -> Result<Answers> {
    let forum = forums::get(ctx, id, Permission::ManageForum).await?;
    let db = &ctx.app.db;
    Ok(Answers {
        questions: own_questions::of_forum(db, &forum).await?,
        answers: own_questions::answers(db, &forum).await?,
        said: own_questions::said(db, &forum, ctx.locale()).await?,
        people: people(db, &forum).await?,
        forum,
    })
}

async fn people(db: &impl ConnectionTrait, forum: &Forum) -> Result<Vec<Respondent>> {
    let invited = invitations::recipients(db, forum).await?.into_iter();
    let invited = invited
        .filter(|one| one.answer.comes())
        .map(|one| Respondent {
            id: one.id.0,
            name: one.delegate_name.unwrap_or(one.addressee),
            organisation: one.organisation,
            group: one.participant_group,
            registered: false,
        });
    let registered = store::expected(db, forum).await?.into_iter();
    let registered = registered.map(|one| Respondent {
        id: one.id.0,
        name: one.name,
        organisation: one.organisation,
        group: one.participant_group,
        registered: true,
    });
    Ok(invited.chain(registered).collect())
}
