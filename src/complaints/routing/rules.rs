//! Which rule fits a complaint. Functions of values only.

use super::entity::Model as Rule;
use crate::complaints::rules::Channel;

/// What a rule looks at.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Facts<'a> {
    pub service: Option<&'a str>,
    pub channel: Option<Channel>,
    pub text: &'a str,
}

/// The words of a rule as it was typed: small letters, no empty ones.
#[must_use]
pub fn words(typed: &str) -> Vec<String> {
    typed
        .split([',', ';', '\n'])
        .map(|word| {
            word.split_whitespace()
                .collect::<Vec<_>>()
                .join(" ")
                .to_lowercase()
        })
        .filter(|word| !word.is_empty())
        .collect()
}

/// Whether the text has a word that begins like this: `ktp` fits `KTP-el`, and not `subaktp`.
fn says(text: &str, word: &str) -> bool {
    text.match_indices(word).any(|(at, _)| {
        let before = text[..at].chars().next_back();
        before.is_none_or(|c| !c.is_alphanumeric())
    })
}

/// The first of the rule's words that the text says.
#[must_use]
pub fn said<'a>(rule_words: &'a [String], text: &str) -> Option<&'a String> {
    let text = text
        .split_whitespace()
        .collect::<Vec<_>>()
        .join(" ")
        .to_lowercase();
    rule_words.iter().find(|word| says(&text, word))
}

/// Every condition that a rule has must hold; one that has none fits everything.
#[must_use]
pub fn fits(rule: &Rule, facts: &Facts<'_>) -> bool {
    let wanted = words(&rule.words);
    let service = rule.service_code.as_deref();
    (service.is_none() || service == facts.service)
        && (rule.channel.is_none() || rule.channel == facts.channel)
        && (wanted.is_empty() || said(&wanted, facts.text).is_some())
}

/// The first active rule that fits, in the order given.
#[must_use]
pub fn first<'a>(rules: &'a [Rule], facts: &Facts<'_>) -> Option<&'a Rule> {
    rules.iter().find(|rule| rule.active && fits(rule, facts))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        complaints::routing::entity::RuleId,
        organisation::{DivisionId, UnitId},
    };

    fn rule(service: Option<&str>, channel: Option<Channel>, words: &str) -> Rule {
        Rule {
            id: RuleId::new(),
            unit_id: UnitId::new(),
            position: 1,
            name: words.to_owned(),
            service_code: service.map(str::to_owned),
            channel,
            words: words.to_owned(),
            division_id: DivisionId::new(),
            person_id: None,
            instruction: None,
            automatic: false,
            active: true,
            created_at: chrono::DateTime::default(),
            version: 1,
        }
    }

    #[test]
    fn a_rule_fits_when_all_its_conditions_do() {
        let facts = Facts {
            service: Some("ktp-el"),
            channel: Some(Channel::Web),
            text: "Perekaman KTP-el saya belum jadi,\nsudah tiga minggu",
        };
        for (service, channel, words, fit) in [
            (None, None, "", true),
            (Some("ktp-el"), None, "", true),
            (Some("akta"), None, "", false),
            (None, Some(Channel::Web), "", true),
            (None, Some(Channel::Letter), "", false),
            (None, None, "ktp", true),
            (None, None, "KTP, pungli", true),
            (None, None, "pungli; calo", false),
            (None, None, "belum  jadi", true),
            (None, None, "jadi sudah", false),
            (None, None, "rekam", false),
            (Some("ktp-el"), Some(Channel::Web), "minggu", true),
            (Some("ktp-el"), Some(Channel::Letter), "minggu", false),
            (None, None, " , ;", true),
        ] {
            let rule = rule(service, channel, words);
            assert_eq!(fits(&rule, &facts), fit, "{service:?} {channel:?} {words}");
        }
    }

    #[test]
    fn the_first_active_rule_decides() {
        let facts = Facts {
            service: None,
            channel: None,
            text: "pungli di loket",
        };
        let off = Rule {
            active: false,
            ..rule(None, None, "pungli")
        };
        let all = [
            rule(None, None, "akta"),
            off,
            rule(None, None, "loket"),
            rule(None, None, ""),
        ];
        assert_eq!(first(&all, &facts).map(|rule| rule.id), Some(all[2].id));
        assert_eq!(first(&all[..2], &facts), None);
    }
}
