//! Rembuk: what the public says becomes service that is measurably better.
//!
//! The list of modules is the map. `platform` knows no capability; the shared capabilities know no
//! domain; `reports` reads across; `app`, `server` and `worker` put everything together.
#![recursion_limit = "512"]

pub mod app;
pub mod cli;
pub mod demo;
pub mod housekeeping;
pub mod platform;
pub mod server;
pub mod worker;

pub mod access;
pub mod audit;
pub mod calendar;
pub mod documents;
pub mod organisation;

pub mod action_plans;
pub mod attendance;
pub mod berita_acara;
pub mod complaints;
pub mod contacts;
pub mod deadlines;
pub mod evidence_bundle;
pub mod fkp_report;
pub mod follow_up;
pub mod forums;
pub mod invitations;
pub mod issues;
pub mod minutes;
pub mod own_questions;
pub mod privacy;
pub mod proposals;
pub mod proving;
pub mod registrations;
pub mod reports;
pub mod standards;
pub mod survey_voices;
pub mod surveys;
