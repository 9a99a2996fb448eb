//! The list of recipients on the invitation page: what is looked for, one page of who was found, and what can be
//! done with many of them at once.

use std::collections::BTreeMap;

use serde::Serialize;

use super::{
    bulk::Act,
    handing, handing_pages,
    listing::{self, ANSWERS, Cut, SENDINGS, Wanted},
    pages::Chip,
    progress_view, recipient_list,
    rules::{self, Answer, Sending},
    sending::Delivery,
    service::Bundle,
    store,
};
use crate::{
    access::Ctx,
    calendar::dates,
    forums, own_questions,
    platform::{
        error::Result,
        i18n::{Locale, Message, t},
        web::forms::OptionView,
    },
};

#[derive(Serialize)]
pub struct ListView {
    /// What of the list is to be brought by hand, and who is left out of everything.
    by_hand: Option<String>,
    add_href: Option<String>,
    import_href: Option<String>,
    contacts_href: Option<String>,
    /// The letter is restricted, and its list is as much so.
    names_closed: bool,
    /// The forum is over before its letter was issued: nobody is invited any more.
    too_late: bool,
    /// The door of a forum that has begun.
    running: Option<String>,
    /// None while the list is empty.
    filter: Option<FilterView>,
    rows: Vec<RowView>,
    pager: Option<PagerView>,
    bulk: Option<BulkView>,
    /// The last marks of many, to be taken back as one act.
    marks: Option<MarksView>,
    withdrawn: Vec<String>,
}

#[derive(Serialize)]
struct FilterView {
    action: String,
    q: String,
    sending: Vec<OptionView>,
    answer: Vec<OptionView>,
    /// Where everybody is shown again, when some are left out.
    clear_href: Option<String>,
}

#[derive(Serialize)]
struct PagerView {
    previous: Option<String>,
    next: Option<String>,
    summary: String,
}

/// One act for the ticked lines or for everybody who was found.
#[derive(Serialize)]
struct BulkView {
    action: String,
    q: String,
    sending: String,
    answer: String,
    page: usize,
    seen: String,
    everybody: String,
    /// Where papers of those who are chosen are asked for.
    print_action: Option<String>,
    acts: Vec<ActView>,
}

#[derive(Serialize)]
struct MarksView {
    action: String,
    id: String,
    text: String,
    question: String,
}

#[derive(Serialize)]
struct ActView {
    code: &'static str,
    icon: &'static str,
    label: String,
    question: String,
}

#[derive(Serialize)]
pub struct RowView {
    number: usize,
    addressee: String,
    email: Option<String>,
    group: String,
    sending: Chip,
    fault: Option<String>,
    /// They hold a letter that was replaced.
    replaced: bool,
    /// When letter or sheet was printed.
    printed: Option<String>,
    opened: Option<String>,
    answer: Chip,
    /// Nothing was answered: a telephone leaves it out.
    silent: bool,
    detail: String,
    message: Option<String>,
    /// "Question: answer" of the organiser's own questions.
    own: Vec<String>,
    whatsapp_action: Option<String>,
    href: Option<String>,
    /// Id and version, for the ticks; none where nothing can be done with many.
    line: Option<String>,
}

