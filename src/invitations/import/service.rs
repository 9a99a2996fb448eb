//! Use cases of the import. The uploaded file is kept between the steps, and confirming it uses it up: pressed
//! twice, or in two tabs, the list gets its people once.

use std::sync::Arc;

use super::{
    mapping::{self, Mapping},
    notices::{self, Notice},
    rows::{Accepted, Known, Reading, read_rows},
};
use crate::{
    access::{Ctx, Permission},
    audit, contacts,
    documents::{FileId, UploadedFile, uploads},
    forums::{self, Forum, ForumId},
    invitations::{
        Recipient,
        list_open::refuse_more,
        recipient_list::{append, contact_of, spelled},
        service, store,
    },
    platform::{
        db::Tx,
        error::{Error, Result},
        i18n::Message,
        sheets::{self, Line, Table},
    },
};

/// What the organiser looks at before confirming.
pub struct Preview {
    pub file: UploadedFile,
    pub table: Arc<Table>,
    pub mapping: Mapping,
    pub reading: Reading,
}

/// Reading ten thousand rows takes a while: not on the threads that answer others.
async fn table_of(ctx: &Ctx, bytes: Vec<u8>) -> Result<Arc<Table>> {
    let most = usize::try_from(ctx.app.config.forum.import_rows).unwrap_or(usize::MAX);
    let read = tokio::task::spawn_blocking(move || sheets::read_first(&bytes, most));
    let read = read.await.map_err(anyhow::Error::from)?;
    let table = read.map_err(|why| Error::field("file", why.message()))?;
    match people_beyond(&table, most) {
        Some(found) => Err(Error::field("file", sheets::too_long(found, most))),
        None => Ok(Arc::new(table)),
    }
}

/// How many rows of people a file has, where they are too many; titles and headings are none.
fn people_beyond(table: &Table, most: usize) -> Option<usize> {
    if table.lines.len() <= most {
        return None;
    }
    let heading = mapping::guess(table).heading;
    let above = |line: &&Line| line.number <= heading;
    let above = table.lines.iter().take_while(above).count();
    Some(table.lines.len() + table.beyond - above).filter(|found| *found > most)
}

async fn reading_of(table: &Arc<Table>, mapping: &Mapping, list: &[Recipient]) -> Result<Reading> {
    let known = Known::of(list);
    let (table, mapping) = (table.clone(), mapping.clone());
    let read = tokio::task::spawn_blocking(move || read_rows(&table, &mapping, &known));
    Ok(read.await.map_err(anyhow::Error::from)?)
}

/// Takes in a file that can be read as a table; what cannot is refused with the reason.
pub async fn upload(ctx: &Ctx, id: ForumId, name: &str, bytes: Vec<u8>) -> Result<FileId> {
    let forum = writable(ctx, id).await?;
    if bytes.len() > ctx.app.config.http.max_upload {
        return Err(Error::TooLarge {
            limit_bytes: ctx.app.config.http.max_upload,
        });
    }
    table_of(ctx, bytes.clone()).await?;
    uploads::store_table(ctx, forum.unit_id, name, bytes).await
}

/// A forum whose list may still change.
pub async fn writable(ctx: &Ctx, id: ForumId) -> Result<Forum> {
    let bundle = service::bundle(ctx, id, Permission::ManageForum).await?;
    crate::invitations::rules::may_change(bundle.state())?;
    forums::may_call_in(&bundle.forum, bundle.zone, ctx.now)?;
    Ok(bundle.forum)
}

/// Reads a file that was taken in; without a mapping, with the guessed one.
pub async fn look(
    ctx: &Ctx,
    forum: &Forum,
    file: FileId,
    mapping: Option<Mapping>,
) -> Result<Preview> {
    let file = uploads::unused(&ctx.app, forum.unit_id, file).await?;
    let table = table_of(ctx, uploads::bytes(&ctx.app, &file).await?).await?;
    let mapping = mapping.unwrap_or_else(|| mapping::guess(&table));
    let list = store::recipients(&ctx.app.db, forum).await?;
    let reading = if mapping.names_somebody() {
        reading_of(&table, &mapping, &list).await?
    } else {
        Reading::default()
    };
    Ok(Preview {
        file,
        table,
        mapping,
        reading,
    })
}

/// What the organiser confirmed.
pub struct Confirmed {
    pub mapping: Mapping,
    /// How many rows the organiser saw as good: another number was not confirmed.
    pub seen: usize,
    /// Whether the book of contacts keeps them too.
    pub keep: bool,
}

