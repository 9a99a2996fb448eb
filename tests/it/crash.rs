//! What a citizen was told stays true when the machine dies: the program is killed in the middle of the
//! intake and started again. The long version is benches/crash-trial.

use std::{
    collections::BTreeMap,
    io::{BufRead as _, BufReader, Write as _},
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
    sync::mpsc,
    time::Duration,
};

use serde_json::{Value, json};
use tokio::sync::mpsc::{UnboundedSender, unbounded_channel};

use crate::support::database::TestDatabase;

const ROUNDS: usize = 2;
const CLIENTS: usize = 4;
/// The program is killed when so many complaints of a round are acknowledged and others are under way.
const BEFORE_THE_KILL: usize = 10;
const PATIENCE: Duration = Duration::from_secs(50);

/// A folder and a database that outlive the program.
struct Machine {
    database: TestDatabase,
    folder: PathBuf,
}

/// One life of the program.
struct Life {
    child: Child,
    url: String,
}

/// What a client knows about a complaint it sent.
enum Sent {
    Acknowledged(String, Acknowledged),
    /// The connection broke: perhaps filed, perhaps not.
    Unknown(String),
}

#[derive(Clone, Debug, PartialEq, Eq)]
struct Acknowledged {
    number: String,
    code: String,
}

impl Machine {
    async fn new() -> Self {
        let folder = std::env::temp_dir().join(format!("rembuk-crash-{}", uuid::Uuid::now_v7()));
        std::fs::create_dir_all(&folder).unwrap();
        let machine = Self {
            database: TestDatabase::create().await,
            folder,
        };
        let units = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/units.toml");
        machine.run(&["unit", "import", units.to_str().unwrap()], "");
        machine
    }

    fn command(&self) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_rembuk"));
        let folder = self.folder.display();
        command.env_clear().envs([
            (
                "REMBUK__SECRET_KEY",
                "dGVzdC1rdW5jaS1yYWhhc2lhLXVudHVrLXVqaS1jb2JhLXNhamE=".to_owned(),
            ),
            ("REMBUK__DATABASE__URL", self.database.url.clone()),
            ("REMBUK__HTTP__LISTEN", "127.0.0.1:0".to_owned()),
            ("REMBUK__MAIL__TRANSPORT", format!("file:{folder}/mail")),
            ("REMBUK__FILES__URL", format!("file:{folder}/files")),
            ("REMBUK__LIMITS__COMPLAINTS_PER_HOUR", "100000".to_owned()),
            (
                "REMBUK__LOG__LEVEL",
                "warn,rembuk::cli::running=info".to_owned(),
            ),
            ("REMBUK__LOG__FORMAT", "json".to_owned()),
        ]);
        command
    }

    /// Runs a command of the program to its end.
    fn run(&self, arguments: &[&str], input: &str) -> String {
        let mut child = self
            .command()
            .args(arguments)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        child
            .stdin
            .take()
            .unwrap()
            .write_all(input.as_bytes())
            .unwrap();
        let output = child.wait_with_output().unwrap();
        let said = String::from_utf8_lossy(&output.stderr);
        assert!(output.status.success(), "{arguments:?}: {said}");
        String::from_utf8(output.stdout).unwrap().trim().to_owned()
    }

    /// Starts the program and returns when it says where it serves.
    fn start(&self) -> Life {
        let mut serve = self.command();
        serve
            .arg("serve")
            .stdout(Stdio::null())
            .stderr(Stdio::piped());
        let mut life = Life {
            child: serve.spawn().unwrap(),
            url: String::new(),
        };
        let lines = BufReader::new(life.child.stderr.take().unwrap()).lines();
        let (say, said) = mpsc::channel();
        // Reads to the end, so that the program never waits for somebody to read its log.
        std::thread::spawn(move || {
            for line in lines.map_while(Result::ok) {
                let _ = say.send(line);
            }
        });
        let mut log = String::new();
        loop {
            let line = said
                .recv_timeout(PATIENCE)
                .unwrap_or_else(|_| panic!("the program did not start: {log}"));
            if let Some((_, rest)) = line.split_once("serving on ") {
                rest.split('"').next().unwrap().clone_into(&mut life.url);
                return life;
            }
            log.push_str(&line);
        }
    }
}

impl Life {
    /// As the power goes: SIGKILL, no farewell.
    fn kill(self) {
        drop(self);
    }
}

impl Drop for Life {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

impl Drop for Machine {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.folder);
    }
}

fn complaint(key: &str) -> Value {
    json!({
        "unit": "disdukcapil-kaltim",
        "subject": format!("Antrean {key}"),
        "description": "Loket tutup sebelum jam pelayanan berakhir.",
        "reporter": { "email": format!("warga-{key}@warga.example") },
    })
}

/// Files one complaint; `Err` when the program went away before it answered.
async fn file(
    client: &reqwest::Client,
    url: &str,
    key: &str,
) -> Result<Acknowledged, reqwest::Error> {
    let answer = client
        .post(format!("{url}/api/v1/complaints"))
        .header("Idempotency-Key", key)
        .json(&complaint(key))
        .send()
        .await?;
    let status = answer.status();
    let body: Value = answer.json().await?;
    assert_eq!(status, 201, "{key}: {body}");
    let word = |name: &str| body[name].as_str().unwrap().to_owned();
    Ok(Acknowledged {
        number: word("number"),
        code: word("access_code"),
    })
}

/// Files one complaint after the other until the program is gone.
async fn insist(name: String, url: String, sent: UnboundedSender<Sent>) {
    let client = reqwest::Client::new();
    for count in 0.. {
        let key = format!("{name}-{count}");
        let outcome = match file(&client, &url, &key).await {
            Ok(acknowledged) => Sent::Acknowledged(key, acknowledged),
            Err(_) => Sent::Unknown(key),
        };
        let gone = matches!(outcome, Sent::Unknown(_));
        if sent.send(outcome).is_err() || gone {
            return;
        }
    }
}

