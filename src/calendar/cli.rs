//! `rembuk deadline`: when must this be answered, and why then. Works without a database, with the
//! built-in decrees and the office hours of Perpres 21/2023.

use std::fmt::Write as _;

use anyhow::{Context as _, anyhow};
use chrono::{DateTime, FixedOffset, SecondsFormat};
use chrono_tz::{Asia, Tz};
use serde_json::json;

use super::dates::{self, Lang};
use super::decrees;
use super::rules::{Deadline, DeadlinePolicy, OfficeHours, WorkCalendar, deadline};

/// Hitung batas waktu dalam hari kerja, hari demi hari
#[derive(Debug, Clone, clap::Args)]
pub struct DeadlineArgs {
    /// Waktu terima, RFC 3339 dengan offset: 2026-03-17T10:00:00+08:00
    #[arg(long, value_name = "WAKTU", value_parser = parse_received)]
    pub received: DateTime<FixedOffset>,
    /// Jumlah hari kerja
    #[arg(long, value_name = "N")]
    pub working_days: u32,
    /// Zona unit, misalnya Asia/Makassar; tanpa ini ditentukan dari offset waktu terima
    #[arg(long, value_name = "ZONA", value_parser = parse_zone)]
    pub zone: Option<Tz>,
    /// Unit tetap melayani pada cuti bersama
    #[arg(long)]
    pub work_collective_leave: bool,
    /// Keluaran JSON
    #[arg(long)]
    pub json: bool,
}

fn parse_received(text: &str) -> Result<DateTime<FixedOffset>, String> {
    DateTime::parse_from_rfc3339(text).map_err(|_| {
        "bukan waktu RFC 3339 dengan offset; tulis seperti 2026-03-17T10:00:00+08:00".to_owned()
    })
}

fn parse_zone(text: &str) -> Result<Tz, String> {
    text.parse().map_err(|_| {
        "zona tidak dikenal; pakai Asia/Jakarta (WIB), Asia/Makassar (WITA) atau Asia/Jayapura (WIT)"
            .to_owned()
    })
}

pub fn run(args: &DeadlineArgs) -> anyhow::Result<String> {
    let zone = match args.zone {
        Some(zone) => zone,
        None => zone_of(*args.received.offset())?,
    };
    let holidays = decrees::built_in()?;
    let calendar = WorkCalendar {
        known_until: holidays.known_until().context("daftar hari libur kosong")?,
        holidays,
        hours: OfficeHours::default(),
        closures: Vec::new(),
        work_collective_leave: args.work_collective_leave,
    };
    let received = args.received.with_timezone(&zone);
    let deadline = deadline(
        received,
        &DeadlinePolicy::working_days(args.working_days),
        &calendar,
    )
    .context("batas waktu tidak dapat dihitung")?;
    if args.json {
        as_json(&deadline)
    } else {
        as_table(&received, &deadline)
    }
}

/// An offset alone does not name a zone; in Indonesia each offset has one zone that stands for it.
fn zone_of(offset: FixedOffset) -> anyhow::Result<Tz> {
    const HOUR: i32 = 3600;
    match offset.local_minus_utc() {
        n if n == 7 * HOUR => Ok(Asia::Jakarta),
        n if n == 8 * HOUR => Ok(Asia::Makassar),
        n if n == 9 * HOUR => Ok(Asia::Jayapura),
        _ => Err(anyhow!(
            "offset {offset} bukan WIB (+07:00), WITA (+08:00) atau WIT (+09:00): \
             sebutkan zona unit, misalnya --zone Asia/Makassar"
        )),
    }
}

fn as_json(deadline: &Deadline) -> anyhow::Result<String> {
    let days: Vec<_> = deadline
        .days
        .iter()
        .map(|day| json!({ "date": day.date, "counted": day.counted, "reason": day.reason.text(Lang::Id) }))
        .collect();
    let mut out = json!({
        "due_at": deadline.due_at.to_rfc3339_opts(SecondsFormat::Secs, false),
        "days": days,
    });
    if let Some(warning) = deadline.warning {
        out["warning"] = warning.text(Lang::Id).into();
    }
    Ok(serde_json::to_string_pretty(&out)?)
}

fn as_table(received: &DateTime<Tz>, deadline: &Deadline) -> anyhow::Result<String> {
    let mut out = String::new();
    writeln!(out, "Diterima     {}", dates::date_time(received, Lang::Id))?;
    writeln!(
        out,
        "Batas waktu  {}",
        dates::date_time(&deadline.due_at, Lang::Id)
    )?;
    writeln!(out)?;
    for day in &deadline.days {
        let mark = if day.counted { '+' } else { ' ' };
        let (weekday, date) = (
            dates::weekday(day.date, Lang::Id),
            dates::date_short(day.date, Lang::Id),
        );
        writeln!(
            out,
            "{mark} {weekday:<6} {date:>11}  {}",
            day.reason.text(Lang::Id)
        )?;
    }
    writeln!(out)?;
    write!(out, "Tanda + berarti hari itu dihitung.")?;
    if let Some(warning) = deadline.warning {
        write!(out, "\nPerhatian: {}", warning.text(Lang::Id))?;
    }
    Ok(out)
}

#[cfg(test)]
mod tests {
    use clap::Parser;
    use serde_json::Value;

    use super::*;

    #[derive(Debug, Parser)]
    struct Command {
        #[command(flatten)]
        deadline: DeadlineArgs,
    }

