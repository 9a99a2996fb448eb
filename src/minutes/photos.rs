//! Use cases of photos: several at once, each with a caption, in an order, public only where somebody
//! said so.

use super::{
    entity::{PhotoId, photo},
    service::must_be_open,
    store,
};
use crate::{
    access::{Ctx, Permission},
    audit, berita_acara,
    documents::photos::{self, Ready},
    forums::{self, Forum, ForumId, Stage},
    platform::{
        db::Tx,
        error::{Error, Result},
        i18n::Message,
        pictures::NoPicture,
        traces,
        web::forms::Upload,
    },
};

/// More than any report shows; a form that sends more was not made by a person.
const MOST_PHOTOS: usize = 60;

/// Where a photo goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Direction {
    Up,
    Down,
}

/// What became of the files of one form.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Added {
    pub kept: usize,
    /// Handed in before; kept once.
    pub known: usize,
    /// Names of files that are no photos, each with the reason.
    pub refused: Vec<(String, NoPicture)>,
}

/// Takes photos in. Those that are none are named, the others stay.
pub async fn add(ctx: &Ctx, id: ForumId, files: Vec<Upload>) -> Result<Added> {
    let forum = forums::work_at(ctx, id, Permission::TakeNotes).await?;
    if files.is_empty() {
        return Err(Error::field(
            "photos",
            Message::new("minutes-photos-choose"),
        ));
    }
    let there = store::photos(&ctx.app.db, id).await?;
    if there.len() + files.len() > MOST_PHOTOS {
        let message = Message::new("minutes-photos-too-many").with("max", MOST_PHOTOS);
        return Err(Error::field("photos", message));
    }
    // Before anything is kept, so that nothing of a refused form stays behind.
    let mut looked = Vec::with_capacity(files.len());
    for file in files {
        looked.push(photos::looked(&ctx.app, "photos", file).await?);
    }
    let mut added = Added::default();
    let mut ready: Vec<Ready> = Vec::new();
    for file in looked {
        let known = |seen: &str| seen == file.source;
        if there.iter().any(|row| known(&row.source_sha256))
            || ready.iter().any(|one| known(&one.source))
        {
            added.known += 1;
            continue;
        }
        let name = file.name.clone();
        match file.kept(&ctx.app).await? {
            Ok(one) => ready.push(one),
            Err(reason) => added.refused.push((name, reason)),
        }
    }
    let tx = ctx.app.db.begin_write().await?;
    forums::hold(&tx, id).await?;
    must_be_open(&tx, id).await?;
    // Read again: the same form may have been sent twice.
    let there = store::photos(&tx, id).await?;
    let mut position = there.last().map_or(0, |row| row.position);
    for one in ready {
        if there.iter().any(|row| row.source_sha256 == one.source) {
            added.known += 1;
            continue;
        }
        position += 1;
        insert(&tx, ctx, &forum, one, position).await?;
        added.kept += 1;
    }
    tx.commit().await?;
    Ok(added)
}

async fn insert(tx: &Tx, ctx: &Ctx, forum: &Forum, one: Ready, position: i32) -> Result<()> {
    let row = photo::Model {
        id: PhotoId::new(),
        unit_id: forum.unit_id,
        forum_id: forum.id,
        position,
        caption: String::new(),
        publishable: false,
        file_key: one.key,
        content_type: one.content_type,
        width: one.width,
        height: one.height,
        size: one.size,
        source_sha256: one.source,
        version: 1,
        created_at: ctx.now,
    };
    let id = row.id;
    store::insert_photo(tx, row).await?;
    noted(tx, ctx, forum, id, "forum.photo_added").await
}

async fn noted(
    tx: &Tx,
    ctx: &Ctx,
    forum: &Forum,
    photo: PhotoId,
    verb: &'static str,
) -> Result<()> {
    let entry = audit::Entry::new("forum", forum.id.0, verb)
        .in_unit(forum.unit_id)
        .with(serde_json::json!({ "photo": photo }));
    audit::record(tx, ctx, entry).await
}

/// A caption and whether everybody may see the photo.
pub async fn describe(
    ctx: &Ctx,
    id: ForumId,
    photo: PhotoId,
    caption: String,
    publishable: bool,
    seen: i32,
) -> Result<()> {
    let forum = forums::work_at(ctx, id, Permission::TakeNotes).await?;
    let tx = ctx.app.db.begin_write().await?;
    let row = store::photo(&tx, id, photo).await?;
    // What is final keeps its captions; whether it is shown to everybody may be taken back at any time.
    if row.caption != caption {
        forums::hold(&tx, id).await?;
        must_be_open(&tx, id).await?;
        traces::refuse_identity_numbers([("caption", caption.as_str())])?;
        let wrong = berita_acara::wrong_weekdays(&caption);
        if !wrong.is_empty() {
            let message = Message::new("berita-acara-weekday-wrong");
            let message = message.with("words", wrong.join("; "));
            return Err(Error::field("caption", message));
        }
    }
    store::save_photo(&tx, row.id, seen, caption, publishable).await?;
    noted(&tx, ctx, &forum, photo, "forum.photo_described").await?;
    tx.commit().await?;
    Ok(())
}

