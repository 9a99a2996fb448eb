//! How far the sending is: figures of a forum's invitations and of the answers, and the button that sends. Fetched
//! again while mails are on their way.

use serde::Serialize;

use super::{
    listing::{self, ANSWERS, REPLACED, SENDINGS, Wanted},
    rules,
    sending::{Delivery, Summary},
    service::Bundle,
};
use crate::{
    access::{Ctx, Permission},
    forums,
    platform::i18n::{Locale, Message, t},
};

#[derive(Serialize)]
pub struct ProgressView {
    progress_href: String,
    reload_href: String,
    send_action: Option<String>,
    send_label: String,
    /// Where papers for those whom no mail reaches are printed.
    print_href: Option<String>,
    print_label: String,
    /// Nothing goes by mail: printing is the next step.
    print_first: bool,
    /// What is to be done by hand.
    by_hand_todo: Option<String>,
    /// Those who hold a letter that was replaced.
    replaced: Option<ReplacedView>,
    /// Why what has not gone out stays where it is.
    over: Option<String>,
    busy: bool,
    summary: String,
    percent: usize,
    counts: Vec<CountView>,
    answers: Vec<CountView>,
}

/// Whom the letter in force has not reached although they know time and place.
#[derive(Serialize)]
struct ReplacedView {
    text: String,
    list_href: String,
    /// Writes to those with an address; none where nobody has one.
    send_action: Option<String>,
    send_label: String,
    filter: &'static str,
    seen: String,
}

#[derive(Serialize)]
pub struct CountView {
    label: String,
    count: usize,
    /// The people who are counted.
    href: Option<String>,
}

/// Whether invitations may go out now, by this person.
pub fn may_send(ctx: &Ctx, bundle: &Bundle) -> bool {
    let starts = forums::starts_at(&bundle.forum, bundle.zone).to_utc();
    ctx.may(Permission::SendInvitations, bundle.unit.id)
        && bundle.forum.cancelled_at.is_none()
        && rules::may_send(bundle.state(), ctx.now, starts).is_ok()
}

pub fn progress_of(
    ctx: &Ctx,
    bundle: &Bundle,
    deliveries: &[Delivery],
    wanted: &Wanted,
) -> ProgressView {
    let locale = ctx.locale();
    let base = format!("/kerja/forum/{}/undangan", bundle.forum.id);
    let summary = Summary::of(deliveries);
    let starts = forums::starts_at(&bundle.forum, bundle.zone).to_utc();
    // Updates are counted as such: "0 of 39 sent" after a change of place would frighten.
    let updating = summary.outdated > 0 && summary.outdated >= summary.to_send;
    let reached = summary.sent + summary.handed;
    let of = match updating {
        true => to_update(bundle, deliveries),
        false => summary.recipients,
    };
    let waiting: Vec<_> = deliveries
        .iter()
        .filter(|one| one.sending.wants_handing())
        .collect();
    let printed = waiting
        .iter()
        .filter(|one| bundle.print_stands(&one.recipient))
        .count();
    let prints = may_send(ctx, bundle) && bundle.may_read_names(ctx) && !deliveries.is_empty();
    // The figures lead to the people behind them, where names may be read.
    let leads = bundle.may_read_names(ctx).then_some(base.as_str());
    let page = wanted.query(wanted.page());
    let key = |usual: &'static str, updates: &'static str| if updating { updates } else { usual };
    ProgressView {
        progress_href: format!("{base}/kemajuan{page}"),
        reload_href: format!("{base}{page}"),
        send_action: (may_send(ctx, bundle) && summary.to_send > 0)
            .then(|| format!("{base}/kirim")),
        send_label: Message::new(key("invitations-send", "invitations-send-updates"))
            .with("count", summary.to_send)
            .text(locale),
        print_href: prints.then(|| format!("{base}/cetak")),
        print_label: match waiting.len() {
            0 => t(locale, "invitations-print-any"),
            count => Message::new("invitations-print-do")
                .with("count", count)
                .text(locale),
        },
        print_first: summary.to_send == 0 && !waiting.is_empty(),
        by_hand_todo: (prints && !waiting.is_empty()).then(|| {
            Message::new("invitations-print-todo")
                .with("count", waiting.len())
                .with("printed", printed)
                .text(locale)
        }),
        replaced: replaced(ctx, bundle, deliveries),
        over: (ctx.now >= starts && summary.to_send > 0).then(|| {
            Message::new(key("invitations-over", "invitations-over-updates"))
                .with("count", summary.to_send)
                .text(locale)
        }),
        busy: summary.queued > 0,
        summary: said(deliveries, &summary, updating.then_some(of)).text(locale),
        percent: (reached * 100).checked_div(of).unwrap_or(0),
        counts: sent(&summary, leads, locale),
        answers: answers(&summary, leads, locale),
    }
}

