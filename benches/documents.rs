//! How long a PDF takes, each time with another content: the typesetter remembers what it has set, and an
//! office prints a letter per recipient.
#![expect(clippy::unwrap_used, reason = "a benchmark that cannot go on says so")]
#![expect(clippy::print_stderr, reason = "a benchmark says its numbers")]

use std::time::{Duration, Instant};

use chrono::{TimeZone as _, Utc};
use criterion::{BatchSize, Criterion, criterion_group, criterion_main};
use rembuk::documents::{
    data::{Picture, PictureFormat, balanced},
    render::{Kind, render},
};
use serde_json::Value;

fn sample(kind: Kind) -> Value {
    let path = format!(
        "{}/document_templates/samples/{kind}.json",
        env!("CARGO_MANIFEST_DIR")
    );
    serde_json::from_slice(&std::fs::read(path).unwrap()).unwrap()
}

fn documents(criterion: &mut Criterion) {
    let stamp = Utc
        .with_ymd_and_hms(2025, 10, 24, 2, 30, 0)
        .single()
        .unwrap();
    let mut group = criterion.benchmark_group("pdf");
    group.sample_size(30);
    for kind in [
        Kind::Invitation,
        Kind::BeritaAcara,
        Kind::Recipients,
        Kind::ComplaintReceipt,
    ] {
        let data = sample(kind);
        let mut count = 0;
        group.bench_function(kind.as_str(), |bench| {
            bench.iter_batched(
                || {
                    count += 1;
                    changed(&data, count)
                },
                |data| render(kind, &data, stamp).unwrap(),
                BatchSize::PerIteration,
            );
        });
    }
    group.finish();
    report(criterion, stamp);
}

/// What an office waits for without doubting that something happens.
const GOAL: Duration = Duration::from_secs(3);

/// The goal: the report of 42 people with 30 photos within three seconds. Says the number by itself. The photos are
/// others each time, as those of another forum are: the typesetter remembers a picture that it has read.
fn report(criterion: &mut Criterion, stamp: chrono::DateTime<Utc>) {
    for run in 1..=2 {
        let data = large_report(run);
        let begin = Instant::now();
        let size = render(Kind::Report, &data, stamp).unwrap().len();
        let took = begin.elapsed();
        eprintln!(
            "report of 42 people with 30 photos, run {run}: {took:.2?} (goal {GOAL:?}: {}), {} kB",
            if took <= GOAL { "held" } else { "MISSED" },
            size / 1000
        );
    }
    let mut count = 2;
    let mut group = criterion.benchmark_group("report");
    group.sample_size(10);
    group.bench_function("42 people, 30 photos", |bench| {
        bench.iter_batched(
            || {
                count += 1;
                large_report(count)
            },
            |data| render(Kind::Report, &data, stamp).unwrap(),
            BatchSize::PerIteration,
        );
    });
    group.finish();
}

fn large_report(run: u32) -> Value {
    let mut data = sample(Kind::Report);
    data["preface"] = changed(&data["preface"], run);
    let row = data["annexes"][3]["paper"]["data"]["rows"][0].clone();
    let rows: Vec<Value> = (1..=42)
        .map(|number| {
            let mut row = row.clone();
            row["number"] = number.to_string().into();
            row
        })
        .collect();
    data["annexes"][3]["paper"]["data"]["rows"] = rows.into();
    let photos: Vec<Value> = (0..30)
        .map(|number| {
            serde_json::json!({
                "caption": format!("Foto kegiatan {number}"),
                "picture": Picture::new(PictureFormat::Jpg, &photo(run * 30 + number)),
            })
        })
        .collect();
    data["annexes"][4]["photo_pages"] = balanced(photos).into();
    data
}

/// A picture of the size that is kept of an uploaded photo, with something in it to compress.
fn photo(seed: u32) -> Vec<u8> {
    let picture = image::RgbImage::from_fn(2000, 1333, |x, y| {
        let part = |by: u32| u8::try_from((x * by / 7 + y / 5 + seed * 11) % 256).unwrap();
        image::Rgb([part(1), part(3), part(2)])
    });
    let mut bytes = std::io::Cursor::new(Vec::new());
    picture
        .write_to(&mut bytes, image::ImageFormat::Jpeg)
        .unwrap();
    bytes.into_inner()
}

/// The same document with one word changed in each of its texts.
fn changed(value: &Value, count: u32) -> Value {
    match value {
        Value::String(words) if words.contains(' ') => Value::String(format!("{words} {count}")),
        Value::Array(items) => items.iter().map(|item| changed(item, count)).collect(),
        Value::Object(fields) => Value::Object(
            fields
                .iter()
                .map(|(name, inner)| (name.clone(), changed(inner, count)))
                .collect(),
        ),
        other => other.clone(),
    }
}

criterion_group!(benches, documents);
criterion_main!(benches);
