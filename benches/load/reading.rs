//! Officers who look at lists, as pages: signed in, with every query that a page makes.

use std::time::{Duration, Instant};

use super::told::{Office, Seen};

/// Addresses of the inbox, by what they are.
const LISTS: [(&str, &str); 12] = [
    ("open", "/kerja/pengaduan?view=open"),
    ("late", "/kerja/pengaduan?view=late"),
    ("unassigned", "/kerja/pengaduan?view=unassigned"),
    ("soon", "/kerja/pengaduan?view=soon"),
    ("all", "/kerja/pengaduan?view=all"),
    ("all, newest", "/kerja/pengaduan?view=all&sort=newest"),
    ("all, closed", "/kerja/pengaduan?view=all&status=closed"),
    (
        "all, withdrawn",
        "/kerja/pengaduan?view=all&status=withdrawn",
    ),
    ("all, channel", "/kerja/pengaduan?view=all&channel=forum"),
    ("all, division", "/kerja/pengaduan?view=all&division=piak"),
    (
        "open, kind",
        "/kerja/pengaduan?view=open&kind=praise&channel=facebook",
    ),
    (
        "all, month",
        "/kerja/pengaduan?view=all&from=2026-05-01&to=2026-05-31&kind=aspiration",
    ),
];

const WORDS: [(&str, &str); 6] = [
    ("common word", "/kerja/pengaduan?view=all&q=antrean"),
    ("common words", "/kerja/pengaduan?view=all&q=petugas+loket"),
    ("rare word", "/kerja/pengaduan?view=all&q=genset"),
    (
        "rare and common",
        "/kerja/pengaduan?view=all&q=genset+petugas",
    ),
    ("absent word", "/kerja/pengaduan?view=all&q=tidakadayangini"),
    (
        "common, not another",
        "/kerja/pengaduan?view=all&q=antrean+-petugas",
    ),
];

/// What a head and a supervisor open first, and what everybody sees of promises.
const DASHBOARDS: [(&str, &str); 9] = [
    ("home", "/kerja"),
    ("summary", "/kerja/ringkasan"),
    ("issues", "/kerja/isu"),
    ("actions", "/kerja/rencana-aksi"),
    ("actions, late", "/kerja/rencana-aksi?keadaan=late"),
    ("actions, a year", "/kerja/rencana-aksi?tahun=2026"),
    ("promises", "/janji?unit=disdukcapil-kaltim"),
    (
        "promises, kept",
        "/janji?unit=disdukcapil-kaltim&keadaan=verified",
    ),
    ("start", "/"),
];

/// Of a supervisor alone.
const UNITS: [(&str, &str); 2] = [
    ("units", "/kerja/perbandingan"),
    ("units, by index", "/kerja/perbandingan?urut=indeks"),
];

pub async fn dashboards(office: Office, clients: u64, seconds: u64) -> anyhow::Result<()> {
    pages(office, &DASHBOARDS, clients, seconds).await
}

pub async fn units(office: Office, clients: u64, seconds: u64) -> anyhow::Result<()> {
    pages(office, &UNITS, clients, seconds).await
}

pub async fn lists(office: Office, clients: u64, seconds: u64) -> anyhow::Result<()> {
    pages(office, &LISTS, clients, seconds).await
}

pub async fn search(office: Office, clients: u64, seconds: u64) -> anyhow::Result<()> {
    pages(office, &WORDS, clients, seconds).await
}

async fn pages(
    office: Office,
    addresses: &'static [(&'static str, &'static str)],
    clients: u64,
    seconds: u64,
) -> anyhow::Result<()> {
    let cookie = signed_in(&office).await?;
    let started = Instant::now();
    let until = started + Duration::from_secs(seconds);
    let running: Vec<_> = (0..clients)
        .map(|client| {
            let (office, cookie) = (office.clone(), cookie.clone());
            tokio::spawn(async move {
                let http = office.client()?;
                let mut seen = Seen::default();
                let mut turn = usize::try_from(client)?;
                while Instant::now() < until {
                    let (what, query) = addresses[turn % addresses.len()];
                    turn += 1;
                    let sent = Instant::now();
                    let answer = http
                        .get(format!("{}{query}", office.url))
                        .header("Cookie", &cookie)
                        .send()
                        .await?;
                    let status = answer.status();
                    answer.bytes().await?;
                    seen.note(what, sent);
                    if status != 200 {
                        seen.failed(format!("{status} for {query}"));
                    }
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
        "{clients} clients, {:.1} s, p95 over all {:.1} ms",
        took.as_secs_f64(),
        all.p95().as_secs_f64() * 1000.0
    );
    for line in all.lines(took) {
        println!("{line}");
    }
    Ok(())
}

/// The cookies of a browser that signed in.
async fn signed_in(office: &Office) -> anyhow::Result<String> {
    let http = office.client()?;
    let page = http.get(format!("{}/masuk", office.url)).send().await?;
    let before = cookies(&page);
    let text = page.text().await?;
    let token = text
        .split("name=\"_csrf\" value=\"")
        .nth(1)
        .and_then(|rest| rest.split('"').next())
        .unwrap_or_default();
    let fields = [
        ("_csrf", token),
        ("email", &*office.email),
        ("password", &*office.password),
    ];
    let body = url::form_urlencoded::Serializer::new(String::new())
        .extend_pairs(fields)
        .finish();
    let answer = http
        .post(format!("{}/masuk", office.url))
        .header("Cookie", &before)
        .header("Content-Type", "application/x-www-form-urlencoded")
        .body(body)
        .send()
        .await?;
    anyhow::ensure!(answer.status() == 303, "signing in: {}", answer.status());
    Ok(format!("{before}; {}", cookies(&answer)))
}

fn cookies(answer: &reqwest::Response) -> String {
    let set = answer.headers().get_all("set-cookie").iter();
    let pairs = set.filter_map(|one| one.to_str().ok()?.split(';').next());
    pairs.collect::<Vec<_>>().join("; ")
}
