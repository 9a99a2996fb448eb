//! The web server: one port for pages, API and health. Everything passes the edge: number the request,
//! bound its body, find out who asks, turn errors into answers, add the security headers, log one line.

use std::{any::Any, panic::AssertUnwindSafe, sync::Arc, time::Instant};

use chrono::{DateTime, Duration, Utc};
use futures::FutureExt as _;
use metrics_exporter_prometheus::PrometheusHandle;
use poem::{
    Endpoint, EndpointExt as _, IntoEndpoint as _, Middleware, Request, Response, get, handler,
    middleware::Compression, web::Data,
};

use crate::{
    access::{Ctx, authenticate, render_error},
    app,
    platform::{
        context::App,
        error::{Error, Result},
        jobs::{self, Backlog},
        web::{
            cookies::Cookie,
            errors::classify,
            headers,
            parameters::KnownParameters,
            request::{RequestInfo, for_programs, limit_body, redact},
        },
    },
    proving, reports, survey_voices,
};

/// The whole program as one endpoint; tests call it without a port.
#[must_use]
pub fn endpoint(
    app: Arc<App>,
    metrics: Option<PrometheusHandle>,
) -> impl Endpoint<Output = Response> {
    let api = app::api(&app.config.http.public_url);
    let spec = api.spec();
    let document = openapi_document(&spec);
    let known = KnownParameters::of(&spec).expect("our own document can be read");
    let routes = app::pages()
        .nest("/api/v1", api.into_endpoint().with(known))
        .at("/api/openapi.json", get(openapi_json).data(document))
        .at("/api/docs", get(crate::access::pages::api_docs))
        .at("/healthz", get(healthz))
        .at("/readyz", get(readyz).data(Health::default()))
        .at("/metrics", get(metrics_page).data(Recorder(metrics)));
    edge(app, routes.with(Compression::new()))
}

/// What every request passes, around whatever answers it.
#[must_use]
pub fn edge(app: Arc<App>, inner: impl Endpoint) -> impl Endpoint<Output = Response> {
    inner.with(Edge { app })
}

#[derive(Clone)]
struct OpenApi(Arc<str>);

#[derive(Clone)]
struct Recorder(Option<PrometheusHandle>);

/// The specification with one more answer for every operation: the problem document.
fn openapi_document(spec: &str) -> OpenApi {
    OpenApi(crate::cli::openapi::complete(spec).into())
}

#[handler]
fn openapi_json(Data(document): Data<&OpenApi>) -> Response {
    Response::builder()
        .content_type("application/json")
        .body(document.0.to_string())
}

/// The process runs.
#[handler]
fn healthz() -> &'static str {
    "ok"
}

/// How long an answer of `/readyz` is good for: anybody may ask, and asking writes a file.
const HEALTH_SECONDS: i64 = 5;

/// The last look, shared by all who ask.
#[derive(Clone, Default)]
struct Health(Arc<tokio::sync::Mutex<Option<Look>>>);

#[derive(Clone)]
struct Look {
    at: DateTime<Utc>,
    found: Result<Backlog, String>,
}

impl Health {
    /// One look at a time; who asks meanwhile gets what it finds.
    async fn of(&self, app: &App) -> Result<Backlog> {
        let mut last = self.0.lock().await;
        let now = app.clock.now();
        let fresh = |look: &Look| now - look.at < Duration::seconds(HEALTH_SECONDS);
        let look = match last.take().filter(fresh) {
            Some(known) => known,
            None => Look {
                at: now,
                found: look(app).await.map_err(|error| format!("{error:#}")),
            },
        };
        last.insert(look).found.clone().map_err(Error::Unavailable)
    }
}

async fn look(app: &App) -> anyhow::Result<Backlog> {
    let backlog = jobs::backlog(&app.db).await?;
    app.files.probe().await?;
    Ok(backlog)
}

/// The process can serve: database and files answer. Figures are for whoever may see the metrics.
#[handler]
async fn readyz(
    request: &Request,
    Data(app): Data<&Arc<App>>,
    Data(health): Data<&Health>,
) -> Result<String> {
    let backlog = health.of(app).await?;
    Ok(if is_operator(app, request) {
        format!(
            "ready; {} jobs waiting, {} given up\n",
            backlog.waiting, backlog.given_up
        )
    } else {
        "ready\n".to_owned()
    })
}

/// Whoever asks from the loopback address or brings the configured token.
fn is_operator(app: &App, request: &Request) -> bool {
    let token = &app.config.metrics.token;
    let brought = request
        .header("authorization")
        .and_then(|value| value.strip_prefix("Bearer "));
    let by_token = !token.is_empty()
        && brought.is_some_and(|brought| crate::platform::crypto::same(brought, token));
    let near = request
        .data::<RequestInfo>()
        .is_some_and(|info| info.address.is_loopback());
    near || by_token
}

/// For Prometheus.
#[handler]
async fn metrics_page(
    request: &Request,
    Data(app): Data<&Arc<App>>,
    Data(recorder): Data<&Recorder>,
) -> Result<Response> {
    if !is_operator(app, request) {
        return Err(Error::NotFound);
    }
    let backlog = jobs::backlog(&app.db).await?;
    #[expect(clippy::cast_precision_loss, reason = "a gauge is a float")]
    {
        metrics::gauge!("rembuk_jobs_waiting").set(backlog.waiting as f64);
        metrics::gauge!("rembuk_jobs_given_up").set(backlog.given_up as f64);
    }
    let text = recorder
        .0
        .as_ref()
        .map(PrometheusHandle::render)
        .unwrap_or_default();
    Ok(Response::builder()
        .content_type("text/plain; version=0.0.4")
        .body(text))
}

