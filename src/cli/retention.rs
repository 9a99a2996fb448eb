//! `rembuk retention run`: anonymises what is over, or says what it would anonymise.

use anyhow::Context as _;

use crate::{
    access::Ctx,
    complaints::retention::{self, Tally},
    organisation,
};

/// One line per unit and kind. Changes nothing with `dry_run`.
pub async fn run(ctx: &Ctx, unit: Option<&str>, dry_run: bool) -> anyhow::Result<()> {
    let db = &ctx.app.db;
    let units = match unit {
        Some(code) => vec![
            organisation::unit_by_code(db, code)
                .await
                .with_context(|| format!("no unit has the code {code}"))?,
        ],
        None => organisation::units(db).await?,
    };
    for unit in units {
        let tallies = if dry_run {
            retention::plan(ctx, unit.id, None).await?
        } else {
            retention::run(ctx, unit.id, None, None).await?
        };
        for tally in tallies {
            say!("{}", line(&unit.code, &tally, dry_run));
        }
    }
    Ok(())
}

fn line(unit: &str, tally: &Tally, dry_run: bool) -> String {
    let term = &tally.policy.term;
    let kind = term.kind.code();
    let head = format!("{unit} {kind}: kept {} months", term.months);
    if !tally.policy.is_chosen() {
        return if dry_run {
            format!(
                "{head} (only proposed, nothing would be anonymised); {} are over, {} of those held",
                tally.due + tally.kept,
                tally.kept
            )
        } else {
            format!("{head} (only proposed, nothing is anonymised)")
        };
    }
    if dry_run {
        format!("{head}; would anonymise {}, held {}", tally.due, tally.kept)
    } else {
        let failed = match tally.failed {
            0 => String::new(),
            failed => format!(", failed {failed}: see the log"),
        };
        format!(
            "{head}; anonymised {}, held {}{failed}",
            tally.done, tally.kept
        )
    }
}
