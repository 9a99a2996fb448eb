//! What somebody wrote in the survey becomes a complaint with one click, and each end knows of the other: the comment
//! names the complaint, and the complaint says where its words come from. Pressed twice, it is one complaint.

pub mod pages;
mod service;
