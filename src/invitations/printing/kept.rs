//! The files of prints: taking one home, and removing them when their time is over.

use std::sync::Arc;

use chrono::Duration;
use sea_orm::{ColumnTrait as _, EntityTrait as _, QueryFilter as _};

use super::{Papers, files_of, is_outdated, place, print_of};
use crate::{
    access::Ctx,
    audit,
    forums::ForumId,
    invitations::{
        PrintId,
        entity::{print, print_part},
        rules::Broken,
    },
    platform::{
        context::App,
        error::{Error, Result},
    },
};

/// How long files with personal links lie there; they can be printed again.
const KEPT: Duration = Duration::days(2);

/// The PDF of one file; who took it is written down, because it holds personal links.
pub async fn file(
    ctx: &Ctx,
    id: ForumId,
    print: PrintId,
    number: i32,
) -> Result<(String, Vec<u8>)> {
    let (bundle, _) = place(ctx, id).await?;
    let db = &ctx.app.db;
    let print = print_of(db, print).await?;
    if print.forum_id != bundle.forum.id {
        return Err(Error::NotFound);
    }
    // Somebody would carry the old time into the offices.
    if is_outdated(&print, &bundle.forum, bundle.letter.as_ref()) {
        return Err(Broken::Outdated.into());
    }
    let files = files_of(db, &print).await?;
    let many = files.len() > 1;
    let part = files.into_iter().find(|part| part.number == number);
    let key = part.and_then(|part| part.file_key).ok_or(Error::NotFound)?;
    let bytes = ctx.app.files.get(&key).await?;
    let tx = db.begin_write().await?;
    let entry = audit::Entry::new("forum", id.0, "invitation.papers_taken")
        .in_unit(print.unit_id)
        .with(serde_json::json!({ "papers": print.kind, "file": number }));
    audit::record(&tx, ctx, entry).await?;
    tx.commit().await?;
    let what = match print.kind {
        Papers::Letters => "surat-undangan",
        Papers::Sheets => "lembar-jawaban",
    };
    let code = &bundle.forum.code;
    let name = match many {
        true => format!("{what}-{code}-{number}.pdf"),
        false => format!("{what}-{code}.pdf"),
    };
    Ok((name, bytes))
}

/// Removes files that had their time, and the rows that name them; twice is once.
pub async fn sweep(app: &Arc<App>) -> Result<()> {
    let old = print::Entity::find()
        .filter(print::Column::CreatedAt.lt(app.clock.now() - KEPT))
        .all(&app.db)
        .await?;
    for print in old {
        for key in files_of(&app.db, &print)
            .await?
            .into_iter()
            .filter_map(|part| part.file_key)
        {
            app.files.remove(&key).await?;
        }
        let tx = app.db.begin_write().await?;
        print_part::Entity::delete_many()
            .filter(print_part::Column::UnitId.eq(print.unit_id))
            .filter(print_part::Column::PrintId.eq(print.id))
            .exec(&tx)
            .await?;
        print::Entity::delete_many()
            .filter(print::Column::Id.eq(print.id))
            .exec(&tx)
            .await?;
        tx.commit().await?;
    }
    Ok(())
}
