//! What organisers and recipients type, parsed once at the border.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::rules::{Answer, Classification};
use crate::{
    documents,
    forums::Group,
    own_questions::{self, OwnQuestion},
    platform::{
        check::Check,
        error::{Error, Result},
        i18n::Message,
        web::forms::Form,
    },
};

/// The words of the letter.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LetterFields {
    pub number: Option<String>,
    pub letter_date: Option<NaiveDate>,
    pub place: String,
    pub classification: Classification,
    pub subject: String,
    pub addressee: String,
    pub place_line: String,
    pub opening: String,
    pub body: String,
    pub closing: String,
    pub signatory_position: String,
    pub signatory_name: String,
    pub signatory_rank: String,
    pub signatory_nip: String,
    pub copies: Vec<String>,
}

impl LetterFields {
    /// What the form holds at the moment, finished or not: for the picture beside it.
    pub fn unfinished(form: &Form) -> Self {
        let text = |name: &str| -> String { form.get(name).trim().chars().take(2000).collect() };
        Self {
            number: Some(text("number")).filter(|number| !number.is_empty()),
            letter_date: form.get("letter_date").trim().parse().ok(),
            place: text("place"),
            classification: Classification::parse(form.get("classification"))
                .unwrap_or(Classification::Ordinary),
            subject: text("subject"),
            addressee: text("addressee"),
            place_line: text("place_line"),
            opening: text("opening"),
            body: text("body"),
            closing: text("closing"),
            signatory_position: text("signatory_position"),
            signatory_name: text("signatory_name"),
            signatory_rank: text("signatory_rank"),
            signatory_nip: text("signatory_nip"),
            copies: lines_of(&text("copies")),
        }
    }

    pub fn parse(form: &Form) -> Result<Self> {
        let mut check = Check::new();
        let letter_date = if form.get("letter_date").trim().is_empty() {
            None
        } else {
            Some(check.date("letter_date", form.get("letter_date")))
        };
        let copies = check
            .optional("copies", form.get("copies"), 2000)
            .unwrap_or_default();
        let fields = Self {
            number: check.optional("number", form.get("number"), 80),
            letter_date,
            place: check.line("place", form.get("place"), 2, 80),
            classification: check
                .choice(
                    "classification",
                    form.get("classification"),
                    Classification::parse,
                )
                .unwrap_or(Classification::Ordinary),
            subject: check.line("subject", form.get("subject"), 5, 200),
            addressee: check.text("addressee", form.get("addressee"), 3, 300),
            place_line: check.line("place_line", form.get("place_line"), 2, 80),
            opening: check.text("opening", form.get("opening"), 10, 2000),
            body: check.text("body", form.get("body"), 10, 2000),
            closing: check.text("closing", form.get("closing"), 10, 1000),
            signatory_position: check.line(
                "signatory_position",
                form.get("signatory_position"),
                2,
                150,
            ),
            signatory_name: check.line("signatory_name", form.get("signatory_name"), 2, 150),
            signatory_rank: check
                .optional("signatory_rank", form.get("signatory_rank"), 80)
                .unwrap_or_default(),
            signatory_nip: check
                .optional("signatory_nip", form.get("signatory_nip"), 30)
                .unwrap_or_default(),
            copies: lines_of(&copies),
        };
        check.finish()?;
        Ok(fields)
    }
}

fn lines_of(text: &str) -> Vec<String> {
    text.lines()
        .map(str::trim)
        .filter(|line| !line.is_empty())
        .map(str::to_owned)
        .collect()
}

/// The words of a letter that is written already.
impl From<super::Letter> for LetterFields {
    fn from(letter: super::Letter) -> Self {
        Self {
            number: letter.number,
            letter_date: letter.letter_date,
            place: letter.place,
            classification: letter.classification,
            subject: letter.subject,
            addressee: letter.addressee,
            place_line: letter.place_line,
            opening: letter.opening,
            body: letter.body,
            closing: letter.closing,
            signatory_position: letter.signatory_position,
            signatory_name: letter.signatory_name,
            signatory_rank: letter.signatory_rank,
            signatory_nip: letter.signatory_nip,
            copies: letter.copies.0,
        }
    }
}

/// Somebody to invite.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RecipientFields {
    pub addressee: String,
    pub organisation: String,
    pub participant_group: Group,
    pub quota: i32,
    pub note: String,
    pub email: Option<String>,
    /// For a WhatsApp message of the officer.
    pub phone: Option<String>,
}

