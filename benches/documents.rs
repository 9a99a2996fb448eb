//! How long a PDF takes, each time with another content: the typesetter remembers what it has set, and an
//! office prints a letter per recipient.
#![expect(clippy::unwrap_used, reason = "a benchmark that cannot go on says so")]

use chrono::{TimeZone as _, Utc};
use criterion::{BatchSize, Criterion, criterion_group, criterion_main};
use rembuk::documents::render::{Kind, render};
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
