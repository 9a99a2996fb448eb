//! `rembuk skm`: the arithmetic of the survey for figures from anywhere, without a database.

use std::{
    fmt::Write as _,
    io::Read as _,
    path::{Path, PathBuf},
};

use anyhow::{Context as _, bail};
use serde_json::{Value, json};

pub use super::method_args::MethodArgs;
use super::{
    method_args::{numbers, refused},
    rules::{
        exact::{self, Exact},
        method::method,
        remarks::Remark,
        sample_size,
        scoring::{self, Index, Scheme},
    },
    score_sheet::{self, BadSheet, ScoreSheet},
};
use crate::platform::i18n::{Locale, Message, t};

const ID: Locale = Locale::Id;

/// Hitung SKM: indeks, tabel terbitan, ukuran sampel; tanpa basis data
#[derive(Debug, Clone, clap::Subcommand)]
pub enum SkmCommand {
    /// Hitung NRR, IKM, dan mutu dari berkas jawaban
    ///
    /// Satu baris satu responden, nilai 1 sampai 4 atau kosong. Kolom unsur dikenal dari judulnya: U1 sampai U99 (boleh
    /// diikuti kata); bila tidak ada judul seperti itu, nama unsur PermenPANRB 14/2017 seperti Persyaratan dan Waktu Penyelesaian. Kolom lain diabaikan.
    /// CSV dengan koma, titik koma, atau tab, dan XLSX dapat dibaca.
    Score(ScoreArgs),
    /// Hitung IKM dan mutu dari NRR yang sudah terbit
    Index(IndexArgs),
    /// Hitung sampel minimum untuk suatu populasi (Krejcie dan Morgan)
    Sample(SampleArgs),
}

#[derive(Debug, Clone, clap::Args)]
pub struct ScoreArgs {
    /// Berkas jawaban; - berarti masukan baku
    #[arg(value_name = "BERKAS.csv")]
    pub file: PathBuf,
    #[command(flatten)]
    pub method: MethodArgs,
}

#[derive(Debug, Clone, clap::Args)]
pub struct IndexArgs {
    /// NRR tiap unsur menurut urutan, dengan titik desimal: 3.31,3.35,3.49
    #[arg(long, value_name = "NRR,NRR,…")]
    pub nrr: String,
    #[command(flatten)]
    pub method: MethodArgs,
}

#[derive(Debug, Clone, clap::Args)]
pub struct SampleArgs {
    /// Jumlah orang yang dilayani dalam periode
    #[arg(long, value_name = "N", allow_hyphen_values = true)]
    pub population: String,
    /// Keluaran JSON
    #[arg(long)]
    pub json: bool,
}

/// How many people there are, refused in the language of the rest.
fn people(written: &str) -> anyhow::Result<u64> {
    let digits = written.trim();
    let count: Option<u64> = digits.parse().ok();
    let count = count.filter(|people| *people > 0);
    // A whole number all the same: what is wrong with it is not how it is written.
    let too_large = count.is_none()
        && digits.bytes().all(|byte| byte.is_ascii_digit())
        && digits.bytes().any(|byte| byte != b'0');
    let key = match too_large {
        true => "survey-sample-too-many",
        false => "survey-sample-population",
    };
    count.with_context(|| Message::new(key).with("found", written).text(ID))
}

pub fn run(command: &SkmCommand) -> anyhow::Result<String> {
    match command {
        SkmCommand::Score(args) => {
            let bytes = bytes_of(&args.file)?;
            score(&bytes, &args.method)
                .with_context(|| format!("{} tidak dihitung", args.file.display()))
        }
        SkmCommand::Index(args) => index(args),
        SkmCommand::Sample(args) => sample(args),
    }
}

fn bytes_of(file: &Path) -> anyhow::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    if file == Path::new("-") {
        std::io::stdin().read_to_end(&mut bytes)?;
        return Ok(bytes);
    }
    std::fs::read(file).with_context(|| format!("{} tidak dapat dibaca", file.display()))
}

/// One element as it is told.
struct Row {
    label: String,
    answers: Option<u64>,
    nrr: Option<Exact>,
}

struct Told<'a> {
    respondents: Option<u64>,
    rows: Vec<Row>,
    index: Option<Index>,
    method: &'a MethodArgs,
    warnings: Vec<String>,
}

fn score(bytes: &[u8], method: &MethodArgs) -> anyhow::Result<String> {
    let sheet = score_sheet::read(bytes).map_err(bad_sheet)?;
    let scheme = method.scheme()?;
    let outcome = scoring::outcome(&sheet.tally, &scheme).map_err(refused)?;
    let mut warnings: Vec<String> = outcome
        .remarks
        .iter()
        .map(|remark| remark.text(&sheet.labels, ID))
        .collect();
    let mut remarks = outcome.remarks.iter();
    if remarks.any(|remark| matches!(remark, Remark::ElementsUnanswered(_))) {
        warnings.push(t(ID, "survey-remark-unanswered-file"));
    }
    warnings.extend(warnings_of(&sheet));
    let labels = sheet.labels.into_iter();
    let rows = labels.zip(outcome.elements).map(|(label, one)| Row {
        label,
        answers: Some(one.answers),
        nrr: one.nrr,
    });
    Told {
        respondents: Some(outcome.respondents),
        rows: rows.collect(),
        index: outcome.index,
        method,
        warnings,
    }
    .text()
}