impl RecipientFields {
    pub fn parse(form: &Form) -> Result<Self> {
        let mut check = Check::new();
        let fields = Self {
            addressee: documents::typed_name(
                &mut check,
                "addressee",
                form.get("addressee"),
                (3, 200),
            ),
            organisation: check.line("organisation", form.get("organisation"), 2, 200),
            participant_group: check
                .choice(
                    "participant_group",
                    form.get("participant_group"),
                    Group::parse,
                )
                .unwrap_or(Group::Stakeholders),
            quota: i32::try_from(check.number("quota", form.get("quota"), 1, 50)).unwrap_or(1),
            note: check
                .optional("note", form.get("note"), 100)
                .unwrap_or_default(),
            email: check.email("email", form.get("email")),
            phone: check.phone("phone", form.get("phone")),
        };
        check.finish()?;
        Ok(Self {
            note: super::remark::counted_note(&fields.note, fields.quota),
            ..fields
        })
    }
}

/// An answer as a recipient gives it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AnswerFields {
    pub answer: Answer,
    pub delegate_name: Option<String>,
    pub delegate_position: Option<String>,
    pub delegate_phone: Option<String>,
    /// Who else comes of an invitation for several, a name a line.
    pub companions: Option<String>,
    pub message: Option<String>,
    /// What they say to the organiser's own questions; nothing is asked of those who do not come.
    pub own: own_questions::Given,
}

impl AnswerFields {
    /// Reads the form; `asked` are the organiser's own questions, for those who come or send somebody, and so many
    /// `further` people may come with the first.
    pub fn parse(form: &Form, asked: &[OwnQuestion], further: usize) -> Result<Self> {
        let mut check = Check::new();
        let answer = check.choice("answer", form.get("answer"), |code| {
            Answer::parse(code).filter(|answer| *answer != Answer::None)
        });
        let delegated = answer == Some(Answer::Delegated);
        let comes = answer.is_some_and(Answer::comes);
        // Whoever sends a delegate names them; an office may say who comes for it.
        let mut needed = |field: &str, most: usize| {
            let blank = form.get(field).trim().is_empty();
            match (comes, blank) {
                (false, _) => None,
                (true, false) if field == "delegate_name" => {
                    let typed = form.get(field);
                    Some(documents::typed_name(&mut check, field, typed, (2, most)))
                }
                (true, false) => Some(check.line(field, form.get(field), 2, most)),
                (true, true) => delegated.then(|| {
                    check.fault(field, Message::new("invitations-delegate-needed"));
                    String::new()
                }),
            }
        };
        let delegate_name = needed("delegate_name", 150);
        let delegate_position = needed("delegate_position", 200);
        let delegate_phone = if comes {
            check.phone("delegate_phone", form.get("delegate_phone"))
        } else {
            None
        };
        let companions = match comes && further > 0 {
            true => companions(&mut check, form.get("companions"), further),
            false => None,
        };
        let message = check.optional("message", form.get("message"), 1000);
        let own = match comes {
            true => own_questions::parse(&mut check, asked, form),
            false => own_questions::Given::default(),
        };
        check.finish()?;
        Ok(Self {
            own,
            answer: answer.unwrap_or(Answer::None),
            delegate_name,
            delegate_position,
            delegate_phone,
            companions,
            message,
        })
    }
}

/// The names beside the first, at most as many as the invitation has room for.
fn companions(check: &mut Check, typed: &str, further: usize) -> Option<String> {
    const FIELD: &str = "companions";
    let names = lines_of(&check.optional(FIELD, typed, 8000)?);
    let named = |name: &String| (2..=150).contains(&name.chars().count());
    if names.len() > further {
        let message = Message::new("invitations-companions-many").with("most", further);
        check.fault(FIELD, message);
    } else if !names.iter().all(named) {
        check.fault(FIELD, Message::new("invitations-companions-name"));
    } else {
        // Each will stand on the list of those who came.
        let mut stand = Check::new();
        for name in &names {
            documents::typed_name(&mut stand, FIELD, name, (2, 150));
        }
        if let Err(Error::Invalid(faults)) = stand.finish()
            && let Some(first) = faults.into_iter().next()
        {
            check.fault(FIELD, first.message);
        }
    }
    Some(names.join("\n"))
}
