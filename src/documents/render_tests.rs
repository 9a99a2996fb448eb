//! Every sample is a promise: it fits its struct, and it prints.

use std::fs;
use std::path::PathBuf;

use chrono::TimeZone;
use serde::Serialize;
use serde::de::DeserializeOwned;

use super::super::data;
use super::*;

/// The samples with their kind: what stands before the first dot of the file name.
fn samples() -> Vec<(String, Kind, Value)> {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("document_templates/samples");
    let mut found: Vec<_> = fs::read_dir(folder)
        .expect("samples")
        .map(|entry| {
            let path = entry.expect("entry").path();
            let name = path
                .file_stem()
                .expect("name")
                .to_string_lossy()
                .into_owned();
            let kind = Kind::parse(name.split('.').next().expect("kind")).expect("a known kind");
            let data = serde_json::from_slice(&fs::read(path).expect("file")).expect("JSON");
            (name, kind, data)
        })
        .collect();
    found.sort_by(|one, other| one.0.cmp(&other.0));
    found
}

fn stamp() -> DateTime<Utc> {
    Utc.with_ymd_and_hms(2025, 10, 24, 2, 30, 0)
        .single()
        .expect("a time")
}

fn printed(what: &dyn fmt::Display, kind: Kind, value: &Value) -> Vec<u8> {
    render(kind, value, stamp()).unwrap_or_else(|problem| panic!("{what}: {problem}"))
}

fn sample(kind: Kind) -> Value {
    samples()
        .into_iter()
        .find(|(name, ..)| name == kind.as_str())
        .expect("a sample")
        .2
}

/// Reads the value as the struct and writes it again: both must say the same.
fn through<T: Serialize + DeserializeOwned>(value: &Value) -> Value {
    let read: T = serde_json::from_value(value.clone()).expect("the sample fits its struct");
    serde_json::to_value(read).expect("JSON")
}

#[test]
fn every_kind_has_a_sample_and_a_name_that_leads_back() {
    let names: Vec<String> = samples().into_iter().map(|(name, ..)| name).collect();
    for kind in Kind::ALL {
        assert!(names.contains(&kind.to_string()), "{kind}");
        assert_eq!(Kind::parse(kind.as_str()), Some(kind));
    }
    assert_eq!(Kind::parse("../data"), None);
}

#[test]
fn every_sample_says_the_same_as_its_struct() {
    for (name, kind, value) in samples() {
        let again = match kind {
            Kind::Invitation => through::<data::Invitation>(&value),
            Kind::Recipients => through::<data::Recipients>(&value),
            Kind::Schedule => through::<data::SchedulePaper>(&value),
            Kind::Attendance => through::<data::Attendance>(&value),
            Kind::BeritaAcara => through::<data::BeritaAcara>(&value),
            Kind::Minutes => through::<data::Minutes>(&value),
            Kind::Report | Kind::ReportPublic | Kind::SurveyReport => {
                through::<data::Report>(&value)
            }
            Kind::ComplaintReceipt => through::<data::ComplaintReceipt>(&value),
            Kind::Poster => through::<data::Poster>(&value),
            Kind::Letters => through::<data::Letters>(&value),
            Kind::AnswerSheets => through::<data::AnswerSheets>(&value),
            Kind::SurveyPoster => through::<data::SurveyPoster>(&value),
            Kind::SurveySlips => through::<data::SurveySlips>(&value),
            Kind::Record => through::<data::Record>(&value),
            Kind::Tables => through::<data::TablePaper>(&value),
            Kind::ClarificationLetter | Kind::BreachNotice | Kind::PersonalData => {
                through::<data::Letter>(&value)
            }
        };
        assert_eq!(again, value, "{name}");
    }
}

#[test]
fn every_sample_prints() {
    for (name, kind, value) in samples() {
        let file = printed(&name, kind, &value);
        assert!(file.starts_with(b"%PDF-1.7"), "{name}");
        // A report holds the papers of a whole forum.
        let most = if name.contains("report") {
            900_000
        } else {
            400_000
        };
        assert!(file.len() < most, "{name} has {} bytes", file.len());
    }
}

