//! The shape of the code: which way dependencies point, and what a kind of file must not contain.

use std::{
    collections::BTreeMap,
    fs,
    path::{Path, PathBuf},
};

/// Domain capabilities and which other domain capabilities each may enter, by what its `mod.rs` exports.
const EDGES: &[(&str, &[&str])] = &[
    ("standards", &[]),
    ("surveys", &["standards", "action_plans"]),
    ("action_plans", &[]),
    ("complaints", &["action_plans", "standards"]),
    (
        "survey_voices",
        &["surveys", "complaints", "standards", "forums", "minutes"],
    ),
    ("deadlines", &["complaints"]),
    ("privacy", &["complaints"]),
    ("forums", &["action_plans"]),
    ("contacts", &["forums"]),
    ("own_questions", &["forums"]),
    ("invitations", &["forums", "contacts", "own_questions"]),
    ("registrations", &["forums", "invitations", "own_questions"]),
    ("attendance", &["forums", "invitations", "registrations"]),
    ("berita_acara", &["forums", "attendance", "action_plans"]),
    (
        "minutes",
        &[
            "forums",
            "attendance",
            "berita_acara",
            "action_plans",
            "standards",
            "surveys",
        ],
    ),
    (
        "follow_up",
        &[
            "forums",
            "attendance",
            "berita_acara",
            "minutes",
            "action_plans",
        ],
    ),
    (
        "issues",
        &["forums", "complaints", "action_plans", "surveys"],
    ),
    (
        "proving",
        &["forums", "complaints", "action_plans", "surveys", "issues"],
    ),
    (
        "proposals",
        &[
            "forums",
            "complaints",
            "follow_up",
            "action_plans",
            "issues",
        ],
    ),
    (
        "fkp_report",
        &[
            "forums",
            "invitations",
            "attendance",
            "berita_acara",
            "minutes",
            "action_plans",
            "follow_up",
            "standards",
            "surveys",
        ],
    ),
];
const SHARED: &[&str] = &["access", "organisation", "calendar", "audit", "documents"];
/// These put everything together and may name every capability.
const COMPOSITION: &[&str] = &[
    "reports",
    "evidence_bundle",
    "demo",
    "app",
    "server",
    "worker",
    "housekeeping",
    "cli",
    "main",
    "lib",
];

fn source_files(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            source_files(&path, found);
        } else if path.extension().is_some_and(|ending| ending == "rs") {
            found.push(path);
        }
    }
}

/// (capability, file name, path, code without comments and tests)
fn sources() -> Vec<(String, String, String, String)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut files = Vec::new();
    source_files(&root, &mut files);
    files
        .into_iter()
        .map(|path| {
            let inside = path.strip_prefix(&root).unwrap();
            let capability = inside
                .components()
                .next()
                .unwrap()
                .as_os_str()
                .to_string_lossy()
                .trim_end_matches(".rs")
                .to_owned();
            let name = path.file_name().unwrap().to_string_lossy().into_owned();
            let text = fs::read_to_string(&path).unwrap();
            let code: String = text
                .split("#[cfg(test)]")
                .next()
                .unwrap()
                .lines()
                .filter(|line| !line.trim_start().starts_with("//"))
                .map(|line| format!("{line}\n"))
                .collect();
            (capability, name, inside.display().to_string(), code)
        })
        .collect()
}

