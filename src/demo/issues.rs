//! The issues of the demo, written down and decided by its people.

use std::collections::HashMap;

use chrono::{DateTime, NaiveDate, NaiveTime, TimeDelta, TimeZone as _, Utc};
use serde::Deserialize;

use crate::{
    access::{self, Ctx, PersonId},
    action_plans::ActionItemId,
    complaints::{self, ComplaintId},
    forums,
    issues::{self, IssueId, Origin, Typed, VoiceKind, VoiceRef},
    organisation::{self, Unit},
    platform::error::{Error, Result},
    reports, surveys,
};

const UNIT: &str = "disdukcapil-kaltim";
const FORUM: &str = "FKP-KALTIM-2025";

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    issue: Vec<FixtureIssue>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct FixtureIssue {
    title: String,
    words: String,
    by: String,
    on: String,
    decided_by: Option<String>,
    decided_on: Option<String>,
    reason: Option<String>,
    voices: Vec<FixtureVoice>,
    way: Option<String>,
    action: Option<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct FixtureVoice {
    kind: VoiceKind,
    #[serde(rename = "ref")]
    name: String,
}

struct Story<'a> {
    ctx: &'a Ctx,
    unit: Unit,
    people: &'a HashMap<String, PersonId>,
    complaints: &'a HashMap<String, ComplaintId>,
    /// Ids by the code of an input and the title of a topic.
    known: HashMap<(VoiceKind, String), String>,
}

pub async fn load(
    ctx: &Ctx,
    people: &HashMap<String, PersonId>,
    complaints: &HashMap<String, ComplaintId>,
    actions: &HashMap<String, ActionItemId>,
) -> Result<()> {
    let file: File = toml::from_str(include_str!("../../fixtures/demo-issues.toml"))
        .map_err(anyhow::Error::from)?;
    let unit = organisation::unit_by_code(&ctx.app.db, UNIT).await?;
    let story = Story {
        known: known(ctx, &unit).await?,
        ctx,
        unit,
        people,
        complaints,
    };
    for issue in &file.issue {
        story.tell(issue, actions).await?;
    }
    Ok(())
}

async fn known(ctx: &Ctx, unit: &Unit) -> Result<HashMap<(VoiceKind, String), String>> {
    let mut known = HashMap::new();
    for topic in complaints::topic_figures(ctx, unit.id).await? {
        known.insert((VoiceKind::Topic, topic.title), topic.id);
    }
    for forum in forums::list(ctx).await? {
        if forum.unit_id != unit.id || forum.code != FORUM {
            continue;
        }
        for input in forums::inputs(&ctx.app.db, &forum).await? {
            known.insert((VoiceKind::ForumInput, input.code), input.id.to_string());
        }
    }
    Ok(known)
}

