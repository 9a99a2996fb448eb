//! Configuration as a value: the embedded defaults, then a file, then `REMBUK__SECTION__KEY` from the
//! environment. All faults are named at once, unknown keys among them; secrets are never printed.

use std::{collections::BTreeMap, path::Path};

use anyhow::Context as _;
use serde::Deserialize;
use toml::{Table, Value};

const DEFAULTS: &str = include_str!("../../config.default.toml");
const ENV_PREFIX: &str = "REMBUK__";

/// Files of a citizen that come with one form.
pub const CITIZENS_FILES: usize = 5;

#[derive(Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Config {
    pub secret_key: String,
    pub database: Database,
    pub http: Http,
    pub mail: Mail,
    pub files: Files,
    pub site: Site,
    pub templates: Templates,
    pub log: Log,
    pub metrics: Metrics,
    pub limits: Limits,
    pub filing: Filing,
    pub clamav: ClamAv,
    pub complaints: Complaints,
    pub forum: Forum,
    pub attendance: Attendance,
    pub action_plans: ActionPlans,
    pub issues: Issues,
    pub surveys: Surveys,
    pub evidence_bundle: EvidenceBundle,
    /// Set by `rembuk demo` alone: shows the demo banner and the page of sent mails.
    #[serde(skip)]
    pub demo: bool,
}

#[derive(Clone, Deserialize)]
pub struct Database {
    pub url: String,
    pub max_connections: u32,
}

#[derive(Clone, Deserialize)]
pub struct Http {
    pub listen: String,
    pub public_url: String,
    pub trusted_proxies: Vec<std::net::IpAddr>,
    pub max_body: usize,
    pub max_upload: usize,
}

#[derive(Clone, Deserialize)]
pub struct Mail {
    pub transport: String,
    pub from: String,
    pub largest_attachment_kb: u32,
}

#[derive(Clone, Deserialize)]
pub struct Files {
    pub url: String,
}

#[derive(Clone, Deserialize)]
pub struct Site {
    pub default_unit: String,
}

#[derive(Clone, Deserialize)]
pub struct Templates {
    pub email_dir: String,
}

#[derive(Clone, Deserialize)]
pub struct Log {
    pub level: String,
    pub format: LogFormat,
}

#[derive(Clone, Copy, Deserialize, PartialEq, Eq)]
#[serde(rename_all = "lowercase")]
pub enum LogFormat {
    Pretty,
    Json,
}

#[derive(Clone, Deserialize)]
pub struct Metrics {
    pub token: String,
}

#[derive(Clone, Deserialize)]
pub struct Limits {
    pub complaints_per_hour: u32,
    pub unit_complaints_per_hour: u32,
    pub survey_answers_per_minute: u32,
    pub work_bits: u32,
    pub wait_minutes: u32,
    pub wrong_codes: u32,
    pub wrong_passwords: u32,
}

#[derive(Clone, Deserialize)]
pub struct Filing {
    pub file_kb: usize,
}

impl Filing {
    /// The largest form of a citizen in bytes: all files that it may hold, and the words beside them.
    #[must_use]
    pub fn form_bytes(&self) -> usize {
        CITIZENS_FILES * self.file_kb * 1024 + 256 * 1024
    }
}

#[derive(Clone, Deserialize)]
pub struct ClamAv {
    pub socket: String,
}

#[derive(Clone, Deserialize)]
pub struct Forum {
    pub invitation_notice_working_days: u32,
    pub reminder_working_days: u32,
    pub import_rows: u32,
    pub stage_reminder_days: u32,
    pub open_end_hours: u32,
}

#[derive(Clone, Deserialize)]
pub struct Attendance {
    pub opens_hours_before: u32,
}

#[derive(Clone, Deserialize)]
pub struct Complaints {
    pub warn_at_percent: Vec<u32>,
    pub escalate_every_working_days: u32,
    pub suppress_below: u32,
    pub open_data_license: String,
}

#[derive(Clone, Deserialize)]
pub struct ActionPlans {
    pub soon_working_days: u32,
    pub stalled_days: u32,
    pub update_link_days: u32,
    pub furthest_due_years: u32,
}

#[derive(Clone, Deserialize)]
pub struct Issues {
    pub element_threshold: i64,
}

#[derive(Clone, Deserialize)]
pub struct Surveys {
    pub overlap: Overlap,
}

