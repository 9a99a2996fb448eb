//! Promises of the forms around a forum: what is taken over from an earlier one is seen before it is made, the usual
//! agenda fits the days, a reason goes with its answer, and a cancelled forum has no door.

use rembuk::{forums, invitations};

use crate::{
    attendance::{door, forum},
    complaints::filed,
    forums::{ORGANISER, forum_form, with_forums},
    invitations::{link_of, send_all},
    support::TestApp,
};

#[tokio::test]
async fn a_copy_shows_what_it_takes_over_before_it_is_made() {
    let (app, demo) = with_forums().await;
    let past = forums::by_id(&app.app.db, demo.past).await.unwrap();
    let id = demo.past.to_string();
    let mut organiser = app.sign_in(ORGANISER).await;
    let empty = organiser.get("/kerja/forum/baru").await;
    let first = empty.attribute("#f-scope option", "value");
    assert_eq!(first.as_deref(), Some(""), "nothing is chosen unasked");
    let asked = [
        ("fill", "true"),
        ("copied_from", id.as_str()),
        ("title", "Forum Tahun Ini"),
        ("target", ""),
    ];
    let page = organiser
        .post("/kerja/forum/baru", &forum_form(&asked))
        .await;
    assert_eq!(page.status, 200, "{}", page.text());
    let target = page.texts("#f-target").concat();
    assert_eq!(target.trim(), "", "it tells of the old event");
    let chosen = page.attribute("#f-scope option[selected]", "value");
    assert_eq!(chosen.as_deref(), Some(past.scope.code().as_str()));
    let source = page.attribute("#f-copied_from option[selected]", "value");
    assert_eq!(source.as_deref(), Some(id.as_str()));
    let planned = forums::quotas(&app.app.db, &past).await.unwrap();
    for (group, people) in planned {
        let field = format!("#f-quota_{}", group.code());
        let shown = page.attribute(&field, "value");
        assert_eq!(shown, Some(people.to_string()), "{field}");
    }
    let kept = page.attribute("#f-title", "value");
    assert_eq!(
        kept.as_deref(),
        Some("Forum Tahun Ini"),
        "what was typed stays"
    );
    let code = page.attribute("#f-code", "value");
    assert_ne!(code.as_deref(), Some(past.code.as_str()));
    let all = forums::list(&app.ctx()).await.unwrap();
    assert!(
        all.iter().all(|one| one.title != "Forum Tahun Ini"),
        "nothing is made yet"
    );
}

#[tokio::test]
async fn the_usual_agenda_is_spread_over_the_days_of_a_forum() {
    let app = TestApp::new().await;
    let mut organiser = app.sign_in(ORGANISER).await;
    organiser.get("/kerja/forum/baru").await;
    let days = [
        ("date_2", "2026-05-21"),
        ("starts_2", "09:00"),
        ("ends_2", "12:00"),
    ];
    let made = organiser
        .post("/kerja/forum/baru", &forum_form(&days))
        .await;
    assert_eq!(made.status, 303, "{}", made.text());
    let agenda = format!("{}/acara", made.location());
    let page = organiser.get(&agenda).await;
    let version = page.attribute("input[name=version]", "value").unwrap();
    let fields = [("version", version.as_str()), ("usual", "true")];
    let page = organiser.post(&agenda, &fields).await;
    assert_eq!(page.status, 200, "{}", page.text());
    let titles = page.body.matches("Diskusi dan tanya jawab").count();
    assert!(titles >= 2, "discussed on both days: {}", page.body);
    let last = page.attribute("#f-agenda_day_4 option[selected]", "value");
    assert_eq!(last.as_deref(), Some("2"), "goes on");
    assert!(
        !page.text().contains("sesudah jam selesai"),
        "{}",
        page.text()
    );
}

#[tokio::test]
async fn a_stage_that_is_still_to_come_is_not_said_to_lack_nothing() {
    let app = TestApp::new().await;
    let forum = forum(&app, "FKP-A").await;
    let mut organiser = app.sign_in(ORGANISER).await;
    let page = organiser.get(&format!("/kerja/forum/{}", forum.id)).await;
    let later = page.texts("details.stage.later");
    assert!(!later.is_empty(), "{}", page.text());
    for stage in later {
        assert!(!stage.contains("Tidak ada yang kurang"), "{stage}");
    }
}

#[tokio::test]
async fn a_forum_whose_hours_are_over_is_no_next_one() {
    let app = TestApp::new().await;
    let forum = forum(&app, "FKP-A").await;
    let next = async || {
        let mut organiser = app.sign_in(ORGANISER).await;
        let home = organiser.get("/kerja").await;
        let section = "section[aria-labelledby=s-forum]";
        home.texts(section).join(" ").contains(&forum.title)
    };
    assert!(next().await, "it runs until 13.00");
    app.advance(chrono::Duration::hours(4));
    assert!(!next().await, "it is 14.00 of the same day");
}

