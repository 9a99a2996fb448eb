//! "Did it help?" on the page of an action and on that of a promise: figures before and after, and the caveat.

use serde::Serialize;

use super::show::words;
use crate::{
    access::Ctx,
    action_plans::proof::{
        ComplaintProof, ElementProof, MatterKind, Proof, Rate, Score, Span, figure,
    },
    calendar::dates,
    platform::i18n::{Locale, Message, t},
};

/// Who reads it: outside the office small counts are left out, and topics, which are the office's own words, not named.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reader {
    Office,
    /// Counts smaller than this are not told.
    Everybody(i64),
}

impl Reader {
    pub fn everybody(ctx: &Ctx) -> Self {
        Self::Everybody(ctx.app.config.complaints.suppress_below.into())
    }
}

#[derive(Serialize)]
pub struct ProofView {
    elements: Vec<ElementView>,
    /// Why no element stands here.
    no_element: Option<String>,
    rates: Vec<RateView>,
    /// Why complaints are not counted.
    note: Option<String>,
}

#[derive(Serialize)]
struct ElementView {
    name: String,
    rows: Vec<ScoreView>,
    /// What is still missing on one side.
    note: Option<String>,
}

#[derive(Serialize)]
struct ScoreView {
    when: String,
    period: String,
    answers: String,
    nrr: String,
    index: String,
    change: String,
}

#[derive(Serialize)]
struct RateView {
    matter: String,
    before: SpanView,
    after: SpanView,
}

#[derive(Serialize)]
struct SpanView {
    days: String,
    count: String,
    rate: String,
}

/// None where nothing can be measured.
pub fn view(proof: &Proof, reader: Reader, locale: Locale) -> Option<ProofView> {
    if proof.is_empty() {
        return None;
    }
    let no_element = proof.elements.is_empty();
    Some(ProofView {
        elements: proof
            .elements
            .iter()
            .map(|one| element(one, locale))
            .collect(),
        no_element: no_element.then(|| t(locale, "proof-no-element")),
        rates: rates(&proof.complaints, reader, locale),
        note: proof.complaints.why_not(locale),
    })
}

fn element(element: &ElementProof, locale: Locale) -> ElementView {
    let before = element.before.iter();
    let before = before.map(|score| row("proof-before", score, String::new(), locale));
    let after = element.after.iter().map(|later| {
        row(
            "proof-after",
            &later.score,
            later.change_words(locale),
            locale,
        )
    });
    let note = match (&element.before, element.after.is_empty()) {
        (None, _) => Some("proof-no-before"),
        (Some(_), true) => Some("proof-no-after"),
        (Some(_), false) => None,
    };
    ElementView {
        name: element.name(locale).to_owned(),
        rows: before.chain(after).collect(),
        note: note.map(|key| t(locale, key)),
    }
}

fn row(when: &str, score: &Score, change: String, locale: Locale) -> ScoreView {
    let told = |text: &Option<String>| match text {
        Some(text) => figure(text, locale),
        None if score.withheld => t(locale, "proof-withheld"),
        None => "–".to_owned(),
    };
    ScoreView {
        when: t(locale, when),
        period: format!("{} · {}", score.title, score.label),
        answers: dates::whole(score.answers, locale),
        nrr: told(&score.nrr),
        index: told(&score.index),
        change,
    }
}

fn rates(of: &ComplaintProof, reader: Reader, locale: Locale) -> Vec<RateView> {
    match of {
        ComplaintProof::Counted(rates) => {
            let rates = rates.iter().map(|rate| self::rate(rate, reader, locale));
            rates.collect()
        }
        _ => Vec::new(),
    }
}

/// Both spans are told or none: one beside a sum would give the other away.
fn rate(rate: &Rate, reader: Reader, locale: Locale) -> RateView {
    let small = match reader {
        Reader::Office => false,
        Reader::Everybody(least) => rate.before.count < least || rate.after.count < least,
    };
    RateView {
        matter: matter(rate, reader, locale),
        before: span(&rate.before, small, locale),
        after: span(&rate.after, small, locale),
    }
}

fn matter(rate: &Rate, reader: Reader, locale: Locale) -> String {
    let named = Message::new(match rate.kind {
        MatterKind::Topic => "proof-by-topic",
        MatterKind::Category => "proof-by-category",
        MatterKind::Service => "proof-by-service",
    });
    if rate.kind == MatterKind::Topic && reader != Reader::Office {
        return t(locale, "proof-by-topic-unnamed");
    }
    named.with("names", rate.names.join(", ")).text(locale)
}

fn span(span: &Span, small: bool, locale: Locale) -> SpanView {
    let days = Message::new("proof-days")
        .with("from", dates::date_short(span.from, locale))
        .with("to", dates::date_short(span.to, locale))
        .with("days", span.days);
    let (count, rate) = match small {
        true => (t(locale, "proof-small"), t(locale, "proof-small")),
        false => (
            span.count.to_string(),
            words(
                locale,
                "proof-rate",
                "rate",
                figure(&span.per_month, locale),
            ),
        ),
    };
    SpanView {
        days: days.text(locale),
        count,
        rate,
    }
}
