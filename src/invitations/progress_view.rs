//! The part of the invitation page that changes while invitations are on their way: figures, the list, what
//! each recipient answered.

use serde::Serialize;

use super::{
    handing_pages,
    pages::Chip,
    recipient_list,
    rules::{self, Answer},
    sending::{self, Delivery, Summary},
    service::Bundle,
    store,
};
use crate::{
    access::{Ctx, Permission},
    calendar::dates,
    forums, own_questions,
    platform::{
        error::Result,
        i18n::{Locale, Message, t},
    },
};

/// The part that is fetched again while mails are on their way.
#[derive(Serialize)]
pub struct ProgressView {
    progress_href: String,
    reload_href: String,
    send_action: Option<String>,
    send_label: String,
    /// Why what has not gone out stays where it is.
    over: Option<String>,
    busy: bool,
    summary: String,
    percent: usize,
    counts: Vec<CountView>,
    answers: Vec<CountView>,
    /// What of the list is to be brought by hand, and who is left out of everything.
    by_hand: Option<String>,
    add_href: Option<String>,
    import_href: Option<String>,
    contacts_href: Option<String>,
    /// The letter is restricted, and its list is as much so.
    names_closed: bool,
    rows: Vec<RowView>,
    withdrawn: Vec<String>,
}

#[derive(Serialize)]
pub struct CountView {
    label: String,
    count: usize,
}

#[derive(Serialize)]
pub struct RowView {
    number: usize,
    addressee: String,
    email: Option<String>,
    group: String,
    sending: Chip,
    fault: Option<String>,
    opened: Option<String>,
    answer: Chip,
    detail: String,
    message: Option<String>,
    /// "Question: answer" of the organiser's own questions.
    own: Vec<String>,
    whatsapp_href: Option<String>,
    href: Option<String>,
}

pub async fn progress_of(ctx: &Ctx, bundle: &Bundle) -> Result<ProgressView> {
    let locale = ctx.locale();
    let base = format!("/kerja/forum/{}/undangan", bundle.forum.id);
    let deliveries = sending::deliveries(&ctx.app.db, &bundle.forum).await?;
    let summary = Summary::of(&deliveries);
    let starts = forums::starts_at(&bundle.forum, bundle.zone).to_utc();
    let may_send = ctx.may(Permission::SendInvitations, bundle.unit.id)
        && bundle.forum.cancelled_at.is_none()
        && rules::may_send(bundle.state(), ctx.now, starts).is_ok();
    let writing = rules::may_change(bundle.state()).is_ok();
    let manages = bundle.may_manage(ctx);
    // Updates are counted as such: "0 of 39 sent" after a change of place would frighten.
    let updating = summary.outdated > 0 && summary.outdated >= summary.to_send;
    let reached = summary.sent + summary.handed;
    let reachable = summary.recipients - summary.without_address;
    let names_closed = !bundle.may_read_names(ctx);
    let (listed, withdrawn) = if names_closed {
        (Vec::new(), Vec::new())
    } else {
        (
            deliveries,
            store::withdrawn(&ctx.app.db, &bundle.forum).await?,
        )
    };
    let said = match manages {
        true => own_questions::said(&ctx.app.db, &bundle.forum, locale).await?,
        false => Default::default(),
    };
    let key = |usual: &'static str, updates: &'static str| if updating { updates } else { usual };
    Ok(ProgressView {
        progress_href: format!("{base}/kemajuan"),
        reload_href: base.clone(),
        send_action: (may_send && summary.to_send > 0).then(|| format!("{base}/kirim")),
        send_label: Message::new(key("invitations-send", "invitations-send-updates"))
            .with("count", summary.to_send)
            .text(locale),
        over: (ctx.now >= starts && summary.to_send > 0).then(|| {
            Message::new(key("invitations-over", "invitations-over-updates"))
                .with("count", summary.to_send)
                .text(locale)
        }),
        busy: summary.queued > 0,
        summary: Message::new(key("invitations-progress", "invitations-progress-updates"))
            .with("sent", reached)
            .with("all", reachable)
            .text(locale),
        percent: (reached * 100).checked_div(reachable).unwrap_or(0),
        counts: counts(
            locale,
            "invitations-count",
            &[
                ("sent", summary.sent),
                ("handed", summary.handed),
                ("queued", summary.queued),
                ("failed", summary.failed),
                ("opened", summary.opened),
            ],
        ),
        answers: answers(&summary, locale),
        by_hand: (summary.without_address > 0).then(|| {
            Message::new("invitations-by-hand")
                .with("count", summary.without_address)
                .text(locale)
        }),
        add_href: (manages && writing).then(|| format!("{base}/penerima/baru")),
        import_href: (manages && writing).then(|| format!("{base}/impor")),
        contacts_href: (manages && writing).then(|| format!("{base}/kontak")),
        names_closed,
        rows: listed
            .iter()
            .zip(1..)
            .map(|(delivery, number)| {
                let mut row = row_of(ctx, bundle, delivery, number, may_send)?;
                if let Some(lines) = said.get(&delivery.recipient.id.0) {
                    let line = |(asked, answer): &(String, String)| format!("{asked} – {answer}");
                    row.own = lines.iter().map(line).collect();
                }
                Ok(row)
            })
            .collect::<Result<_>>()?,
        withdrawn: withdrawn.into_iter().map(|row| row.in_full()).collect(),
    })
}

