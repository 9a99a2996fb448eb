//! Running the server and the worker in one process, until SIGTERM or Ctrl-C.

use std::{io::IsTerminal as _, sync::Arc};

use anyhow::Context as _;
use metrics_exporter_prometheus::{PrometheusBuilder, PrometheusHandle};
use tokio::{net::TcpListener, sync::watch};
use tracing_subscriber::{EnvFilter, layer::SubscriberExt as _, util::SubscriberInitExt as _};

use crate::{
    calendar, housekeeping,
    platform::{
        clock::Clock,
        config::{Config, LogFormat},
        context::App,
        jobs,
        mail::Transport,
        migrate,
    },
    server, surveys, worker,
};

/// `rembuk serve`.
pub async fn serve(config: Config) -> anyhow::Result<()> {
    start_logging(&config)?;
    migrate::migrate(&config.database.url).await?;
    let app = App::open(config, Clock::System).await?;
    calendar::load_defaults(&app.db).await?;
    surveys::load_defaults(&app.db).await?;
    if let Transport::Files(folder) = &app.mail {
        tracing::warn!(
            "mails are written to {} and reach nobody; set mail.transport to a mail server",
            folder.display()
        );
    }
    let listener = bind(&app.config.http.listen).await?;
    tracing::info!("serving on http://{}", listener.local_addr()?);
    run(app, listener).await
}

pub async fn bind(address: &str) -> anyhow::Result<TcpListener> {
    TcpListener::bind(address)
        .await
        .with_context(|| format!("cannot listen on {address}; is another program there?"))
}

/// Serves and works until told to stop; running requests and jobs may finish.
pub async fn run(app: Arc<App>, listener: TcpListener) -> anyhow::Result<()> {
    install_crypto();
    let metrics = start_metrics();
    let (stop, stopped) = watch::channel(false);
    let worker = tokio::spawn(jobs::work(app.clone(), worker::dispatch, stopped.clone()));
    let keeper = tokio::spawn(housekeeping::run(app.clone(), stopped.clone()));
    let signal = tokio::spawn(async move {
        wait_for_signal().await;
        tracing::info!("stopping");
        let _ = stop.send(true);
    });
    let served = server::serve(app.clone(), metrics, listener, stopped).await;
    signal.abort();
    worker.await.context("the job worker")?;
    keeper.await.context("housekeeping")?;
    app.db.clone().close().await?;
    served
}

/// TLS for mail and object storage uses one crypto provider, chosen once per process.
pub fn install_crypto() {
    // An error means that it was installed before.
    let _ = rustls::crypto::ring::default_provider().install_default();
}

fn start_metrics() -> Option<PrometheusHandle> {
    let recorder = PrometheusBuilder::new().build_recorder();
    let handle = recorder.handle();
    metrics::set_global_recorder(recorder).ok().map(|()| handle)
}

/// Log lines go to standard error, pretty for people or JSON for machines.
pub fn start_logging(config: &Config) -> anyhow::Result<()> {
    let filter = EnvFilter::try_new(&config.log.level).context("log.level")?;
    let registry = tracing_subscriber::registry().with(filter);
    let started = match config.log.format {
        LogFormat::Pretty => registry
            .with(
                tracing_subscriber::fmt::layer()
                    .with_writer(std::io::stderr)
                    .with_ansi(std::io::stderr().is_terminal())
                    .with_target(false),
            )
            .try_init(),
        LogFormat::Json => registry
            .with(
                tracing_subscriber::fmt::layer()
                    .json()
                    .flatten_event(true)
                    .with_writer(std::io::stderr),
            )
            .try_init(),
    };
    started.context("logging")
}

async fn wait_for_signal() {
    let interrupted = tokio::signal::ctrl_c();
    match tokio::signal::unix::signal(tokio::signal::unix::SignalKind::terminate()) {
        Ok(mut terminated) => {
            tokio::select! {
                _ = interrupted => {}
                _ = terminated.recv() => {}
            }
        }
        Err(_) => {
            let _ = interrupted.await;
        }
    }
}
