//! `rembuk demo`: a data folder with its own secret, the demo record, and the server.

use std::{
    collections::{BTreeMap, HashMap},
    path::{Path, PathBuf},
    sync::Arc,
};

use anyhow::Context as _;
use clap::Args;
use sea_orm::{ConnectionTrait as _, EntityTrait as _, PaginatorTrait as _};
use sea_orm_migration::MigratorTrait as _;
use serde::{Deserialize, Serialize};

use super::running;
use crate::{
    access::{self, Ctx},
    calendar, demo, organisation,
    platform::{clock::Clock, config::Config, context::App, crypto, installation, jobs, migrate},
    worker,
};

const KIND: &str = "kind";
const LOADING: &str = "demo-loading";
const LOADED: &str = "demo";
const MANY: &str = "demo-complaints";
const MANY_ACTIONS: &str = "demo-actions";
/// Among so many complaints of each unit invented actions find what they come from.
const VOICES: u64 = 20_000;

#[derive(Args)]
pub struct DemoArgs {
    /// Folder for database, files, mails and accounts.
    #[arg(long, value_name = "DIR", default_value = "data/demo")]
    data: PathBuf,
    /// Address to serve on.
    #[arg(long, value_name = "ADDR", default_value = "127.0.0.1:8080")]
    listen: String,
    /// Throw the demo's data away and load it anew.
    #[arg(long)]
    reset: bool,
    /// Add that many invented complaints, once: for measuring.
    #[arg(long, value_name = "N")]
    complaints: Option<u64>,
    /// Add that many invented actions, once: for measuring.
    #[arg(long, value_name = "N")]
    actions: Option<u64>,
}

/// One line of `demo-accounts.json`.
#[derive(Clone, Serialize, Deserialize)]
struct Account {
    name: String,
    email: String,
    password: String,
    role: String,
    /// Code of the unit; several are joined by a comma.
    unit: String,
    api_token: String,
}

/// Loads what is missing and serves.
pub async fn run(args: DemoArgs) -> anyhow::Result<()> {
    let given_database = std::env::var("REMBUK__DATABASE__URL").ok();
    if args.reset && given_database.is_none() && args.data.is_dir() {
        remove_own_folder(&args.data)?;
    }
    create_private_folder(&args.data)?;
    let config = config(&args)?;
    running::start_logging(&config)?;
    let listener = running::bind(&args.listen).await?;
    migrate::migrate(&config.database.url).await?;
    let app = App::open(config, Clock::System).await?;
    if args.reset {
        forget(&app).await?;
    }
    let accounts = load_once(&app, &args.data).await?;
    if let Some(count) = args.complaints {
        add_many(&app, count).await?;
    }
    if let Some(count) = args.actions {
        add_many_actions(&app, count).await?;
    }
    print_welcome(&args, &accounts, listener.local_addr()?);
    running::run(app, listener).await
}

/// A folder is removed only when the demo made it.
fn remove_own_folder(data: &Path) -> anyhow::Result<()> {
    anyhow::ensure!(
        data.join("secret.key").is_file(),
        "{} was not made by the demo; choose another --data folder",
        data.display()
    );
    std::fs::remove_dir_all(data).with_context(|| format!("cannot remove {}", data.display()))
}

/// The demo's settings; the environment may still replace each.
fn config(args: &DemoArgs) -> anyhow::Result<Config> {
    let folder = args.data.display();
    let host = args.listen.replace("0.0.0.0", "127.0.0.1");
    let defaults = [
        ("REMBUK__SECRET_KEY", secret(&args.data)?),
        (
            "REMBUK__DATABASE__URL",
            format!("sqlite://{folder}/rembuk.db"),
        ),
        ("REMBUK__HTTP__LISTEN", args.listen.clone()),
        ("REMBUK__HTTP__PUBLIC_URL", format!("http://{host}")),
        ("REMBUK__MAIL__TRANSPORT", format!("file:{folder}/mail")),
        (
            "REMBUK__MAIL__FROM",
            "Rembuk <rembuk@disdukcapil-kaltim.example>".to_owned(),
        ),
        ("REMBUK__FILES__URL", format!("file:{folder}/files")),
        (
            "REMBUK__SITE__DEFAULT_UNIT",
            "disdukcapil-kaltim".to_owned(),
        ),
        ("REMBUK__LOG__LEVEL", "warn".to_owned()),
    ];
    let mut settings: BTreeMap<String, String> = defaults
        .into_iter()
        .map(|(name, value)| (name.to_owned(), value))
        .collect();
    settings.extend(std::env::vars().filter(|(name, _)| name.starts_with("REMBUK__")));
    let mut config = Config::load(None, settings)?;
    config.demo = true;
    Ok(config)
}

