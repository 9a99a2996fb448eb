//! What letters said of a forum's time and place. A forum is moved in a moment, its letter is corrected hours or days
//! later: until then guests and the public read what the letter in their hands says, with a word that it changes.

use chrono::NaiveTime;
use sea_orm::{ActiveValue::Set, EntityTrait as _, FromJsonQueryResult};
use serde::{Deserialize, Serialize};

use super::{
    AgendaItem, Day, Forum, Mode, Stage,
    days::{self, MoreDays},
    entity::forum,
    store,
};
use crate::platform::{db::Tx, error::Result};

/// One state of a forum that a letter told.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Announcement {
    pub sequence: i32,
    mode: Mode,
    days: Vec<Day>,
    venue_name: String,
    venue_room: String,
    venue_address: String,
    /// Stands on no paper, but in mails. Not known of what was announced before it was kept.
    #[serde(default)]
    online_link: Option<String>,
    agenda: Vec<Item>,
}

/// A line of the programme as it was printed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
struct Item {
    day: i32,
    starts: NaiveTime,
    ends: NaiveTime,
    activity: String,
    person_in_charge: String,
}

/// All of them, the oldest first.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, FromJsonQueryResult)]
pub struct Announcements(pub Vec<Announcement>);

impl Announcement {
    fn of(forum: &Forum, agenda: Vec<AgendaItem>) -> Self {
        let item = |item: AgendaItem| Item {
            day: item.day,
            starts: item.starts,
            ends: item.ends,
            activity: item.activity,
            person_in_charge: item.person_in_charge,
        };
        Self {
            sequence: forum.sequence,
            mode: forum.mode,
            days: days::days(forum),
            venue_name: forum.venue_name.clone(),
            venue_room: forum.venue_room.clone(),
            venue_address: forum.venue_address.clone(),
            online_link: Some(forum.online_link.clone()),
            agenda: agenda.into_iter().map(item).collect(),
        }
    }

    /// The forum with this time and place. The link stands on no paper: whoever may see it sees the one that works.
    fn applied(&self, forum: &Forum) -> Forum {
        let mut told = forum.clone();
        if let Some((first, more)) = self.days.split_first() {
            (told.date, told.starts) = (first.date, first.starts);
            (told.ends, told.open_end) = (first.ends, first.open);
            told.more_days = MoreDays(more.to_vec());
        }
        told.mode = self.mode;
        told.venue_name.clone_from(&self.venue_name);
        told.venue_room.clone_from(&self.venue_room);
        told.venue_address.clone_from(&self.venue_address);
        told.sequence = self.sequence;
        told
    }

    fn is_of(&self, forum: &Forum) -> bool {
        let now = Self::of(forum, Vec::new());
        (self.mode, &self.days) == (now.mode, &now.days)
            && (&self.venue_name, &self.venue_room, &self.venue_address)
                == (&now.venue_name, &now.venue_room, &now.venue_address)
    }
}

/// Keeps what a letter tells, as part of issuing it. The version that forms carry stays.
pub async fn announce(tx: &Tx, forum: &Forum) -> Result<()> {
    let agenda = store::agenda(tx, forum).await?;
    let mut told = forum.announced.clone();
    told.0.retain(|one| one.sequence != forum.sequence);
    told.0.push(Announcement::of(forum, agenda));
    let row = forum::ActiveModel {
        id: Set(forum.id),
        announced: Set(told),
        ..Default::default()
    };
    forum::Entity::update(row).exec(tx).await?;
    Ok(())
}

/// Whether a letter told of it, and not the public page alone.
#[must_use]
pub fn has_letter_out(forum: &Forum) -> bool {
    !forum.announced.0.is_empty()
}

/// The forum as a letter of this sequence told it; none where no letter did.
#[must_use]
pub fn told(forum: &Forum, sequence: i32) -> Option<Forum> {
    let mut all = forum.announced.0.iter();
    let found = all.find(|one| one.sequence == sequence)?;
    Some(found.applied(forum))
}

/// Which state of the forum its guests know: that of the last letter.
#[must_use]
pub fn announced_sequence(forum: &Forum) -> i32 {
    let last = forum.announced.0.last();
    last.map_or(forum.sequence, |one| one.sequence)
}

/// The sequences under which somebody was told what is so now: the forum's own, and that of the last letter where the
/// forum was moved and came back to what it says. A calendar counts on, and nobody has to be told again.
#[must_use]
pub fn sequences_now(forum: &Forum) -> [i32; 2] {
    let own = forum.sequence;
    let last = forum.announced.0.last();
    let same = last.filter(|one| one.is_of(forum));
    let same = same.filter(|one| one.online_link.as_ref() == Some(&forum.online_link));
    [own, same.map_or(own, |one| one.sequence)]
}

/// Whether a paper of this sequence still says time and place as they are. The link stands on none: a new one is told by
/// mail, and needs no other letter.
#[must_use]
pub fn papers_stand(forum: &Forum, sequence: i32) -> bool {
    let mut all = forum.announced.0.iter();
    sequence == forum.sequence || all.any(|one| one.sequence == sequence && one.is_of(forum))
}

fn in_force(forum: &Forum) -> Option<&Announcement> {
    if forum.stage >= Stage::Session {
        return None;
    }
    forum.announced.0.last().filter(|one| !one.is_of(forum))
}

/// The forum as the letter in force tells it; none where that is how it is, and once people have come.
#[must_use]
pub fn as_announced(forum: &Forum) -> Option<Forum> {
    in_force(forum).map(|one| one.applied(forum))
}

/// The forum as its last letter told it, where it was held at another time or place: also once people have come, for the
/// papers that stand beside that letter.
#[must_use]
pub fn told_otherwise(forum: &Forum) -> Option<Forum> {
    let last = forum.announced.0.last()?;
    (!last.is_of(forum)).then(|| last.applied(forum))
}

/// The programme that belongs to it: of a forum that moved that of the letter, otherwise the one given.
#[must_use]
pub fn announced_agenda(forum: &Forum, agenda: Vec<AgendaItem>) -> Vec<AgendaItem> {
    let Some(told) = in_force(forum) else {
        return agenda;
    };
    let items = told.agenda.iter().zip(1..);
    items
        .map(|(item, position)| AgendaItem {
            id: uuid::Uuid::nil(),
            unit_id: forum.unit_id,
            forum_id: forum.id,
            position,
            day: item.day,
            starts: item.starts,
            ends: item.ends,
            activity: item.activity.clone(),
            person_in_charge: item.person_in_charge.clone(),
        })
        .collect()
}

/// Whether the days and hours are still those that a letter of this sequence told. Another room is no other time.
#[must_use]
pub fn days_stand(forum: &Forum, sequence: i32) -> bool {
    let mut all = forum.announced.0.iter();
    let told = all.find(|one| one.sequence == sequence);
    let now = days::days(forum);
    let starts =
        |days: &[Day]| -> Vec<_> { days.iter().map(|day| (day.date, day.starts)).collect() };
    told.is_none_or(|one| starts(&one.days) == starts(&now))
}
