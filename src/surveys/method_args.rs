//! How a command is told the weights and the grade table, and what is said when they do not fit.

use super::rules::{
    exact::{self, NotExact},
    grades,
    scoring::Scheme,
    weights::{BadWeights, Policy, Weights},
};
use crate::platform::i18n::{Locale, Message};

#[derive(Debug, Clone, clap::Args)]
pub struct MethodArgs {
    /// Bobot: exact (1/jumlah unsur), 0.11, 0.111 atau 0.071 untuk mencocokkan tabel lama; atau bobot sendiri per unsur,
    /// misalnya 0.5,0.3,0.2, yang jumlahnya tepat 1
    #[arg(long, value_name = "BOBOT", default_value = "exact")]
    pub weights: String,
    /// Tabel mutu: 14/2017 atau KEP/25/2004
    #[arg(long, value_name = "TABEL", default_value = "14/2017", value_parser = known_table)]
    pub grades: String,
    /// Keluaran JSON
    #[arg(long)]
    pub json: bool,
}

fn known_table(code: &str) -> Result<String, String> {
    let known: Vec<&str> = grades::tables()
        .iter()
        .map(|table| table.code.as_str())
        .collect();
    if known.contains(&code) {
        return Ok(code.to_owned());
    }
    Err(format!(
        "tabel mutu tidak dikenal; yang ada: {}",
        known.join(", ")
    ))
}

impl MethodArgs {
    pub fn scheme(&self) -> anyhow::Result<Scheme> {
        let table = grades::table(&self.grades)
            .ok_or_else(|| anyhow::anyhow!("tabel mutu {} tidak dikenal", self.grades))?;
        Ok(Scheme {
            weights: weights_of(&self.weights)?,
            grades: table,
        })
    }
}

fn weights_of(text: &str) -> anyhow::Result<Weights> {
    if let Some(policy) = Policy::parse(text) {
        return Ok(Weights::Named(policy));
    }
    if !text.contains([',', ';']) {
        anyhow::bail!(
            "bobot {text} tidak dikenal; pakai exact, 0.11, 0.111, 0.071, atau bobot tiap unsur dipisahkan koma"
        );
    }
    let each = numbers(text, "bobot")?;
    Weights::own(each).map_err(refused)
}

/// What is wrong with weights, in words.
pub fn refused(fault: BadWeights) -> anyhow::Error {
    anyhow::anyhow!(message(&fault).text(Locale::Id))
}

pub fn message(fault: &BadWeights) -> Message {
    let comma = |decimal: &str| decimal.replace('.', ",");
    match fault {
        BadWeights::NoElements => Message::new("survey-weights-none"),
        BadWeights::Count { weights, elements } => Message::new("survey-weights-count")
            .with("weights", weights)
            .with("elements", elements),
        BadWeights::Sum { sum } => Message::new("survey-weights-sum")
            .with("sum", sum)
            .with("comma", comma(sum)),
        BadWeights::TooHeavy {
            policy,
            elements,
            sum,
        } => Message::new("survey-weights-heavy")
            .with("policy", policy)
            .with("written", comma(policy))
            .with("elements", elements)
            .with("sum", sum)
            .with("comma", comma(sum)),
    }
}

/// Decimals separated by commas, or by semicolons.
pub fn numbers(text: &str, what: &str) -> anyhow::Result<Vec<exact::Exact>> {
    let separator = if text.contains(';') { ';' } else { ',' };
    let numbered = (1..).zip(text.split(separator).map(str::trim));
    numbered
        .map(|(at, number): (usize, &str)| {
            exact::parse(number).map_err(|fault| match fault {
                NotExact::Comma => anyhow::anyhow!(
                    "{what} ke-{at}: \"{number}\" memakai koma desimal; tulis dengan titik"
                ),
                NotExact::Number => {
                    anyhow::anyhow!("{what} ke-{at}: \"{number}\" bukan angka; tulis misalnya 3.31")
                }
            })
        })
        .collect()
}
