//! Charts as SVG, drawn on the server. Places are per cent of the width and letters keep their size, so a chart can be
//! read on a narrow telephone as on a screen; colours come from the style sheet, so it can be read in the dark. A chart
//! has a title and a description, and its page shows the same numbers in a table.

use std::fmt::Write as _;

/// One place on the chart: its name and a number of each series.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Point {
    pub label: String,
    pub values: Vec<i64>,
    /// What is written instead of the number, such as `3,31` for 3310.
    pub shown: Option<String>,
    /// What a full bar stands for, where a scale has an end; else the largest value does.
    pub full: Option<i64>,
}

impl Point {
    pub fn new(label: impl Into<String>, values: impl Into<Vec<i64>>) -> Self {
        Self {
            label: label.into(),
            values: values.into(),
            shown: None,
            full: None,
        }
    }

    /// A value on a scale that ends, with the words for it.
    #[must_use]
    pub fn on_scale(mut self, shown: impl Into<String>, full: i64) -> Self {
        self.shown = Some(shown.into());
        self.full = Some(full);
        self
    }
}

/// What is drawn.
#[derive(Clone, Debug)]
pub struct Chart<'a> {
    /// Unique on its page.
    pub id: &'a str,
    pub title: String,
    /// What it says, in a sentence, for those who do not see it.
    pub description: String,
    pub points: Vec<Point>,
}

/// How a chart is drawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    Columns,
    Bars,
}

impl Form {
    /// As a part of a page.
    #[must_use]
    pub fn on_page(self, chart: &Chart<'_>) -> String {
        match self {
            Self::Columns => columns(chart),
            Self::Bars => bars(chart),
        }
    }

    /// As pictures that need no page around them. A long ranking is several, none longer than a sheet; the bars of all
    /// are of one measure.
    #[must_use]
    #[expect(
        clippy::cast_precision_loss,
        reason = "a picture has some dozens of bars"
    )]
    pub fn on_paper(self, chart: &Chart<'_>) -> Vec<String> {
        if chart.points.is_empty() {
            return Vec::new();
        }
        match self {
            Self::Columns => vec![picture(HEIGHT, &columns_drawn(&chart.points))],
            Self::Bars => {
                let most = most(&chart.points);
                let parts = chart.points.chunks(BARS_ON_PAPER);
                parts
                    .map(|points| {
                        picture(ROW * points.len() as f64, &bars_drawn(points, most, true))
                    })
                    .collect()
            }
        }
    }
}

/// A picture with its own size and colours.
fn picture(height: f64, drawn: &str) -> String {
    let [first, second] = PAPER_COLOURS;
    format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{PAPER_WIDTH}\" height=\"{height:.0}\" \
         viewBox=\"0 0 {PAPER_WIDTH} {height:.0}\"><style>\
         text{{font-family:'Liberation Sans';font-size:13px;fill:#333333}}\
         .value,.right{{fill:#000000;font-weight:bold}}.left{{fill:#000000}}\
         .value,.name{{text-anchor:middle}}.right{{text-anchor:end}}\
         .s1{{fill:{first}}}.s2{{fill:{second}}}.track{{fill:#e8e8e8}}\
         .grid{{stroke:#bbbbbb;stroke-dasharray:3 4}}.base{{stroke:#666666}}\
         </style>{drawn}</svg>"
    )
}

/// How wide a narrow screen is, in pixels, and a letter.
const NARROW: usize = 280;
const LETTER: usize = 8;
const LONGEST: usize = 34;
/// On paper, and on screens that are wider.
const LONGEST_ON_PAPER: usize = 84;
const LONGEST_WIDE: usize = 60;

const HEIGHT: f64 = 200.0;
/// Of a bar with its name.
const ROW: f64 = 40.0;
/// Of a second line of a name.
const LINE: f64 = 16.0;
/// Paper has no style sheet, one width, and pages that end.
const PAPER_WIDTH: usize = 720;
const BARS_ON_PAPER: usize = 14;
/// Of the series on paper, dark enough beside each other in print without colours.
pub const PAPER_COLOURS: [&str; 2] = ["#0b5563", "#9aa3ab"];
/// Room for the number above a column, and for the names below.
const ABOVE: f64 = 22.0;
const BELOW: f64 = 24.0;

fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '&' => out.push_str("&amp;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            other => out.push(other),
        }
    }
    out
}

fn shortened(text: &str, longest: usize) -> String {
    if text.chars().count() <= longest {
        return text.to_owned();
    }
    let short: String = text.chars().take(longest - 1).collect();
    format!("{}…", short.trim_end())
}

/// What is written for the value of a bar.
fn words_of(point: &Point) -> String {
    let value = point.values.first().copied().unwrap_or(0);
    point.shown.clone().unwrap_or_else(|| value.to_string())
}

/// Whether name and value of a bar have no room beside each other on a narrow screen.
fn is_long(point: &Point, on_paper: bool) -> bool {
    let letters = point.label.chars().count() + 1 + words_of(point).chars().count();
    !on_paper && letters > LONGEST
}

/// How high each bar stands with its name. Where one name needs two lines on a phone, all have their room: a wide screen
/// shows every name in one line, and bars at unlike distances would look like groups.
fn row(points: &[Point], on_paper: bool) -> f64 {
    match points.iter().any(|point| is_long(point, on_paper)) {
        true => ROW + LINE,
        false => ROW,
    }
}

/// A name in two lines, the second beside the value. What does not fit into two is cut.
fn in_two(label: &str, beside: usize) -> [String; 2] {
    let mut first = String::new();
    let mut rest = label;
    while let Some(word) = rest.split_whitespace().next() {
        let taken = first.chars().count() + usize::from(!first.is_empty());
        if taken + word.chars().count() > LONGEST {
            break;
        }
        if !first.is_empty() {
            first.push(' ');
        }
        first.push_str(word);
        rest = rest.trim_start()[word.len()..].trim_start();
    }
    let room = LONGEST.saturating_sub(beside + 1).max(2);
    match first.is_empty() {
        // One word that is longer than a line.
        true => [String::new(), shortened(label, room)],
        false => [first, shortened(rest, room)],
    }
}

/// The name above a bar, its last line at this height. A long one is there twice on a page: the style sheet shows what its
/// width has room for.
fn name(point: &Point, y: f64, on_paper: bool) -> String {
    let text = |class: &str, y: f64, label: &str| {
        let label = escaped(label);
        format!("<text class=\"{class}\" x=\"0\" y=\"{y:.1}\">{label}</text>")
    };
    if on_paper {
        return text("left", y, &shortened(&point.label, LONGEST_ON_PAPER));
    }
    if !is_long(point, on_paper) {
        return text("left", y, &point.label);
    }
    let [first, second] = in_two(&point.label, words_of(point).chars().count());
    text("left brief", y - LINE, &first)
        + &text("left brief", y, &second)
        + &text("left whole", y, &shortened(&point.label, LONGEST_WIDE))
}

#[expect(
    clippy::cast_precision_loss,
    reason = "counts of complaints are far below 2^52"
)]
fn share(value: i64, most: i64) -> f64 {
    if most <= 0 {
        return 0.0;
    }
    value.max(0) as f64 / most as f64
}

fn most(points: &[Point]) -> i64 {
    let values = points
        .iter()
        .flat_map(|point| point.values.iter().copied().chain(point.full));
    values.max().unwrap_or(0).max(1)
}

fn framed(chart: &Chart<'_>, height: f64, drawn: &str) -> String {
    let (id, title, description) = (chart.id, escaped(&chart.title), escaped(&chart.description));
    format!(
        "<svg class=\"chart\" role=\"img\" width=\"100%\" height=\"{height:.0}\" \
         aria-labelledby=\"{id}-title {id}-desc\"><title id=\"{id}-title\">{title}</title>\
         <desc id=\"{id}-desc\">{description}</desc>{drawn}</svg>"
    )
}

/// Columns side by side, a group for each point: a course of time or a distribution. The number above a group is that
/// of its first series.
#[must_use]
pub fn columns(chart: &Chart<'_>) -> String {
    framed(chart, HEIGHT, &columns_drawn(&chart.points))
}

