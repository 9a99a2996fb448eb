//! `/api/v1/reports/complaints`: the recapitulation for programs.

use poem_openapi::{
    Object, OpenApi,
    param::Query,
    payload::{Binary, Json, Response},
};

use super::{
    period::Period,
    recap::{
        self, Asked, Group, Recap,
        rules::{Figures, GroupBy, change},
    },
};
use crate::{
    access::{Ctx, Token},
    platform::{tables as sheets, web::tags::Tag},
};

pub struct Api;

/// A recapitulation of complaints.
#[derive(Object)]
pub struct ComplaintReport {
    /// Code of the unit.
    pub unit: String,
    pub period: ReportPeriod,
    /// The period before it, that it is compared with.
    pub previous_period: ReportPeriod,
    pub group_by: GroupBy,
    /// By what each group is told apart once more.
    pub second_group_by: Option<GroupBy>,
    pub total: ReportFigures,
    pub previous_total: ReportFigures,
    pub groups: Vec<ReportGroup>,
    pub months: Vec<ReportGroup>,
    /// How many first answers took how many working days.
    pub response_time: Vec<ResponseTime>,
    /// Topics that came up most often.
    pub topics: Vec<ReportTopic>,
}

/// Local days of the unit, both counted.
#[derive(Object)]
pub struct ReportPeriod {
    pub from: chrono::NaiveDate,
    pub to: chrono::NaiveDate,
}

/// `received = answered + waiting + ended`.
#[derive(Object)]
pub struct ReportFigures {
    pub received: i64,
    /// Got a first answer.
    pub answered: i64,
    /// Got it by the promised day.
    pub answered_in_time: i64,
    /// Of the answered, in per cent with one decimal; absent while nothing was answered.
    pub on_time_percent: Option<f64>,
    /// No answer yet.
    pub waiting: i64,
    /// Of the waiting, past the promised day.
    pub overdue: i64,
    /// Over without an answer: refused, merged, forwarded or withdrawn.
    pub ended: i64,
    pub median_working_days: Option<f64>,
    /// Nine of ten answers took at most so many working days.
    pub p90_working_days: Option<i32>,
}

/// One group.
#[derive(Object)]
pub struct ReportGroup {
    /// Stable: `2026-03`, `web`, the code of a service, the id of a division, `none`; `confidential` for cases whose
    /// service or category the caller may not know.
    pub key: String,
    pub label: String,
    /// The part of the group, with two in `group_by`.
    pub second: Option<ReportPart>,
    pub figures: ReportFigures,
    /// Received in the period before; absent for months.
    pub previous_received: Option<i64>,
    pub change_percent: Option<f64>,
}

/// The second of two groupings.
#[derive(Object)]
pub struct ReportPart {
    /// As the key of a group.
    pub key: String,
    pub label: String,
}

/// So many answers within so many working days.
#[derive(Object)]
pub struct ResponseTime {
    /// `2`, `4-5`, `31+`.
    pub working_days: String,
    pub answers: i64,
}

/// How often a topic came up.
#[derive(Object)]
pub struct ReportTopic {
    pub id: String,
    pub title: String,
    pub received: i64,
    pub previous_received: i64,
}

impl From<Period> for ReportPeriod {
    fn from(period: Period) -> Self {
        Self {
            from: period.from,
            to: period.to,
        }
    }
}

impl From<&Figures> for ReportFigures {
    fn from(of: &Figures) -> Self {
        Self {
            received: of.received,
            answered: of.answered,
            answered_in_time: of.in_time,
            on_time_percent: of.on_time_percent(),
            waiting: of.waiting,
            overdue: of.overdue,
            ended: of.ended,
            median_working_days: of.median(),
            p90_working_days: of.p90(),
        }
    }
}

fn group(of: &Group, compared: bool) -> ReportGroup {
    let before = compared.then_some(of.before);
    ReportGroup {
        key: of.key.clone(),
        label: of.label.clone(),
        second: of
            .second
            .clone()
            .map(|(key, label)| ReportPart { key, label }),
        figures: (&of.figures).into(),
        change_percent: before.and_then(|before| change(of.figures.received, before)),
        previous_received: before,
    }
}

