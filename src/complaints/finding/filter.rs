//! What a list of complaints is asked for, ready for the database: each part of it begins with a unit, and perhaps a
//! division, so that an index leads to its rows whatever else is asked.

use chrono::{DateTime, Utc};

use super::words::Wanted;
use crate::{
    access::{Ctx, Permission, PersonId, Scope},
    complaints::{
        ComplaintId,
        filing::CategoryId,
        rules::{Channel, Class, Kind, OPEN_ENDS, RUNNING_ENDS, Status},
        store,
    },
    organisation::{DivisionId, UnitId},
};

/// A unit, or a division of it, whose complaints the asker may see.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Part {
    pub unit: UnitId,
    pub division: Option<DivisionId>,
}

/// Whose confidential complaints the asker may read: a search must not find what they may not read.
#[derive(Clone, Debug, Default)]
pub struct Readable {
    pub scope: Scope,
    /// The asker, and those for whom they stand in.
    pub persons: Vec<PersonId>,
}

impl Readable {
    #[must_use]
    pub fn of(ctx: &Ctx) -> Self {
        Self {
            scope: ctx.scope(Permission::ReadConfidential),
            persons: store::persons_of(ctx),
        }
    }

    /// For what tells of no single case.
    #[must_use]
    pub fn everything() -> Self {
        Self {
            scope: Scope::everywhere(),
            persons: Vec::new(),
        }
    }

    /// Nothing of this unit is hidden.
    #[must_use]
    pub fn covers(&self, unit: UnitId) -> bool {
        self.scope.everywhere || self.scope.units.contains(&unit)
    }
}

/// The part of the queue that is looked at, from one place up to, and without, another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Span {
    pub from: i64,
    pub to: i64,
}

impl Span {
    pub const ALL: Self = Self {
        from: i64::MIN,
        to: i64::MAX,
    };
    /// Not finished.
    pub const OPEN: Self = Self {
        from: i64::MIN,
        to: OPEN_ENDS,
    };
    /// An answer is owed, also while its citizen is asked for something.
    pub const RUNNING: Self = Self {
        from: i64::MIN,
        to: RUNNING_ENDS,
    };

    /// Where those of a status stand.
    #[must_use]
    pub fn of(status: Status) -> Self {
        match (status.owes_answer(), status.is_final()) {
            (true, _) => Self::RUNNING,
            (false, true) => Self {
                from: OPEN_ENDS,
                to: i64::MAX,
            },
            (false, false) => Self {
                from: RUNNING_ENDS,
                to: OPEN_ENDS,
            },
        }
    }

    /// Owed, and due before this moment.
    #[must_use]
    pub fn late(now: DateTime<Utc>) -> Self {
        Self {
            from: i64::MIN,
            to: now.timestamp_micros(),
        }
    }

    /// Owed, and due between these moments, both included.
    #[must_use]
    pub fn due(from: DateTime<Utc>, to: DateTime<Utc>) -> Self {
        Self {
            from: from.timestamp_micros(),
            to: to.timestamp_micros() + 1,
        }
    }
}

/// The order of a list.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Sort {
    /// What is due next first, then what waits, then what is finished.
    #[default]
    Due,
    Newest,
    Oldest,
}

impl Sort {
    pub const ALL: [Self; 3] = [Self::Due, Self::Newest, Self::Oldest];

    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Due => "due",
            Self::Newest => "newest",
            Self::Oldest => "oldest",
        }
    }

    #[must_use]
    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|sort| sort.code() == code)
    }
}

/// Numbers beyond this are told roughly: nobody reads them off a page, and counting them would cost more than the page.
pub const ROUGHLY: u64 = 100;

/// How many were found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Counted {
    Exactly(u64),
    /// This many, and more.
    Over(u64),
}

/// Solutions that are due behind a moment, if one is given, and up to another.
pub type Solutions = (Option<DateTime<Utc>>, DateTime<Utc>);

/// A list.
#[derive(Clone, Debug)]
pub struct Filter {
    pub parts: Vec<Part>,
    pub readable: Readable,
    pub span: Span,
    pub status: Option<Status>,
    pub kind: Option<Kind>,
    pub class: Option<Class>,
    pub channel: Option<Channel>,
    /// None: all; Some(None): of no service.
    pub service: Option<Option<String>>,
    /// None: all; Some(None): under no category.
    pub category: Option<Option<CategoryId>>,
    /// None: all; Some(None): what nobody has.
    pub division: Option<Option<DivisionId>>,
    /// Any of these.
    pub assignees: Option<Vec<PersonId>>,
    /// Only those whose solution is due then.
    pub solutions: Option<Solutions>,
    /// Only those whose citizen wrote and has no answer.
    pub heard: bool,
    /// Only these: whose citizens somebody has to call.
    pub calling: Option<Vec<ComplaintId>>,
    /// Received from, and before.
    pub received: (Option<DateTime<Utc>>, Option<DateTime<Utc>>),
    /// Due from, and before.
    pub due: (Option<DateTime<Utc>>, Option<DateTime<Utc>>),
    pub anonymous: Option<bool>,
    pub confidential: Option<bool>,
    /// With an action, or without one, and those that have one.
    pub action: Option<(bool, Vec<ComplaintId>)>,
    /// None: all; Some(None): without an answer; else answered after so many working days.
    pub response: Option<Option<(i32, i32)>>,
    pub words: Wanted,
    pub sort: Sort,
}

impl Filter {
    /// Everything of these parts in this part of the queue.
    #[must_use]
    pub fn of(parts: Vec<Part>, span: Span) -> Self {
        Self {
            parts,
            readable: Readable::default(),
            span,
            status: None,
            kind: None,
            class: None,
            channel: None,
            service: None,
            category: None,
            division: None,
            assignees: None,
            solutions: None,
            heard: false,
            calling: None,
            received: (None, None),
            due: (None, None),
            anonymous: None,
            confidential: None,
            action: None,
            response: None,
            words: Wanted::default(),
            sort: Sort::Due,
        }
    }
}
