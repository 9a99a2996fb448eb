//! What the typesetter may see: our templates, our fonts, and the files of one document. There is no disk and no network
//! behind it, so neither a template nor a picture can reach anything else.

use std::collections::HashMap;
use std::sync::{Arc, OnceLock};

use chrono::{DateTime, Datelike, Utc};
use resvg::usvg::fontdb::Database;
use rust_embed::RustEmbed;
use typst::diag::{FileError, FileResult};
use typst::foundations::{Bytes, Datetime, Duration};
use typst::syntax::{FileId, PathError, RootedPath, Source, VirtualPath, VirtualRoot};
use typst::text::{Font, FontBook};
use typst::utils::LazyHash;
use typst::{Library, LibraryExt, World};

use super::{inputs::Inputs, render::Kind};

/// Templates and fonts, carried in the program.
#[derive(RustEmbed)]
#[folder = "$CARGO_MANIFEST_DIR/document_templates"]
#[include = "*.typ"]
#[include = "*.ttf"]
#[include = "*.otf"]
struct Drawer;

/// What the drawer holds of a kind, in the order of the names.
fn drawer(is_wanted: fn(&str) -> bool) -> Vec<(String, Vec<u8>)> {
    let mut names: Vec<_> = Drawer::iter().filter(|name| is_wanted(name)).collect();
    names.sort_unstable();
    names
        .into_iter()
        .filter_map(|name| {
            let file = Drawer::get(&name)?;
            Some((name.into_owned(), file.data.into_owned()))
        })
        .collect()
}

fn templates() -> Vec<(String, Vec<u8>)> {
    drawer(|name| name.ends_with(".typ"))
}

fn font_files() -> Vec<(String, Vec<u8>)> {
    drawer(|name| !name.ends_with(".typ"))
}

/// Everything that is the same for all documents, prepared once.
struct Workshop {
    definitions: LazyHash<Library>,
    book: LazyHash<FontBook>,
    fonts: Vec<Font>,
    templates: HashMap<FileId, Source>,
}

fn workshop() -> &'static Workshop {
    static WORKSHOP: OnceLock<Workshop> = OnceLock::new();
    WORKSHOP.get_or_init(|| {
        let fonts: Vec<Font> = font_files()
            .into_iter()
            .flat_map(|(_, bytes)| Font::iter(Bytes::new(bytes)))
            .collect();
        // One of ours that cannot be read would only be missing here, and the tests render every template.
        let templates = templates()
            .into_iter()
            .filter_map(|(name, bytes)| {
                Some((file_id(&name).ok()?, String::from_utf8(bytes).ok()?))
            })
            .map(|(id, text)| (id, Source::new(id, text)))
            .collect();
        Workshop {
            definitions: LazyHash::new(Library::default()),
            book: LazyHash::new(FontBook::from_fonts(&fonts)),
            fonts,
            templates,
        }
    })
}

/// The template of a kind as text, for a paper that prints as an annex of another.
pub(super) fn template_of(kind: Kind) -> Option<&'static str> {
    let id = file_id(&format!("{kind}.typ")).ok()?;
    workshop().templates.get(&id).map(Source::text)
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
        &workshop().definitions
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

/// Our typefaces for the drawing of charts outside of a paper.
pub(super) fn faces_to_draw_with() -> Arc<Database> {
    static FACES: OnceLock<Arc<Database>> = OnceLock::new();
    let faces = FACES.get_or_init(|| {
        let mut faces = Database::new();
        for (_, bytes) in font_files() {
            faces.load_font_data(bytes);
        }
        Arc::new(faces)
    });
    Arc::clone(faces)
}

/// Typefaces that the program carries and could read: for `doctor`.
pub fn faces() -> (usize, usize) {
    (workshop().fonts.len(), font_files().len())
}
