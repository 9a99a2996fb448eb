//! Published surveys recomputed, and what must hold of every survey.

use proptest::prelude::*;

use super::{
    super::{grades, weights::Policy},
    *,
};

fn scheme(weights: &str, grades: &str) -> Scheme {
    Scheme {
        weights: Weights::Named(Policy::parse(weights).unwrap()),
        grades: grades::table(grades).unwrap(),
    }
}

fn published(means: &[&str], weights: &str, grades: &str) -> (String, String) {
    let means: Vec<_> = means
        .iter()
        .map(|text| Some(exact::parse(text).unwrap()))
        .collect();
    let (index, _) = index(&means, &scheme(weights, grades)).unwrap();
    let index = index.unwrap();
    (exact::fixed(&index.rounded, 2), index.band.grade)
}

const BANTUL: [&str; 9] = [
    "3.31", "3.35", "3.49", "3.93", "3.45", "3.39", "3.39", "3.76", "3.35",
];
const BOGOR: [&str; 14] = [
    "3.007", "2.993", "3.020", "3.000", "3.113", "3.033", "2.887", "2.947", "2.980", "3.033",
    "3.000", "3.033", "3.020", "3.000",
];
/// Nine means that sum to the published 30.15.
const PACITAN: [&str; 9] = [
    "3.35", "3.35", "3.35", "3.35", "3.35", "3.35", "3.35", "3.35", "3.35",
];

#[test]
fn published_surveys_are_reproduced() {
    for (name, means, weights, grades, index, grade) in [
        ("Bantul 2023", &BANTUL[..], "exact", "14/2017", "87.28", "B"),
        ("Bantul 2023", &BANTUL[..], "0.111", "14/2017", "87.19", "B"),
        ("Bantul 2023", &BANTUL[..], "0.11", "14/2017", "86.41", "B"),
        (
            "Bogor 2011",
            &BOGOR[..],
            "0.071",
            "KEP/25/2004",
            "74.67",
            "B",
        ),
        (
            "Bogor 2011",
            &BOGOR[..],
            "exact",
            "KEP/25/2004",
            "75.12",
            "B",
        ),
        ("Bogor 2011", &BOGOR[..], "exact", "14/2017", "75.12", "C"),
        (
            "Pacitan 2019",
            &PACITAN[..],
            "0.11",
            "14/2017",
            "82.91",
            "B",
        ),
        (
            "Pacitan 2019",
            &PACITAN[..],
            "exact",
            "14/2017",
            "83.75",
            "B",
        ),
    ] {
        let found = published(means, weights, grades);
        assert_eq!(
            found,
            (index.to_owned(), grade.to_owned()),
            "{name} {weights}"
        );
    }
}

fn counted(rows: &[&str]) -> Tally {
    let mut tally = Tally::new(rows[0].len());
    for row in rows {
        tally.add(row.as_bytes()).unwrap();
    }
    tally
}

fn figures(rows: &[&str], weights: &str) -> Outcome {
    outcome(&counted(rows), &scheme(weights, "14/2017")).unwrap()
}

#[test]
fn one_respondent_with_full_marks_has_a_hundred() {
    let index = |weights| {
        let index = figures(&["444444444"], weights).index.unwrap();
        exact::fixed(&index.rounded, 2)
    };
    assert_eq!(index("exact"), "100.00");
    assert_eq!(index("0.111"), "99.90");
    assert_eq!(index("0.11"), "99.00");
}

#[test]
fn a_missing_answer_lowers_nothing() {
    let found = figures(&["43", "4-", "-1", "--"], "exact");
    assert_eq!(found.respondents, 3);
    let means: Vec<_> = found
        .elements
        .iter()
        .map(|one| (one.answers, exact::fixed(one.nrr.as_ref().unwrap(), 3)))
        .collect();
    assert_eq!(means, [(2, "4.000".to_owned()), (2, "2.000".to_owned())]);
    assert_eq!(exact::fixed(&found.index.unwrap().rounded, 2), "75.00");
    assert_eq!(found.remarks, [Remark::MissingAnswers(2)]);
}

#[test]
fn an_element_that_nobody_answered_leaves_no_index() {
    let found = figures(&["4-3", "4-2"], "exact");
    assert_eq!(found.index, None);
    assert_eq!(found.elements[1].nrr, None);
    assert_eq!(
        found.remarks,
        [
            Remark::ElementsUnanswered(vec![1]),
            Remark::MissingAnswers(2)
        ]
    );
    let empty = outcome(&Tally::new(9), &scheme("exact", "14/2017")).unwrap();
    assert_eq!(
        (empty.index, empty.remarks),
        (None, vec![Remark::NobodyAnswered])
    );
}

#[test]
fn the_grade_is_that_of_the_rounded_value() {
    // 76.605 stands in no table: it is 76.61 and a B.
    let means = vec![Some(exact::parse("3.0642").unwrap())];
    let (index, _) = index(&means, &scheme("exact", "14/2017")).unwrap();
    let index = index.unwrap();
    assert_eq!(exact::fixed(&index.exact, 3), "76.605");
    assert_eq!(exact::fixed(&index.rounded, 2), "76.61");
    assert_eq!(index.band.grade, "B");
}

