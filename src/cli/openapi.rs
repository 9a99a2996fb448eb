//! The OpenAPI document: what the framework derives, completed with the problem answer of every operation.

use serde_json::{Value, json};

/// The document as JSON text.
pub fn document() -> anyhow::Result<String> {
    let spec = crate::app::api("http://127.0.0.1:8080").spec();
    Ok(serde_json::to_string_pretty(
        &serde_json::from_str::<Value>(&complete(&spec))?,
    )?)
}

/// Adds the `default` answer (RFC 9457) to each operation.
#[must_use]
pub fn complete(spec: &str) -> String {
    let Ok(mut document) = serde_json::from_str::<Value>(spec) else {
        return spec.to_owned();
    };
    let problem = json!({
        "description": "A problem document (RFC 9457) with a stable `code`",
        "content": { "application/problem+json": { "schema": problem_schema() } }
    });
    let paths = document.get_mut("paths").and_then(Value::as_object_mut);
    for operations in paths.into_iter().flat_map(|paths| paths.values_mut()) {
        for operation in operations
            .as_object_mut()
            .into_iter()
            .flat_map(|all| all.values_mut())
        {
            if let Some(responses) = operation
                .get_mut("responses")
                .and_then(Value::as_object_mut)
            {
                responses.insert("default".to_owned(), problem.clone());
            }
        }
    }
    document.to_string()
}

fn problem_schema() -> Value {
    json!({
        "type": "object",
        "required": ["code", "title", "status", "detail", "request_id"],
        "properties": {
            "code": { "type": "string", "description": "A stable word that programs may test for" },
            "title": { "type": "string" },
            "status": { "type": "integer" },
            "detail": { "type": "string", "description": "What happened and what to do, in the language asked for" },
            "request_id": { "type": "string" },
            "errors": {
                "type": "array",
                "items": {
                    "type": "object",
                    "required": ["field", "code", "message"],
                    "properties": {
                        "field": { "type": "string" },
                        "code": { "type": "string" },
                        "message": { "type": "string" }
                    }
                }
            }
        }
    })
}
