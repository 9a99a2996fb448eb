//! The computed workbook: the raw answers, and formulas over them that give the same figures. The values stored with
//! the formulas are those of the exact computation, so that a reader without a spreadsheet program sees them too. A
//! spreadsheet counts in binary fractions; rounding at nine decimals first takes their dust away.

use rust_xlsxwriter::{
    Format, Formula, Workbook, Worksheet, XlsxError, utility::column_number_to_name,
};

use super::{
    computing::{Answer, Dimension},
    figures::{ResultFigure, SurveyResult},
    service::Raw,
    views::{dimension_value, weights_words},
};
use crate::{
    platform::{
        error::Result,
        i18n::{Locale, Message, t},
        tables::harmless,
    },
    surveys::rules::{
        exact::{self, Exact},
        grades::{self, GradeTable},
    },
};

const ID: Locale = Locale::Id;
const RAW: &str = "Jawaban";
const RESULT: &str = "Hasil";
const CUTS: &str = "Rincian";
const GRADES: &str = "Tabel mutu";
const NOTES: &str = "Keterangan";
/// Columns of the raw sheet before the first element.
const BEFORE: u16 = 7;
/// Rows of the result sheet above the first element.
const ABOVE: u32 = 5;

type Written = std::result::Result<(), XlsxError>;

/// Everything that the sheets refer to.
struct Book<'a> {
    /// With every figure: beside single answers nothing is withheld on any sheet.
    result: &'a SurveyResult,
    raw: &'a Raw,
    grades: &'a GradeTable,
    bold: Format,
    three: Format,
    two: Format,
}

/// `1/9` or `0.111` as a number.
fn weight_of(text: &str) -> Option<Exact> {
    match text.split_once('/') {
        Some((one, of)) => exact::ratio(one.parse().ok()?, of.parse().ok()?),
        None => exact::parse(text).ok(),
    }
}

/// The condition "as this cell says, letter by letter": in a condition `*` and `?` stand for other letters, and a sign of
/// comparison at the head for a comparison.
fn wanted(cell: &str) -> String {
    let plain = ["~", "*", "?"]
        .into_iter()
        .fold(cell.to_owned(), |text, sign| {
            format!("SUBSTITUTE({text},\"{sign}\",\"~{sign}\")")
        });
    format!("\"=\"&{plain}")
}

/// The file.
pub fn file(raw: &Raw) -> Result<Vec<u8>> {
    let result = &raw.unveiled;
    let grades = grades::table(&result.grades)
        .ok_or_else(|| anyhow::anyhow!("the result has an unknown grade table"))?;
    let book = Book {
        result,
        raw,
        grades,
        bold: Format::new().set_bold(),
        three: Format::new().set_num_format("0.000"),
        two: Format::new().set_num_format("0.00"),
    };
    let bytes = book.bytes().map_err(anyhow::Error::from)?;
    Ok(bytes)
}

