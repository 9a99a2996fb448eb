//! What the page of one case shows.

use serde::Serialize;

use super::{
    FactView,
    beside::{FilesPanel, RelativesPanel, files_panel, relatives_panel},
    between::Between,
    calling::CallPanel,
    moves_view::{MoveView, moves, with_fields},
    newest_first,
    origin::OriginView,
    panels::Panel,
    presence::{self, PresenceView},
};
use crate::{
    access::{Ctx, Permission, Place},
    calendar::dates,
    complaints::{
        clocks::{self, ClocksView},
        desk::{Desk, Relation},
        entity::complaint,
        explain::{self, Chip, DueView},
        knowing::KnowingPanel,
        latest,
        protecting::Protecting,
        rules::{self, Channel, Event, Sees},
        timeline::{self, EntryView, Reader},
        viewing::Case,
        ways::BesideCase,
        words,
    },
    platform::{
        i18n::{Locale, Message, t},
        web::{
            forms::{ErrorLine, FieldView, FormView},
            pages::Page,
        },
    },
};

#[derive(Serialize)]
pub(super) struct CasePage {
    errors: Vec<ErrorLine>,
    /// Beside a refusal: what the citizen added meanwhile.
    pub(super) between: Option<Between>,
    pub(super) origin: OriginView,
    /// What no mail told the citizen.
    pub(super) call: Option<CallPanel>,
    number: String,
    title: String,
    status: Chip,
    due_chip: Chip,
    flags: Vec<Chip>,
    documents: Vec<Link>,
    /// None when the words are not for this reader.
    description: Option<String>,
    /// What the form asked beside them.
    details: Vec<FactView>,
    /// What came since somebody of the office said something, and what asks this reader.
    latest: Vec<EntryView>,
    version: i32,
    answer: Option<AnswerPanel>,
    note: Option<NotePanel>,
    /// The one thing that is to be done next: `assign`, `answer` or none.
    primary: &'static str,
    moves: Vec<MoveView>,
    presence: PresenceView,
    files: FilesPanel,
    relatives: RelativesPanel,
    entries: Vec<EntryView>,
    due: DueView,
    clocks: ClocksView,
    assign: Option<AssignPanel>,
    facts: Vec<FactView>,
    /// Null for who may not put it right.
    right_href: Option<String>,
    reporter: ReporterPanel,
    links: LinksPanel,
    ways: BesideCase,
    pub(super) knowing: KnowingPanel,
    protecting: Protecting,
}

impl Page for CasePage {
    const TEMPLATE: &'static str = "complaints/case";
    fn title(&self, _: Locale) -> String {
        self.number.clone()
    }
}

#[derive(Serialize)]
struct Link {
    href: String,
    label: String,
}

#[derive(Serialize)]
struct AnswerPanel {
    action: String,
    text: FieldView,
    will_happen: String,
    draft_action: String,
    /// When the draft was kept; empty without one.
    drafted: String,
    insert_action: String,
    standard: FieldView,
}

#[derive(Serialize)]
struct NotePanel {
    action: String,
    text: FieldView,
    mention: FieldView,
}

#[derive(Serialize)]
struct AssignPanel {
    action: String,
    division: FieldView,
    person: FieldView,
    instruction: FieldView,
}

#[derive(Serialize)]
struct ReporterPanel {
    facts: Vec<FactView>,
    note: String,
    unmask_action: Option<String>,
    reason: FieldView,
}

#[derive(Serialize)]
struct LinksPanel {
    items: Vec<LinkedView>,
    action: Option<String>,
    to: FieldView,
    /// A new action item that begins with this complaint.
    new_href: Option<String>,
}

#[derive(Serialize)]
struct LinkedView {
    href: String,
    title: String,
    text: String,
}

pub(super) fn view_of(case: &Case, desk: &Desk, locale: Locale) -> FormView {
    let with_none = |key: &str, mut options: Vec<(String, String)>| {
        options.insert(0, (String::new(), t(locale, key)));
        options
    };
    let divisions = case
        .divisions
        .iter()
        .map(|division| (division.code.clone(), division.name.clone()))
        .collect();
    let here = case
        .divisions
        .iter()
        .find(|division| Some(division.id) == case.complaint.division_id);
    let people = desk
        .colleagues
        .iter()
        .map(|(id, name, _)| (id.to_string(), name.clone()))
        .collect();
    let standards = desk
        .standards
        .iter()
        .map(|one| (one.id.to_string(), one.title.clone()))
        .collect();
    let draft = desk.draft.as_ref().map(|(text, _)| text.clone());
    with_fields(FormView::new(), &case.complaint, &desk.services, locale)
        .choice(
            "mention",
            false,
            with_none("complaints-mention-none", people),
        )
        .choice(
            "standard",
            false,
            with_none("complaints-standard-choose", standards),
        )
        .field("related", true, 40)
        .field("files", true, 0)
        .field("files_visible", false, 0)
        .choice(
            "division",
            true,
            with_none("complaints-case-choose-division", divisions),
        )
        .choice(
            "person",
            false,
            with_none("complaints-case-anybody", desk.handlers.clone()),
        )
        .field("instruction", false, 1000)
        .field("text", true, 5000)
        .field("note", true, 5000)
        .field("reason", true, 300)
        .with("text", draft.unwrap_or_default())
        .choice(
            "action",
            true,
            with_none("complaints-case-choose-action", desk.open_actions.clone()),
        )
        .with(
            "division",
            here.map(|here| here.code.clone()).unwrap_or_default(),
        )
        .with(
            "person",
            case.complaint
                .assignee_id
                .map(|id| id.to_string())
                .unwrap_or_default(),
        )
}

