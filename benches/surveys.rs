//! How long a hundred thousand answers take to be counted with all their cuts; the figures are made of that.
#![expect(clippy::unwrap_used, reason = "a benchmark that cannot go on says so")]

use std::hint::black_box;

use criterion::{Criterion, criterion_group, criterion_main};
use rembuk::surveys::results::{Answer, counted};

/// Deterministic and without a pattern that a branch predictor would learn.
fn answers(count: u64) -> Vec<Answer> {
    let mut state = 88_172_645_463_325_252_u64;
    let mut next = move |most: u64| {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        state % most
    };
    (0..count)
        .map(|_| {
            let scores = (0..9).map(|_| match next(20) {
                0 => '-',
                number => char::from_digit(u32::try_from(number % 4).unwrap() + 1, 10).unwrap(),
            });
            Answer {
                scores: scores.collect(),
                belongs: [8_u64, 6, 12, 2, 6, 6, 7].map(|most| format!("value-{}", next(most))),
            }
        })
        .collect()
}

fn surveys(criterion: &mut Criterion) {
    let answers = answers(100_000);
    let mut group = criterion.benchmark_group("survey");
    group.sample_size(20);
    group.bench_function("100,000 answers with all cuts", |bench| {
        bench.iter(|| counted(9, black_box(&answers)).unwrap());
    });
    group.finish();
}

criterion_group!(benches, surveys);
criterion_main!(benches);