#[tokio::test]
async fn the_usual_agenda_goes_around_what_was_proposed_first() {
    let app = TestApp::new().await;
    let forum = forum(&app, "FKP-A").await;
    filed(&app, false, false).await;
    app.run_jobs().await;
    let mut organiser = app.sign_in(ORGANISER).await;
    let proposals = format!("/kerja/forum/{}/usulan", forum.id);
    let page = organiser.get(&proposals).await;
    let source = page.attribute("input[name=source]", "value").unwrap();
    let taken = organiser.post(&proposals, &[("source", &source)]).await;
    assert_eq!(taken.status, 303, "{}", taken.text());
    let stands = forums::agenda(&app.app.db, &forum).await.unwrap().remove(0);
    assert!(
        stands.starts > forum.starts,
        "nobody is discussed at the door"
    );
    let agenda = format!("/kerja/forum/{}/acara", forum.id);
    let page = organiser.get(&agenda).await;
    let version = page.attribute("input[name=version]", "value").unwrap();
    let (from, to) = (stands.starts.to_string(), stands.ends.to_string());
    let line = stands.id.to_string();
    let fields = [
        ("version", version.as_str()),
        ("agenda_id", line.as_str()),
        ("agenda_starts", &from[..5]),
        ("agenda_ends", &to[..5]),
        ("activity", stands.activity.as_str()),
        ("in_charge", "Panitia"),
        ("usual", "true"),
    ];
    let page = organiser.post(&agenda, &fields).await;
    assert_eq!(page.status, 200, "{}", page.text());
    let value = |name: &str, line: usize| {
        page.attribute(&format!("#f-{name}_{line}"), "value")
            .filter(|value| !value.is_empty())
    };
    let times: Vec<_> = (0..20)
        .filter_map(|line| Some((value("agenda_starts", line)?, value("agenda_ends", line)?)))
        .collect();
    assert!(times.len() >= 7, "{times:?}");
    assert!(times.contains(&(from[..5].to_owned(), to[..5].to_owned())));
    assert!(
        times.windows(2).all(|two| two[0].1 <= two[1].0),
        "{times:?}"
    );
}

#[tokio::test]
async fn the_reason_of_a_refusal_goes_with_it() {
    let (app, demo) = with_forums().await;
    let mails = send_all(&app, demo.next).await;
    let mail = mail_parser::MessageParser::default()
        .parse(&mails[0])
        .unwrap();
    let link = link_of(&mail);
    let mut guest = app.browser();
    guest.get(&link).await;
    let no = [("answer", "declined"), ("message", "Ada rapat lain")];
    assert_eq!(guest.post(&link, &no).await.status, 303);
    // The form carries the reason along.
    let page = guest.get(&link).await;
    assert_eq!(page.texts("#f-message"), ["Ada rapat lain"]);
    let yes = [("answer", "accepted"), ("message", "Ada rapat lain")];
    assert_eq!(guest.post(&link, &yes).await.status, 303);
    let forum = forums::by_id(&app.app.db, demo.next).await.unwrap();
    let all = invitations::recipients(&app.app.db, &forum).await.unwrap();
    assert!(
        all.iter()
            .all(|row| row.message.as_deref() != Some("Ada rapat lain"))
    );
    let new = [
        ("answer", "accepted"),
        ("message", "Saya memakai kursi roda"),
    ];
    assert_eq!(guest.post(&link, &new).await.status, 303);
    let all = invitations::recipients(&app.app.db, &forum).await.unwrap();
    let said = all.iter().find_map(|row| row.message.as_deref());
    assert_eq!(said, Some("Saya memakai kursi roda"));
}

#[tokio::test]
async fn the_door_of_a_cancelled_forum_says_so_and_lets_nobody_in() {
    let (app, demo) = with_forums().await;
    let forum = forums::by_id(&app.app.db, demo.next).await.unwrap();
    let mut organiser = app.sign_in(ORGANISER).await;
    let wall = organiser.get(&door(&forum, "/mandiri")).await;
    let url = wall.attribute(".poster-url a", "href").unwrap();
    let link = url[url.find("/hadir/").unwrap()..].to_owned();
    let cancel = format!("/kerja/forum/{}/batalkan", forum.id);
    let page = organiser.get(&cancel).await;
    let version = page.attribute("input[name=version]", "value").unwrap();
    let fields = [
        ("version", version.as_str()),
        ("reason", "Narasumber berhalangan"),
    ];
    let done = organiser.post(&cancel, &fields).await;
    assert_eq!(done.status, 303, "{}", done.text());
    let page = organiser.get(&door(&forum, "")).await;
    assert!(
        page.text().contains("kehadiran tidak dicatat"),
        "{}",
        page.text()
    );
    assert!(page.texts("form[data-door]").is_empty(), "nothing to press");
    let mut telephone = app.browser();
    let page = telephone.get(&link).await;
    assert!(
        page.text().contains("Narasumber berhalangan"),
        "{}",
        page.text()
    );
    assert!(page.texts("form[action^='/hadir']").is_empty());
    app.forget_jobs().await;
}