/// Puts the good rows on the list, all or none; returns how many they were.
pub async fn confirm(ctx: &Ctx, id: ForumId, file: FileId, confirmed: Confirmed) -> Result<usize> {
    let forum = writable(ctx, id).await?;
    let preview = look(ctx, &forum, file, Some(confirmed.mapping.clone())).await?;
    let tx = ctx.app.db.begin_write().await?;
    let forum = forums::hold(&tx, id).await?;
    refuse_more(&tx, ctx, &forum).await?;
    // Somebody may have added people since: who is on the list now is known now.
    let list = store::recipients(&tx, &forum).await?;
    let reading = reading_of(&preview.table, &confirmed.mapping, &list).await?;
    if reading.accepted.len() != confirmed.seen {
        return Err(Error::Conflict {
            code: "changed_meanwhile",
        });
    }
    // The people are on the list now: the file with their numbers is not kept beside it.
    let key = uploads::use_up(&tx, &preview.file).await?;
    let key = key.ok_or(Error::Conflict {
        code: "changed_meanwhile",
    })?;
    let count = put(&tx, ctx, &forum, reading, confirmed.keep).await?;
    tx.commit().await?;
    if let Err(error) = ctx.app.files.remove(&key).await {
        tracing::warn!(%error, "a list that was taken in could not be removed from the file store");
    }
    Ok(count)
}

/// What came of an import in one step.
pub struct Imported {
    pub reading: Reading,
    pub notices: Vec<Notice>,
    pub stored: usize,
}

/// Import in one step, for programs: with faulty rows nothing is stored unless `skip_faulty`.
pub async fn import_file(
    ctx: &Ctx,
    id: ForumId,
    bytes: Vec<u8>,
    skip_faulty: bool,
) -> Result<Imported> {
    writable(ctx, id).await?;
    let table = table_of(ctx, bytes).await?;
    let mapping = mapping::guess(&table);
    if !mapping.names_somebody() {
        return Err(Error::field("file", Message::new("import-columns-unknown")));
    }
    let tx = ctx.app.db.begin_write().await?;
    let forum = forums::hold(&tx, id).await?;
    refuse_more(&tx, ctx, &forum).await?;
    let list = store::recipients(&tx, &forum).await?;
    let reading = reading_of(&table, &mapping, &list).await?;
    if reading.accepted.is_empty() && reading.faults.is_empty() {
        return Err(Error::field("file", Message::new("import-nobody")));
    }
    let notices = notices::of(&table, &mapping, &reading, ctx.locale());
    if !reading.faults.is_empty() && !skip_faulty {
        return Ok(Imported {
            reading,
            notices,
            stored: 0,
        });
    }
    let stored = put(&tx, ctx, &forum, reading.clone(), false).await?;
    tx.commit().await?;
    Ok(Imported {
        reading,
        notices,
        stored,
    })
}

async fn put(tx: &Tx, ctx: &Ctx, forum: &Forum, reading: Reading, keep: bool) -> Result<usize> {
    let book = contacts::spelled(tx, forum.unit_id).await?;
    let left_out = reading.faulty_rows();
    let kept =
        |row: &Accepted| contact_of(&row.fields, Some((row.name.clone(), row.position.clone())));
    let people: Vec<_> = reading.accepted.iter().map(kept).collect();
    let fields: Vec<_> = reading
        .accepted
        .into_iter()
        .map(|row| spelled(row.fields, &book))
        .collect();
    let count = fields.len();
    append(tx, ctx, forum, fields).await?;
    if keep {
        contacts::keep(tx, ctx, forum.unit_id, people).await?;
    }
    let entry = audit::Entry::new("forum", forum.id.0, "recipient.imported")
        .in_unit(forum.unit_id)
        .with(serde_json::json!({ "rows": count, "left_out": left_out }));
    audit::record(tx, ctx, entry).await?;
    Ok(count)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn people_are_counted_and_not_the_heading() {
        for (head, people, found) in [
            ("Nama;Instansi\n", 5, None),
            ("Nama;Instansi\n", 6, Some(6)),
            ("DAFTAR UNDANGAN\n\nNama;Instansi\n", 6, Some(6)),
            ("Nama;Instansi\n", 500, Some(500)),
        ] {
            let text = head.to_owned() + &"Budi;Dinas\n".repeat(people);
            let table = sheets::read_first(text.as_bytes(), 5).unwrap();
            assert_eq!(people_beyond(&table, 5), found, "{head}{people}");
        }
    }
}
