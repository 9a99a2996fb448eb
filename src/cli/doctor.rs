//! `rembuk doctor`: one line per thing that must work, and what to do where it does not. It looks and changes
//! nothing: a newer program must be able to examine the database of the older one that is running.

use std::path::Path;

use crate::platform::{
    clamd, clock::Clock, config::Config, context::App, db::without_password, jobs, migrate,
};
use crate::{audit, complaints, documents, organisation};

/// Checks everything and fails when something is wrong.
pub async fn run(file: Option<&Path>) -> anyhow::Result<()> {
    super::running::install_crypto();
    let mut report = Report::default();
    let config = match Config::load(file, std::env::vars()) {
        Ok(config) => config,
        Err(error) => {
            report.line("configuration", Err(error));
            return report.finish();
        }
    };
    report.line("configuration", Ok("complete".to_owned()));
    let database = format!("database {}", without_password(&config.database.url));
    let pending = match migrate::pending(&config.database.url).await {
        Ok(pending) => pending,
        Err(error) => {
            report.line(&database, Err(error));
            return report.finish();
        }
    };
    let app = match App::open(config, Clock::System).await {
        Ok(app) => app,
        Err(error) => {
            report.line(&database, Err(error));
            return report.finish();
        }
    };
    let is_current = pending.is_empty();
    report.line(&database, schema_line(&pending));
    if is_current {
        report.line("jobs", jobs_line(&app).await);
        report.line("deadlines", deadlines_line(&app).await);
        report.line("warnings", looks_line(&app).await);
        report.line("inbox", inbox_line(&app).await);
        let fits = complaints::key_fits(&app).await;
        let known = matches!(fits, Ok(Some(_)));
        report.line("secret key", key_line(fits));
        report.line("history", history_line(&app, known).await);
        headless(&app).await;
    }
    report.line(
        "mail",
        app.mail
            .probe()
            .await
            .map(|()| "can be handed over".to_owned()),
    );
    report.line(
        "files",
        app.files
            .probe()
            .await
            .map(|()| "written and read back".to_owned()),
    );
    if !app.config.clamav.socket.is_empty() {
        let answer = clamd::ping(&app.config.clamav.socket).await;
        report.line("virus scanner", answer.map(|()| "answers".to_owned()));
    }
    report.line("fonts", fonts_line());
    report.line("clock", clock_line(&app));
    report.finish()
}

fn schema_line(pending: &[String]) -> anyhow::Result<String> {
    anyhow::ensure!(
        pending.is_empty(),
        "opens, but {} migrations are missing ({}); make a backup, then: rembuk migrate",
        pending.len(),
        pending.join(", ")
    );
    Ok("opens, schema up to date".to_owned())
}

async fn jobs_line(app: &App) -> anyhow::Result<String> {
    let backlog = jobs::backlog(&app.db).await?;
    anyhow::ensure!(
        backlog.given_up == 0,
        "{} jobs were given up; see the log for their errors",
        backlog.given_up
    );
    Ok(format!("{} waiting", backlog.waiting))
}

/// Every open complaint has a deadline: a complaint without one is never late, and so is forgotten.
async fn deadlines_line(app: &App) -> anyhow::Result<String> {
    let (open, undated) = complaints::clocks::without_deadline(&app.db).await?;
    anyhow::ensure!(
        undated == 0,
        "{undated} of {open} open complaints have no deadline that fits them; report this as a fault of the program"
    );
    Ok(format!("each of {open} open complaints has one"))
}

/// Nothing is late unnoticed only where somebody looks.
async fn looks_line(app: &App) -> anyhow::Result<String> {
    let looks = complaints::clocks::looks(&app.db, app.clock.now()).await?;
    anyhow::ensure!(
        looks.failed.is_empty(),
        "the deadlines of {} could not be looked at, so nobody there is warned; see the log for why",
        looks.failed.join(", ")
    );
    anyhow::ensure!(
        looks.missed.is_empty(),
        "the office of {} was open for more than half an hour since anybody looked at its deadlines, so nobody there is \
         warned; is rembuk serve running?",
        looks.missed.join(", ")
    );
    Ok(match looks.oldest {
        Some(at) if looks.unseen.is_empty() => format!(
            "every unit was looked at while its office was open, the one longest ago {}",
            at.to_rfc3339()
        ),
        Some(_) => format!(
            "not looked at yet: {}; rembuk serve does, every five minutes of their office hours",
            looks.unseen.join(", ")
        ),
        None => {
            "nobody looked yet; rembuk serve does, every five minutes of office hours".to_owned()
        }
    })
}

