//! The report of a period (Laporan SKM) with its five chapters and annexes, made from the result: no figure is typed.
//! It is set by the template of the forum's report, and its editable copy is made of the same value.

use std::collections::HashMap;

use chrono::NaiveDate;
use chrono_tz::Tz;
use sea_orm::ConnectionTrait;
use serde::Deserialize;

use super::{
    Compared, Comparisons,
    entity::report_row,
    figures::SurveyResult,
    photos, report_annexes, report_chapters, reporting,
    service::{self, Earlier, Seen},
    store,
};
use crate::{
    access::Ctx,
    action_plans::{self, Planned, SourceKind},
    calendar::dates,
    documents::{
        self, Kind,
        data::{Annex, Fact, Photo, Picture, PictureFormat, Report, Signatory, balanced},
        docx,
    },
    organisation::{self, Official, nip_text},
    platform::{
        charts::Form,
        error::{Error, Result},
        i18n::{Locale, Message},
        traces,
    },
    surveys::{
        entity::setup::{SurveyState, question},
        store::periods,
    },
};

/// Papers are Indonesian whatever language the officer reads.
pub(super) const ID: Locale = Locale::Id;

const TEXTS: &str = include_str!("../../../fixtures/skm-report.toml");

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Texts {
    pub preface: Vec<String>,
    pub background: Vec<String>,
    pub purpose: Vec<String>,
    pub method: Vec<String>,
    pub legal_basis: Vec<Law>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Law {
    pub title: String,
}

/// Everything that the report is made of.
pub(super) struct Material<'a> {
    pub seen: &'a Seen,
    pub head: Official,
    pub earlier: Vec<Earlier>,
    /// The unit's actions for each element.
    pub actions: HashMap<String, Vec<Planned>>,
    pub questions: Vec<question::Model>,
    /// Actions that this period measures for the first time.
    pub compared: Vec<Compared>,
    pub texts: Texts,
    pub zone: Tz,
    /// The office's own words.
    pub own: Option<report_row::Model>,
}

/// What stands on an issued report alone.
pub(super) struct Seal<'a> {
    pub code: &'a str,
    pub number: &'a str,
    pub dated_on: NaiveDate,
    pub version: i32,
}

/// The paragraphs of a text as it was typed.
pub(super) fn paragraphs(text: &str) -> Vec<String> {
    let lines = text.lines().map(str::trim);
    lines
        .filter(|line| !line.is_empty())
        .map(str::to_owned)
        .collect()
}

impl Material<'_> {
    pub fn result(&self) -> &SurveyResult {
        &self.seen.result
    }

    /// The actions for an element of which something holds.
    pub fn actions_for(&self, element: &str, holds: impl Fn(&Planned) -> bool) -> Vec<&Planned> {
        let all = self.actions.get(element).into_iter().flatten();
        all.filter(|action| holds(action)).collect()
    }

    /// `1 Januari 2025 sampai 30 Juni 2025`
    pub fn days(&self) -> String {
        format!(
            "{} sampai {}",
            dates::date(self.seen.period.opens_on, ID),
            dates::date(self.seen.period.closes_on, ID)
        )
    }
}

async fn gathered<'a>(ctx: &Ctx, compare: Comparisons, seen: &'a Seen) -> Result<Material<'a>> {
    let db = &ctx.app.db;
    let head = match organisation::head_of(db, seen.unit.id).await {
        Err(Error::NotFound) => {
            let message = Message::new("rule-report-no-head").with("unit", &seen.unit.name);
            return Err(Error::rule("report.no_head", message));
        }
        found => found?,
    };
    Ok(Material {
        head,
        earlier: service::earlier(ctx, seen).await?,
        actions: actions_of(db, seen).await?,
        questions: periods::questions(db, &seen.period).await?,
        compared: match seen.period.state {
            SurveyState::Frozen => compare(ctx, &seen.unit, &seen.result).await?,
            _ => Vec::new(),
        },
        zone: organisation::zone_of(&seen.unit)?,
        texts: toml::from_str(TEXTS).map_err(anyhow::Error::from)?,
        own: store::report(db, seen.period.id).await?,
        seen,
    })
}