#[test]
fn rounded_weights_say_so_and_warn_of_another_grade() {
    // 77.00 exactly, 76.23 with 0.11: between 76.61 and 77.38 the grade falls.
    let means = vec![Some(exact::parse("3.08").unwrap()); 9];
    let (_, remarks) = index(&means, &scheme("0.11", "14/2017")).unwrap();
    assert_eq!(remarks.len(), 2);
    assert!(matches!(
        &remarks[0],
        Remark::RoundedWeights { policy: "0.11", .. }
    ));
    let Remark::GradeDiffers {
        index: rough,
        exact,
        ..
    } = &remarks[1]
    else {
        panic!("{remarks:?}");
    };
    assert_eq!(
        (rough.band.grade.as_str(), exact.band.grade.as_str()),
        ("C", "B")
    );
    // Well inside a band it only says so.
    let means = vec![Some(exact::parse("3.4").unwrap()); 9];
    let (_, remarks) = index(&means, &scheme("0.11", "14/2017")).unwrap();
    assert_eq!(remarks.len(), 1);
}

#[test]
fn damaged_scores_are_named_and_not_counted() {
    let mut tally = Tally::new(3);
    assert_eq!(tally.add(b"45-"), Err(Damaged::Score { position: 1 }));
    assert_eq!(
        tally.add(b"44"),
        Err(Damaged::Length {
            found: 2,
            elements: 3
        })
    );
    assert_eq!(tally, Tally::new(3));
}

#[test]
fn the_weakest_come_in_their_order_and_only_what_stands_out_is_named() {
    for (means, expected) in [
        (&["3.2", "3.1", "4", "3.1"][..], &[1, 3, 0][..]),
        // Two are third.
        (&["3.2", "3.1", "3.2", "3.0", "3.3"], &[3, 1, 0, 2]),
        // As they are told: 3.236 both.
        (&["3.2364", "3.1", "3.2356", "3.0", "3.3"], &[3, 1, 0, 2]),
        // The highest is not among the lowest.
        (&["3.2", "3.1"], &[1]),
        (&["3.2", "3.1", "3.3"], &[1, 0]),
        // Most share the lowest place, or the third: they do not stand out.
        (&["3.0", "3.0", "3.0", "3.0", "3.4"], &[]),
        (&["3.1", "3.2", "3.2", "3.0", "3.2", "3.2", "3.4"], &[3, 0]),
        // Half is not most.
        (&["3.1", "3.1", "3.2", "3.3"], &[0, 1, 2]),
        (&["3.0", "3.0", "3.4", "3.4"], &[0, 1]),
        (&["3.2"], &[0]),
        // All alike, as they are told: none is lower than another.
        (&["3.2", "3.2", "3.2004"], &[]),
        (&[], &[]),
    ] {
        let means: Vec<_> = means
            .iter()
            .map(|text| Some(exact::parse(text).unwrap()))
            .chain([None])
            .collect();
        assert_eq!(weakest(&means, 3), expected, "{means:?}");
    }
}

fn rows() -> impl Strategy<Value = Vec<String>> {
    prop::collection::vec("[1-4]{9}", 1..40)
}

proptest! {
    #[test]
    fn the_index_lies_on_its_scale_and_forgets_the_order(rows in rows()) {
        let texts: Vec<&str> = rows.iter().map(String::as_str).collect();
        let found = figures(&texts, "exact");
        let index = found.index.unwrap();
        prop_assert!(index.exact >= exact::whole(25) && index.exact <= exact::whole(100));
        let mut back = texts.clone();
        back.reverse();
        prop_assert_eq!(figures(&back, "exact").index.unwrap(), index);
    }

    #[test]
    fn without_gaps_the_index_is_the_mean_of_all_scores(rows in rows()) {
        let texts: Vec<&str> = rows.iter().map(String::as_str).collect();
        let scores = texts.concat().bytes().map(|byte| u64::from(byte - b'0')).sum::<u64>();
        let all = u64::try_from(texts.len() * 9).unwrap();
        let mean = exact::ratio(scores * 25, all).unwrap();
        prop_assert_eq!(figures(&texts, "exact").index.unwrap().exact, mean);
    }

    #[test]
    fn a_better_answer_never_lowers_the_index(rows in rows(), at in 0_usize..9) {
        let mut better = rows.clone();
        let first: String = rows[0].bytes().enumerate()
            .map(|(place, byte)| char::from(if place == at { b'4' } else { byte }))
            .collect();
        better[0] = first;
        let index = |rows: &[String]| {
            let texts: Vec<&str> = rows.iter().map(String::as_str).collect();
            figures(&texts, "exact").index.unwrap().exact
        };
        prop_assert!(index(&better) >= index(&rows));
    }
}
