//! Every address as a stranger. The list is read from the routes in the source and from the OpenAPI
//! document, so a new one cannot be forgotten. `roles.rs` does the same with every role.

use std::{fs, path::Path};

use poem::http::Method;

use crate::support::TestApp;

/// Pages below /kerja are for staff; the few others that change something need a form token.
pub fn page_routes() -> Vec<(String, Vec<&'static str>)> {
    let mut routes = Vec::new();
    let mut folders = vec![Path::new(env!("CARGO_MANIFEST_DIR")).join("src")];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
                continue;
            }
            let text = fs::read_to_string(&path).unwrap();
            for piece in text.split(".at(").skip(1) {
                let Some(address) = piece.trim_start().strip_prefix('"') else {
                    continue;
                };
                let (address, rest) = address.split_once('"').unwrap();
                let call: String = rest
                    .split(".at(")
                    .next()
                    .unwrap()
                    // The last route of a file ends with the function that lists them.
                    .split("\n}\n")
                    .next()
                    .unwrap()
                    .chars()
                    .take(400)
                    .collect();
                let methods = ["get(", "post(", "put(", "delete("]
                    .into_iter()
                    .filter(|method| call.contains(method))
                    .collect();
                routes.push((address.to_owned(), methods));
            }
        }
    }
    routes
}

/// A path with something in place of its parameters.
fn concrete(address: &str) -> String {
    let part = |part: &str| {
        if part.starts_with([':', '*']) || part.starts_with('{') {
            uuid::Uuid::nil().to_string()
        } else {
            part.to_owned()
        }
    };
    address.split('/').map(part).collect::<Vec<_>>().join("/")
}

#[tokio::test]
async fn a_stranger_sees_no_page_of_the_workspace() {
    let app = TestApp::new().await;
    let routes = page_routes();
    assert!(
        routes.iter().any(|(address, _)| address == "/kerja/akun"),
        "the scan finds the routes"
    );
    for (address, methods) in routes
        .iter()
        .filter(|(address, _)| address.starts_with("/kerja"))
    {
        let path = concrete(address);
        for method in methods {
            let mut browser = app.browser();
            let answer = match *method {
                "get(" => browser.get(&path).await,
                _ => browser.post_raw(&path, "").await,
            };
            assert!(
                answer.status == 303 && answer.location().starts_with("/masuk")
                    || answer.status == 400,
                "{method} {address}: {}",
                answer.status
            );
        }
    }
}

#[tokio::test]
async fn no_form_is_taken_without_the_token_of_a_page_of_ours() {
    let app = TestApp::new().await;
    for (address, methods) in page_routes() {
        if methods.contains(&"post(") {
            let answer = app.browser().post_raw(&concrete(&address), "a=b").await;
            assert!(
                matches!(answer.status, 303 | 400 | 404),
                "{address}: {}",
                answer.status
            );
            assert!(
                answer.status != 303 || answer.location().starts_with("/masuk"),
                "{address} went on to {}",
                answer.location()
            );
        }
    }
}

/// Operations that anybody may call; everything else needs a token.
const PUBLIC: &[&str] = &[
    "listUnitChannels",
    "fileComplaint",
    "listComplaintCategories",
    "writeToOffice",
    "addCitizenAttachments",
    "judgeAnswer",
    "withdrawOwnComplaint",
    "changeOwnContact",
    "chooseOwnNews",
    "getComplaintStatus",
    "listStandards",
    "getStandard",
    "getSurveyForm",
    "sendSurveyResponse",
];

#[tokio::test]
async fn no_operation_leaves_a_parameter_aside_that_it_does_not_know() {
    let app = TestApp::new().await;
    let document = app.browser().get("/api/openapi.json").await.json();
    for (path, operations) in document["paths"].as_object().unwrap() {
        for (method, operation) in operations.as_object().unwrap() {
            let id = &operation["operationId"];
            let path = format!("/api/v1{}?categori=x", concrete(path));
            let body = (method != "get").then(|| serde_json::json!({}));
            let method: Method = method.to_uppercase().parse().unwrap();
            let refused = app.browser().api(method.clone(), &path, body).await;
            assert_eq!(refused.status, 422, "{method} {path} ({id})");
            let fault = refused.json()["errors"][0].clone();
            assert_eq!(fault["field"], "categori", "{method} {path} ({id})");
            let code = fault["code"].as_str().unwrap();
            assert!(code.starts_with("query-"), "{method} {path} ({id}): {code}");
        }
    }
    let refused = app
        .browser()
        .get("/api/v1/reports/complaints?group=x")
        .await;
    let said = refused.json()["errors"][0]["message"].to_string();
    let twice = "/api/v1/complaints?status=received&status=closed";
    let twice = app.browser().get(twice).await.json();
    assert_eq!(twice["errors"][0]["code"], "query-twice", "{twice}");
    for known in ["from", "group_by", "to", "unit"] {
        assert!(said.contains(known), "{said}");
    }
}

