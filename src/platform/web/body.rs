//! The JSON body of an API request. Like `poem_openapi::payload::Json`, but what cannot be read is told by field, in
//! the reader's language, as every other fault of input is.

use poem::{FromRequest as _, Request, RequestBody};
use poem_openapi::{
    impl_apirequest_for_payload,
    payload::{Json, ParsePayload, Payload},
    registry::{MetaSchemaRef, Registry},
    types::{ParseFromJSON, Type},
};
use serde::de::DeserializeOwned;

use crate::platform::{
    error::{Error, FieldError},
    i18n::Message,
};

/// The body as a `T`.
#[derive(Debug)]
pub struct Body<T>(pub T);

impl<T: Type> Payload for Body<T> {
    const CONTENT_TYPE: &'static str = Json::<T>::CONTENT_TYPE;

    fn check_content_type(content_type: &str) -> bool {
        Json::<T>::check_content_type(content_type)
    }

    fn schema_ref() -> MetaSchemaRef {
        T::schema_ref()
    }

    fn register(registry: &mut Registry) {
        T::register(registry);
    }
}

impl<T: ParseFromJSON + DeserializeOwned> ParsePayload for Body<T> {
    const IS_REQUIRED: bool = true;

    async fn from_request(request: &Request, body: &mut RequestBody) -> poem::Result<Self> {
        let bytes = Vec::<u8>::from_request(request, body).await?;
        let required = || Registry::new().create_fake_schema::<T>().required;
        Ok(Self(read(&bytes, required)?))
    }
}

impl_apirequest_for_payload!(Body<T>, T: ParseFromJSON + DeserializeOwned);

/// `required` are the fields that the description of the body demands; it is asked when something is wrong.
fn read<T: DeserializeOwned>(
    bytes: &[u8],
    required: impl FnOnce() -> Vec<&'static str>,
) -> Result<T, Error> {
    // In two steps: what is no JSON concerns the whole body, what does not fit concerns one field.
    let value: serde_json::Value =
        serde_json::from_slice(bytes).map_err(|error| Error::BadRequest {
            code: "unreadable_body",
            detail: error.to_string(),
        })?;
    if !value.is_object() {
        return Err(Error::field("body", Message::new("field-shape")));
    }
    let sent = value.clone();
    serde_path_to_error::deserialize(value).map_err(|error| {
        let path = error.path().to_string();
        let first = fault(path.trim_start_matches('.'), &error.inner().to_string());
        with_all_missing(first, &sent, &required())
    })
}

/// The parser stops at the first field: whoever left out six is told of six.
fn with_all_missing(first: Error, sent: &serde_json::Value, required: &[&str]) -> Error {
    let Error::Invalid(mut faults) = first else {
        return first;
    };
    for name in required {
        if sent.get(name).is_none() && !faults.iter().any(|fault| fault.field == *name) {
            faults.push(FieldError {
                field: (*name).to_owned(),
                message: Message::new("field-required"),
            });
        }
    }
    Error::Invalid(faults)
}

/// The parser's own words name our types in English; which field it is helps more.
fn fault(place: &str, cause: &str) -> Error {
    let missing = cause
        .strip_prefix("missing field `")
        .and_then(|rest| rest.split('`').next());
    match (missing, place) {
        (Some(name), "") => Error::field(name, Message::new("field-required")),
        (Some(name), _) => Error::field(format!("{place}.{name}"), Message::new("field-required")),
        (None, "") => Error::field("body", Message::new("field-shape")),
        (None, _) if cause.contains("UUID") => Error::field(place, Message::new("field-uuid")),
        (None, _) => Error::field(place, Message::new("field-shape")),
    }
}

#[cfg(test)]
mod tests {
    use serde::Deserialize;

    use super::*;

    #[derive(Debug, Deserialize)]
    #[serde(deny_unknown_fields)]
    #[expect(dead_code, reason = "only the faults are looked at")]
    struct Letter {
        subject: String,
        reporter: Option<Person>,
        #[serde(default)]
        pages: u8,
        weight: Option<Weight>,
        mark: Option<uuid::Uuid>,
    }

    #[derive(Debug, Deserialize)]
    #[serde(rename_all = "snake_case")]
    enum Weight {
        Light,
        Heavy,
    }

    #[derive(Debug, Deserialize)]
    #[expect(dead_code, reason = "only the faults are looked at")]
    struct Person {
        name: String,
    }

    #[test]
    fn a_fault_names_its_field_and_says_what_it_is() {
        for (body, field, key) in [
            (r"{}", "subject", "field-required"),
            (r#"{"subject": 3}"#, "subject", "field-shape"),
            (r#"{"subject": null}"#, "subject", "field-shape"),
            (r#"{"subject": "x", "pages": 300}"#, "pages", "field-shape"),
            (
                r#"{"subject": "x", "reporter": {}}"#,
                "reporter.name",
                "field-required",
            ),
            (
                r#"{"subject": "x", "reporter": {"name": []}}"#,
                "reporter.name",
                "field-shape",
            ),
            (
                r#"{"subject": "x", "reporter": "Budi"}"#,
                "reporter",
                "field-shape",
            ),
            (r#"{"subject": "x", "topic": "y"}"#, "topic", "field-shape"),
            (r#"{"subject": "x", "weight": 5}"#, "weight", "field-shape"),
            (
                r#"{"subject": "x", "weight": "x"}"#,
                "weight",
                "field-shape",
            ),
            (r#"{"subject": "x", "mark": "k-1"}"#, "mark", "field-uuid"),
            (r#"{"subject": "x", "mark": 3}"#, "mark", "field-uuid"),
            (r#"["subject"]"#, "body", "field-shape"),
            (r#""subject""#, "body", "field-shape"),
        ] {
            match read::<Letter>(body.as_bytes(), Vec::new) {
                Err(Error::Invalid(faults)) => {
                    let found = (faults[0].field.as_str(), faults[0].message.key());
                    assert_eq!(found, (field, key), "{body}");
                }
                other => panic!("{body}: {other:?}"),
            }
        }
    }

    #[test]
    fn every_field_that_is_left_out_is_named_at_once() {
        for (body, fields) in [
            (r"{}", vec!["subject", "unit", "code"]),
            (r#"{"subject": 3}"#, vec!["subject", "unit", "code"]),
            (
                r#"{"pages": 300}"#,
                vec!["pages", "unit", "subject", "code"],
            ),
        ] {
            let required = || vec!["unit", "subject", "code"];
            let Err(Error::Invalid(faults)) = read::<Letter>(body.as_bytes(), required) else {
                panic!("{body} is refused");
            };
            let named: Vec<&str> = faults.iter().map(|fault| fault.field.as_str()).collect();
            assert_eq!(named, fields, "{body}");
        }
    }

    #[test]
    fn what_is_no_json_is_refused_as_a_whole() {
        let deep = format!("{}{}", "[".repeat(100_000), "]".repeat(100_000));
        for body in [
            &b""[..],
            b"{",
            b"subject=x",
            b"{} {}",
            b"{\"subject\": \"\xff\"}",
            deep.as_bytes(),
        ] {
            let read = read::<serde_json::Value>(body, Vec::new);
            assert!(
                matches!(
                    read,
                    Err(Error::BadRequest {
                        code: "unreadable_body",
                        ..
                    })
                ),
                "{read:?}"
            );
        }
    }
}
