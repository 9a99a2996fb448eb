//! Sheets that were signed by hand and came back as scans, shown behind the typeset paper. Pictures become
//! full pages; pages of a scanned PDF cannot be placed in an archival one, so such a file travels inside the
//! report as it is, and the annex says so. They show signatures and telephone numbers: the office's copy only.

use sea_orm::ConnectionTrait;

use super::book::Book;
use crate::{
    access::Ctx,
    attendance, berita_acara,
    calendar::dates,
    documents::{
        self, Kind, UploadedFile,
        data::{Annex, AnnexFile, Fact, Original, Photo, Picture, PictureFormat},
        uploads,
    },
    forums::Forum,
    platform::{error::Result, i18n::Locale, pictures},
};

/// The scans of a forum, the oldest first.
#[derive(Clone, Debug, Default)]
pub struct Scans {
    pub berita_acara: Vec<UploadedFile>,
    pub attendance: Vec<UploadedFile>,
}

impl Scans {
    pub fn all(&self) -> impl Iterator<Item = &UploadedFile> {
        self.named().map(|(_, file)| file)
    }

    /// With the paper that they belong to.
    pub fn named(&self) -> impl Iterator<Item = (Kind, &UploadedFile)> {
        let records = self.berita_acara.iter();
        let records = records.map(|file| (Kind::BeritaAcara, file));
        let lists = self.attendance.iter();
        records.chain(lists.map(|file| (Kind::Attendance, file)))
    }
}

pub async fn read(db: &impl ConnectionTrait, forum: &Forum) -> Result<Scans> {
    Ok(Scans {
        berita_acara: berita_acara::scanned_sheets(db, forum).await?,
        attendance: attendance::scanned_sheets(db, forum).await?,
    })
}

/// Those of an annex.
pub fn of(book: &Book, number: usize) -> &[UploadedFile] {
    match number {
        2 => &book.scans.berita_acara,
        4 => &book.scans.attendance,
        _ => &[],
    }
}

/// Adds scans to their annex, each with its name and fingerprint.
pub async fn add(ctx: &Ctx, book: &Book, annex: &mut Annex, annex_no: usize) -> Result<()> {
    let files = of(book, annex_no);
    for (number, file) in (1..).zip(files) {
        let bytes = uploads::bytes(&ctx.app, file).await?;
        let how = if file.content_type == "application/pdf" {
            let name = format!("lampiran-{annex_no}-pindaian-{number}.pdf");
            annex.attached.push(Original::new(name.clone(), &bytes));
            let day = file.created_at.with_timezone(&book.zone).date_naive();
            annex.files.push(AnnexFile {
                name: name.clone(),
                what: format!("Pindaian {number}: {}", file.name),
                date: dates::date(day, Locale::Id),
                pages: documents::pages_of(&bytes).await,
                source: "Pindaian lembar bertanda tangan yang diunggah".to_owned(),
            });
            format!("berkas {name} di dalam PDF ini")
        } else {
            let caption = format!(
                "{}, pindaian {number} dari {}: {}",
                annex.title,
                files.len(),
                file.name
            );
            match page(caption, bytes).await? {
                Some(page) => {
                    annex.scans.push(page);
                    "halaman tersendiri di belakang naskah".to_owned()
                }
                None => "gambarnya rusak dan tidak dapat dicetak".to_owned(),
            }
        };
        annex.facts.push(fact(number, file, &how));
    }
    Ok(())
}

/// What the editable copy says of them.
pub fn name(annex: &mut Annex, files: &[UploadedFile]) {
    let facts = (1..).zip(files).map(|(number, file)| {
        let how = "di dalam PDF laporan dan arsipnya";
        Fact::new(
            format!("Pindaian {number}"),
            format!("{} ({how})", file.name),
        )
    });
    annex.facts.extend(facts);
}

fn fact(number: usize, file: &UploadedFile, how: &str) -> Fact {
    let mut lines = vec![file.name.clone(), format!("({how})")];
    lines.extend(super::annexes::fingerprint(&file.sha256));
    let label = format!("Pindaian {number}");
    Fact { label, lines }
}

/// A scan as a page: upright and no larger than paper needs. None for a picture that is broken.
async fn page(caption: String, bytes: Vec<u8>) -> Result<Option<Photo>> {
    let made = tokio::task::spawn_blocking(move || pictures::photo(&bytes))
        .await
        .map_err(anyhow::Error::from)?;
    Ok(made.ok().map(|made| Photo {
        caption,
        picture: Picture::new(PictureFormat::Jpg, &made.bytes),
    }))
}
