//! The one integration binary: behaviour through the front door, on SQLite, and on PostgreSQL when
//! `REMBUK_TEST_POSTGRES` names a server (scripts/test starts one and runs everything again on it).

mod support;

mod access;
mod architecture;
mod complaints;
mod platform;
mod schema;