/// See the head of this file.
struct Edge {
    app: Arc<App>,
}

impl<E: Endpoint> Middleware<E> for Edge {
    type Output = EdgeEndpoint<E>;

    fn transform(&self, inner: E) -> Self::Output {
        EdgeEndpoint {
            app: self.app.clone(),
            inner,
        }
    }
}

struct EdgeEndpoint<E> {
    app: Arc<App>,
    inner: E,
}

impl<E: Endpoint> Endpoint for EdgeEndpoint<E> {
    type Output = Response;

    async fn call(&self, mut request: Request) -> poem::Result<Response> {
        let started = Instant::now();
        let app = &self.app;
        let info = RequestInfo::of(app, &request);
        let method = request.method().clone();
        let head_only = method == poem::http::Method::HEAD;
        if head_only {
            // Routes know GET; the answer's body is dropped below.
            request.set_method(poem::http::Method::GET);
        }
        let mut response = self.answer(&mut request, info.clone()).await;
        if info.visitor_is_new && is_page(&info.path) {
            Cookie::Visitor.set(app, &mut response, &info.visitor, Some(365 * 24 * 3600));
        }
        if !info.flash.is_empty() && response.status().is_success() && is_page(&info.path) {
            Cookie::Flash.clear(app, &mut response);
        }
        headers::secure(app, &mut response, &info.id);
        if head_only {
            response.take_body();
        }
        let elapsed = started.elapsed();
        let status = response.status().as_u16();
        metrics::histogram!("rembuk_request_seconds", "status" => status.to_string())
            .record(elapsed.as_secs_f64());
        tracing::info!(
            request.id = info.id,
            http.status = status,
            request.ms = elapsed.as_millis(),
            "{method} {} {status}",
            redact(&info.path)
        );
        Ok(response)
    }
}

impl<E: Endpoint> EdgeEndpoint<E> {
    /// Runs the request; whatever goes wrong becomes an answer here.
    async fn answer(&self, request: &mut Request, info: RequestInfo) -> Response {
        let settled = self.app.db.settled();
        settled.during(self.answer_one(request, info)).await
    }

    async fn answer_one(&self, request: &mut Request, info: RequestInfo) -> Response {
        let app = &self.app;
        let stranger = Ctx {
            now: app.clock.now(),
            request: info.clone(),
            ..Ctx::stranger(app)
        };
        let ctx = match prepare(app, request, info).await {
            Ok(ctx) => ctx,
            Err(error) => return render_error(&stranger, &error),
        };
        request.set_data(app.clone());
        request.set_data(ctx.request.clone());
        request.set_data(ctx.clone());
        request.set_data(reports::SOURCES);
        request.set_data(reports::PEOPLE);
        request.set_data(reports::OTHERS);
        request.set_data(reports::FIGURES);
        request.set_data(reports::REASONS);
        request.set_data(reports::MINUTES);
        request.set_data(reports::CALLING_OFF);
        request.set_data(reports::CHECKS);
        request.set_data(survey_voices::FORUMS);
        request.set_data(proving::PROOFS);
        request.set_data(proving::CHOICES);
        request.set_data(proving::COMPARISONS);
        let request = std::mem::take(request);
        // A panic is a fault of one request: its caller gets an answer like any other fault.
        let outcome = AssertUnwindSafe(self.inner.call(request))
            .catch_unwind()
            .await
            .unwrap_or_else(|panic| Err(panicked(&*panic).into()));
        match outcome.map(poem::IntoResponse::into_response) {
            Ok(response) => response,
            Err(error) => render_error(&ctx, &classify(&error)),
        }
    }
}

fn panicked(panic: &(dyn Any + Send)) -> Error {
    let said = panic
        .downcast_ref::<&str>()
        .map(|text| (*text).to_owned())
        .or_else(|| panic.downcast_ref::<String>().cloned())
        .unwrap_or_default();
    Error::Internal(anyhow::anyhow!("panic: {said}"))
}

async fn prepare(app: &Arc<App>, request: &mut Request, info: RequestInfo) -> Result<Ctx> {
    limit_body(app, request).await?;
    if info.path.starts_with("/static/") {
        return Ok(Ctx {
            request: info,
            ..Ctx::stranger(app)
        });
    }
    authenticate(app, request, info).await
}

fn is_page(path: &str) -> bool {
    !for_programs(path)
        && !path.starts_with("/static/")
        && !matches!(path, "/healthz" | "/readyz" | "/metrics")
}

/// Serves until `stop` turns true, then lets running requests finish.
pub async fn serve(
    app: Arc<App>,
    metrics: Option<PrometheusHandle>,
    listener: tokio::net::TcpListener,
    mut stop: tokio::sync::watch::Receiver<bool>,
) -> anyhow::Result<()> {
    let acceptor = poem::listener::TcpAcceptor::from_tokio(listener)?;
    let stopped = async move {
        let _ = stop.wait_for(|stopped| *stopped).await;
    };
    poem::Server::new_with_acceptor(acceptor)
        .run_with_graceful_shutdown(
            endpoint(app, metrics),
            stopped,
            Some(std::time::Duration::from_secs(20)),
        )
        .await?;
    Ok(())
}
