//! How long a deadline takes: it is computed at every intake and for every row of an inbox.
#![expect(clippy::unwrap_used, reason = "a benchmark that cannot go on says so")]

use std::hint::black_box;

use chrono::{NaiveDate, TimeZone as _};
use chrono_tz::Asia::Makassar;
use criterion::{Criterion, criterion_group, criterion_main};
use rembuk::calendar::{
    DeadlinePolicy, OfficeHours, WorkCalendar, deadline, decrees, working_days_between,
};

fn calendar() -> WorkCalendar {
    let holidays = decrees::built_in().unwrap();
    WorkCalendar {
        known_until: holidays.known_until().unwrap(),
        holidays,
        hours: OfficeHours::default(),
        closures: Vec::new(),
        work_collective_leave: false,
    }
}

fn rules(criterion: &mut Criterion) {
    let calendar = calendar();
    // The day before Nyepi and Idulfitri: the longest way to a due day.
    let received = Makassar
        .with_ymd_and_hms(2026, 3, 17, 10, 0, 0)
        .single()
        .unwrap();
    for days in [2, 60] {
        let policy = DeadlinePolicy::working_days(days);
        criterion.bench_function(&format!("deadline of {days} working days"), |bench| {
            bench.iter(|| deadline(black_box(received), &policy, &calendar).unwrap());
        });
    }
    let (from, to) = (
        NaiveDate::from_ymd_opt(2026, 1, 1).unwrap(),
        NaiveDate::from_ymd_opt(2026, 12, 31).unwrap(),
    );
    criterion.bench_function("working days of a year", |bench| {
        bench.iter(|| working_days_between(black_box(from), black_box(to), &calendar));
    });
    criterion.bench_function("reading the built-in decrees", |bench| {
        bench.iter(|| decrees::built_in().unwrap());
    });
}

criterion_group!(benches, rules);
criterion_main!(benches);
