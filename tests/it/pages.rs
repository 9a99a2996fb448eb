//! Every page that can be reached by following links, as everybody, in both languages: none fails, no
//! door leads nowhere. Templates are strict, so a page that names a missing value fails here.

use std::collections::{BTreeSet, VecDeque};

use scraper::{Html, Selector};

use crate::support::{Browser, PASSWORD, TestApp};

/// The addresses that a page links to on this site, without fragments.
fn links(html: &str) -> Vec<String> {
    let page = Html::parse_document(html);
    let anchors = Selector::parse("a[href]").unwrap();
    page.select(&anchors)
        .filter_map(|anchor| anchor.value().attr("href"))
        .filter(|href| href.starts_with('/') && !href.starts_with("//"))
        .map(|href| href.split('#').next().unwrap_or(href).to_owned())
        .collect()
}

/// One page of each kind is enough: ids, codes and numbers are folded.
fn kind_of(address: &str) -> String {
    let (path, query) = address.split_once('?').unwrap_or((address, ""));
    let fold = |part: &str| {
        let is_id = part.len() >= 8 && part.chars().filter(char::is_ascii_digit).count() >= 4;
        if is_id {
            "*".to_owned()
        } else {
            part.to_owned()
        }
    };
    let path = path.split('/').map(fold).collect::<Vec<_>>().join("/");
    let names: Vec<&str> = query
        .split('&')
        .map(|pair| pair.split('=').next().unwrap_or_default())
        .collect();
    format!("{path}?{}", names.join("&"))
}

/// Follows links from the start pages; returns the kinds of pages seen.
async fn walk(browser: &mut Browser<'_>, starts: &[&str], who: &str) -> BTreeSet<String> {
    let mut seen = BTreeSet::new();
    let mut queue: VecDeque<(String, String)> = starts
        .iter()
        .map(|start| ((*start).to_owned(), "start".to_owned()))
        .collect();
    let mut faults = Vec::new();
    while let Some((address, from)) = queue.pop_front() {
        // What leads out of the program, to WhatsApp with a text, is not walked.
        if !address.starts_with('/')
            || address.starts_with("/bahasa/")
            || address.starts_with("/static/")
            || !seen.insert(kind_of(&address))
        {
            continue;
        }
        let answer = browser.get(&address).await;
        if !matches!(answer.status, 200 | 303) {
            faults.push(format!(
                "{who}: {address} (from {from}) answers {}: {}",
                answer.status,
                answer.texts("h1, .lead-in").join(" ")
            ));
            continue;
        }
        let next = if answer.status == 303 {
            vec![answer.location().to_owned()]
        } else {
            links(&answer.body)
        };
        queue.extend(next.into_iter().map(|next| (next, address.clone())));
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
    seen
}

async fn demo() -> TestApp {
    let test = TestApp::bare().await;
    let hash = rembuk::access::hash_password(PASSWORD.to_owned())
        .await
        .unwrap();
    rembuk::demo::load(&test.ctx(), &hash).await.unwrap();
    test.run_jobs().await;
    test
}

#[tokio::test]
async fn every_public_page_opens_in_both_languages() {
    let test = demo().await;
    for language in ["id", "en"] {
        let mut browser = test.browser();
        browser.get(&format!("/bahasa/{language}?back=/")).await;
        let seen = walk(&mut browser, &["/", "/?unit=disdukcapil-sulsel"], language).await;
        assert!(seen.len() >= 8, "{seen:?}");
    }
}

#[tokio::test]
async fn every_page_of_the_workspace_opens_for_everybody_who_finds_its_link() {
    let test = demo().await;
    for person in rembuk::demo::people().unwrap() {
        let mut browser = test.sign_in(&person.email).await;
        walk(&mut browser, &["/kerja"], &person.email).await;
        if person.role.code() == "organiser" || person.role.code() == "head" {
            browser.get("/bahasa/en?back=/kerja").await;
            walk(
                &mut browser,
                &["/kerja"],
                &format!("{} in English", person.email),
            )
            .await;
        }
    }
}
