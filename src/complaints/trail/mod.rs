//! The trail of a case: everything that happened with it, and who looked at what. For those who answer for the
//! handling, and for who is asked by a complainant "who read this?".

mod pages;
mod reading;

pub use pages::routes;
pub use reading::{
    LOOKED, Looker, looked_lately, note, note_all, note_looked, note_opened, readers,
};
