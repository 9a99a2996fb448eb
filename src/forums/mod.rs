//! Public consultation forums (FKP): what is discussed, when and where, by whom it is prepared, in which
//! order, and what people raised. A forum walks through six stages; other capabilities report what
//! happened with [`reach`] and hang their own records on the forum's id. Inputs are the voices that
//! action items answer.

pub mod api;
mod clock;
pub mod entity;
mod forms;
mod inputs;
pub mod pages;
mod programme_page;
pub mod rules;
mod service;
mod store;

pub use clock::{ends_at, starts_at, time_range, when_text, where_text};
pub use entity::{
    ForumId, ForumInputId, agenda::Model as AgendaItem, forum::Model as Forum,
    input::Model as ForumInput, team::Model as TeamMember,
};
pub use forms::{AgendaIn, ForumFields, Programme, TeamIn, form_view};
pub use inputs::{InputFields, add_input, change_input, input_of, raise, remove_input};
pub use rules::{ForumScope, Group, Mode, Stage, StageState, stage_path};
pub use service::{create, get, list, reach, set_programme, update, write_programme};
pub use store::{agenda, announced, by_code, by_id, hold, input, input_changes, inputs, team};
