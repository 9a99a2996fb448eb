//! Finding people on a long list of recipients: by words, by where the invitation is, by what was answered, and
//! one page of many. A list has five thousand lines at most and what became of a mail is no column of it, so it is
//! looked through here and not by the database.

use serde::Deserialize;

use super::{
    rules::{Answer, Sending},
    sending::Delivery,
};
use crate::platform::{
    web::{address::encoded, forms::Form},
    words::folded,
};

/// Lines of one page.
pub const PAGE: usize = 25;

/// Whom no mail reaches and nobody has brought it yet.
pub const TO_HAND: &str = "to-hand";

/// Who holds a letter that was replaced.
pub const REPLACED: &str = "replaced";

/// What can be asked of the sending; "handed" is by WhatsApp or on paper.
pub const SENDINGS: [&str; 10] = [
    TO_HAND,
    REPLACED,
    "not-sent",
    "queued",
    "sent",
    "handed",
    "failed",
    "outdated",
    "handed-outdated",
    "no-address",
];

/// What can be asked of the answer; "unconfirmed" was given for another time.
pub const ANSWERS: [&str; 6] = [
    "none",
    "accepted",
    "delegated",
    "tentative",
    "declined",
    "unconfirmed",
];

/// What is looked for, as the address says it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
pub struct Wanted {
    #[serde(default)]
    pub q: String,
    #[serde(default)]
    pub kirim: String,
    #[serde(default)]
    pub jawab: String,
    #[serde(default)]
    pub halaman: String,
}

impl Wanted {
    /// A choice that is none of ours is no choice.
    #[must_use]
    pub fn checked(mut self) -> Self {
        self.q = self.q.trim().chars().take(100).collect();
        if !SENDINGS.contains(&self.kirim.as_str()) {
            self.kirim.clear();
        }
        if !ANSWERS.contains(&self.jawab.as_str()) {
            self.jawab.clear();
        }
        self
    }

    #[must_use]
    pub fn of(form: &Form) -> Self {
        let wanted = Self {
            q: form.get("q").to_owned(),
            kirim: form.get("kirim").to_owned(),
            jawab: form.get("jawab").to_owned(),
            halaman: form.get("halaman").to_owned(),
        };
        wanted.checked()
    }

    /// Whether anything is left out.
    #[must_use]
    pub fn narrows(&self) -> bool {
        !(self.q.is_empty() && self.kirim.is_empty() && self.jawab.is_empty())
    }

    /// From 1.
    #[must_use]
    pub fn page(&self) -> usize {
        self.halaman.parse().unwrap_or(1).max(1)
    }

    /// `?q=dinas&kirim=failed&halaman=2`; empty for the first page of everybody.
    #[must_use]
    pub fn query(&self, page: usize) -> String {
        let page = match page {
            0 | 1 => String::new(),
            page => page.to_string(),
        };
        let parts = [
            ("q", self.q.as_str()),
            ("kirim", self.kirim.as_str()),
            ("jawab", self.jawab.as_str()),
            ("halaman", page.as_str()),
        ];
        let parts: Vec<String> = parts
            .into_iter()
            .filter(|(_, value)| !value.is_empty())
            .map(|(name, value)| format!("{name}={}", encoded(value)))
            .collect();
        match parts.is_empty() {
            true => String::new(),
            false => format!("?{}", parts.join("&")),
        }
    }

    /// `addresses`: whether the reader sees them; whoever does not finds nobody by one.
    #[must_use]
    pub fn fits(&self, delivery: &Delivery, addresses: bool) -> bool {
        let row = &delivery.recipient;
        let address = row.email.as_deref().filter(|_| addresses);
        let told = [
            row.addressee.as_str(),
            row.organisation.as_str(),
            address.unwrap_or_default(),
            row.note.as_str(),
            row.delegate_name.as_deref().unwrap_or_default(),
            row.companions.as_deref().unwrap_or_default(),
        ];
        let sending = match self.kirim == REPLACED {
            true => delivery.replaced,
            false => asks_sending(&self.kirim, delivery.sending),
        };
        sending
            && asks_answer(&self.jawab, row.answer, delivery.confirmed)
            && has_words(&told.join(" "), &self.q)
    }
}

fn asks_sending(asked: &str, sending: Sending) -> bool {
    match sending {
        _ if asked.is_empty() => true,
        sending if asked == TO_HAND => sending.wants_handing(),
        Sending::Handed(_) => asked == "handed",
        other => asked == other.code(),
    }
}

