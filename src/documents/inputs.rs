//! From the caller's data to the files that a template reads: the words made printable, pictures and the QR code as
//! files of their own.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use qrcode::render::svg;
use qrcode::{EcLevel, QrCode};
use serde_json::{Map, Value};

use super::render::{Kind, RenderError};
use super::world::{can_print, template_of};

/// Stands for a character that no font of ours has, such as an emoji: the reader sees that something was there.
const STAND_IN: char = '□';

/// What one document adds to the templates.
#[derive(Default)]
pub(super) struct Inputs {
    /// Paths and contents.
    pub files: Vec<(String, Vec<u8>)>,
    /// Templates of the papers that print as annexes, each reading its own data.
    pub sources: Vec<(String, String)>,
}

pub(super) fn inputs_for(data: &Value) -> Result<Inputs, RenderError> {
    let mut inputs = Inputs::default();
    add(data, "", None, &mut inputs)?;
    Ok(inputs)
}

/// Adds the data under a folder with its pictures and QR code; the document itself stands in the root. `annexed` is the
/// annex that a paper is printed as: its number and title head the paper's first page.
fn add(
    data: &Value,
    folder: &str,
    annexed: Option<&Map<String, Value>>,
    inputs: &mut Inputs,
) -> Result<(), RenderError> {
    let mut qr = None;
    if let Some(address) = data.get("qr").and_then(Value::as_str) {
        let path = format!("{folder}/qr.svg");
        inputs
            .files
            .push((path.clone(), qr_svg(address)?.into_bytes()));
        qr = Some(path);
    }
    let mut prepared = prepare(data, folder, inputs)?;
    if let Some(annex) = annexed
        && let Value::Object(fields) = &mut prepared
    {
        let said = |name: &str| {
            let words = annex.get(name).and_then(Value::as_str);
            Value::String(printable(words.unwrap_or_default()))
        };
        let named = ["number", "title"].map(|name| (name.to_owned(), said(name)));
        fields.insert("annexed".to_owned(), Value::Object(Map::from_iter(named)));
        if let Some(path) = qr {
            fields.insert("qr_path".to_owned(), Value::String(path));
        }
    }
    let json = serde_json::to_vec(&prepared)?;
    inputs.files.push((format!("{folder}/data.json"), json));
    Ok(())
}

