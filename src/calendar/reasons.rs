//! Why a day was counted or skipped, in the words people read. Pages, API and command line all take
//! them from here, so a citizen and an officer are never told different things; programs use `code`.

use chrono::NaiveDate;

use super::dates::{self, Lang};
use super::working_days::{Certainty, DayKind, Holiday};

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Reason {
    /// Day 0.
    Received,
    /// Received too late or on a closed day, and the unit dates such receipts on its next working day.
    ReceivedAfterHours,
    /// That next working day: day 0.
    TreatedAsReceived,
    WorkingDay {
        n: u32,
    },
    /// A working day although it is collective leave, because this unit works on it.
    CollectiveLeaveWorked {
        n: u32,
        name: String,
    },
    Weekend,
    /// Monday to Friday, but the unit has no office hours then.
    NoOfficeHours,
    NationalHoliday {
        name: String,
        certainty: Certainty,
    },
    CollectiveLeave {
        name: String,
        certainty: Certainty,
    },
    /// The unit's own reason, in its own words.
    Closure(String),
    /// The complaint waits for what its citizen owes.
    WaitsForCitizen,
    /// Day 0 of a step of the office's own work.
    Began,
    /// Day 0 of what was opened again, and the same outside office hours.
    Reopened,
    ReopenedAfterHours,
    TreatedAsReopened,
    /// The last day as people were told; the calendar of now would name another.
    Told,
    /// The last day. `collective_leave` is set when the unit works on that leave.
    Due {
        n: u32,
        collective_leave: Option<String>,
    },
}

impl Reason {
    /// `n` is the number of working days up to and including this one; skipped days ignore it.
    pub(super) fn of(kind: DayKind<'_>, n: u32) -> Self {
        let name = |holiday: &Holiday| holiday.name.clone();
        match kind {
            DayKind::Working {
                collective_leave: None,
                ..
            } => Self::WorkingDay { n },
            DayKind::Working {
                collective_leave: Some(leave),
                ..
            } => Self::CollectiveLeaveWorked {
                n,
                name: name(leave),
            },
            DayKind::NationalHoliday(day) => Self::NationalHoliday {
                name: name(day),
                certainty: day.certainty,
            },
            DayKind::CollectiveLeave(day) => Self::CollectiveLeave {
                name: name(day),
                certainty: day.certainty,
            },
            DayKind::Closure(closure) if closure.is_waiting() => Self::WaitsForCitizen,
            DayKind::Closure(closure) => Self::Closure(closure.reason().to_owned()),
            DayKind::Weekend => Self::Weekend,
            DayKind::NoOfficeHours => Self::NoOfficeHours,
        }
    }

    /// The same day as the last one, after `n` working days.
    pub(super) fn due(self, n: u32) -> Self {
        let collective_leave = match self {
            Self::CollectiveLeaveWorked { name, .. } => Some(name),
            _ => None,
        };
        Self::Due {
            n,
            collective_leave,
        }
    }

    /// The same day of a promise that began when a case was opened again: nothing was received on it.
    #[must_use]
    pub fn of_reopening(self) -> Self {
        match self {
            Self::Received => Self::Reopened,
            Self::ReceivedAfterHours => Self::ReopenedAfterHours,
            Self::TreatedAsReceived => Self::TreatedAsReopened,
            other => other,
        }
    }