/// One round: several clients file at once, and in the middle the program dies.
async fn round(machine: &Machine, number: usize) -> (BTreeMap<String, Acknowledged>, Vec<String>) {
    let life = machine.start();
    let (sent, mut outcomes) = unbounded_channel();
    for client in 0..CLIENTS {
        tokio::spawn(insist(
            format!("r{number}c{client}"),
            life.url.clone(),
            sent.clone(),
        ));
    }
    drop(sent);
    let (mut acknowledged, mut unknown) = (BTreeMap::new(), Vec::new());
    let mut life = Some(life);
    while let Some(outcome) = outcomes.recv().await {
        match outcome {
            Sent::Acknowledged(key, it) => {
                acknowledged.insert(key, it);
            }
            Sent::Unknown(key) => unknown.push(key),
        }
        if acknowledged.len() == BEFORE_THE_KILL
            && let Some(life) = life.take()
        {
            life.kill();
        }
    }
    (acknowledged, unknown)
}

/// Numbers of all complaints, as a member of the staff sees them.
async fn all_numbers(client: &reqwest::Client, url: &str, token: &str) -> Vec<String> {
    let mut numbers = Vec::new();
    let mut cursor = None::<String>;
    loop {
        let mut request = client
            .get(format!("{url}/api/v1/complaints"))
            .query(&[("limit", "50")])
            .bearer_auth(token);
        if let Some(cursor) = &cursor {
            request = request.query(&[("cursor", cursor)]);
        }
        let page: Value = request.send().await.unwrap().json().await.unwrap();
        let items = page["items"].as_array().unwrap_or_else(|| panic!("{page}"));
        numbers.extend(
            items
                .iter()
                .map(|item| item["number"].as_str().unwrap().to_owned()),
        );
        cursor = page["next_cursor"].as_str().map(str::to_owned);
        if cursor.is_none() {
            return numbers;
        }
    }
}

/// How many mails each address got.
fn mails(folder: &Path) -> BTreeMap<String, usize> {
    let mut found = BTreeMap::new();
    for entry in std::fs::read_dir(folder.join("mail")).unwrap() {
        let path = entry.unwrap().path();
        if path.extension().is_some_and(|ending| ending == "eml") {
            let bytes = std::fs::read(path).unwrap();
            let mail = mail_parser::MessageParser::default().parse(&bytes).unwrap();
            let to = mail.to().unwrap().first().unwrap().address().unwrap();
            *found.entry(to.to_owned()).or_default() += 1;
        }
    }
    found
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_acknowledged_survives_a_crash_exactly_once() {
    // The client of these tests speaks TLS too, and wants to know how before it is asked.
    let _ = rustls::crypto::ring::default_provider().install_default();
    let machine = Machine::new().await;
    let mut known: BTreeMap<String, Acknowledged> = BTreeMap::new();
    let mut unknown = Vec::new();
    for number in 0..ROUNDS {
        let (acknowledged, lost_sight_of) = round(&machine, number).await;
        assert!(acknowledged.len() >= BEFORE_THE_KILL);
        known.extend(acknowledged);
        unknown.extend(lost_sight_of);
    }
    let token = token(&machine);
    let life = machine.start();
    let client = reqwest::Client::new();

    // Who asks again gets the same answer; who got none files now, or learns what was filed.
    for key in known.keys().cloned().collect::<Vec<_>>() {
        let again = file(&client, &life.url, &key).await.unwrap();
        assert_eq!(again, known[&key], "{key}");
    }
    for key in unknown {
        let answer = file(&client, &life.url, &key).await.unwrap();
        known.insert(key, answer);
    }

    let mut expected: Vec<String> = known.values().map(|it| it.number.clone()).collect();
    expected.sort();
    let mut stored = all_numbers(&client, &life.url, &token).await;
    stored.sort();
    assert_eq!(stored, expected, "every acknowledged number, each once");
    for it in known.values() {
        let answer = client
            .get(format!(
                "{}/api/v1/complaints/{}/status",
                life.url, it.number
            ))
            .header("X-Access-Code", &it.code)
            .send()
            .await
            .unwrap();
        assert_eq!(answer.status(), 200, "{}", it.number);
    }

    wait_for_mails(&machine, known.len()).await;
    let sent = mails(&machine.folder);
    for key in known.keys() {
        let address = format!("warga-{key}@warga.example");
        assert_eq!(sent.get(&address), Some(&1), "mails to {address}");
    }
    life.kill();
}

/// A token with which a complaint officer reads the list.
fn token(machine: &Machine) -> String {
    let email = "petugas@rembuk.example";
    let person = [
        "user",
        "add",
        "--name",
        "Petugas",
        "--email",
        email,
        "--role",
        "complaint_officer",
        "--unit",
        "disdukcapil-kaltim",
    ];
    machine.run(&person, "kuda laut makan nasi pagi\n");
    machine.run(&["token", "create", "--email", email, "--name", "uji"], "")
}

/// Jobs of a dead worker are taken over when its heartbeat has been missing for a while; the other
/// program's clock cannot be moved, so this looks again and again.
async fn wait_for_mails(machine: &Machine, expected: usize) {
    let mut look = tokio::time::interval(Duration::from_millis(100));
    let all_there = async {
        while mails(&machine.folder).len() < expected {
            look.tick().await;
        }
    };
    tokio::time::timeout(PATIENCE, all_there)
        .await
        .unwrap_or_else(|_| panic!("{} of {expected} mails", mails(&machine.folder).len()));
}