async fn actions_of(
    db: &impl ConnectionTrait,
    seen: &Seen,
) -> Result<HashMap<String, Vec<Planned>>> {
    let linked = action_plans::linked_in_unit(db, seen.unit.id, SourceKind::SurveyElement).await?;
    let mut found = HashMap::new();
    for (element, actions) in linked {
        let ids: Vec<_> = actions.iter().map(|action| action.id).collect();
        found.insert(element, action_plans::planned(db, &ids).await?);
    }
    Ok(found)
}

fn cover_notes(of: &Material<'_>, seal: Option<&Seal<'_>>) -> Vec<String> {
    let mut notes = vec![format!("Periode {}", of.days())];
    match seal {
        Some(seal) => {
            if !seal.number.is_empty() {
                notes.push(format!("Nomor {}", seal.number));
            }
            if seal.version > 1 {
                let before = seal.version - 1;
                notes.push(format!(
                    "Versi {}, menggantikan versi {before}",
                    seal.version
                ));
            }
        }
        None if of.seen.period.state == SurveyState::Frozen => {
            notes.push("PRATINJAU: laporan ini belum diterbitkan.".to_owned());
        }
        None => notes.push(
            "PRATINJAU: periode ini belum dibekukan; angkanya masih dapat berubah.".to_owned(),
        ),
    }
    if let Some(hash) = &of.result().frozen_hash {
        notes.push("Sidik SHA-256 data mentah:".to_owned());
        notes.push(hash.clone());
    }
    notes
}

/// The paragraphs of the office's own words, masked: what was written before it was refused goes out without numbers.
pub(super) fn for_everybody(text: &str) -> Vec<String> {
    paragraphs(&traces::for_everybody(text))
}

fn preface(of: &Material<'_>) -> Vec<String> {
    let own = of.own.as_ref().map(|own| for_everybody(&own.preface));
    own.filter(|own| !own.is_empty())
        .unwrap_or_else(|| of.texts.preface.clone())
}

fn value(
    ctx: &Ctx,
    of: &Material<'_>,
    photos: Vec<Photo>,
    seal: Option<&Seal<'_>>,
) -> Result<Report> {
    let seen = of.seen;
    let zone = organisation::zone_of(&seen.unit)?;
    let period = traces::for_everybody(&seen.period.title);
    let day = seal.map_or_else(|| ctx.today_in(zone), |seal| seal.dated_on);
    let dated_on = dates::date(day, ID);
    Ok(Report {
        title: format!("Laporan {period} {}", seen.unit.name),
        running: format!("Laporan {period}"),
        letterhead: documents::letterhead_of(&seen.unit),
        cover: vec![
            "LAPORAN".to_owned(),
            "SURVEI KEPUASAN MASYARAKAT".to_owned(),
            seen.unit.name.to_uppercase(),
            period.to_uppercase(),
        ],
        cover_notes: cover_notes(of, seal),
        preface: preface(of),
        chapters: report_chapters::chapters(of),
        signatory: signatory(of, &dated_on),
        annex_notes: Vec::new(),
        annexes: annexes(of, photos),
        verification: seal.map(|seal| documents::verification(&ctx.app, seal.code)),
        qr: seal.map(|seal| documents::verification_url(&ctx.app, seal.code)),
    })
}

fn signatory(of: &Material<'_>, dated_on: &str) -> Signatory {
    let nip = nip_text(&of.head.nip);
    Signatory {
        place_date: Some(format!("{}, {dated_on}", of.seen.unit.city)),
        position: vec![format!("{},", of.head.office)],
        name: of.head.name.clone(),
        rank: Some(of.head.rank.clone()).filter(|rank| !rank.is_empty()),
        nip: Some(nip).filter(|nip| !nip.is_empty()),
        signature: None,
        mark: None,
    }
}

fn annex(number: usize, title: &str) -> Annex {
    Annex {
        number: format!("LAMPIRAN {number}"),
        title: title.to_owned(),
        facts: Vec::new(),
        notes: Vec::new(),
        paper: None,
        blocks: Vec::new(),
        signatory: None,
        appendix: Vec::new(),
        photo_pages: Vec::new(),
        files: Vec::new(),
        scans: Vec::new(),
        attached: Vec::new(),
        original: None,
    }
}

/// How the survey was held, in pictures.
fn documentation(photos: Vec<Photo>) -> Annex {
    let whole = annex(4, "DOKUMENTASI");
    match photos.len() {
        0 => Annex {
            notes: vec!["Belum ada foto.".to_owned()],
            ..whole
        },
        count => Annex {
            facts: vec![Fact::new("Jumlah foto", count.to_string())],
            photo_pages: balanced(photos),
            ..whole
        },
    }
}

