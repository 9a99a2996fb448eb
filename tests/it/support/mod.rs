//! The harness: a program of its own per test, with its own database, a clock that stands still, and
//! mail kept in memory. Dropping it fails the test when jobs are left undone.

pub mod browser;
pub mod database;
pub mod races;
pub mod smtp;

use std::sync::{Arc, PoisonError};

use chrono::{DateTime, Duration, Utc};
use poem::{Response, test::TestClient};
use rembuk::{
    access::Ctx,
    platform::{clock::Clock, config::Config, context::App, jobs, mail::Transport},
    worker,
};

pub use browser::{Answer, Browser};
use database::TestDatabase;

/// Selasa, 17 Maret 2026, 10.00 WITA: the day before Nyepi and Idulfitri, when deadlines are interesting.
pub const START: &str = "2026-03-17T02:00:00Z";
pub const PASSWORD: &str = "kuda laut makan nasi pagi";

/// Argon2 is slow on purpose; once per process is enough.
static PASSWORD_HASH: tokio::sync::OnceCell<String> = tokio::sync::OnceCell::const_new();

pub struct TestApp {
    pub app: Arc<App>,
    pub client: TestClient<poem::endpoint::BoxEndpoint<'static, Response>>,
    folder: std::path::PathBuf,
    database: TestDatabase,
}

impl TestApp {
    /// A program with the units of the fixtures and one person per role.
    pub async fn new() -> Self {
        Self::with(&[]).await
    }

    /// With the real clock: for the worker, which the job library drives by it.
    pub async fn on_real_time() -> Self {
        Self::loaded(&[], Clock::System, false).await
    }

    pub async fn with(settings: &[(&str, &str)]) -> Self {
        Self::loaded(settings, Clock::fixed(START.parse().unwrap()), false).await
    }

    /// As `rembuk demo` runs it.
    pub async fn as_demo(settings: &[(&str, &str)]) -> Self {
        Self::loaded(settings, Clock::fixed(START.parse().unwrap()), true).await
    }

    /// An empty installation.
    pub async fn bare() -> Self {
        Self::build(&[], Clock::fixed(START.parse().unwrap()), false).await
    }

    async fn loaded(settings: &[(&str, &str)], clock: Clock, demo: bool) -> Self {
        let test = Self::build(settings, clock, demo).await;
        let hash = PASSWORD_HASH
            .get_or_init(|| async {
                rembuk::access::hash_password(PASSWORD.to_owned())
                    .await
                    .unwrap()
            })
            .await;
        rembuk::demo::load_basics(&test.ctx(), |_| hash.clone())
            .await
            .unwrap();
        test
    }

    async fn build(settings: &[(&str, &str)], clock: Clock, demo: bool) -> Self {
        let database = TestDatabase::create().await;
        let folder = std::env::temp_dir().join(format!("rembuk-test-{}", uuid::Uuid::now_v7()));
        let defaults = [
            (
                "REMBUK__SECRET_KEY".to_owned(),
                "dGVzdC1rdW5jaS1yYWhhc2lhLXVudHVrLXVqaS1jb2JhLXNhamE=".to_owned(),
            ),
            ("REMBUK__DATABASE__URL".to_owned(), database.url.clone()),
            (
                "REMBUK__DATABASE__MAX_CONNECTIONS".to_owned(),
                "4".to_owned(),
            ),
            ("REMBUK__MAIL__TRANSPORT".to_owned(), "memory:".to_owned()),
            (
                "REMBUK__FILES__URL".to_owned(),
                format!("file:{}", folder.display()),
            ),
            (
                "REMBUK__SITE__DEFAULT_UNIT".to_owned(),
                "disdukcapil-kaltim".to_owned(),
            ),
        ];
        let given = settings
            .iter()
            .map(|(name, value)| ((*name).to_owned(), (*value).to_owned()));
        let mut config = Config::load(None, defaults.into_iter().chain(given)).unwrap();
        config.demo = demo;
        let app = App::open(config, clock).await.unwrap();
        rembuk::calendar::load_defaults(&app.db).await.unwrap();
        rembuk::surveys::load_defaults(&app.db).await.unwrap();
        let client = TestClient::new(poem::EndpointExt::boxed(rembuk::server::endpoint(
            app.clone(),
            None,
        )));
        Self {
            app,
            client,
            folder,
            database,
        }
    }