/// A page names what stands in its address twice; a file that cannot be made says nothing of saving.
#[tokio::test]
async fn a_page_says_which_parameter_is_given_twice() {
    let app = TestApp::new().await;
    let mut officer = app.sign_in("petugas.kaltim@rembuk.example").await;
    for path in ["/kerja/pengaduan/rekap", "/kerja/pengaduan/buku"] {
        let twice = format!("{path}?from=2026-03-01&from=2026-03-02");
        let refused = officer.get(&twice).await;
        assert_eq!(refused.status, 422, "{path}");
        let text = refused.text();
        assert!(
            text.contains("\"from\" disebut lebih dari sekali"),
            "{text}"
        );
    }
    let file = "/kerja/pengaduan/rekap.csv?kategory=x";
    let refused = officer.get(file).await;
    assert_eq!(refused.status, 422);
    let text = refused.text();
    assert!(text.contains("\"kategory\" tidak dikenal"), "{text}");
    assert!(!text.contains("Belum ada yang tersimpan"), "{text}");
}

#[tokio::test]
async fn the_api_asks_strangers_for_a_token() {
    let app = TestApp::new().await;
    let document = app.browser().get("/api/openapi.json").await.json();
    for (path, operations) in document["paths"].as_object().unwrap() {
        for (method, operation) in operations.as_object().unwrap() {
            let id = operation["operationId"]
                .as_str()
                .unwrap_or_default()
                .to_owned();
            if PUBLIC.contains(&id.as_str()) {
                continue;
            }
            let path = format!("/api/v1{}", concrete(path));
            let body = (method != "get").then(|| serde_json::json!({}));
            let method: Method = method.to_uppercase().parse().unwrap();
            let answer = app.browser().api(method.clone(), &path, body).await;
            assert_eq!(
                answer.status, 401,
                "{method} {path} ({id}): {}",
                answer.body
            );
        }
    }
}

/// A form that is sent after the session ended leads, over the sign-in, to an address that can be opened.
#[tokio::test]
async fn whoever_signs_in_again_after_a_form_lands_on_a_page() {
    let app = TestApp::new().await;
    let mut officer = app.sign_in("petugas.kaltim@rembuk.example").await;
    for (address, methods) in page_routes() {
        if !address.starts_with("/kerja") || !methods.contains(&"post(") {
            continue;
        }
        let answer = app.browser().post_raw(&concrete(&address), "a=b").await;
        let next = answer.location().strip_prefix("/masuk?next=").unwrap();
        let page = officer.get(next).await;
        assert!(
            page.status < 405,
            "{address} leads to {next}: {}",
            page.status
        );
    }
}

#[test]
fn the_api_is_what_its_document_says() {
    let document = rembuk::cli::openapi::document().unwrap();
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/openapi.json");
    let kept = fs::read_to_string(&path).unwrap_or_default();
    assert!(
        kept.trim() == document.trim(),
        "docs/openapi.json is not what the program serves; run: cargo run -- openapi > docs/openapi.json"
    );
}

/// Two structs with one path make the document forget one of them.
#[test]
fn every_operation_of_the_code_stands_in_the_document() {
    let document = rembuk::cli::openapi::document().unwrap();
    let mut folders = vec![Path::new(env!("CARGO_MANIFEST_DIR")).join("src")];
    let mut lost = Vec::new();
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
                continue;
            }
            let code = fs::read_to_string(&path).unwrap_or_default();
            let named = code.split("operation_id = \"").skip(1);
            let named = named.filter_map(|rest| rest.split('"').next());
            let missing = |id: &&str| !document.contains(&format!("\"operationId\": \"{id}\""));
            lost.extend(named.filter(missing).map(str::to_owned));
        }
    }
    assert!(lost.is_empty(), "{lost:?}");
}
