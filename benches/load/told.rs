//! Who loads, and what they saw.

use std::{
    collections::BTreeMap,
    sync::Arc,
    time::{Duration, Instant},
};

use anyhow::Context as _;
use serde_json::Value;

/// A running program, and an officer of it.
#[derive(Clone)]
pub struct Office {
    pub url: Arc<str>,
    pub token: Arc<str>,
    pub email: Arc<str>,
    pub password: Arc<str>,
}

impl Office {
    /// The complaint officer of the first unit.
    pub fn read(url: &str, accounts: &str) -> anyhow::Result<Self> {
        Self::of(url, accounts, "complaint_officer")
    }

    /// Whoever holds this role, of the first unit where the role is of one.
    pub fn of(url: &str, accounts: &str, role: &str) -> anyhow::Result<Self> {
        let text = std::fs::read_to_string(accounts).with_context(|| accounts.to_owned())?;
        let accounts: Vec<Value> = serde_json::from_str(&text)?;
        let officer = accounts
            .iter()
            .find(|one| {
                let units = one["unit"].as_str().unwrap_or_default();
                one["role"] == role && units.contains("disdukcapil-kaltim")
            })
            .with_context(|| format!("no {role} among the accounts"))?;
        let word = |name: &str| {
            officer[name]
                .as_str()
                .map(Arc::from)
                .context("an empty account")
        };
        Ok(Self {
            url: Arc::from(url.trim_end_matches('/')),
            token: word("api_token")?,
            email: word("email")?,
            password: word("password")?,
        })
    }

    /// A client with a connection of its own.
    pub fn client(&self) -> anyhow::Result<reqwest::Client> {
        Ok(reqwest::Client::builder()
            .pool_max_idle_per_host(1)
            .redirect(reqwest::redirect::Policy::none())
            .timeout(Duration::from_secs(30))
            .build()?)
    }
}

/// Waits by what was waited for.
#[derive(Default)]
pub struct Seen {
    waits: BTreeMap<&'static str, Vec<Duration>>,
    pub faults: usize,
    /// The first fault, so that somebody can look.
    pub fault: Option<String>,
}

impl Seen {
    pub fn note(&mut self, what: &'static str, since: Instant) {
        self.waits.entry(what).or_default().push(since.elapsed());
    }

    pub fn failed(&mut self, why: String) {
        self.faults += 1;
        self.fault.get_or_insert(why);
    }

    pub fn join(&mut self, other: Self) {
        for (what, waits) in other.waits {
            self.waits.entry(what).or_default().extend(waits);
        }
        self.faults += other.faults;
        self.fault = self.fault.take().or(other.fault);
    }

    #[must_use]
    pub fn count(&self, what: &str) -> usize {
        self.waits.get(what).map_or(0, Vec::len)
    }

    /// A line for each call.
    pub fn lines(&mut self, took: Duration) -> Vec<String> {
        let mut lines = Vec::new();
        for (what, waits) in &mut self.waits {
            waits.sort_unstable();
            let at = |percent: usize| {
                let place = (waits.len() * percent / 100).min(waits.len().saturating_sub(1));
                waits.get(place).copied().unwrap_or_default().as_secs_f64() * 1000.0
            };
            lines.push(format!(
                "  {what:<24} {:>8.1}/s  p50 {:>7.1} ms  p95 {:>7.1} ms  p99 {:>7.1} ms  of {}",
                rate(waits.len(), took),
                at(50),
                at(95),
                at(99),
                waits.len()
            ));
        }
        lines.push(match &self.fault {
            Some(fault) => format!("  faults {}: {fault}", self.faults),
            None => "  faults 0".to_owned(),
        });
        lines
    }

    /// The wait that 95 of 100 did not exceed, over everything.
    #[must_use]
    pub fn p95(&self) -> Duration {
        let mut all: Vec<Duration> = self.waits.values().flatten().copied().collect();
        all.sort_unstable();
        let place = (all.len() * 95 / 100).min(all.len().saturating_sub(1));
        all.get(place).copied().unwrap_or_default()
    }
}

#[must_use]
pub fn rate(count: usize, took: Duration) -> f64 {
    #[expect(clippy::cast_precision_loss, reason = "far below 2^52")]
    let count = count as f64;
    count / took.as_secs_f64().max(0.001)
}
