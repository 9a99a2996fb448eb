//! The lines at the head of official paper. An office types its names; where it is and how it is reached comes from
//! its profile, as far as the typed lines do not say it already: no kop is fit to send without an address.

use super::entity::{unit, unit_contact::ContactPurpose};

/// How an office is reached, as its profile says it; what is empty is not known.
#[derive(Clone, Copy, Debug, Default)]
pub struct Reach<'a> {
    pub address: &'a str,
    pub postcode: &'a str,
    pub phone: &'a str,
    pub fax: &'a str,
    pub email: &'a str,
    pub website: &'a str,
}

impl<'a> Reach<'a> {
    /// Of several contacts for one purpose the first stands on paper.
    pub fn of(
        [address, postcode, website]: [&'a str; 3],
        contacts: &[(ContactPurpose, &'a str)],
    ) -> Self {
        let first = |purpose: ContactPurpose| {
            let found = contacts.iter().find(|(kind, _)| *kind == purpose);
            found.map_or("", |(_, value)| *value)
        };
        Self {
            address,
            postcode,
            phone: first(ContactPurpose::General),
            fax: first(ContactPurpose::Fax),
            email: first(ContactPurpose::Email),
            website: match website {
                "" => first(ContactPurpose::Website),
                own => own,
            },
        }
    }
}

/// The first two lines are names: a road in the name of an office is no address.
const NAMES: usize = 2;
const PLACES: [&str; 8] = [
    "jalan", "gedung", "kompleks", "komplek", "blok", "kavling", "lantai", "rt",
];
const PHONES: [&str; 6] = ["telepon", "telpon", "telp", "tlp", "tel", "phone"];
const FAXES: [&str; 6] = [
    "faksimile",
    "faksimili",
    "faximile",
    "facsimile",
    "faks",
    "fax",
];
const WEBSITES: [&str; 7] = ["laman", "situs", "website", "web", "www", "http", "https"];

/// Small words, with the usual abbreviations of an address written out.
fn words(text: &str) -> Vec<String> {
    let parts = text.split(|c: char| !c.is_alphanumeric());
    let parts = parts.filter(|part| !part.is_empty());
    let whole = |word: String| match word.as_str() {
        "jl" | "jln" => "jalan".to_owned(),
        "no" => "nomor".to_owned(),
        "lt" => "lantai".to_owned(),
        "kav" => "kavling".to_owned(),
        _ => word,
    };
    parts.map(|part| whole(part.to_lowercase())).collect()
}

fn is_postcode(word: &str) -> bool {
    word.len() == 5 && word.bytes().all(|b| b.is_ascii_digit())
}

fn digits(text: &str) -> String {
    text.chars().filter(char::is_ascii_digit).collect()
}

fn says_a_place(typed: &[String]) -> bool {
    let mut lines = typed.iter().skip(NAMES);
    lines.any(|line| {
        words(line)
            .iter()
            .any(|word| PLACES.contains(&word.as_str()))
    })
}

/// Whether the street of an address stands in the typed words, in whatever line.
fn says_street(all: &[String], address: &str) -> bool {
    let mut parts = address.split([',', ';']);
    let street = parts.find(|part| words(part).iter().any(|word| word == "jalan"));
    let street = words(street.unwrap_or(address));
    !street.is_empty() && all.windows(street.len()).any(|part| part == street)
}

/// The lines that follow what an office typed: what of its profile those do not hold.
#[must_use]
pub fn more_lines(typed: &[String], reach: &Reach<'_>) -> Vec<String> {
    let text = typed.join("\n");
    let all = words(&text);
    let any_of = |names: &[&str]| all.iter().any(|word| names.contains(&word.as_str()));
    let number = |label: &str, value: &str, names: &[&str]| {
        let own = digits(value);
        let there = any_of(names) || digits(&text).contains(&own);
        (own.len() >= 5 && !there).then(|| format!("{label} {}", value.trim()))
    };
    let named = |label: &str, value: &str, there: bool| {
        let value = value.trim();
        (!value.is_empty() && !there).then(|| format!("{label}: {value}"))
    };
    let address = reach.address.split_whitespace().collect::<Vec<_>>();
    let address = address.join(" ");
    let there = says_a_place(typed) || says_street(&all, &address);
    let address = (!address.is_empty() && !there).then_some(address);
    let mut below = typed.iter().skip(NAMES);
    let has_code = |line: &str| words(line).iter().any(|word| is_postcode(word));
    let coded = below.any(|line| has_code(line)) || address.as_deref().is_some_and(has_code);
    let postcode = Some(reach.postcode.trim()).filter(|code| !code.is_empty() && !coded);
    // A postcode ends its address; where the address was typed without it, it stands below.
    let (place, alone) = match (address, postcode) {
        (Some(address), Some(code)) => (Some(format!("{address} {code}")), None),
        (address, code) => (address, code.map(|code| format!("Kode Pos {code}"))),
    };
    let calls = [
        number("Telepon", reach.phone, &PHONES),
        number("Faksimile", reach.fax, &FAXES),
        alone,
    ];
    let host = reach.website.trim().trim_end_matches('/');
    let host = host.rsplit("//").next().unwrap_or_default().to_lowercase();
    let mut lone = text.split_whitespace().filter(|word| !word.contains('@'));
    let shown = any_of(&WEBSITES)
        || (!host.is_empty() && lone.any(|word| word.to_lowercase().contains(&host)));
    let net = [
        named("Pos-el", reach.email, text.contains('@')),
        named("Laman", reach.website, shown),
    ];
    let joined = |parts: Vec<String>| (!parts.is_empty()).then(|| parts.join("; "));
    let lines = [
        place,
        joined(calls.into_iter().flatten().collect()),
        joined(net.into_iter().flatten().collect()),
    ];
    lines.into_iter().flatten().collect()
}

/// Whether the paper of an office says where it is.
#[must_use]
pub fn has_address(unit: &unit::Model) -> bool {
    !unit.address.trim().is_empty() || says_a_place(&unit.letterhead.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    const NAMED: [&str; 2] = ["PEMERINTAH KOTA CONTOH", "DINAS CONTOH"];

    fn lines(typed: &[&str], reach: &Reach<'_>) -> Vec<String> {
        let typed: Vec<String> = typed.iter().map(|line| (*line).to_owned()).collect();
        more_lines(&typed, reach)
    }

    fn whole() -> Reach<'static> {
        Reach {
            address: "Jalan Contoh Nomor 1, Contoh",
            postcode: "75121",
            phone: "0800-0000-0001",
            fax: "0800-0000-0002",
            email: "dinas@contoh.example",
            website: "https://contoh.example",
        }
    }

    #[test]
    fn the_profile_says_what_nobody_typed() {
        assert_eq!(
            lines(&NAMED, &whole()),
            [
                "Jalan Contoh Nomor 1, Contoh 75121",
                "Telepon 0800-0000-0001; Faksimile 0800-0000-0002",
                "Pos-el: dinas@contoh.example; Laman: https://contoh.example",
            ]
        );
        assert!(lines(&NAMED, &Reach::default()).is_empty());
        let coded = Reach {
            address: "Jalan Contoh 1, Contoh 75999",
            postcode: "75121",
            ..Reach::default()
        };
        assert_eq!(lines(&NAMED, &coded), ["Jalan Contoh 1, Contoh 75999"]);
    }

    #[test]
    fn what_was_typed_is_not_said_twice() {
        let address = "Jalan Contoh Nomor 1, Contoh 75121";
        let calls = "Telepon 0800-0000-0001; Faksimile 0800-0000-0002";
        let net = "Pos-el: dinas@contoh.example; Laman: https://contoh.example";
        for (typed, more) in [
            (&[address][..], &[calls, net][..]),
            (&[address, calls, net], &[]),
            // Other words for the same, and an address that has moved since.
            (
                &[
                    "Jl. Contoh No. 1",
                    "Telp. (0800) 1 Fax. 2",
                    "x@y.example www.y.example",
                ],
                &["Kode Pos 75121"],
            ),
            (&["Gedung Lama Lantai 2 Kode Pos 70000"], &[calls, net]),
            (
                &["(0800) 0000 0001"],
                &[address, "Faksimile 0800-0000-0002", net],
            ),
            (
                &["humas@contoh.example"],
                &[address, calls, "Laman: https://contoh.example"],
            ),
            (
                &["contoh.example"],
                &[address, calls, "Pos-el: dinas@contoh.example"],
            ),
            (&["UPTD CONTOH"], &[address, calls, net]),
        ] {
            let typed = [&NAMED[..], typed].concat();
            assert_eq!(lines(&typed, &whole()), more, "{typed:?}");
        }
    }

    #[test]
    fn a_road_in_the_name_of_an_office_is_no_address() {
        let reach = Reach {
            address: "Jalan Contoh 1",
            ..Reach::default()
        };
        let typed = ["PEMERINTAH KOTA CONTOH", "DINAS JALAN DAN JEMBATAN"];
        assert_eq!(lines(&typed, &reach), ["Jalan Contoh 1"]);
        let longer = ["PEMERINTAH KOTA CONTOH", "DINAS CONTOH, Jalan Contoh 12"];
        assert_eq!(lines(&longer, &reach), ["Jalan Contoh 1"], "another house");
    }
}
