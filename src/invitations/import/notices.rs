//! What the reader of a file decided by itself, or left unread: told beside the rows, on the page and to programs.

use super::{
    mapping::{Mapping, Part},
    rows::Reading,
};
use crate::platform::{
    i18n::{Locale, Message},
    sheets::{self, Table},
};

/// Something to know of a file before its rows are taken.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Notice {
    /// A stable word for programs.
    pub code: &'static str,
    pub column: Option<usize>,
    pub message: Message,
    /// Somebody may be missing, or be invited who should not.
    pub doubtful: bool,
}

/// Everything to be told of a file that was read under a mapping.
#[must_use]
pub fn of(table: &Table, mapping: &Mapping, reading: &Reading, locale: Locale) -> Vec<Notice> {
    let label = |column: usize| sheets::column_label(table, mapping.heading, column);
    let mut found = Vec::new();
    if !table.unread.is_empty() {
        found.push(Notice {
            code: "sheets_unread",
            column: None,
            message: Message::new("import-unread").with("sheets", table.unread.join(", ")),
            doubtful: true,
        });
    }
    if !table.hidden_sheets.is_empty() {
        let sheets = table.hidden_sheets.join(", ");
        found.push(Notice {
            code: "hidden_sheets",
            column: None,
            message: Message::new("import-hidden-sheets").with("sheets", sheets),
            doubtful: true,
        });
    }
    for (part, column) in &mapping.columns {
        if table.hidden_columns.contains(column) {
            let message = Message::new("import-hidden-column")
                .with("column", label(*column))
                .with("part", part.label(locale));
            found.push(Notice {
                code: "hidden_column",
                column: Some(*column),
                message,
                doubtful: true,
            });
        }
    }
    if let (true, Some(column)) = (mapping.has_both(), mapping.columns.get(&Part::Name)) {
        found.push(Notice {
            code: "name_and_position",
            column: Some(*column),
            message: Message::new("import-both").with("column", label(*column)),
            doubtful: false,
        });
    }
    let usual = mapping.group.filter(|_| mapping.by_words);
    if let (Some(group), Some(column)) = (usual, mapping.columns.get(&Part::Group)) {
        let accepted = &reading.accepted;
        let others = accepted.iter().filter(|row| row.usual_group).count();
        let message = Message::new("import-by-words")
            .with("column", label(*column))
            .with("named", accepted.len() - others)
            .with("others", others)
            .with("group", group.label(locale));
        found.push(Notice {
            code: "group_by_words",
            column: Some(*column),
            message,
            doubtful: false,
        });
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::invitations::import::mapping::guess;

    #[test]
    fn nothing_is_read_or_left_in_silence() {
        let text = b"Nama/Jabatan;Instansi;Surel\nBudi, Ketua;Contoh;budi@contoh.example";
        let mut table = sheets::read(text, 10).unwrap();
        let mapping = guess(&table);
        let codes = |table: &Table| -> Vec<&str> {
            let found = of(table, &mapping, &Reading::default(), Locale::Id);
            found.iter().map(|notice| notice.code).collect()
        };
        assert_eq!(codes(&table), ["name_and_position"]);
        table.unread = vec!["Lembar 2".to_owned()];
        table.hidden_sheets = vec!["Lembar 3".to_owned()];
        table.hidden_columns = [2, 7].into();
        assert_eq!(
            codes(&table),
            [
                "sheets_unread",
                "hidden_sheets",
                "hidden_column",
                "name_and_position"
            ],
            "a hidden column that is not read matters to nobody"
        );
    }
}
