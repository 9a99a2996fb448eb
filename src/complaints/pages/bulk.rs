//! Many complaints at once: chosen in the inbox, shown with what would happen to each, then done by a job.

use poem::{Response, handler, http::StatusCode, web::Path};
use serde::Serialize;

use super::{Kept, numbers_of, origin::Origin, ticked};
use crate::{
    access::{Ctx, Permission, SignedIn},
    complaints::{
        bulk::{self, Act, Line, Order},
        explain::Chip,
        rules, viewing, words,
    },
    organisation,
    platform::{
        error::{Error, Result},
        i18n::{Locale, Message, t},
        web::{
            cookies::FlashKind,
            forms::{ErrorLine, FieldView, Form, FormView},
            pages::Page,
        },
    },
};

const AT: &str = "/kerja/pengaduan/sekaligus";

#[derive(Serialize)]
struct PreviewPage {
    errors: Vec<ErrorLine>,
    heading: String,
    summary: String,
    act: &'static str,
    rows: Vec<RowView>,
    /// Numbers that the caller does not see any more.
    gone: String,
    hidden: Vec<Kept>,
    /// Some of them hear of it from a person only; empty if none.
    by_hand: String,
    /// No way leads to some of them; empty if none.
    unreached: String,
    /// Nothing can be done with any of them.
    nothing: bool,
    button: String,
    division: FieldView,
    person: FieldView,
    instruction: FieldView,
    text: FieldView,
    standard: FieldView,
    /// The list that they were chosen from.
    list: String,
    back_href: String,
}

#[derive(Serialize)]
struct RowView {
    href: String,
    number: String,
    title: String,
    status: Chip,
    will: Chip,
    why: String,
}

impl Page for PreviewPage {
    const TEMPLATE: &'static str = "complaints/bulk";
    fn title(&self, _: Locale) -> String {
        self.heading.clone()
    }
}

/// `ADU-2026-000001:3`: which, and in which version it was seen.
fn chosen(form: &Form) -> Vec<(&str, i32)> {
    numbers_of(ticked(form))
}

fn act_of(form: &Form) -> Result<Act> {
    Act::parse(form.get("act")).ok_or_else(|| Error::field("act", Message::new("field-choose")))
}

/// What would happen to the chosen ones.
#[handler]
pub(super) async fn preview(SignedIn(ctx): SignedIn, form: Form) -> Result<Response> {
    ctx.require_scope(Permission::ViewComplaints)?;
    show(&ctx, &form, Shown::First).await
}

/// Puts a standard answer behind what was written so far.
#[handler]
pub(super) async fn insert(SignedIn(ctx): SignedIn, form: Form) -> Result<Response> {
    match bulk::with_standard(&ctx, form.get("text"), form.get("standard")).await {
        Ok(text) => show(&ctx, &form, Shown::With(text)).await,
        Err(error @ Error::Invalid(_)) => show(&ctx, &form, Shown::Refused(error)).await,
        Err(error) => Err(error),
    }
}

/// Why the page is shown.
enum Shown {
    First,
    /// With this text in the field of the answer.
    With(String),
    Refused(Error),
}

async fn show(ctx: &Ctx, form: &Form, why: Shown) -> Result<Response> {
    if chosen(form).is_empty() {
        return Ok(ctx.redirect_with(
            &Origin::read(form.get("dari")).list_address(),
            FlashKind::Error,
            &Message::new("complaints-bulk-none"),
        ));
    }
    page(ctx, form, why).await
}

/// Empty where there is none to tell of.
fn counted(key: &str, count: usize, locale: Locale) -> String {
    match count {
        0 => String::new(),
        count => Message::new(key).with("count", count).text(locale),
    }
}

async fn page(ctx: &Ctx, form: &Form, why: Shown) -> Result<Response> {
    let locale = ctx.locale();
    let act = act_of(form)?;
    let mut shown = chosen(form);
    // Those that stay as they are keep their row after an error.
    shown.extend(numbers_of(form.all("stays")));
    let numbers: Vec<&str> = shown.iter().map(|(number, _)| *number).collect();
    let bulk::Preview { lines, gone } = bulk::preview(ctx, act, &numbers).await?;
    let mut view = fields(ctx).await?.typed(form);
    let (mut status, mut errors) = (StatusCode::OK, Vec::new());
    match why {
        Shown::First => {}
        Shown::With(text) => view = view.with("text", text),
        Shown::Refused(error) => {
            let told = super::told(error, "text", locale)?;
            status = told.status;
            (view, errors) = view.refused(&told.faults, locale);
            errors.extend(told.lines);
        }
    }
    let mut field = |name: &str| view.fields.remove(name).unwrap_or_default();
    let possible = lines.iter().filter(|line| line.problem.is_none()).count();
    let word = |part: &str| {
        Message::new(&format!("complaints-bulk-{}-{part}", act.code()))
            .with("count", possible)
            .text(locale)
    };
    let by_hand = bulk::told_by_hand(ctx, act, &lines).await?;
    let page = PreviewPage {
        errors,
        heading: word("title"),
        summary: Message::new("complaints-bulk-summary")
            .with("possible", possible)
            .with("rest", lines.len() + gone.len() - possible)
            .text(locale),
        act: act.code(),
        hidden: lines
            .iter()
            .map(|line| Kept {
                name: match line.problem {
                    None => "number",
                    Some(_) => "stays",
                },
                value: format!("{}:{}", line.complaint.number, line.complaint.version),
            })
            .collect(),
        gone: gone.join(", "),
        rows: lines.iter().map(|line| row(line, act, locale)).collect(),
        by_hand: counted("complaints-bulk-by-hand", by_hand.told, locale),
        unreached: counted("complaints-bulk-unreached", by_hand.unreached, locale),
        nothing: possible == 0,
        button: word("do"),
        division: field("division"),
        person: field("person"),
        instruction: field("instruction"),
        text: field("text"),
        standard: field("standard"),
        list: form.get("dari").to_owned(),
        back_href: Origin::read(form.get("dari")).list_address(),
    };
    ctx.page_of(None, status, &page)
}