#[test]
fn the_same_data_and_stamp_give_the_same_file() {
    let letter = sample(Kind::Invitation);
    let first = render(Kind::Invitation, &letter, stamp()).expect("a file");
    // Another document in between, so that nothing is left over from the first.
    render(Kind::Schedule, &sample(Kind::Schedule), stamp()).expect("a file");
    assert_eq!(
        first,
        render(Kind::Invitation, &letter, stamp()).expect("a file")
    );
    assert_ne!(
        first,
        render(
            Kind::Invitation,
            &letter,
            stamp() + chrono::TimeDelta::seconds(1)
        )
        .expect("a file")
    );
}

/// Appends what people might type to every word of the data, except where the program itself decides.
fn hostile(value: &Value) -> Value {
    const TYPED: &str = " #let x = 1 #panic() $ * _ [ ] { } ( \\ @tujuan <label> // /* ` ~ = - + 1. 👩‍👩‍👧 \u{202E}\u{0} عربي
#import \"/data.json\"";
    match value {
        Value::String(words) => Value::String(format!("{words}{TYPED}{}", "panjang".repeat(20))),
        // Three rows show what hundreds would.
        Value::Array(items) => Value::Array(items.iter().take(3).map(hostile).collect()),
        Value::Object(fields) if fields.contains_key("base64") => value.clone(),
        Value::Object(fields) if fields.contains_key("colour") => {
            serde_json::json!({ "colour": fields["colour"], "label": hostile(&fields["label"]) })
        }
        // What makes an annex a paper of its kind, and how a block is set.
        Value::Object(fields) if fields.contains_key("kind") && fields.contains_key("data") => {
            serde_json::json!({ "kind": fields["kind"], "data": hostile(&fields["data"]) })
        }
        Value::Object(fields) if fields.contains_key("block") => Value::Object(
            fields
                .iter()
                .map(|(name, inner)| match name.as_str() {
                    "block" | "format" => (name.clone(), inner.clone()),
                    _ => (name.clone(), hostile(inner)),
                })
                .collect(),
        ),
        Value::Object(fields) => Value::Object(
            fields
                .iter()
                .map(|(name, inner)| (name.clone(), hostile(inner)))
                .collect(),
        ),
        other => other.clone(),
    }
}

#[test]
fn whatever_people_type_prints_as_plain_text() {
    for kind in Kind::ALL {
        let mut value = hostile(&sample(kind));
        value["qr"] = "https://rembuk.example.go.id/#let x".into();
        let file = printed(&kind, kind, &value);
        assert!(file.starts_with(b"%PDF-"), "{kind}");
    }
}

#[test]
fn a_document_without_its_optional_parts_prints() {
    for kind in Kind::ALL {
        let mut value = sample(kind);
        let fields = value.as_object_mut().expect("an object");
        for name in [
            "verification",
            "qr",
            "notes",
            "copies",
            "legal_basis",
            "references",
            "access_code",
            "due_days",
        ] {
            fields.remove(name);
        }
        if let Some(head) = value.get_mut("letterhead").and_then(Value::as_object_mut) {
            head.remove("logo");
        }
        printed(&kind, kind, &value);
    }
}

#[test]
fn data_of_another_kind_is_an_error_that_names_the_field() {
    let problem = render(Kind::BeritaAcara, &sample(Kind::Schedule), stamp()).expect_err("no file");
    assert!(
        problem
            .to_string()
            .contains("dictionary does not contain key"),
        "{problem}"
    );
}

#[test]
fn a_picture_that_is_none_is_an_error() {
    let mut value = sample(Kind::Invitation);
    value["letterhead"]["logo"] = serde_json::json!({"format": "png", "base64": "bm90IGEgcG5n"});
    assert!(matches!(
        render(Kind::Invitation, &value, stamp()),
        Err(RenderError::Template(_))
    ));
}
