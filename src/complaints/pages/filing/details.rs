//! The second page: the questions of the category, photos and papers. Files are kept as soon as they are sent, so a
//! refused answer does not cost a second upload.

use poem::{Request, Response, handler, http::StatusCode};
use serde::Serialize;

use super::{At, DETAILS, STORY, arrive, dots, faults_of, onward};
use crate::{
    access::{Ctx, Public},
    complaints::filing::{
        self, Begun, KeptFile,
        asking::{self, QuestionView},
        categories::{self, Sort},
        rules::FIELDS,
    },
    documents::size_text,
    organisation,
    platform::{
        error::{Error, FieldError, Result},
        i18n::{Locale, Message, t},
        web::{
            forms::{ErrorLine, FieldView, Form, FormView},
            pages::Page,
        },
    },
};

#[derive(Serialize)]
struct DetailsPage {
    errors: Vec<ErrorLine>,
    dots: [bool; 4],
    form: String,
    /// Of which version of the category the answers are.
    asked: i32,
    category: String,
    /// Which questions have to be answered.
    lead: String,
    questions: Vec<QuestionView>,
    files: FieldView,
    kept: Vec<KeptView>,
    files_hint: String,
    /// The page takes no more.
    full: bool,
    back_href: &'static str,
}

#[derive(Serialize)]
struct KeptView {
    id: String,
    name: String,
    size: String,
}

impl Page for DetailsPage {
    const TEMPLATE: &'static str = "filing/details";
    fn title(&self, locale: Locale) -> String {
        t(locale, "filing-details-title")
    }
}

/// Says which questions have to be answered; that nothing has to be, only where it is so.
fn lead(sort: Option<&Sort>, locale: Locale) -> String {
    let questions = sort.into_iter().flat_map(|sort| &sort.questions);
    let needed: Vec<String> = questions
        .filter(|row| row.required)
        .map(|row| format!("“{}”", row.label))
        .collect();
    match needed.is_empty() {
        true => t(locale, "filing-details-lead"),
        false => Message::new("filing-details-lead-some")
            .with("questions", needed.join(", "))
            .text(locale),
    }
}

async fn page(ctx: &Ctx, begun: &Begun, faults: &[FieldError]) -> Result<Response> {
    let locale = ctx.locale();
    let content = &begun.content;
    let unit = organisation::unit(&ctx.app.db, begun.unit).await?;
    let sort = categories::named(&ctx.app.db, unit.id, &content.category).await;
    let sort = match sort {
        Ok(sort) => sort,
        // Taken away meanwhile: the first page asks again.
        Err(Error::Invalid(faults)) => return super::story::refused(ctx, begun, &faults).await,
        Err(error) => return Err(error),
    };
    let view = FormView::new().field("files", false, 0);
    let view = asking::with_questions(view, sort.as_ref(), &content.answers, locale);
    let (mut view, errors) = view.refused(faults, locale);
    let most = ctx.app.config.filing.file_kb / 1024;
    let page = DetailsPage {
        errors,
        dots: dots(2),
        form: begun.key.clone(),
        asked: sort.as_ref().map_or(0, |sort| sort.category.version),
        lead: lead(sort.as_ref(), locale),
        category: sort
            .as_ref()
            .map_or_else(String::new, |sort| sort.category.name.clone()),
        questions: asking::questions(&mut view, sort.as_ref()),
        files: view.fields.remove("files").unwrap_or_default(),
        kept: content
            .files
            .iter()
            .map(|file| KeptView {
                id: file.id.to_string(),
                name: file.told(locale),
                size: size_text(file.size, locale),
            })
            .collect(),
        files_hint: Message::new("filing-files-hint")
            .with("number", filing::MOST_FILES)
            .with("most", most)
            .text(locale),
        full: content.files.len() >= filing::MOST_FILES,
        back_href: STORY,
    };
    let status = if faults.is_empty() {
        StatusCode::OK
    } else {
        StatusCode::UNPROCESSABLE_ENTITY
    };
    ctx.page_of(Some(&organisation::brand_of(&unit)), status, &page)
}

