//! What is looked at before calamine may open a file: it trusts what the file says of itself.
use crate::Refused;
use memchr::memmem;
use sapar_shared::dto::import::MAX_FILE;
use std::io::{self, Cursor, Read as _};
use zip::{CompressionMethod, ZipArchive};

/// All parts together, unpacked.
const MAX_UNPACKED: u64 = 50 * 1024 * 1024;
/// The texts of all cells, which calamine holds at once.
const MAX_STRINGS: u64 = 16 * 1024 * 1024;
/// Formats of cells: a few letters of it become hundreds of bytes.
const MAX_STYLES: u64 = 512 * 1024;
/// Names of sheets, themes and relations.
const MAX_REST: u64 = 4 * 1024 * 1024;
const MAX_PARTS: usize = 1_000;
/// How the older formats and encrypted files of the new one begin.
const COMPOUND_FILE: &[u8] = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1";
const ZIP: &[u8] = b"PK\x03\x04";

/// Lets through what unpacks to a spreadsheet within bounds.
pub(crate) fn guard(bytes: &[u8]) -> Result<(), Refused> {
    if bytes.len() > MAX_FILE {
        return Err(Refused::TooHeavy);
    }
    if bytes.starts_with(COMPOUND_FILE) {
        let name: Vec<u8> = "EncryptedPackage".encode_utf16().flat_map(u16::to_le_bytes).collect();
        return Err(if memmem::find(bytes, &name).is_some() { Refused::Locked } else { Refused::OldFormat });
    }
    if !bytes.starts_with(ZIP) {
        return Err(Refused::NotXlsx);
    }
    let mut zip = ZipArchive::new(Cursor::new(bytes)).map_err(|_| Refused::Broken)?;
    directory(&mut zip)?;
    (0..zip.len()).try_for_each(|at| part(&mut zip, at))
}

/// What the directory tells, without unpacking anything.
fn directory(zip: &mut ZipArchive<Cursor<&[u8]>>) -> Result<(), Refused> {
    if zip.len() > MAX_PARTS {
        return Err(Refused::TooBig);
    }
    if zip.has_duplicate_names() || zip.has_overlapping_files().map_err(|_| Refused::Broken)? {
        return Err(Refused::Broken);
    }
    let (mut unpacked, mut workbook) = (0_u64, false);
    for at in 0..zip.len() {
        let part = zip.by_index_raw(at).map_err(|_| Refused::Broken)?;
        if part.encrypted() {
            return Err(Refused::Locked);
        }
        if !matches!(part.compression(), CompressionMethod::Stored | CompressionMethod::Deflated) {
            return Err(Refused::Broken);
        }
        let name = part.name().map_err(|_| Refused::Broken)?.to_lowercase().replace('\\', "/");
        if name.ends_with("vbaproject.bin") || name.contains("/macrosheets/") {
            return Err(Refused::Macros);
        }
        workbook |= name.ends_with("workbook.xml");
        unpacked = unpacked.saturating_add(part.size());
        if unpacked > MAX_UNPACKED || part.size() > most(&name) {
            return Err(Refused::TooBig);
        }
    }
    if workbook { Ok(()) } else { Err(Refused::NotXlsx) }
}

/// Sheets are read as they unpack, pictures not at all; everything else is held.
fn most(name: &str) -> u64 {
    let (folder, file) = name.rsplit_once('/').unwrap_or(("", name));
    let is_sheet = folder.ends_with("worksheets") && file.starts_with("sheet");
    if is_strings(name) {
        MAX_STRINGS
    } else if file == "styles.xml" {
        MAX_STYLES
    } else if is_sheet || !(file.ends_with(".xml") || file.ends_with(".rels")) {
        MAX_UNPACKED
    } else {
        MAX_REST
    }
}

fn is_strings(name: &str) -> bool {
    name.ends_with("sharedstrings.xml")
}

/// A directory may lie: the part is unpacked into nothing, no further than it was said to be long.
fn part(zip: &mut ZipArchive<Cursor<&[u8]>>, at: usize) -> Result<(), Refused> {
    let part = zip.by_index(at).map_err(|_| Refused::Broken)?;
    let said = part.size();
    let strings = part.name().is_ok_and(|name| is_strings(&name.to_lowercase()));
    let mut part = part.take(said + 1);
    let unpacked = if strings {
        let mut text = Vec::new();
        part.read_to_end(&mut text).map_err(|_| Refused::Broken)?;
        honest(&text)?;
        text.len() as u64
    } else {
        io::copy(&mut part, &mut io::sink()).map_err(|_| Refused::Broken)?
    };
    if unpacked > said { Err(Refused::TooBig) } else { Ok(()) }
}

/// calamine makes room for as many texts as the part says it has. There cannot be more than it has bytes.
fn honest(strings: &[u8]) -> Result<(), Refused> {
    const COUNT: &[u8] = b"uniqueCount";
    // UTF-16 would hide the word.
    if memchr::memchr(0, strings).is_some() {
        return Err(Refused::Broken);
    }
    for at in memmem::find_iter(strings, COUNT) {
        let rest = &strings[at + COUNT.len()..];
        let digits = rest.iter().skip_while(|b| b.is_ascii_whitespace() || matches!(**b, b'=' | b'"' | b'\''));
        let claimed = digits
            .take_while(|b| b.is_ascii_digit())
            .fold(0_usize, |n, digit| n.saturating_mul(10).saturating_add(usize::from(digit - b'0')));
        if claimed > strings.len() {
            return Err(Refused::Broken);
        }
    }
    Ok(())
}