/// An update is for who was told something; the others wait for their first letter.
fn to_update(bundle: &Bundle, deliveries: &[Delivery]) -> usize {
    let told = |one: &&Delivery| !one.knows_nothing(&bundle.forum);
    deliveries.iter().filter(told).count()
}

/// Whoever holds a replaced letter finds at its code that another one is in force, and was told by nobody.
fn replaced(ctx: &Ctx, bundle: &Bundle, deliveries: &[Delivery]) -> Option<ReplacedView> {
    if !may_send(ctx, bundle) || !bundle.may_read_names(ctx) {
        return None;
    }
    let holders: Vec<&Delivery> = deliveries.iter().filter(|one| one.replaced).collect();
    let number = bundle.letter.as_ref()?.replaces_number.as_deref()?;
    let by_mail = holders.iter().filter(|one| one.recipient.email.is_some());
    let by_mail = by_mail.count();
    let base = format!("/kerja/forum/{}/undangan", bundle.forum.id);
    let text = |key: &str| {
        Message::new(key)
            .with("count", holders.len())
            .with("number", number)
            .with("mail", by_mail)
            .with("hand", holders.len() - by_mail)
            .text(ctx.locale())
    };
    (!holders.is_empty()).then(|| ReplacedView {
        text: text("invitations-replaced-todo"),
        list_href: format!("{base}?kirim={REPLACED}#daftar"),
        send_action: (by_mail > 0).then(|| format!("{base}/sekaligus")),
        send_label: text("invitations-replaced-send"),
        filter: REPLACED,
        seen: listing::fingerprint(&holders),
    })
}

/// How far it is in words: who has no address is not waited for as if a mail would come, and what was brought was not
/// sent. `updates`: of how many, while time or place changed.
fn said(deliveries: &[Delivery], summary: &Summary, updates: Option<usize>) -> Message {
    let updating = updates.is_some();
    let by_mail = deliveries
        .iter()
        .filter(|one| one.recipient.email.is_some())
        .count();
    let key = match (by_mail, summary.handed) {
        (0, 0) if summary.sent == 0 && !updating => "invitations-progress-to-print",
        (0, _) if summary.sent == 0 && !updating => "invitations-progress-handed",
        (some, 0) if some == summary.recipients && updating => "invitations-progress-updates",
        (some, 0) if some == summary.recipients => "invitations-progress",
        _ if updating => "invitations-progress-updates-both",
        _ => "invitations-progress-both",
    };
    Message::new(key)
        .with("sent", summary.sent)
        .with("handed", summary.handed)
        .with("all", updates.unwrap_or(summary.recipients))
}

/// Where the invitations are; those that tell of an earlier time or place are counted by themselves, where there are any.
fn sent(summary: &Summary, leads: Option<&str>, locale: Locale) -> Vec<CountView> {
    let mut figures = vec![
        ("sent", summary.sent),
        ("handed", summary.handed),
        ("queued", summary.queued),
        ("failed", summary.failed),
        ("opened", summary.opened),
    ];
    if summary.outdated > 0 {
        figures.insert(2, ("old", summary.outdated));
    }
    counts(locale, "invitations-count", leads, &figures)
}

/// The answers that stand; those for an earlier time are counted by themselves, where there are any.
fn answers(summary: &Summary, leads: Option<&str>, locale: Locale) -> Vec<CountView> {
    let mut figures = vec![
        ("accepted", summary.accepted),
        ("delegated", summary.delegated),
        ("tentative", summary.tentative),
        ("declined", summary.declined),
        ("none", summary.recipients - summary.answered),
    ];
    if summary.unconfirmed > 0 {
        figures.push(("unconfirmed", summary.unconfirmed));
    }
    counts(locale, "invitations-answer", leads, &figures)
}

fn counts(
    locale: Locale,
    prefix: &str,
    leads: Option<&str>,
    figures: &[(&str, usize)],
) -> Vec<CountView> {
    let query = |code: &str| match prefix {
        "invitations-answer" if ANSWERS.contains(&code) => Some(format!("?jawab={code}")),
        "invitations-count" if SENDINGS.contains(&code) => Some(format!("?kirim={code}")),
        _ => None,
    };
    figures
        .iter()
        .map(|(code, count)| CountView {
            label: t(locale, &format!("{prefix}-{code}")),
            count: *count,
            href: leads
                .filter(|_| *count > 0)
                .zip(query(code))
                .map(|(base, query)| format!("{base}{query}#daftar")),
        })
        .collect()
}
