//! The life of a complaint in four calls: it is filed, assigned, answered, and found again.

use std::time::{Duration, Instant};

use serde_json::{Value, json};

use super::told::{Office, Seen, rate};

const DIVISION: &str = "fasilitasi";

/// So many at once, as fast as they can.
pub async fn run(office: Office, clients: u64, seconds: u64) -> anyhow::Result<()> {
    let started = Instant::now();
    let until = started + Duration::from_secs(seconds);
    let running: Vec<_> = (0..clients)
        .map(|client| {
            let office = office.clone();
            tokio::spawn(async move {
                let http = office.client()?;
                let mut seen = Seen::default();
                let mut turn = 0;
                while Instant::now() < until {
                    turn += 1;
                    one(&office, &http, &mark(client, turn), &mut seen).await;
                }
                anyhow::Ok(seen)
            })
        })
        .collect();
    let mut all = Seen::default();
    for client in running {
        all.join(client.await??);
    }
    let took = started.elapsed();
    println!(
        "{:.1} lifecycles per second, {clients} clients, {:.1} s",
        rate(all.count("search"), took),
        took.as_secs_f64()
    );
    for line in all.lines(took) {
        println!("{line}");
    }
    Ok(())
}

/// A word that no other complaint of any run has, and that is no number.
fn mark(client: u64, turn: u64) -> String {
    let letters = |mut number: u64| {
        let mut word = String::new();
        loop {
            word.push(char::from(b'b' + u8::try_from(number % 20).unwrap_or(0)));
            number /= 20;
            if number == 0 {
                return word;
            }
        }
    };
    format!(
        "z{}q{}q{}",
        letters(u64::from(std::process::id())),
        letters(client),
        letters(turn)
    )
}

async fn one(office: &Office, http: &reqwest::Client, mark: &str, seen: &mut Seen) {
    if let Err(error) = steps(office, http, mark, seen).await {
        seen.failed(format!("{error:#}"));
    }
}

async fn steps(
    office: &Office,
    http: &reqwest::Client,
    mark: &str,
    seen: &mut Seen,
) -> anyhow::Result<()> {
    let api = format!("{}/api/v1/complaints", office.url);
    let whole = Instant::now();
    let body = json!({
        "unit": "disdukcapil-kaltim",
        "subject": format!("Antrean panjang {mark}"),
        "description": "Loket tutup sebelum jam pelayanan berakhir, padahal nomor antrean masih ada.",
        "reporter": { "name": "Warga Samarinda", "phone": "080000000021" },
    });
    let sent = Instant::now();
    let request = http.post(&api).header("Idempotency-Key", mark).json(&body);
    let filed = answer(request, 201).await?;
    seen.note("create", sent);
    let number = filed["number"].as_str().unwrap_or_default();
    let sent = Instant::now();
    let request = http
        .post(format!("{api}/{number}/assign"))
        .bearer_auth(&office.token)
        .json(&json!({ "division": DIVISION }));
    answer(request, 200).await?;
    seen.note("assign", sent);
    let sent = Instant::now();
    let request = http
        .post(format!("{api}/{number}/answer"))
        .bearer_auth(&office.token)
        .json(&json!({ "text": "Kami sudah menambah satu loket pada jam sibuk. Terima kasih." }));
    answer(request, 200).await?;
    seen.note("answer", sent);
    let sent = Instant::now();
    let request = http
        .get(format!("{api}?q={mark}"))
        .bearer_auth(&office.token);
    let found = answer(request, 200).await?;
    seen.note("search", sent);
    anyhow::ensure!(
        found["items"][0]["number"] == number,
        "{mark} does not find {number}: {found}"
    );
    seen.note("whole", whole);
    Ok(())
}

async fn answer(request: reqwest::RequestBuilder, expected: u16) -> anyhow::Result<Value> {
    let answer = request.send().await?;
    let status = answer.status();
    let text = answer.text().await?;
    anyhow::ensure!(status == expected, "{status} instead of {expected}: {text}");
    Ok(serde_json::from_str(&text)?)
}

/// Steps of a burst, in lifecycles per second.
const STEPS: [u64; 7] = [1, 15, 1, 25, 2, 35, 10];
/// After so long a step counts as recovered from the one before.
const RECOVERED: Duration = Duration::from_secs(5);

/// Begins lifecycles at fixed moments, whatever became of those before: a queue that grows is seen as waiting.
pub async fn burst(office: Office, seconds: u64) -> anyhow::Result<()> {
    let http = reqwest::Client::builder()
        .timeout(Duration::from_secs(30))
        .build()?;
    let mut client = 0;
    let (mut faults, mut all) = (0, 0);
    for step in STEPS {
        let begun = Instant::now();
        let mut running = Vec::new();
        for turn in 0..step * seconds {
            let due = begun + Duration::from_micros(turn * 1_000_000 / step);
            tokio::time::sleep_until(due.into()).await;
            client += 1;
            let (office, http, mark) = (office.clone(), http.clone(), mark(client, turn));
            let late = begun.elapsed() >= RECOVERED;
            running.push(tokio::spawn(async move {
                let mut seen = Seen::default();
                one(&office, &http, &mark, &mut seen).await;
                (late, seen)
            }));
        }
        let (mut first, mut rest) = (Seen::default(), Seen::default());
        for one in running {
            let (late, seen) = one.await?;
            if late {
                rest.join(seen)
            } else {
                first.join(seen)
            }
        }
        all += step * seconds;
        faults += first.faults + rest.faults;
        println!(
            "{step:>3} per second: p95 per call {:.1} ms in the first 5 s, {:.1} ms afterwards, faults {}",
            first.p95().as_secs_f64() * 1000.0,
            rest.p95().as_secs_f64() * 1000.0,
            first.faults + rest.faults
        );
        if let Some(fault) = first.fault.or(rest.fault) {
            println!("     {fault}");
        }
    }
    println!("{faults} faults of {all} lifecycles");
    Ok(())
}
