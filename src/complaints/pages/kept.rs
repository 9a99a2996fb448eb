//! Keeping a filter under a name, and throwing one away.

use poem::{Response, handler, web::Path};

use crate::{
    access::SignedIn,
    complaints::finding,
    platform::{
        error::{Error, Result},
        i18n::Message,
        web::{cookies::FlashKind, forms::Form},
    },
};

#[handler]
pub(super) async fn keep(SignedIn(ctx): SignedIn, form: Form) -> Result<Response> {
    let query = form.get("query");
    let kept = finding::keep(&ctx, form.get("name"), query, form.is_on("shared")).await;
    match kept {
        Ok(query) => {
            let message = Message::new("finding-kept-done").with("name", form.get("name").trim());
            Ok(ctx.redirect_with(&query.address(None), FlashKind::Ok, &message))
        }
        Err(Error::Invalid(faults)) => {
            let fault = faults
                .into_iter()
                .next()
                .map_or_else(|| Message::new("field-required"), |fault| fault.message);
            let back = finding::query_of(query).address(None);
            let told = Message::new("finding-kept-fault").with("fault", fault.text(ctx.locale()));
            Ok(ctx.redirect_with(&back, FlashKind::Error, &told))
        }
        Err(error) => Err(error),
    }
}

#[handler]
pub(super) async fn throw_away(
    SignedIn(ctx): SignedIn,
    Path(id): Path<String>,
    form: Form,
) -> Result<Response> {
    finding::throw_away(&ctx, &id).await?;
    let back = finding::query_of(form.get("query")).address(None);
    let message = Message::new("finding-kept-removed");
    Ok(ctx.redirect_with(&back, FlashKind::Ok, &message))
}
