//! What the ways in keep of a citizen, for the copy that the citizen asks for.

use sea_orm::ConnectionTrait;

use super::{conversations, entity::restricted_file::RestrictedKind, paper, restricted, sp4n};
use crate::{
    calendar::dates,
    complaints::{
        entity::complaint,
        personal::{Piece, Telling},
        words,
    },
    platform::{
        context::App,
        error::Result,
        i18n::{Message, t},
    },
};

/// Address and speaker from the paper, names that other systems have for the case, originals, and which copies of
/// identity papers there are. These are told and not given: who brings the code alone must not leave with a card.
pub async fn personal(
    db: &impl ConnectionTrait,
    app: &App,
    of: &complaint::Model,
    telling: Telling,
) -> Result<Vec<Piece>> {
    let locale = telling.locale;
    let label = |key: &str| t(locale, key);
    let mut all = Vec::new();
    if let Some(row) = paper::of(db, of.id).await? {
        let (address, speaker) = paper::opened(app, &row)?;
        let written = row.letter_date.map(|day| dates::date(day, locale));
        let read_off = [
            ("address", "ways-field-address", address),
            ("represented_by", "ways-field-represented", speaker),
            (
                "letter_number",
                "ways-field-letter-number",
                row.letter_number,
            ),
            ("letter_date", "ways-field-letter-date", written),
        ];
        for (key, name, text) in read_off {
            all.extend(text.map(|text| Piece::new(key, label(name), text)));
        }
    }
    for name in conversations::names(db, of).await? {
        let there = Message::new("ways-name-there")
            .with("channel", words::channel(name.channel, locale))
            .text(locale);
        all.push(Piece::new("name_there", there, name.external_id));
    }
    if let Some(there) = sp4n::of_case(db, of).await? {
        let status = label("ways-sp4n-status");
        all.push(Piece::new("sp4n_status", status, there.status));
    }
    for original in conversations::opened(db, app, of).await? {
        all.push(Piece::new("original", label("personal-original"), original));
    }
    for file in restricted::files(db, of).await? {
        let kind = match file.kind {
            RestrictedKind::IdentityCard => "personal-identity-card",
            RestrictedKind::PowerOfAttorney => "personal-power-of-attorney",
        };
        let text = Message::new("personal-at-the-counter")
            .with("at", telling.moment(file.created_at))
            .text(locale);
        all.push(Piece::new("restricted_file", label(kind), text));
    }
    Ok(all)
}