pub async fn list_of(
    ctx: &Ctx,
    bundle: &Bundle,
    deliveries: &[Delivery],
    wanted: &Wanted,
) -> Result<ListView> {
    let locale = ctx.locale();
    let base = format!("/kerja/forum/{}/undangan", bundle.forum.id);
    let manages = bundle.may_manage(ctx);
    let editable = manages && rules::may_change(bundle.state()).is_ok();
    let over = forums::may_invite(&bundle.forum, bundle.zone, ctx.now).is_err();
    // From its start on nothing is sent any more: whoever comes is taken in at the door.
    let runs = !over && forums::starts_at(&bundle.forum, bundle.zone) <= ctx.now;
    let tool = |end: &str| (editable && !over && !runs).then(|| format!("{base}/{end}"));
    let names_closed = !bundle.may_read_names(ctx);
    let addresses = bundle.may_read_addresses(ctx).await?;
    let listed: &[Delivery] = if names_closed { &[] } else { deliveries };
    // The number is that of the letter's list, whoever is left out.
    let found: Vec<(usize, &Delivery)> = (1..)
        .zip(listed)
        .filter(|(_, delivery)| wanted.fits(delivery, addresses))
        .collect();
    let cut = listing::cut(found.len(), wanted.page());
    let shown = &found[cut.before..cut.last];
    let people: Vec<&Delivery> = found.iter().map(|(_, delivery)| *delivery).collect();
    let bulk = bulk_of(ctx, bundle, listed, &people, wanted, cut);
    let withdrawn = match names_closed {
        true => Vec::new(),
        false => store::withdrawn(&ctx.app.db, &bundle.forum).await?,
    };
    let without_address = without_address(deliveries);
    Ok(ListView {
        by_hand: (without_address > 0 && bundle.forum.cancelled_at.is_none()).then(|| {
            Message::new("invitations-by-hand")
                .with("count", without_address)
                .text(locale)
        }),
        add_href: tool("penerima/baru"),
        import_href: tool("impor"),
        contacts_href: tool("kontak"),
        names_closed,
        too_late: editable && over,
        running: (editable && runs).then(|| format!("/kerja/forum/{}/kehadiran", bundle.forum.id)),
        filter: (!listed.is_empty()).then(|| filter_of(&base, wanted, locale)),
        rows: rows_of(ctx, bundle, shown, (bulk.is_some(), addresses)).await?,
        pager: (!found.is_empty()).then(|| pager_of(&base, wanted, found.len(), cut, locale)),
        marks: match bulk {
            Some(_) => marks_of(ctx, bundle, deliveries).await?,
            None => None,
        },
        bulk,
        withdrawn: withdrawn.into_iter().map(|row| row.in_full()).collect(),
    })
}

fn without_address(deliveries: &[Delivery]) -> usize {
    let silent = |one: &&Delivery| one.sending == Sending::NoAddress;
    deliveries.iter().filter(silent).count()
}

fn options(
    codes: &[&str],
    asked: &str,
    all: &str,
    label: impl Fn(&str) -> String,
    locale: Locale,
) -> Vec<OptionView> {
    let option = |value: &str, label: String| OptionView {
        value: value.to_owned(),
        label,
        hint: None,
        selected: value == asked,
    };
    let mut options = vec![option("", t(locale, all))];
    options.extend(codes.iter().map(|code| option(code, label(code))));
    options
}

fn filter_of(base: &str, wanted: &Wanted, locale: Locale) -> FilterView {
    let sending = |code: &str| match code {
        "handed" => t(locale, "invitations-count-handed"),
        code => t(locale, &format!("invitations-sending-{code}")),
    };
    let answer = |code: &str| t(locale, &format!("invitations-answer-{code}"));
    let (any_sending, any_answer) = ("invitations-any-sending", "invitations-any-answer");
    FilterView {
        action: base.to_owned(),
        q: wanted.q.clone(),
        sending: options(&SENDINGS, &wanted.kirim, any_sending, sending, locale),
        answer: options(&ANSWERS, &wanted.jawab, any_answer, answer, locale),
        clear_href: wanted.narrows().then(|| format!("{base}#daftar")),
    }
}

fn pager_of(base: &str, wanted: &Wanted, found: usize, cut: Cut, locale: Locale) -> PagerView {
    let at = |page: usize| format!("{base}{}#daftar", wanted.query(page));
    PagerView {
        previous: (cut.page > 1).then(|| at(cut.page - 1)),
        next: (cut.page < cut.pages).then(|| at(cut.page + 1)),
        summary: Message::new("invitations-list-summary")
            .with("first", cut.before + 1)
            .with("last", cut.last)
            .with("all", found)
            .text(locale),
    }
}

/// Nothing while mails are on their way: the list is fetched anew every moment then, and ticks would be lost.
fn bulk_of(
    ctx: &Ctx,
    bundle: &Bundle,
    listed: &[Delivery],
    found: &[&Delivery],
    wanted: &Wanted,
    cut: Cut,
) -> Option<BulkView> {
    let busy = listed.iter().any(|one| one.sending == Sending::Queued);
    if busy || found.is_empty() {
        return None;
    }
    let sends = progress_view::may_send(ctx, bundle);
    let edits = bundle.may_manage(ctx) && rules::may_change(bundle.state()).is_ok();
    let acts: Vec<ActView> = Act::ALL
        .into_iter()
        .filter(|act| match act {
            Act::Send | Act::Printed => sends,
            Act::Remove => edits,
        })
        .map(|act| ActView {
            code: act.code(),
            icon: act.icon(),
            label: t(ctx.locale(), &format!("invitations-bulk-{}", act.code())),
            question: t(
                ctx.locale(),
                &format!("invitations-bulk-{}-question", act.code()),
            ),
        })
        .collect();
    if acts.is_empty() {
        return None;
    }
    let everybody = match wanted.narrows() {
        true => Message::new("invitations-bulk-found"),
        false => Message::new("invitations-bulk-all"),
    };
    Some(BulkView {
        action: format!("/kerja/forum/{}/undangan/sekaligus", bundle.forum.id),
        q: wanted.q.clone(),
        sending: wanted.kirim.clone(),
        answer: wanted.jawab.clone(),
        page: cut.page,
        seen: listing::fingerprint(found),
        print_action: sends.then(|| format!("/kerja/forum/{}/undangan/cetak", bundle.forum.id)),
        everybody: everybody.with("count", found.len()).text(ctx.locale()),
        acts,
    })
}

