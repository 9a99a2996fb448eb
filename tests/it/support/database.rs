//! A migrated database of its own for every test. The first test of a run migrates a template; the
//! others copy it, which takes milliseconds on both databases.

use std::path::PathBuf;

use sea_orm::{ConnectionTrait as _, Database};
use tokio::sync::OnceCell;

static TEMPLATE: OnceCell<String> = OnceCell::const_new();

pub struct TestDatabase {
    pub url: String,
    file: Option<PathBuf>,
    /// PostgreSQL: the server, and the name of this database on it.
    on_server: Option<(String, String)>,
}

impl TestDatabase {
    pub async fn create() -> Self {
        match std::env::var("REMBUK_TEST_POSTGRES") {
            Ok(server) => Self::create_postgres(&server).await,
            Err(_) => Self::create_sqlite().await,
        }
    }

    async fn create_sqlite() -> Self {
        let file = std::env::temp_dir().join(format!("rembuk-test-{}.db", uuid::Uuid::now_v7()));
        std::fs::copy(template_file().await, &file).unwrap();
        Self {
            url: format!("sqlite://{}", file.display()),
            file: Some(file),
            on_server: None,
        }
    }

    /// `server` is a URL without a database name: `postgres://user@localhost:5433`.
    async fn create_postgres(server: &str) -> Self {
        let template = template(server).await;
        let name = format!("t_{}", uuid::Uuid::now_v7().simple());
        let admin = Database::connect(format!("{server}/postgres"))
            .await
            .unwrap();
        admin
            .execute_unprepared(&format!("CREATE DATABASE {name} TEMPLATE {template}"))
            .await
            .unwrap();
        admin.close().await.unwrap();
        Self {
            url: format!("{server}/{name}"),
            file: None,
            on_server: Some((server.to_owned(), name)),
        }
    }
}

/// Says which build of the tests this is: processes of a run share its template, a changed schema makes a new one.
fn stamp() -> u128 {
    let build = std::env::current_exe()
        .and_then(std::fs::metadata)
        .and_then(|file| file.modified())
        .unwrap();
    build
        .duration_since(std::time::UNIX_EPOCH)
        .unwrap()
        .as_millis()
}

/// The migrated file that every test on SQLite copies. It is renamed into its place when it is whole.
async fn template_file() -> &'static str {
    TEMPLATE
        .get_or_init(|| async {
            let folder = std::env::temp_dir();
            let name = format!("rembuk-template-{}", stamp());
            let (whole, making) = (
                folder.join(format!("{name}.db")),
                folder.join(format!("{name}.making")),
            );
            let lock = std::fs::File::create(folder.join(format!("{name}.lock"))).unwrap();
            lock.lock().unwrap();
            if !whole.is_file() {
                let url = format!("sqlite://{}", making.display());
                rembuk::platform::migrate::migrate(&url).await.unwrap();
                std::fs::rename(&making, &whole).unwrap();
            }
            whole.to_str().unwrap().to_owned()
        })
        .await
}

async fn template(server: &str) -> &'static str {
    TEMPLATE
        .get_or_init(|| async {
            let name = format!("template_{}", stamp());
            let admin = Database::connect(format!("{server}/postgres"))
                .await
                .unwrap();
            // Tests run as many processes: one makes the template, the others wait for the lock.
            let mut one_session = sea_orm::ConnectOptions::new(format!("{server}/postgres"));
            one_session.max_connections(1);
            let lock = Database::connect(one_session).await.unwrap();
            lock.execute_unprepared("SELECT pg_advisory_lock(42)")
                .await
                .unwrap();
            let statement = sea_orm::Statement::from_string(
                sea_orm::DatabaseBackend::Postgres,
                format!("SELECT 1 AS one FROM pg_database WHERE datname = '{name}'"),
            );
            if admin.query_one_raw(statement).await.unwrap().is_none() {
                let making = format!("{name}_making");
                admin
                    .execute_unprepared(&format!("DROP DATABASE IF EXISTS {making}"))
                    .await
                    .unwrap();
                admin
                    .execute_unprepared(&format!("CREATE DATABASE {making}"))
                    .await
                    .unwrap();
                rembuk::platform::migrate::migrate(&format!("{server}/{making}"))
                    .await
                    .unwrap();
                admin
                    .execute_unprepared(&format!("ALTER DATABASE {making} RENAME TO {name}"))
                    .await
                    .unwrap();
            }
            lock.close().await.unwrap();
            admin.close().await.unwrap();
            name
        })
        .await
}

fn drop_database(server: &str, name: &str) {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .unwrap();
    runtime.block_on(async {
        let admin = Database::connect(format!("{server}/postgres"))
            .await
            .unwrap();
        admin
            .execute_unprepared(&format!("DROP DATABASE IF EXISTS {name} WITH (FORCE)"))
            .await
            .unwrap();
        admin.close().await.unwrap();
    });
}

impl Drop for TestDatabase {
    fn drop(&mut self) {
        if let Some((server, name)) = self.on_server.take() {
            // Hundreds of them would fill the server's memory. Whoever still holds a connection was left over.
            let dropped = std::thread::spawn(move || drop_database(&server, &name)).join();
            if !std::thread::panicking() {
                dropped.unwrap();
            }
        }
        if let Some(file) = &self.file {
            for ending in ["", "-wal", "-shm", ".migrate.lock"] {
                let _ = std::fs::remove_file(format!("{}{ending}", file.display()));
            }
        }
    }
}
