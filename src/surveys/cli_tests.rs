//! The commands as people type them.

use clap::{CommandFactory as _, Parser};

use super::*;

#[derive(Debug, Parser)]
#[command(name = "skm")]
struct Command {
    #[command(subcommand)]
    command: SkmCommand,
}

fn skm(args: &str) -> anyhow::Result<String> {
    let words = std::iter::once("skm").chain(args.split_whitespace());
    run(&Command::try_parse_from(words)?.command)
}

fn json_of(args: &str) -> Value {
    serde_json::from_str(&skm(&format!("{args} --json")).unwrap()).unwrap()
}

const EXACT: &str = "exact";

fn scored(text: &[u8], weights: &str) -> anyhow::Result<Value> {
    let method = MethodArgs {
        weights: weights.to_owned(),
        grades: "14/2017".to_owned(),
        json: true,
    };
    Ok(serde_json::from_str(&score(text, &method)?)?)
}

fn refusal(text: &str) -> String {
    format!("{:#}", scored(text.as_bytes(), EXACT).unwrap_err())
}

#[test]
fn a_file_of_scores_becomes_an_index() {
    let found = scored(b"U1,umur,U2\n3,30,4\n4,41,4\n3,22,\n", EXACT).unwrap();
    assert_eq!(
        found,
        json!({
            "n": 3,
            "elements": [
                { "label": "U1", "answers": 3, "nrr": "3.333" },
                { "label": "U2", "answers": 2, "nrr": "4.000" },
            ],
            "ikm": "91.67",
            "grade": "A",
            "performance": "Sangat baik",
            "weights": "exact",
            "grades": "14/2017",
            "warnings": ["1 jawaban dikosongkan responden; NRR dihitung atas jawaban yang ada."],
        })
    );
}

#[test]
fn published_tables_are_computed_from_their_means() {
    const BANTUL: &str = "index --nrr 3.31,3.35,3.49,3.93,3.45,3.39,3.39,3.76,3.35";
    let found = json_of(BANTUL);
    assert_eq!(
        (&found["ikm"], &found["grade"]),
        (&json!("87.28"), &json!("B"))
    );
    assert_eq!(
        (&found["n"], &found["warnings"]),
        (&Value::Null, &json!([]))
    );
    assert_eq!(
        found["elements"][0],
        json!({ "label": "U1", "answers": null, "nrr": "3.310" })
    );
    let rough = json_of(&format!("{BANTUL} --weights 0.11"));
    assert_eq!(rough["ikm"], "86.41");
    let warning = rough["warnings"][0].as_str().unwrap();
    assert!(
        warning.contains("0,11") && warning.contains("99,00"),
        "{warning}"
    );
    let bogor = "index --nrr 3.007,2.993,3.020,3.000,3.113,3.033,2.887,2.947,2.980,3.033,3.000,3.033,3.020,3.000 --grades KEP/25/2004 --weights 0.071";
    assert_eq!(json_of(bogor)["ikm"], "74.67");
    assert_eq!(json_of(bogor)["grade"], "B");
}

#[test]
fn people_read_commas() {
    let text = skm("index --nrr 3.31,3.35").unwrap();
    assert!(
        text.contains("3,310") && text.contains("IKM        83,25"),
        "{text}"
    );
    assert!(
        text.ends_with("Cara       bobot exact, tabel 14/2017"),
        "{text}"
    );
}

#[test]
fn another_grade_is_warned_of() {
    let found = json_of("index --nrr 3.08,3.08,3.08,3.08,3.08,3.08,3.08,3.08,3.08 --weights 0.11");
    assert_eq!(found["grade"], "C");
    let warnings = found["warnings"].to_string();
    assert!(
        warnings.contains("77,00") && warnings.contains("76,23"),
        "{warnings}"
    );
}

#[test]
fn own_weights_are_taken_when_they_sum_to_one() {
    let found = json_of("index --nrr 4,2 --weights 0.75,0.25");
    assert_eq!(
        (&found["ikm"], &found["weights"]),
        (&json!("87.50"), &json!("0.75,0.25"))
    );
    for (weights, words) in [
        ("0.5,0.499", "0,999"),
        ("0.5,0.25,0.25", "3 bobot"),
        ("0.12", "tidak dikenal"),
        ("0,5;0,5", "titik"),
    ] {
        let refused = skm(&format!("index --nrr 4,2 --weights {weights}")).unwrap_err();
        assert!(
            format!("{refused:#}").contains(words),
            "{weights}: {refused:#}"
        );
    }
    let heavy = skm("index --nrr 4,4,4,4,4,4,4,4,4,4,4,4,4,4 --weights 0.11").unwrap_err();
    assert!(format!("{heavy:#}").contains("1,54"), "{heavy:#}");
}

