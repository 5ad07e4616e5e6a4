//! Typst as a library: the template is parsed once, the fonts are read once, an order is a JSON file beside them. Nothing
//! that a person typed ever becomes markup.
use crate::{DocumentError, manifest::List, sheet::Sheet};
use sapar_shared::when;
use std::sync::{
    LazyLock,
    atomic::{AtomicUsize, Ordering},
};
use typst::{
    Library, LibraryExt, World,
    diag::{FileError, FileResult, SourceDiagnostic},
    foundations::{Bytes, Datetime, Duration, Smart},
    syntax::{FileId, RootedPath, Source, VirtualPath, VirtualRoot},
    text::{Font, FontBook},
    utils::{LazyHash, Scalar},
};
use typst_layout::PagedDocument;
use typst_pdf::{PdfOptions, Timestamp};
use typst_render::RenderOptions;

/// The page is 360 pt wide.
const PIXELS_A_POINT: f64 = 2.5;
/// Typst's cache is swept every so many pages and then loses what nothing asked for since the sweep before: the template's
/// parts stay, the orders go. A page leaves some hundred kilobytes behind.
const SWEEP_EVERY: usize = 16;

static LIBRARY: LazyLock<LazyHash<Library>> = LazyLock::new(|| LazyHash::new(Library::default()));
static FONTS: LazyLock<Vec<Font>> = LazyLock::new(|| {
    [
        &include_bytes!("../fonts/Onest-Regular.ttf")[..],
        include_bytes!("../fonts/Onest-SemiBold.ttf"),
        include_bytes!("../fonts/Onest-Bold.ttf"),
    ]
    .into_iter()
    .filter_map(|data| Font::new(Bytes::new(data), 0))
    .collect()
});
static BOOK: LazyLock<LazyHash<FontBook>> = LazyLock::new(|| LazyHash::new(FontBook::from_fonts(FONTS.iter())));
static SOURCES: LazyLock<[Source; 3]> = LazyLock::new(|| {
    [
        source("order.typ", include_str!("../templates/order.typ")),
        source("ticket.typ", include_str!("../templates/ticket.typ")),
        source("manifest.typ", include_str!("../templates/manifest.typ")),
    ]
});
static PICTURES: LazyLock<[(FileId, Bytes); 2]> = LazyLock::new(|| {
    [
        (id("steppe.svg"), Bytes::new(include_bytes!("../templates/steppe.svg"))),
        (id("torn.svg"), Bytes::new(include_bytes!("../templates/torn.svg"))),
    ]
});
static ORDER: LazyLock<FileId> = LazyLock::new(|| id("order.json"));
static LIST: LazyLock<FileId> = LazyLock::new(|| id("list.json"));
/// Pages since the last sweep.
static PAGES: AtomicUsize = AtomicUsize::new(0);

fn id(name: &'static str) -> FileId {
    // The names are the constants above.
    RootedPath::new(VirtualRoot::Project, VirtualPath::new(name).expect("a plain file name")).intern()
}

fn source(name: &'static str, text: &str) -> Source {
    Source::new(id(name), text.to_owned())
}

/// All that typst may see.
struct Desk {
    main: FileId,
    /// What the document says, under the name by which its template asks for it.
    data: (FileId, Bytes),
}

impl World for Desk {
    fn library(&self) -> &LazyHash<Library> {
        &LIBRARY
    }

    fn book(&self) -> &LazyHash<FontBook> {
        &BOOK
    }

    fn main(&self) -> FileId {
        self.main
    }

    fn source(&self, id: FileId) -> FileResult<Source> {
        SOURCES.iter().find(|source| source.id() == id).cloned().ok_or_else(|| unknown(id))
    }

    fn file(&self, id: FileId) -> FileResult<Bytes> {
        if id == self.data.0 {
            return Ok(self.data.1.clone());
        }
        PICTURES.iter().find(|(known, _)| *known == id).map(|(_, bytes)| bytes.clone()).ok_or_else(|| unknown(id))
    }

    fn font(&self, index: usize) -> Option<Font> {
        FONTS.get(index).cloned()
    }

    /// The same order gives the same bytes on any day.
    fn today(&self, _offset: Option<Duration>) -> Option<Datetime> {
        None
    }
}

fn unknown(id: FileId) -> FileError {
    FileError::NotFound(id.vpath().get_without_slash().into())
}

fn document(sheet: &Sheet) -> Result<PagedDocument, DocumentError> {
    let desk = Desk { main: SOURCES[0].id(), data: (*ORDER, Bytes::new(serde_json::to_vec(sheet)?)) };
    compile(&desk, sheet.pages())
}

fn compile(desk: &Desk, pages: usize) -> Result<PagedDocument, DocumentError> {
    let document = typst::compile::<PagedDocument>(desk).output.map_err(|errors| refused(&errors));
    sweep(pages);
    document
}

fn sweep(pages: usize) {
    // Two threads may both sweep, which costs a little time and nothing else.
    if PAGES.fetch_add(pages, Ordering::Relaxed) + pages >= SWEEP_EVERY {
        PAGES.store(0, Ordering::Relaxed);
        comemo::evict(1);
    }
}

fn refused(errors: &[SourceDiagnostic]) -> DocumentError {
    let words: Vec<String> = errors
        .iter()
        .map(|error| {
            std::iter::once(&error.message).chain(error.hints.iter().map(|hint| &hint.v)).cloned().collect::<Vec<_>>().join("; ")
        })
        .collect();
    DocumentError::Typeset(words.join(" | "))
}

/// `made_at` is what the PDF says about its making; the clock is never asked.
pub(crate) fn pdf(sheet: &Sheet, made_at: Option<jiff::Timestamp>) -> Result<Vec<u8>, DocumentError> {
    let options = PdfOptions {
        ident: Smart::Custom(sheet.number.clone()),
        creator: Smart::Custom(Some("Sapar".to_owned())),
        timestamp: made_at.and_then(local_timestamp),
        ..PdfOptions::default()
    };
    typst_pdf::pdf(&document(sheet)?, &options).map_err(|errors| refused(&errors))
}

/// A departure's list; `made_at` as above.
pub(crate) fn list_pdf(list: &List, made_at: jiff::Timestamp) -> Result<Vec<u8>, DocumentError> {
    let desk = Desk { main: SOURCES[2].id(), data: (*LIST, Bytes::new(serde_json::to_vec(list)?)) };
    let options = PdfOptions {
        creator: Smart::Custom(Some("Sapar".to_owned())),
        timestamp: local_timestamp(made_at),
        ..PdfOptions::default()
    };
    typst_pdf::pdf(&compile(&desk, list.pages())?, &options).map_err(|errors| refused(&errors))
}

fn local_timestamp(at: jiff::Timestamp) -> Option<Timestamp> {
    let local = when::local(at);
    let part = |number: i8| u8::try_from(number).ok();
    let datetime = Datetime::from_ymd_hms(
        local.year().into(),
        part(local.month())?,
        part(local.day())?,
        part(local.hour())?,
        part(local.minute())?,
        part(local.second())?,
    )?;
    Timestamp::new_local(datetime, when::ALMATY.seconds() / 60)
}

pub(crate) fn png(sheet: &Sheet) -> Result<Vec<u8>, DocumentError> {
    let document = document(sheet)?;
    let page = document.pages().first().ok_or(DocumentError::NoTicket(0))?;
    let options = RenderOptions { pixel_per_pt: Scalar::new(PIXELS_A_POINT), ..RenderOptions::default() };
    typst_render::render(page, &options).encode_png().map_err(|error| DocumentError::Picture(error.to_string()))
}
