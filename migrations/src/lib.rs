//! The schema, one change per file, oldest first. Rules in `README.md` beside this folder's manifest.

use sea_orm_migration::prelude::*;

mod m20261122_000001_create_platform;
mod m20261122_000002_create_organisation;
mod m20261122_000003_create_access;
mod m20261122_000004_create_audit;
mod m20261122_000005_create_calendar;
mod m20261122_000010_create_documents;
mod m20261122_000011_create_standards;
mod m20261122_000012_create_survey_elements;
mod m20261122_000020_create_complaint;
mod m20261122_000021_create_complaint_event;
mod m20261122_000022_create_complaint_desk;
mod m20261122_000023_create_clocks;
mod m20261122_000024_create_filing;
mod m20261122_000025_create_ways_in;
mod m20261122_000026_create_finding;
mod m20261122_000027_create_knowing;
mod m20261122_000028_create_protecting;
mod m20261122_000030_create_forum;
mod m20261122_000031_create_invitation;
mod m20261122_000032_create_invitation_work;
mod m20261122_000033_create_registration;
mod m20261122_000040_create_attendance;
mod m20261122_000041_create_berita_acara;
mod m20261122_000041_create_complaint_code;
mod m20261122_000043_create_attendance_desk;
mod m20261122_000044_create_minutes;
mod m20261122_000045_create_fkp_report;
mod m20261122_000046_create_venues_and_quotas;
mod m20261122_000050_create_action_plans;
mod m20261122_000072_create_invitation_print;
mod m20261122_000074_create_office_change;
mod m20261122_000076_create_complaint_watch;
mod m20261122_000461_create_follow_up;
mod m20261123_000100_create_survey;
mod m20261123_000150_create_survey_results;
mod m20261123_000180_create_issues;
mod m20261123_000181_widen_sources;
mod m20261123_000182_create_milestones;
mod m20261123_000250_add_forum_open_end;
mod m20261123_000270_add_signed_text;
mod m20261123_000300_create_answer_tally;
mod m20261123_000310_create_measurement_told;
mod m20261123_000311_create_evidence_bundle;
mod m20261123_000320_widen_voice_told;
mod m20261123_000321_add_input_origin;
mod m20261123_000322_create_survey_report;
mod m20261123_000323_add_action_budget;
mod m20261123_000330_create_complaint_addition;
mod m20261123_000331_create_complaint_call;
mod m20261123_000332_add_import_claim;
mod m20261123_000340_close_survey_gaps;
mod m20261123_000345_create_settled;
mod m20261123_000346_index_channels;
mod m20261123_000350_add_attendance_seat;
mod m20261123_000355_create_report_told;
mod m20261123_000356_add_record_end;
mod m20261123_000360_widen_complaint_call;
mod m20261123_000370_mark_survey_runs;
mod m20261123_000371_add_report_approval;
mod m20261123_000380_create_action_measure;
mod m20261123_000381_add_voice_period;
mod m20261123_000382_index_actions;
mod m20261123_000397_add_policy_withdrawal;
mod m20261123_000405_add_counted_answers;
mod m20261123_000406_mend_publications;
mod m20261123_000407_create_survey_photo;
mod m20261123_000413_index_action_owners;
mod m20261123_000424_let_calls_fail;
mod m20261123_000435_name_list_closer;
mod m20261123_000445_add_recipient_companions;
mod m20261123_000450_keep_every_aside;
mod m20261123_000455_keep_issued_letter;
mod m20261123_000465_add_report_day;
pub mod parts;

pub use m20261123_000345_create_settled::TABLES as SETTLED;

pub struct Migrator;