impl Story<'_> {
    /// Nine o'clock on a day, or now for a day that has not come yet.
    async fn act(&self, person: &str, day: &str) -> Result<Ctx> {
        let day: NaiveDate = day.parse().map_err(anyhow::Error::from)?;
        let zone = organisation::zone_of(&self.unit)?;
        let time = NaiveTime::from_hms_opt(9, 0, 0).unwrap_or_default();
        let at: DateTime<Utc> = zone
            .from_local_datetime(&day.and_time(time))
            .earliest()
            .map_or(self.ctx.now, |at| at.to_utc());
        let person = self.people.get(person).copied().ok_or(Error::NotFound)?;
        access::acting_as(self.ctx, person, at.min(self.ctx.now)).await
    }

    async fn voice(&self, voice: &FixtureVoice, on: &str) -> Result<Option<VoiceRef>> {
        let id = match voice.kind {
            VoiceKind::Complaint => self.complaints.get(&voice.name).map(ToString::to_string),
            VoiceKind::SurveyElement => Some(voice.name.clone()),
            VoiceKind::Topic | VoiceKind::ForumInput => {
                let name = (voice.kind, voice.name.clone());
                self.known.get(&name).cloned()
            }
        };
        let Some(id) = id else { return Ok(None) };
        // An element is weak in the period that was over by then.
        let period = match voice.kind {
            VoiceKind::SurveyElement => {
                let periods = surveys::measured(&self.ctx.app.db, self.unit.id).await?;
                let mut over = periods
                    .iter()
                    .filter(|one| one.closes_on.to_string().as_str() < on);
                match over.next() {
                    Some(period) => period.id.to_string(),
                    None => return Ok(None),
                }
            }
            _ => String::new(),
        };
        let wanted = (voice.kind, id.as_str(), period.as_str());
        issues::resolve(self.ctx, reports::SOURCES, wanted)
            .await
            .map(Some)
    }

    /// When a voice was there to be linked: a topic when its last complaint had come.
    async fn came(&self, voice: &VoiceRef) -> Result<DateTime<Utc>> {
        let db = &self.ctx.app.db;
        let ids = match voice.kind {
            VoiceKind::Complaint => vec![voice.id.clone()],
            VoiceKind::Topic => {
                let ids = complaints::voices_of_topic(db, &voice.id).await?;
                ids.iter().map(ToString::to_string).collect()
            }
            VoiceKind::ForumInput | VoiceKind::SurveyElement => Vec::new(),
        };
        let mut last = DateTime::UNIX_EPOCH;
        for id in ids {
            last = last.max(complaints::received_at(db, &id).await?);
        }
        Ok(last)
    }

    /// An hour after something, or on the day itself where that is later; never in the future.
    fn not_before(&self, by: Ctx, came: DateTime<Utc>) -> Ctx {
        let after = by.now.max(came + TimeDelta::hours(1));
        Ctx {
            now: after.min(self.ctx.now),
            ..by
        }
    }

    /// The voices of an issue with the moment from which each could be linked, the first at the head.
    async fn voices(&self, issue: &FixtureIssue) -> Result<Vec<(DateTime<Utc>, VoiceRef)>> {
        let mut voices = Vec::new();
        for voice in &issue.voices {
            if let Some(voice) = self.voice(voice, &issue.on).await? {
                voices.push((self.came(&voice).await?, voice));
            }
        }
        voices.sort_by_key(|(came, _)| *came);
        Ok(voices)
    }

    /// Written down with what had been said by then, decided, and what came later linked when it came.
    async fn tell(
        &self,
        issue: &FixtureIssue,
        actions: &HashMap<String, ActionItemId>,
    ) -> Result<()> {
        let voices = self.voices(issue).await?;
        let first = voices
            .first()
            .map_or(DateTime::UNIX_EPOCH, |(came, _)| *came);
        let by = self.not_before(self.act(&issue.by, &issue.on).await?, first);
        let (there, later): (Vec<_>, Vec<_>) =
            voices.into_iter().partition(|(came, _)| *came <= by.now);
        let typed = Typed {
            title: issue.title.clone(),
            words: issue.words.clone(),
        };
        let there = there.into_iter().map(|(_, voice)| voice).collect();
        let id = issues::add(&by, self.unit.id, typed, Origin::default(), there).await?;
        self.decide(id, issue, actions, by.now).await?;
        let decider = issue.decided_by.as_ref().unwrap_or(&issue.by);
        for (came, voice) in later {
            let by = self.not_before(self.act(decider, &issue.on).await?, came);
            issues::link_voice(&by, id, voice).await?;
        }
        Ok(())
    }

    async fn decide(
        &self,
        id: IssueId,
        issue: &FixtureIssue,
        actions: &HashMap<String, ActionItemId>,
        written: DateTime<Utc>,
    ) -> Result<()> {
        let (Some(by), Some(on), Some(reason)) =
            (&issue.decided_by, &issue.decided_on, &issue.reason)
        else {
            return Ok(());
        };
        let by = self.not_before(self.act(by, on).await?, written);
        if issue.way.as_deref() == Some("refused") {
            return issues::refuse(&by, id, None, reason.clone()).await;
        }
        issues::open(&by, id, None, reason.clone()).await?;
        match (issue.way.as_deref(), &issue.action) {
            (Some("offered"), _) => issues::offer(&by, id, None, true).await,
            (Some("action"), Some(code)) => {
                let action = actions.get(code).copied().ok_or(Error::NotFound)?;
                issues::link_action(&by, id, None, action).await
            }
            _ => Ok(()),
        }
    }
}
