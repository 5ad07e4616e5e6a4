//! Makes the sizes of pictures that partners send: decoded and drawn on the threads that typeset, one at a time in a process,
//! so that memory holds one large picture whoever sends how many.
use crate::{
    press,
    seed::{QUALITY, WIDTHS},
};
use anyhow::Context as _;
use bytes::Bytes;
use object_store::{ObjectStoreExt as _, PutPayload, path::Path};
use sapar_art::{
    Rendered, encode,
    photo::{self, Part, Unreadable},
};
use sapar_domain::{
    Services,
    uploads::{self, Crop, Made},
};
use sapar_shared::ids::UploadId;
use std::{
    panic::{AssertUnwindSafe, catch_unwind},
    sync::{Arc, LazyLock},
};
use tokio::sync::Semaphore;

/// The longest side of what all sizes are made from.
const MASTER: u32 = 2400;
/// Its quality: the sizes are made from it, and lose once more.
const MASTER_QUALITY: f32 = 90.0;

static ONE: LazyLock<Arc<Semaphore>> = LazyLock::new(|| Arc::new(Semaphore::new(1)));

/// What was drawn of a file.
struct Drawn {
    /// Of a picture that has just come.
    master: Option<Rendered>,
    sizes: Vec<Rendered>,
    color: String,
}

/// Makes a revision's sizes unless they are there. What cannot be read is written down as failed: trying again would not help.
pub async fn make(services: &Services, upload: UploadId, revision: i32) -> anyhow::Result<()> {
    let wanted = uploads::to_make(&mut *services.conn().await?, &services.ctx, upload, revision).await?;
    let raw = Path::from(uploads::raw_path(upload));
    let is_new = revision == 0;
    if let Some(wanted) = wanted {
        let source = if is_new { raw.clone() } else { Path::from(uploads::master_path(upload)) };
        match draw(services, &source, is_new, wanted.crop.map(part)).await? {
            Ok(drawn) => keep(services, upload, revision, drawn).await?,
            Err(why) => uploads::fail(&mut *services.conn().await?, &services.ctx, upload, revision, why).await?,
        }
    }
    if is_new {
        gone(services.files.delete(&raw).await)?;
    }
    Ok(())
}

fn part(crop: Crop) -> Part {
    let side = |n: i32| u32::try_from(n).unwrap_or(0);
    Part { left: side(crop.left), top: side(crop.top), width: side(crop.width), height: side(crop.height) }
}

/// Deleted is deleted, whoever did it.
fn gone(deleted: object_store::Result<()>) -> object_store::Result<()> {
    match deleted {
        Err(object_store::Error::NotFound { .. }) => Ok(()),
        other => other,
    }
}

/// The inner error is a word that says why it never will be.
async fn draw(
    services: &Services,
    source: &Path,
    is_new: bool,
    part: Option<Part>,
) -> anyhow::Result<Result<Drawn, &'static str>> {
    let turn = ONE.clone().acquire_owned().await.context("nobody closes it")?;
    let file = match services.files.get(source).await {
        Ok(found) => found.bytes().await?,
        Err(object_store::Error::NotFound { .. }) => return Ok(Err("missing")),
        Err(error) => return Err(error.into()),
    };
    press::run(move || {
        // Kept until the drawing ends, even when nobody waits for it any more.
        let _turn = turn;
        // A decoder that panics at this file would do so each time.
        catch_unwind(AssertUnwindSafe(|| draw_now(&file, is_new, part)))
            .unwrap_or(Err(Unreadable::Broken))
            .map_err(Unreadable::word)
    })
    .await
}

fn draw_now(file: &Bytes, is_new: bool, part: Option<Part>) -> Result<Drawn, Unreadable> {
    let picture = photo::open(file, MASTER)?;
    let master = is_new.then(|| encode(&picture, MASTER_QUALITY));
    let (sizes, color) = photo::sizes(&picture, part, &WIDTHS, QUALITY);
    Ok(Drawn { master, sizes, color })
}

async fn keep(services: &Services, upload: UploadId, revision: i32, drawn: Drawn) -> anyhow::Result<()> {
    if let Some(master) = drawn.master {
        put(services, uploads::master_path(upload), master.webp).await?;
    }
    let key = uploads::key(upload, revision);
    let size = |n: u32| i32::try_from(n).unwrap_or(i32::MAX);
    let largest = drawn.sizes.last().context("a picture has widths")?;
    let (width, height) = (size(largest.width), size(largest.height));
    let widths = drawn.sizes.iter().map(|file| size(file.width)).collect();
    for file in drawn.sizes {
        put(services, format!("pictures/{key}-{}.webp", file.width), file.webp).await?;
    }
    let made = Made { widths, width, height, color: drawn.color };
    Ok(uploads::finish(&mut *services.conn().await?, &services.ctx, upload, revision, &made).await?)
}

async fn put(services: &Services, path: String, bytes: Vec<u8>) -> anyhow::Result<()> {
    services.files.put(&Path::from(path), PutPayload::from(bytes)).await?;
    Ok(())
}
