//! The query of an API request. What the OpenAPI document does not describe is refused for every operation in this one
//! place: a mistyped filter that is left aside answers with everything, and looks like an answer.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

use poem::{Endpoint, Middleware, Request};
use serde::Deserialize;

use crate::platform::{
    error::{Error, FieldError, Result},
    i18n::Message,
};

/// As much of an unknown name as is said again.
const SHOWN: usize = 60;

/// Refuses the parameters of a query that are not among the known ones, and those given twice, of which only one would be
/// heard; each under its own name.
pub fn refuse_unknown(request: &Request, known: &BTreeSet<String>) -> Result<()> {
    let sent: Vec<(String, String)> = request.params().unwrap_or_default();
    let mut seen = BTreeSet::new();
    let (mut unknown, mut twice) = (BTreeSet::new(), BTreeSet::new());
    for (name, _) in sent {
        if !known.contains(&name) {
            unknown.insert(name);
        } else if !seen.insert(name.clone()) {
            twice.insert(name);
        }
    }
    if unknown.is_empty() && twice.is_empty() {
        return Ok(());
    }
    let all: Vec<&str> = known.iter().map(String::as_str).collect();
    let message = match all.is_empty() {
        true => Message::new("query-none"),
        false => Message::new("query-unknown").with("known", all.join(", ")),
    };
    let unknown = unknown
        .into_iter()
        .map(|name| fault(&name, message.clone()));
    let twice = twice.into_iter().map(|name| said_twice(&name));
    Err(Error::Invalid(unknown.chain(twice).collect()))
}

/// A page lists what is wrong without the names of fields, so the words say it too.
fn fault(name: &str, message: Message) -> FieldError {
    let field: String = name.chars().take(SHOWN).collect();
    FieldError {
        message: message.with("name", field.clone()),
        field,
    }
}

/// A parameter of which only one would be heard.
#[must_use]
pub fn said_twice(name: &str) -> FieldError {
    fault(name, Message::new("query-twice"))
}

/// The same for a file that a page offers: a mistyped filter would take the whole along.
pub fn refuse_others(request: &Request, known: &[&str]) -> Result<()> {
    let known = known.iter().map(|name| (*name).to_owned()).collect();
    refuse_unknown(request, &known)
}

/// Around the API: which operation knows which parameters.
#[derive(Clone)]
pub struct KnownParameters(Arc<[Operation]>);

struct Operation {
    method: String,
    /// `complaints`, `{number}`, `history`.
    path: Vec<String>,
    names: BTreeSet<String>,
}

#[derive(Deserialize)]
struct Document {
    paths: BTreeMap<String, BTreeMap<String, Described>>,
}

#[derive(Deserialize)]
struct Described {
    #[serde(default)]
    parameters: Vec<Parameter>,
}

#[derive(Deserialize)]
struct Parameter {
    name: String,
    #[serde(rename = "in")]
    place: String,
}

fn parts(path: &str) -> impl Iterator<Item = &str> {
    path.split('/').filter(|part| !part.is_empty())
}

impl KnownParameters {
    /// From the OpenAPI document of the API that it stands around.
    pub fn of(document: &str) -> serde_json::Result<Self> {
        let document: Document = serde_json::from_str(document)?;
        let mut all = Vec::new();
        for (path, operations) in document.paths {
            for (method, described) in operations {
                let named = described.parameters.into_iter();
                all.push(Operation {
                    method,
                    path: parts(&path).map(str::to_owned).collect(),
                    names: named
                        .filter(|parameter| parameter.place == "query")
                        .map(|parameter| parameter.name)
                        .collect(),
                });
            }
        }
        Ok(Self(all.into()))
    }

    /// The parameters of the operation that answers; none where nothing does. As in the routes, a word goes before a
    /// placeholder.
    fn names(&self, method: &str, path: &str) -> Option<&BTreeSet<String>> {
        let asked: Vec<&str> = parts(path).collect();
        self.0
            .iter()
            .filter(|operation| operation.method.eq_ignore_ascii_case(method))
            .filter_map(|operation| Some((operation.fit(&asked)?, operation)))
            .max_by(|(one, _), (other, _)| one.cmp(other))
            .map(|(_, operation)| &operation.names)
    }
}

