//! In which issues a voice stands already, beside the one whose page is read.

use std::collections::HashMap;

use super::{Link, address};
use crate::{
    access::Ctx,
    issues::{
        entity::{
            IssueId, issue,
            issue_voice::{self, VoiceKind},
        },
        store::{self, Standing},
        voices::Found,
    },
    platform::error::Result,
};

/// Where the voices of a page stand.
pub struct Places {
    here: IssueId,
    standings: Vec<Standing>,
    codes: HashMap<IssueId, String>,
}

impl Places {
    /// Of the voices of an issue and of those that a search found.
    pub async fn of(
        ctx: &Ctx,
        of: &issue::Model,
        (linked, found): (&[issue_voice::Model], &[Found]),
    ) -> Result<Self> {
        let db = &ctx.app.db;
        let linked = linked.iter().map(|voice| voice.source_id.clone());
        let ids = linked.chain(found.iter().map(|one| one.source.clone()));
        let standings = store::standings(db, of.unit_id, ids.collect()).await?;
        let mut issues: Vec<IssueId> = standings.iter().map(|(.., issue)| *issue).collect();
        issues.dedup();
        let issues = store::by_ids(db, issues).await?.into_iter();
        Ok(Self {
            here: of.id,
            standings,
            codes: issues.map(|issue| (issue.id, issue.code)).collect(),
        })
    }

    /// The other issues among some standings, each once.
    fn others<'a>(&self, standings: impl Iterator<Item = &'a Standing>) -> Vec<Link> {
        let mut issues: Vec<IssueId> = standings.map(|(.., issue)| *issue).collect();
        issues.dedup();
        issues.retain(|issue| *issue != self.here);
        let named = issues.into_iter().filter_map(|issue| {
            Some(Link {
                href: address(issue),
                label: self.codes.get(&issue)?.clone(),
            })
        });
        named.collect()
    }

    /// The other issues of a linked voice: of an element those for the same period.
    pub fn beside(&self, voice: &issue_voice::Model) -> Vec<Link> {
        self.others(self.standings.iter().filter(|(kind, source, period, _)| {
            (*kind, source, *period) == (voice.kind, &voice.source_id, voice.period_id)
        }))
    }

    /// Whether something that was found stands here already, and in which other issues. An element can be linked again for
    /// another period.
    pub fn known(&self, found: &Found) -> (bool, Vec<Link>) {
        let same = |(kind, source, ..): &&Standing| (*kind, source) == (found.kind, &found.source);
        let same = || self.standings.iter().filter(same);
        let stands = same().any(|(.., issue)| *issue == self.here);
        let here = stands && found.kind != VoiceKind::SurveyElement;
        (here, self.others(same()))
    }
}
