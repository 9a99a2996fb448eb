//! The groups under which the API's documentation lists its operations.

#[derive(poem_openapi::Tags)]
pub enum Tag {
    /// Who the token belongs to.
    Account,
    /// What citizens complain about, and how it is handled.
    Complaints,
    /// Public consultation forums (FKP) and who is there.
    Forums,
    /// What several voices of a unit are about, and what became of them.
    Issues,
    /// Evidence for the yearly evaluation of a unit.
    Evidence,
    /// What was promised, and how far it is.
    #[oai(rename = "Action items")]
    ActionItems,
    /// Service standards of a unit.
    Standards,
    /// The satisfaction survey (SKM): periods and answers.
    Surveys,
    /// How a unit stands, alone and beside others.
    Overview,
    /// The days that deadlines are counted by.
    Calendar,
    /// Files that other operations name.
    Files,
}
