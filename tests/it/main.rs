//! The one integration binary: behaviour through the front door, on SQLite, and on PostgreSQL when
//! `REMBUK_TEST_POSTGRES` names a server (scripts/test starts one and runs everything again on it).
#![expect(
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test that cannot go on says so by failing"
)]

mod support;
mod surveys_result;

mod access;
mod action_links;
mod action_plans;
mod agreeing;
mod architecture;
mod attendance;
mod attendance_door;
mod attendance_hours;
mod attendance_names;
mod attendance_names_said;
mod attendance_papers;
mod attendance_parties;
mod berita_acara;
mod carried;
mod clocks;
mod complaints;
mod complaints_of_others;
mod contradictions;
mod crash;
mod documents;
mod emails;
mod endpoints;
mod evidence_bundle;
mod filing;
mod finding;
mod fkp_report;
mod fkp_report_annexes;
mod follow_up;
mod forum_concept;
mod forum_forms;
mod forum_promises;
mod forum_standing;
mod forum_truth;
mod forum_untold;
mod forums;
mod handing;
mod helpful_errors;
mod housekeeping;
mod inputs;
mod invitations;
mod issue_voices;
mod issues;
mod jobs;
mod knowing;
mod letter_corrections;
mod letter_words;
mod letters;
mod long_lists;
mod loop_views;
mod many_actions;
mod measuring;
mod milestones;
mod minutes;
mod minutes_agenda;
mod moved_forums;
mod offices;
mod open_end;
mod organisation;
mod own_questions;
mod pages;
mod papers;
mod platform;
mod printing;
mod programs;
mod protecting;
mod proving;
mod public_words;
mod races;
mod recipients;
mod registration;
mod report_pictures;
mod reports;
mod roles;
mod schema;
mod seeing;
mod settled;
mod several_days;
mod signing;
mod standards;
mod surveys;
mod ways;
