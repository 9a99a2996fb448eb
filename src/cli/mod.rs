//! The command line: serve, demo, migrate, people and tokens, deadlines, the API document, doctor.
#![expect(clippy::print_stderr, reason = "a command line talks to its terminal")]

/// Prints a line. `println!` would panic when the reader has gone, as `head` does, and take the server with it.
macro_rules! say {
    ($($words:tt)*) => {{
        use std::io::Write as _;
        let _ = writeln!(std::io::stdout(), $($words)*);
    }};
}

mod demo;
mod doctor;
pub mod openapi;
mod retention;
mod running;
mod user;

use std::path::PathBuf;

use anyhow::Context as _;
use clap::{Args, Parser, Subcommand};

use crate::{
    access::{self, Ctx, Role},
    calendar, organisation,
    platform::{clock::Clock, config::Config, context::App, migrate},
    surveys,
};

#[derive(Parser)]
#[command(
    name = "rembuk",
    version,
    about = "Public consultation, complaints and follow-up"
)]
pub struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Args, Clone)]
struct ConfigFile {
    /// Configuration file; REMBUK__SECTION__KEY in the environment goes before it.
    #[arg(long, value_name = "FILE")]
    config: Option<PathBuf>,
}

#[derive(Subcommand)]
enum Command {
    /// Serve for real.
    Serve(ConfigFile),
    /// Try it: load the demo record into a data folder and serve it.
    Demo(demo::DemoArgs),
    /// Bring the database's schema up to date.
    Migrate(ConfigFile),
    /// Manage units.
    Unit {
        #[command(subcommand)]
        command: UnitCommand,
    },
    /// Manage staff accounts.
    User {
        #[command(subcommand)]
        command: UserCommand,
    },
    /// Manage API tokens.
    Token {
        #[command(subcommand)]
        command: TokenCommand,
    },
    /// How long voices are kept.
    Retention {
        #[command(subcommand)]
        command: RetentionCommand,
    },
    /// Explain a deadline day by day; needs no database.
    Deadline(calendar::cli::DeadlineArgs),
    /// Compute a satisfaction survey (SKM): index, published tables, sample size; needs no database.
    Skm {
        #[command(subcommand)]
        command: surveys::cli::SkmCommand,
    },
    /// Print the OpenAPI document.
    Openapi,
    /// Count the numbers of the inbox anew and index complaints that no search finds; safe while the program runs.
    Repair {
        #[command(flatten)]
        file: ConfigFile,
        /// Index every complaint anew, also those that look right.
        #[arg(long)]
        all: bool,
    },
    /// Check configuration, database, mail, files, clock and fonts, and say what is wrong.
    Doctor(ConfigFile),
}

#[derive(Subcommand)]
enum UnitCommand {
    /// Add the units of a file like fixtures/units.toml, with contacts, divisions, officials and office hours. A unit
    /// that exists without officials gets those of the file.
    Import {
        #[command(flatten)]
        file: ConfigFile,
        /// The file of units.
        units: PathBuf,
    },
}

#[derive(Subcommand)]
enum UserCommand {
    /// Add a person; the password is read from the terminal or standard input.
    Add {
        #[command(flatten)]
        file: ConfigFile,
        #[arg(long)]
        name: String,
        #[arg(long)]
        email: String,
        /// system_admin, unit_admin, organiser, complaint_officer, handler, head or supervisor.
        #[arg(long, value_parser = parse_role)]
        role: Role,
        /// Code of the unit; several for a supervisor. Not for system_admin.
        #[arg(long)]
        unit: Vec<String>,
        /// Code of the division: of a handler, or of an officer who belongs to one.
        #[arg(long)]
        division: Option<String>,
    },
}

#[derive(Subcommand)]
enum TokenCommand {
    /// Make a token with which a program acts as a person; printed once.
    Create {
        #[command(flatten)]
        file: ConfigFile,
        #[arg(long)]
        email: String,
        #[arg(long)]
        name: String,
        /// Only for reading.
        #[arg(long)]
        read_only: bool,
    },
}

