//! The Berita Acara of a forum: what was agreed, from which inputs, and who signed for whom. It is written
//! in the session, signed on paper, and locked; then it has a hash and a verification code, and only a new
//! version that names the old one can correct it. Its agreed points are what action items answer.

mod agreeing;
mod amending;
pub mod api;
mod contradictions;
mod counting;
pub mod entity;
mod face;
mod forms;
mod legal_basis;
mod locking;
pub mod pages;
mod paper;
mod parts;
mod placing;
mod point_pages;
mod points;
mod points_page;
pub mod rules;
mod scans;
mod service;
mod sign_pages;
mod signed_text;
mod signing;
mod store;
mod untaken;
mod views;
mod words;

pub use agreeing::{Told, laws_to_come, offices};
pub use contradictions::{Said, wrong_weekdays};
pub use counting::{ANNEXES, Counted};
pub use entity::{AgreedPointId, BeritaAcaraId};
pub use face::{
    MinutesFixed, PublicPoint, PublicRecord, Reason, ReasonLookup, Signing, Summary, agreed_texts,
    forum_of_point, input_words, is_place_of, legal_basis, locked_at, points_from, public_record,
    signed_so_far, source_info, summary,
};
pub use legal_basis::on as legal_basis_on;
pub use locking::{Seen, lock};
pub use points::{NewPoint, add_points};
pub use rules::Status;
pub use scans::{replaced_sheets, scanned_sheets};
pub use service::{HeaderText, change_header, start};
pub use signing::{NewSignatory, SeenRow, add_signatory, draw, sign_all};
