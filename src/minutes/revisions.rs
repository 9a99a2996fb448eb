//! Every state that was saved, and what changed between two of them.

use serde::{Deserialize, Serialize};

use super::{
    diff::{self, Piece},
    entity::revision,
    store::{self, Content},
};
use crate::{
    access::{Ctx, Permission},
    forums::{self, Forum, ForumId},
    platform::{
        db::Tx,
        error::{Error, Result},
    },
};

/// The text of minutes as it is kept.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
struct Text {
    minute_taker: String,
    approver: String,
    notes: Vec<NoteText>,
    results: Vec<String>,
    closing: String,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
struct NoteText {
    activity: String,
    author: String,
    text: String,
}

/// One saved state.
#[derive(Clone, Debug)]
pub struct Saved {
    pub number: i32,
    /// A stable code: `note`, `header`, `submitted`.
    pub what: String,
    pub by: String,
    pub at: chrono::DateTime<chrono::Utc>,
}

/// A part of the text with its pieces.
#[derive(Clone, Debug)]
pub struct Part {
    /// A key of a text (`minutes-results`), or the agenda item with its author.
    pub title: Title,
    pub pieces: Vec<Piece>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Title {
    Key(&'static str),
    Note { activity: String, author: String },
}

fn joined(parts: &[&str]) -> String {
    let filled = parts.iter().filter(|part| !part.is_empty());
    filled.copied().collect::<Vec<_>>().join(", ")
}

/// Keeps the text as it stands. The caller holds the minutes, so numbers follow each other.
pub(super) async fn keep(tx: &Tx, ctx: &Ctx, content: &Content, what: &'static str) -> Result<()> {
    let head = &content.head;
    let text = Text {
        minute_taker: joined(&[&head.minute_taker, &head.minute_taker_position]),
        approver: joined(&[&head.approver_name, &head.approver_position]),
        notes: content
            .notes
            .iter()
            .map(|note| NoteText {
                activity: note.activity.clone(),
                author: note.author_name.clone(),
                text: note.text.clone(),
            })
            .collect(),
        results: head.results.0.clone(),
        closing: head.closing.clone(),
    };
    let row = revision::Model {
        id: uuid::Uuid::now_v7(),
        unit_id: head.unit_id,
        forum_id: head.forum_id,
        minutes_id: head.id,
        number: store::last_revision(tx, head.forum_id).await? + 1,
        what: what.to_owned(),
        by_name: ctx
            .account()
            .map(|one| one.name.clone())
            .unwrap_or_default(),
        content: serde_json::to_value(text).map_err(anyhow::Error::from)?,
        at: ctx.now,
    };
    store::insert_revision(tx, row).await
}

/// The saved states of a forum, the newest first.
pub async fn list(ctx: &Ctx, id: ForumId) -> Result<(Forum, Vec<Saved>)> {
    let forum = forums::get(ctx, id, Permission::ViewForums).await?;
    let rows = store::revisions(&ctx.app.db, id).await?;
    let saved = rows.into_iter().map(|(number, what, by, at)| Saved {
        number,
        what,
        by,
        at,
    });
    Ok((forum, saved.collect()))
}

/// What changed from one saved state to another; parts that are the same are left out.
pub async fn compare(ctx: &Ctx, forum: ForumId, from: i32, to: i32) -> Result<Vec<Part>> {
    let read = async |number: i32| -> Result<Text> {
        let row = store::revision(&ctx.app.db, forum, number).await?;
        serde_json::from_value(row.content)
            .map_err(|error| Error::Internal(anyhow::Error::from(error)))
    };
    Ok(parts(&read(from).await?, &read(to).await?))
}

fn parts(old: &Text, new: &Text) -> Vec<Part> {
    let mut found = Vec::new();
    let mut add = |title: Title, old: &str, new: &str| {
        if old != new {
            let pieces = diff::words(old, new);
            found.push(Part { title, pieces });
        }
    };
    add(
        Title::Key("minutes-taker"),
        &old.minute_taker,
        &new.minute_taker,
    );
    add(Title::Key("minutes-approver"), &old.approver, &new.approver);
    let result = |text: &Text| text.results.join("\n");
    add(Title::Key("minutes-results"), &result(old), &result(new));
    let mut notes: Vec<(&str, &str)> = Vec::new();
    for note in old.notes.iter().chain(&new.notes) {
        let key = (note.activity.as_str(), note.author.as_str());
        if !notes.contains(&key) {
            notes.push(key);
        }
    }
    for (activity, author) in notes {
        let said = |text: &Text| -> String {
            let mine = |note: &&NoteText| note.activity == activity && note.author == author;
            let texts = text
                .notes
                .iter()
                .filter(mine)
                .map(|note| note.text.as_str());
            texts.collect::<Vec<_>>().join("\n")
        };
        let title = Title::Note {
            activity: activity.to_owned(),
            author: author.to_owned(),
        };
        add(title, &said(old), &said(new));
    }
    add(Title::Key("minutes-closing"), &old.closing, &new.closing);
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_parts_that_changed_are_shown() {
        let note = |author: &str, text: &str| NoteText {
            activity: "Diskusi".into(),
            author: author.into(),
            text: text.into(),
        };
        let old = Text {
            notes: vec![note("Ani", "satu"), note("Budi", "dua")],
            results: vec!["hasil".into()],
            ..Text::default()
        };
        let new = Text {
            notes: vec![note("Ani", "satu"), note("Cici", "tiga")],
            closing: "Demikian".into(),
            ..old.clone()
        };
        let found = parts(&old, &new);
        let titles: Vec<Title> = found.into_iter().map(|part| part.title).collect();
        let of = |author: &str| Title::Note {
            activity: "Diskusi".into(),
            author: author.into(),
        };
        assert_eq!(
            titles,
            vec![of("Budi"), of("Cici"), Title::Key("minutes-closing")]
        );
    }
}