    /// For programs and tests; does not change when the wording does.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            Self::Received => "received",
            Self::ReceivedAfterHours => "received_after_hours",
            Self::TreatedAsReceived => "treated_as_received",
            Self::WorkingDay { .. } => "working_day",
            Self::CollectiveLeaveWorked { .. } => "collective_leave_worked",
            Self::Weekend => "weekend",
            Self::NoOfficeHours => "no_office_hours",
            Self::NationalHoliday { .. } => "national_holiday",
            Self::CollectiveLeave { .. } => "collective_leave",
            Self::Closure(_) => "closure",
            Self::WaitsForCitizen => "waits_for_citizen",
            Self::Began => "began",
            Self::Reopened => "reopened",
            Self::ReopenedAfterHours => "reopened_after_hours",
            Self::TreatedAsReopened => "treated_as_reopened",
            Self::Told | Self::Due { .. } => "due",
        }
    }

    pub fn text(&self, lang: Lang) -> String {
        match lang {
            Lang::Id => self.indonesian(),
            Lang::En => self.english(),
        }
    }

    fn indonesian(&self) -> String {
        let estimated = |certainty: &Certainty| match certainty {
            Certainty::Fixed => "",
            Certainty::Estimated => " (perkiraan)",
        };
        match self {
            Self::Received => "Diterima; hari penerimaan tidak dihitung".into(),
            Self::ReceivedAfterHours => "Diterima di luar jam kerja".into(),
            Self::TreatedAsReceived => "Dianggap diterima; hari penerimaan tidak dihitung".into(),
            Self::WorkingDay { n } => format!("Hari kerja ke-{n}"),
            Self::CollectiveLeaveWorked { n, name } => {
                format!(
                    "Hari kerja ke-{n} (unit tetap melayani pada cuti bersama: {})",
                    bare(name)
                )
            }
            Self::Weekend => "Akhir pekan".into(),
            Self::NoOfficeHours => "Bukan hari kerja unit".into(),
            Self::NationalHoliday { name, certainty } => {
                format!("Libur nasional: {name}{}", estimated(certainty))
            }
            Self::CollectiveLeave { name, certainty } => {
                format!("Cuti bersama: {}{}", bare(name), estimated(certainty))
            }
            Self::Closure(reason) => format!("Unit tutup: {reason}"),
            Self::WaitsForCitizen => "Menunggu kelengkapan dari warga".into(),
            Self::Began => "Tahap dimulai; hari mulainya tidak dihitung".into(),
            Self::Reopened => "Dibuka lagi; hari dibukanya tidak dihitung".into(),
            Self::ReopenedAfterHours => "Dibuka lagi di luar jam kerja".into(),
            Self::TreatedAsReopened => "Dianggap dibuka lagi; hari ini tidak dihitung".into(),
            Self::Told => "Batas waktu yang sudah diberitahukan".into(),
            Self::Due { n: 0, .. } => "Batas waktu".into(),
            Self::Due {
                n,
                collective_leave: None,
            } => format!("Hari kerja ke-{n}, batas waktu"),
            Self::Due {
                n,
                collective_leave: Some(name),
            } => format!(
                "Hari kerja ke-{n}, batas waktu (unit tetap melayani pada cuti bersama: {})",
                bare(name)
            ),
        }
    }

    fn english(&self) -> String {
        let estimated = |certainty: &Certainty| match certainty {
            Certainty::Fixed => "",
            Certainty::Estimated => " (estimated)",
        };
        match self {
            Self::Received => "Received; the day of receipt is not counted".into(),
            Self::ReceivedAfterHours => "Received outside office hours".into(),
            Self::TreatedAsReceived => {
                "Treated as received; the day of receipt is not counted".into()
            }
            Self::WorkingDay { n } => format!("Working day {n}"),
            Self::CollectiveLeaveWorked { n, name } => {
                format!(
                    "Working day {n} (the unit is open on collective leave: {})",
                    bare(name)
                )
            }
            Self::Weekend => "Weekend".into(),
            Self::NoOfficeHours => "Not an office day of the unit".into(),
            Self::NationalHoliday { name, certainty } => {
                format!("National holiday: {name}{}", estimated(certainty))
            }
            Self::CollectiveLeave { name, certainty } => {
                format!("Collective leave: {}{}", bare(name), estimated(certainty))
            }
            Self::Closure(reason) => format!("Unit closed: {reason}"),
            Self::WaitsForCitizen => "Waiting for what the citizen still owes".into(),
            Self::Began => "The step began; its first day is not counted".into(),
            Self::Reopened => "Opened again; that day is not counted".into(),
            Self::ReopenedAfterHours => "Opened again outside office hours".into(),
            Self::TreatedAsReopened => "Treated as opened again; this day is not counted".into(),
            Self::Told => "Due as it was told".into(),
            Self::Due { n: 0, .. } => "Due".into(),
            Self::Due {
                n,
                collective_leave: None,
            } => format!("Working day {n}, due"),
            Self::Due {
                n,
                collective_leave: Some(name),
            } => {
                format!(
                    "Working day {n}, due (the unit is open on collective leave: {})",
                    bare(name)
                )
            }
        }
    }
}

/// The decrees name leaves "Cuti Bersama Hari Raya Natal"; after "Cuti bersama:" that is said already.
fn bare(name: &str) -> &str {
    name.strip_prefix("Cuti Bersama ").unwrap_or(name)
}

/// A deadline that may still move, and why.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Warning {
    /// The due day lies in a year whose holidays are not decreed (or not imported) yet.
    BeyondKnownDecrees { known_until: NaiveDate },
}

impl Warning {
    /// For programs and tests; does not change when the wording does.
    pub fn code(&self) -> &'static str {
        match self {
            Self::BeyondKnownDecrees { .. } => "beyond_known_decrees",
        }
    }

    pub fn text(&self, lang: Lang) -> String {
        let Self::BeyondKnownDecrees { known_until } = self;
        let until = dates::date(*known_until, lang);
        match lang {
            Lang::Id => format!(
                "Hari libur baru diketahui sampai {until}; batas waktu ini dapat berubah setelah \
                 keputusan bersama berikutnya terbit."
            ),
            Lang::En => format!(
                "Holidays are known only until {until}; this deadline may change when the next \
                 joint decree is issued."
            ),
        }
    }
}
