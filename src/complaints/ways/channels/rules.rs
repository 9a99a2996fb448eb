//! Which channels can be chosen.

use crate::complaints::rules::Channel;

/// Whether something new can come in by this way. A kind that the register does not name is open: a unit that has
/// not kept the register yet works all the same.
#[must_use]
pub fn is_open(kind: Channel, register: &[(Channel, bool)]) -> bool {
    let mut named = register
        .iter()
        .filter(|(listed, _)| *listed == kind)
        .peekable();
    named.peek().is_none() || named.any(|(_, active)| *active)
}

/// The form of this site cannot be shut: whoever was turned away elsewhere still has it.
#[must_use]
pub fn may_be_shut(kind: Channel) -> bool {
    kind != Channel::Web
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_way_is_shut_only_when_every_entry_of_its_kind_is() {
        use Channel::{Letter, Phone, SuggestionBox};
        let register = [
            (Phone, false),
            (SuggestionBox, false),
            (SuggestionBox, true),
        ];
        for (kind, open) in [(Phone, false), (SuggestionBox, true), (Letter, true)] {
            assert_eq!(is_open(kind, &register), open, "{kind:?}");
        }
        assert!(!may_be_shut(Channel::Web) && may_be_shut(Phone));
    }
}
