//! The schema: entities and migrations agree, and every migration can be undone.

use rembuk::surveys::entity::{answers::aside, setup::period};
use sea_orm::{
    ActiveModelTrait as _, ConnectionTrait as _, DatabaseBackend, EntityName, EntityTrait,
    Iden as _, IntoActiveModel as _, Iterable as _, Statement,
};
use sea_orm_migration::MigratorTrait as _;
use uuid::Uuid;

use crate::{support::TestApp, surveys_result};

/// Every entity is read once with all its columns: a column that the migrations do not have fails here.
macro_rules! entities {
    ($app:expr, $($entity:path),+ $(,)?) => {
        $(
            let found = <$entity>::find().all(&$app.db).await;
            assert!(found.is_ok(), "{}: {:?}", <$entity as EntityName>::table_name(&<$entity>::default()), found.err());
            compare(&$app.db, <$entity>::default().table_name(), <$entity as EntityTrait>::Column::iter().map(|column| column.to_string()).collect()).await;
        )+
    };
}

/// …and a column that the entity does not know fails here.
async fn compare(db: &rembuk::platform::db::Db, table: &str, mut columns: Vec<String>) {
    let sql = match db.get_database_backend() {
        DatabaseBackend::Sqlite => format!("PRAGMA table_info('{table}')"),
        _ => format!(
            "SELECT column_name AS name FROM information_schema.columns WHERE table_name = '{table}' AND table_schema = 'public'"
        ),
    };
    let rows = db
        .query_all_raw(Statement::from_string(db.get_database_backend(), sql))
        .await
        .unwrap();
    let mut actual: Vec<String> = rows
        .iter()
        .map(|row| row.try_get("", "name").unwrap())
        .collect();
    actual.sort();
    columns.sort();
    assert_eq!(actual, columns, "table {table}");
}

#[tokio::test]
async fn entities_and_migrations_agree() {
    let test = TestApp::new().await;
    let app = &test.app;
    use rembuk::*;
    entities![
        app,
        access::entity::person::Entity,
        access::absences::entity::Entity,
        access::entity::role_grant::Entity,
        access::entity::password_link::Entity,
        access::entity::session::Entity,
        access::entity::api_token::Entity,
        action_plans::entity::action_item::Entity,
        action_plans::entity::action_progress::Entity,
        action_plans::entity::action_source::Entity,
        action_plans::entity::action_milestone::Entity,
        action_plans::entity::action_extension::Entity,
        action_plans::entity::action_reminder::Entity,
        action_plans::entity::action_measure::Entity,
        issues::entity::issue::Entity,
        issues::entity::issue_voice::Entity,
        issues::entity::issue_dismissal::Entity,
        issues::entity::voice_told::Entity,
        proving::entity::told::Entity,
        evidence_bundle::entity::Entity,
        attendance::entity::attendance::Entity,
        attendance::entity::sheet::Entity,
        attendance::entity::entry::Entity,
        attendance::entity::desk::Entity,
        attendance::entity::scan::Entity,
        audit::Entity,
        berita_acara::entity::berita_acara::Entity,
        berita_acara::entity::agreed_point::Entity,
        berita_acara::entity::agreed_point_input::Entity,
        berita_acara::entity::signatory::Entity,
        berita_acara::entity::scan::Entity,
        calendar::entity::holiday::Entity,
        calendar::entity::work_calendar::Entity,
        calendar::entity::office_hours::Entity,
        calendar::entity::unit_closure::Entity,
        calendar::entity::deadline_policy::Entity,
        calendar::entity::holiday_change::Entity,
        calendar::entity::office_change::Entity,
        documents::entity::document::Entity,
        documents::entity::file::Entity,
        follow_up::entity::point_reason::Entity,
        follow_up::entity::carried_action::Entity,
        follow_up::entity::stage_reminder::Entity,
        follow_up::entity::report_told::Entity,
        fkp_report::entity::report::Entity,
        fkp_report::entity::text::Entity,
        fkp_report::entity::delivery::Entity,
        forums::entity::forum::Entity,
        forums::entity::venue::Entity,
        forums::entity::quota::Entity,
        forums::entity::agenda_source::Entity,
        forums::entity::team::Entity,
        forums::entity::agenda::Entity,
        forums::entity::input::Entity,
        forums::entity::input_change::Entity,
        invitations::entity::letter::Entity,
        privacy::entity::breach::Entity,
        privacy::entity::breach_entry::Entity,
        privacy::entity::counter::Entity,
        privacy::entity::reminder::Entity,
        privacy::entity::request::Entity,
        contacts::entity::Entity,
        invitations::entity::recipient::Entity,
        invitations::entity::batch::Entity,
        invitations::entity::batch_item::Entity,
        invitations::entity::handing::Entity,
        invitations::entity::print::Entity,
        invitations::entity::print_part::Entity,
        invitations::entity::question::Entity,
        invitations::entity::reminder::Entity,
        minutes::entity::minutes::Entity,
        minutes::entity::note::Entity,
        minutes::entity::revision::Entity,
        minutes::entity::photo::Entity,
        own_questions::entity::question::Entity,
        own_questions::entity::answer::Entity,
        registrations::entity::setting::Entity,
        registrations::entity::seats::Entity,
        registrations::entity::registration::Entity,
        organisation::entity::unit::Entity,
        organisation::entity::unit_contact::Entity,
        organisation::entity::division::Entity,
        organisation::entity::official::Entity,
        platform::installation::Entity,
        platform::mail::Entity,
        platform::throttle::Entity,
        standards::entity::decree::Entity,
        standards::entity::standard::Entity,
        standards::entity::component::Entity,
        standards::entity::charter::Entity,
    ];
}