pub(super) fn case_page(
    ctx: &Ctx,
    case: Case,
    desk: Desk,
    mut view: FormView,
    (errors, open): (Vec<ErrorLine>, Option<Panel>),
) -> CasePage {
    let locale = ctx.locale();
    let of = &case.complaint;
    let text = case.sight.text;
    let base = format!("/kerja/pengaduan/{}", of.number);
    let place = Place {
        unit: of.unit_id,
        division: of.division_id,
    };
    let writable = text && !desk.protecting.is_erased();
    let works = writable && ctx.may(Permission::AnswerComplaint, place);
    let moves = if writable {
        moves(ctx, of, &mut view, open)
    } else {
        Vec::new()
    };
    let merges = moves.iter().any(|one| one.is("tolak"));
    let mut field = |name: &str| view.fields.remove(name).unwrap_or_default();
    let (zone, calendar) = (case.zone, &desk.clocks.calendar);
    let reader = Reader::Staff {
        text,
        judges: ctx.may(Permission::UnmaskReporter, of.unit_id)
            || ctx.may(Permission::ExtendDeadline, of.unit_id),
    };
    CasePage {
        errors,
        between: None,
        call: None,
        origin: OriginView::default(),
        number: of.number.clone(),
        title: if text {
            of.subject.clone()
        } else {
            t(locale, "complaints-hidden-subject")
        },
        status: words::standing_chip(of, locale),
        due_chip: explain::due_chip(of, ctx.now, zone, calendar, locale),
        flags: words::flags(of.anonymous, of.confidential, locale),
        documents: printed(ctx, of, &base),
        description: text.then(|| of.description.clone()),
        details: answered(&case),
        latest: latest::of(
            (&case.history, &case.messages),
            (ctx.person_id(), reader),
            of.status,
            zone,
            locale,
        ),
        version: of.version,
        answer: (works && rules::steps(of.status, Event::Answer).is_ok()).then(|| AnswerPanel {
            action: format!("{base}/jawab"),
            text: field("text"),
            will_happen: will_happen(&desk, locale),
            draft_action: format!("{base}/draf"),
            drafted: drafted(&desk, zone, locale),
            insert_action: format!("{base}/sisipkan"),
            standard: field("standard"),
        }),
        note: desk.may_note.then(|| NotePanel {
            action: format!("{base}/catatan"),
            text: field("note"),
            mention: field("mention"),
        }),
        primary: if of.division_id.is_none() && ctx.may(Permission::AssignComplaint, of.unit_id) {
            "assign"
        } else {
            "answer"
        },
        moves,
        ways: desk.ways.clone(),
        presence: presence::view(&of.number, &desk.present, locale),
        files: files_panel(
            &desk,
            &base,
            works,
            (field("files"), field("files_visible")),
            locale,
        ),
        relatives: relatives_panel(ctx, of, &desk, (works, merges), field("related")),
        entries: newest_first(timeline::lines(
            &timeline::for_staff(&case.history),
            &case.messages,
            reader,
            zone,
            locale,
        )),
        due: explain::view(of, calendar, zone, locale),
        clocks: clocks::for_staff(ctx, &desk.clocks),
        assign: (ctx.may(Permission::AssignComplaint, of.unit_id)
            && rules::steps(of.status, Event::Assign).is_ok())
        .then(|| AssignPanel {
            action: format!("{base}/disposisi"),
            division: field("division"),
            person: field("person"),
            instruction: field("instruction"),
        }),
        facts: facts(&case, locale),
        right_href: (writable && ctx.may(Permission::CloseComplaint, of.unit_id))
            .then(|| format!("{base}/perbaiki")),
        reporter: reporter(&case, &base, field("reason"), locale),
        links: links(
            &case,
            !desk.open_actions.is_empty(),
            &base,
            writable,
            field("action"),
        ),
        knowing: KnowingPanel::default(),
        protecting: desk.protecting.clone(),
    }
}

