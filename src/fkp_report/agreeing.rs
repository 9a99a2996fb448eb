//! What the texts that the office writes say of its forum, held against the record: what contradicts it holds up the
//! issuing, the rest is asked about.

use super::{book::Book, texts::Slot};
use crate::{
    berita_acara::{self, Counted, Said, Told},
    documents::{self, data::Report},
    forums,
    platform::{
        error::{Error, Result},
        i18n::{Locale, Message, t},
    },
};

/// What a text of the report says against the forum; a law that came later is nothing to stand on.
pub fn said_otherwise(told: &Told<'_>, (slot, text): (Slot, &str)) -> Said {
    let mut found = told.said_otherwise(text);
    if slot == Slot::LegalBasis {
        let laws = berita_acara::laws_to_come(told.forum, text);
        found.wrong.extend(laws);
    }
    found
}

impl Book {
    /// What the texts that the office wrote say against the forum and its attendance list.
    fn said_otherwise(&self) -> Vec<(Slot, Said)> {
        let own = self.texts.iter().filter(|row| !row.is_default);
        let record = self.record.as_ref();
        let counted = Counted {
            points: record.map(|record| record.points.len()),
            inputs: Some(self.inputs.len()),
            number: record.map(|record| record.number.clone()),
        };
        let told = Told {
            forum: &self.forum,
            present: self.present.len(),
            offices: &self.offices,
            counted: &counted,
        };
        let judged = own.filter_map(|row| {
            let slot = Slot::parse(&row.slot)?;
            let text = self.written(slot).text;
            Some((slot, said_otherwise(&told, (slot, &text))))
        });
        judged.collect()
    }

    /// What texts of the office seem to say against the forum: somebody looks at each once more.
    #[must_use]
    pub fn doubts(&self, locale: Locale) -> Option<Message> {
        let said = self.said_otherwise().into_iter();
        let words = by_part(said.map(|(slot, said)| (slot, said.doubtful)), locale)?;
        Some(Message::new("fkp-report-doubtful").with("words", words))
    }

    /// Refuses a report with a text that contradicts the record.
    pub(super) fn must_agree(&self, locale: Locale) -> Result<()> {
        let said = self.said_otherwise().into_iter();
        let said = said.map(|(slot, said)| (slot, [said.wrong, said.against].concat()));
        let Some(words) = by_part(said, locale) else {
            return Ok(());
        };
        let message = Message::new("rule-report-contradicts")
            .with("words", words)
            .with("record", self.held(locale));
        Err(Error::rule("report.contradicts", message))
    }

    /// When and where the forum was held, and how many came, as the record has it.
    fn held(&self, locale: Locale) -> String {
        let people = Message::new("fkp-report-record-people").with("count", self.present.len());
        [
            forums::when_text(&self.forum, self.zone, locale),
            forums::where_text(&self.forum),
            people.text(locale),
        ]
        .join("; ")
    }
}

/// The letters of the report that its paper cannot show, before it is issued with squares.
pub fn squares(report: &Report, locale: Locale) -> Option<String> {
    let mut words = report.preface.concat();
    // Escaped as JSON a word keeps every letter that a font may lack.
    words.extend(serde_json::to_string(&report.chapters));
    let letters = documents::unprintable_text(&words)?;
    let message = Message::new("fkp-report-unprintable").with("letters", letters);
    Some(message.text(locale))
}

/// The words of each part behind its name; none where no part has any.
fn by_part(said: impl Iterator<Item = (Slot, Vec<String>)>, locale: Locale) -> Option<String> {
    let said = said.filter(|(_, words)| !words.is_empty());
    let parts = said.map(|(slot, words)| {
        let name = t(locale, &format!("fkp-report-slot-{}", slot.code()));
        format!("{name} ({})", words.join("; "))
    });
    let parts: Vec<String> = parts.collect();
    (!parts.is_empty()).then(|| parts.join(", "))
}
