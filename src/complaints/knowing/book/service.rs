//! Reads the book: what each caller may see of each complaint, and a note of who took it away.

use std::{collections::HashMap, sync::Arc};

use chrono::{DateTime, Utc};
use chrono_tz::Tz;
use futures::Stream;

use super::{
    rules::Column,
    store::{self, Place},
};
use crate::{
    access::{Ctx, Permission, Scope},
    audit,
    calendar::dates,
    complaints::{
        ComplaintId,
        entity::complaint,
        filing::{CategoryId, categories},
        identity::{self, Identity},
        knowing::{
            period::Period,
            scope::{choices, unit_of},
        },
        rules::Sees,
        services, store as cases, viewing, words,
    },
    organisation::{self, DivisionId, Unit},
    platform::{
        error::{Error, Result},
        i18n::{Locale, Message, t},
        tables::{Cell, Row},
    },
};

/// How many are read at once.
const PIECE: u64 = 500;

/// What an address asks for, as it was typed.
#[derive(Clone, Debug, Default)]
pub struct Asked {
    pub unit: String,
    pub from: String,
    pub to: String,
    /// Who complained, too.
    pub identity: bool,
}

/// The book of one unit and period for one reader.
pub struct Book {
    ctx: Ctx,
    pub unit: Unit,
    /// (code, name) of the units to choose between.
    pub units: Vec<(String, String)>,
    scope: Scope,
    pub period: Period,
    pub zone: Tz,
    pub identity: bool,
    /// Whether this reader may ask for it.
    pub may_identity: bool,
    services: HashMap<String, String>,
    categories: HashMap<CategoryId, String>,
    divisions: HashMap<DivisionId, String>,
}

/// One complaint in the book.
#[derive(Clone, Debug)]
pub struct Line {
    pub position: i64,
    pub number: String,
    pub received: DateTime<Tz>,
    pub channel: String,
    pub kind: String,
    pub reporter: String,
    pub contact: String,
    pub service: String,
    pub category: String,
    pub subject: String,
    pub description: String,
    pub division: String,
    pub due: DateTime<Tz>,
    pub answered: Option<DateTime<Tz>>,
    pub days: Option<i32>,
    pub in_time: Option<bool>,
    pub answer: String,
    pub status: String,
    pub closed: Option<DateTime<Tz>>,
    pub remarks: String,
}

impl Book {
    pub async fn open(ctx: &Ctx, asked: &Asked) -> Result<Self> {
        let (unit, scope) = unit_of(ctx, &asked.unit).await?;
        let zone = organisation::zone_of(&unit)?;
        let period = Period::read(&asked.from, &asked.to, ctx.today_in(zone))?;
        let may_identity = !ctx.scope(Permission::ReadConfidential).is_empty();
        if asked.identity && !may_identity {
            return Err(Error::Forbidden);
        }
        let db = &ctx.app.db;
        let services = services::offered(db, unit.id).await?;
        let divisions = organisation::divisions(db, unit.id).await?;
        Ok(Self {
            ctx: ctx.clone(),
            units: choices(ctx).await?,
            scope,
            period,
            zone,
            identity: asked.identity,
            may_identity,
            services: services.into_iter().collect(),
            categories: categories::names(db, unit.id).await?.into_iter().collect(),
            divisions: divisions
                .into_iter()
                .map(|division| (division.id, division.name))
                .collect(),
            unit,
        })
    }

    /// The same book, its words in another reader's language.
    #[must_use]
    pub fn for_reader(self, ctx: &Ctx) -> Self {
        Self {
            ctx: ctx.clone(),
            ..self
        }
    }

    pub async fn count(&self) -> Result<u64> {
        let bounds = self.period.bounds(self.zone);
        store::count(&self.ctx.app.db, self.unit.id, &self.scope, bounds).await
    }

