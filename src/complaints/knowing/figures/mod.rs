//! What everybody may know: how many complaints came, were answered, on time and how quickly, by month and service,
//! with counts too small to hide in left out; and the same with the published cases as open data.

mod data;
pub mod pages;
mod rules;
mod service;
