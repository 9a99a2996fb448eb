//! Printed documents: letters, attendance lists, the berita acara, receipts and forms.
//! A capability fills one of the structs in [`data`] with words that are ready to print, and [`render`] sets them as an
//! archival, accessible PDF. Nothing here knows the database or the domain rules.

pub mod data;
mod inputs;
pub mod render;
mod world;
