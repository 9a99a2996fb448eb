//! What an administrator's file of units may look like.

use rembuk::organisation::{self, FixtureUnits};

use crate::support::TestApp;

fn unit(code: &str, officials: &str) -> String {
    format!(
        r##"
[[unit]]
code = "{code}"
name = "Dinas {code}"
short_name = "{code}"
government = "Pemerintah Contoh"
province = "Contoh"
city = "Contoh"
jurisdiction = "Contoh"
zone = "Asia/Makassar"
legal_basis = "Peraturan Contoh"
address = "Jalan Contoh 1"
website = "https://{code}.example"
accent = "#12457a"
crest = ""
complaint_prefix = "{code}"
letterhead = ["PEMERINTAH CONTOH"]
{officials}
"##
    )
}

fn official(key: &str, nip: &str, superior: Option<&str>) -> String {
    let superior = superior.map(|key| format!("superior = \"{key}\"\n"));
    format!(
        "[[unit.official]]\nkey = \"{key}\"\nname = \"Nama {nip}\"\nposition = \"Kepala\"\nrank = \"Pembina\"\nnip = \"{nip}\"\n{}",
        superior.unwrap_or_default()
    )
}

/// The superiors of everybody of a unit, by name.
async fn import(app: &TestApp, file: &str) -> Result<Vec<(String, Option<String>)>, String> {
    let file: FixtureUnits = toml::from_str(file).unwrap();
    let tx = app.app.db.begin_write().await.unwrap();
    let ids = organisation::import(&tx, &app.ctx(), &file)
        .await
        .map_err(|error| error.to_string())?;
    let mut chain = Vec::new();
    for unit in &file.unit {
        for official in organisation::officials(&tx, ids[&unit.code]).await.unwrap() {
            let superior = match official.superior_id {
                Some(id) => Some(organisation::official(&tx, id).await.unwrap().name),
                None => None,
            };
            chain.push((official.name, superior));
        }
    }
    tx.commit().await.unwrap();
    Ok(chain)
}

const FIRST: &str = "198001012005011001";
const SECOND: &str = "198101012006012002";
const THIRD: &str = "198201012007011003";

#[tokio::test]
async fn units_of_a_file_may_use_the_same_keys_and_name_superiors_of_a_later_unit() {
    let app = TestApp::bare().await;
    let file = [
        unit("satu", &official("kepala", FIRST, Some("dua:kepala"))),
        unit(
            "dua",
            &(official("kepala", SECOND, Some("sekda")) + &official("sekda", THIRD, None)),
        ),
    ];
    let name = |nip: &str| format!("Nama {nip}");
    assert_eq!(
        import(&app, &file.concat()).await.unwrap(),
        [
            (name(FIRST), Some(name(SECOND))),
            (name(SECOND), Some(name(THIRD))),
            (name(THIRD), None),
        ]
    );
}

#[tokio::test]
async fn a_superior_that_may_mean_two_people_or_nobody_is_refused() {
    let app = TestApp::bare().await;
    let others = [
        unit("dua", &official("kepala", SECOND, None)),
        unit("tiga", &official("kepala", THIRD, None)),
    ];
    for (superior, said) in [("kepala", "write UNIT:KEY"), ("siapa", "not in the file")] {
        let first = unit("satu", &official("sekretaris", FIRST, Some(superior)));
        let refusal = import(&app, &(first + &others.concat())).await.unwrap_err();
        assert!(refusal.contains(said), "{refusal}");
    }
}

#[tokio::test]
async fn a_unit_without_officials_is_completed_by_importing_its_file_again() {
    let app = TestApp::bare().await;
    assert!(import(&app, &unit("satu", "")).await.unwrap().is_empty());
    let whole = unit("satu", &official("kepala", FIRST, None)) + &unit("dua", "");
    let mut file: FixtureUnits = toml::from_str(&whole).unwrap();
    let tx = app.app.db.begin_write().await.unwrap();
    let completed = organisation::add_officials(&tx, &app.ctx(), &mut file).await;
    assert_eq!(completed.unwrap(), 1);
    let added = organisation::import(&tx, &app.ctx(), &file).await.unwrap();
    tx.commit().await.unwrap();
    assert_eq!(added.keys().collect::<Vec<_>>(), ["dua"]);
    let db = &app.app.db;
    let first = organisation::unit_by_code(db, "satu").await.unwrap();
    let head = organisation::head_of(db, first.id).await.unwrap();
    assert_eq!(head.nip, FIRST);
}
