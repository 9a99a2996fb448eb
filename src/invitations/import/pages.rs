//! The import in the workspace: hand in the file, look at what was read, confirm.

use poem::{
    Response, Route, get, handler,
    http::StatusCode,
    web::{Path, Query},
};
use serde::{Deserialize, Serialize};

use super::{
    mapping::{Mapping, Part},
    notices,
    rows::Fault,
    service::{self, Confirmed, Preview},
};
use crate::{
    access::{Ctx, Permission, SignedIn},
    documents::{self, FileId},
    forums::{Forum, ForumId, Group},
    organisation,
    platform::{
        error::{Error, FieldError, Result},
        i18n::{Locale, Message, t},
        sheets,
        web::{
            cookies::FlashKind,
            forms::{ErrorLine, Form, FormView, OptionView},
            pages::Page,
        },
    },
};

/// Rows that the preview shows; the rest is counted.
const SHOWN: usize = 50;
const FAULTS_SHOWN: usize = 300;

pub fn routes(route: Route) -> Route {
    route
        .at(
            "/kerja/forum/:id/undangan/impor",
            get(hand_in).post(take_in),
        )
        .at(
            "/kerja/forum/:id/undangan/impor/:file",
            get(preview).post(confirm),
        )
}

#[derive(Serialize)]
struct UploadPage {
    action: String,
    back_href: String,
    limit: String,
    dots: [bool; 2],
    /// The file is kept by its address alone: nothing is offered again here.
    kept: Vec<String>,
    form: FormView,
    errors: Vec<ErrorLine>,
}

impl Page for UploadPage {
    const TEMPLATE: &'static str = "invitations/import_file";
    fn title(&self, locale: Locale) -> String {
        t(locale, "import-title")
    }
}

#[derive(Serialize)]
struct PreviewPage {
    action: String,
    back_href: String,
    upload_href: String,
    file: String,
    dots: [bool; 2],
    heading: u32,
    columns: Vec<ColumnView>,
    groups: Vec<OptionView>,
    hidden: Vec<HiddenView>,
    /// What was decided without the organiser, or left unread.
    notices: Vec<NoticeView>,
    /// Some column says who is invited.
    readable: bool,
    accepted: usize,
    left_out: usize,
    accepted_title: String,
    faulty_title: String,
    confirm_label: String,
    rows: Vec<RowView>,
    more: Option<String>,
    faults: Vec<FaultView>,
    more_faults: Option<String>,
    /// Good rows that say something twice and differently.
    warned_title: String,
    warnings: Vec<FaultView>,
}

#[derive(Serialize)]
struct NoticeView {
    doubtful: bool,
    text: String,
}

#[derive(Serialize)]
struct HiddenView {
    name: &'static str,
    value: String,
}

/// One part of a recipient and the column it is read from.
#[derive(Serialize)]
struct ColumnView {
    name: String,
    label: String,
    options: Vec<OptionView>,
}

#[derive(Serialize)]
struct RowView {
    row: u32,
    addressee: String,
    /// Person and position, where one column held both.
    parted: Option<String>,
    organisation: String,
    group: String,
    /// What was written instead of a group.
    no_group: Option<String>,
    reach: String,
    note: String,
}

#[derive(Serialize)]
struct FaultView {
    cell: String,
    shown: String,
    reason: String,
}

impl Page for PreviewPage {
    const TEMPLATE: &'static str = "invitations/import_preview";
    fn title(&self, locale: Locale) -> String {
        t(locale, "import-preview-title")
    }
}

#[handler]
async fn hand_in(SignedIn(ctx): SignedIn, Path(id): Path<String>) -> Result<Response> {
    let forum = service::writable(&ctx, ForumId::parse(&id)?).await?;
    upload_page(&ctx, &forum, &[]).await
}

async fn upload_page(ctx: &Ctx, forum: &Forum, faults: &[FieldError]) -> Result<Response> {
    let form = FormView::new().field("file", true, 0);
    let (form, errors) = form.refused(faults, ctx.locale());
    let status = if faults.is_empty() {
        StatusCode::OK
    } else {
        StatusCode::UNPROCESSABLE_ENTITY
    };
    let size = i64::try_from(ctx.app.config.http.max_upload).unwrap_or(i64::MAX);
    let back = format!("/kerja/forum/{}/undangan", forum.id);
    let page = UploadPage {
        action: format!("{back}/impor"),
        back_href: back,
        limit: Message::new("import-file-hint")
            .with("rows", ctx.app.config.forum.import_rows)
            .with("size", documents::size_text(size, ctx.locale()))
            .text(ctx.locale()),
        dots: [true, false],
        kept: Vec::new(),
        form,
        errors,
    };
    let unit = organisation::unit(&ctx.app.db, forum.unit_id).await?;
    ctx.page_of(Some(&organisation::brand_of(&unit)), status, &page)
}

