//! The coming forum is open for registration, asks two things of those who come, and has its first two registered
//! people. They left telephone numbers that nobody has.

use chrono::Duration;

use crate::{
    access::Ctx,
    forums::{self, ForumId, Group},
    organisation,
    own_questions::{self, QuestionFields, QuestionKind},
    platform::{error::Result, web::forms::Form},
    registrations::{self, Opening, RegistrationFields},
};

const PEOPLE: [(&str, &str, &str, &str); 2] = [
    ("Sari Contoh", "Pedagang pasar", "users", "0800-0000-0081"),
    (
        "Bayu Contoh",
        "Pegiat literasi kampung",
        "civil_society",
        "0800-0000-0082",
    ),
];

pub async fn load(ctx: &Ctx, id: ForumId) -> Result<()> {
    let forum = forums::by_id(&ctx.app.db, id).await?;
    let unit = organisation::unit(&ctx.app.db, forum.unit_id).await?;
    let starts = forums::starts_at(&forum, organisation::zone_of(&unit)?).to_utc();
    let question = |wording: &str, kind: QuestionKind, choices: &[&str]| QuestionFields {
        wording: wording.to_owned(),
        kind,
        choices: choices.iter().map(|one| (*one).to_owned()).collect(),
        needed: false,
    };
    for fields in [
        question(
            "Apakah Anda memerlukan juru bahasa isyarat atau akses kursi roda?",
            QuestionKind::YesNo,
            &[],
        ),
        question(
            "Pelayanan mana yang paling ingin Anda bahas?",
            QuestionKind::Choice,
            &["Pengaduan", "Pindah datang", "Identitas digital", "Lainnya"],
        ),
    ] {
        own_questions::add(ctx, id, fields).await?;
    }
    let opening = Opening {
        on: true,
        seats: vec![
            (Group::Users, 10),
            (Group::CivilSociety, 5),
            (Group::Media, 1),
        ],
        closes_at: starts - Duration::hours(16),
    };
    registrations::open(ctx, id, 0, opening).await?;
    let asked = own_questions::asked(&ctx.app.db, &forum).await?;
    for (name, role, group, contact) in PEOPLE {
        let form = Form::of(&[
            ("name", name),
            ("role", role),
            ("group", group),
            ("contact", contact),
        ]);
        let fields = RegistrationFields::parse(&form, &asked)?;
        registrations::register(ctx, id, fields, "").await?;
    }
    Ok(())
}