/// The demo keeps its secret beside its data; a real installation gets one from its administrator.
fn secret(data: &Path) -> anyhow::Result<String> {
    let path = data.join("secret.key");
    if let Ok(secret) = std::fs::read_to_string(&path) {
        return Ok(secret.trim().to_owned());
    }
    let secret = crypto::new_secret();
    write_private(&path, &secret)?;
    Ok(secret)
}

/// Database, mails and files of the demo are the owner's alone, as a real installation's should be.
fn create_private_folder(path: &Path) -> anyhow::Result<()> {
    use std::os::unix::fs::DirBuilderExt as _;
    std::fs::DirBuilder::new()
        .recursive(true)
        .mode(0o700)
        .create(path)
        .with_context(|| format!("cannot create {}", path.display()))
}

/// Readable by the owner alone.
fn write_private(path: &Path, text: &str) -> anyhow::Result<()> {
    use std::{io::Write as _, os::unix::fs::OpenOptionsExt as _};
    let mut file = std::fs::OpenOptions::new()
        .write(true)
        .create(true)
        .truncate(true)
        .mode(0o600)
        .open(path)
        .with_context(|| format!("cannot write {}", path.display()))?;
    file.write_all(text.as_bytes())?;
    Ok(())
}

/// Empties a database that holds the demo and nothing else.
async fn forget(app: &App) -> anyhow::Result<()> {
    refuse_other_data(app).await?;
    rembuk_migrations::Migrator::down(app.db.connection(), None).await?;
    rembuk_migrations::Migrator::up(app.db.connection(), None).await?;
    let jobs = if app.db.is_sqlite() {
        "DELETE FROM Jobs"
    } else {
        "DELETE FROM apalis.jobs"
    };
    app.db.execute_unprepared(jobs).await?;
    Ok(())
}

async fn refuse_other_data(app: &App) -> anyhow::Result<()> {
    let units = organisation::entity::unit::Entity::find()
        .count(&app.db)
        .await?;
    let people = access::entity::person::Entity::find()
        .count(&app.db)
        .await?;
    let kind = installation::get(&app.db, KIND).await?;
    anyhow::ensure!(
        (units == 0 && people == 0) || kind.is_some(),
        "this database holds data that is not the demo's; give the demo an empty one"
    );
    Ok(())
}

/// Loads the record unless it is there. A load that was interrupted is started over.
async fn load_once(app: &Arc<App>, data: &Path) -> anyhow::Result<Vec<Account>> {
    let file = data.join("demo-accounts.json");
    let state = installation::get(&app.db, KIND).await?;
    match state.as_deref() {
        Some(LOADED) => return known_accounts(&file),
        Some(LOADING) => forget(app).await?,
        _ => {}
    }
    refuse_other_data(app).await?;
    installation::set(&app.db, KIND, LOADING).await?;
    calendar::load_defaults(&app.db).await?;
    crate::surveys::load_defaults(&app.db).await?;
    say!("Loading the demo record …");
    let ctx = Ctx::system(app);
    let password = format!("coba-{}", crypto::random_code(8).to_lowercase());
    let hash = access::hash_password(password.clone()).await?;
    let people = demo::load(&ctx, &hash).await?;
    jobs::run_due(app, worker::dispatch).await?;
    let mut accounts = Vec::new();
    for person in demo::people()? {
        let token = access::create_token(&ctx, people[&person.key], "demo", true).await?;
        accounts.push(Account {
            unit: person.unit_codes().join(","),
            role: person.role.code(),
            name: person.name,
            email: person.email,
            password: password.clone(),
            api_token: token,
        });
    }
    write_private(&file, &serde_json::to_string_pretty(&accounts)?)?;
    installation::set(&app.db, KIND, LOADED).await?;
    Ok(accounts)
}

