//! By what an action is measured: chosen by its owners on its page.

use poem::{
    Response, handler,
    web::{Data, Path},
};
use serde::Serialize;

use super::{show, steps};
use crate::{
    access::{Ctx, Permission, Place, SignedIn},
    action_plans::{
        ActionItem, Measurable, MeasureChoices, MeasureKind,
        measures::{self, measures_of},
    },
    platform::{
        error::{Error, Result},
        i18n::{Locale, t},
        web::forms::Form,
    },
};

/// What is chosen, and for who may choose what else there is.
#[derive(Serialize)]
pub struct Measuring {
    chosen: Vec<ChosenView>,
    may_choose: bool,
    /// Values and labels of the field.
    #[serde(skip)]
    pub choices: Vec<(String, String)>,
}

#[derive(Serialize)]
struct ChosenView {
    value: String,
    kind_label: String,
    name: String,
}

impl MeasureKind {
    fn label_key(self) -> &'static str {
        match self {
            Self::Element => "action-measure-element",
            Self::Category => "action-measure-category",
            Self::Service => "action-measure-service",
        }
    }
}

fn may_choose(ctx: &Ctx, item: &ActionItem) -> bool {
    let place = Place {
        unit: item.unit_id,
        division: item.division_id,
    };
    measures::may_measure(item.status).is_ok() && ctx.may(Permission::ReportProgress, place)
}

pub async fn view(ctx: &Ctx, item: &ActionItem, choices: MeasureChoices) -> Result<Measuring> {
    let locale = ctx.locale();
    let offered = choices(ctx, item.unit_id).await?;
    let chosen = measures_of(&ctx.app.db, item.id).await?;
    let is_chosen = |one: &Measurable| {
        chosen
            .iter()
            .any(|(kind, id)| *kind == one.kind && *id == one.id)
    };
    let name = |kind: MeasureKind, id: &str| {
        let mut same = offered.iter();
        let same = same.find(|one| one.kind == kind && one.id == id);
        // Taken out of the list since: what was chosen stays, by its id.
        same.map_or_else(|| id.to_owned(), |one| one.name.clone())
    };
    let none = (String::new(), t(locale, "action-measure-none"));
    let left = offered.iter().filter(|one| !is_chosen(one));
    let left = left.map(|one| (value(one.kind, &one.id), label(one, locale)));
    Ok(Measuring {
        chosen: chosen
            .iter()
            .map(|(kind, id)| ChosenView {
                value: value(*kind, id),
                kind_label: t(locale, kind.label_key()),
                name: name(*kind, id),
            })
            .collect(),
        may_choose: may_choose(ctx, item),
        choices: std::iter::once(none).chain(left).collect(),
    })
}

fn label(one: &Measurable, locale: Locale) -> String {
    format!("{} · {}", t(locale, one.kind.label_key()), one.name)
}

fn value(kind: MeasureKind, id: &str) -> String {
    format!("{}:{id}", kind.code())
}

/// `element:time`, as the choices are named.
fn named(text: &str) -> Option<(MeasureKind, &str)> {
    let (kind, id) = text.split_once(':')?;
    Some((MeasureKind::parse(kind)?, id))
}

#[handler]
pub async fn choose(
    SignedIn(ctx): SignedIn,
    Path(id): Path<String>,
    Data(choices): Data<&MeasureChoices>,
    form: Form,
) -> Result<Response> {
    let id = steps::allowed(&ctx, &id, Permission::ReportProgress).await?;
    // Nothing chosen and something that is gone are answered alike: choose one of the list.
    let wanted = named(form.get("measure")).unwrap_or((MeasureKind::Element, ""));
    let done = measures::choose(&ctx, id, *choices, wanted).await;
    if let Err(Error::Invalid(faults)) = &done {
        return show::again_measuring(&ctx, id, (&form, faults.as_slice()), *choices).await;
    }
    steps::answered(&ctx, id, &form, done, "action-measure-added").await
}

#[handler]
pub async fn leave(
    SignedIn(ctx): SignedIn,
    Path(id): Path<String>,
    Data(choices): Data<&MeasureChoices>,
    form: Form,
) -> Result<Response> {
    let id = steps::allowed(&ctx, &id, Permission::ReportProgress).await?;
    let wanted = named(form.get("measure")).ok_or(Error::NotFound)?;
    let done = measures::leave(&ctx, id, *choices, wanted).await;
    steps::answered(&ctx, id, &form, done, "action-measure-removed").await
}