#[async_trait::async_trait]
impl MigratorTrait for Migrator {
    fn migrations() -> Vec<Box<dyn MigrationTrait>> {
        vec![
            Box::new(m20261122_000001_create_platform::Migration),
            Box::new(m20261122_000002_create_organisation::Migration),
            Box::new(m20261122_000003_create_access::Migration),
            Box::new(m20261122_000004_create_audit::Migration),
            Box::new(m20261122_000005_create_calendar::Migration),
            Box::new(m20261122_000010_create_documents::Migration),
            Box::new(m20261122_000011_create_standards::Migration),
            Box::new(m20261122_000012_create_survey_elements::Migration),
            Box::new(m20261122_000020_create_complaint::Migration),
            Box::new(m20261122_000021_create_complaint_event::Migration),
            Box::new(m20261122_000023_create_clocks::Migration),
            Box::new(m20261122_000022_create_complaint_desk::Migration),
            Box::new(m20261122_000026_create_finding::Migration),
            Box::new(m20261122_000024_create_filing::Migration),
            Box::new(m20261122_000025_create_ways_in::Migration),
            Box::new(m20261122_000041_create_complaint_code::Migration),
            Box::new(m20261122_000027_create_knowing::Migration),
            Box::new(m20261122_000030_create_forum::Migration),
            Box::new(m20261122_000031_create_invitation::Migration),
            Box::new(m20261122_000032_create_invitation_work::Migration),
            Box::new(m20261122_000033_create_registration::Migration),
            Box::new(m20261122_000040_create_attendance::Migration),
            Box::new(m20261122_000041_create_berita_acara::Migration),
            Box::new(m20261122_000043_create_attendance_desk::Migration),
            Box::new(m20261122_000044_create_minutes::Migration),
            Box::new(m20261122_000046_create_venues_and_quotas::Migration),
            Box::new(m20261122_000045_create_fkp_report::Migration),
            Box::new(m20261122_000050_create_action_plans::Migration),
            Box::new(m20261122_000461_create_follow_up::Migration),
            Box::new(m20261122_000028_create_protecting::Migration),
            Box::new(m20261122_000072_create_invitation_print::Migration),
            Box::new(m20261122_000076_create_complaint_watch::Migration),
            Box::new(m20261122_000074_create_office_change::Migration),
            Box::new(m20261123_000250_add_forum_open_end::Migration),
            Box::new(m20261123_000270_add_signed_text::Migration),
            Box::new(m20261123_000100_create_survey::Migration),
            Box::new(m20261123_000150_create_survey_results::Migration),
            Box::new(m20261123_000180_create_issues::Migration),
            Box::new(m20261123_000181_widen_sources::Migration),
            Box::new(m20261123_000182_create_milestones::Migration),
            Box::new(m20261123_000300_create_answer_tally::Migration),
            Box::new(m20261123_000310_create_measurement_told::Migration),
            Box::new(m20261123_000311_create_evidence_bundle::Migration),
            Box::new(m20261123_000320_widen_voice_told::Migration),
            Box::new(m20261123_000321_add_input_origin::Migration),
            Box::new(m20261123_000322_create_survey_report::Migration),
            Box::new(m20261123_000323_add_action_budget::Migration),
            Box::new(m20261123_000330_create_complaint_addition::Migration),
            Box::new(m20261123_000331_create_complaint_call::Migration),
            Box::new(m20261123_000332_add_import_claim::Migration),
            Box::new(m20261123_000340_close_survey_gaps::Migration),
            Box::new(m20261123_000345_create_settled::Migration),
            Box::new(m20261123_000346_index_channels::Migration),
            Box::new(m20261123_000350_add_attendance_seat::Migration),
            Box::new(m20261123_000355_create_report_told::Migration),
            Box::new(m20261123_000356_add_record_end::Migration),
            Box::new(m20261123_000360_widen_complaint_call::Migration),
            Box::new(m20261123_000370_mark_survey_runs::Migration),
            Box::new(m20261123_000371_add_report_approval::Migration),
            Box::new(m20261123_000380_create_action_measure::Migration),
            Box::new(m20261123_000381_add_voice_period::Migration),
            Box::new(m20261123_000382_index_actions::Migration),
            Box::new(m20261123_000397_add_policy_withdrawal::Migration),
            Box::new(m20261123_000405_add_counted_answers::Migration),
            Box::new(m20261123_000406_mend_publications::Migration),
            Box::new(m20261123_000407_create_survey_photo::Migration),
            Box::new(m20261123_000413_index_action_owners::Migration),
            Box::new(m20261123_000424_let_calls_fail::Migration),
            Box::new(m20261123_000435_name_list_closer::Migration),
            Box::new(m20261123_000445_add_recipient_companions::Migration),
            Box::new(m20261123_000450_keep_every_aside::Migration),
            Box::new(m20261123_000455_keep_issued_letter::Migration),
            Box::new(m20261123_000465_add_report_day::Migration),
        ]
    }
}