fn annexes(of: &Material<'_>, photos: Vec<Photo>) -> Vec<Annex> {
    let mut chart = annex(3, "GRAFIK NRR PER UNSUR");
    let drawn = super::views::chart(of.result(), ID);
    let pictures = drawn.iter().flat_map(|chart| Form::Bars.on_paper(chart));
    chart.photo_pages = pictures
        .map(|svg| {
            vec![Photo {
                caption: "NRR tiap unsur pada skala sampai 4".to_owned(),
                picture: Picture::new(PictureFormat::Svg, svg.as_bytes()),
            }]
        })
        .collect();
    if chart.photo_pages.is_empty() {
        chart.notes = vec!["Belum ada angka untuk digambar.".to_owned()];
    }
    vec![
        Annex {
            blocks: report_annexes::questionnaire(of),
            ..annex(1, "KUESIONER")
        },
        Annex {
            blocks: report_annexes::processed(of),
            ..annex(2, "HASIL OLAH DATA")
        },
        chart,
        documentation(photos),
        Annex {
            blocks: report_annexes::previous(of),
            ..annex(5, "LAPORAN HASIL TINDAK LANJUT SKM PERIODE SEBELUMNYA")
        },
    ]
}

/// What the report is set from.
pub(super) async fn data(
    ctx: &Ctx,
    compare: Comparisons,
    seen: &Seen,
    seal: Option<&Seal<'_>>,
) -> Result<Report> {
    let of = gathered(ctx, compare, seen).await?;
    let photos = photos::printed(ctx, &seen.period).await?;
    value(ctx, &of, photos, seal)
}

/// What stands at the places where the office may write.
pub(super) struct Composed {
    pub preface: Vec<String>,
    pub analysis: Vec<String>,
    pub conclusion: Vec<String>,
}

pub(super) async fn composed(ctx: &Ctx, compare: Comparisons, seen: &Seen) -> Result<Composed> {
    let of = gathered(ctx, compare, seen).await?;
    let (analysis, conclusion) = report_chapters::composed(&of);
    Ok(Composed {
        preface: of.texts.preface,
        analysis,
        conclusion,
    })
}

/// The preface where the office wrote none of its own.
pub(super) fn composed_preface() -> Result<Vec<String>> {
    let texts: Texts = toml::from_str(TEXTS).map_err(anyhow::Error::from)?;
    Ok(texts.preface)
}

/// The report as PDF: the issued one where there is one, else a preview. Archival, without files inside.
pub async fn pdf(ctx: &Ctx, compare: Comparisons, seen: &Seen) -> Result<Vec<u8>> {
    match reporting::kept(ctx, &seen.period).await?.issued {
        Some(issued) => documents::bytes(&ctx.app, &issued).await,
        None => preview(ctx, compare, seen).await,
    }
}

/// The report as it would be set now.
pub async fn preview(ctx: &Ctx, compare: Comparisons, seen: &Seen) -> Result<Vec<u8>> {
    let report = data(ctx, compare, seen, None).await?;
    documents::render(&ctx.app, Kind::SurveyReport, &report, ctx.now).await
}

/// What the issued report was set from; of one that was not issued, what it would be set from now.
async fn latest(ctx: &Ctx, compare: Comparisons, seen: &Seen) -> Result<Report> {
    let issued = reporting::kept(ctx, &seen.period).await?.issued;
    let source = match &issued {
        Some(issued) => documents::source(&ctx.app, issued).await?,
        None => None,
    };
    match source {
        Some(source) => Ok(serde_json::from_value(source).map_err(anyhow::Error::from)?),
        None => data(ctx, compare, seen, None).await,
    }
}

/// The editable copy. It says first that the PDF counts.
pub async fn docx(ctx: &Ctx, compare: Comparisons, seen: &Seen) -> Result<Vec<u8>> {
    let report = latest(ctx, compare, seen).await?;
    let places = documents::places(&ctx.app, Kind::SurveyReport, &report, ctx.now).await?;
    let original = docx::Original {
        notice: "SALINAN UNTUK DISUNTING. Angka yang berlaku adalah yang tertera pada PDF dan pada laman hasil.".to_owned(),
        places,
        scans: Vec::new(),
    };
    tokio::task::spawn_blocking(move || docx::file(&report, &original))
        .await
        .map_err(anyhow::Error::from)?
}