    fn rembuk_deadline(args: &str) -> anyhow::Result<String> {
        let words = std::iter::once("deadline").chain(args.split_whitespace());
        run(&Command::try_parse_from(words)?.deadline)
    }

    fn json_of(args: &str) -> Value {
        serde_json::from_str(&rembuk_deadline(&format!("{args} --json")).unwrap()).unwrap()
    }

    #[test]
    fn nyepi_and_lebaran_are_skipped_and_each_day_says_why() {
        let answer = json_of("--received 2026-03-17T10:00:00+08:00 --working-days 2");
        assert_eq!(answer["due_at"], "2026-03-26T16:00:00+08:00");
        assert_eq!(answer.get("warning"), None);
        let days: Vec<_> = answer["days"]
            .as_array()
            .unwrap()
            .iter()
            .map(|day| {
                let text = |key: &str| day[key].as_str().unwrap().to_owned();
                format!("{} {} {}", text("date"), day["counted"], text("reason"))
            })
            .collect();
        assert_eq!(
            days,
            [
                "2026-03-17 false Diterima; hari penerimaan tidak dihitung",
                "2026-03-18 false Cuti bersama: Hari Suci Nyepi",
                "2026-03-19 false Libur nasional: Hari Suci Nyepi",
                "2026-03-20 false Cuti bersama: Hari Raya Idul Fitri",
                "2026-03-21 false Libur nasional: Hari Raya Idul Fitri",
                "2026-03-22 false Libur nasional: Hari kedua dari Hari Raya Idul Fitri",
                "2026-03-23 false Cuti bersama: Hari Raya Idul Fitri",
                "2026-03-24 false Cuti bersama: Hari Raya Idul Fitri",
                "2026-03-25 true Hari kerja ke-1",
                "2026-03-26 true Hari kerja ke-2, batas waktu",
            ]
        );
    }

    #[test]
    fn a_unit_that_works_on_collective_leave_answers_earlier() {
        let answer = json_of(
            "--received 2026-03-17T10:00:00+08:00 --working-days 2 --work-collective-leave",
        );
        assert_eq!(answer["due_at"], "2026-03-20T16:30:00+08:00");
    }

    #[test]
    fn the_offset_of_receipt_names_the_zone_unless_one_is_given() {
        for (received, zone, due) in [
            ("2025-10-24T10:00:00+07:00", "", "2025-10-28T16:00:00+07:00"),
            ("2025-10-24T10:00:00+08:00", "", "2025-10-28T16:00:00+08:00"),
            ("2025-10-24T10:00:00+09:00", "", "2025-10-28T16:00:00+09:00"),
            // 17.00 UTC on Monday is 01.00 WITA on Tuesday.
            (
                "2025-10-27T17:00:00Z",
                "--zone Asia/Makassar",
                "2025-10-30T16:00:00+08:00",
            ),
            (
                "2025-10-27T17:00:00Z",
                "--zone Asia/Pontianak",
                "2025-10-30T16:00:00+07:00",
            ),
            (
                "2025-10-27T16:59:59Z",
                "--zone Asia/Jakarta",
                "2025-10-29T16:00:00+07:00",
            ),
        ] {
            let answer = json_of(&format!("--received {received} {zone} --working-days 2"));
            assert_eq!(answer["due_at"], due, "{received} {zone}");
        }
    }

    #[test]
    fn an_offset_without_an_indonesian_zone_says_what_to_do() {
        let error =
            rembuk_deadline("--received 2025-10-27T17:00:00Z --working-days 2").unwrap_err();
        assert!(
            error.to_string().contains("--zone Asia/Makassar"),
            "{error}"
        );
        for wrong in [
            "--received 2025-10-27T17:00:00 --working-days 2",
            "--received 2025-10-27T17:00:00Z --working-days 2 --zone Asia/Bali",
            "--received 2025-10-27T17:00:00Z --working-days -1 --zone Asia/Makassar",
            "--received 9999-12-31T10:00:00+08:00 --working-days 2",
            "--received 0000-01-01T00:00:00+08:00 --working-days 2",
            "--received 2025-10-27T17:00:00+08:00 --working-days 4294967295",
        ] {
            assert!(rembuk_deadline(wrong).is_err(), "{wrong}");
        }
    }

    #[test]
    fn people_get_a_table() {
        let table =
            rembuk_deadline("--received 2025-10-24T08:00:00+08:00 --working-days 2").unwrap();
        insta::assert_snapshot!(table, @r"
        Diterima     Jumat, 24 Oktober 2025 pukul 08.00 WITA
        Batas waktu  Selasa, 28 Oktober 2025 pukul 16.00 WITA

          Jumat  24 Okt 2025  Diterima; hari penerimaan tidak dihitung
          Sabtu  25 Okt 2025  Akhir pekan
          Minggu 26 Okt 2025  Akhir pekan
        + Senin  27 Okt 2025  Hari kerja ke-1
        + Selasa 28 Okt 2025  Hari kerja ke-2, batas waktu

        Tanda + berarti hari itu dihitung.
        ");
    }

    #[test]
    fn a_deadline_after_the_last_decree_warns() {
        let args = "--received 2027-12-29T10:00:00+08:00 --working-days 5";
        let warning = json_of(args)["warning"].as_str().unwrap().to_owned();
        assert!(warning.contains("31 Desember 2027"), "{warning}");
        assert!(
            rembuk_deadline(args)
                .unwrap()
                .contains("Perhatian: Hari libur baru diketahui")
        );
    }
}
