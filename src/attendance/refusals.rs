//! What the door says when it says no.

use chrono_tz::Tz;

use super::rules::Broken;
use crate::{
    access::Ctx,
    calendar::{dates, days_text},
    platform::{error::Error, i18n::Message},
};

/// The refusal in words: times are those of the unit.
pub(super) fn refused(ctx: &Ctx, zone: Tz, broken: Broken) -> Error {
    match broken {
        Broken::AlreadyIn { name, at } => Error::rule(
            "attendance.already_in",
            Message::new("rule-attendance-already-in")
                .with("name", name)
                .with("time", dates::clock(&at.with_timezone(&zone), ctx.locale())),
        ),
        Broken::Withdrawn { name } => Error::rule(
            "attendance.withdrawn",
            Message::new("rule-attendance-withdrawn").with("name", name),
        ),
        Broken::NotToday { days } => Error::rule(
            "attendance.not_today",
            Message::new("rule-attendance-not-today")
                .with("day", days_text::long(&days, ctx.locale())),
        ),
        Broken::NotYet { opens } => Error::rule(
            "attendance.not_yet",
            Message::new("rule-attendance-not-yet").with(
                "time",
                dates::date_time(&opens.with_timezone(&zone), ctx.locale()),
            ),
        ),
        Broken::Over { days } => Error::rule(
            "attendance.over",
            Message::new("rule-attendance-over").with("day", days_text::long(&days, ctx.locale())),
        ),
        Broken::SomebodyElse { name } => Error::rule(
            "attendance.somebody_else",
            Message::new("rule-attendance-somebody-else").with("name", name),
        ),
        Broken::NextNameless {
            office,
            names,
            here,
            all,
        } => Error::rule(
            "attendance.next_nameless",
            Message::new("rule-attendance-next-nameless")
                .with("office", office)
                .with("names", names)
                .with("here", here)
                .with("all", all),
        ),
        Broken::AllIn { office, names, all } => Error::rule(
            "attendance.all_in",
            Message::new("rule-attendance-all-in")
                .with("office", office)
                .with("names", names)
                .with("all", all),
        ),
        Broken::TakenBack { name } => Error::rule(
            "attendance.taken_back",
            Message::new("rule-attendance-taken-back").with("name", name),
        ),
        Broken::Signed { name } => Error::rule(
            "attendance.signed",
            Message::new("rule-attendance-signed").with("name", name),
        ),
        Broken::OwnPeople => Error::field("group", Message::new("rule-attendance-own-people")),
        Broken::SelfServiceOff => Error::rule(
            "attendance.self_service_off",
            Message::new("rule-attendance-self-service-off"),
        ),
        Broken::OtherForum { title } => Error::rule(
            "attendance.other_forum",
            Message::new("rule-attendance-other-forum").with("title", title),
        ),
        Broken::UnknownCode => Error::rule(
            "attendance.unknown_code",
            Message::new("rule-attendance-unknown-code"),
        ),
        Broken::NotIn { name } => Error::rule(
            "attendance.not_in",
            Message::new("rule-attendance-not-in").with("name", name),
        ),
        Broken::Cancelled { reason } => Error::rule(
            "forum.cancelled",
            Message::new("attendance-cancelled").with("reason", reason),
        ),
        Broken::Closed(closed) => Error::rule(
            "attendance.closed",
            closed.message("rule-attendance-closed"),
        ),
        Broken::Nobody => Error::rule("attendance.nobody", Message::new("rule-attendance-nobody")),
    }
}