/// Adds as many invented complaints as are missing from this number: the same command again adds none.
async fn add_many(app: &Arc<App>, count: u64) -> anyhow::Result<()> {
    let missing = missing(app, MANY, count).await?;
    if missing == 0 {
        return Ok(());
    }
    say!("Writing {missing} invented complaints …");
    let ctx = Ctx::system(app);
    crate::complaints::fill(&ctx, missing, |written| {
        if written.is_multiple_of(50_000) {
            say!("  {written}");
        }
    })
    .await?;
    installation::set(&app.db, MANY, &count.to_string()).await?;
    analyze(app).await
}

/// The same with actions, which come from complaints that are there by then.
async fn add_many_actions(app: &Arc<App>, count: u64) -> anyhow::Result<()> {
    let missing = missing(app, MANY_ACTIONS, count).await?;
    if missing == 0 {
        return Ok(());
    }
    say!("Writing {missing} invented actions …");
    let ctx = Ctx::system(app);
    let mut voices = HashMap::new();
    for unit in organisation::units(&app.db).await? {
        let latest = crate::complaints::latest(&app.db, unit.id, VOICES).await?;
        voices.insert(unit.id, latest);
    }
    crate::action_plans::fill(&ctx, missing, &voices, |_| ()).await?;
    installation::set(&app.db, MANY_ACTIONS, &count.to_string()).await?;
    analyze(app).await
}

/// How many are not there yet of those that were asked for.
async fn missing(app: &App, key: &str, count: u64) -> anyhow::Result<u64> {
    let before = installation::get(&app.db, key).await?;
    let before: u64 = before
        .and_then(|text| text.parse().ok())
        .unwrap_or_default();
    Ok(count.saturating_sub(before))
}

/// What PostgreSQL does by itself where complaints come in one by one: without it a plan knows no numbers, and each
/// count looks at every row beside its index.
async fn analyze(app: &App) -> anyhow::Result<()> {
    let statement = match app.db.is_sqlite() {
        true => "ANALYZE",
        false => "VACUUM (ANALYZE)",
    };
    if !app.db.is_sqlite() {
        say!("Collecting statistics for the planner …");
    }
    app.db.execute_unprepared(statement).await?;
    Ok(())
}

/// What somebody tried out in the demo is theirs: it goes only when they say so.
fn known_accounts(file: &Path) -> anyhow::Result<Vec<Account>> {
    let text = std::fs::read_to_string(file).with_context(|| {
        format!(
            "the demo is loaded, but {} cannot be read; put it back, or load the demo anew with: rembuk demo --reset",
            file.display()
        )
    })?;
    serde_json::from_str(&text).with_context(|| format!("{}", file.display()))
}

fn print_welcome(args: &DemoArgs, accounts: &[Account], address: std::net::SocketAddr) {
    say!("\nRembuk demo: http://{address}\n");
    say!(
        "People who can sign in at http://{address}/masuk (password for all: {}):",
        accounts.first().map_or("", |account| &account.password)
    );
    for account in accounts {
        say!(
            "  {:<18} {:<40} {}",
            account.role,
            account.email,
            account.name
        );
    }
    say!(
        "\nAPI tokens: {}",
        args.data.join("demo-accounts.json").display()
    );
    say!("API documentation: http://{address}/api/docs");
    say!(
        "Stop: Ctrl-C. Start over: rembuk demo --reset. For real: rembuk serve --config FILE (see README.md).\n"
    );
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_loaded_demo_without_its_accounts_is_never_thrown_away_unasked() {
        let file = std::env::temp_dir().join(format!("rembuk-{}.json", uuid::Uuid::now_v7()));
        let refusal = known_accounts(&file).err().unwrap().to_string();
        assert!(refusal.contains("rembuk demo --reset"), "{refusal}");
    }
}
