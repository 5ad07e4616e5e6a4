//! The mails that the sandbox took: each a file, their heads in memory, their texts too as long as there is room.
use super::store::{Journal, rewrite};
use jiff::Timestamp;
use mail_parser::{Message, MessageParser, MimeHeaders as _};
use serde::{Deserialize, Serialize};
use std::{
    collections::{HashMap, VecDeque},
    fs, io,
    path::{Path, PathBuf},
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

/// Mails kept; older files are deleted.
const KEPT: usize = 2000;
/// Bytes of texts kept in memory; those of older mails are read from their files.
const TEXTS: usize = 16 * 1024 * 1024;

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SandboxAttachment {
    pub name: String,
    pub content_type: String,
    pub size: usize,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SandboxMail {
    pub id: u64,
    pub at: Timestamp,
    pub from: String,
    /// The recipients, comma separated.
    pub to: String,
    pub subject: String,
    pub html: String,
    pub text: String,
    pub attachments: Vec<SandboxAttachment>,
}

/// What the index file keeps of a mail.
#[derive(Debug, Serialize, Deserialize)]
struct Head {
    id: u64,
    at: Timestamp,
    from: String,
    to: String,
    subject: String,
    message_id: Option<String>,
    attachments: Vec<SandboxAttachment>,
}

#[derive(Debug, Default)]
struct Texts {
    html: String,
    text: String,
}

impl Texts {
    fn size(&self) -> usize {
        self.html.len() + self.text.len()
    }
}

#[derive(Clone)]
struct Kept {
    head: Arc<Head>,
    texts: Option<Arc<Texts>>,
}

#[derive(Default)]
struct Shelf {
    list: VecDeque<Kept>,
    bytes: usize,
    /// Message id and recipients: a repeat is dropped, as mail programs do.
    seen: HashMap<(String, String), u64>,
    last_id: u64,
}

pub(super) struct Mails {
    dir: PathBuf,
    shelf: Mutex<Shelf>,
    journal: Journal,
}

impl Mails {
    pub(super) fn open(dir: &Path) -> io::Result<Self> {
        fs::create_dir_all(dir)?;
        let path = dir.join("index.jsonl");
        let mut shelf = Shelf::default();
        let mut lines = 0_usize;
        let journal = Journal::open(&path, |head: Head| {
            lines += 1;
            shelf.put(Kept { head: Arc::new(head), texts: None });
        })?;
        let journal = if lines > 4 * KEPT {
            drop(journal);
            rewrite(&path, shelf.list.iter().map(|kept| kept.head.as_ref()))?;
            Journal::open(&path, |_: Head| {})?
        } else {
            journal
        };
        Ok(Self { dir: dir.to_owned(), shelf: Mutex::new(shelf), journal })
    }

    fn lock(&self) -> MutexGuard<'_, Shelf> {
        self.shelf.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn file(&self, id: u64) -> PathBuf {
        self.dir.join(format!("{id}.eml"))
    }

    /// Keeps a mail; false when it could not be written. A repeat of one that is kept counts as kept.
    pub(super) async fn take(self: &Arc<Self>, from: String, to: Vec<String>, raw: Vec<u8>) -> bool {
        let this = Arc::clone(self);
        let stored = tokio::task::spawn_blocking(move || this.write(from, &to.join(", "), &raw)).await;
        let written = match stored {
            Ok(Ok(Some(written))) => written,
            Ok(Ok(None)) => return true,
            Ok(Err(_)) | Err(_) => return false,
        };
        written.done().await.is_ok()
    }

    fn write(&self, from: String, to: &str, raw: &[u8]) -> io::Result<Option<super::store::Written>> {
        let at = Timestamp::now();
        let parsed = MessageParser::default().parse(raw);
        let message_id = parsed.as_ref().and_then(Message::message_id).map(str::to_owned);
        let seen = message_id.clone().map(|id| (id, to.to_owned()));
        let id = {
            let mut shelf = self.lock();
            if seen.as_ref().is_some_and(|seen| shelf.seen.contains_key(seen)) {
                return Ok(None);
            }
            shelf.last_id = u64::try_from(at.as_millisecond()).unwrap_or(0).max(shelf.last_id + 1);
            let id = shelf.last_id;
            // Taken at once, so that a repeat on another connection finds it.
            if let Some(seen) = seen.clone() {
                shelf.seen.insert(seen, id);
            }
            id
        };
        let texts = parsed.as_ref().map(texts).unwrap_or_default();
        let head = Head {
            id,
            at,
            from,
            to: to.to_owned(),
            subject: parsed.as_ref().and_then(Message::subject).unwrap_or_default().to_owned(),
            message_id,
            attachments: parsed.as_ref().map(attachments).unwrap_or_default(),
        };
        if let Err(error) = self.put_file(id, raw) {
            if let Some(seen) = seen {
                self.lock().seen.remove(&seen);
            }
            return Err(error);
        }
        let (written, dropped) = {
            let mut shelf = self.lock();
            let written = self.journal.append(&head);
            (written, shelf.put(Kept { head: Arc::new(head), texts: Some(Arc::new(texts)) }))
        };
        for old in dropped {
            // A file that stays behind costs a little room, no more.
            let _ = fs::remove_file(self.file(old));
        }
        Ok(Some(written))
    }

    /// Whole or not at all: written beside and renamed.
    fn put_file(&self, id: u64, raw: &[u8]) -> io::Result<()> {
        let beside = self.dir.join(format!("{id}.new"));
        fs::write(&beside, raw)?;
        fs::rename(beside, self.file(id))
    }

    /// The newest `count`, newest first.
    pub(super) fn list(&self, count: usize) -> Vec<SandboxMail> {
        let kept: Vec<Kept> = self.lock().list.iter().rev().take(count).cloned().collect();
        kept.into_iter().map(|kept| self.whole(kept)).collect()
    }

    pub(super) fn get(&self, id: u64) -> Option<SandboxMail> {
        let kept = self.lock().list.iter().rev().find(|kept| kept.head.id == id).cloned()?;
        Some(self.whole(kept))
    }

    pub(super) fn attachment(&self, id: u64, index: usize) -> Option<(SandboxAttachment, Vec<u8>)> {
        let kept = self.lock().list.iter().rev().find(|kept| kept.head.id == id).cloned()?;
        let about = kept.head.attachments.get(index)?.clone();
        let raw = fs::read(self.file(id)).ok()?;
        let message = MessageParser::default().parse(&raw)?;
        let part = message.attachment(u32::try_from(index).ok()?)?;
        Some((about, part.contents().to_vec()))
    }

    fn whole(&self, kept: Kept) -> SandboxMail {
        let texts = kept.texts.unwrap_or_else(|| {
            let raw = fs::read(self.file(kept.head.id)).unwrap_or_default();
            Arc::new(MessageParser::default().parse(&raw).as_ref().map(texts).unwrap_or_default())
        });
        let head = kept.head;
        SandboxMail {
            id: head.id,
            at: head.at,
            from: head.from.clone(),
            to: head.to.clone(),
            subject: head.subject.clone(),
            html: texts.html.clone(),
            text: texts.text.clone(),
            attachments: head.attachments.clone(),
        }
    }
}

impl Shelf {
    /// Tells which mails had to go.
    fn put(&mut self, kept: Kept) -> Vec<u64> {
        self.last_id = self.last_id.max(kept.head.id);
        self.bytes += kept.texts.as_ref().map_or(0, |texts| texts.size());
        if let Some(id) = &kept.head.message_id {
            self.seen.insert((id.clone(), kept.head.to.clone()), kept.head.id);
        }
        self.list.push_back(kept);
        let mut dropped = Vec::new();
        while self.list.len() > KEPT
            && let Some(old) = self.list.pop_front()
        {
            self.bytes -= old.texts.as_ref().map_or(0, |texts| texts.size());
            if let Some(id) = &old.head.message_id {
                self.seen.remove(&(id.clone(), old.head.to.clone()));
            }
            dropped.push(old.head.id);
        }
        if self.bytes > TEXTS {
            self.drop_texts();
        }
        dropped
    }

    fn drop_texts(&mut self) {
        for kept in &mut self.list {
            if self.bytes <= TEXTS / 2 {
                return;
            }
            self.bytes -= kept.texts.take().map_or(0, |texts| texts.size());
        }
    }
}

fn texts(message: &Message<'_>) -> Texts {
    let body = |text: Option<std::borrow::Cow<'_, str>>| text.map(std::borrow::Cow::into_owned).unwrap_or_default();
    Texts { html: body(message.body_html(0)), text: body(message.body_text(0)) }
}

fn attachments(message: &Message<'_>) -> Vec<SandboxAttachment> {
    let one = |part: &mail_parser::MessagePart<'_>| {
        let kind = part.content_type();
        let content_type = kind.map(|kind| match kind.subtype() {
            Some(sub) => format!("{}/{sub}", kind.ctype()),
            None => kind.ctype().to_owned(),
        });
        SandboxAttachment {
            name: part.attachment_name().unwrap_or("attachment").to_owned(),
            content_type: content_type.unwrap_or_else(|| "application/octet-stream".into()),
            size: part.contents().len(),
        }
    };
    message.attachments().map(one).collect()
}