fn asks_answer(asked: &str, answer: Answer, confirmed: bool) -> bool {
    match (asked, confirmed || answer == Answer::None) {
        ("", _) => true,
        ("unconfirmed", confirmed) => !confirmed,
        (asked, true) => asked == answer.code(),
        (_, false) => false,
    }
}

/// Every word occurs, in any order.
fn has_words(text: &str, words: &str) -> bool {
    let (text, words) = (folded(text), folded(words));
    words.split(' ').all(|word| text.contains(word))
}

/// Which lines of so many a page shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Cut {
    pub page: usize,
    pub pages: usize,
    /// Lines before this page.
    pub before: usize,
    /// The last line of it, counted from 1.
    pub last: usize,
}

/// A page after the last is the last: people were removed meanwhile.
#[must_use]
pub fn cut(lines: usize, page: usize) -> Cut {
    let pages = lines.div_ceil(PAGE).max(1);
    let page = page.clamp(1, pages);
    let before = (page - 1) * PAGE;
    Cut {
        page,
        pages,
        before,
        last: (before + PAGE).min(lines),
    }
}

/// What the form of the whole filter saw: how many, and in which versions. Another list has another.
#[must_use]
pub fn fingerprint(found: &[&Delivery]) -> String {
    let versions: i64 = found
        .iter()
        .map(|delivery| i64::from(delivery.recipient.version))
        .sum();
    format!("{}-{versions}", found.len())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::invitations::HandedBy;

    #[test]
    fn words_are_found_in_any_order_and_any_capitals() {
        let text = "Kepala Dinas  Kesehatan kadinkes@contoh.example";
        for (words, found) in [
            ("", true),
            ("  ", true),
            ("kesehatan KEPALA", true),
            ("contoh.example", true),
            ("kesehatan rektor", false),
        ] {
            assert_eq!(has_words(text, words), found, "{words}");
        }
    }

    #[test]
    fn every_state_has_its_choice() {
        for (asked, sending, fits) in [
            ("", Sending::Failed, true),
            ("failed", Sending::Failed, true),
            ("failed", Sending::Sent, false),
            ("handed", Sending::Handed(HandedBy::Whatsapp), true),
            ("handed", Sending::Handed(HandedBy::Printed), true),
            ("handed", Sending::HandedOutdated, false),
            ("handed-outdated", Sending::HandedOutdated, true),
            (TO_HAND, Sending::NoAddress, true),
            (TO_HAND, Sending::HandedOutdated, true),
            (TO_HAND, Sending::Handed(HandedBy::Printed), false),
            (TO_HAND, Sending::NotSent, false),
        ] {
            assert_eq!(asks_sending(asked, sending), fits, "{asked} {sending:?}");
        }
        for (asked, answer, confirmed, fits) in [
            ("", Answer::Declined, true, true),
            ("none", Answer::None, true, true),
            ("none", Answer::None, false, true),
            ("accepted", Answer::Accepted, true, true),
            ("accepted", Answer::Accepted, false, false),
            ("unconfirmed", Answer::Accepted, false, true),
            ("unconfirmed", Answer::Accepted, true, false),
            ("unconfirmed", Answer::None, false, false),
        ] {
            assert_eq!(asks_answer(asked, answer, confirmed), fits, "{asked}");
        }
    }

    #[test]
    fn pages_hold_twenty_five_and_never_run_out() {
        for (lines, page, pages, before, last) in [
            (0, 1, 1, 0, 0),
            (25, 1, 1, 0, 25),
            (26, 2, 2, 25, 26),
            (1000, 3, 40, 50, 75),
            (60, 9, 3, 50, 60),
        ] {
            let found = cut(lines, page);
            assert_eq!(
                (found.pages, found.before, found.last),
                (pages, before, last)
            );
        }
    }

    #[test]
    fn an_address_says_what_is_asked_and_nothing_strange() {
        let wanted = Wanted {
            q: " dinas & co ".to_owned(),
            kirim: "failed".to_owned(),
            jawab: "x'--".to_owned(),
            halaman: String::new(),
        };
        let wanted = wanted.checked();
        assert_eq!(
            wanted.query(2),
            "?q=dinas%20%26%20co&kirim=failed&halaman=2"
        );
        assert!(wanted.narrows());
        assert_eq!(Wanted::default().query(1), "");
    }
}
