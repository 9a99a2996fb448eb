//! From the caller's data to the files that a template reads: the words made printable, pictures and the QR code as
//! files of their own.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use qrcode::render::svg;
use qrcode::{EcLevel, QrCode};
use serde_json::{Map, Value};

use super::render::RenderError;
use super::world::can_print;

/// Stands for a character that no font of ours has, such as an emoji: the reader sees that something was there.
const STAND_IN: char = '□';

/// The paths and contents that one document adds to the templates.
pub(super) fn files_for(data: &Value) -> Result<Vec<(String, Vec<u8>)>, RenderError> {
    let mut files = Vec::new();
    if let Some(address) = data.get("qr").and_then(Value::as_str) {
        files.push(("/qr.svg".to_owned(), qr_svg(address)?.into_bytes()));
    }
    let prepared = prepare(data, &mut files)?;
    files.push(("/data.json".to_owned(), serde_json::to_vec(&prepared)?));
    Ok(files)
}

/// Medium correction: a fold or a stamp over a corner does no harm. The four modules of white around it belong to the
/// picture, because scanners need them.
fn qr_svg(address: &str) -> Result<String, RenderError> {
    let code = QrCode::with_error_correction_level(address, EcLevel::M).map_err(RenderError::Qr)?;
    Ok(code
        .render::<svg::Color<'_>>()
        .quiet_zone(true)
        .module_dimensions(4, 4)
        .build())
}

/// Copies the data with its words made printable; a picture becomes `{"path": …}` and a file.
fn prepare(value: &Value, files: &mut Vec<(String, Vec<u8>)>) -> Result<Value, RenderError> {
    Ok(match value {
        Value::String(words) => Value::String(printable(words)),
        Value::Array(items) => Value::Array(
            items
                .iter()
                .map(|item| prepare(item, files))
                .collect::<Result<_, _>>()?,
        ),
        Value::Object(fields) => match picture(fields)? {
            Some((format, bytes)) => {
                let path = format!("/pictures/{}.{format}", files.len());
                files.push((path.clone(), bytes));
                Value::Object(Map::from_iter([("path".to_owned(), Value::String(path))]))
            }
            None => Value::Object(
                fields
                    .iter()
                    .map(|(name, inner)| Ok((name.clone(), prepare(inner, files)?)))
                    .collect::<Result<_, RenderError>>()?,
            ),
        },
        Value::Null | Value::Bool(_) | Value::Number(_) => value.clone(),
    })
}

/// The picture that an object is, if it is one (see [`super::data::Picture`]). The format is never taken as it comes,
/// because it becomes part of a path.
fn picture(fields: &Map<String, Value>) -> Result<Option<(&'static str, Vec<u8>)>, RenderError> {
    let (Some(format), Some(encoded)) = (fields.get("format"), fields.get("base64")) else {
        return Ok(None);
    };
    let format = match format.as_str() {
        Some("svg") => "svg",
        Some("png") => "png",
        Some("jpg") => "jpg",
        _ => {
            return Err(RenderError::Picture(format!(
                "format {format} is not svg, png or jpg"
            )));
        }
    };
    let bytes = STANDARD
        .decode(encoded.as_str().unwrap_or_default())
        .map_err(|broken| RenderError::Picture(format!("not base64: {broken}")))?;
    Ok(Some((format, bytes)))
}

/// Leaves only what can stand on paper. Invisible characters go, above all those that turn the direction of writing and
/// can make a name read as another; what no font can draw becomes a square.
fn printable(words: &str) -> String {
    let drawn: String = words
        .chars()
        .filter_map(|character| match character {
            '\n' => Some('\n'),
            '\t' | '\u{2028}' | '\u{2029}' => Some(' '),
            invisible if is_invisible(invisible) => None,
            known if known == ' ' || can_print(known) => Some(known),
            _ => Some(STAND_IN),
        })
        .collect();
    drawn.split_inclusive([' ', '\n']).map(breakable).collect()
}

/// A word longer than any real one would run off the paper, so it may break: every few letters where it is one long run,
/// after its signs where it is a long address. Shorter words keep clean letters, because the places to break are
/// copied along with the text.
fn breakable(word: &str) -> String {
    const LONG_RUN: usize = 30;
    const LONG_WORD: usize = 40;
    const STEP: usize = 8;
    const MAY_BREAK: char = '\u{200B}';
    let long = word.chars().count() > LONG_WORD;
    let mut out = String::with_capacity(word.len());
    for run in word.split_inclusive(|character: char| !character.is_alphanumeric()) {
        let step = if run.chars().count() > LONG_RUN {
            STEP
        } else {
            usize::MAX
        };
        for (place, character) in run.chars().enumerate() {
            if place > 0 && place % step == 0 {
                out.push(MAY_BREAK);
            }
            out.push(character);
        }
        if long && run.ends_with(['.', '_', '@', '&', '=', '?', ',', ';']) {
            out.push(MAY_BREAK);
        }
    }
    out
}

fn is_invisible(character: char) -> bool {
    character.is_control()
        || matches!(character,
            '\u{AD}' | '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{206F}'
            | '\u{FE00}'..='\u{FE0F}' | '\u{FEFF}' | '\u{1F3FB}'..='\u{1F3FF}' | '\u{E0000}'..='\u{E0FFF}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_stay_as_they_are_unless_paper_cannot_carry_them() {
        let cases = [
            (
                "Ketut #let $ * _ [ ] \\ @ <b> “ya” – é",
                "Ketut #let $ * _ [ ] \\ @ <b> “ya” – é",
            ),
            ("satu\r\ndua\ttiga\u{0}", "satu\ndua tiga"),
            ("terima kasih 🙏🏽", "terima kasih □"),
            ("nama\u{202E}gnupik\u{FEFF}", "namagnupik"),
        ];
        for (given, printed) in cases {
            assert_eq!(printable(given), printed, "{given:?}");
        }
    }

    #[test]
    fn only_words_longer_than_real_ones_may_break_anywhere() {
        let whole = [
            "disdukcapil@kaltimprov.go.id",
            "400.12.5.5/3865/DISDUKCAPIL/2025",
            "mempertanggungjawabkannya",
        ];
        for word in whole {
            assert_eq!(printable(word), word);
        }
        assert_eq!(printable(&"a".repeat(31)).matches('\u{200B}').count(), 3);
        assert_eq!(printable(&"nama.".repeat(9)).matches('\u{200B}').count(), 9);
    }

    #[test]
    fn a_picture_becomes_a_file_and_its_path() {
        let data = serde_json::json!({"logo": {"format": "svg", "base64": STANDARD.encode("<svg/>")}, "qr": "https://a.example/1"});
        let files = files_for(&data).expect("files");
        let names: Vec<&str> = files.iter().map(|(name, _)| name.as_str()).collect();
        assert_eq!(names, ["/qr.svg", "/pictures/1.svg", "/data.json"]);
        let json: Value = serde_json::from_slice(&files[2].1).expect("json");
        assert_eq!(json["logo"]["path"], "/pictures/1.svg");
    }

    #[test]
    fn a_picture_of_another_format_is_refused() {
        let data = serde_json::json!({"logo": {"format": "../../x", "base64": ""}});
        assert!(matches!(files_for(&data), Err(RenderError::Picture(_))));
    }
}
