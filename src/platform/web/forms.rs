//! Forms of pages. [`Form`] is the only way to read one, and it refuses a form without this browser's
//! token: a route cannot forget the check. [`FormView`] shows a form again with what was typed.

use std::{collections::BTreeMap, sync::Arc};

use poem::{FromRequest, Request, RequestBody, web::Multipart};
use serde::Serialize;

use super::request::RequestInfo;
use crate::platform::{
    context::App,
    error::{Error, FieldError, Result},
    i18n::Locale,
};

pub const FIELD_CSRF: &str = "_csrf";

/// The fields of a submitted form, in order; a name may come several times.
#[derive(Clone, Debug, Default)]
pub struct Form {
    values: Vec<(String, String)>,
    pub files: Vec<Upload>,
}

/// A file as it was sent; nothing about it is believed yet.
#[derive(Clone, Debug)]
pub struct Upload {
    pub field: String,
    pub name: String,
    pub bytes: Vec<u8>,
}

impl Form {
    /// A form made by a program: tests and the demo.
    #[must_use]
    pub fn of(values: &[(&str, &str)]) -> Self {
        Self {
            values: values
                .iter()
                .map(|(k, v)| ((*k).to_owned(), (*v).to_owned()))
                .collect(),
            files: Vec::new(),
        }
    }

    /// The value of a field, empty when it was not sent.
    #[must_use]
    pub fn get(&self, name: &str) -> &str {
        self.values
            .iter()
            .find(|(key, _)| key == name)
            .map_or("", |(_, value)| value)
    }

    #[must_use]
    pub fn all(&self, name: &str) -> Vec<&str> {
        self.values
            .iter()
            .filter(|(key, _)| key == name)
            .map(|(_, value)| value.as_str())
            .collect()
    }

    /// Whether the button under this list was pressed: the form is shown again with more lines, and nothing is saved.
    #[must_use]
    pub fn adds_to(&self, list: &str) -> bool {
        self.get("add") == list
    }

    /// A ticked box.
    #[must_use]
    pub fn is_on(&self, name: &str) -> bool {
        matches!(self.get(name), "on" | "true" | "1" | "yes")
    }

    async fn read(request: &Request, body: &mut RequestBody) -> Result<Self> {
        let kind = request.content_type().unwrap_or_default().to_owned();
        if kind.starts_with("multipart/form-data") {
            return Self::read_multipart(request, body).await;
        }
        let unreadable = |detail: String| Error::BadRequest {
            code: "unreadable_form",
            detail,
        };
        let bytes = body
            .take()
            .map_err(|e| unreadable(e.to_string()))?
            .into_vec()
            .await
            .map_err(|e| unreadable(e.to_string()))?;
        let text = String::from_utf8(bytes).map_err(|e| unreadable(e.to_string()))?;
        // Percent-encoded bytes that are no UTF-8 must not become replacement characters in a record.
        let mut values = Vec::new();
        for pair in text.split('&').filter(|pair| !pair.is_empty()) {
            let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
            values.push((
                decode(name).ok_or_else(|| unreadable("not UTF-8".into()))?,
                decode(value).ok_or_else(|| unreadable("not UTF-8".into()))?,
            ));
        }
        Ok(Self {
            values,
            files: Vec::new(),
        })
    }

    async fn read_multipart(request: &Request, body: &mut RequestBody) -> Result<Self> {
        let unreadable = |detail: String| Error::BadRequest {
            code: "unreadable_form",
            detail,
        };
        let mut parts = Multipart::from_request(request, body)
            .await
            .map_err(|e| unreadable(e.to_string()))?;
        let mut form = Self::default();
        while let Some(part) = parts
            .next_field()
            .await
            .map_err(|e| unreadable(e.to_string()))?
        {
            let field = part.name().unwrap_or_default().to_owned();
            let file_name = part.file_name().map(str::to_owned);
            let bytes = part.bytes().await.map_err(|e| unreadable(e.to_string()))?;
            match file_name {
                // Browsers send an empty part for a file field that was left alone.
                Some(name) if name.is_empty() && bytes.is_empty() => {}
                Some(name) => form.files.push(Upload { field, name, bytes }),
                None => form.values.push((
                    field,
                    String::from_utf8(bytes).map_err(|e| unreadable(e.to_string()))?,
                )),
            }
        }
        Ok(form)
    }
}

/// One value of `application/x-www-form-urlencoded`.
fn decode(text: &str) -> Option<String> {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.bytes();
    while let Some(byte) = rest.next() {
        bytes.push(match byte {
            b'+' => b' ',
            b'%' => {
                let (high, low) = (rest.next()?, rest.next()?);
                u8::from_str_radix(std::str::from_utf8(&[high, low]).ok()?, 16).ok()?
            }
            other => other,
        });
    }
    String::from_utf8(bytes).ok()
}

