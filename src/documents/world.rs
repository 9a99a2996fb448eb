//! What the typesetter may see: our templates, our fonts, and the files of one document. There is no disk and no network
//! behind it, so neither a template nor a picture can reach anything else.

use std::collections::HashMap;
use std::sync::OnceLock;

use chrono::{DateTime, Datelike, Utc};
use typst::diag::{FileError, FileResult};
use typst::foundations::{Bytes, Datetime, Duration};
use typst::syntax::{FileId, PathError, RootedPath, Source, VirtualPath, VirtualRoot};
use typst::text::{Font, FontBook};
use typst::utils::LazyHash;
use typst::{Library, LibraryExt, World};

use super::{inputs::Inputs, render::Kind};

macro_rules! repository_file {
    ($read:ident, $path:literal) => {
        $read!(concat!("../../document_templates/", $path))
    };
}

macro_rules! templates {
    ($($path:literal),+ $(,)?) => { &[$(($path, repository_file!(include_str, $path))),+] };
}

const TEMPLATES: &[(&str, &str)] = templates![
    "parts/annexes.typ",
    "parts/letterhead.typ",
    "parts/page.typ",
    "parts/signature.typ",
    "attendance.typ",
    "berita-acara.typ",
    "complaint-receipt.typ",
    "invitation.typ",
    "minutes.typ",
    "recipients.typ",
    "report-public.typ",
    "report.typ",
    "schedule.typ",
];

const FONTS: &[&[u8]] = &[
    repository_file!(include_bytes, "fonts/LiberationSans-Regular.ttf"),
    repository_file!(include_bytes, "fonts/LiberationSans-Bold.ttf"),
    repository_file!(include_bytes, "fonts/LiberationSans-Italic.ttf"),
    repository_file!(include_bytes, "fonts/texgyrebonum-regular.otf"),
    repository_file!(include_bytes, "fonts/texgyrebonum-bold.otf"),
    repository_file!(include_bytes, "fonts/texgyrebonum-italic.otf"),
];

/// Everything that is the same for all documents, prepared once.
struct Workshop {
    library: LazyHash<Library>,
    book: LazyHash<FontBook>,
    fonts: Vec<Font>,
    templates: HashMap<FileId, Source>,
}

fn workshop() -> &'static Workshop {
    static WORKSHOP: OnceLock<Workshop> = OnceLock::new();
    WORKSHOP.get_or_init(|| {
        let fonts: Vec<Font> = FONTS
            .iter()
            .flat_map(|bytes| Font::iter(Bytes::new(*bytes)))
            .collect();
        // A path of ours that is not valid would only be missing here, and the tests render every template.
        let templates = TEMPLATES
            .iter()
            .filter_map(|(path, text)| Some((file_id(&format!("/{path}")).ok()?, *text)))
            .map(|(id, text)| (id, Source::new(id, text.to_owned())))
            .collect();
        Workshop {
            library: LazyHash::new(Library::default()),
            book: LazyHash::new(FontBook::from_fonts(&fonts)),
            fonts,
            templates,
        }
    })
}

/// The template of a kind as text, for a paper that prints as an annex of another.
pub(super) fn template_of(kind: Kind) -> Option<&'static str> {
    let path = format!("{kind}.typ");
    TEMPLATES
        .iter()
        .find(|(listed, _)| *listed == path)
        .map(|(_, text)| *text)
}

/// Whether some font of ours can draw the character. PDF/A refuses a file with one that cannot be drawn.
pub(super) fn can_print(character: char) -> bool {
    workshop()
        .fonts
        .iter()
        .any(|font| font.info().coverage.contains(u32::from(character)))
}

/// Typst keeps a path for ever once it has seen it: use fixed names, never one per document.
fn file_id(path: &str) -> Result<FileId, PathError> {
    Ok(RootedPath::new(VirtualRoot::Project, VirtualPath::new(path)?).intern())
}

/// One document in the making.
pub(super) struct Desk {
    main: FileId,
    files: HashMap<FileId, Bytes>,
    /// Templates of annexes, which read their own data.
    annexes: HashMap<FileId, Source>,
    now: DateTime<Utc>,
}

impl Desk {
    /// `inputs` is what this document adds to the templates.
    pub(super) fn new(
        template: &str,
        inputs: Inputs,
        now: DateTime<Utc>,
    ) -> Result<Self, PathError> {
        let files = inputs
            .files
            .into_iter()
            .map(|(path, bytes)| Ok((file_id(&path)?, Bytes::new(bytes))))
            .collect::<Result<_, PathError>>()?;
        let annexes = inputs
            .sources
            .into_iter()
            .map(|(path, text)| file_id(&path).map(|id| (id, Source::new(id, text))))
            .collect::<Result<_, PathError>>()?;
        Ok(Self {
            main: file_id(template)?,
            files,
            annexes,
            now,
        })
    }
}

impl World for Desk {
    fn library(&self) -> &LazyHash<Library> {
        &workshop().library
    }

    fn book(&self) -> &LazyHash<FontBook> {
        &workshop().book
    }

    fn main(&self) -> FileId {
        self.main
    }

    fn source(&self, id: FileId) -> FileResult<Source> {
        workshop()
            .templates
            .get(&id)
            .or_else(|| self.annexes.get(&id))
            .cloned()
            .ok_or_else(|| not_found(id))
    }

    fn file(&self, id: FileId) -> FileResult<Bytes> {
        self.files.get(&id).cloned().ok_or_else(|| not_found(id))
    }

    fn font(&self, index: usize) -> Option<Font> {
        workshop().fonts.get(index).cloned()
    }

    /// The time of the document, not of the machine: the same data and stamp give the same file.
    fn today(&self, _offset: Option<Duration>) -> Option<Datetime> {
        let month = u8::try_from(self.now.month()).ok()?;
        let day = u8::try_from(self.now.day()).ok()?;
        Datetime::from_ymd(self.now.year(), month, day)
    }
}

fn not_found(id: FileId) -> FileError {
    FileError::NotFound(id.get().vpath().get_without_slash().into())
}

/// Typefaces that the program carries and could read: for `doctor`.
pub fn faces() -> (usize, usize) {
    (workshop().fonts.len(), FONTS.len())
}