async fn fields(ctx: &Ctx) -> Result<FormView> {
    let locale = ctx.locale();
    let unit = viewing::home_unit(ctx).await?;
    let mut divisions = vec![(String::new(), t(locale, "complaints-case-choose-division"))];
    let all = organisation::divisions(&ctx.app.db, unit.id).await?;
    divisions.extend(all.into_iter().map(|one| (one.code, one.name)));
    let mut standards = vec![(String::new(), t(locale, "complaints-standard-choose"))];
    standards.extend(bulk::standards(ctx).await?);
    Ok(FormView::new()
        .choice("division", true, divisions)
        .choice("standard", false, standards)
        .field("person", false, 254)
        .field("instruction", false, 1000)
        .field("text", true, 5000))
}

fn row(line: &Line, act: Act, locale: Locale) -> RowView {
    let of = &line.complaint;
    let chip = |kind, key: &str, icon| Chip {
        kind,
        text: t(locale, key),
        icon,
    };
    RowView {
        href: format!("/kerja/pengaduan/{}", of.number),
        number: of.number.clone(),
        title: if line.text {
            of.subject.clone()
        } else {
            t(locale, "complaints-hidden-subject")
        },
        status: words::standing_chip(of, locale),
        will: match &line.problem {
            None => chip(
                "info",
                &format!("complaints-bulk-{}-will", act.code()),
                "arrow-right",
            ),
            Some(_) => chip("soon", "complaints-bulk-stays", "pause-circle"),
        },
        why: line
            .problem
            .as_ref()
            .map(|error| bulk::words_of(error, locale))
            .unwrap_or_default(),
    }
}

/// Hands it to the job.
#[handler]
pub(super) async fn start(SignedIn(ctx): SignedIn, form: Form) -> Result<Response> {
    ctx.require_scope(Permission::ViewComplaints)?;
    let act = act_of(&form)?;
    let order = Order {
        division: form.get("division").to_owned(),
        person: form.get("person").to_owned(),
        instruction: form.get("instruction").to_owned(),
        text: form.get("text").to_owned(),
        list: form.get("dari").to_owned(),
    };
    match bulk::start(&ctx, act, &order, &chosen(&form)).await {
        Ok(id) => Ok(ctx.redirect(&format!("{AT}/{id}"))),
        Err(error @ (Error::Invalid(_) | Error::Rule { .. })) => {
            page(&ctx, &form, Shown::Refused(error)).await
        }
        Err(error) => Err(error),
    }
}

#[derive(Serialize)]
struct ProgressPage {
    heading: String,
    href: String,
    back_href: String,
    busy: bool,
    percent: usize,
    text: String,
    /// What was done before this order; empty if nothing.
    before: String,
    refused: Vec<RefusedView>,
    /// Whose citizens are to be told by a person.
    untold: Vec<UntoldView>,
    untold_text: String,
    /// Everything is done and nothing stayed.
    whole: bool,
}

#[derive(Serialize)]
struct UntoldView {
    href: String,
    number: String,
}

#[derive(Serialize)]
struct RefusedView {
    href: String,
    number: String,
    why: String,
}

impl Page for ProgressPage {
    const TEMPLATE: &'static str = "complaints/bulk_progress";
    fn title(&self, _: Locale) -> String {
        self.heading.clone()
    }
}

#[handler]
pub(super) async fn progress(SignedIn(ctx): SignedIn, Path(id): Path<String>) -> Result<Response> {
    let locale = ctx.locale();
    let found = bulk::progress(&ctx, &id).await?;
    let finished = found.total - found.waiting;
    let heading = Message::new(&format!("complaints-bulk-{}-title", found.batch.act));
    ctx.page(&ProgressPage {
        heading: heading.text(locale),
        href: format!("{AT}/{}", found.batch.id),
        back_href: Origin::read(&found.list).list_address(),
        busy: found.waiting > 0,
        percent: finished * 100 / found.total.max(1),
        text: Message::new("complaints-bulk-progress")
            .with("done", found.done)
            .with("total", found.total)
            .text(locale),
        before: counted("complaints-bulk-before-count", found.before, locale),
        untold_text: Message::new("complaints-bulk-untold")
            .with("count", found.untold.len())
            .text(locale),
        untold: found
            .untold
            .into_iter()
            .map(|number| UntoldView {
                href: format!("/kerja/pengaduan/{number}"),
                number,
            })
            .collect(),
        whole: found.waiting == 0 && found.refused.is_empty(),
        refused: found
            .refused
            .into_iter()
            .map(|(number, why)| RefusedView {
                href: format!("/kerja/pengaduan/{}", rules::read_number(&number)),
                number,
                why,
            })
            .collect(),
    })
}