    /// The lines after a place, and where they end.
    pub async fn piece(
        &self,
        after: Option<(Place, i64)>,
        limit: u64,
    ) -> Result<Vec<(Place, Line)>> {
        let db = &self.ctx.app.db;
        let rows = store::piece(
            db,
            self.unit.id,
            &self.scope,
            self.period.bounds(self.zone),
            (after.map(|(place, _)| place), limit),
        )
        .await?;
        let ids: Vec<ComplaintId> = rows.iter().map(|row| row.id).collect();
        let answers = store::answers(db, self.unit.id, &ids).await?;
        let merged = rows.iter().filter_map(|row| row.merged_into).collect();
        let mains = store::numbers(db, merged).await?;
        let sorted = store::categories(db, &ids).await?;
        let mut people = self.people(&rows).await?;
        let first = after.map_or(1, |(_, position)| position + 1);
        let lines = rows.into_iter().zip(first..).map(|(row, position)| {
            let who = people.remove(&row.id).unwrap_or_default();
            let answer = answers.get(&row.id).map_or("", String::as_str);
            let main = row.merged_into.and_then(|id| mains.get(&id));
            let place = (row.received_at, row.id);
            let main = main.map_or("", String::as_str);
            let category = sorted.get(&row.id).and_then(|id| self.categories.get(id));
            let category = category.map_or("", String::as_str);
            (
                place,
                self.line(&row, position, who, (answer, main, category)),
            )
        });
        Ok(lines.collect())
    }

    /// Who complained, where this reader sees it without asking for it: never behind an anonymous complaint.
    async fn people(&self, rows: &[complaint::Model]) -> Result<HashMap<ComplaintId, Identity>> {
        let mut people = HashMap::new();
        if !self.identity {
            return Ok(people);
        }
        let seen: Vec<ComplaintId> = rows
            .iter()
            .filter(|row| !row.anonymous)
            .filter(|row| viewing::sight_of(&self.ctx, row, false).identity == Sees::All)
            .map(|row| row.id)
            .collect();
        let db = &self.ctx.app.db;
        for row in cases::identities(db, seen).await? {
            people.insert(row.complaint_id, identity::opened(&self.ctx.app, &row)?);
        }
        Ok(people)
    }

    fn line(
        &self,
        row: &complaint::Model,
        position: i64,
        who: Identity,
        (answer, main, category): (&str, &str, &str),
    ) -> Line {
        let locale = self.ctx.locale();
        let local = |at: DateTime<Utc>| at.with_timezone(&self.zone);
        let readable = viewing::sight_of(&self.ctx, row, false).text;
        let words = |text: &str| {
            if readable {
                text.to_owned()
            } else {
                t(locale, "book-hidden")
            }
        };
        let division = row.division_id.and_then(|id| self.divisions.get(&id));
        // What it is about is as hidden as its words.
        let service = row.service_code.as_ref().filter(|_| readable).map(|code| {
            let name = self.services.get(code);
            name.unwrap_or(code).clone()
        });
        let contact: Vec<String> = [who.phone, who.email].into_iter().flatten().collect();
        Line {
            position,
            number: row.number.clone(),
            received: local(row.received_at),
            channel: words::channel(row.channel, locale),
            kind: words::kind(row.kind, locale),
            reporter: who.name.unwrap_or_default(),
            contact: contact.join(", "),
            service: service.unwrap_or_default(),
            category: if readable {
                category.to_owned()
            } else {
                String::new()
            },
            subject: words(&row.subject),
            description: words(&row.description),
            division: division.cloned().unwrap_or_default(),
            due: local(row.legal_due_at),
            answered: row.answered_at.map(local),
            days: row.answer_working_days,
            in_time: row.answered_in_time,
            answer: if answer.is_empty() {
                String::new()
            } else {
                words(answer)
            },
            status: words::standing_chip(row, locale).text,
            closed: row.closed_at.map(local),
            remarks: remarks(row, main, locale),
        }
    }