#[test]
fn means_outside_the_scale_and_decimal_commas_are_refused() {
    for (nrr, words) in [
        ("3.31,4.01", "ke-2"),
        ("0.99", "ke-1"),
        ("3,31,3,35", "titik"),
        ("3,31;3,35", "titik"),
        ("3.31,,3.35", "ke-2"),
        ("baik", "bukan angka"),
    ] {
        let refused = skm(&format!("index --nrr {nrr}")).unwrap_err();
        assert!(format!("{refused:#}").contains(words), "{nrr}: {refused:#}");
    }
}

#[test]
fn bad_files_are_refused_with_row_and_column() {
    for (text, words) in [
        ("U1,U2\n3,4\n5,2\n", &["baris 3", "kolom A (U1)", "5"][..]),
        ("U1;U2\n3;4\n3,5;2\n", &["baris 3", "kolom A (U1)", "koma"]),
        ("U1,U2\n3,5,4\n", &["baris 2", "kolom B (U2)"]),
        ("nama,umur\nAni,3\n", &["tidak ada kolom unsur"]),
        ("", &["kosong"]),
        ("<html><table></table></html>", &["CSV"]),
        ("U1,U1\n3,4\n", &["dua kali"]),
    ] {
        let told = refusal(text);
        for word in words {
            assert!(
                told.to_lowercase().contains(&word.to_lowercase()),
                "{text}: {told}"
            );
        }
    }
    let many = format!("U1\n{}", "9\n".repeat(30));
    assert!(refusal(&many).contains("10 sel lain"));
}

#[test]
fn files_of_many_programs_are_read() {
    let rows = "Persyaratan;Waktu\r\n3;4\r\n\r\n;\r\n4;4\r\n";
    let marked = [b"\xEF\xBB\xBF", rows.as_bytes()].concat();
    let wide: Vec<u8> = [0xFF, 0xFE]
        .into_iter()
        .chain(rows.encode_utf16().flat_map(u16::to_le_bytes))
        .collect();
    for bytes in [rows.as_bytes(), &marked, &wide] {
        let found = scored(bytes, EXACT).unwrap();
        assert_eq!((&found["n"], &found["ikm"]), (&json!(2), &json!("93.75")));
        assert_eq!(
            found["warnings"],
            json!(["2 baris tanpa jawaban dilewati."])
        );
    }
}

#[test]
fn nobody_and_an_element_without_answers_leave_no_index() {
    let found = scored(b"U1,U2\n", EXACT).unwrap();
    assert_eq!(
        (&found["n"], &found["ikm"], &found["grade"]),
        (&json!(0), &Value::Null, &Value::Null)
    );
    assert_eq!(found["elements"][1]["nrr"], Value::Null);
    let found = scored(b"U1,U2 Biaya\n3,\n4,\n", EXACT).unwrap();
    assert_eq!((&found["n"], &found["ikm"]), (&json!(2), &Value::Null));
    assert_eq!(found["elements"][0]["nrr"], "3.500");
    assert!(found["warnings"][0].as_str().unwrap().contains("U2 Biaya"));
}

#[test]
fn ten_thousand_rows_are_no_trouble() {
    let text = format!("U1,U2\n{}", "4,3\n".repeat(10_000));
    let found = scored(text.as_bytes(), EXACT).unwrap();
    assert_eq!(
        (&found["n"], &found["ikm"]),
        (&json!(10_000), &json!("87.50"))
    );
}

#[test]
fn a_sample_is_told_with_its_formula() {
    let text = skm("sample --population 983").unwrap();
    assert!(
        text.starts_with("276\n") && text.contains("Krejcie"),
        "{text}"
    );
    assert_eq!(json_of("sample --population 1000")["sample"], 278);
    for wrong in ["0", "-5", "banyak", "3,5"] {
        let refused = skm(&format!("sample --population {wrong}")).unwrap_err();
        let words = format!("--population {wrong}: isi dengan bilangan bulat");
        assert!(refused.to_string().contains(&words), "{refused}");
    }
    // That is a whole number, and nobody is told that it is none.
    let refused = skm("sample --population 12345678901234567890123").unwrap_err();
    assert!(
        refused.to_string().contains("tidak ada orangnya"),
        "{refused}"
    );
}

#[test]
fn help_says_how_columns_are_known_and_which_weights_there_are() {
    let mut command = Command::command();
    let mut help = |name: &str| {
        let found = command.find_subcommand_mut(name).unwrap();
        found.render_long_help().to_string()
    };
    let score = help("score");
    for words in [
        "U1 sampai U99",
        "0.11",
        "KEP/25/2004",
        "--json",
        "BERKAS.csv",
    ] {
        assert!(score.contains(words), "{words}: {score}");
    }
    assert!(help("index").contains("3.31,3.35,3.49"));
    assert!(help("sample").contains("--population"));
}
