//! Printed documents: letters, attendance lists, the berita acara, receipts and forms. A capability fills one
//! of the structs in [`data`] with words that are ready to print, [`render()`] sets them as an archival,
//! accessible PDF, [`put`] stores it and [`issue`] enters it in the register, where everybody can verify it by its code.
//! Files that people hand in live here too, in [`uploads`], and photos in [`photos`].

pub mod api;
pub mod archive;
pub mod data;
pub mod docx;
mod docx_contents;
mod docx_papers;
mod docx_parts;
mod docx_pictures;
pub mod entity;
mod inputs;
pub mod letter_number;
mod letterhead;
mod names;
mod numbers;
pub mod pages;
pub mod photos;
pub mod render;
mod rules;
mod service;
mod store;
pub mod table_paper;
pub mod uploads;
mod verifying;
mod whole;
mod world;

pub use world::faces;

pub use entity::{DocumentId, FileId, document::Model as Document, file::Model as UploadedFile};
pub use inputs::{drawable, is_printable, unprintable_text};
pub use letterhead::letterhead_of;
pub use names::{optional_name, typed_name};
pub use numbers::{Numbered, number_fits, numbers_of};
pub use render::{Kind, Places};
pub use rules::{FileType, grouped as grouped_code, size_text};
pub use service::{
    New, Stored, about, by_code, bytes, document, forget_about, issue, latest, new_code, pages_of,
    pictures, places, put, put_with, render, source, verification, verification_url,
};
