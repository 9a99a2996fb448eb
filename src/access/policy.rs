//! The one table of who may do what, where. Code asks `ctx.require(Permission::…, place)`; which role that
//! is stands here and nowhere else, and `tests/it/access.rs` prints and checks it whole.

use super::entity::Role;
use crate::organisation::{DivisionId, UnitId};

/// An action that needs a right. Public actions need none and are not listed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, sea_orm::EnumIter)]
pub enum Permission {
    /// Read the mails of the demo.
    ViewMailbox,
    ViewOverview,
    /// See units side by side.
    ViewUnits,
    ViewComplaints,
    /// Read a confidential complaint, and who filed one that is not anonymous; within a division only those it is
    /// assigned to.
    ReadConfidential,
    RegisterComplaint,
    AssignComplaint,
    AnswerComplaint,
    CloseComplaint,
    /// Put off the first answer, with a reason that the citizen reads.
    ExtendDeadline,
    /// Let the public read a moderated text of a complaint, and take it back.
    PublishComplaint,
    /// Group complaints under topics.
    ManageTopics,
    /// See the name of a complainant who asked to stay anonymous; with a reason, logged.
    UnmaskReporter,
    /// Keep the categories of complaints and their questions.
    ManageFiling,
    ViewForums,
    ManageForum,
    SendInvitations,
    CheckIn,
    /// Write down what is said in a forum: notes, inputs, photos.
    TakeNotes,
    LockBeritaAcara,
    /// Approve the minutes of a forum, where no organiser is named as approver.
    ApproveMinutes,
    /// Read a letter that is meant for its recipients only, and the list of them.
    ReadRestricted,
    /// Read the issues of a unit and what became of them.
    ViewIssues,
    /// Write issues down, link voices, offer them to a forum, make actions of them.
    ManageIssues,
    /// Refuse an issue, settle it, or open it again.
    DecideIssue,
    ViewActions,
    ManageActions,
    ReportProgress,
    FinishAction,
    VerifyAction,
    /// See what is there for the yearly evaluation of a unit, and take the archive of it.
    ViewEvidence,
    UploadFiles,
    /// Read the holidays and the numbers of days that a unit counts by.
    ViewCalendar,
    /// Add a holiday by decree, or withdraw one: it moves deadlines in every unit.
    ManageHolidays,
    /// Choose by which numbers of days the unit answers.
    ChoosePolicy,
    /// Look after a unit: how it is called and reached, when it is open, its divisions and officials.
    ManageUnit,
    /// Give accounts and roles to the staff of a unit.
    ManagePeople,
    /// Say by which ways people reach the unit.
    ManageChannels,
    /// Read everything that happened with a complaint, and who looked at it.
    ViewCaseTrail,
    /// Keep a complaint from being anonymised, with a reason.
    HoldCase,
    /// See how long voices are kept, and what the runs did.
    ViewRetention,
    /// Choose how long voices are kept, and begin a run.
    ManageRetention,
    /// Read what people ask about their own data.
    ViewDataRequests,
    /// Answer them: give a copy, correct, anonymise.
    HandleDataRequests,
    /// Keep the register of breaches of personal data.
    HandleBreaches,
    /// Write and issue letters of clarification.
    IssueClarification,
    /// Say what goes to which division by itself, and who stands in for whom.
    ManageRouting,
    /// See the survey's periods, how far they are, and what people wrote.
    ViewSurveys,
    /// Set a period up, open, close and freeze it; take its raw answers out.
    ManageSurveys,
    /// Type answers from paper, or take a list of them in.
    EnterSurvey,
    /// Approve the report of a survey period, or give it back.
    ApproveSurveyReport,
}

/// How far a right of a role reaches.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reach {
    /// The whole installation.
    All,
    /// The units named in the grant; one for most roles, several for supervisors.
    Unit,
    /// The division named in the grant.
    Division,
}

use Permission as P;
use Reach::{All, Division, Unit};
use Role::{ComplaintOfficer, Handler, Head, Organiser, Supervisor, SystemAdmin, UnitAdmin};

