//! Service units, their divisions, officials, contacts and letterhead, and the chain of supervision by
//! which complaints escalate; and the offices in whose name a unit invites. Every domain row names its unit: nothing crosses units but read-only views.

pub mod entity;
mod inviting;
mod inviting_pages;
mod letterhead;
mod managing;
mod official_pages;
pub mod pages;
mod positions;
mod profile_pages;
mod rules;
mod service;
mod store;
mod unit_pages;

pub use entity::{
    DivisionId, OfficialId, UnitId,
    division::Model as Division,
    official::Model as Official,
    unit::Model as Unit,
    unit_contact::{ContactPurpose, Model as Contact},
};
pub use inviting::inviting_offices;
pub use letterhead::has_address;
pub use positions::position_at;
pub use rules::{Nip, UnitCode, nip_text, title_at};
pub use service::{
    FixtureHours, FixturePolicy, FixtureUnit, FixtureUnits, add_officials, brand, brand_of,
    contacts, default_unit, division, division_by_code, divisions, head_of, hold, import,
    managed_units, official, official_by_key, officials, unit, unit_by_code, units, units_by_id,
    zone_of,
};
pub use store::officials_ever;
