//! What filing keeps of a citizen, for the copy that the citizen asks for.

use sea_orm::{ColumnTrait as _, ConnectionTrait, EntityTrait as _, QueryFilter as _};

use super::{
    contacts::bound_to,
    entity::{
        contact_change::{self, ContactField},
        news::{self, NewsChannel},
    },
    extras, store,
};
use crate::{
    complaints::{
        entity::complaint,
        personal::{Piece, Telling},
    },
    platform::{
        context::App,
        error::{Error, Result},
        i18n::{Message, t},
    },
};

/// Category, answered questions, chosen news, wishes for another contact, and what was said of an answer.
pub async fn personal(
    db: &impl ConnectionTrait,
    app: &App,
    of: &complaint::Model,
    telling: Telling,
) -> Result<Vec<Piece>> {
    let locale = telling.locale;
    let label = |key: &str| t(locale, key);
    let asked = extras::details(db, of).await?;
    let mut all = Vec::new();
    if let Some(category) = asked.category {
        all.push(Piece::new("category", label("personal-category"), category));
    }
    let answers = asked.answers.into_iter();
    all.extend(answers.map(|(question, answer)| Piece::new("answer", question, answer)));
    let chosen = news::Entity::find()
        .filter(news::Column::UnitId.eq(of.unit_id))
        .filter(news::Column::ComplaintId.eq(of.id))
        .all(db)
        .await?;
    for row in chosen {
        let way = match row.channel {
            NewsChannel::Email => "email",
            NewsChannel::Whatsapp => "whatsapp",
            NewsChannel::Sms => "sms",
        };
        let (key, at) = match (row.quiet_at, row.agreed_at) {
            (Some(at), _) => ("personal-news-quiet", Some(at)),
            (None, at) => ("personal-news-agreed", at),
        };
        let at = at.map_or_else(String::new, |at| telling.moment(at));
        let words = Message::new(key).with("way", way).with("at", at);
        all.push(Piece::new(
            "news",
            label("personal-news"),
            words.text(locale),
        ));
    }
    let wishes = contact_change::Entity::find()
        .filter(contact_change::Column::UnitId.eq(of.unit_id))
        .filter(contact_change::Column::ComplaintId.eq(of.id))
        .all(db)
        .await?;
    for row in wishes {
        let sealed = row.value.as_deref();
        let value = sealed.map(|sealed| app.keys.open(sealed, &bound_to(row.id)));
        let value = value.transpose().map_err(Error::Internal)?;
        let field = match row.field {
            ContactField::Email => "complaints-field-email",
            ContactField::Phone => "complaints-field-phone",
        };
        let text = format!(
            "{}: {} ({})",
            label(field),
            value.unwrap_or_default(),
            telling.moment(row.created_at)
        );
        all.push(Piece::new("contact_wish", label("personal-wish"), text));
    }
    if let Some(rating) = store::last_rating(db, of).await? {
        let key = if rating.helped {
            "personal-rating-helped"
        } else {
            "personal-rating-not"
        };
        let at = telling.moment(rating.at);
        all.push(Piece::new("rating", label(key), at));
    }
    Ok(all)
}
