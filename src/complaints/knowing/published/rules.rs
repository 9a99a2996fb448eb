//! What may be published.

use crate::complaints::rules::Status;
pub use crate::platform::traces::{Found, Sign, leftovers};

/// Why a complaint may not be read by the public.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Barred {
    #[error("a confidential complaint is never published")]
    Confidential,
    #[error("who withdrew a complaint withdrew its words")]
    Withdrawn,
}

pub fn publishable(confidential: bool, status: Status) -> Result<(), Barred> {
    match (confidential, status) {
        (true, _) => Err(Barred::Confidential),
        (false, Status::Withdrawn) => Err(Barred::Withdrawn),
        _ => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_withdrawn_or_confidential_stays_inside() {
        assert_eq!(publishable(true, Status::Closed), Err(Barred::Confidential));
        assert_eq!(
            publishable(false, Status::Withdrawn),
            Err(Barred::Withdrawn)
        );
        for status in Status::all().filter(|status| *status != Status::Withdrawn) {
            assert_eq!(publishable(false, status), Ok(()));
        }
    }
}
