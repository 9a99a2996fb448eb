//! Promises to programs: what the pages of the office do, they do by the same rules.

mod desk;
mod knowing;
mod ways;

use poem::http::Method;
use serde_json::{Value, json};

use crate::{
    complaints::{HANDLER, OFFICER, OTHER_OFFICER, UNIT, filed, program},
    support::{Answer, Browser, TestApp},
};

pub async fn read(program: &mut Browser<'_>, path: &str) -> Answer {
    program.get(&format!("/api/v1{path}")).await
}

pub async fn send(
    program: &mut Browser<'_>,
    method: Method,
    path: &str,
    body: Option<Value>,
) -> Answer {
    program.api(method, &format!("/api/v1{path}"), body).await
}

pub async fn post(program: &mut Browser<'_>, path: &str, body: Value) -> Answer {
    send(program, Method::POST, path, Some(body)).await
}

pub async fn put(program: &mut Browser<'_>, path: &str, body: Value) -> Answer {
    send(program, Method::PUT, path, Some(body)).await
}

pub async fn delete(program: &mut Browser<'_>, path: &str) -> Answer {
    send(program, Method::DELETE, path, None).await
}

/// What an answer of 200 holds.
pub fn fine(answer: &Answer) -> Value {
    assert_eq!(answer.status, 200, "{}", answer.body);
    answer.json()
}

/// The fields that an answer finds fault with.
pub fn faults(answer: &Answer) -> Vec<String> {
    assert_eq!(answer.status, 422, "{}", answer.body);
    let problem = answer.json();
    let errors = problem["errors"].as_array().cloned().unwrap_or_default();
    errors
        .iter()
        .map(|fault| fault["field"].as_str().unwrap_or_default().to_owned())
        .collect()
}

/// The stable code of a refusal.
pub fn code(answer: &Answer) -> (u16, String) {
    let code = answer.json()["code"]
        .as_str()
        .unwrap_or_default()
        .to_owned();
    (answer.status, code)
}