#[expect(
    clippy::cast_precision_loss,
    reason = "a chart has some dozens of points"
)]
fn columns_drawn(points: &[Point]) -> String {
    let count = points.len().max(1);
    let most = most(points);
    let room = HEIGHT - ABOVE - BELOW;
    let base = HEIGHT - BELOW;
    let step = 100.0 / count as f64;
    let longest = |words: &dyn Fn(&Point) -> usize| points.iter().map(words).max().unwrap_or(0);
    // Names and numbers that would run into each other are left out; the table has them all.
    let every = |letters: usize| (letters * LETTER * count).div_ceil(NARROW).max(1);
    let names = every(longest(&|point| point.label.chars().count() + 1));
    let numbers = every(longest(&|point| {
        point
            .values
            .first()
            .map_or(1, |value| value.to_string().len())
    }));
    let mut drawn = String::new();
    for part in [0.5, 1.0] {
        let y = base - room * part;
        let _ = write!(
            drawn,
            "<line class=\"grid\" x1=\"0\" x2=\"100%\" y1=\"{y:.1}\" y2=\"{y:.1}\"/>"
        );
    }
    let _ = write!(
        drawn,
        "<line class=\"base\" x1=\"0\" x2=\"100%\" y1=\"{base:.1}\" y2=\"{base:.1}\"/>"
    );
    for (at, point) in points.iter().enumerate() {
        let left = step * at as f64;
        let middle = left + step / 2.0;
        let series = point.values.len().max(1) as f64;
        let width = step * 0.72 / series;
        let mut highest = base;
        for (which, value) in point.values.iter().enumerate() {
            let height = room * share(*value, most);
            let x = left + step * 0.14 + width * which as f64;
            let y = base - height;
            highest = highest.min(y);
            // A bar without height is no rectangle: programs that draw the picture warn of it.
            if height >= 0.05 {
                let _ = write!(
                    drawn,
                    "<rect class=\"s{}\" x=\"{x:.2}%\" y=\"{y:.1}\" width=\"{width:.2}%\" height=\"{height:.1}\"/>",
                    which + 1
                );
            }
        }
        if at % numbers == 0
            && let Some(value) = point.values.first().filter(|value| **value > 0)
        {
            let y = highest - 6.0;
            let _ = write!(
                drawn,
                "<text class=\"value\" x=\"{middle:.2}%\" y=\"{y:.1}\">{value}</text>"
            );
        }
        if at % names == 0 {
            let y = HEIGHT - 7.0;
            let label = escaped(&point.label);
            let _ = write!(
                drawn,
                "<text class=\"name\" x=\"{middle:.2}%\" y=\"{y:.1}\">{label}</text>"
            );
        }
    }
    drawn
}

/// Bars below each other, the name above each: a ranking. Only the first series is drawn.
#[must_use]
pub fn bars(chart: &Chart<'_>) -> String {
    let drawn = bars_drawn(&chart.points, most(&chart.points), false);
    let tall = row(&chart.points, false);
    let height: f64 = chart.points.iter().map(|_| tall).sum();
    framed(chart, height.max(ROW), &drawn)
}

/// The longest bar is that of `most`.
fn bars_drawn(points: &[Point], most: i64, on_paper: bool) -> String {
    let mut drawn = String::new();
    let mut next = 0.0;
    let row = row(points, on_paper);
    for point in points {
        next += row;
        let (text, bar) = (next - ROW + 15.0, next - ROW + 22.0);
        let value = point.values.first().copied().unwrap_or(0);
        let width = share(value, most) * 100.0;
        let label = name(point, text, on_paper);
        let value = escaped(&words_of(point));
        let _ = write!(
            drawn,
            "{label}<text class=\"right\" x=\"100%\" y=\"{text:.1}\">{value}</text>\
             <rect class=\"track\" x=\"0\" y=\"{bar:.1}\" width=\"100%\" height=\"10\" rx=\"3\"/>"
        );
        if width >= 0.005 {
            let _ = write!(
                drawn,
                "<rect class=\"s1\" x=\"0\" y=\"{bar:.1}\" width=\"{width:.2}%\" height=\"10\" rx=\"3\"/>"
            );
        }
    }
    drawn
}

#[cfg(test)]
mod tests {
    use super::*;

