//! What a citizen's program does with a complaint that was filed: number and access code open it, as on the status page.
//! And what a form can ask, and the files of a case for the staff.

use poem_openapi::{
    Enum, Multipart, Object, OpenApi,
    param::{Header, Path},
    payload::{Binary, Json, Response},
    types::multipart::Upload,
};

use super::{
    answers::{ComplaintProgress, progress},
    bodies::{CitizenText, NewContact, NewVerdict, NewsChoice},
    outcome::Done,
};
use crate::{
    access::{Ctx, Public, Token},
    complaints::{
        ComplaintId,
        filing::{
            self, Asked, ContactField,
            categories::{self, Sort},
            rules::QuestionKind,
        },
        handling, tracking, trail, words,
    },
    documents::{FileId, uploads},
    organisation,
    platform::{
        error::{Error, Result},
        i18n::Message,
        web::{body::Body, forms, tags::Tag},
    },
};

pub struct CitizenApi;

/// Photos and papers of the citizen.
#[derive(Debug, Multipart)]
struct CitizenFiles {
    /// JPEG, PNG, WebP or PDF, at most five at once. Place and camera are removed from photos.
    files: Vec<Upload>,
}

/// How a question is answered.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[oai(rename = "ComplaintQuestionKind", rename_all = "snake_case")]
enum AnswerKind {
    Text,
    /// One of `choices`.
    Choice,
    /// `YYYY-MM-DD`.
    Date,
    /// `yes` or `no`.
    YesNo,
}

/// What a category asks.
#[derive(Object)]
#[oai(rename = "ComplaintQuestion")]
struct CategoryQuestion {
    label: String,
    kind: AnswerKind,
    required: bool,
    choices: Vec<String>,
}

/// What a complaint can be about.
#[derive(Object)]
#[oai(rename = "ComplaintCategory")]
struct Category {
    id: String,
    name: String,
    /// In the order of `answers`.
    questions: Vec<CategoryQuestion>,
}

/// What happens next with another address.
#[derive(Object)]
#[oai(rename = "ComplaintContactAsked")]
struct ContactAsked {
    /// So many addresses got a link, and all of them have to agree. 0: nobody could be asked, it holds at once.
    links: usize,
}

/// The categories that a unit offers.
#[derive(Object)]
#[oai(rename = "ComplaintCategories")]
struct Categories {
    items: Vec<Category>,
}

type Code = Header<Option<String>>;

/// Opens a complaint by number and code, as the status page does.
async fn opened(ctx: &Ctx, number: &str, code: Code) -> Result<ComplaintId> {
    let of = tracking::open(ctx, number, &code.0.unwrap_or_default()).await?;
    Ok(of.id)
}

async fn done(
    ctx: &Ctx,
    id: ComplaintId,
    outcome: Result<()>,
) -> poem::Result<Json<ComplaintProgress>> {
    outcome?;
    Ok(Json(progress(ctx, id).await?))
}

/// Said twice, or while the office went on: the citizen reads where it stands, not what an officer has to do first. The
/// code stays.
async fn in_their_words(ctx: &Ctx, id: ComplaintId, error: Error) -> Result<Error> {
    let Error::Rule {
        code: code @ "complaint.transition",
        ..
    } = error
    else {
        return Ok(error);
    };
    let kind = tracking::read(ctx, id).await?.complaint.kind;
    let said = Message::new(tracking::gone_on(ctx, id).await?)
        .with("voice", words::kind(kind, ctx.locale()))
        .with("called", words::called(kind, ctx.locale()));
    Ok(Error::rule(code, said))
}

