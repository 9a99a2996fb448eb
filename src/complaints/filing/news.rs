//! Which news the citizen wants. A link in every mail makes it quiet; the status page takes it up again.

use sea_orm::{ActiveValue::Set, ConnectionTrait};
use serde_json::json;
use uuid::Uuid;

use super::{
    entity::news::{self, NewsChannel},
    store,
};
use crate::{
    access::Ctx,
    audit,
    complaints::{ComplaintId, entity::complaint, store as cases},
    platform::{
        context::App,
        crypto::{Purpose, same},
        db::Tx,
        error::{Error, Result},
    },
};

/// Whether no mail is to be sent about this complaint.
pub async fn is_quiet(db: &impl ConnectionTrait, of: &complaint::Model) -> Result<bool> {
    let row = store::news(db, of, NewsChannel::Email).await?;
    Ok(row.is_some_and(|row| row.quiet_at.is_some()))
}

fn mark(app: &App, id: ComplaintId) -> String {
    app.keys.hash(Purpose::Tokens, &format!("quiet:{id}"))
}

/// The link of a mail: it opens nothing of the case, it only stops its mails.
#[must_use]
pub fn quiet_link(app: &App, id: ComplaintId) -> String {
    app.url(&format!("/kabar/berhenti/{id}.{}", mark(app, id)))
}

/// The complaint that such a link is of.
pub fn read_quiet_link(app: &App, token: &str) -> Result<ComplaintId> {
    let (id, given) = token.split_once('.').ok_or(Error::NotFound)?;
    let id = ComplaintId::parse(id)?;
    if same(&mark(app, id), given) {
        Ok(id)
    } else {
        Err(Error::NotFound)
    }
}

/// Stops the mails of a complaint, or takes them up again.
pub async fn set_quiet(ctx: &Ctx, id: ComplaintId, quiet: bool) -> Result<()> {
    let ctx = &super::citizen(ctx);
    let tx = ctx.app.db.begin_write().await?;
    let of = cases::get(&tx, id).await?;
    choose(&tx, ctx, &of, quiet).await?;
    tx.commit().await?;
    Ok(())
}

async fn choose(tx: &Tx, ctx: &Ctx, of: &complaint::Model, quiet: bool) -> Result<()> {
    let row = news::ActiveModel {
        id: Set(Uuid::now_v7()),
        unit_id: Set(of.unit_id),
        complaint_id: Set(of.id),
        channel: Set(NewsChannel::Email),
        agreed_at: Set((!quiet).then_some(ctx.now)),
        quiet_at: Set(quiet.then_some(ctx.now)),
    };
    store::choose_news(tx, row).await?;
    let entry = audit::Entry::new("complaint", of.id.0, "complaint.news_chosen")
        .in_unit(of.unit_id)
        .with(json!({ "channel": NewsChannel::Email, "quiet": quiet }));
    audit::record(tx, ctx, entry).await
}
