//! `/api/v1/surveys`: periods for the office; the form, and the sending of an answer, for everybody.

use chrono::NaiveDate;
use poem_openapi::{
    ApiResponse, Object, OpenApi,
    param::{Path, Query},
    payload::{Binary, Json, Response},
};
use serde::Deserialize;

use super::{
    answering::{
        asking, sending,
        service::{self, Kept},
    },
    entity::setup::{SurveyPeriodId, SurveyState},
    freezing,
    setup::{
        discarding,
        fields::{Raw, parsed},
        reading::{self, Whole},
        rules::WeightChoice,
        running, service as setting_up,
    },
};
use crate::{
    access::{self, Ctx, Permission, Public, Token},
    platform::{
        error::{Error, Result},
        i18n::Message,
        web::{body::Body, paging::Slice, tags::Tag},
    },
};

mod answers;

use answers::{NewSurveyResponse, SurveyReceipt};

pub struct Api;

/// A survey period.
#[derive(Object)]
pub struct Survey {
    id: SurveyPeriodId,
    /// Code of the unit.
    unit: String,
    title: String,
    /// Local days of the unit, both included.
    opens_on: NaiveDate,
    closes_on: NaiveDate,
    /// What was last decided; an open one whose last day is over takes nothing all the same.
    state: SurveyState,
    /// `14/2017` or `KEP/25/2004`.
    grade_table: String,
    /// `exact`, `0.11`, `0.111` or `0.071`; `own` where the elements have weights of their own.
    weight_policy: String,
    by_volume: bool,
    minimum_answers: i32,
    /// Percent of the elements that a sheet has to answer.
    least_percent: i32,
    /// SHA-256 of the raw export when it was frozen.
    frozen_hash: Option<String>,
    version: i32,
    elements: Vec<SurveyElement>,
    services: Vec<SurveyService>,
}

/// An element in the order of its period.
#[derive(Object)]
pub struct SurveyElement {
    /// Stable over periods.
    id: String,
    /// The name within this period, `U1`.
    label: String,
    /// In the language asked for.
    name: String,
    /// Decimal text; absent where all weigh the same.
    weight: Option<String>,
}

/// A service of a period.
#[derive(Object)]
pub struct SurveyService {
    /// Code of the service.
    code: String,
    name: String,
    /// 0 is unknown.
    population: i64,
    volume: i64,
    /// Answers that are needed by Krejcie and Morgan; absent while the population is unknown.
    target: Option<u64>,
    answers: i64,
}

/// The periods that the caller may see, the latest first.
#[derive(Object)]
pub struct SurveyList {
    items: Vec<Survey>,
    /// Where the next page begins; null on the last one.
    next_cursor: Option<String>,
}

/// A period to be made: with what the unit's last one asked, or with the nine elements of PermenPANRB 14/2017.
#[derive(Debug, Object, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NewSurvey {
    /// Code of the unit.
    unit: String,
    title: String,
    opens_on: NaiveDate,
    closes_on: NaiveDate,
    /// `14/2017` (default) or `KEP/25/2004`.
    #[serde(default)]
    grade_table: Option<String>,
    /// `exact`, `0.11`, `0.111` or `0.071`: own weights of the unit's last period do not go on. `own`: they do. Absent: they
    /// do where there are some, else `exact`.
    #[serde(default)]
    weight_policy: Option<String>,
    #[serde(default)]
    by_volume: Option<bool>,
    /// Default 5.
    #[serde(default)]
    minimum_answers: Option<i32>,
    /// Default 50.
    #[serde(default)]
    least_percent: Option<i32>,
}

/// The version that was read: somebody else's change is not written over.
#[derive(Debug, Object, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SurveyVersion {
    version: i32,
}

/// A closed period to freeze, in the version that was read.
#[derive(Debug, Object, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SurveyFreezing {
    version: i32,
    /// Answers that look like a machine's and were not set aside count; without this the answer is 422 with
    /// `survey.count_unsaid` where there are some.
    #[serde(default)]
    counted: Option<bool>,
}

/// A period to open, in the version that was read.
#[derive(Debug, Object, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SurveyOpening {
    version: i32,
    /// It is meant that another open period asks about the same service on the same days; without this, and where the
    /// installation refuses it, the answer is 422 with `survey.overlaps`.
    #[serde(default)]
    overlap: Option<bool>,
}

/// What a form of a period asks, for one service.
#[derive(Object)]
pub struct SurveyForm {
    id: SurveyPeriodId,
    service: String,
    /// So many elements have to be answered.
    least_answered: usize,
    questions: Vec<SurveyQuestion>,
    profile: Vec<SurveyProfileField>,
}

/// A question with its four answers, from 1 to 4.
#[derive(Object)]
pub struct SurveyQuestion {
    /// Stable id of the element.
    pub element: String,
    pub question: String,
    pub answers: Vec<String>,
}