#[handler]
pub(super) async fn show(Public(ctx): Public, request: &Request) -> Result<Response> {
    match arrive(&ctx, request, None).await? {
        At::Elsewhere(response) => Ok(response),
        At::Here(begun) => page(&ctx, &begun, &[]).await,
    }
}

/// What became of the files of a form.
#[derive(Default)]
struct Changed {
    /// Ticked away: they go when the form is kept without them.
    removed: Vec<KeptFile>,
    new: Vec<KeptFile>,
    faults: Vec<FieldError>,
}

/// Takes out what was ticked and takes in what was sent; says what is wrong with the latter.
async fn files(ctx: &Ctx, begun: &mut Begun, form: Form) -> Result<Changed> {
    let gone: Vec<String> = form
        .all("files_remove")
        .into_iter()
        .map(str::to_owned)
        .collect();
    let (removed, stays) = std::mem::take(&mut begun.content.files)
        .into_iter()
        .partition(|file| gone.contains(&file.id.to_string()));
    begun.content.files = stays;
    let mut changed = Changed {
        removed,
        ..Changed::default()
    };
    let new = form.files.into_iter().filter(|file| file.field == "files");
    let there = begun.content.files.len();
    match filing::take_in(ctx, begun.unit, there, new.collect()).await {
        Ok(kept) => {
            begun.content.files.extend(kept.iter().cloned());
            changed.new = kept;
        }
        // Many share the network of a telephone: nothing typed is lost for that.
        Err(Error::TooMany {
            retry_after_seconds,
        }) => {
            let message =
                Message::new("filing-files-busy").with("minutes", retry_after_seconds.div_ceil(60));
            let field = "files".to_owned();
            changed.faults.push(FieldError { field, message });
        }
        Err(error) => changed.faults = faults_of(error)?,
    }
    Ok(changed)
}

/// Keeps the form, and only then lets go of files: one that names a file which is gone could not be sent.
async fn save(ctx: &Ctx, begun: &Begun, removed: Vec<KeptFile>, new: Vec<KeptFile>) -> Result<()> {
    if let Err(error) = filing::save(ctx, begun).await {
        filing::remove_files(ctx, new).await?;
        return Err(error);
    }
    filing::remove_files(ctx, removed).await
}

#[handler]
pub(super) async fn keep(Public(ctx): Public, request: &Request, form: Form) -> Result<Response> {
    let mut begun = match arrive(&ctx, request, Some(&form)).await? {
        At::Elsewhere(response) => return Ok(response),
        At::Here(begun) => begun,
    };
    let more = !form.get("more").is_empty();
    begun.content.answers = asking::answers_of(&form);
    begun.content.asked = form.get("asked").parse().unwrap_or(0);
    let Changed {
        removed,
        new,
        mut faults,
    } = files(&ctx, &mut begun, form).await?;
    let id = begun.content.category.clone();
    let sort = categories::named(&ctx.app.db, begun.unit, &id).await;
    let sort = match sort {
        Ok(sort) => sort,
        Err(error) => {
            let gone = faults_of(error)?;
            save(&ctx, &begun, removed, new).await?;
            return super::story::refused(&ctx, &begun, &gone).await;
        }
    };
    let version = sort.as_ref().map_or(0, |sort| sort.category.version);
    if version == begun.content.asked {
        let answers = sort.map(|sort| categories::answers(&sort, &begun.content, ctx.locale()));
        if let Some(Err(error)) = answers.filter(|_| !more) {
            faults.extend(faults_of(error)?);
        }
    } else {
        // The office changed its questions meanwhile: an answer must not stand behind another one.
        begun.content.answers.clear();
        let message = Message::new("filing-questions-changed");
        faults.push(FieldError {
            field: FIELDS[0].to_owned(),
            message,
        });
    }
    begun.content.detailed = faults.is_empty() && !more;
    save(&ctx, &begun, removed, new).await?;
    if !faults.is_empty() {
        return page(&ctx, &begun, &faults).await;
    }
    if more {
        return Ok(ctx.redirect(DETAILS));
    }
    Ok(onward(&ctx, &begun))
}