#[tokio::test]
async fn entities_of_surveys_and_migrations_agree() {
    let test = TestApp::new().await;
    let app = &test.app;
    use rembuk::surveys;
    entities![
        app,
        surveys::entity::Entity,
        surveys::entity::setup::period::Entity,
        surveys::entity::setup::element::Entity,
        surveys::entity::setup::service::Entity,
        surveys::entity::setup::question::Entity,
        surveys::entity::setup::point::Entity,
        surveys::entity::answers::response::Entity,
        surveys::entity::answers::link::Entity,
        surveys::entity::answers::batch::Entity,
        surveys::entity::answers::comment_use::Entity,
        surveys::entity::answers::run::Entity,
        surveys::entity::answers::aside::Entity,
        surveys::results::entity::kept::Entity,
        surveys::results::entity::publication::Entity,
        surveys::results::entity::report_row::Entity,
        surveys::results::entity::photo::Entity,
    ];
}

#[tokio::test]
async fn entities_of_complaints_and_migrations_agree() {
    let test = TestApp::new().await;
    let app = &test.app;
    use rembuk::complaints;
    entities![
        app,
        complaints::entity::complaint::Entity,
        complaints::letters::entity::Entity,
        complaints::retention::entity::erasure::Entity,
        complaints::retention::entity::hold::Entity,
        complaints::retention::entity::policy::Entity,
        complaints::retention::entity::run::Entity,
        complaints::routing::entity::Entity,
        complaints::entity::identity::Entity,
        complaints::entity::notice::Entity,
        complaints::entity::digest::Entity,
        complaints::entity::watch::Entity,
        complaints::entity::message::Entity,
        complaints::entity::event::Entity,
        complaints::entity::link::Entity,
        complaints::entity::file::Entity,
        complaints::entity::draft::Entity,
        complaints::entity::addition::Entity,
        complaints::entity::call::Entity,
        complaints::entity::presence::Entity,
        complaints::entity::standard_answer::Entity,
        complaints::entity::publication::Entity,
        complaints::entity::topic::Entity,
        complaints::entity::topic_case::Entity,
        complaints::entity::batch::Entity,
        complaints::entity::batch_item::Entity,
        complaints::entity::counter::Entity,
        complaints::finding::entity::answers::Entity,
        complaints::finding::entity::answers_change::Entity,
        complaints::finding::entity::words::Entity,
        complaints::finding::entity::tally::Entity,
        complaints::finding::entity::tally_change::Entity,
        complaints::finding::entity::saved_filter::Entity,
        complaints::entity::idempotency_key::Entity,
        complaints::filing::entity::form::Entity,
        complaints::filing::entity::code::Entity,
        complaints::filing::entity::file_check::Entity,
        complaints::filing::entity::category::Entity,
        complaints::filing::entity::question::Entity,
        complaints::filing::entity::sorting::Entity,
        complaints::filing::entity::detail::Entity,
        complaints::filing::entity::news::Entity,
        complaints::filing::entity::contact_change::Entity,
        complaints::filing::entity::rating::Entity,
        complaints::filing::entity::follower::Entity,
        complaints::ways::entity::channel::Entity,
        complaints::ways::entity::conversation::Entity,
        complaints::ways::entity::original::Entity,
        complaints::ways::entity::entry::Entity,
        complaints::ways::entity::restricted_file::Entity,
        complaints::ways::entity::opening::Entity,
        complaints::ways::entity::box_scan::Entity,
        complaints::ways::entity::sp4n_case::Entity,
        complaints::ways::entity::import::Entity,
        complaints::ways::entity::sp4n_mapping::Entity,
    ];
}

#[tokio::test]
async fn every_migration_can_be_undone_and_applied_again() {
    let app = TestApp::new().await;
    let db = app.app.db.connection();
    rembuk_migrations::Migrator::down(db, None).await.unwrap();
    rembuk_migrations::Migrator::up(db, None).await.unwrap();
}

#[tokio::test]
async fn undone_to_one_decision_of_each_part_the_last_one_stays() {
    let app = TestApp::new().await;
    let id = surveys_result::kept(&app, &surveys_result::SMALL).await;
    let period = period::Entity::find_by_id(id).one(&app.app.db);
    let unit_id = period.await.unwrap().unwrap().unit_id;
    let tx = app.app.db.begin_write().await.unwrap();
    for (minutes, part, reason) in [
        (0, "swift", "Uji coba"),
        (1, "swift", "Uji coba lagi"),
        (0, "lain", "Lembar sama"),
    ] {
        let row = aside::Model {
            id: Uuid::now_v7(),
            unit_id,
            period_id: id,
            part: part.to_owned(),
            answers: 5,
            reason: reason.to_owned(),
            made_by: "Penyelenggara Contoh".to_owned(),
            made_at: app.now() + chrono::Duration::minutes(minutes),
        };
        let row = row.into_active_model().reset_all();
        aside::Entity::insert(row)
            .exec_without_returning(&tx)
            .await
            .unwrap();
    }
    tx.commit().await.unwrap();
    let all = rembuk_migrations::Migrator::migrations();
    let mut names = all.iter().map(|one| one.name());
    let at = names.position(|name| name.ends_with("keep_every_aside"));
    let steps = u32::try_from(all.len() - at.unwrap()).unwrap();
    let db = app.app.db.connection();
    rembuk_migrations::Migrator::down(db, Some(steps))
        .await
        .unwrap();
    let rows = aside::Entity::find().all(&app.app.db).await.unwrap();
    let mut reasons: Vec<String> = rows.into_iter().map(|row| row.reason).collect();
    reasons.sort();
    assert_eq!(reasons, ["Lembar sama", "Uji coba lagi"]);
    rembuk_migrations::Migrator::up(db, None).await.unwrap();
}
