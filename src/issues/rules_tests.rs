use super::*;
use crate::issues::VoiceKind;

#[test]
fn an_issue_is_decided_before_it_goes_anywhere() {
    use State::{InAction, OnAgenda, Open, Proposed, Refused, Resolved};
    for (state, step, expected) in [
        (Proposed, Move::Open, Some(Open)),
        (Proposed, Move::Act, None),
        (Proposed, Move::PutOnAgenda, None),
        (Proposed, Move::Refuse, Some(Refused)),
        (Open, Move::PutOnAgenda, Some(OnAgenda)),
        (Open, Move::Act, Some(InAction)),
        (Open, Move::Open, None),
        (OnAgenda, Move::PutOnAgenda, Some(OnAgenda)),
        (OnAgenda, Move::Act, Some(InAction)),
        (OnAgenda, Move::Refuse, Some(Refused)),
        (InAction, Move::Refuse, None),
        (InAction, Move::Act, Some(InAction)),
        (InAction, Move::FallBack, Some(Open)),
        (InAction, Move::Resolve, Some(Resolved)),
        (Refused, Move::Open, Some(Open)),
        (Refused, Move::Act, None),
        (Resolved, Move::Open, Some(Open)),
        (Resolved, Move::Refuse, None),
    ] {
        assert_eq!(state.after(step).ok(), expected, "{state:?} {step:?}");
    }
}

#[test]
fn an_issue_is_resolved_by_the_last_of_its_actions() {
    for (all, verified, given_up, expected) in [
        (0, 0, 0, None),
        (2, 1, 0, None),
        (2, 2, 0, Some(Move::Resolve)),
        (2, 1, 1, Some(Move::Resolve)),
        (2, 0, 2, Some(Move::FallBack)),
        (2, 0, 1, None),
    ] {
        assert_eq!(after_actions(all, verified, given_up), expected);
    }
}

fn open(id: &str, stems: &[&str]) -> OpenComplaint {
    OpenComplaint {
        id: id.to_owned(),
        stems: stems.iter().map(|stem| (*stem).to_owned()).collect(),
    }
}

#[test]
fn words_of_three_open_complaints_are_proposed_once() {
    let complaints = [
        open("1", &["antre", "loket", "lama"]),
        open("2", &["loket", "antre", "2"]),
        open("3", &["antre", "loket", "panjang"]),
        open("4", &["ktp", "rusak"]),
        open("5", &["ktp", "hilang"]),
        open("6", &["lama", "petugas"]),
        open("7", &["lama"]),
    ];
    let found = of_words(&complaints);
    let told: Vec<(&str, i64)> = found
        .iter()
        .map(|one| (one.key.as_str(), one.weight))
        .collect();
    assert_eq!(told, [("words:antre+loket", 3)]);
    assert_eq!(found[0].voices.len(), 3);
    assert!(
        found[0]
            .voices
            .iter()
            .all(|one| one.kind == VoiceKind::Complaint)
    );
}

#[test]
fn a_topic_is_proposed_while_it_grows() {
    let topic = |id: &str, now, before, grows| TopicFigure {
        id: id.to_owned(),
        title: format!("Topik {id}"),
        now,
        before,
        grows,
    };
    let found = of_topics(&[topic("a", 5, 2, true), topic("b", 2, 5, false)]);
    assert_eq!(found.len(), 1);
    assert_eq!(found[0].key, "topic:a");
    assert_eq!(found[0].why, Why::TopicGrows { now: 5, before: 2 });
}