fn warnings_of(sheet: &ScoreSheet) -> Vec<String> {
    let mut warnings = Vec::new();
    if sheet.blank > 0 {
        let blank = Message::new("survey-sheet-blank").with("count", sheet.blank);
        warnings.push(blank.text(ID));
    }
    if sheet.aside > 0 {
        let aside = Message::new("survey-sheet-aside").with("count", sheet.aside);
        warnings.push(aside.text(ID));
    }
    for heading in &sheet.doubtful {
        let doubt = Message::new("survey-sheet-doubtful").with("heading", heading);
        warnings.push(doubt.text(ID));
    }
    warnings
}

fn bad_sheet(fault: BadSheet) -> anyhow::Error {
    let words = match fault {
        BadSheet::Unreadable(why) => why.message().text(ID),
        BadSheet::NoElements => t(ID, "survey-sheet-no-elements"),
        BadSheet::Twice {
            heading,
            first,
            second,
        } => Message::new("survey-sheet-twice")
            .with("heading", heading)
            .with("first", first)
            .with("second", second)
            .text(ID),
        BadSheet::Cells { faults, more } => {
            let mut lines: Vec<String> = faults.iter().map(|one| one.message().text(ID)).collect();
            if more > 0 {
                lines.push(
                    Message::new("survey-sheet-more")
                        .with("count", more)
                        .text(ID),
                );
            }
            lines.join("\n  ")
        }
    };
    anyhow::anyhow!(words)
}

fn index(args: &IndexArgs) -> anyhow::Result<String> {
    let means = numbers(&args.nrr, "NRR")?;
    for (at, mean) in (1..).zip(&means) {
        if *mean < exact::whole(1) || *mean > exact::whole(4) {
            bail!(
                "NRR ke-{at}: {} di luar 1 sampai 4; desimal ditulis dengan titik, koma memisahkan unsur",
                exact::fixed(mean, 3)
            );
        }
    }
    let scheme: Scheme = args.method.scheme()?;
    let known: Vec<Option<Exact>> = means.iter().cloned().map(Some).collect();
    let (index, remarks) = scoring::index(&known, &scheme).map_err(refused)?;
    let rows = (1..).zip(known).map(|(at, nrr): (usize, _)| Row {
        label: format!("U{at}"),
        answers: None,
        nrr,
    });
    Told {
        respondents: None,
        rows: rows.collect(),
        index,
        method: &args.method,
        warnings: remarks.iter().map(|remark| remark.text(&[], ID)).collect(),
    }
    .text()
}

impl Told<'_> {
    fn text(&self) -> anyhow::Result<String> {
        if self.method.json {
            Ok(serde_json::to_string_pretty(&self.json())?)
        } else {
            self.table()
        }
    }

    fn json(&self) -> Value {
        let elements: Vec<Value> = self
            .rows
            .iter()
            .map(|row| {
                let nrr = row.nrr.as_ref().map(|nrr| exact::fixed(nrr, 3));
                json!({ "label": row.label, "answers": row.answers, "nrr": nrr })
            })
            .collect();
        let index = self.index.as_ref();
        json!({
            "n": self.respondents,
            "elements": elements,
            "ikm": index.map(|index| exact::fixed(&index.rounded, 2)),
            "grade": index.map(|index| index.band.grade.as_str()),
            "performance": index.map(|index| index.band.performance(ID)),
            "weights": self.method.weights,
            "grades": self.method.grades,
            "warnings": self.warnings,
        })
    }

    fn table(&self) -> anyhow::Result<String> {
        let mut out = String::new();
        if let Some(respondents) = self.respondents {
            writeln!(out, "Responden  {respondents}")?;
        }
        let wide = self
            .rows
            .iter()
            .map(|row| row.label.chars().count())
            .max()
            .unwrap_or(0);
        for row in &self.rows {
            let nrr = row
                .nrr
                .as_ref()
                .map_or("–".to_owned(), |nrr| exact::shown(nrr, 3, ID));
            let answers = row
                .answers
                .map(|count| format!("  ({count} jawaban)"))
                .unwrap_or_default();
            writeln!(out, "  {:<wide$}  {nrr}{answers}", row.label)?;
        }
        match &self.index {
            Some(index) => writeln!(
                out,
                "IKM        {}\nMutu       {} ({})",
                exact::shown(&index.rounded, 2, ID),
                index.band.grade,
                index.band.performance(ID)
            )?,
            None => writeln!(out, "IKM        –")?,
        }
        write!(
            out,
            "Cara       bobot {}, tabel {}",
            self.method.weights, self.method.grades
        )?;
        for warning in &self.warnings {
            write!(out, "\nPeringatan: {warning}")?;
        }
        Ok(out)
    }
}

fn sample(args: &SampleArgs) -> anyhow::Result<String> {
    let population = people(&args.population)?;
    let needed = sample_size(population);
    let sample = &method().sample;
    let (chi_square, proportion, margin) = (
        exact::fixed(&sample.chi_square, 3),
        exact::fixed(&sample.proportion, 1),
        exact::fixed(&sample.margin, 2),
    );
    if args.json {
        return Ok(serde_json::to_string_pretty(&json!({
            "population": population,
            "sample": needed,
            "chi_square": chi_square,
            "proportion": proportion,
            "margin": margin,
            "source": sample.source(ID),
        }))?);
    }
    Ok(format!(
        "{needed}\nSampel minimum dari {} orang: {}, X² = {chi_square}, P = {proportion}, d = {margin}, dibulatkan setengah ke atas",
        population,
        sample.source(ID)
    ))
}

#[cfg(test)]
#[path = "cli_tests.rs"]
mod tests;
