//! The unit's value by the volume of its services: a service that serves many counts for more than its share of
//! respondents. A stated choice, shown beside the value in which every respondent counts the same.

use num_traits::Zero as _;

use super::exact::{self, Exact};

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ByVolume {
    pub exact: Exact,
    /// The volume of the services that have an index, and of all.
    pub covered: u64,
    pub total: u64,
}

/// From the volume and the index of each service; none where no service has both.
#[must_use]
pub fn by_volume(services: &[(u64, Option<Exact>)]) -> Option<ByVolume> {
    let total = services.iter().map(|(volume, _)| volume).sum();
    let (mut covered, mut sum) = (0, Exact::zero());
    for (volume, index) in services {
        if let Some(index) = index {
            covered += volume;
            sum += index * exact::whole(*volume);
        }
    }
    (covered > 0).then(|| ByVolume {
        exact: sum / exact::whole(covered),
        covered,
        total,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_service_counts_by_its_volume() {
        let index = |text: &str| Some(exact::parse(text).unwrap());
        // 75.56, 86.29 and 94.61 of an office that published 87.28: its plain mean would be 85.49.
        let services = [
            (1, index("75.56")),
            (1, index("86.29")),
            (1, index("94.61")),
        ];
        let even = by_volume(&services).unwrap();
        assert_eq!(exact::fixed(&even.exact, 2), "85.49");
        let services = [
            (100, index("75.56")),
            (0, index("86.29")),
            (300, index("94.61")),
            (50, None),
        ];
        let found = by_volume(&services).unwrap();
        assert_eq!(exact::fixed(&found.exact, 2), "89.85");
        assert_eq!((found.covered, found.total), (400, 450));
        assert_eq!(by_volume(&[(10, None), (0, index("80"))]), None);
    }
}
