//! Use cases of agreed points: write, reorder, take away, name the inputs they take up.

use super::{
    agreeing,
    entity::{AgreedPointId, agreed_point, berita_acara},
    rules,
    service::{draft, record},
    signed_text,
    store::{self, Point},
};
use crate::{
    access::{Ctx, Permission},
    attendance,
    forums::{self, ForumId, ForumInput, ForumInputId},
    platform::{
        db::Tx,
        error::{Error, FieldError, Result},
        i18n::Message,
    },
};

/// A point as typed; already checked.
#[derive(Clone, Debug)]
pub struct NewPoint {
    pub text: String,
    pub inputs: Vec<ForumInputId>,
    /// Somebody looked at what seems to tell who a person is, and says that everybody may read it.
    pub looked: bool,
    /// The field beside the inputs that it was written in. They are then expected to be no point yet: of two who write
    /// beside the same input, the second is told.
    pub beside: Option<String>,
}

/// Where a point goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Direction {
    Up,
    Down,
}

/// The points, by their number, that repeat an input and of which nobody said that they are meant so.
pub(super) fn still_inputs(points: &[Point], inputs: &[ForumInput]) -> Vec<usize> {
    let texts: Vec<&str> = points.iter().map(|point| point.row.text.as_str()).collect();
    let asked: Vec<&str> = inputs.iter().map(|input| input.text.as_str()).collect();
    let mut numbers = rules::still_inputs(&texts, &asked);
    let meant = |number: usize| points.get(number - 1).map(|point| point.row.meant_so);
    numbers.retain(|number| meant(*number) != Some(true));
    numbers
}

/// Inputs of another forum are none of this one's.
fn known_inputs(inputs: &[ForumInput], wanted: &[ForumInputId]) -> Result<()> {
    let known = |id: &ForumInputId| inputs.iter().any(|input| input.id == *id);
    if wanted.iter().all(known) {
        return Ok(());
    }
    Err(Error::Invalid(vec![FieldError {
        field: "inputs".to_owned(),
        message: Message::new("field-unknown-choice"),
    }]))
}

/// Refuses what was written beside an input of which somebody made another point meanwhile, and names that point.
fn already_taken(points: &[Point], inputs: &[ForumInput], new: &[NewPoint]) -> Result<()> {
    let mut faults = Vec::new();
    for one in new {
        let Some(field) = &one.beside else { continue };
        let taken = points.iter().find_map(|point| {
            let mut both = one.inputs.iter();
            let input = both.find(|input| point.inputs.contains(input))?;
            (point.row.text != one.text).then_some((point, input))
        });
        let Some((point, input)) = taken else {
            continue;
        };
        let code = inputs.iter().find(|known| known.id == *input);
        let message = Message::new("berita-acara-input-taken")
            .with("code", code.map_or("", |known| known.code.as_str()))
            .with("number", point.row.position)
            .with("text", point.row.text.as_str());
        faults.push(FieldError {
            field: field.clone(),
            message,
        });
    }
    match faults.is_empty() {
        true => Ok(()),
        false => Err(Error::Invalid(faults)),
    }
}

/// Adds points below those that are there, all or none; gives how many are new. A text that is a point already takes up the
/// inputs too: the same form sent twice writes each once.
pub async fn add_points(ctx: &Ctx, id: ForumId, new: Vec<NewPoint>) -> Result<usize> {
    let forum = forums::get(ctx, id, Permission::ManageForum).await?;
    let tx = ctx.app.db.begin_write().await?;
    let head = signed_text::open(&tx, ctx, &forum).await?;
    let wanted: Vec<ForumInputId> = new.iter().flat_map(|one| one.inputs.clone()).collect();
    let inputs = forums::inputs(&tx, &forum).await?;
    known_inputs(&inputs, &wanted)?;
    let points = store::points(&tx, head.id).await?;
    // A point that a correction took away and somebody writes again is the same point: its action answers it still.
    let before = match head.amends {
        Some(old) => store::points(&tx, old).await?,
        None => Vec::new(),
    };
    let gone = |text: &str| {
        let mut same = before.iter().filter(|point| point.row.text == text);
        let there = |point: &&Point| {
            points
                .iter()
                .any(|one| one.row.root_id == point.row.root_id)
        };
        same.find(|point| !there(point))
            .map(|point| point.row.root_id)
    };
    already_taken(&points, &inputs, &new)?;
    for one in &new {
        agreeing::point_fits(&one.text, one.beside.as_deref().unwrap_or("text"))?;
    }
    let texts: Vec<&str> = new.iter().map(|one| one.text.as_str()).collect();
    let looked = new.iter().all(|one| one.looked);
    attendance::look_first(&tx, &forum, &texts, looked).await?;
    let mut position = points.last().map_or(0, |point| point.row.position);
    let mut added = 0;
    for one in new {
        if let Some(same) = points.iter().find(|point| point.row.text == one.text) {
            let mut inputs = same.inputs.clone();
            inputs.extend(one.inputs.iter().filter(|id| !same.inputs.contains(id)));
            store::set_inputs(&tx, &same.row, &inputs).await?;
            continue;
        }
        position += 1;
        added += 1;
        let id = AgreedPointId::new();
        let row = agreed_point::Model {
            id,
            unit_id: head.unit_id,
            berita_acara_id: head.id,
            position,
            meant_so: false,
            root_id: gone(&one.text).unwrap_or(id),
            text: one.text,
            version: 1,
        };
        store::insert_point(&tx, row.clone()).await?;
        store::set_inputs(&tx, &row, &one.inputs).await?;
        noted(&tx, ctx, &head, id, "agreed_point.added").await?;
    }
    tx.commit().await?;
    Ok(added)
}