#[handler]
async fn take_in(
    SignedIn(ctx): SignedIn,
    Path(id): Path<String>,
    mut form: Form,
) -> Result<Response> {
    let id = ForumId::parse(&id)?;
    let forum = service::writable(&ctx, id).await?;
    let taken = match form.files.pop() {
        Some(file) => service::upload(&ctx, id, &file.name, file.bytes).await,
        None => Err(Error::field("file", Message::new("import-file-missing"))),
    };
    match taken {
        Ok(file) => Ok(ctx.redirect(&format!("/kerja/forum/{id}/undangan/impor/{file}"))),
        Err(Error::Invalid(faults)) => upload_page(&ctx, &forum, &faults).await,
        Err(error) => Err(error),
    }
}

/// The mapping as the form sends it: column numbers from 0, empty for none.
#[derive(Default, Deserialize)]
struct Corrected {
    heading: Option<String>,
    name: Option<String>,
    position: Option<String>,
    organisation: Option<String>,
    group: Option<String>,
    email: Option<String>,
    phone: Option<String>,
    quota: Option<String>,
    note: Option<String>,
    usual_group: Option<String>,
}

impl Corrected {
    /// None where nothing was sent: then the guess holds.
    fn mapping(&self) -> Option<Mapping> {
        let given = |part: Part| match part {
            Part::Name => &self.name,
            Part::Position => &self.position,
            Part::Organisation => &self.organisation,
            Part::Group => &self.group,
            Part::Email => &self.email,
            Part::Phone => &self.phone,
            Part::Quota => &self.quota,
            Part::Note => &self.note,
        };
        let heading = self.heading.as_ref()?;
        Some(Mapping {
            heading: heading.trim().parse().unwrap_or_default(),
            columns: Part::ALL
                .into_iter()
                .filter_map(|part| Some((part, given(part).as_ref()?.parse().ok()?)))
                .collect(),
            group: self.usual_group.as_deref().and_then(Group::parse),
            by_words: false,
        })
    }

    fn of(form: &Form) -> Self {
        let sent = |name: &str| Some(form.get(name).to_owned());
        Self {
            heading: sent("heading"),
            name: sent("name"),
            position: sent("position"),
            organisation: sent("organisation"),
            group: sent("group"),
            email: sent("email"),
            phone: sent("phone"),
            quota: sent("quota"),
            note: sent("note"),
            usual_group: sent("usual_group"),
        }
    }
}

#[handler]
async fn preview(
    SignedIn(ctx): SignedIn,
    Path((id, file)): Path<(String, String)>,
    Query(corrected): Query<Corrected>,
) -> Result<Response> {
    let forum = service::writable(&ctx, ForumId::parse(&id)?).await?;
    let read = service::look(&ctx, &forum, FileId::parse(&file)?, corrected.mapping()).await?;
    let unit = organisation::unit(&ctx.app.db, forum.unit_id).await?;
    let page = preview_page(&forum, &read, ctx.locale());
    ctx.page_in(&organisation::brand_of(&unit), &page)
}

fn preview_page(forum: &Forum, read: &Preview, locale: Locale) -> PreviewPage {
    let base = format!("/kerja/forum/{}/undangan", forum.id);
    let (accepted, left_out) = (read.reading.accepted.len(), read.reading.faulty_rows());
    let counted = |key: &str, count: usize| Message::new(key).with("count", count).text(locale);
    let both = read.mapping.has_both();
    let rows = read.reading.accepted.iter().take(SHOWN).map(|row| RowView {
        row: row.row,
        parted: (both && !row.name.is_empty() && !row.position.is_empty()).then(|| {
            Message::new("import-parted")
                .with("name", &row.name)
                .with("position", &row.position)
                .text(locale)
        }),
        addressee: row.fields.addressee.clone(),
        // A list of offices has one column for both.
        organisation: match row.fields.organisation == row.fields.addressee {
            true => String::new(),
            false => row.fields.organisation.clone(),
        },
        group: row.fields.participant_group.label(locale),
        no_group: row.no_group.as_ref().map(|written| {
            Message::new("import-no-group")
                .with("written", written)
                .text(locale)
        }),
        reach: [row.fields.email.clone(), row.fields.phone.clone()]
            .into_iter()
            .flatten()
            .collect::<Vec<_>>()
            .join(", "),
        note: row.fields.note.clone(),
    });
    let button = if left_out == 0 {
        Message::new("import-confirm").with("count", accepted)
    } else {
        Message::new("import-confirm-some")
            .with("count", accepted)
            .with("left", left_out)
    };
    let faults = &read.reading.faults;
    PreviewPage {
        action: format!("{base}/impor/{}", read.file.id),
        upload_href: format!("{base}/impor"),
        back_href: base,
        file: read.file.name.clone(),
        dots: [true, true],
        heading: read.mapping.heading,
        columns: Part::ALL
            .into_iter()
            .map(|part| column_view(part, read, locale))
            .collect(),
        groups: group_options(read.mapping.group, locale),
        hidden: hidden_fields(&read.mapping),
        notices: notices::of(&read.table, &read.mapping, &read.reading, locale)
            .into_iter()
            .map(|notice| NoticeView {
                doubtful: notice.doubtful,
                text: notice.message.text(locale),
            })
            .collect(),
        readable: read.mapping.names_somebody(),
        accepted,
        left_out,
        accepted_title: counted("import-accepted", accepted),
        faulty_title: counted("import-faulty", left_out),
        confirm_label: button.text(locale),
        rows: rows.collect(),
        more: (accepted > SHOWN).then(|| counted("import-more", accepted - SHOWN)),
        faults: faults
            .iter()
            .take(FAULTS_SHOWN)
            .map(|fault| fault_view(fault, read, locale))
            .collect(),
        more_faults: (faults.len() > FAULTS_SHOWN)
            .then(|| counted("import-more", faults.len() - FAULTS_SHOWN)),
        warned_title: counted("import-warned", read.reading.warned_rows()),
        warnings: read
            .reading
            .warnings()
            .take(FAULTS_SHOWN)
            .map(|warning| fault_view(warning, read, locale))
            .collect(),
    }
}