/// role × permission × reach. What is not here is not permitted.
pub const TABLE: &[(Permission, &[(Role, Reach)])] = &[
    (
        P::ViewMailbox,
        &[
            (SystemAdmin, All),
            (UnitAdmin, Unit),
            (Organiser, Unit),
            (ComplaintOfficer, Unit),
        ],
    ),
    (
        P::ViewOverview,
        &[
            (Head, Unit),
            (Supervisor, Unit),
            (UnitAdmin, Unit),
            (ComplaintOfficer, Unit),
            (Organiser, Unit),
            (Handler, Unit),
        ],
    ),
    (P::ViewUnits, &[(Supervisor, Unit)]),
    (
        P::ViewComplaints,
        &[
            (ComplaintOfficer, Unit),
            (Head, Unit),
            (Handler, Division),
            (Supervisor, Unit),
        ],
    ),
    (
        P::ReadConfidential,
        &[(ComplaintOfficer, Unit), (Handler, Division)],
    ),
    (P::RegisterComplaint, &[(ComplaintOfficer, Unit)]),
    (
        P::AssignComplaint,
        &[(ComplaintOfficer, Unit), (Head, Unit)],
    ),
    (
        P::AnswerComplaint,
        &[(ComplaintOfficer, Unit), (Handler, Division)],
    ),
    (P::CloseComplaint, &[(ComplaintOfficer, Unit)]),
    (P::ExtendDeadline, &[(Head, Unit)]),
    (P::PublishComplaint, &[(ComplaintOfficer, Unit)]),
    (P::ManageTopics, &[(ComplaintOfficer, Unit), (Head, Unit)]),
    (P::UnmaskReporter, &[(ComplaintOfficer, Unit)]),
    (
        P::ManageFiling,
        &[(UnitAdmin, Unit), (ComplaintOfficer, Unit)],
    ),
    (
        P::ViewForums,
        &[
            (Organiser, Unit),
            (Head, Unit),
            (UnitAdmin, Unit),
            (Supervisor, Unit),
            (ComplaintOfficer, Unit),
            (Handler, Unit),
        ],
    ),
    (P::ManageForum, &[(Organiser, Unit)]),
    (P::SendInvitations, &[(Organiser, Unit)]),
    (P::CheckIn, &[(Organiser, Unit)]),
    (P::TakeNotes, &[(Organiser, Unit)]),
    (P::LockBeritaAcara, &[(Organiser, Unit)]),
    (P::ApproveMinutes, &[(Head, Unit)]),
    (P::ReadRestricted, &[(Organiser, Unit), (Head, Unit)]),
    (
        P::ViewIssues,
        &[
            (Organiser, Unit),
            (ComplaintOfficer, Unit),
            (Head, Unit),
            (UnitAdmin, Unit),
            (Supervisor, Unit),
        ],
    ),
    (
        P::ManageIssues,
        &[(Organiser, Unit), (ComplaintOfficer, Unit), (Head, Unit)],
    ),
    (P::DecideIssue, &[(Head, Unit)]),
    (
        P::ViewActions,
        &[
            (Organiser, Unit),
            (ComplaintOfficer, Unit),
            (Handler, Division),
            (Head, Unit),
            (UnitAdmin, Unit),
            (Supervisor, Unit),
        ],
    ),
    (
        P::ManageActions,
        &[(Organiser, Unit), (ComplaintOfficer, Unit), (Head, Unit)],
    ),
    (P::ReportProgress, &[(Handler, Division), (Organiser, Unit)]),
    (P::FinishAction, &[(Handler, Division), (Organiser, Unit)]),
    (P::VerifyAction, &[(Head, Unit)]),
    (
        P::ViewEvidence,
        &[(Organiser, Unit), (Head, Unit), (Supervisor, Unit)],
    ),
    (
        P::UploadFiles,
        &[
            (Organiser, Unit),
            (ComplaintOfficer, Unit),
            (Handler, Unit),
            (Head, Unit),
            (UnitAdmin, Unit),
        ],
    ),
    (
        P::ViewCalendar,
        &[
            (SystemAdmin, All),
            (UnitAdmin, Unit),
            (Head, Unit),
            (ComplaintOfficer, Unit),
        ],
    ),
    (P::ManageHolidays, &[(SystemAdmin, All)]),
    (P::ChoosePolicy, &[(UnitAdmin, Unit)]),
    (P::ManageUnit, &[(SystemAdmin, All), (UnitAdmin, Unit)]),
    (P::ManagePeople, &[(SystemAdmin, All), (UnitAdmin, Unit)]),
    (P::ManageChannels, &[(UnitAdmin, Unit)]),
    (P::ViewCaseTrail, &[(ComplaintOfficer, Unit), (Head, Unit)]),
    (P::HoldCase, &[(ComplaintOfficer, Unit), (Head, Unit)]),
    (
        P::ViewRetention,
        &[(UnitAdmin, Unit), (ComplaintOfficer, Unit), (Head, Unit)],
    ),
    (P::ManageRetention, &[(UnitAdmin, Unit)]),
    (
        P::ViewDataRequests,
        &[(ComplaintOfficer, Unit), (Head, Unit)],
    ),
    (P::HandleDataRequests, &[(ComplaintOfficer, Unit)]),
    (
        P::HandleBreaches,
        &[(UnitAdmin, Unit), (ComplaintOfficer, Unit), (Head, Unit)],
    ),
    (P::IssueClarification, &[(ComplaintOfficer, Unit)]),
    (
        P::ManageRouting,
        &[(UnitAdmin, Unit), (ComplaintOfficer, Unit)],
    ),
    (
        P::ViewSurveys,
        &[
            (Organiser, Unit),
            (UnitAdmin, Unit),
            (ComplaintOfficer, Unit),
            (Head, Unit),
            (Supervisor, Unit),
        ],
    ),
    (P::ManageSurveys, &[(Organiser, Unit), (UnitAdmin, Unit)]),
    (
        P::EnterSurvey,
        &[
            (Organiser, Unit),
            (UnitAdmin, Unit),
            (ComplaintOfficer, Unit),
        ],
    ),
    (P::ApproveSurveyReport, &[(Head, Unit)]),
];

