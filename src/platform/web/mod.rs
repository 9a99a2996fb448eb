//! The web's mechanisms: what a request carries, how a form is read, how a page is made, how an error
//! becomes an answer. What a person may do is decided elsewhere (`access`).

pub mod address;
pub mod assets;
pub mod body;
pub mod cookies;
pub mod errors;
pub mod forms;
pub mod headers;
pub mod pages;
pub mod paging;
pub mod parameters;
mod parts;
pub mod request;
pub mod tags;
