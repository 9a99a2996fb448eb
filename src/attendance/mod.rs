//! Who came to a forum: people are checked in by name, code or QR, by themselves with the link on the wall, or against
//! the signed sheet; others are added at the door, and a mistake is undone. The list is closed when the Berita Acara is
//! locked; then it is printed twice, with telephone numbers and signatures for the office and masked for everybody.
//! Others ask here who was present and for whom.

pub mod api;
mod blank_sheet;
mod checking_in;
mod closing;
mod codes;
mod correcting;
mod desk;
mod desk_pages;
mod details;
mod door_view;
pub mod entity;
mod evaluator_copy;
mod invited;
mod ledger;
mod live_view;
mod named;
mod naming;
pub mod pages;
mod party;
mod party_view;
mod person_pages;
mod print_pages;
mod printing;
mod refusals;
pub mod rules;
mod scan_pages;
mod scans;
mod service;
mod sheet_pages;
mod sheets;
mod sign_pages;
mod signatures;
mod store;
mod team;
mod visits;
mod waiting;
mod walking_in;
mod workbook;

pub use closing::ClosedWith;
pub use entity::{AttendanceId, attendance::Model as Attendee};
pub use evaluator_copy::of as evaluator_copy;
pub use named::{look_first, names, to_look_at};
pub use pages::group_text;
pub use printing::PrintPart;
pub use rules::{Method, is_office};
pub use scans::scanned_sheets;
pub use service::{Imported, Person, Summary, import, people, present, summary};
pub use sheets::{Sheets, close, closed, prepare_sheets};
pub use visits::days_sentence;
pub use workbook::of as workbook;