/// Something that a respondent may say about themselves.
#[derive(Object)]
pub struct SurveyProfileField {
    pub field: String,
    pub label: String,
    /// The regulation that prescribes the choices, or `setting`.
    pub source: String,
    pub choices: Vec<SurveyChoice>,
}

/// A choice with its stable code.
#[derive(Object)]
pub struct SurveyChoice {
    pub code: String,
    pub label: String,
}

#[derive(ApiResponse)]
enum Created {
    /// Made.
    #[oai(status = 201)]
    Survey(Json<Survey>),
}

#[derive(ApiResponse)]
enum Discarded {
    /// It is there no more.
    #[oai(status = 204)]
    Done,
}

#[derive(ApiResponse)]
enum KeptAnswer {
    /// Kept.
    #[oai(status = 201)]
    New(Json<SurveyReceipt>),
    /// Known from before.
    #[oai(status = 200)]
    Before(Json<SurveyReceipt>),
}

fn shown(ctx: &Ctx, whole: Whole) -> Survey {
    let locale = ctx.locale();
    let period = whole.period;
    let weight_policy = match setting_up::has_own(&whole.elements) {
        true => WeightChoice::OWN.to_owned(),
        false => period.weight_policy,
    };
    let elements = whole.elements.into_iter().map(|one| SurveyElement {
        name: one.name(locale).to_owned(),
        id: one.element_id,
        label: one.label,
        weight: one.weight,
    });
    let services = whole.services.into_iter().map(|one| SurveyService {
        code: one.code,
        name: one.name,
        population: one.row.population,
        volume: one.row.volume,
        target: one.target,
        answers: one.answers,
    });
    Survey {
        id: period.id,
        unit: whole.unit.code,
        title: period.title,
        opens_on: period.opens_on,
        closes_on: period.closes_on,
        state: period.state,
        grade_table: period.grade_table,
        weight_policy,
        by_volume: period.by_volume,
        minimum_answers: period.minimum_answers,
        least_percent: period.least_percent,
        frozen_hash: period.frozen_hash,
        version: period.version,
        elements: elements.collect(),
        services: services.collect(),
    }
}

async fn one(ctx: &Ctx, id: SurveyPeriodId) -> Result<Survey> {
    let period = reading::get(ctx, id, Permission::ViewSurveys).await?;
    Ok(shown(ctx, reading::whole(ctx, period).await?))
}

async fn create(ctx: &Ctx, new: &NewSurvey) -> Result<Survey> {
    let (unit, _) = access::working_in(ctx, Permission::ManageSurveys, &new.unit).await?;
    let number = |given: Option<i32>, usual: i32| given.unwrap_or(usual).to_string();
    let (opens_on, closes_on) = (new.opens_on.to_string(), new.closes_on.to_string());
    let minimum = number(new.minimum_answers, super::setup::rules::USUAL_MINIMUM);
    let least = number(new.least_percent, super::setup::rules::USUAL_LEAST_PERCENT);
    let fields = parsed(&Raw {
        title: &new.title,
        opens_on: &opens_on,
        closes_on: &closes_on,
        grade_table: new.grade_table.as_deref().unwrap_or("14/2017"),
        weight_policy: new.weight_policy.as_deref(),
        by_volume: new.by_volume.unwrap_or_default(),
        minimum_answers: &minimum,
        least_percent: &least,
    })?;
    let id = setting_up::create(ctx, unit.id, fields).await?;
    one(ctx, id).await
}

#[OpenApi(tag = "Tag::Surveys")]
impl Api {
    /// List survey periods, the latest first
    #[oai(path = "/surveys", method = "get", operation_id = "listSurveys")]
    async fn surveys(
        &self,
        Token(ctx): Token,
        cursor: Query<Option<String>>,
        limit: Query<Option<u64>>,
    ) -> poem::Result<Json<SurveyList>> {
        let slice = Slice::read(cursor.0.as_deref(), limit.0)?;
        let (periods, next_cursor) = reading::page(&ctx, &slice).await?;
        let mut items = Vec::new();
        for period in periods {
            items.push(shown(&ctx, reading::whole(&ctx, period).await?));
        }
        Ok(Json(SurveyList { items, next_cursor }))
    }

    /// Make a survey period
    #[oai(path = "/surveys", method = "post", operation_id = "createSurvey")]
    async fn create_survey(
        &self,
        Token(ctx): Token,
        Body(body): Body<NewSurvey>,
    ) -> poem::Result<Created> {
        Ok(Created::Survey(Json(create(&ctx, &body).await?)))
    }

    /// Get a survey period
    #[oai(path = "/surveys/:id", method = "get", operation_id = "getSurvey")]
    async fn survey(&self, Token(ctx): Token, id: Path<String>) -> poem::Result<Json<Survey>> {
        Ok(Json(one(&ctx, SurveyPeriodId::parse(&id.0)?).await?))
    }

