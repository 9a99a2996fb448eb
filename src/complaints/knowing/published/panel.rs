//! What the page of a case shows of this: whether the public reads it, and the topics it belongs to.

use serde::Serialize;

use super::store;
use crate::{
    access::{Ctx, Permission},
    complaints::{
        entity::{complaint, publication::State},
        explain::Chip,
        knowing::topics,
    },
    platform::{
        error::Result,
        i18n::{Locale, t},
        web::forms::OptionView,
    },
};

#[derive(Default, Serialize)]
pub struct KnowingPanel {
    /// The page of its publication, for who may publish.
    publish_href: Option<String>,
    publication: Option<Chip>,
    topics: Vec<TopicView>,
    /// Topics to put it into, for who may; the first is empty.
    choices: Vec<OptionView>,
    number: String,
    may_group: bool,
}

#[derive(Serialize)]
struct TopicView {
    href: String,
    title: String,
    remove_action: String,
}

fn state_chip(state: Option<State>, locale: Locale) -> Option<Chip> {
    let (key, kind, icon) = match state? {
        State::Published => ("publish-state-published", "ok", "eye"),
        State::Withdrawn => ("publish-state-withdrawn", "plain", "eye-slash"),
    };
    Some(Chip {
        kind,
        text: t(locale, key),
        icon,
    })
}

/// `text`: whether the reader may have the words of the complaint.
pub async fn panel(ctx: &Ctx, of: &complaint::Model, text: bool) -> Result<KnowingPanel> {
    let db = &ctx.app.db;
    let locale = ctx.locale();
    let may_publish = text && ctx.may(Permission::PublishComplaint, of.unit_id);
    let may_group = text && ctx.may(Permission::ManageTopics, of.unit_id);
    let known = store::of_complaint(db, of.id).await?;
    // The title of a topic says what the case is about.
    let mine = match text {
        true => topics::of_complaint(db, of).await?,
        false => Vec::new(),
    };
    let mut choices = Vec::new();
    if may_group {
        choices.push(OptionView {
            label: t(locale, "topic-choose"),
            selected: true,
            ..OptionView::default()
        });
        let others = topics::all(db, of.unit_id).await?.into_iter();
        let others = others.filter(|topic| mine.iter().all(|own| own.id != topic.id));
        choices.extend(others.map(|topic| OptionView {
            value: topic.id.to_string(),
            label: topic.title,
            ..OptionView::default()
        }));
    }
    Ok(KnowingPanel {
        publish_href: may_publish.then(|| format!("/kerja/pengaduan/{}/publikasi", of.number)),
        publication: state_chip(known.map(|known| known.state), locale),
        topics: mine
            .into_iter()
            .map(|topic| TopicView {
                href: format!("/kerja/pengaduan/topik/{}", topic.id),
                remove_action: format!("/kerja/pengaduan/topik/{}/keluarkan", topic.id),
                title: topic.title,
            })
            .collect(),
        choices,
        number: of.number.clone(),
        may_group,
    })
}
