//! How a citizen hears of what happened.

use super::Channel;

/// Who or what brings the news.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Teller {
    /// The program.
    Mail,
    /// Somebody rings up, or writes on WhatsApp.
    Phone,
    /// Somebody answers there, under the tracking id.
    Sp4n,
    /// Somebody sends a letter.
    Letter,
    /// They left no contact: they read it with number and code.
    Nobody,
}

impl Teller {
    /// A stable code.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Mail => "mail",
            Self::Phone => "phone",
            Self::Sp4n => "sp4n",
            Self::Letter => "letter",
            Self::Nobody => "nobody",
        }
    }

    /// Nothing goes out by itself: it waits until a person did it.
    #[must_use]
    pub fn is_person(self) -> bool {
        matches!(self, Self::Phone | Self::Sp4n | Self::Letter)
    }
}

/// The nearest contact first; who left none is answered the way they came, where that way goes back, or by a letter
/// where an address was read off.
#[must_use]
pub fn teller(channel: Channel, email: bool, phone: bool, address: bool) -> Teller {
    match channel {
        _ if email => Teller::Mail,
        _ if phone => Teller::Phone,
        Channel::Sp4nLapor => Teller::Sp4n,
        _ if address => Teller::Letter,
        _ => Teller::Nobody,
    }
}

/// Whether no way leads to a citizen whom an officer wrote down. Who filed by the web without a contact chose so, and has
/// the code; the others may have no receipt any more, and somebody has to have looked for them. Of a sheet without a name
/// out of a box there is nobody to look for.
#[must_use]
pub fn is_unreached(channel: Channel, teller: Teller, named: bool) -> bool {
    let writes_down = match channel {
        Channel::Web => false,
        Channel::SuggestionBox => named,
        _ => true,
    };
    writes_down && teller == Teller::Nobody
}
