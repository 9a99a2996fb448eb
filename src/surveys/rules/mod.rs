//! The arithmetic of the satisfaction survey (SKM): pure, exact, without a clock or a database. No figure ever
//! passes through a floating-point number.

pub mod confidence;
pub mod exact;
pub mod grades;
pub mod method;
pub mod remarks;
mod sample;
pub mod scoring;
pub mod trend;
pub mod volume;
pub mod weights;

pub use exact::Exact;
pub use sample::sample_size;