    /// A person with the roles of the fixtures: `kasmawati@rembuk.example` and so on.
    pub fn ctx(&self) -> Ctx {
        Ctx::system(&self.app)
    }

    pub fn now(&self) -> DateTime<Utc> {
        self.app.clock.now()
    }

    pub fn advance(&self, by: Duration) {
        self.app.clock.advance(by);
    }

    /// Runs everything that is due; returns how many jobs ran.
    pub async fn run_jobs(&self) -> usize {
        jobs::run_due(&self.app, worker::dispatch).await.unwrap()
    }

    /// For a test whose very point is that jobs wait.
    pub async fn forget_jobs(&self) {
        use sea_orm::ConnectionTrait as _;
        let table = if self.app.db.is_sqlite() {
            "Jobs"
        } else {
            "apalis.jobs"
        };
        self.app
            .db
            .execute_unprepared(&format!("DELETE FROM {table}"))
            .await
            .unwrap();
    }

    /// The mails sent so far, as their raw text.
    pub fn mails(&self) -> Vec<Vec<u8>> {
        match &self.app.mail {
            Transport::Memory(sent) => sent.lock().unwrap_or_else(PoisonError::into_inner).clone(),
            _ => Vec::new(),
        }
    }

    /// A browser without cookies.
    pub fn browser(&self) -> Browser<'_> {
        Browser::new(self)
    }

    /// A browser signed in with the password that all people of the harness have.
    pub async fn sign_in(&self, email: &str) -> Browser<'_> {
        let mut browser = self.browser();
        browser.get("/masuk").await;
        let answer = browser
            .post("/masuk", &[("email", email), ("password", PASSWORD)])
            .await;
        assert_eq!(answer.status, 303, "sign-in as {email}: {}", answer.body);
        browser
    }
}

impl Drop for TestApp {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.folder);
        if !std::thread::panicking() {
            let waiting = jobs_left(self.database.url.clone(), self.now());
            assert_eq!(
                waiting, 0,
                "the test left jobs undone; run_jobs() runs them"
            );
        }
    }
}

/// What is due and was not run. Asked on a thread of its own: a drop cannot wait on the test's runtime.
fn jobs_left(url: String, now: DateTime<Utc>) -> i64 {
    let ask = move || {
        let runtime = tokio::runtime::Builder::new_current_thread()
            .enable_all()
            .build()
            .unwrap();
        runtime.block_on(async {
            let db = sea_orm::Database::connect(url).await.unwrap();
            jobs::due(&db, now).await.unwrap()
        })
    };
    std::thread::spawn(ask).join().unwrap()
}

/// A PDF of one empty page that any reader opens; the words make it another file.
pub fn pdf(words: &str) -> Vec<u8> {
    let objects = [
        "<</Type/Catalog/Pages 2 0 R>>",
        "<</Type/Pages/Kids[3 0 R]/Count 1>>",
        "<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]>>",
    ];
    let mut out = format!("%PDF-1.7\n% {words}\n");
    let mut table = "xref\n0 4\n0000000000 65535 f \n".to_owned();
    for (number, object) in (1..).zip(objects) {
        table += &format!("{:010} 00000 n \n", out.len());
        out += &format!("{number} 0 obj\n{object}\nendobj\n");
    }
    let at = out.len();
    out += &format!("{table}trailer\n<</Size 4/Root 1 0 R>>\nstartxref\n{at}\n%%EOF\n");
    out.into_bytes()
}
