//! Papers that are printed once for each recipient and brought by hand.

use serde::{Deserialize, Serialize};

use super::{Invitation, Letterhead, Picture};

/// Kind `letters`: an issued letter again and again, each copy marked with whom it is for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Letters {
    pub title: String,
    /// As it was issued.
    pub letter: Invitation,
    /// Whom each copy is for.
    pub people: Vec<String>,
    /// Every copy begins on the front of a sheet.
    pub double_sided: bool,
}

/// Kind `answer-sheets`: a sheet for each guest.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AnswerSheets {
    pub title: String,
    /// What stands over every sheet: `Lembar jawaban undangan`.
    pub heading: String,
    /// Of the office that invites, as on the issued letter.
    pub letterhead: Letterhead,
    pub forum: String,
    pub when: String,
    pub place: String,
    /// `Jawab undangan`, and how.
    pub answer: String,
    pub answer_how: String,
    pub answer_alt: String,
    /// `Kartu masuk`, and what its code is.
    pub card: String,
    pub card_code: String,
    pub card_alt: String,
    pub how: String,
    /// For those who answer on the sheet itself: the answers to tick, what is written beside them, and where it goes.
    pub by_hand: String,
    pub choices: Vec<String>,
    pub lines: Vec<String>,
    /// Over the lines for the others of an invitation for several.
    #[serde(default)]
    pub others: String,
    pub contact: String,
    /// Every sheet begins on the front of a sheet of paper.
    pub double_sided: bool,
    pub sheets: Vec<AnswerSheet>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AnswerSheet {
    pub to: String,
    /// How many it is for, where that is more than one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub several: Option<String>,
    /// The personal link as it is typed.
    pub url: String,
    pub link: Picture,
    /// The code for the door, in two groups.
    pub code: String,
    pub code_picture: Picture,
}