pub async fn move_photo(
    ctx: &Ctx,
    id: ForumId,
    photo: PhotoId,
    direction: Direction,
) -> Result<()> {
    let forum = forums::work_at(ctx, id, Permission::TakeNotes).await?;
    let tx = ctx.app.db.begin_write().await?;
    forums::hold(&tx, id).await?;
    must_be_open(&tx, id).await?;
    let rows = store::photos(&tx, id).await?;
    let mut order: Vec<PhotoId> = rows.iter().map(|row| row.id).collect();
    let at = order.iter().position(|other| *other == photo);
    let at = at.ok_or(Error::NotFound)?;
    match direction {
        Direction::Up if at > 0 => order.swap(at, at - 1),
        Direction::Down if at + 1 < order.len() => order.swap(at, at + 1),
        Direction::Up | Direction::Down => return Ok(()),
    }
    store::order_photos(&tx, &order).await?;
    noted(&tx, ctx, &forum, photo, "forum.photo_moved").await?;
    tx.commit().await?;
    Ok(())
}

/// Takes a photo away. The row goes first: bytes that nothing names are harmless.
pub async fn remove(ctx: &Ctx, id: ForumId, photo: PhotoId, seen: i32) -> Result<()> {
    let forum = forums::work_at(ctx, id, Permission::TakeNotes).await?;
    let tx = ctx.app.db.begin_write().await?;
    forums::hold(&tx, id).await?;
    must_be_open(&tx, id).await?;
    let row = store::photo(&tx, id, photo).await?;
    if row.version != seen {
        return Err(store::CHANGED);
    }
    store::delete_photo(&tx, row.id).await?;
    let rows = store::photos(&tx, id).await?;
    let order: Vec<PhotoId> = rows.iter().map(|row| row.id).collect();
    store::order_photos(&tx, &order).await?;
    noted(&tx, ctx, &forum, photo, "forum.photo_removed").await?;
    tx.commit().await?;
    ctx.app.files.delete(&row.file_key).await?;
    Ok(())
}

/// The photos of a forum for who may see the forum.
pub async fn list(ctx: &Ctx, id: ForumId) -> Result<(Forum, Vec<photo::Model>)> {
    let forum = forums::get(ctx, id, Permission::ViewForums).await?;
    let rows = store::photos(&ctx.app.db, id).await?;
    Ok((forum, rows))
}

/// The bytes of a photo for who may see the forum.
pub async fn picture(ctx: &Ctx, id: ForumId, photo: PhotoId) -> Result<(String, Vec<u8>)> {
    forums::get(ctx, id, Permission::ViewForums).await?;
    let row = store::photo(&ctx.app.db, id, photo).await?;
    let bytes = ctx.app.files.get(&row.file_key).await?;
    Ok((row.content_type, bytes))
}

/// A photo as everybody may see it.
#[derive(Clone, Debug)]
pub struct PublicPhoto {
    pub href: String,
    pub caption: String,
    pub width: i32,
    pub height: i32,
}

/// The photos that somebody released, of a forum that is announced.
pub async fn published(ctx: &Ctx, forum: &Forum) -> Result<Vec<PublicPhoto>> {
    let rows = store::photos(&ctx.app.db, forum.id).await?;
    let shown = rows
        .into_iter()
        .filter(|row| row.publishable && !row.caption.is_empty());
    let photos = shown.map(|row| PublicPhoto {
        href: format!("/forum/{}/foto/{}", forum.id, row.id),
        caption: row.caption,
        width: row.width,
        height: row.height,
    });
    Ok(photos.collect())
}

/// The bytes of a released photo for everybody; any other does not exist.
pub async fn public_picture(ctx: &Ctx, id: ForumId, photo: PhotoId) -> Result<(String, Vec<u8>)> {
    let forum = forums::by_id(&ctx.app.db, id).await?;
    let row = store::photo(&ctx.app.db, id, photo).await?;
    let shown = row.publishable && !row.caption.is_empty() && forum.stage > Stage::Preparation;
    if !shown {
        return Err(Error::NotFound);
    }
    let bytes = ctx.app.files.get(&row.file_key).await?;
    Ok((row.content_type, bytes))
}
