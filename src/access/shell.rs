//! The frame around every page: unit, navigation, person, language, notices.

use serde::Serialize;

use super::{
    ctx::{Account, Ctx},
    policy::Permission,
};
use crate::platform::{
    i18n::{Locale, t},
    mail::Transport,
    web::address::encoded,
};

/// How a unit shows itself in the head of a page.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Brand {
    pub code: String,
    pub name: String,
    pub short_name: String,
    pub crest: String,
    pub city: String,
    /// Address of the style sheet that sets the unit's colour.
    pub accent_css: String,
}

/// One entry of the workspace's navigation; shown to those who hold the permission somewhere.
#[derive(Clone, Copy, Debug)]
pub struct NavItem {
    pub href: &'static str,
    pub label: &'static str,
    pub icon: &'static str,
    pub permission: Option<Permission>,
}

/// The page of the demo's mails; elsewhere it does not exist.
const MAILBOX: &str = "/kerja/surel";

impl Ctx {
    /// The address of the built-in mail page, for those who may read it where it exists.
    #[must_use]
    pub fn mailbox_href(&self) -> Option<&'static str> {
        let exists = self.app.config.demo && matches!(self.app.mail, Transport::Files(_));
        let allowed = !self.scope(Permission::ViewMailbox).is_empty();
        (exists && allowed).then_some(MAILBOX)
    }
}

/// The doors of the workspace that somebody goes through every day.
pub const WORKSPACE: &[NavItem] = &[
    NavItem {
        href: "/kerja",
        label: "shell-nav-home",
        icon: "house",
        permission: None,
    },
    NavItem {
        href: "/kerja/ringkasan",
        label: "shell-nav-lead",
        icon: "bar-chart",
        permission: Some(Permission::ViewOverview),
    },
    NavItem {
        href: "/kerja/perbandingan",
        label: "shell-nav-units",
        icon: "building",
        permission: Some(Permission::ViewUnits),
    },
    NavItem {
        href: "/kerja/pengaduan",
        label: "shell-nav-complaints",
        icon: "inbox",
        permission: Some(Permission::ViewComplaints),
    },
    NavItem {
        href: "/kerja/forum",
        label: "shell-nav-forums",
        icon: "people",
        permission: Some(Permission::ViewForums),
    },
    NavItem {
        href: "/kerja/survei",
        label: "shell-nav-surveys",
        icon: "star",
        permission: Some(Permission::ViewSurveys),
    },
    NavItem {
        href: "/kerja/isu",
        label: "shell-nav-issues",
        icon: "flag",
        permission: Some(Permission::ViewIssues),
    },
    NavItem {
        href: "/kerja/rencana-aksi",
        label: "shell-nav-actions",
        icon: "list-check",
        permission: Some(Permission::ViewActions),
    },
    NavItem {
        href: "/kerja/bukti",
        label: "shell-nav-evidence",
        icon: "file-earmark-text",
        permission: Some(Permission::ViewEvidence),
    },
    NavItem {
        href: "/kerja/kontak",
        label: "shell-nav-contacts",
        icon: "telephone",
        permission: Some(Permission::ManageForum),
    },
    NavItem {
        href: "/kerja/pelindungan",
        label: "shell-nav-protection",
        icon: "shield-check",
        permission: Some(Permission::HandleBreaches),
    },
    NavItem {
        href: MAILBOX,
        label: "shell-nav-mailbox",
        icon: "envelope",
        permission: Some(Permission::ViewMailbox),
    },
    NavItem {
        href: "/standar",
        label: "shell-nav-standards",
        icon: "journal-text",
        permission: None,
    },
    NavItem {
        href: "/kerja/akun",
        label: "shell-nav-account",
        icon: "person",
        permission: None,
    },
];

/// The doors to what is set up once and looked after: behind one heading where somebody has many of them, so that the
/// daily ones stay in sight on a telephone.
pub const SETTINGS: &[NavItem] = &[
    NavItem {
        href: "/kerja/disposisi",
        label: "shell-nav-routing",
        icon: "arrow-right",
        permission: Some(Permission::ManageRouting),
    },
    NavItem {
        href: "/kerja/pengganti",
        label: "shell-nav-absences",
        icon: "person",
        permission: Some(Permission::ManageRouting),
    },
    NavItem {
        href: "/kerja/libur",
        label: "shell-nav-calendar",
        icon: "calendar-event",
        permission: Some(Permission::ViewCalendar),
    },
    NavItem {
        href: "/kerja/batas-waktu",
        label: "shell-nav-deadlines",
        icon: "clock",
        permission: Some(Permission::ChoosePolicy),
    },
    NavItem {
        href: "/kerja/retensi",
        label: "shell-nav-retention",
        icon: "hourglass-split",
        permission: Some(Permission::ManageRetention),
    },
    NavItem {
        href: "/kerja/instansi",
        label: "shell-nav-office",
        icon: "building",
        permission: Some(Permission::ManageUnit),
    },
    NavItem {
        href: "/kerja/pegawai",
        label: "shell-nav-staff",
        icon: "person-plus",
        permission: Some(Permission::ManagePeople),
    },
    NavItem {
        href: "/kerja/formulir-pengaduan",
        label: "shell-nav-filing",
        icon: "funnel",
        permission: Some(Permission::ManageFiling),
    },
    NavItem {
        href: "/kerja/kanal",
        label: "shell-nav-channels",
        icon: "reply",
        permission: Some(Permission::ManageChannels),
    },
];

/// So many of them still stand among the others.
const FEW_SETTINGS: usize = 3;