    /// Remove a survey period that was never opened
    ///
    /// With its elements, questions and services. One that was opened is refused with `survey.fixed`.
    #[oai(
        path = "/surveys/:id",
        method = "delete",
        operation_id = "discardSurvey"
    )]
    async fn discard_survey(
        &self,
        Token(ctx): Token,
        id: Path<String>,
        /// The version that was read. Required.
        version: Query<Option<i32>>,
    ) -> poem::Result<Discarded> {
        let id = SurveyPeriodId::parse(&id.0)?;
        reading::get(&ctx, id, Permission::ManageSurveys).await?;
        let missing = || Error::field("version", Message::new("field-required"));
        let version = version.0.ok_or_else(missing)?;
        discarding::discard(&ctx, (id, version)).await?;
        Ok(Discarded::Done)
    }

    /// Open a survey period: what it asks is fixed from here
    #[oai(
        path = "/surveys/:id/open",
        method = "post",
        operation_id = "openSurvey"
    )]
    async fn open_survey(
        &self,
        Token(ctx): Token,
        id: Path<String>,
        Body(body): Body<SurveyOpening>,
    ) -> poem::Result<Json<Survey>> {
        let id = SurveyPeriodId::parse(&id.0)?;
        let meant = body.overlap.unwrap_or_default();
        running::open(&ctx, (id, body.version), meant).await?;
        Ok(Json(one(&ctx, id).await?))
    }

    /// Close a survey period
    #[oai(
        path = "/surveys/:id/close",
        method = "post",
        operation_id = "closeSurvey"
    )]
    async fn close_survey(
        &self,
        Token(ctx): Token,
        id: Path<String>,
        Body(body): Body<SurveyVersion>,
    ) -> poem::Result<Json<Survey>> {
        let id = SurveyPeriodId::parse(&id.0)?;
        running::close(&ctx, (id, body.version)).await?;
        Ok(Json(one(&ctx, id).await?))
    }

    /// Freeze a closed survey period: no row comes after
    #[oai(
        path = "/surveys/:id/freeze",
        method = "post",
        operation_id = "freezeSurvey"
    )]
    async fn freeze_survey(
        &self,
        Token(ctx): Token,
        id: Path<String>,
        Body(body): Body<SurveyFreezing>,
    ) -> poem::Result<Json<Survey>> {
        let id = SurveyPeriodId::parse(&id.0)?;
        let counted = body.counted.unwrap_or_default();
        freezing::freeze(&ctx, (id, body.version), counted).await?;
        Ok(Json(one(&ctx, id).await?))
    }

    /// Get what a period asks about a service
    #[oai(
        path = "/surveys/:id/form/:service",
        method = "get",
        operation_id = "getSurveyForm"
    )]
    async fn survey_form(
        &self,
        Public(ctx): Public,
        id: Path<String>,
        service: Path<String>,
    ) -> poem::Result<Json<SurveyForm>> {
        let form = service::form(&ctx, SurveyPeriodId::parse(&id.0)?).await?;
        let (least_answered, questions) = asking::questions(&ctx, &form, &service.0).await?;
        Ok(Json(SurveyForm {
            id: form.period.id,
            service: service.0,
            least_answered,
            questions,
            profile: asking::profile_fields(ctx.locale()),
        }))
    }

    /// Send a filled sheet
    ///
    /// For anybody, without a token. At most so many a minute from one network (`limits.survey_answers_per_minute`);
    /// beyond, 429 with `Retry-After`. The same `client_id` with other content is 409 `survey_mark_used`, and the first
    /// sheet stays. A period that is closed or frozen answers 422 with `survey.closed` or
    /// `survey.frozen`.
    #[oai(
        path = "/surveys/:id/responses",
        method = "post",
        operation_id = "sendSurveyResponse"
    )]
    async fn send_response(
        &self,
        Public(ctx): Public,
        id: Path<String>,
        Body(body): Body<NewSurveyResponse>,
    ) -> poem::Result<KeptAnswer> {
        let form = service::form(&ctx, SurveyPeriodId::parse(&id.0)?).await?;
        Ok(match sending::take(&ctx, &form, &body.sent()).await? {
            Kept::New => KeptAnswer::New(Json(SurveyReceipt { repeated: false })),
            Kept::Before => KeptAnswer::Before(Json(SurveyReceipt { repeated: true })),
            Kept::Other => {
                let code = "survey_mark_used";
                return Err(Error::Conflict { code }.into());
            }
        })
    }

    /// Export the raw answers of a period as CSV
    #[oai(
        path = "/surveys/:id/responses.csv",
        method = "get",
        operation_id = "exportSurveyResponses"
    )]
    async fn export_responses(
        &self,
        Token(ctx): Token,
        id: Path<String>,
    ) -> poem::Result<Response<Binary<Vec<u8>>>> {
        let id = SurveyPeriodId::parse(&id.0)?;
        let period = reading::get(&ctx, id, Permission::ManageSurveys).await?;
        let (name, bytes) = freezing::export(&ctx, &period).await?;
        Ok(Response::new(Binary(bytes))
            .header("content-type", crate::platform::tables::CSV)
            .header(
                "content-disposition",
                format!("attachment; filename=\"{name}\""),
            ))
    }
}
