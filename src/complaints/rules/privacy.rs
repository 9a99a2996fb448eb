//! Who sees which part of a complaint.

/// What the complainant chose: two choices, independent of each other.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Privacy {
    pub anonymous: bool,
    pub confidential: bool,
}

/// What somebody is to this complaint.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Viewer {
    /// Complaint officer of the unit.
    pub officer: bool,
    /// Belongs to the division that handles it.
    pub handles: bool,
    /// The complaint names a person, and it is somebody else.
    pub named_other: bool,
    /// Has said why they need the name, a short while ago.
    pub unmasked: bool,
}

/// What of the identity is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sees {
    Nothing,
    /// Hidden, but this viewer may ask for it with a reason.
    OnRequest,
    All,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Sight {
    /// Subject, description, messages, history texts.
    pub text: bool,
    pub identity: Sees,
}

/// Anonymous: the name stays with the complaint officers, who open it with a reason. Confidential: the
/// words are for officers and for those it is assigned to; a head or supervisor sees that the complaint
/// exists, its state and its dates, because lateness must not hide behind secrecy. The name of a
/// complainant is for those who answer them and for nobody else.
#[must_use]
pub fn sight(viewer: Viewer, privacy: Privacy) -> Sight {
    let assigned = viewer.handles && !(privacy.confidential && viewer.named_other);
    Sight {
        text: !privacy.confidential || viewer.officer || assigned,
        identity: match (privacy.anonymous, viewer) {
            (
                true,
                Viewer {
                    officer: true,
                    unmasked: true,
                    ..
                },
            ) => Sees::All,
            (true, Viewer { officer: true, .. }) => Sees::OnRequest,
            (true, _) => Sees::Nothing,
            (false, _) if viewer.officer || assigned => Sees::All,
            (false, _) => Sees::Nothing,
        },
    }
}

/// Whether a correction leaves every protection that was chosen: it may add one, and takes none.
#[must_use]
pub fn protects_no_less(before: Privacy, after: Privacy) -> bool {
    (after.anonymous || !before.anonymous) && (after.confidential || !before.confidential)
}