/// A point of the draft; one of another record does not exist here.
async fn of_draft(
    tx: &Tx,
    head: &berita_acara::Model,
    id: AgreedPointId,
) -> Result<agreed_point::Model> {
    let point = store::point(tx, id).await?;
    if point.berita_acara_id == head.id {
        Ok(point)
    } else {
        Err(Error::NotFound)
    }
}

fn same_version(point: &agreed_point::Model, seen: i32) -> Result<()> {
    if point.version == seen {
        return Ok(());
    }
    Err(Error::Conflict {
        code: "changed_meanwhile",
    })
}

pub async fn change_point(
    ctx: &Ctx,
    id: ForumId,
    point: AgreedPointId,
    new: NewPoint,
    version: i32,
) -> Result<()> {
    let forum = forums::get(ctx, id, Permission::ManageForum).await?;
    let tx = ctx.app.db.begin_write().await?;
    let head = signed_text::open(&tx, ctx, &forum).await?;
    known_inputs(&forums::inputs(&tx, &forum).await?, &new.inputs)?;
    let point = of_draft(&tx, &head, point).await?;
    same_version(&point, version)?;
    agreeing::point_fits(&new.text, "text")?;
    let looked = new.looked || new.text == point.text;
    attendance::look_first(&tx, &forum, &[&new.text], looked).await?;
    store::save_point(&tx, &point, point.position, new.text).await?;
    store::set_inputs(&tx, &point, &new.inputs).await?;
    noted(&tx, ctx, &head, point.id, "agreed_point.changed").await?;
    tx.commit().await?;
    Ok(())
}

/// Says that a point means what its input says: the lock asks for it. The words stay, so what was signed stays too.
pub async fn mean_so(ctx: &Ctx, id: ForumId, point: AgreedPointId, version: i32) -> Result<()> {
    let forum = forums::get(ctx, id, Permission::ManageForum).await?;
    let tx = ctx.app.db.begin_write().await?;
    let head = draft(&tx, ctx, &forum).await?;
    let point = of_draft(&tx, &head, point).await?;
    same_version(&point, version)?;
    store::set_meant_so(&tx, &point).await?;
    noted(&tx, ctx, &head, point.id, "agreed_point.meant_so").await?;
    tx.commit().await?;
    Ok(())
}

pub async fn move_point(
    ctx: &Ctx,
    id: ForumId,
    point: AgreedPointId,
    direction: Direction,
) -> Result<()> {
    let forum = forums::get(ctx, id, Permission::ManageForum).await?;
    let tx = ctx.app.db.begin_write().await?;
    let head = signed_text::open(&tx, ctx, &forum).await?;
    let mut order: Vec<AgreedPointId> = store::points(&tx, head.id)
        .await?
        .iter()
        .map(|point| point.row.id)
        .collect();
    let at = order
        .iter()
        .position(|other| *other == point)
        .ok_or(Error::NotFound)?;
    match direction {
        Direction::Up if at > 0 => order.swap(at, at - 1),
        Direction::Down if at + 1 < order.len() => order.swap(at, at + 1),
        Direction::Up | Direction::Down => return Ok(()),
    }
    store::renumber(&tx, &order).await?;
    noted(&tx, ctx, &head, point, "agreed_point.moved").await?;
    tx.commit().await?;
    Ok(())
}

pub async fn remove_point(
    ctx: &Ctx,
    id: ForumId,
    point: AgreedPointId,
    version: i32,
) -> Result<()> {
    let forum = forums::get(ctx, id, Permission::ManageForum).await?;
    let tx = ctx.app.db.begin_write().await?;
    let head = signed_text::open(&tx, ctx, &forum).await?;
    let point = of_draft(&tx, &head, point).await?;
    same_version(&point, version)?;
    store::delete_point(&tx, point.id).await?;
    let order: Vec<AgreedPointId> = store::points(&tx, head.id)
        .await?
        .iter()
        .map(|point| point.row.id)
        .collect();
    store::renumber(&tx, &order).await?;
    noted(&tx, ctx, &head, point.id, "agreed_point.removed").await?;
    tx.commit().await?;
    Ok(())
}

async fn noted(
    tx: &Tx,
    ctx: &Ctx,
    head: &berita_acara::Model,
    point: AgreedPointId,
    verb: &'static str,
) -> Result<()> {
    record(tx, ctx, head, verb, serde_json::json!({ "point": point })).await
}
