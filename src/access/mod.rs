//! Who is asking and what they may do: staff accounts, roles in units and divisions, the permission
//! table, sign-in, sessions and API tokens. [`Ctx`] carries the answer through every use case.

pub mod absences;
pub mod api;
mod ctx;
pub mod entity;
mod link_pages;
mod links;
pub mod pages;
mod password;
mod people;
mod people_pages;
mod policy;
mod responses;
mod service;
mod shell;
mod store;
mod units;

pub use ctx::{Account, Actor, Ctx, Place, Public, SignedIn, Token, Via, authenticate};
pub use entity::{ApiTokenId, PersonId, Role};
pub use password::hash as hash_password;
pub use policy::{Permission, Reach, Scope, TABLE, reach_of, roles_with};
pub use responses::{error_page, render_error};
pub use service::{
    ImportedPerson, NewPerson, RoleIn, acting_as, add_person, closed_accounts, create_token,
    import_person, ordered_by, people_with, person_by_email, person_names, units_of_address,
};
pub use shell::{Brand, NavItem};
pub use store::delete_expired_sessions as sweep;
pub use units::{UnitLink, unit_links, working_in};