/// What happens to a period that would ask about a service on days on which another one does.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Overlap {
    /// Whoever opens it is told, and says that it is meant.
    Warn,
    Refuse,
}

#[derive(Clone, Deserialize)]
pub struct EvidenceBundle {
    /// A file; empty for the list that comes with the program.
    pub indicators: String,
}

/// Everything that is wrong with a configuration, one line each.
#[derive(Debug, thiserror::Error)]
#[error("the configuration has faults:\n{}", .0.iter().map(|fault| format!("  - {fault}")).collect::<Vec<_>>().join("\n"))]
pub struct Faults(pub Vec<String>);

impl Config {
    /// Reads file and environment. `env` is given, so that tests need no process environment.
    pub fn load(
        file: Option<&Path>,
        env: impl IntoIterator<Item = (String, String)>,
    ) -> anyhow::Result<Self> {
        let mut values: Table = DEFAULTS.parse().context("built-in defaults")?;
        let known = values.clone();
        let mut faults = Vec::new();
        if let Some(path) = file {
            let text = std::fs::read_to_string(path)
                .with_context(|| format!("cannot read {}", path.display()))?;
            let given: Table = text
                .parse()
                .with_context(|| format!("{} is not TOML", path.display()))?;
            merge(&mut values, given, &known, "", &mut faults);
        }
        let env: BTreeMap<String, String> = env
            .into_iter()
            .filter(|(name, _)| name.starts_with(ENV_PREFIX))
            .collect();
        for (name, value) in env {
            merge_env(&mut values, &known, &name, &value, &mut faults);
        }
        if !faults.is_empty() {
            return Err(Faults(faults).into());
        }
        let config: Self = Value::Table(values)
            .try_into()
            .map_err(|error: toml::de::Error| Faults(vec![error.message().to_owned()]))?;
        config.check()?;
        Ok(config)
    }

    /// What a type cannot say.
    fn check(&self) -> Result<(), Faults> {
        let mut faults = Vec::new();
        let mut expect = |fine: bool, fault: &str| {
            if !fine {
                faults.push(fault.to_owned());
            }
        };
        let public = &self.http.public_url;
        expect(
            public.starts_with("http://") || public.starts_with("https://"),
            "http.public_url must begin with http:// or https://",
        );
        expect(
            self.http.listen.parse::<std::net::SocketAddr>().is_ok(),
            "http.listen must be ADDRESS:PORT, e.g. 127.0.0.1:8080",
        );
        expect(
            self.mail.from.parse::<lettre::message::Mailbox>().is_ok(),
            "mail.from must be an e-mail address, e.g. Rembuk <rembuk@example.go.id>",
        );
        expect(
            self.clamav.socket.is_empty() || super::clamd::is_address(&self.clamav.socket),
            "clamav.socket must be a path, or tcp:HOST:PORT",
        );
        expect(
            (64..=16_384).contains(&self.filing.file_kb),
            "filing.file_kb must be between 64 and 16384",
        );
        expect(
            self.filing.file_kb * 1024 <= self.http.max_upload,
            "filing.file_kb must fit into http.max_upload: a file that the form takes is stored like every other",
        );
        expect(
            self.limits.work_bits <= 24,
            "limits.work_bits must be at most 24: more takes a cheap phone an hour",
        );
        expect(
            self.database.max_connections > 0,
            "database.max_connections must be at least 1",
        );
        expect(
            super::crypto::Keys::from_secret(&self.secret_key).is_ok(),
            "secret_key must be base64 of at least 32 bytes; make one with: openssl rand -base64 48",
        );
        if faults.is_empty() {
            Ok(())
        } else {
            Err(Faults(faults))
        }
    }
}

fn merge(into: &mut Table, given: Table, known: &Table, path: &str, faults: &mut Vec<String>) {
    for (key, value) in given {
        let name = format!("{path}{key}");
        match (known.get(&key), value) {
            (None, _) => faults.push(format!("unknown key {name}{}", suggestion(&key, known))),
            (Some(Value::Table(known)), Value::Table(given)) => {
                if let Some(Value::Table(into)) = into.get_mut(&key) {
                    merge(into, given, known, &format!("{name}."), faults);
                }
            }
            (Some(expected), value) if expected.type_str() != value.type_str() => {
                faults.push(format!(
                    "{name} must be a {}, not a {}",
                    expected.type_str(),
                    value.type_str()
                ));
            }
            (Some(_), value) => {
                into.insert(key, value);
            }
        }
    }
}

