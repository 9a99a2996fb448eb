//! Service standards: what a service asks for, how long it takes, what it costs and what one gets, in the
//! fourteen components of PermenPANRB 15/2014, with the decree and the service charter behind them.
//! Components are known by what they are, never by their place; lead times are typed values.

pub mod api;
pub mod entity;
mod import;
pub mod pages;
mod paper;
mod rules;
mod service;
mod store;

pub use entity::{
    StandardId, charter::Model as Charter, component::Model as Component, decree::Model as Decree,
    standard::Model as Standard,
};
pub use import::import;
pub use paper::{Line, lines};
pub use rules::{Bound, Channel, ChannelKind, ComponentKind, Duration, Start, TimeUnit};
pub use service::{Sheet, by_code, charter, decrees, get, overview, services, sheet};