impl Operation {
    /// Where the path fits: which of its parts are the very words.
    fn fit(&self, asked: &[&str]) -> Option<Vec<bool>> {
        if self.path.len() != asked.len() {
            return None;
        }
        let same = |(own, asked): (&String, &&str)| match own == asked {
            true => Some(true),
            false => own.starts_with('{').then_some(false),
        };
        self.path.iter().zip(asked).map(same).collect()
    }
}

impl<E: Endpoint> Middleware<E> for KnownParameters {
    type Output = Guarded<E>;

    fn transform(&self, inner: E) -> Self::Output {
        Guarded {
            known: self.clone(),
            inner,
        }
    }
}

/// The API behind [`KnownParameters`].
pub struct Guarded<E> {
    known: KnownParameters,
    inner: E,
}

impl<E: Endpoint> Endpoint for Guarded<E> {
    type Output = E::Output;

    async fn call(&self, request: Request) -> poem::Result<Self::Output> {
        if request.uri().query().is_some_and(|query| !query.is_empty()) {
            let (method, path) = (request.method().as_str(), request.uri().path());
            if let Some(names) = self.known.names(method, path) {
                refuse_unknown(&request, names)?;
            }
        }
        self.inner.call(request).await
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const DOCUMENT: &str = r#"{"paths": {
        "/complaints": {
            "get": {"parameters": [
                {"name": "status", "in": "query"}, {"name": "limit", "in": "query"}
            ]},
            "post": {"parameters": [{"name": "Idempotency-Key", "in": "header"}]}
        },
        "/complaints/{number}": {"get": {"parameters": [{"name": "number", "in": "path"}]}},
        "/complaints/import": {"get": {"parameters": [{"name": "unit", "in": "query"}]}},
        "/{any}/import": {"get": {"parameters": [{"name": "year", "in": "query"}]}}
    }}"#;

    #[test]
    fn an_operation_is_found_by_its_words_before_its_placeholders() {
        let known = KnownParameters::of(DOCUMENT).unwrap();
        for (method, path, expected) in [
            ("GET", "/complaints", Some(vec!["limit", "status"])),
            ("POST", "/complaints", Some(vec![])),
            ("GET", "/complaints/", Some(vec!["limit", "status"])),
            ("GET", "/complaints/ADU-2026-000001", Some(vec![])),
            ("GET", "/complaints/import", Some(vec!["unit"])),
            ("GET", "/forums/import", Some(vec!["year"])),
            ("DELETE", "/complaints", None),
            ("GET", "/complaints/import/rows", None),
        ] {
            let found = known.names(method, path);
            let names = found.map(|names| names.iter().map(String::as_str).collect::<Vec<_>>());
            assert_eq!(names, expected, "{method} {path}");
        }
    }

    #[test]
    fn each_unknown_parameter_is_named_once_with_the_known_ones() {
        let known = BTreeSet::from(["limit".to_owned(), "status".to_owned()]);
        for (query, faults) in [
            ("", vec![]),
            ("limit=5&status=open", vec![]),
            ("limit=5&status=open&status=closed", vec!["status"]),
            ("limit=5&&", vec![]),
            ("categori=x&categori=y", vec!["categori"]),
            ("Status=x&%6cimit=2&kind", vec!["Status", "kind"]),
        ] {
            let request = Request::builder()
                .uri(format!("/complaints?{query}").parse().unwrap())
                .finish();
            let found = match refuse_unknown(&request, &known) {
                Ok(()) => Vec::new(),
                Err(Error::Invalid(all)) => all.into_iter().map(|fault| fault.field).collect(),
                Err(other) => panic!("{query}: {other}"),
            };
            assert_eq!(found, faults, "{query}");
        }
    }
}
