//! A place that was written in one line, "Aula, Hotel Contoh, Jalan Contoh 1", taken apart into room, house and address
//! where its words are those of a place that is known. Other words stay one line: nobody can tell which of them are which.

use super::{
    Forum,
    entity::{VenueId, venue},
};
use crate::platform::words::plain as words;

/// A place in its parts, and the entry of the register that has just these.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Parts {
    pub name: String,
    pub room: String,
    pub address: String,
    pub venue: Option<VenueId>,
}

impl From<&venue::Model> for Parts {
    fn from(entry: &venue::Model) -> Self {
        Self {
            name: entry.name.clone(),
            room: entry.room.clone(),
            address: entry.address.clone(),
            venue: Some(entry.id),
        }
    }
}

/// The forum's own place first, then those of the register.
#[must_use]
pub fn known(forum: &Forum, register: &[venue::Model]) -> Vec<Parts> {
    let own = Parts {
        name: forum.venue_name.clone(),
        room: forum.venue_room.clone(),
        address: forum.venue_address.clone(),
        venue: forum.venue_id,
    };
    std::iter::once(own)
        .chain(register.iter().map(Parts::from))
        .collect()
}

impl Parts {
    fn inside(&self) -> Vec<String> {
        words(&format!("{} {}", self.room, self.name))
    }

    fn whole(&self) -> Vec<String> {
        words(&format!("{} {} {}", self.room, self.name, self.address))
    }

    /// The same house and room with what the line says behind them instead of the address. A house without a room is
    /// not enough: what follows it may be a room.
    fn elsewhere(&self, line: &str) -> Option<Self> {
        let inside = self.inside();
        let said = words(line);
        if self.room.is_empty() || said.len() <= inside.len() || !said.starts_with(&inside) {
            return None;
        }
        let ends = line.match_indices(',').map(|(at, _)| at);
        let rest = ends
            .filter(|at| words(&line[..*at]) == inside)
            .map(|at| line[at + 1..].trim())
            .next()?;
        Some(Self {
            address: rest.to_owned(),
            venue: None,
            ..self.clone()
        })
    }
}

/// The line in parts. `known` are the places that the words may mean, the likeliest first.
#[must_use]
pub fn told(line: &str, known: &[Parts]) -> Parts {
    let said = words(line);
    let whole = known.iter().find(|one| one.whole() == said);
    let inside = || known.iter().find(|one| one.inside() == said);
    let elsewhere = || known.iter().find_map(|one| one.elsewhere(line));
    whole
        .or_else(inside)
        .cloned()
        .or_else(elsewhere)
        .unwrap_or_else(|| Parts {
            name: line.to_owned(),
            room: String::new(),
            address: String::new(),
            venue: None,
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parts(room: &str, name: &str, address: &str) -> Parts {
        Parts {
            name: name.to_owned(),
            room: room.to_owned(),
            address: address.to_owned(),
            venue: None,
        }
    }

    #[test]
    fn a_known_place_keeps_its_parts_and_others_stay_one_line() {
        let hall = || parts("Aula", "Hotel Contoh", "Jalan Contoh 1, Samarinda");
        let house = || parts("", "Balai Kota", "Jalan Lain 2");
        let known = [hall(), house()];
        for (line, expected) in [
            ("Aula, Hotel Contoh", hall()),
            ("aula  hotel contoh", hall()),
            ("Aula, Hotel Contoh, Jalan Contoh 1, Samarinda", hall()),
            ("Balai Kota", house()),
            ("Balai Kota, Jalan Lain 2", house()),
            // The same room in a house of another city.
            (
                "Aula, Hotel Contoh, Balikpapan",
                parts("Aula", "Hotel Contoh", "Balikpapan"),
            ),
            // What follows a house may be a room.
            (
                "Balai Kota, Ruang Lain",
                parts("", "Balai Kota, Ruang Lain", ""),
            ),
            ("Hotel Contoh, Aula", parts("", "Hotel Contoh, Aula", "")),
            ("Kantor Camat", parts("", "Kantor Camat", "")),
        ] {
            assert_eq!(told(line, &known), expected, "{line}");
        }
    }
}