/// The answers that stand; those for an earlier time are counted by themselves, where there are any.
fn answers(summary: &Summary, locale: Locale) -> Vec<CountView> {
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
    counts(locale, "invitations-answer", &figures)
}

/// An answer for an earlier time stays readable and counts for nothing until it is confirmed.
fn answer_chip(delivery: &Delivery, locale: Locale) -> Chip {
    let answer = delivery.recipient.answer;
    let label = answer.label(locale);
    if delivery.confirmed || answer == Answer::None {
        return Chip::new(answer.chip(), label);
    }
    let text = Message::new("invitations-answer-for-old-time").with("answer", label);
    Chip::new(("soon", "arrow-repeat"), text.text(locale))
}

fn counts(locale: Locale, prefix: &str, figures: &[(&str, usize)]) -> Vec<CountView> {
    figures
        .iter()
        .map(|(code, count)| CountView {
            label: t(locale, &format!("{prefix}-{code}")),
            count: *count,
        })
        .collect()
}

fn row_of(
    ctx: &Ctx,
    bundle: &Bundle,
    delivery: &Delivery,
    number: usize,
    may_send: bool,
) -> Result<RowView> {
    let locale = ctx.locale();
    let recipient = &delivery.recipient;
    let line = format!(
        "/kerja/forum/{}/undangan/penerima/{}",
        bundle.forum.id, recipient.id
    );
    let manages = bundle.may_manage(ctx);
    let phone = if manages {
        recipient_list::delegate_phone(&ctx.app, recipient)?
    } else {
        None
    };
    let delegate = [
        recipient.delegate_name.clone(),
        recipient.delegate_position.clone(),
        phone,
    ];
    let sending = t(
        locale,
        &format!("invitations-sending-{}", delivery.sending.code()),
    );
    Ok(RowView {
        number,
        addressee: recipient.in_full(),
        email: recipient.email.clone(),
        group: recipient.participant_group.label(locale),
        sending: Chip::new(delivery.sending.chip(), sending),
        fault: delivery.fault.clone().filter(|_| manages),
        opened: recipient.opened_at.map(|at| {
            let at = dates::date_time(&at.with_timezone(&bundle.zone), locale);
            Message::new("invitations-opened-at")
                .with("at", at)
                .text(locale)
        }),
        answer: answer_chip(delivery, locale),
        detail: delegate
            .into_iter()
            .flatten()
            .collect::<Vec<_>>()
            .join(", "),
        message: recipient.message.clone(),
        own: Vec::new(),
        whatsapp_href: (may_send && recipient.phone.is_some() && !delivery.sending.is_told())
            .then(|| handing_pages::whatsapp_href(ctx, &line)),
        href: manages.then_some(line),
    })
}