/// Whom an answer reaches: the officer must know before, not after.
fn will_happen(desk: &Desk, locale: Locale) -> String {
    let merged = desk
        .relatives
        .iter()
        .filter(|one| one.relation == Relation::Merged)
        .count();
    let mut words = t(locale, "complaints-case-will-happen");
    if merged > 0 {
        let also = Message::new("complaints-case-will-happen-merged").with("count", merged);
        words = format!("{words} {}", also.text(locale));
    }
    words
}

fn drafted(desk: &Desk, zone: chrono_tz::Tz, locale: Locale) -> String {
    desk.draft.as_ref().map_or_else(String::new, |(_, at)| {
        Message::new("complaints-draft-at")
            .with("at", dates::date_time(&at.with_timezone(&zone), locale))
            .text(locale)
    })
}

fn printed(ctx: &Ctx, of: &complaint::Model, base: &str) -> Vec<Link> {
    let printable =
        of.channel != Channel::Web && ctx.may(Permission::RegisterComplaint, of.unit_id);
    printable
        .then(|| Link {
            href: format!("{base}/tanda-terima.pdf"),
            label: t(ctx.locale(), "complaints-case-receipt"),
        })
        .into_iter()
        .collect()
}

fn facts(case: &Case, locale: Locale) -> Vec<FactView> {
    let of = &case.complaint;
    let label = |key: &str| t(locale, key);
    let division = case
        .divisions
        .iter()
        .find(|division| Some(division.id) == of.division_id);
    let mut facts = vec![
        FactView::new(
            label("complaints-fact-received"),
            dates::date_time(&of.received_at.with_timezone(&case.zone), locale),
        ),
        FactView::new(label("complaints-fact-kind"), words::kind(of.kind, locale)),
        FactView::new(
            label("complaints-inbox-channel"),
            words::channel(of.channel, locale),
        ),
    ];
    if let Some(class) = of.class {
        facts.push(FactView::new(
            label("complaints-fact-class"),
            words::class(class, locale),
        ));
    }
    if let Some(service) = case.service.as_ref().filter(|_| case.sight.text) {
        facts.push(FactView::new(label("complaints-inbox-service"), service));
    }
    if let Some(category) = &case.asked.category {
        facts.push(FactView::new(label("filing-category"), category));
    }
    facts.push(FactView::new(
        label("complaints-inbox-assignee"),
        division.map_or_else(|| label("complaints-inbox-nobody"), |d| d.name.clone()),
    ));
    if let Some(person) = &case.assignee {
        facts.push(FactView::new(
            label("complaints-case-assign-person"),
            person,
        ));
    }
    if let Some(instruction) = of.instruction.as_ref().filter(|_| case.sight.text) {
        facts.push(FactView::new(
            label("complaints-case-assign-note"),
            instruction,
        ));
    }
    facts
}

fn answered(case: &Case) -> Vec<FactView> {
    let rows = case.asked.answers.iter();
    rows.map(|(question, answer)| FactView::new(question.clone(), answer))
        .collect()
}

fn reporter(case: &Case, base: &str, reason: FieldView, locale: Locale) -> ReporterPanel {
    let of = &case.complaint;
    let identity = &case.identity;
    let parts = [
        ("complaints-field-name", &identity.name),
        ("complaints-field-phone", &identity.phone),
        ("complaints-field-email", &identity.email),
    ];
    let facts = parts
        .into_iter()
        .filter_map(|(key, value)| {
            let value = value.as_ref()?;
            Some(FactView::new(t(locale, key), value))
        })
        .collect();
    let note = match (case.sight.identity, of.anonymous) {
        _ if case.nameless => "complaints-reporter-none",
        (Sees::All, true) => "complaints-reporter-unmasked",
        (Sees::All, false) => "complaints-reporter-open",
        (_, true) => "complaints-reporter-anonymous",
        (_, false) => "complaints-reporter-not-yours",
    };
    ReporterPanel {
        facts,
        note: t(locale, note),
        unmask_action: (case.sight.identity == Sees::OnRequest && !case.nameless)
            .then(|| format!("{base}/identitas")),
        reason,
    }
}

fn links(case: &Case, open: bool, base: &str, text: bool, to: FieldView) -> LinksPanel {
    LinksPanel {
        items: case
            .actions
            .iter()
            .map(|action| LinkedView {
                href: action.href.clone(),
                title: action.title.clone(),
                text: action.status.clone(),
            })
            .collect(),
        action: (text && open).then(|| format!("{base}/hubungkan")),
        to,
        new_href: (text && case.may_link).then(|| {
            format!(
                "/kerja/rencana-aksi/baru?sumber=complaint:{}",
                case.complaint.id
            )
        }),
    }
}
