//! An invitation for several persons: each of them takes a seat of it, under their own name. A code or an invitation
//! that comes a second time without a name may be the same person again, so the next person is named.

use super::{entity::attendance, naming};

/// How the invitation of somebody stands on the day of the door.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Party {
    /// How many the letter invites.
    pub quota: usize,
    /// How many of them are in.
    pub here: usize,
    /// How many have a row, in or not.
    pub listed: usize,
    /// Somebody came with it, today or on another day.
    pub begun: bool,
}

impl Party {
    /// The rows are those of one invitation, as they are on the day.
    #[must_use]
    pub fn of<'a>(quota: usize, rows: impl IntoIterator<Item = &'a attendance::Model>) -> Self {
        let none = Self {
            quota,
            ..Self::default()
        };
        rows.into_iter().fold(none, |sum, row| Self {
            here: sum.here + usize::from(row.checked_in_at.is_some()),
            listed: sum.listed + 1,
            begun: sum.begun || !row.visits.0.is_empty(),
            ..sum
        })
    }

    #[must_use]
    pub fn is_several(&self) -> bool {
        self.quota > 1
    }

    /// Seats that nobody has a row for.
    #[must_use]
    pub fn free(&self) -> usize {
        self.quota.saturating_sub(self.listed)
    }

    /// How many may still come today.
    #[must_use]
    pub fn left(&self) -> usize {
        self.quota.saturating_sub(self.here)
    }
}

/// What decides about a seat.
#[derive(Clone, Copy, Debug)]
pub struct Seated<'a> {
    pub name: &'a str,
    /// Nobody said who comes for the office.
    pub unnamed: bool,
    /// In on this day.
    pub today: bool,
    /// In on this or another day.
    pub ever: bool,
    /// Was in and was taken back.
    pub undone: bool,
}

impl Seated<'_> {
    /// Whether a code of this very seat lets its bearer in on it. A seat that was taken back is kept for whom it was.
    #[must_use]
    pub fn takes(&self, name: Option<&str>) -> bool {
        let theirs = name.is_none_or(|name| naming::same(name, self.name));
        !self.today && (theirs || self.unnamed || (!self.ever && !self.undone))
    }
}

/// The seat of somebody who comes with an invitation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Seat {
    /// That of a row, which may be in already: then the door says so.
    Listed(usize),
    New,
}

/// Why there is none.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NoSeat {
    /// Somebody is in, and no name says that this is another person.
    Nameless,
    Full,
}

/// Which seat of an invitation for several is meant. Whoever is named like somebody on it is that person; a seat that
/// somebody left by mistake is kept for them as long as another is free.
pub fn seat_of(rows: &[Seated<'_>], quota: usize, name: Option<&str>) -> Result<Seat, NoSeat> {
    let find = |fits: &dyn Fn(&Seated<'_>) -> bool| rows.iter().position(fits).map(Seat::Listed);
    let unused = find(&|row| !row.ever && !row.undone);
    let Some(name) = name else {
        return match unused {
            Some(seat) => Ok(seat),
            None if rows.is_empty() => Ok(Seat::New),
            None if rows.len() == 1 && !rows[0].today => Ok(Seat::Listed(0)),
            None if rows.len() >= quota && rows.iter().all(|row| row.today) => Err(NoSeat::Full),
            None => Err(NoSeat::Nameless),
        };
    };
    let same = find(&|row| !row.unnamed && naming::same(row.name, name));
    if let Some(seat) = same.or(unused) {
        return Ok(seat);
    }
    if let Some(seat) = find(&|row| row.unnamed && !row.today) {
        return Ok(seat);
    }
    match rows.len() < quota {
        true => Ok(Seat::New),
        false => find(&|row| !row.ever).ok_or(NoSeat::Full),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const OFFICE: &str = "Kepala Dinas Contoh";

    fn row(name: &'static str) -> Seated<'static> {
        Seated {
            name,
            unnamed: name == OFFICE,
            today: false,
            ever: false,
            undone: false,
        }
    }

    fn here(name: &'static str) -> Seated<'static> {
        Seated {
            today: true,
            ever: true,
            ..row(name)
        }
    }

    fn yesterday(name: &'static str) -> Seated<'static> {
        Seated {
            ever: true,
            ..row(name)
        }
    }

    fn undone(name: &'static str) -> Seated<'static> {
        Seated {
            undone: true,
            ..row(name)
        }
    }

    #[test]
    fn each_person_of_an_invitation_takes_one_seat() {
        use Seat::{Listed, New};
        let (karina, budi) = (Some(" karina  CONTOH"), Some("Budi Contoh"));
        for (rows, quota, name, expected) in [
            (vec![], 3, None, Ok(New)),
            (vec![], 3, budi, Ok(New)),
            (vec![row(OFFICE)], 3, None, Ok(Listed(0))),
            (vec![row(OFFICE)], 3, budi, Ok(Listed(0))),
            // The same code again without a name, and with the name of who is in.
            (vec![here("Karina Contoh")], 3, None, Err(NoSeat::Nameless)),
            (vec![here("Karina Contoh")], 3, karina, Ok(Listed(0))),
            (vec![here("Karina Contoh")], 3, budi, Ok(New)),
            (vec![here(OFFICE)], 3, budi, Ok(New)),
            // Who was taken back keeps the seat while another is free.
            (vec![undone("Karina Contoh")], 3, budi, Ok(New)),
            (vec![undone("Karina Contoh")], 3, karina, Ok(Listed(0))),
            (
                vec![here("Ani"), undone("Karina Contoh")],
                2,
                budi,
                Ok(Listed(1)),
            ),
            (
                vec![here("Ani"), here("Karina Contoh")],
                2,
                budi,
                Err(NoSeat::Full),
            ),
            (
                vec![here("Ani"), here("Karina Contoh")],
                2,
                None,
                Err(NoSeat::Full),
            ),
            // On the next day those of the first come again, and nobody for them.
            (vec![yesterday("Karina Contoh")], 2, karina, Ok(Listed(0))),
            (vec![yesterday(OFFICE)], 2, budi, Ok(Listed(0))),
            (vec![yesterday("Karina Contoh")], 2, budi, Ok(New)),
            (
                vec![yesterday("Ani"), yesterday("Karina Contoh")],
                2,
                budi,
                Err(NoSeat::Full),
            ),
        ] {
            assert_eq!(seat_of(&rows, quota, name), expected, "{rows:?} {name:?}");
        }
    }

    #[test]
    fn a_code_lets_its_bearer_in_on_its_seat_unless_that_is_kept_for_somebody() {
        let (karina, budi) = (Some("karina contoh"), Some("Budi Contoh"));
        for (seat, name, expected) in [
            (row("Karina Contoh"), None, true),
            (row("Karina Contoh"), karina, true),
            (row("Karina Contoh"), budi, true),
            (row(OFFICE), budi, true),
            (undone("Karina Contoh"), None, true),
            (undone("Karina Contoh"), karina, true),
            (undone("Karina Contoh"), budi, false),
            (yesterday("Karina Contoh"), karina, true),
            (yesterday("Karina Contoh"), budi, false),
            (here("Karina Contoh"), karina, false),
        ] {
            assert_eq!(seat.takes(name), expected, "{seat:?} {name:?}");
        }
    }
}
