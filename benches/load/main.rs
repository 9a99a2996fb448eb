//! Citizens and officers at once, through HTTP. Says how many per second and how long each waited.
//!
//!     cargo bench --bench load -- URL [CLIENTS] [SECONDS] [no-email]              complaints are filed
//!     cargo bench --bench load -- lifecycle URL ACCOUNTS [CLIENTS] [SECONDS]      file, assign, answer, search
//!     cargo bench --bench load -- lists URL ACCOUNTS [CLIENTS] [SECONDS]          the inbox with views and filters
//!     cargo bench --bench load -- search URL ACCOUNTS [CLIENTS] [SECONDS]         common, rare and absent words
//!     cargo bench --bench load -- dashboards URL ACCOUNTS [CLIENTS] [SECONDS]     what a head and a supervisor open first
//!     cargo bench --bench load -- burst URL ACCOUNTS [SECONDS PER STEP]           1, 15, 1, 25, 2, 35, 10 lifecycles/s
//!
//! ACCOUNTS is the demo's `demo-accounts.json`. benches/load/intake and benches/load/complaints start all that is needed.
#![expect(clippy::print_stdout, reason = "a measurement is for people to read")]

mod lifecycle;
mod reading;
mod told;

use std::time::{Duration, Instant};

use anyhow::Context as _;
use serde_json::json;

/// What one client saw.
#[derive(Default)]
struct Seen {
    waits: Vec<Duration>,
    refused: usize,
}

#[tokio::main]
async fn main() -> anyhow::Result<()> {
    let mut arguments = std::env::args().skip(1).filter(|word| word != "--bench");
    let Some(first) = arguments.next() else {
        println!(
            "load: give the address of a running program: -- [lifecycle|lists|search|dashboards|burst] URL …"
        );
        return Ok(());
    };
    if !first.starts_with("http") {
        return other(&first, arguments.collect()).await;
    }
    let url = first;
    let clients: usize = arguments.next().map_or(Ok(8), |word| word.parse())?;
    let seconds: u64 = arguments.next().map_or(Ok(10), |word| word.parse())?;
    let with_email = arguments.next().is_none();
    rustls::crypto::ring::default_provider()
        .install_default()
        .ok();

    let started = Instant::now();
    let until = started + Duration::from_secs(seconds);
    let running: Vec<_> = (0..clients)
        .map(|client| {
            tokio::spawn(file_until(
                format!("{url}/api/v1/complaints"),
                client,
                until,
                with_email,
            ))
        })
        .collect();
    let mut all = Seen::default();
    for client in running {
        let seen = client.await??;
        all.waits.extend(seen.waits);
        all.refused += seen.refused;
    }
    report(all, started.elapsed());
    Ok(())
}

/// What is not intake alone.
async fn other(kind: &str, words: Vec<String>) -> anyhow::Result<()> {
    rustls::crypto::ring::default_provider()
        .install_default()
        .ok();
    let url = words.first().context("the address is missing")?;
    let accounts = words.get(1).context("the file of accounts is missing")?;
    let office = told::Office::read(url, accounts)?;
    let number = |place: usize, otherwise: u64| {
        words
            .get(place)
            .map_or(Ok(otherwise), |word| word.parse::<u64>())
    };
    match kind {
        "lifecycle" => lifecycle::run(office, number(2, 50)?, number(3, 20)?).await,
        "burst" => lifecycle::burst(office, number(2, 20)?).await,
        "lists" => reading::lists(office, number(2, 8)?, number(3, 10)?).await,
        "search" => reading::search(office, number(2, 8)?, number(3, 10)?).await,
        "dashboards" => {
            let (clients, seconds) = (number(2, 8)?, number(3, 10)?);
            let head = told::Office::of(url, accounts, "head")?;
            reading::dashboards(head, clients, seconds).await?;
            let supervisor = told::Office::of(url, accounts, "supervisor")?;
            reading::units(supervisor, clients, seconds).await
        }
        other => anyhow::bail!("load knows no {other}"),
    }
}

/// One after the other on a connection of its own.
async fn file_until(
    url: String,
    client: usize,
    until: Instant,
    with_email: bool,
) -> anyhow::Result<Seen> {
    let http = reqwest::Client::builder()
        .pool_max_idle_per_host(1)
        .build()?;
    let mut seen = Seen::default();
    while Instant::now() < until {
        let count = seen.waits.len();
        let body = json!({
            "unit": "disdukcapil-kaltim",
            "subject": format!("Antrean panjang {client}-{count}"),
            "description": "Loket tutup sebelum jam pelayanan berakhir, padahal nomor antrean masih ada.",
            "reporter": {
                "name": "Warga Samarinda",
                "email": with_email.then(|| format!("warga-{client}-{count}@warga.example")),
                "phone": "080000000021",
            },
        });
        let sent = Instant::now();
        let answer = http
            .post(&url)
            .header(
                "Idempotency-Key",
                format!("{client}-{count}-{}", std::process::id()),
            )
            .json(&body)
            .send()
            .await?;
        let status = answer.status();
        answer.bytes().await?;
        seen.waits.push(sent.elapsed());
        seen.refused += usize::from(status != 201);
    }
    Ok(seen)
}

fn report(mut all: Seen, took: Duration) {
    all.waits.sort();
    let at = |share: f64| {
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            clippy::cast_precision_loss,
            reason = "a place in a list of some thousands"
        )]
        let place = (all.waits.len() as f64 * share) as usize;
        all.waits.get(place).copied().unwrap_or_default()
    };
    #[expect(clippy::cast_precision_loss, reason = "some thousands")]
    let rate = all.waits.len() as f64 / took.as_secs_f64();
    println!(
        "{rate:.0} per second, {} in {:.1} s, refused {}, p50 {:.1} ms, p95 {:.1} ms, p99 {:.1} ms",
        all.waits.len(),
        took.as_secs_f64(),
        all.refused,
        at(0.5).as_secs_f64() * 1000.0,
        at(0.95).as_secs_f64() * 1000.0,
        at(0.99).as_secs_f64() * 1000.0,
    );
}