#[test]
fn a_kind_of_file_does_only_its_work() {
    let forbidden: BTreeMap<&str, &[&str]> = [
        (
            "rules.rs",
            &[
                "async ",
                "Utc::now",
                "ConnectionTrait",
                "poem::",
                "store::",
                "service::",
            ][..],
        ),
        ("store.rs", &["poem::", "service::", "Utc::now"]),
        ("service.rs", &["poem::", "Utc::now"]),
        ("api.rs", &["sea_orm", "store::", ".begin()", "begin_write"]),
        (
            "pages.rs",
            &["sea_orm", "store::", ".begin()", "begin_write"],
        ),
    ]
    .into();
    let mut faults = Vec::new();
    for (capability, name, path, code) in sources() {
        if capability == "platform" {
            continue;
        }
        for word in forbidden.get(name.as_str()).copied().unwrap_or_default() {
            if code.contains(word) {
                faults.push(format!("{path} contains {word}"));
            }
        }
        if code.contains(".begin()") || code.contains(".begin().await") {
            faults.push(format!(
                "{path} begins a deferred transaction; use begin_write"
            ));
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn dependencies_point_one_way() {
    let domain: Vec<&str> = EDGES.iter().map(|(name, _)| *name).collect();
    let mut faults = Vec::new();
    for (capability, _, path, code) in sources() {
        let named =
            |other: &str| code.contains(&format!("crate::{other}")) || named_in_group(&code, other);
        let allowed: &[&str] = match capability.as_str() {
            "platform" => &[],
            shared if SHARED.contains(&shared) => &[],
            name if COMPOSITION.contains(&name) => continue,
            name => {
                EDGES
                    .iter()
                    .find(|(from, _)| *from == name)
                    .unwrap_or_else(|| panic!("{name} is in no table of this test"))
                    .1
            }
        };
        for other in &domain {
            if *other != capability && named(other) && !allowed.contains(other) {
                faults.push(format!("{path} enters {other}"));
            }
        }
        if capability == "platform" {
            faults.extend(
                SHARED
                    .iter()
                    .filter(|shared| named(shared))
                    .map(|shared| format!("{path} enters {shared}")),
            );
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

/// `use crate::{access::…, forums::…}` spread over lines.
fn named_in_group(code: &str, capability: &str) -> bool {
    code.split("use crate::{").skip(1).any(|group| {
        let group = group.split("};").next().unwrap_or_default();
        let mut depth = 0;
        let mut top = String::new();
        for c in group.chars() {
            match c {
                '{' => depth += 1,
                '}' => depth -= 1,
                _ if depth == 0 => top.push(c),
                _ => {}
            }
        }
        top.split(',')
            .any(|part| part.trim().split("::").next() == Some(capability))
    })
}

#[test]
fn a_capability_is_entered_by_its_face_only() {
    let mut faults = Vec::new();
    for (capability, _, path, code) in sources() {
        for (other, _) in EDGES {
            if *other == capability {
                continue;
            }
            for inner in ["entity", "store", "service"] {
                if code.contains(&format!("{other}::{inner}::")) {
                    faults.push(format!("{path} reaches into {other}::{inner}"));
                }
            }
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn files_stay_small() {
    let mut faults = Vec::new();
    for folder in ["src", "tests", "migrations"] {
        let mut files = Vec::new();
        source_files(
            &Path::new(env!("CARGO_MANIFEST_DIR")).join(folder),
            &mut files,
        );
        for path in files {
            let lines = fs::read_to_string(&path).unwrap().lines().count();
            if lines > 500 {
                faults.push(format!("{} has {lines} lines", path.display()));
            }
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn both_languages_have_the_same_texts() {
    let keys = |language: &str| -> Vec<String> {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR"))
            .join("locales")
            .join(language);
        let mut keys: Vec<String> = fs::read_dir(folder)
            .unwrap()
            .flat_map(|file| {
                fs::read_to_string(file.unwrap().path())
                    .unwrap()
                    .lines()
                    .map(str::to_owned)
                    .collect::<Vec<_>>()
            })
            .filter(|line| line.starts_with(|c: char| c.is_ascii_lowercase()))
            .filter_map(|line| line.split_once('=').map(|(key, _)| key.trim().to_owned()))
            .collect();
        keys.sort();
        keys
    };
    let (indonesian, english) = (keys("id"), keys("en"));
    let missing: Vec<&String> = indonesian
        .iter()
        .filter(|key| !english.contains(key))
        .collect();
    let extra: Vec<&String> = english
        .iter()
        .filter(|key| !indonesian.contains(key))
        .collect();
    assert!(
        missing.is_empty() && extra.is_empty(),
        "not in English: {missing:?}; not in Indonesian: {extra:?}"
    );
    let mut twice = indonesian.clone();
    twice.dedup();
    assert_eq!(twice.len(), indonesian.len(), "a key stands twice");
}

/// A page that nobody opened in a test must not fail for want of a text either.
#[test]
fn every_text_that_a_template_names_exists() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let texts: String = fs::read_dir(root.join("locales/id"))
        .unwrap()
        .map(|file| fs::read_to_string(file.unwrap().path()).unwrap())
        .collect();
    let known: Vec<&str> = texts
        .lines()
        .filter_map(|line| line.split_once('=').map(|(key, _)| key.trim()))
        .collect();
    let mut folders = vec![root.join("page_templates"), root.join("email_templates")];
    let mut faults = Vec::new();
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|ending| ending == "hbs") {
                let template = fs::read_to_string(&path).unwrap();
                let calls = template.replace("(t \"", "{{t \"");
                let named = calls.split("{{t \"").skip(1);
                let named = named.filter_map(|rest| rest.split('"').next());
                faults.extend(
                    named
                        .filter(|key| key.contains('-') && !key.contains(' '))
                        .filter(|key| !known.contains(key))
                        .map(|key| format!("{} names {key}", path.display())),
                );
            }
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

/// A list of promises that names a test which is gone promises nothing.
#[test]
fn every_test_that_the_list_of_regressions_names_exists() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut files = Vec::new();
    source_files(&root.join("tests/it"), &mut files);
    let tests: String = files
        .iter()
        .map(|path| fs::read_to_string(path).unwrap())
        .collect();
    let list = fs::read_to_string(root.join("docs/regressions.md")).unwrap();
    let named = list.split('`').skip(1).step_by(2);
    let missing: Vec<&str> = named
        .map(|name| name.rsplit("::").next().unwrap_or(name))
        .filter(|name| name.matches('_').count() > 2 && !name.contains('/'))
        .filter(|name| !tests.contains(&format!("fn {name}(")))
        .collect();
    assert!(missing.is_empty(), "{missing:?}");
}