/// The doors of the public site.
const PUBLIC: &[NavItem] = &[
    door("/pengaduan/baru", "shell-nav-complaints", "pencil-square"),
    door("/lacak", "shell-nav-track", "search"),
    door("/forum", "shell-nav-forums", "people"),
    door("/janji", "shell-nav-promises", "list-check"),
    door("/standar", "shell-nav-standards", "journal-text"),
];

const fn door(href: &'static str, label: &'static str, icon: &'static str) -> NavItem {
    NavItem {
        href,
        label,
        icon,
        permission: None,
    }
}

#[derive(Serialize)]
pub struct Shell<'a> {
    lang: &'static str,
    title: String,
    description: String,
    canonical_path: String,
    other_lang: OtherLanguage,
    unit: Option<&'a Brand>,
    nav: Vec<NavView>,
    /// Empty where they are few: then they stand in `nav`.
    settings: Vec<NavView>,
    /// One of them is open.
    in_settings: bool,
    user: Option<UserView>,
    csrf: String,
    flash: &'a [crate::platform::web::cookies::Flash],
    demo: bool,
    search_q: String,
    workspace: bool,
    year: i32,
    version: &'static str,
}

#[derive(Serialize)]
struct OtherLanguage {
    code: &'static str,
    label: String,
    href: String,
}

#[derive(Serialize)]
struct NavView {
    href: String,
    label: String,
    icon: &'static str,
    active: bool,
    badge: Option<Badge>,
}

#[derive(Serialize)]
struct Badge {
    count: i64,
    kind: &'static str,
    label: String,
}

#[derive(Serialize)]
struct UserView {
    name: String,
    role_label: String,
    signed_in_as: String,
}

impl<'a> Shell<'a> {
    pub fn of(ctx: &'a Ctx, unit: Option<&'a Brand>, title: String) -> Self {
        let locale = ctx.locale();
        let workspace = ctx.request.path.starts_with("/kerja");
        let account = ctx.account();
        let home = account.and_then(|account| account.home.as_ref());
        let (nav, settings) = match workspace {
            true => navigation(ctx, locale),
            false => (public_navigation(ctx, unit, locale), Vec::new()),
        };
        Self {
            lang: locale.code(),
            title,
            description: t(locale, "shell-description"),
            canonical_path: ctx.request.path.clone(),
            other_lang: OtherLanguage::of(ctx, locale.other()),
            unit: unit.or(if workspace { home } else { None }),
            in_settings: settings.iter().any(|door| door.active),
            nav,
            settings,
            user: account.map(|account| UserView::of(account, locale)),
            csrf: ctx.request.csrf(&ctx.app),
            flash: &ctx.request.flash,
            demo: ctx.app.config.demo,
            search_q: String::new(),
            workspace,
            year: chrono::Datelike::year(&ctx.now),
            version: env!("CARGO_PKG_VERSION"),
        }
    }
}

impl OtherLanguage {
    fn of(ctx: &Ctx, other: Locale) -> Self {
        let back = if ctx.request.query.is_empty() {
            ctx.request.path.clone()
        } else {
            format!("{}?{}", ctx.request.path, ctx.request.query)
        };
        let label = match other {
            Locale::Id => "Bahasa Indonesia",
            Locale::En => "English",
        };
        Self {
            code: other.code(),
            label: label.to_owned(),
            href: format!("/bahasa/{}?back={}", other.code(), encoded(&back)),
        }
    }
}

impl UserView {
    fn of(account: &Account, locale: Locale) -> Self {
        let role = account
            .grants
            .first()
            .map(|grant| t(locale, &grant.role.message_key()))
            .unwrap_or_default();
        Self {
            name: account.name.clone(),
            role_label: role,
            signed_in_as: account.email.clone(),
        }
    }
}

/// The daily doors and those of the settings.
fn navigation(ctx: &Ctx, locale: Locale) -> (Vec<NavView>, Vec<NavView>) {
    let mut nav = doors(ctx, WORKSPACE, locale);
    let settings = doors(ctx, SETTINGS, locale);
    if settings.len() > FEW_SETTINGS {
        return (nav, settings);
    }
    // Before what everybody has: the standards and one's own account.
    let place = nav.iter().position(|door| door.href == "/standar");
    let place = place.unwrap_or(nav.len());
    nav.splice(place..place, settings);
    (nav, Vec::new())
}

fn doors(ctx: &Ctx, items: &[NavItem], locale: Locale) -> Vec<NavView> {
    let here = &ctx.request.path;
    items
        .iter()
        .filter(|item| {
            item.permission
                .is_none_or(|permission| !ctx.scope(permission).is_empty())
                && (item.href != MAILBOX || ctx.mailbox_href().is_some())
        })
        .map(|item| NavView {
            href: item.href.to_owned(),
            label: t(locale, item.label),
            icon: item.icon,
            active: if item.href == "/kerja" {
                here == item.href
            } else {
                here.starts_with(item.href)
            },
            badge: None,
        })
        .collect()
}

/// Who chose a unit stays with it.
fn public_navigation(ctx: &Ctx, unit: Option<&Brand>, locale: Locale) -> Vec<NavView> {
    let chosen = unit.filter(|_| ctx.request.query.contains("unit="));
    let href = |path: &str| match chosen {
        Some(unit) => format!("{path}?unit={}", unit.code),
        None => path.to_owned(),
    };
    let here = &ctx.request.path;
    PUBLIC
        .iter()
        .map(|item| NavView {
            href: href(item.href),
            label: t(locale, item.label),
            icon: item.icon,
            active: here.starts_with(item.href),
            badge: None,
        })
        .collect()
}
