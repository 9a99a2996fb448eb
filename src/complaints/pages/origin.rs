//! The list that an officer came from. It goes along with each of its cases, so that the next one is one step away.

use serde::{Deserialize, Serialize};

use crate::{
    access::Ctx,
    complaints::{
        clocks::Reading,
        entity::{ComplaintId, complaint},
        explain::{self, Chip},
        finding::{self, Query, View},
        viewing::{self, Case},
    },
    platform::{
        error::{Error, Result},
        i18n::t,
        web::{
            address::encoded,
            paging::{self, Slice},
        },
    },
};

/// What the address of a case says of the list: `view=late&q=loket`, and once something was done, where the case stood.
#[derive(Default, Deserialize)]
#[serde(default)]
pub(super) struct CameFrom {
    pub dari: String,
}

/// The address of a case that is opened from this list.
pub(super) fn case_address(list: &Query, number: &str) -> String {
    format!("/kerja/pengaduan/{number}?dari={}", encoded(&list.text()))
}

/// A list, and a place in it.
pub(super) struct Origin {
    list: Query,
    place: Option<(i64, ComplaintId)>,
}

impl Origin {
    /// An address that somebody typed: what cannot be read is left out.
    pub fn read(text: &str) -> Self {
        let pairs = url::form_urlencoded::parse(text.as_bytes());
        let cursor = pairs
            .filter(|(name, _)| name == "cursor")
            .map(|(_, value)| value.into_owned())
            .last();
        let slice = Slice::read(cursor.as_deref(), None);
        Self {
            list: finding::query_of(text),
            place: slice.ok().and_then(|slice| slice.after),
        }
    }

    fn text(&self) -> String {
        match &self.place {
            Some(place) => format!("{}&cursor={}", self.list.text(), paging::cursor(place)),
            None => self.list.text(),
        }
    }

    /// The first page of the list.
    pub fn list_address(&self) -> String {
        self.list.address(None)
    }

    /// The case again, with where it stood before it was worked on.
    pub fn back_to(&self, number: &str) -> String {
        format!("/kerja/pengaduan/{number}?dari={}", encoded(&self.text()))
    }
}

/// What a case page shows of the list.
#[derive(Default, Serialize)]
pub(super) struct OriginView {
    /// Sent along by each form of the page.
    value: String,
    list_href: String,
    list_label: String,
    /// None when the list holds nothing else.
    next: Option<NextView>,
}

#[derive(Serialize)]
struct NextView {
    href: String,
    number: String,
    title: String,
    /// None where it is of another unit, which counts its own days.
    due: Option<Chip>,
}

/// What comes behind this case in the list that it was opened from; of what is open, if it was opened from none.
pub(super) async fn view(
    ctx: &Ctx,
    case: &Case,
    clocks: &Reading,
    came: &str,
) -> Result<OriginView> {
    let locale = ctx.locale();
    let mut origin = Origin::read(came);
    let of = &case.complaint;
    let place = *origin
        .place
        .get_or_insert_with(|| finding::place_in(&origin.list, of));
    let next = match finding::Desk::of(ctx).await {
        Ok(desk) => finding::next_in(&desk, &origin.list, place, of.id).await?,
        // Who has no list of their own has no next one.
        Err(Error::Forbidden) => None,
        Err(error) => return Err(error),
    };
    let view = View::parse(&origin.list.view).unwrap_or_default();
    Ok(OriginView {
        value: origin.text(),
        list_href: origin.list_address(),
        list_label: t(locale, &view.key("view")),
        next: next.map(|next| next_view(ctx, case, clocks, &origin.list, &next)),
    })
}

fn next_view(
    ctx: &Ctx,
    case: &Case,
    clocks: &Reading,
    list: &Query,
    next: &complaint::Model,
) -> NextView {
    let locale = ctx.locale();
    NextView {
        href: case_address(list, &next.number),
        number: next.number.clone(),
        title: if viewing::sight_of(ctx, next, false).text {
            next.subject.clone()
        } else {
            t(locale, "complaints-hidden-subject")
        },
        due: (next.unit_id == case.complaint.unit_id)
            .then(|| explain::due_chip(next, ctx.now, clocks.zone, &clocks.calendar, locale)),
    }
}

#[cfg(test)]
mod tests {
    use super::Origin;

    #[test]
    fn what_cannot_be_read_of_an_address_is_left_out() {
        for (typed, list, back) in [
            (
                "view=late&q=loket",
                "/kerja/pengaduan?view=late&q=loket",
                "/kerja/pengaduan/A?dari=view%3Dlate%26q%3Dloket",
            ),
            (
                "view=late&cursor=nonsense",
                "/kerja/pengaduan?view=late",
                "/kerja/pengaduan/A?dari=view%3Dlate",
            ),
            (
                "https://example.org/",
                "/kerja/pengaduan?view=open",
                "/kerja/pengaduan/A?dari=view%3Dopen",
            ),
            (
                "",
                "/kerja/pengaduan?view=open",
                "/kerja/pengaduan/A?dari=view%3Dopen",
            ),
        ] {
            let origin = Origin::read(typed);
            assert_eq!(origin.list_address(), list, "{typed}");
            assert_eq!(origin.back_to("A"), back, "{typed}");
        }
    }
}