impl Book<'_> {
    fn bytes(&self) -> std::result::Result<Vec<u8>, XlsxError> {
        let mut workbook = Workbook::new();
        self.result_sheet(workbook.add_worksheet())?;
        self.cuts_sheet(workbook.add_worksheet())?;
        self.grades_sheet(workbook.add_worksheet())?;
        self.notes_sheet(workbook.add_worksheet())?;
        // Hundreds of thousands of cells are written through, not kept.
        self.raw_sheet(workbook.add_worksheet_with_constant_memory()?)?;
        workbook.save_to_buffer()
    }

    fn elements(&self) -> u16 {
        u16::try_from(self.result.elements.len()).unwrap_or(u16::MAX)
    }

    /// What a value is called on every sheet, so that formulas find it.
    fn called(&self, dimension: Dimension, value: &str) -> String {
        match self.raw.names.get(value) {
            Some(name) => name.clone(),
            None => dimension_value(dimension.code(), value, ID),
        }
    }

    /// The last row of answers, as a spreadsheet counts; a period without answers has one empty row.
    fn last(&self) -> usize {
        self.raw.answers.len().max(1) + 1
    }

    /// `Jawaban!$H$2:$H$151`
    fn column(&self, column: u16) -> String {
        let name = column_number_to_name(column);
        format!("{RAW}!${name}$2:${name}${}", self.last())
    }

    fn raw_sheet(&self, sheet: &mut Worksheet) -> Written {
        sheet.set_name(RAW)?;
        sheet.set_freeze_panes(1, 0)?;
        for (at, dimension) in (0..).zip(Dimension::ALL) {
            let heading = t(ID, &format!("survey-dimension-{}", dimension.code()));
            sheet.write_string_with_format(0, at, heading, &self.bold)?;
        }
        for (at, element) in (BEFORE..).zip(&self.raw.elements) {
            let heading = format!("{} {}", element.label, element.name_id);
            sheet.write_string_with_format(0, at, heading, &self.bold)?;
        }
        let counts = BEFORE + self.elements();
        sheet.write_string_with_format(0, counts, t(ID, "survey-sheet-answers"), &self.bold)?;
        for (row, answer) in (1..).zip(&self.raw.answers) {
            self.answer(sheet, row, answer)?;
        }
        Ok(())
    }

    fn answer(&self, sheet: &mut Worksheet, row: u32, answer: &Answer) -> Written {
        for ((at, dimension), value) in (0..).zip(Dimension::ALL).zip(&answer.belongs) {
            if !value.is_empty() {
                sheet.write_string(row, at, harmless(&self.called(dimension, value)))?;
            }
        }
        let mut answered = 0_u32;
        for (at, byte) in (BEFORE..).zip(answer.scores.bytes()) {
            if byte.is_ascii_digit() {
                sheet.write_number(row, at, byte - b'0')?;
                answered += 1;
            }
        }
        let first = column_number_to_name(BEFORE);
        let last = column_number_to_name(BEFORE + self.elements() - 1);
        let line = row + 1;
        let count = Formula::new(format!("=COUNT({first}{line}:{last}{line})"));
        sheet.write_formula(
            row,
            BEFORE + self.elements(),
            count.set_result(answered.to_string()),
        )?;
        Ok(())
    }

    fn result_sheet(&self, sheet: &mut Worksheet) -> Written {
        sheet.set_name(RESULT)?;
        sheet.set_column_width(1, 46)?;
        sheet.write_string_with_format(0, 0, harmless(&self.result.title), &self.bold)?;
        let rules = Message::new("survey-sheet-rules")
            .with("weights", weights_words(&self.result.weights, ID))
            .with("grades", &self.result.regulation);
        sheet.write_string(1, 0, rules.text(ID))?;
        sheet.write_string(2, 0, t(ID, "survey-sheet-same"))?;
        let headings = [
            "label", "element", "weight", "answers", "sum", "nrr", "weighted",
        ];
        for (at, heading) in (0..).zip(headings) {
            let words = t(ID, &format!("survey-sheet-head-{heading}"));
            sheet.write_string_with_format(ABOVE - 1, at, words, &self.bold)?;
        }
        for (row, at) in (ABOVE..).zip(0..self.result.elements.len()) {
            self.element_row(sheet, row, at)?;
        }
        self.index_rows(sheet)
    }

    /// The weight as a formula or a number.
    fn weight(&self, sheet: &mut Worksheet, row: u32, weight: &str) -> Written {
        let formula = Formula::new(format!("={weight}"));
        let shown = weight_of(weight).map(|exact| exact::fixed(&exact, 9));
        sheet.write_formula(row, 2, formula.set_result(shown.unwrap_or_default()))?;
        Ok(())
    }

    fn element_row(&self, sheet: &mut Worksheet, row: u32, at: usize) -> Written {
        let Some(element) = self.result.elements.get(at) else {
            return Ok(());
        };
        let place = BEFORE + u16::try_from(at).unwrap_or_default();
        let range = self.column(place);
        let (line, least) = (row + 1, self.result.minimum_answers.max(1));
        sheet.write_string(row, 0, harmless(&element.label))?;
        sheet.write_string(row, 1, harmless(&element.name_id))?;
        self.weight(sheet, row, &element.weight)?;
        let answers = Formula::new(format!("=COUNT({range})"));
        sheet.write_formula(row, 3, answers.set_result(element.answers.to_string()))?;
        let sum: u64 = (1..)
            .zip(&element.counts)
            .map(|(score, count): (u64, _)| score * count)
            .sum();
        let total = Formula::new(format!("=SUM({range})"));
        sheet.write_formula(row, 4, total.set_result(sum.to_string()))?;
        let nrr = Formula::new(format!("=IF(D{line}<{least},\"\",E{line}/D{line})"));
        let shown = element.nrr.clone().unwrap_or_default();
        sheet.write_formula_with_format(row, 5, nrr.set_result(shown), &self.three)?;
        let weighted = Formula::new(format!("=IF(D{line}<{least},\"\",F{line}*C{line})"));
        let product = exact::ratio(sum, element.answers).zip(weight_of(&element.weight));
        let product = product.map(|(mean, weight)| exact::fixed(&(mean * weight), 9));
        let weighted = weighted.set_result(product.unwrap_or_default());
        sheet.write_formula_with_format(row, 6, weighted, &self.three)?;
        Ok(())
    }

    fn index_rows(&self, sheet: &mut Worksheet) -> Written {
        let count = u32::from(self.elements());
        let (first, last) = (ABOVE + 1, ABOVE + count);
        let row = ABOVE + count;
        let counts = self.column(BEFORE + self.elements());
        let least = self.result.minimum_answers;
        let respondents = Formula::new(format!("=COUNTIF({counts},\">0\")"));
        sheet.write_string_with_format(row, 1, t(ID, "survey-sheet-respondents"), &self.bold)?;
        sheet.write_formula(row, 6, respondents.set_result(self.result.n.to_string()))?;
        let n = row + 1;
        let index = format!(
            "=IF(OR(G{n}<{least},COUNT(F{first}:F{last})<{count}),\"\",ROUND(ROUND(SUM(G{first}:G{last})*25,9),2))"
        );
        let index = Formula::new(index).set_result(self.result.ikm.clone().unwrap_or_default());
        sheet.write_string_with_format(row + 1, 1, "IKM", &self.bold)?;
        sheet.write_formula_with_format(row + 1, 6, index, &self.two)?;
        let at = format!("G{}", row + 2);
        for (below, key, column, value) in [
            (2, "survey-sheet-grade", "B", &self.result.grade),
            (3, "survey-sheet-performance", "C", &self.result.performance),
        ] {
            let formula = Formula::new(self.grade_of(&at, column));
            let formula = formula.set_result(value.clone().unwrap_or_default());
            sheet.write_string_with_format(row + below, 1, t(ID, key), &self.bold)?;
            sheet.write_formula(row + below, 6, formula)?;
        }
        Ok(())
    }

    /// The grade of the value in a cell. What lies below the table is of its lowest grade.
    fn grade_of(&self, cell: &str, column: &str) -> String {
        let last = self.grades.bands().len() + 1;
        format!(
            "=IF({cell}=\"\",\"\",LOOKUP(MAX({cell},25),'{GRADES}'!$A$2:$A${last},'{GRADES}'!${column}$2:${column}${last}))"
        )
    }

    fn grades_sheet(&self, sheet: &mut Worksheet) -> Written {
        sheet.set_name(GRADES)?;
        for (at, heading) in (0..).zip(["from", "grade", "performance", "to"]) {
            let words = t(ID, &format!("survey-sheet-band-{heading}"));
            sheet.write_string_with_format(0, at, words, &self.bold)?;
        }
        for (row, band) in (1..).zip(self.grades.bands()) {
            sheet.write_number_with_format(
                row,
                0,
                band.from.parse::<f64>().unwrap_or_default(),
                &self.two,
            )?;
            sheet.write_string(row, 1, &band.grade)?;
            sheet.write_string(row, 2, band.performance(ID))?;
            sheet.write_number_with_format(
                row,
                3,
                band.to.parse::<f64>().unwrap_or_default(),
                &self.two,
            )?;
        }
        let below = u32::try_from(self.grades.bands().len()).unwrap_or_default() + 2;
        sheet.write_string(below, 0, &self.grades.regulation)?;
        sheet.write_string(below + 1, 0, &self.grades.certainty)?;
        Ok(())
    }

    fn cuts_sheet(&self, sheet: &mut Worksheet) -> Written {
        sheet.set_name(CUTS)?;
        sheet.set_column_width(0, 18)?;
        sheet.set_column_width(1, 30)?;
        let index = 3 + self.elements();
        for (at, key) in [(0, "cut"), (1, "value"), (2, "respondents")] {
            let words = t(ID, &format!("survey-sheet-{key}"));
            sheet.write_string_with_format(0, at, words, &self.bold)?;
        }
        sheet.write_string(1, 2, t(ID, "survey-sheet-head-weight"))?;
        for (at, element) in (0..).zip(&self.result.elements) {
            sheet.write_string_with_format(0, 3 + at, harmless(&element.label), &self.bold)?;
            let weight = Formula::new(format!("={RESULT}!$C${}", ABOVE + 1 + u32::from(at)));
            let shown = weight_of(&element.weight).map(|exact| exact::fixed(&exact, 9));
            let weight = weight.set_result(shown.unwrap_or_default());
            sheet.write_formula_with_format(1, 3 + at, weight, &self.three)?;
        }
        sheet.write_string_with_format(0, index, "IKM", &self.bold)?;
        sheet.write_string_with_format(0, index + 1, t(ID, "survey-sheet-grade"), &self.bold)?;
        let services = self.result.services.iter();
        let services = services.map(|one| (Dimension::Service, one.code.as_str(), &one.figure));
        let others = self.result.cuts.iter().flat_map(|cut| {
            let known = Dimension::ALL
                .into_iter()
                .find(|one| one.code() == cut.dimension);
            let values = cut.values.iter();
            values.filter_map(move |one| Some((known?, one.value.as_str(), &one.figure)))
        });
        for (row, cut) in (2..).zip(services.chain(others)) {
            self.cut_row(sheet, row, cut)?;
        }
        Ok(())
    }

    fn cut_row(
        &self,
        sheet: &mut Worksheet,
        row: u32,
        (dimension, value, figure): (Dimension, &str, &ResultFigure),
    ) -> Written {
        let line = row + 1;
        let label = t(ID, &format!("survey-dimension-{}", dimension.code()));
        sheet.write_string(row, 0, label)?;
        sheet.write_string(row, 1, harmless(&self.called(dimension, value)))?;
        let place = Dimension::ALL.into_iter().position(|one| one == dimension);
        let place = u16::try_from(place.unwrap_or_default()).unwrap_or_default();
        let keys = self.column(place);
        let counts = self.column(BEFORE + self.elements());
        let wanted = wanted(&format!("$B{line}"));
        let respondents = Formula::new(format!("=COUNTIFS({keys},{wanted},{counts},\">0\")"));
        sheet.write_formula(row, 2, respondents.set_result(figure.n.to_string()))?;
        // Nobody answered about it.
        if figure.withheld {
            return Ok(());
        }
        for (at, nrr) in (0..).zip(&figure.nrr) {
            let range = self.column(BEFORE + at);
            let mean = Formula::new(format!(
                "=IFERROR(AVERAGEIFS({range},{keys},{wanted}),\"\")"
            ));
            let mean = mean.set_result(nrr.clone().unwrap_or_default());
            sheet.write_formula_with_format(row, 3 + at, mean, &self.three)?;
        }
        let (first, last) = ("D", column_number_to_name(2 + self.elements()));
        let all = self.elements();
        let index = format!(
            "=IF(COUNT({first}{line}:{last}{line})<{all},\"\",ROUND(ROUND(SUMPRODUCT({first}{line}:{last}{line},{first}$2:{last}$2)*25,9),2))"
        );
        let at = 3 + self.elements();
        let index = Formula::new(index).set_result(figure.ikm.clone().unwrap_or_default());
        sheet.write_formula_with_format(row, at, index, &self.two)?;
        let cell = format!("{}{line}", column_number_to_name(at));
        let grade = Formula::new(self.grade_of(&cell, "B"));
        sheet.write_formula(
            row,
            at + 1,
            grade.set_result(figure.grade.clone().unwrap_or_default()),
        )?;
        Ok(())
    }

    fn notes_sheet(&self, sheet: &mut Worksheet) -> Written {
        sheet.set_name(NOTES)?;
        sheet.set_column_width(0, 120)?;
        sheet.write_string(0, 0, t(ID, "survey-sheet-single"))?;
        let words = self.result.policies.iter().chain(&self.result.warnings);
        for (row, words) in (1..).zip(words) {
            sheet.write_string(row, 0, &words.id)?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::wanted;

    #[test]
    fn a_name_is_looked_for_letter_by_letter() {
        assert_eq!(
            wanted("$B3"),
            r#""="&SUBSTITUTE(SUBSTITUTE(SUBSTITUTE($B3,"~","~~"),"*","~*"),"?","~?")"#
        );
    }
}