fn report(of: &Recap) -> ComplaintReport {
    let compared = of.is_compared();
    ComplaintReport {
        unit: of.unit.code.clone(),
        period: of.period.into(),
        previous_period: of.previous.into(),
        group_by: of.group_by,
        second_group_by: of.second,
        total: (&of.total).into(),
        previous_total: (&of.before).into(),
        groups: of.groups.iter().map(|it| group(it, compared)).collect(),
        months: of.months.iter().map(|it| group(it, false)).collect(),
        response_time: of
            .total
            .histogram()
            .into_iter()
            .map(|(span, answers)| ResponseTime {
                working_days: span.key(),
                answers,
            })
            .collect(),
        topics: of
            .topics
            .iter()
            .map(|topic| ReportTopic {
                id: topic.id.to_string(),
                title: topic.title.clone(),
                received: topic.now,
                previous_received: topic.before,
            })
            .collect(),
    }
}

/// The parameters as they were sent.
struct Sent {
    unit: Query<Option<String>>,
    from: Query<Option<String>>,
    to: Query<Option<String>>,
    group_by: Query<Option<String>>,
}

async fn read(ctx: &Ctx, sent: Sent) -> poem::Result<Recap> {
    let asked = Asked {
        unit: sent.unit.0.unwrap_or_default(),
        from: sent.from.0.unwrap_or_default(),
        to: sent.to.0.unwrap_or_default(),
        group_by: sent.group_by.0.unwrap_or_default(),
    };
    Ok(recap::recap(ctx, &asked).await?)
}

fn download(content_type: &str, name: &str, bytes: Vec<u8>) -> Response<Binary<Vec<u8>>> {
    Response::new(Binary(bytes))
        .header("Content-Type", content_type)
        .header(
            "Content-Disposition",
            format!("attachment; filename=\"{name}\""),
        )
}

#[OpenApi(tag = "Tag::Complaints")]
impl Api {
    /// Recapitulate complaints
    ///
    /// Of the days `from` to `to` (left out: this year), by `group_by`: `month`, `channel`, `service`, `category`, `status`,
    /// `kind`, `division` or `response`, or two of them with a comma between (`month,channel`): then each group is told
    /// apart once more and `second` names the part; what never came is left out. Whoever sees the complaints of a division only, counts those.
    #[oai(
        path = "/reports/complaints",
        method = "get",
        operation_id = "getComplaintReport"
    )]
    async fn report(
        &self,
        Token(ctx): Token,
        unit: Query<Option<String>>,
        from: Query<Option<String>>,
        to: Query<Option<String>>,
        group_by: Query<Option<String>>,
    ) -> poem::Result<Json<ComplaintReport>> {
        let sent = Sent {
            unit,
            from,
            to,
            group_by,
        };
        Ok(Json(report(&read(&ctx, sent).await?)))
    }

    /// The same under a name that says its form
    #[oai(
        path = "/reports/complaints.json",
        method = "get",
        operation_id = "getComplaintReportJson"
    )]
    async fn json(
        &self,
        Token(ctx): Token,
        unit: Query<Option<String>>,
        from: Query<Option<String>>,
        to: Query<Option<String>>,
        group_by: Query<Option<String>>,
    ) -> poem::Result<Json<ComplaintReport>> {
        let sent = Sent {
            unit,
            from,
            to,
            group_by,
        };
        Ok(Json(report(&read(&ctx, sent).await?)))
    }

    /// The groups as CSV
    #[oai(
        path = "/reports/complaints.csv",
        method = "get",
        operation_id = "getComplaintReportCsv"
    )]
    async fn csv(
        &self,
        Token(ctx): Token,
        unit: Query<Option<String>>,
        from: Query<Option<String>>,
        to: Query<Option<String>>,
        group_by: Query<Option<String>>,
    ) -> poem::Result<Response<Binary<Vec<u8>>>> {
        let sent = Sent {
            unit,
            from,
            to,
            group_by,
        };
        let of = read(&ctx, sent).await?;
        let bytes = recap::csv(&of, ctx.locale())?;
        Ok(download(sheets::CSV, "rekap-pengaduan.csv", bytes))
    }

    /// All tables as a workbook
    #[oai(
        path = "/reports/complaints.xlsx",
        method = "get",
        operation_id = "getComplaintReportXlsx"
    )]
    async fn xlsx(
        &self,
        Token(ctx): Token,
        unit: Query<Option<String>>,
        from: Query<Option<String>>,
        to: Query<Option<String>>,
        group_by: Query<Option<String>>,
    ) -> poem::Result<Response<Binary<Vec<u8>>>> {
        let sent = Sent {
            unit,
            from,
            to,
            group_by,
        };
        let of = read(&ctx, sent).await?;
        let bytes = recap::xlsx(&of, ctx.locale())?;
        Ok(download(sheets::XLSX, "rekap-pengaduan.xlsx", bytes))
    }
}