#[OpenApi(tag = "Tag::Complaints")]
impl CitizenApi {
    /// List what complaints can be about
    ///
    /// Needs no token. The questions of each category are answered in `answers` when a complaint is filed.
    #[oai(
        path = "/units/:code/complaint-categories",
        method = "get",
        operation_id = "listComplaintCategories"
    )]
    async fn categories(
        &self,
        Public(ctx): Public,
        Path(code): Path<String>,
    ) -> poem::Result<Json<Categories>> {
        let db = &ctx.app.db;
        let unit = organisation::unit_by_code(db, &code).await?;
        let mut items = Vec::new();
        for (id, _) in categories::offered(db, unit.id).await? {
            let sort = categories::named(db, unit.id, &id).await?;
            items.extend(sort.map(Category::from));
        }
        Ok(Json(Categories { items }))
    }

    /// Write to the office
    ///
    /// For the citizen, with number and access code. A complaint that waited for what was missing goes on.
    #[oai(
        path = "/complaints/:number/status/messages",
        method = "post",
        operation_id = "writeToOffice"
    )]
    async fn write(
        &self,
        Public(ctx): Public,
        Path(number): Path<String>,
        #[oai(name = "X-Access-Code")] code: Header<Option<String>>,
        Body(new): Body<CitizenText>,
    ) -> poem::Result<Json<ComplaintProgress>> {
        let id = opened(&ctx, &number, code).await?;
        done(&ctx, id, tracking::write(&ctx, id, &new.text).await).await
    }

    /// Add photos or papers
    ///
    /// For the citizen, with number and access code. Nobody opens a file before it was looked at.
    #[oai(
        path = "/complaints/:number/status/attachments",
        method = "post",
        operation_id = "addCitizenAttachments"
    )]
    async fn attach(
        &self,
        Public(ctx): Public,
        Path(number): Path<String>,
        #[oai(name = "X-Access-Code")] code: Header<Option<String>>,
        form: CitizenFiles,
    ) -> poem::Result<Json<ComplaintProgress>> {
        let id = opened(&ctx, &number, code).await?;
        let mut files = Vec::new();
        for file in form.files {
            let name = file.file_name().unwrap_or("berkas").to_owned();
            let bytes = file.into_vec().await.map_err(|error| Error::BadRequest {
                code: "unreadable_body",
                detail: error.to_string(),
            })?;
            let field = "files".to_owned();
            files.push(forms::Upload { field, name, bytes });
        }
        let added = tracking::add_files(&ctx, id, files).await;
        done(&ctx, id, added.map(drop)).await
    }

    /// Say whether an answer helped
    ///
    /// For the citizen, with number and access code. It helped: the complaint is closed. It did not: it is opened
    /// again, and a new deadline runs.
    #[oai(
        path = "/complaints/:number/status/verdict",
        method = "post",
        operation_id = "judgeAnswer"
    )]
    async fn judge(
        &self,
        Public(ctx): Public,
        Path(number): Path<String>,
        #[oai(name = "X-Access-Code")] code: Header<Option<String>>,
        Body(new): Body<NewVerdict>,
    ) -> poem::Result<Json<ComplaintProgress>> {
        let id = opened(&ctx, &number, code).await?;
        let outcome = if new.helped {
            tracking::helped(&ctx, id).await
        } else {
            tracking::not_helped(&ctx, id, &new.reason.unwrap_or_default()).await
        };
        let outcome = match outcome {
            Err(error) => Err(in_their_words(&ctx, id, error).await?),
            done => done,
        };
        done(&ctx, id, outcome).await
    }

    /// Withdraw a complaint
    ///
    /// For the citizen, with number and access code.
    #[oai(
        path = "/complaints/:number/status/withdraw",
        method = "post",
        operation_id = "withdrawOwnComplaint"
    )]
    async fn withdraw(
        &self,
        Public(ctx): Public,
        Path(number): Path<String>,
        #[oai(name = "X-Access-Code")] code: Header<Option<String>>,
        Body(new): Body<CitizenText>,
    ) -> poem::Result<Json<ComplaintProgress>> {
        let id = opened(&ctx, &number, code).await?;
        let outcome = tracking::withdraw(&ctx, id, &new.text).await;
        done(&ctx, id, outcome.map_err(|error| error.on_field("text"))).await
    }

    /// Ask for another address
    ///
    /// For the citizen, with number and access code. The code alone must not turn news away to somebody else: the known
    /// and the new address each get a link, and nothing changes before both agreed.
    #[oai(
        path = "/complaints/:number/status/contact",
        method = "post",
        operation_id = "changeOwnContact"
    )]
    async fn contact(
        &self,
        Public(ctx): Public,
        Path(number): Path<String>,
        #[oai(name = "X-Access-Code")] code: Header<Option<String>>,
        Body(new): Body<NewContact>,
    ) -> poem::Result<Json<ContactAsked>> {
        let id = opened(&ctx, &number, code).await?;
        let (field, typed) = match (new.email, new.phone) {
            (Some(email), None) => (ContactField::Email, email),
            (None, Some(phone)) => (ContactField::Phone, phone),
            _ => {
                let message = Message::new("filing-contact-one-of");
                return Err(Error::field("email", message).into());
            }
        };
        let asked = filing::ask_change(&ctx, id, field, &typed).await;
        let links = match asked.map_err(|error| error.renamed(as_typed))? {
            Asked::Links(count) => count,
            Asked::Done => 0,
        };
        Ok(Json(ContactAsked { links }))
    }

    /// Choose whether to get mails
    ///
    /// For the citizen, with number and access code.
    #[oai(
        path = "/complaints/:number/status/news",
        method = "post",
        operation_id = "chooseOwnNews"
    )]
    async fn news(
        &self,
        Public(ctx): Public,
        Path(number): Path<String>,
        #[oai(name = "X-Access-Code")] code: Header<Option<String>>,
        Body(new): Body<NewsChoice>,
    ) -> poem::Result<Done> {
        let id = opened(&ctx, &number, code).await?;
        filing::set_quiet(&ctx, id, !new.wanted).await?;
        Ok(Done::Done)
    }

    /// Download a file of a complaint
    ///
    /// For the staff; every look is written down. What waits or is sealed answers 422.
    #[oai(
        path = "/complaints/:number/attachments/:id",
        method = "get",
        operation_id = "downloadComplaintAttachment"
    )]
    async fn download(
        &self,
        Token(ctx): Token,
        Path(number): Path<String>,
        Path(id): Path<String>,
    ) -> poem::Result<Response<Binary<Vec<u8>>>> {
        let id = FileId::parse(&id)?;
        handling::require_file(&ctx, &number, id).await?;
        let file = uploads::get(&ctx.app.db, id).await?;
        let bytes = uploads::bytes(&ctx.app, &file).await?;
        trail::note_opened(&ctx, &number, &file.name).await?;
        Ok(Response::new(Binary(bytes))
            .header("content-type", file.content_type.as_str())
            .header("content-disposition", "attachment"))
    }
}

/// The body's fields are called `email` and `phone`.
fn as_typed(field: String) -> String {
    match field.strip_prefix("new_") {
        Some(rest) => rest.to_owned(),
        None => field,
    }
}

impl From<Sort> for Category {
    fn from(sort: Sort) -> Self {
        let questions = sort.asked().into_iter().map(|one| CategoryQuestion {
            label: one.label,
            kind: match one.kind {
                QuestionKind::Text => AnswerKind::Text,
                QuestionKind::Choice => AnswerKind::Choice,
                QuestionKind::Date => AnswerKind::Date,
                QuestionKind::YesNo => AnswerKind::YesNo,
            },
            required: one.required,
            choices: one.choices,
        });
        Self {
            questions: questions.collect(),
            id: sort.category.id.to_string(),
            name: sort.category.name,
        }
    }
}
