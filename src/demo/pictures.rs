//! Pictures of the demo: drawings that say so themselves, for the record holds the names of an office that exists.

use crate::{
    access::Ctx,
    documents::{FileId, uploads},
    forums::ForumId,
    minutes,
    organisation::UnitId,
    platform::{
        error::Result,
        signature::Signature,
        web::forms::{Form, Upload},
    },
};

const SIGNATURES: [&[u8]; 6] = [
    include_bytes!("../../fixtures/pictures/signature-1.png"),
    include_bytes!("../../fixtures/pictures/signature-2.png"),
    include_bytes!("../../fixtures/pictures/signature-3.png"),
    include_bytes!("../../fixtures/pictures/signature-4.png"),
    include_bytes!("../../fixtures/pictures/signature-5.png"),
    include_bytes!("../../fixtures/pictures/signature-6.png"),
];

/// (picture, caption)
const PHOTOS: [(&[u8], &str); 3] = [
    (
        include_bytes!("../../fixtures/pictures/hall.jpg"),
        "Pembukaan forum dan penyampaian rancangan standar pelayanan",
    ),
    (
        include_bytes!("../../fixtures/pictures/talk.jpg"),
        "Diskusi: peserta menyampaikan masukan",
    ),
    (
        include_bytes!("../../fixtures/pictures/signing.jpg"),
        "Penandatanganan Berita Acara",
    ),
];

fn upload(field: &str, name: &str, bytes: &[u8]) -> Upload {
    Upload {
        field: field.to_owned(),
        name: name.to_owned(),
        bytes: bytes.to_vec(),
    }
}

/// One of the drawn signatures, as a tablet hands it in.
pub(super) async fn signature(number: usize) -> Result<Signature> {
    let mut form = Form::of(&[]);
    let drawing = SIGNATURES[number % SIGNATURES.len()];
    form.files
        .push(upload("signature", "tanda-tangan.png", drawing));
    Signature::of(&form).await
}

/// All of them, handed in to the unit.
pub(super) async fn handed_in(ctx: &Ctx, unit: UnitId) -> Result<Vec<FileId>> {
    let mut files = Vec::new();
    for number in 0..SIGNATURES.len() {
        let png = signature(number).await?.into_png();
        files.push(uploads::store_unlooked(ctx, unit, "tanda-tangan.png", png).await?);
    }
    Ok(files)
}

/// Photos of the day with their captions; everybody may see them.
pub(super) async fn photograph(ctx: &Ctx, id: ForumId) -> Result<()> {
    let files = PHOTOS
        .iter()
        .map(|(bytes, _)| upload("photos", "foto.jpg", bytes));
    minutes::add_photos(ctx, id, files.collect()).await?;
    let (_, there) = minutes::list_photos(ctx, id).await?;
    for (photo, (_, caption)) in there.into_iter().zip(PHOTOS) {
        let seen = photo.version;
        minutes::describe_photo(ctx, id, photo.id, caption.to_owned(), true, seen).await?;
    }
    Ok(())
}