#[test]
fn weak_elements_are_proposed_and_the_three_lowest_always() {
    let figures: Vec<ElementFigure> = [
        ("requirements", 33_100),
        ("procedure", 33_500),
        ("time", 30_000),
        ("cost", 39_300),
        ("product", 30_643),
        ("behaviour", 30_644),
    ]
    .iter()
    .map(|(element, score)| ElementFigure {
        element: (*element).to_owned(),
        period: "2026".to_owned(),
        period_id: "P".to_owned(),
        name_en: (*element).to_owned(),
        name: (*element).to_owned(),
        score: *score,
    })
    .collect();
    let told = |threshold| -> Vec<(String, bool)> {
        of_elements(&figures, threshold)
            .into_iter()
            .map(|one| (one.title, matches!(one.why, Why::ElementBelow { .. })))
            .collect()
    };
    let named = |names: &[(&str, bool)]| -> Vec<(String, bool)> {
        names
            .iter()
            .map(|(name, below)| ((*name).to_owned(), *below))
            .collect()
    };
    assert_eq!(
        told(30_644),
        named(&[("time", true), ("product", true), ("behaviour", false)])
    );
    assert_eq!(told(34_000).len(), 5);
    assert_eq!(told(0).len(), 3);
    assert_eq!(of_elements(&[], 30_644), []);
}

#[test]
fn two_elements_that_share_the_third_place_are_both_proposed_as_third() {
    let figure = |(element, score): (&str, i64)| ElementFigure {
        element: element.to_owned(),
        period: "2026".to_owned(),
        period_id: "2026".to_owned(),
        name: element.to_owned(),
        name_en: element.to_owned(),
        score,
    };
    let scores = [
        ("time", 32_360),
        ("cost", 39_000),
        ("behaviour", 32_360),
        ("product", 31_000),
        ("procedure", 30_700),
    ];
    let found = of_elements(&scores.map(figure), 30_000);
    let ranks: Vec<_> = found
        .iter()
        .map(|one| match one.why {
            Why::ElementLowest { rank, .. } => (one.title.as_str(), rank),
            _ => ("", 0),
        })
        .collect();
    assert_eq!(
        ranks,
        [
            ("procedure", 1),
            ("product", 2),
            ("behaviour", 3),
            ("time", 3)
        ]
    );
}

#[test]
fn what_an_issue_holds_is_not_proposed_again_and_an_element_is_measured_anew() {
    use State::{InAction, Open, Refused, Resolved};
    use VoiceKind::{Complaint, SurveyElement, Topic};
    for (kind, state, same_period, held) in [
        (SurveyElement, Open, false, true),
        (SurveyElement, InAction, true, true),
        (SurveyElement, Resolved, true, true),
        (SurveyElement, Resolved, false, false),
        (SurveyElement, Refused, true, true),
        (SurveyElement, Refused, false, false),
        (Topic, Refused, true, true),
        (Topic, Resolved, true, false),
        (Complaint, Resolved, true, true),
    ] {
        assert_eq!(
            is_held(kind, state, same_period),
            held,
            "{kind:?} {state:?} {same_period}"
        );
    }
}

#[test]
fn what_was_turned_down_comes_back_only_when_it_grows() {
    for (key, dismissed, now, expected) in [
        ("words:antre", 3, 3, false),
        ("words:antre", 3, 4, false),
        ("words:antre", 3, 5, true),
        ("topic:a", 8, 2, false),
        ("element:time", 9_000, 9_400, false),
        ("element:time", 9_000, 10_000, true),
    ] {
        assert_eq!(
            comes_back(key, dismissed, now),
            expected,
            "{key} {dismissed} {now}"
        );
    }
}

#[test]
fn links_never_run_in_a_circle() {
    let edge = |from: &str, to: &str| (from.to_owned(), to.to_owned());
    let came_of = [
        edge("issue:1", "agenda:9"),
        edge("agenda:9", "forum_input:4"),
        edge("issue:1", "action:2"),
        edge("action:2", "agenda:10"),
        edge("agenda:10", "forum_input:5"),
        // A circle that is there already must not hold the walk for ever.
        edge("forum_input:5", "issue:1"),
    ];
    for (voice, expected) in [
        ("forum_input:4", true),
        ("forum_input:5", true),
        ("forum_input:6", false),
        ("complaint:7", false),
        ("issue:1", true),
    ] {
        assert_eq!(
            closes_circle(&came_of, voice, "issue:1"),
            expected,
            "{voice}"
        );
    }
}
