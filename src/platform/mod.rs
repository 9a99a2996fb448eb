//! Mechanisms that every capability stands on: time, ids, errors, configuration, database, files,
//! secrets, jobs, mail and the web. Nothing here knows a complaint, a forum or a role.

pub mod bulk;
pub mod charts;
pub mod check;
pub mod clamd;
pub mod clock;
pub mod config;
pub mod context;
pub mod crypto;
pub mod db;
pub mod error;
pub mod files;
pub mod i18n;
pub mod ids;
pub mod installation;
pub mod jobs;
pub mod mail;
pub mod memory;
pub mod migrate;
pub mod pictures;
pub mod qr;
pub mod settled;
pub mod sheets;
pub mod signature;
mod smtp;
pub mod stemming;
pub mod tables;
pub mod throttle;
pub mod traces;
pub mod web;
pub mod words;