/// The numbers beside the inbox's views are kept and not counted, and what is not indexed is never found.
async fn inbox_line(app: &App) -> anyhow::Result<String> {
    let faults = complaints::finding::check(&app.db).await?;
    anyhow::ensure!(
        faults == complaints::finding::Faults::default(),
        "{} numbers of the inbox are wrong, {} complaints cannot be found by their words and {} not by every form of them; put it right with: rembuk repair",
        faults.numbers,
        faults.unfindable,
        faults.stale
    );
    Ok("its numbers are right, and every complaint can be found".to_owned())
}

/// Every complaint keeps its secret code sealed: with another key nobody is reached any more.
fn key_line(fits: crate::platform::error::Result<Option<bool>>) -> anyhow::Result<String> {
    let fits = fits?;
    anyhow::ensure!(
        fits != Some(false),
        "secret_key does not open what complaints keep sealed: names, contacts and secret codes cannot be read; put the \
         earlier secret_key back into the configuration (it is kept with the backups)"
    );
    Ok(match fits {
        Some(_) => "opens what complaints keep sealed".to_owned(),
        None => "no complaint keeps anything sealed yet".to_owned(),
    })
}

/// Nobody changed, removed or slipped in an entry of the history. Where the key is known already, by whether it opens
/// what complaints keep, the line about it has said what to do about another one.
async fn history_line(app: &App, key_known: bool) -> anyhow::Result<String> {
    let chain = audit::check(app).await?;
    anyhow::ensure!(
        !chain.other_key || key_known,
        "no entry fits secret_key: the history was sealed with another key, and names, contacts and secret codes that \
         were kept with that one cannot be read with this one either; put the earlier secret_key back into the \
         configuration (it is kept with the backups). Only where it is the right one for certain was the history altered"
    );
    anyhow::ensure!(
        !chain.other_key,
        "no entry fits secret_key: look at its line first; where that one is right, the history was altered"
    );
    if let Some(place) = chain.broken_at {
        anyhow::bail!(
            "entry {place} of the sealed history is missing or was altered; compare with a backup, and keep both"
        );
    }
    let sealed = format!("{} entries are sealed and whole", chain.sealed);
    Ok(match chain.loose_since {
        Some(since) => format!(
            "{sealed}; {}, written since {}, wait for the seal of the hourly round and are not guarded until then",
            chain.loose,
            since.format("%Y-%m-%d %H:%M UTC")
        ),
        None => format!("{sealed}, and none waits for its seal"),
    })
}

/// A unit works without its head until a report is to be signed: told, and no fault.
async fn headless(app: &App) {
    let Ok(units) = organisation::units(&app.db).await else {
        // What is wrong with the database is told by its own line.
        return;
    };
    for unit in units {
        if let Ok(officials) = organisation::officials(&app.db, unit.id).await
            && officials.is_empty()
        {
            say!(
                "  note  unit {}: has no officials, and nobody can sign its report; add them in the browser \
                 (Instansi), or in its file (unit.official) with: rembuk unit import",
                unit.code
            );
        }
    }
}

/// Without its typefaces no letter can be made.
fn fonts_line() -> anyhow::Result<String> {
    let (readable, carried) = documents::faces();
    anyhow::ensure!(
        readable >= carried,
        "only {readable} of {carried} fonts can be read; the program is damaged"
    );
    Ok(format!("{readable} faces"))
}

/// Deadlines are legal facts: a clock that is years off must not make them.
fn clock_line(app: &App) -> anyhow::Result<String> {
    let now = app.clock.now();
    let year = chrono::Datelike::year(&now);
    anyhow::ensure!(
        (2025..2100).contains(&year),
        "the clock says {now}; set the time of this machine"
    );
    Ok(now.to_rfc3339())
}

#[derive(Default)]
struct Report {
    faults: usize,
}

impl Report {
    fn line(&mut self, what: &str, outcome: anyhow::Result<String>) {
        match outcome {
            Ok(text) => say!("  ok    {what}: {text}"),
            Err(error) => {
                self.faults += 1;
                say!("  FAULT {what}: {error:#}");
            }
        }
    }

    fn finish(self) -> anyhow::Result<()> {
        anyhow::ensure!(
            self.faults == 0,
            "{} of the checks found a fault",
            self.faults
        );
        say!("everything works");
        Ok(())
    }
}