    fn chart(points: Vec<Point>) -> Chart<'static> {
        Chart {
            id: "c",
            title: "A <b> & c".into(),
            description: "d".into(),
            points,
        }
    }

    #[test]
    fn words_are_escaped_and_a_title_is_there() {
        let svg = bars(&chart(vec![Point::new("<script>", [2])]));
        assert!(svg.contains("&lt;script&gt;") && !svg.contains("<script"));
        assert!(svg.contains("<title id=\"c-title\">A &lt;b&gt; &amp; c</title>"));
        assert!(svg.contains("aria-labelledby=\"c-title c-desc\""));
    }

    #[test]
    fn the_largest_fills_the_room_and_nothing_leaves_it() {
        let svg = bars(&chart(vec![
            Point::new("a", [4]),
            Point::new("b", [1]),
            Point::new("c", [0]),
        ]));
        for width in ["100.00%", "25.00%"] {
            assert!(svg.contains(&format!("width=\"{width}\"")), "{svg}");
        }
        assert_eq!(svg.matches("class=\"s1\"").count(), 2, "nothing is no bar");
        // Nothing at all is a chart too.
        assert!(columns(&chart(Vec::new())).contains("<svg"));
        assert!(!columns(&chart(vec![Point::new("a", [0, 0])])).contains("<rect"));
    }

    #[test]
    fn a_scale_that_ends_is_drawn_to_its_end_and_in_its_words() {
        let svg = bars(&chart(vec![
            Point::new("U1", [3000]).on_scale("3,00", 4000),
        ]));
        assert!(
            svg.contains("width=\"75.00%\"") && svg.contains(">3,00<"),
            "{svg}"
        );
        assert!(!svg.contains("3000"));
    }

    #[test]
    fn a_long_name_is_whole_on_paper_and_where_a_screen_has_room() {
        let long = "U8 Penanganan Pengaduan, Saran, dan Masukan";
        let long = chart(vec![Point::new(long, [3]), Point::new("U1 Waktu", [2])]);
        let page = Form::Bars.on_page(&long);
        for words in [
            "brief\" x=\"0\" y=\"15.0\">U8 Penanganan Pengaduan, Saran,<",
            "brief\" x=\"0\" y=\"31.0\">dan Masukan<",
            "whole\" x=\"0\" y=\"31.0\">U8 Penanganan Pengaduan, Saran, dan Masukan<",
            // The next one stands below both lines, and as far from its bar's neighbours as all.
            "left\" x=\"0\" y=\"87.0\">U1 Waktu<",
        ] {
            assert!(page.contains(words), "{words}: {page}");
        }
        assert!(
            page.contains("height=\"112\"") && !page.contains('…'),
            "{page}"
        );
        assert_eq!(page.matches("U1 Waktu").count(), 1);
        let paper = Form::Bars.on_paper(&long).join("");
        assert_eq!(paper.matches("dan Masukan<").count(), 1);
        assert!(!paper.contains('…'), "{paper}");
    }

    #[test]
    fn a_name_that_two_lines_do_not_hold_is_cut_before_its_value() {
        let long = "Pelayanan Pendaftaran Perpindahan Penduduk Antarprovinsi bagi Keluarga Besar";
        let page = Form::Bars.on_page(&chart(vec![
            Point::new(long, [3]).on_scale("3,545", 4),
            Point::new("Kata".repeat(20), [1]),
        ]));
        assert!(
            page.contains(">Pelayanan Pendaftaran Perpindahan<"),
            "{page}"
        );
        assert!(page.contains(">Penduduk Antarprovinsi bagi…<"), "{page}");
        assert!(
            page.contains(">KataKataKataKataKataKataKataKat…<"),
            "{page}"
        );
    }

    #[test]
    fn a_long_ranking_is_several_pictures_of_one_measure() {
        let points = |count: i64| (1..=count).map(|n| Point::new(format!("{n}"), [n]));
        let made = Form::Bars.on_paper(&chart(points(20).collect()));
        assert_eq!(made.len(), 2);
        assert!(made[0].contains("width=\"5.00%\"") && made[1].contains("width=\"100.00%\""));
        assert!(made[1].contains("height=\"240\"") && made[1].starts_with("<svg xmlns="));
        assert!(Form::Columns.on_paper(&chart(Vec::new())).is_empty());
    }

    #[test]
    fn names_that_would_run_into_each_other_are_left_out() {
        let months = (1..=24)
            .map(|month| Point::new(format!("{month:02}/26"), [1]))
            .collect();
        let svg = columns(&chart(months));
        let shown = svg.matches("class=\"name\"").count();
        assert!((3..=8).contains(&shown), "{shown}");
        assert_eq!(svg.matches("<rect").count(), 24);
    }
}