fn merge_env(into: &mut Table, known: &Table, name: &str, text: &str, faults: &mut Vec<String>) {
    let path: Vec<String> = name[ENV_PREFIX.len()..]
        .to_lowercase()
        .split("__")
        .map(str::to_owned)
        .collect();
    let (section, key) = match path.as_slice() {
        [key] => (None, key),
        [section, key] => (Some(section), key),
        _ => return faults.push(format!("unknown variable {name}")),
    };
    let (into, known) = match section {
        None => (Some(into), Some(known)),
        Some(section) => (
            into.get_mut(section).and_then(Value::as_table_mut),
            known.get(section).and_then(Value::as_table),
        ),
    };
    let (Some(into), Some(expected)) = (into, known.and_then(|known| known.get(key))) else {
        return faults.push(format!("unknown variable {name}"));
    };
    let value = match expected {
        Value::Integer(_) => text.parse().map(Value::Integer).ok(),
        Value::Boolean(_) => text.parse().map(Value::Boolean).ok(),
        Value::Array(_) => Some(Value::Array(
            text.split(',')
                .map(str::trim)
                .filter(|s| !s.is_empty())
                .map(|s| Value::String(s.into()))
                .collect(),
        )),
        Value::String(_) => Some(Value::String(text.to_owned())),
        _ => None,
    };
    match value {
        Some(value) => {
            into.insert(key.clone(), value);
        }
        None => faults.push(format!("{name} must be a {}", expected.type_str())),
    }
}

fn suggestion(key: &str, known: &Table) -> String {
    let near = known
        .keys()
        .find(|candidate| candidate.starts_with(key) || key.starts_with(candidate.as_str()));
    near.map(|near| format!(" (did you mean {near}?)"))
        .unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    const SECRET: &str = "BwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwc=";

    fn load(env: &[(&str, &str)]) -> anyhow::Result<Config> {
        let with_secret = [("REMBUK__SECRET_KEY", SECRET)];
        Config::load(
            None,
            with_secret
                .iter()
                .chain(env)
                .map(|(k, v)| ((*k).to_owned(), (*v).to_owned())),
        )
    }

    #[test]
    fn the_environment_replaces_single_values() {
        let config = load(&[
            ("REMBUK__HTTP__LISTEN", "0.0.0.0:9000"),
            ("REMBUK__HTTP__TRUSTED_PROXIES", "127.0.0.1, 10.0.0.1"),
            ("OTHER", "x"),
        ])
        .unwrap();
        assert_eq!(config.http.listen, "0.0.0.0:9000");
        assert_eq!(config.http.trusted_proxies.len(), 2);
    }

    #[test]
    fn all_faults_are_named_at_once_and_no_secret_is_printed() {
        let error = load(&[
            ("REMBUK__HTTP__LISTENS", "x"),
            ("REMBUK__DATABASE__MAX_CONNECTIONS", "many"),
        ])
        .err()
        .unwrap()
        .to_string();
        assert!(
            error.contains("REMBUK__HTTP__LISTENS") && error.contains("MAX_CONNECTIONS"),
            "{error}"
        );
        assert!(!error.contains(SECRET));
    }

    #[test]
    fn a_file_that_the_form_promises_to_take_fits_into_what_is_stored() {
        let error = load(&[("REMBUK__FILING__FILE_KB", "12000")]).err().unwrap();
        assert!(error.to_string().contains("filing.file_kb"), "{error}");
        let config = load(&[]).unwrap();
        assert!(config.filing.form_bytes() > CITIZENS_FILES * config.filing.file_kb * 1024);
    }

    #[test]
    fn a_missing_secret_says_how_to_make_one() {
        let error = Config::load(None, []).err().unwrap().to_string();
        assert!(error.contains("openssl rand -base64 48"), "{error}");
    }

    #[test]
    fn an_unknown_key_in_the_file_is_refused_with_a_suggestion() {
        let file = std::env::temp_dir().join(format!("rembuk-{}.toml", uuid::Uuid::now_v7()));
        std::fs::write(
            &file,
            format!("secret_key = \"{SECRET}\"\n[http]\nlisten_on = \"1\"\nmax_body = \"big\"\n"),
        )
        .unwrap();
        let error = Config::load(Some(&file), []).err().unwrap().to_string();
        assert!(
            error.contains("unknown key http.listen_on (did you mean listen?)")
                && error.contains("http.max_body must be a integer"),
            "{error}"
        );
    }
}