/// What can be taken back, while the letter is in force.
async fn marks_of(
    ctx: &Ctx,
    bundle: &Bundle,
    deliveries: &[Delivery],
) -> Result<Option<MarksView>> {
    if !progress_view::may_send(ctx, bundle) {
        return Ok(None);
    }
    let last = handing::last_act(&ctx.app.db, &bundle.forum).await?;
    let Some(last) = last else {
        return Ok(None);
    };
    let still = |one: &&Delivery| handing::is_of(&last, &one.recipient);
    let count = deliveries.iter().filter(still).count();
    let at = last.created_at.with_timezone(&bundle.zone);
    let text = |key: &str| {
        Message::new(key)
            .with("count", count)
            .with("at", dates::date_time(&at, ctx.locale()))
            .text(ctx.locale())
    };
    Ok((count > 0).then(|| MarksView {
        action: format!("/kerja/forum/{}/undangan/sekaligus/batal", bundle.forum.id),
        id: last.id.to_string(),
        text: text("invitations-marks-last"),
        question: text("invitations-marks-question"),
    }))
}

async fn rows_of(
    ctx: &Ctx,
    bundle: &Bundle,
    shown: &[(usize, &Delivery)],
    (ticks, addresses): (bool, bool),
) -> Result<Vec<RowView>> {
    let locale = ctx.locale();
    let said = match bundle.may_manage(ctx) {
        true => own_questions::said(&ctx.app.db, &bundle.forum, locale).await?,
        false => BTreeMap::new(),
    };
    let may_send = progress_view::may_send(ctx, bundle);
    let row = |(number, delivery): &(usize, &Delivery)| -> Result<RowView> {
        let mut row = row_of(ctx, bundle, delivery, *number, may_send)?;
        row.email = row.email.filter(|_| addresses);
        let recipient = &delivery.recipient;
        if let Some(lines) = said.get(&recipient.id.0) {
            let line = |(asked, answer): &(String, String)| format!("{asked} – {answer}");
            row.own = lines.iter().map(line).collect();
        }
        row.line = ticks.then(|| format!("{}.{}", recipient.id, recipient.version));
        Ok(row)
    };
    shown.iter().map(row).collect()
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
    let companions = recipient.companions.as_deref().map(|names| {
        Message::new("invitations-companions-are")
            .with("names", names.lines().collect::<Vec<_>>().join(", "))
            .text(locale)
    });
    let delegate = [
        recipient.delegate_name.clone(),
        recipient.delegate_position.clone(),
        phone,
        companions,
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
        printed: recipient.printed_at.map(|at| {
            let at = dates::date_time(&at.with_timezone(&bundle.zone), locale);
            let key = format!("{}-short", handing_pages::printed_key(bundle, recipient));
            Message::new(&key).with("at", at).text(locale)
        }),
        opened: recipient.opened_at.map(|at| {
            let at = dates::date_time(&at.with_timezone(&bundle.zone), locale);
            Message::new("invitations-opened-at")
                .with("at", at)
                .text(locale)
        }),
        answer: answer_chip(delivery, locale),
        silent: recipient.answer == Answer::None,
        detail: delegate
            .into_iter()
            .flatten()
            .collect::<Vec<_>>()
            .join(", "),
        message: recipient.message.clone(),
        own: Vec::new(),
        whatsapp_action: (may_send
            && recipient.phone.is_some()
            && (!delivery.sending.is_told() || delivery.replaced))
            .then(|| handing_pages::whatsapp_action(&line)),
        replaced: delivery.replaced,
        href: manages.then_some(line),
        line: None,
    })
}
