//! Public consultation forums (FKP): what is discussed, when and where, by whom it is prepared, in which
//! order, and what people raised. A forum walks through six stages; other capabilities report what
//! happened with [`reach`] and hang their own records on the forum's id. Inputs are the voices that
//! action items answer.

mod agenda_left;
mod agenda_times;
mod agenda_told;
mod announced;
pub mod api;
mod cancelling;
mod clock;
mod closing;
mod concept_store;
pub mod days;
pub mod entity;
mod forms;
mod inputs;
mod moved;
mod moving;
pub mod pages;
mod planning;
mod programme_page;
mod proposals;
pub mod prose;
pub mod rules;
mod service;
mod store;
mod team;
mod told_place;
mod usual_agenda;
mod venue_pages;
mod venue_twins;
mod venues;

pub use agenda_left::{AgendaLeft, CallingOff, LetGo};
pub use agenda_times::{Trouble, agenda_troubles, minutes_text};
pub use agenda_told::{AgendaTold, is_announced};
pub use announced::{
    announce, announced_agenda, announced_sequence, as_announced, days_stand, papers_stand,
    sequences_now, told, told_otherwise,
};
pub use cancelling::{cancel_in, delete_in, may_cancel, may_delete};
pub use clock::{
    address_of, ends_at, is_over, link_note, starts_at, time_range, when_text, where_in, where_text,
};
pub use closing::{closed_text, hold_closed_too};
pub use concept_store::{agenda_sources, agendas_from, quotas};
pub use days::{Day, DayIn};
pub use entity::{
    ForumId, ForumInputId, VenueId,
    agenda::Model as AgendaItem,
    agenda_source::{Model as AgendaSource, ProposalKind},
    forum::Model as Forum,
    input::Model as ForumInput,
    team::Model as TeamMember,
    venue::Model as Venue,
};
pub use forms::{
    AgendaIn, Concept, ForumFields, Programme, TeamIn, form_view, offering, taking_over, venue_line,
};
pub use inputs::{InputFields, add_input, change_input, input_of, raise, remove_input};
pub use moved::{Moved, as_guests_know, guests_agenda, moved_note};
pub use moving::{may_call_in, may_invite};
pub use planning::plan_open;
pub use proposals::{Proposal, propose, propose_in};
pub use rules::{ForumScope, Group, Mode, Stage, StageState, stage_path};
pub use service::{
    Changed, create, get, held_elsewhere, hold, hold_cancelled_too, list, may_edit, may_work,
    reach, set_programme, update, write_programme,
};
pub use store::{
    agenda, announced, by_code, by_id, hold as hold_any, input, input_changes, inputs, inputs_at,
    inputs_of_unit, minutes_begun, team,
};
pub use team::{may as may_work_at, who_may, work_at};
pub use venue_twins::{Offered as OfferedVenue, offered as venue_offered};
pub use venues::list as venues;