impl<'a> FromRequest<'a> for Form {
    async fn from_request(request: &'a Request, body: &mut RequestBody) -> poem::Result<Self> {
        let app = request
            .data::<Arc<App>>()
            .ok_or_else(|| Error::Internal(anyhow::anyhow!("no App in the request")))?;
        let info = request
            .data::<RequestInfo>()
            .ok_or_else(|| Error::Internal(anyhow::anyhow!("no RequestInfo in the request")))?;
        let form = Self::read(request, body).await?;
        info.check_csrf(app, form.get(FIELD_CSRF))?;
        let fields = form.values.iter();
        info.keep_words(fields.map(|(name, value)| (name.as_str(), value.as_str())));
        Ok(form)
    }
}

/// A form as a page shows it: each field with its value and fault, and the summary of faults.
#[derive(Clone, Debug, Default, Serialize)]
pub struct FormView {
    #[serde(flatten)]
    pub fields: BTreeMap<&'static str, FieldView>,
}

#[derive(Clone, Debug, Default, Serialize)]
pub struct FieldView {
    pub name: &'static str,
    pub value: String,
    pub error: Option<String>,
    pub required: bool,
    pub maxlength: Option<usize>,
    pub options: Vec<OptionView>,
}

#[derive(Clone, Debug, Default, Serialize)]
pub struct OptionView {
    pub value: String,
    pub label: String,
    pub hint: Option<String>,
    pub selected: bool,
}

/// One line of the error summary, linking to its field.
#[derive(Clone, Debug, Serialize)]
pub struct ErrorLine {
    pub field: String,
    pub message: String,
}

impl FormView {
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// A free text field; `maxlength` 0 means none.
    #[must_use]
    pub fn field(mut self, name: &'static str, required: bool, maxlength: usize) -> Self {
        let maxlength = (maxlength > 0).then_some(maxlength);
        self.fields.insert(
            name,
            FieldView {
                name,
                required,
                maxlength,
                ..FieldView::default()
            },
        );
        self
    }

    /// A field with choices (value, label).
    #[must_use]
    pub fn choice(
        mut self,
        name: &'static str,
        required: bool,
        options: Vec<(String, String)>,
    ) -> Self {
        let options = options
            .into_iter()
            .map(|(value, label)| OptionView {
                value,
                label,
                ..OptionView::default()
            })
            .collect();
        self.fields.insert(
            name,
            FieldView {
                name,
                required,
                options,
                ..FieldView::default()
            },
        );
        self
    }

    /// Spellings offered while a text field is typed in; any other may be typed too.
    #[must_use]
    pub fn suggesting(mut self, name: &str, mut spellings: Vec<String>) -> Self {
        spellings.sort_unstable();
        spellings.dedup();
        if let Some(field) = self.fields.get_mut(name) {
            field.options = spellings
                .into_iter()
                .filter(|spelling| !spelling.is_empty())
                .map(|value| OptionView {
                    value,
                    ..OptionView::default()
                })
                .collect();
        }
        self
    }

    /// Sets a value, as when an existing thing is edited.
    #[must_use]
    pub fn with(mut self, name: &str, value: impl Into<String>) -> Self {
        if let Some(field) = self.fields.get_mut(name) {
            field.value = value.into();
            for option in &mut field.options {
                option.selected = option.value == field.value;
            }
        }
        self
    }

    /// What was typed, kept.
    #[must_use]
    pub fn typed(self, form: &Form) -> Self {
        let names: Vec<&'static str> = self.fields.keys().copied().collect();
        names
            .into_iter()
            .fold(self, |view, name| view.with(name, form.get(name)))
    }

    /// The faults beside their fields; returns the summary in the order given.
    #[must_use]
    pub fn refused(mut self, errors: &[FieldError], locale: Locale) -> (Self, Vec<ErrorLine>) {
        let mut summary = Vec::with_capacity(errors.len());
        for error in errors {
            let message = error.message.text(locale);
            if let Some(field) = self.fields.get_mut(error.field.as_str()) {
                field.error.get_or_insert_with(|| message.clone());
            }
            summary.push(ErrorLine {
                field: error.field.clone(),
                message,
            });
        }
        (self, summary)
    }
}

#[cfg(test)]
mod tests {
    use super::decode;

    #[test]
    fn percent_decoding_refuses_what_is_no_text() {
        assert_eq!(decode("a+b%20c%C3%A9").as_deref(), Some("a b cé"));
        assert_eq!(decode("%FF"), None);
        assert_eq!(decode("%4"), None);
        assert_eq!(decode("%zz"), None);
    }
}