fn column_view(part: Part, read: &Preview, locale: Locale) -> ColumnView {
    let chosen = read.mapping.columns.get(&part).copied();
    let none = OptionView {
        label: t(locale, "import-column-none"),
        selected: chosen.is_none(),
        ..OptionView::default()
    };
    let named = (0..sheets::width(&read.table)).map(|column| OptionView {
        value: column.to_string(),
        label: sheets::column_label(&read.table, read.mapping.heading, column),
        hint: None,
        selected: chosen == Some(column),
    });
    ColumnView {
        name: part.code().to_owned(),
        label: part.label(locale),
        options: std::iter::once(none).chain(named).collect(),
    }
}

fn group_options(chosen: Option<Group>, locale: Locale) -> Vec<OptionView> {
    let none = OptionView {
        label: t(locale, "import-group-none"),
        selected: chosen.is_none(),
        ..OptionView::default()
    };
    let groups = Group::all().into_iter().map(|group| OptionView {
        value: group.code(),
        label: group.label(locale),
        hint: None,
        selected: chosen == Some(group),
    });
    std::iter::once(none).chain(groups).collect()
}

/// The mapping again, so that what is confirmed is what was seen.
fn hidden_fields(mapping: &Mapping) -> Vec<HiddenView> {
    let field = |name, value| HiddenView { name, value };
    let mut fields = vec![field("heading", mapping.heading.to_string())];
    for (part, column) in &mapping.columns {
        fields.push(field(part.code(), column.to_string()));
    }
    if let Some(group) = mapping.group {
        fields.push(field("usual_group", group.code()));
    }
    fields
}

fn fault_view(fault: &Fault, read: &Preview, locale: Locale) -> FaultView {
    let line = read
        .table
        .lines
        .iter()
        .find(|line| line.number == fault.row);
    let who = [Part::Name, Part::Position, Part::Organisation];
    let columns = match fault.column {
        Some(column) => vec![column],
        // The row as a whole: whoever stands in it.
        None => who
            .iter()
            .filter_map(|part| read.mapping.columns.get(part).copied())
            .collect(),
    };
    let shown: Vec<&str> = columns
        .into_iter()
        .filter_map(|column| line.map(|line| line.text(column)))
        .filter(|text| !text.is_empty())
        .collect();
    let cell = match fault.column {
        Some(_) => fault.cell(),
        None => Message::new("import-row-number")
            .with("row", fault.row)
            .text(locale),
    };
    let whole = shown.join(", ");
    let mut shown: String = whole.chars().take(60).collect();
    if shown.len() < whole.len() {
        shown.push('…');
    }
    FaultView {
        cell,
        shown,
        reason: fault.message.text(locale),
    }
}

#[handler]
async fn confirm(
    SignedIn(ctx): SignedIn,
    Path((id, file)): Path<(String, String)>,
    form: Form,
) -> Result<Response> {
    let id = ForumId::parse(&id)?;
    crate::forums::get(&ctx, id, Permission::ManageForum).await?;
    let confirmed = Confirmed {
        mapping: Corrected::of(&form).mapping().unwrap_or_default(),
        seen: form.get("seen").parse().unwrap_or_default(),
        keep: form.is_on("keep"),
    };
    let count = service::confirm(&ctx, id, FileId::parse(&file)?, confirmed).await?;
    Ok(ctx.redirect_with(
        &format!("/kerja/forum/{id}/undangan"),
        FlashKind::Ok,
        &Message::new("import-done").with("count", count),
    ))
}