    /// Every line of the book, in pieces.
    pub fn lines(self: Arc<Self>) -> impl Stream<Item = Result<Vec<Line>>> + Send + 'static {
        futures::stream::try_unfold((self, None), |(book, after)| async move {
            let found = book.piece(after, PIECE).await?;
            let last = found.last().map(|(place, line)| (*place, line.position));
            let lines: Vec<Line> = found.into_iter().map(|(_, line)| line).collect();
            Ok(last.map(|last| (lines, (book, Some(last)))))
        })
    }

    /// Who took the book away, or looked at names in it, is written down (UU 27/2022).
    pub async fn note_taken(&self, how: &str) -> Result<()> {
        let tx = self.ctx.app.db.begin_write().await?;
        let entry = audit::Entry::new("unit", self.unit.id.0, "complaint.register_taken")
            .in_unit(self.unit.id)
            .with(serde_json::json!({
                "from": self.period.from,
                "to": self.period.to,
                "how": how,
                "identity": self.identity,
            }));
        audit::record(&tx, &self.ctx, entry).await?;
        tx.commit().await?;
        Ok(())
    }
}

fn remarks(row: &complaint::Model, main: &str, locale: Locale) -> String {
    let mut said = Vec::new();
    if row.anonymous {
        said.push(t(locale, "complaints-flag-anonymous"));
    }
    if row.confidential {
        said.push(t(locale, "complaints-flag-confidential"));
    }
    if !main.is_empty() {
        said.push(
            Message::new("book-merged")
                .with("number", main)
                .text(locale),
        );
    }
    if row.extended_days > 0 {
        let extended = Message::new("book-extended").with("days", row.extended_days);
        said.push(extended.text(locale));
    }
    said.join("; ")
}

/// `2026-03-17 10:00`: sorts as it reads.
fn stamp(at: &DateTime<Tz>) -> String {
    at.format("%Y-%m-%d %H:%M").to_string()
}

impl Line {
    /// As a file holds it.
    #[must_use]
    pub fn cell(&self, column: Column, locale: Locale) -> Cell {
        let moment = |at: &Option<DateTime<Tz>>| {
            at.as_ref()
                .map_or(Cell::Nothing, |at| Cell::text(stamp(at)))
        };
        match column {
            Column::Position => Cell::Whole(self.position),
            Column::Number => Cell::text(&self.number),
            Column::Received => Cell::text(stamp(&self.received)),
            Column::Channel => Cell::text(&self.channel),
            Column::Kind => Cell::text(&self.kind),
            Column::Reporter => Cell::text(&self.reporter),
            Column::Contact => Cell::text(&self.contact),
            Column::Service => Cell::text(&self.service),
            Column::Category => Cell::text(&self.category),
            Column::Subject => Cell::text(&self.subject),
            Column::Description => Cell::text(&self.description),
            Column::Division => Cell::text(&self.division),
            Column::Due => Cell::text(stamp(&self.due)),
            Column::Answered => moment(&self.answered),
            Column::Days => self
                .days
                .map_or(Cell::Nothing, |days| Cell::Whole(days.into())),
            Column::InTime => Cell::text(self.in_time_words(locale)),
            Column::Answer => Cell::text(&self.answer),
            Column::Status => Cell::text(&self.status),
            Column::Closed => moment(&self.closed),
            Column::Remarks => Cell::text(&self.remarks),
        }
    }

    #[must_use]
    pub fn row(&self, columns: &[Column], locale: Locale) -> Row {
        columns
            .iter()
            .map(|column| self.cell(*column, locale))
            .collect()
    }

    #[must_use]
    pub fn in_time_words(&self, locale: Locale) -> String {
        match self.in_time {
            Some(true) => t(locale, "book-in-time"),
            Some(false) => t(locale, "book-too-late"),
            None => String::new(),
        }
    }

    /// `17 Mar 2026, 10.00`.
    #[must_use]
    pub fn short(at: &DateTime<Tz>, locale: Locale) -> String {
        let clock = at.format("%H.%M");
        format!("{}, {clock}", dates::date_short(at.date_naive(), locale))
    }
}
