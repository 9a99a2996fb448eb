//! The columns of the book and what stands in them.

/// A column. Who complained is there only when it was asked for by somebody who may.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Column {
    Position,
    Number,
    Received,
    Channel,
    Kind,
    Reporter,
    Contact,
    Service,
    Category,
    Subject,
    Description,
    Division,
    Due,
    Answered,
    Days,
    InTime,
    Answer,
    Status,
    Closed,
    Remarks,
}

use Column::{
    Answer, Answered, Category, Channel, Closed, Contact, Days, Description, Division, Due, InTime,
    Kind, Number, Position, Received, Remarks, Reporter, Service, Status, Subject,
};

const ALL: [Column; 20] = [
    Position,
    Number,
    Received,
    Channel,
    Kind,
    Reporter,
    Contact,
    Service,
    Subject,
    Description,
    Division,
    Due,
    Answered,
    Days,
    InTime,
    Answer,
    Status,
    Closed,
    Remarks,
    // Last: programs read the older ones by their place.
    Category,
];

impl Column {
    /// Of a file.
    #[must_use]
    pub fn of_file(identity: bool) -> Vec<Self> {
        ALL.into_iter()
            .filter(|column| identity || !column.tells_who())
            .collect()
    }

    #[must_use]
    pub fn tells_who(self) -> bool {
        matches!(self, Reporter | Contact)
    }

    #[must_use]
    pub fn label(self) -> &'static str {
        match self {
            Position => "book-column-position",
            Number => "book-column-number",
            Received => "book-column-received",
            Channel => "book-column-channel",
            Kind => "book-column-kind",
            Reporter => "book-column-reporter",
            Contact => "book-column-contact",
            Service => "book-column-service",
            Category => "book-column-category",
            Subject => "book-column-subject",
            Description => "book-column-description",
            Division => "book-column-division",
            Due => "book-column-due",
            Answered => "book-column-answered",
            Days => "book-column-days",
            InTime => "book-column-in-time",
            Answer => "book-column-answer",
            Status => "book-column-status",
            Closed => "book-column-closed",
            Remarks => "book-column-remarks",
        }
    }

    /// Of a worksheet, in letters.
    #[must_use]
    pub fn width(self) -> f64 {
        match self {
            Position | Days => 8.0,
            InTime => 11.0,
            Number | Channel | Kind | Received | Due | Answered | Closed | Status => 18.0,
            Reporter | Contact | Service | Category | Division | Remarks => 28.0,
            Subject => 40.0,
            Description | Answer => 70.0,
        }
    }
}

/// The beginning of a long text, whole words, for paper.
#[must_use]
pub fn beginning(text: &str, most: usize) -> String {
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    if text.chars().count() <= most {
        return text;
    }
    let cut: String = text.chars().take(most).collect();
    let whole = cut
        .rsplit_once(' ')
        .map_or(cut.as_str(), |(words, _)| words);
    format!("{whole} …")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_book_without_identity_has_no_column_for_it() {
        assert_eq!(Column::of_file(true).len(), 20);
        let without = Column::of_file(false);
        assert_eq!(without.len(), 18);
        assert!(!without.iter().any(|column| column.tells_who()));
    }

    #[test]
    fn a_long_text_ends_between_words() {
        assert_eq!(beginning("satu dua\ntiga", 20), "satu dua tiga");
        assert_eq!(beginning("satu dua tiga", 10), "satu dua …");
        assert_eq!(
            beginning(&"x".repeat(30), 10),
            format!("{} …", "x".repeat(10))
        );
    }
}