/// A paper that prints inside another: its template again, reading the data of that very paper. Names are
/// few and fixed, because the typesetter never forgets one.
fn annex(
    paper: &Value,
    of: &Map<String, Value>,
    inputs: &mut Inputs,
) -> Result<Value, RenderError> {
    let kind = paper
        .get("kind")
        .and_then(Value::as_str)
        .unwrap_or_default();
    let template = Kind::parse(kind).and_then(template_of);
    let template =
        template.ok_or_else(|| RenderError::Template(format!("no paper is called {kind}")))?;
    let folder = format!("/annex-{}", inputs.sources.len() + 1);
    let name = format!("{folder}.typ");
    let own = format!("\"{folder}/data.json\"");
    inputs
        .sources
        .push((name.clone(), template.replace("\"/data.json\"", &own)));
    let data = paper.get("data").unwrap_or(&Value::Null);
    add(data, &folder, Some(of), inputs)?;
    Ok(Value::String(name))
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
fn prepare(value: &Value, folder: &str, inputs: &mut Inputs) -> Result<Value, RenderError> {
    Ok(match value {
        Value::String(words) => Value::String(printable(words)),
        Value::Array(items) => Value::Array(
            items
                .iter()
                .map(|item| prepare(item, folder, inputs))
                .collect::<Result<_, _>>()?,
        ),
        Value::Object(fields) => match file_of(fields)? {
            Some((ending, bytes)) => {
                let path = format!("{folder}/pictures/{}.{ending}", inputs.files.len());
                inputs.files.push((path.clone(), bytes));
                let mut left = Map::from_iter([("path".to_owned(), Value::String(path))]);
                if let Some(name) = fields.get("file_name") {
                    left.insert("file_name".to_owned(), name.clone());
                }
                Value::Object(left)
            }
            None => Value::Object(
                fields
                    .iter()
                    .map(|(name, inner)| {
                        let inner = match name.as_str() {
                            "paper" if inner.is_object() => annex(inner, fields, inputs)?,
                            _ => prepare(inner, folder, inputs)?,
                        };
                        Ok((name.clone(), inner))
                    })
                    .collect::<Result<_, RenderError>>()?,
            ),
        },
        Value::Null | Value::Bool(_) | Value::Number(_) => value.clone(),
    })
}

/// The file that an object carries: a picture, or an issued paper that travels along as it is (see
/// [`super::data::Original`]).
fn file_of(fields: &Map<String, Value>) -> Result<Option<(&'static str, Vec<u8>)>, RenderError> {
    if fields.contains_key("file_name")
        && let Some(encoded) = fields.get("base64").and_then(Value::as_str)
    {
        let bytes = STANDARD
            .decode(encoded)
            .map_err(|broken| RenderError::Picture(format!("not base64: {broken}")))?;
        return Ok(Some(("pdf", bytes)));
    }
    picture(fields)
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
    let drawn = drawable(words);
    drawn.split_inclusive([' ', '\n']).map(breakable).collect()
}

/// The same without places to break a line: for the words inside a picture, where one letter that no font has would
/// spoil the whole paper.
#[must_use]
pub fn drawable(words: &str) -> String {
    words
        .chars()
        .filter_map(|character| match character {
            '\n' => Some('\n'),
            '\t' | '\u{2028}' | '\u{2029}' => Some(' '),
            invisible if is_invisible(invisible) => None,
            known if known == ' ' || can_print(known) => Some(known),
            _ => Some(STAND_IN),
        })
        .collect()
}

/// The letters of these words that no font of the papers has, each once: they would print as squares.
fn unprintable(words: &str) -> Vec<char> {
    let mut found: Vec<char> = Vec::new();
    for (character, drawn) in words
        .chars()
        .map(|one| (one, drawable(one.encode_utf8(&mut [0; 4]))))
    {
        if drawn.starts_with(STAND_IN) && character != STAND_IN && !found.contains(&character) {
            found.push(character);
        }
    }
    found
}

/// The same as people are told of them, "😀 ☃"; nothing where every letter can be shown.
#[must_use]
pub fn unprintable_text(words: &str) -> Option<String> {
    let letters: Vec<String> = unprintable(words).iter().map(char::to_string).collect();
    (!letters.is_empty()).then(|| letters.join(" "))
}

/// Whether the papers can show every letter of these words.
#[must_use]
pub fn is_printable(words: &str) -> bool {
    !printable(words).contains(STAND_IN)
}

/// A word longer than any real one would run off the paper, so it may break: every few letters where it is one long run,
/// after its signs where it is a long address. Shorter words keep clean letters, because the places to break are
/// copied along with the text; so does a fingerprint, which is copied to be compared and fits its line.
fn breakable(word: &str) -> String {
    const LONG_RUN: usize = 30;
    const LONG_WORD: usize = 40;
    const STEP: usize = 8;
    const MAY_BREAK: char = '\u{200B}';
    let fingerprint = word.trim_end();
    if fingerprint.len() == 64 && fingerprint.bytes().all(|byte| byte.is_ascii_hexdigit()) {
        return word.to_owned();
    }
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
        let files = inputs_for(&data).expect("files").files;
        let names: Vec<&str> = files.iter().map(|(name, _)| name.as_str()).collect();
        assert_eq!(names, ["/qr.svg", "/pictures/1.svg", "/data.json"]);
        let json: Value = serde_json::from_slice(&files[2].1).expect("json");
        assert_eq!(json["logo"]["path"], "/pictures/1.svg");
    }

    #[test]
    fn a_picture_of_another_format_is_refused() {
        let data = serde_json::json!({"logo": {"format": "../../x", "base64": ""}});
        assert!(matches!(inputs_for(&data), Err(RenderError::Picture(_))));
    }
}
