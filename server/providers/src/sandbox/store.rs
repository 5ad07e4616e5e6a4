//! Append-only files of JSON lines. A thread a file writes whatever has gathered in one go and only then tells the
//! callers, so that many share one write and none holds a lock during it.
use serde::{Serialize, de::DeserializeOwned};
use std::{
    fs::{File, OpenOptions},
    io::{self, BufRead as _, BufReader, Read as _, Seek as _, SeekFrom, Write as _},
    path::Path,
    sync::mpsc,
    thread,
};
use tokio::sync::oneshot;

/// Lines written at once.
const BATCH: usize = 1024;

struct Entry {
    line: String,
    written: oneshot::Sender<bool>,
}

pub(super) struct Journal(mpsc::Sender<Entry>);

/// Comes true when the line is in the file (with the operating system: a killed process loses nothing).
#[must_use]
pub(super) struct Written(oneshot::Receiver<bool>);

/// The line could not be written; what it says is not promised to outlive a restart.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct NotWritten;

impl Written {
    pub(super) async fn done(self) -> Result<(), NotWritten> {
        if self.0.await.unwrap_or(false) { Ok(()) } else { Err(NotWritten) }
    }
}

impl Journal {
    /// Opens or makes the file and hands each whole line of it to `each`, oldest first; half a line that a crash left is
    /// passed over.
    pub(super) fn open<T: DeserializeOwned>(path: &Path, mut each: impl FnMut(T)) -> io::Result<Self> {
        let mut file = OpenOptions::new().create(true).read(true).append(true).open(path)?;
        let mut reader = BufReader::new(&mut file);
        let mut line = Vec::new();
        while reader.read_until(b'\n', &mut line)? > 0 {
            if let Ok(value) = serde_json::from_slice(&line) {
                each(value);
            }
            line.clear();
        }
        end_last_line(&mut file)?;
        let (sender, receiver) = mpsc::channel();
        thread::Builder::new().name("sandbox-journal".into()).spawn(move || write_all(file, &receiver))?;
        Ok(Self(sender))
    }

    /// Takes its place in the file's order at once; the writing comes later.
    pub(super) fn append(&self, value: &impl Serialize) -> Written {
        let (written, done) = oneshot::channel();
        match serde_json::to_string(value) {
            // A thread that is gone drops the entry, and with it the promise.
            Ok(line) => drop(self.0.send(Entry { line, written })),
            Err(_) => drop(written),
        }
        Written(done)
    }
}

/// Replaces a file by the lines that still count; only ever before it is opened for writing.
pub(super) fn rewrite<T: Serialize>(path: &Path, values: impl Iterator<Item = T>) -> io::Result<()> {
    let beside = path.with_extension("new");
    let mut out = io::BufWriter::new(File::create(&beside)?);
    for value in values {
        serde_json::to_writer(&mut out, &value)?;
        out.write_all(b"\n")?;
    }
    out.into_inner().map_err(io::IntoInnerError::into_error)?.sync_all()?;
    std::fs::rename(beside, path)
}

fn end_last_line(file: &mut File) -> io::Result<()> {
    if file.metadata()?.len() == 0 {
        return Ok(());
    }
    let mut last = [0];
    file.seek(SeekFrom::End(-1))?;
    file.read_exact(&mut last)?;
    if last == *b"\n" { Ok(()) } else { file.write_all(b"\n") }
}

fn write_all(mut file: File, entries: &mpsc::Receiver<Entry>) {
    let mut buffer = Vec::new();
    let mut waiting = Vec::new();
    while let Ok(first) = entries.recv() {
        for entry in std::iter::once(first).chain(entries.try_iter().take(BATCH)) {
            buffer.extend_from_slice(entry.line.as_bytes());
            buffer.push(b'\n');
            waiting.push(entry.written);
        }
        let well = file.write_all(&buffer);
        if let Err(error) = &well {
            tracing::error!(%error, "the sandbox's journal cannot be written");
        }
        buffer.clear();
        for written in waiting.drain(..) {
            // Whoever no longer waits need not hear of it.
            let _ = written.send(well.is_ok());
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn lines_outlive_a_restart_and_half_a_line_does_no_harm() {
        let dir = tempfile::tempdir().expect("a folder");
        let path = dir.path().join("x.jsonl");
        let journal = Journal::open(&path, |_: u32| panic!("empty")).expect("opened");
        for n in 0..3_u32 {
            journal.append(&n).done().await.expect("written");
        }
        drop(journal);
        let mut file = OpenOptions::new().append(true).open(&path).expect("opened");
        file.write_all(b"[1,").expect("written");
        let mut seen = Vec::new();
        let journal = Journal::open(&path, |n: u32| seen.push(n)).expect("opened");
        journal.append(&3_u32).done().await.expect("written");
        assert_eq!(seen, [0, 1, 2]);
        seen.clear();
        let _journal = Journal::open(&path, |n: u32| seen.push(n)).expect("opened");
        assert_eq!(seen, [0, 1, 2, 3]);
        rewrite(&path, [7_u32, 8].iter()).expect("rewritten");
        assert_eq!(std::fs::read_to_string(&path).expect("read"), "7\n8\n");
    }
}
