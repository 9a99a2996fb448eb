//! Who came to a forum: invited people are checked in by name or code, others are added at the door, and
//! a mistake is undone. The list is closed when the Berita Acara is locked; then it is printed twice, with
//! telephone numbers for the office and masked for everybody. Others ask here who was present and for whom.

pub mod api;
pub mod entity;
mod invited;
pub mod pages;
pub mod rules;
mod service;
mod sheets;
mod store;

pub use entity::{AttendanceId, attendance::Model as Attendee};
pub use pages::group_text;
pub use rules::Method;
pub use service::{Imported, Person, Summary, import, present, summary};
pub use sheets::{Sheets, close, closed, prepare_sheets};
