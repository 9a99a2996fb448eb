//! The evidence of a unit and year for programs.

use chrono::{DateTime, Utc};
use poem_openapi::{
    ApiResponse, Object, OpenApi,
    param::{Path, Query},
    payload::{Binary, Json, Response},
};

use super::{
    contents,
    entity::{BundleId, Model as Bundle},
    plan::{Plan, Recommendations},
    rules::{Artefact, Certainty, Standing},
    service::{self, Look},
};
use crate::{
    access::{Ctx, Token},
    platform::{
        i18n::{Locale, t},
        web::tags::Tag,
    },
};

pub struct Api;

/// What is there for the evaluation of a unit and year.
#[derive(Object)]
struct Evidence {
    /// Code of the unit.
    unit: String,
    year: i32,
    /// Where the list of indicators comes from.
    source: String,
    /// Somebody compared the list with the regulation; else it has to be confirmed.
    confirmed: bool,
    indicators: Vec<EvidenceIndicator>,
    files: Vec<EvidenceFile>,
    /// How many recommendations of the surveys of the year were followed up.
    recommendations: Vec<EvidenceFollowedUp>,
    /// The archive that was asked for last; absent where none was, or it had its time.
    bundle: Option<EvidenceBundle>,
}

/// An indicator and what serves it.
#[derive(Object)]
struct EvidenceIndicator {
    number: String,
    /// Per cent within its aspect.
    weight: u32,
    aspect: String,
    asks: String,
    standing: Standing,
    /// Names in the archive.
    files: Vec<String>,
    /// What is missing and how to get it, in the caller's language.
    missing: Vec<String>,
}

/// What became of the recommendations of a survey period: its lowest elements.
#[derive(Object)]
struct EvidenceFollowedUp {
    /// Title of the period.
    period: String,
    recommended: u64,
    /// With an action whose evidence the head verified, and that was not over when the period was.
    followed_up: u64,
    /// One decimal, rounded half up: `66.7%`; absent where nothing was recommended.
    share: Option<String>,
}

/// A file that the archive holds.
#[derive(Object)]
struct EvidenceFile {
    name: String,
    kind: Artefact,
}

/// How far an archive is.
#[derive(Object)]
struct EvidenceBundle {
    id: BundleId,
    asked_at: DateTime<Utc>,
    /// Files that it will hold, with the table of contents.
    total: i32,
    done: i32,
    made_at: Option<DateTime<Utc>>,
    failed_at: Option<DateTime<Utc>>,
    /// Of the whole archive.
    sha256: Option<String>,
    /// In bytes.
    size: Option<i64>,
}

#[derive(ApiResponse)]
enum StartAnswer {
    /// It is being made; read `GET` of the same address to see how far it is.
    #[oai(status = 202)]
    Accepted(Json<EvidenceBundle>),
}

impl From<Bundle> for EvidenceBundle {
    fn from(bundle: Bundle) -> Self {
        Self {
            id: bundle.id,
            asked_at: bundle.asked_at,
            total: bundle.steps,
            done: bundle.done,
            size: bundle.made_at.map(|_| bundle.size),
            made_at: bundle.made_at,
            failed_at: bundle.failed_at,
            sha256: bundle.sha256,
        }
    }
}

fn indicators(plan: &Plan, locale: Locale) -> Vec<EvidenceIndicator> {
    let all = plan.indicators.indicator.iter();
    all.map(|one| EvidenceIndicator {
        number: one.number.clone(),
        weight: one.weight,
        aspect: t(locale, one.aspect.label_key()),
        asks: match locale {
            Locale::Id => one.asks_id.clone(),
            Locale::En => one.asks_en.clone(),
        },
        standing: plan.standing(one),
        files: plan.serving(one).map(|file| file.name.clone()).collect(),
        missing: contents::missing(plan, one, locale),
    })
    .collect()
}

fn told(ctx: &Ctx, look: Look) -> Evidence {
    let (plan, locale) = (look.plan, ctx.locale());
    let list = &plan.indicators;
    Evidence {
        indicators: indicators(&plan, locale),
        source: match locale {
            Locale::Id => list.source.clone(),
            Locale::En => list.source_en.clone(),
        },
        confirmed: list.certainty == Certainty::Confirmed,
        files: plan
            .files
            .iter()
            .map(|file| EvidenceFile {
                name: file.name.clone(),
                kind: file.artefact,
            })
            .collect(),
        recommendations: plan.recommended.iter().map(followed_up).collect(),
        bundle: look.last.map(EvidenceBundle::from),
        unit: plan.unit.code,
        year: plan.year,
    }
}

fn followed_up(of: &Recommendations) -> EvidenceFollowedUp {
    let found = of.followed();
    EvidenceFollowedUp {
        period: of.period.clone(),
        recommended: found.all as u64,
        followed_up: found.done as u64,
        share: found.percent(Locale::En),
    }
}

#[OpenApi(tag = "Tag::Evidence")]
impl Api {
    /// Read what is there for the yearly evaluation of a unit
    ///
    /// Each indicator with the files that serve it and what is missing, and how far the archive is that was asked for
    /// last. Nothing is made.
    #[oai(
        path = "/units/:code/evidence-bundle",
        method = "get",
        operation_id = "getEvidence"
    )]
    async fn look(
        &self,
        Token(ctx): Token,
        code: Path<String>,
        /// The present year when left out
        year: Query<Option<i32>>,
    ) -> poem::Result<Json<Evidence>> {
        let unit = service::unit(&ctx, &code.0).await?;
        let year = service::year(&ctx, &unit, year.0)?;
        let look = service::look(&ctx, unit, year).await?;
        Ok(Json(told(&ctx, look)))
    }

    /// Ask for the archive of a unit and year
    ///
    /// It is made in the background. One that is being made is waited for, not begun again.
    #[oai(
        path = "/units/:code/evidence-bundle",
        method = "post",
        operation_id = "makeEvidenceBundle"
    )]
    async fn start(
        &self,
        Token(ctx): Token,
        code: Path<String>,
        /// The present year when left out
        year: Query<Option<i32>>,
    ) -> poem::Result<StartAnswer> {
        let unit = service::unit(&ctx, &code.0).await?;
        let year = service::year(&ctx, &unit, year.0)?;
        let bundle = service::start(&ctx, &unit, year).await?;
        Ok(StartAnswer::Accepted(Json(bundle.into())))
    }

    /// Download the evidence of a unit and year
    ///
    /// A ZIP with a table of contents (`DAFTAR-ISI.pdf`) and `manifest.json`: SHA-256 of each file. The archive that was
    /// made within the last hour, else one that is made now, which can take up to half a minute. It is the evaluator's
    /// copy: telephone numbers are masked, complaints stand in it without names and without their words.
    #[oai(
        path = "/units/:code/evidence-bundle.zip",
        method = "get",
        operation_id = "getEvidenceBundle"
    )]
    async fn download(
        &self,
        Token(ctx): Token,
        code: Path<String>,
        /// The present year when left out
        year: Query<Option<i32>>,
    ) -> poem::Result<Response<Binary<Vec<u8>>>> {
        let unit = service::unit(&ctx, &code.0).await?;
        let year = service::year(&ctx, &unit, year.0)?;
        let (name, bytes) = service::fresh(&ctx, &unit, year).await?;
        Ok(Response::new(Binary(bytes))
            .header("content-type", "application/zip")
            .header(
                "content-disposition",
                format!("attachment; filename=\"{name}\""),
            ))
    }
}