#[derive(Subcommand)]
enum RetentionCommand {
    /// Anonymise voices whose time is over, by the periods that their unit chose. Running again changes nothing.
    Run {
        #[command(flatten)]
        file: ConfigFile,
        /// Only say what would be done.
        #[arg(long)]
        dry_run: bool,
        /// Code of a unit; all of them if left out.
        #[arg(long)]
        unit: Option<String>,
    },
}

fn parse_role(code: &str) -> Result<Role, String> {
    Role::parse(code).ok_or_else(|| format!("{code} is no role"))
}

/// Runs a command; an error is printed with its causes.
#[must_use]
pub fn main(cli: Cli) -> std::process::ExitCode {
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build();
    let outcome = runtime
        .context("cannot start")
        .and_then(|runtime| runtime.block_on(run(cli)));
    match outcome {
        Ok(()) => std::process::ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("rembuk: {error:#}");
            std::process::ExitCode::FAILURE
        }
    }
}

async fn run(cli: Cli) -> anyhow::Result<()> {
    match cli.command {
        Command::Serve(file) => running::serve(config(&file)?).await,
        Command::Demo(args) => demo::run(args).await,
        Command::Migrate(file) => {
            migrate::migrate(&config(&file)?.database.url).await?;
            say!("the schema is up to date");
            Ok(())
        }
        Command::Unit {
            command: UnitCommand::Import { file, units },
        } => import_units(config(&file)?, &units).await,
        Command::User {
            command:
                UserCommand::Add {
                    file,
                    name,
                    email,
                    role,
                    unit,
                    division,
                },
        } => {
            let ctx = open(config(&file)?).await?;
            let new = user::NewUser {
                name,
                email,
                role,
                units: unit,
                division,
            };
            user::add(&ctx, new).await
        }
        Command::Token {
            command:
                TokenCommand::Create {
                    file,
                    email,
                    name,
                    read_only,
                },
        } => {
            let ctx = open(config(&file)?).await?;
            let person = access::person_by_email(&ctx.app.db, &email)
                .await?
                .with_context(|| format!("nobody has the address {email}"))?;
            say!(
                "{}",
                access::create_token(&ctx, person, &name, !read_only).await?
            );
            Ok(())
        }
        Command::Retention {
            command:
                RetentionCommand::Run {
                    file,
                    dry_run,
                    unit,
                },
        } => {
            let ctx = open(config(&file)?).await?;
            retention::run(&ctx, unit.as_deref(), dry_run).await
        }
        Command::Deadline(args) => {
            say!("{}", calendar::cli::run(&args)?);
            Ok(())
        }
        Command::Skm { command } => {
            say!("{}", surveys::cli::run(&command)?);
            Ok(())
        }
        Command::Openapi => {
            say!("{}", openapi::document()?);
            Ok(())
        }
        Command::Repair { file, all } => {
            let ctx = open(config(&file)?).await?;
            if all {
                crate::complaints::finding::doubt(&ctx.app.db).await?;
            }
            let done = crate::complaints::finding::repair(&ctx.app.db).await?;
            say!(
                "{} numbers put right, {} complaints indexed",
                done.numbers,
                done.indexed
            );
            Ok(())
        }
        Command::Doctor(file) => doctor::run(file.config.as_deref()).await,
    }
}

fn config(file: &ConfigFile) -> anyhow::Result<Config> {
    Config::load(file.config.as_deref(), std::env::vars())
}

async fn open(config: Config) -> anyhow::Result<Ctx> {
    migrate::migrate(&config.database.url).await?;
    let app = App::open(config, Clock::System).await?;
    Ok(Ctx::system(&app))
}

async fn import_units(config: Config, path: &std::path::Path) -> anyhow::Result<()> {
    let text =
        std::fs::read_to_string(path).with_context(|| format!("cannot read {}", path.display()))?;
    let mut file: organisation::FixtureUnits =
        toml::from_str(&text).with_context(|| format!("{}", path.display()))?;
    let ctx = open(config).await?;
    let tx = ctx.app.db.begin_write().await?;
    let completed = organisation::add_officials(&tx, &ctx, &mut file).await?;
    let ids = organisation::import(&tx, &ctx, &file).await?;
    for unit in &file.unit {
        calendar::import(&tx, ids[&unit.code], unit).await?;
    }
    tx.commit().await?;
    say!(
        "{} units added, {completed} completed with their officials",
        ids.len()
    );
    Ok(())
}