/// How far `role` may use `permission`, if at all.
#[must_use]
pub fn reach_of(permission: Permission, role: Role) -> Option<Reach> {
    let (_, roles) = TABLE.iter().find(|(listed, _)| *listed == permission)?;
    roles
        .iter()
        .find(|(listed, _)| *listed == role)
        .map(|(_, reach)| *reach)
}

/// The roles that may use `permission`: who can be asked for it.
#[must_use]
pub fn roles_with(permission: Permission) -> Vec<Role> {
    let listed = TABLE.iter().filter(|(listed, _)| *listed == permission);
    listed
        .flat_map(|(_, roles)| roles.iter().map(|(role, _)| *role))
        .collect()
}

/// Where somebody may use a permission: what list queries filter by.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Scope {
    pub everywhere: bool,
    pub units: Vec<UnitId>,
    pub divisions: Vec<DivisionId>,
}

impl Scope {
    #[must_use]
    pub fn everywhere() -> Self {
        Self {
            everywhere: true,
            ..Self::default()
        }
    }

    #[must_use]
    pub fn is_empty(&self) -> bool {
        !self.everywhere && self.units.is_empty() && self.divisions.is_empty()
    }

    /// Whether a thing of this unit, handled by this division, lies inside.
    #[must_use]
    pub fn covers(&self, unit: UnitId, division: Option<DivisionId>) -> bool {
        self.everywhere
            || self.units.contains(&unit)
            || division.is_some_and(|division| self.divisions.contains(&division))
    }

    pub(super) fn widen(
        &mut self,
        reach: Reach,
        unit: Option<UnitId>,
        division: Option<DivisionId>,
    ) {
        match (reach, unit, division) {
            (Reach::All, _, _) => self.everywhere = true,
            (Reach::Unit, Some(unit), _) if !self.units.contains(&unit) => self.units.push(unit),
            (Reach::Division, _, Some(division)) if !self.divisions.contains(&division) => {
                self.divisions.push(division)
            }
            _ => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use sea_orm::Iterable as _;

    use super::*;

    #[test]
    fn every_permission_is_in_the_table_once_and_somebody_has_it() {
        for permission in Permission::iter() {
            let rows = TABLE
                .iter()
                .filter(|(listed, _)| *listed == permission)
                .count();
            assert_eq!(rows, 1, "{permission:?}");
        }
        assert!(TABLE.iter().all(|(_, roles)| !roles.is_empty()));
    }

    #[test]
    fn supervisors_only_look() {
        for permission in Permission::iter() {
            let looks = format!("{permission:?}").starts_with("View");
            assert!(
                looks || reach_of(permission, Role::Supervisor).is_none(),
                "{permission:?}"
            );
        }
    }

    #[test]
    fn only_complaint_officers_see_an_anonymous_name() {
        assert!(
            Role::iter().all(|role| reach_of(Permission::UnmaskReporter, role).is_some()
                == (role == Role::ComplaintOfficer))
        );
    }

    #[test]
    fn a_scope_covers_its_units_and_divisions_only() {
        let (here, there, mine, theirs) = (
            UnitId::new(),
            UnitId::new(),
            DivisionId::new(),
            DivisionId::new(),
        );
        let mut scope = Scope::default();
        scope.widen(Reach::Division, Some(here), Some(mine));
        assert!(
            scope.covers(here, Some(mine))
                && !scope.covers(here, Some(theirs))
                && !scope.covers(here, None)
        );
        scope.widen(Reach::Unit, Some(here), None);
        assert!(scope.covers(here, None) && !scope.covers(there, None));
    }
}
