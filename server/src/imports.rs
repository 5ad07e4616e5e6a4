//! Files of tours: read and marked away from the threads that answer, few at a time in a process, so that memory holds few large
//! files whoever sends how many; and imported by a worker.
use anyhow::Context as _;
use bytes::Bytes;
use jiff::civil::Date;
use object_store::{ObjectStoreExt as _, path::Path};
use sapar_domain::{
    Services,
    catalog::importing::{self, ImportError, Imported, Step, TemplateChoices},
};
use sapar_shared::{
    Lang,
    ids::ImportId,
    sheets::{CellError, Raw},
};
use sapar_sheets::{Choices, Refused};
use std::{
    sync::{Arc, LazyLock},
    time::Duration,
};
use tokio::sync::{Semaphore, watch};

/// Files that are read or written at once.
static FEW: LazyLock<Arc<Semaphore>> = LazyLock::new(|| Arc::new(Semaphore::new(2)));
/// After so many failures an import is given up: the partner sees it and sends the file again.
const TRIES: i32 = 4;
/// Whoever waits longer for a turn is told that the house is busy.
const TURN: Duration = Duration::from_secs(20);

/// Does this where it may take its time.
async fn aside<T: Send + 'static>(work: impl FnOnce() -> T + Send + 'static) -> anyhow::Result<T> {
    let turn = tokio::time::timeout(TURN, FEW.clone().acquire_owned()).await.context("too many files at once")??;
    let worked = tokio::task::spawn_blocking(move || {
        // Kept until it is done, whoever has hung up meanwhile.
        let _turn = turn;
        work()
    });
    Ok(worked.await?)
}

/// The rows of a file.
pub async fn read(file: Bytes) -> anyhow::Result<Result<Raw, Refused>> {
    aside(move || sapar_sheets::read(&file)).await
}

/// An empty workbook with these choices.
pub async fn template(lang: Lang, today: Date, choices: TemplateChoices) -> anyhow::Result<Vec<u8>> {
    let TemplateChoices { places, categories, example_place, example_from, example_category, tours } = choices;
    let choices = Choices { places, categories, example_place, example_from, example_category, tours };
    let year = u16::try_from(today.year())?;
    Ok(aside(move || sapar_sheets::template(lang, year, &choices)).await??)
}

/// The file with its errors marked; `None` where it is gone.
pub async fn corrected(services: &Services, id: ImportId, lang: Lang, errors: Vec<CellError>) -> anyhow::Result<Option<Vec<u8>>> {
    let Some(file) = file(services, id).await? else { return Ok(None) };
    let Ok(raw) = read(file).await? else { return Ok(None) };
    Ok(Some(aside(move || sapar_sheets::corrected(&raw, &errors, lang)).await??))
}

async fn file(services: &Services, id: ImportId) -> anyhow::Result<Option<Bytes>> {
    match services.files.get(&Path::from(importing::file_path(id))).await {
        Ok(found) => Ok(Some(found.bytes().await?)),
        Err(object_store::Error::NotFound { .. }) => Ok(None),
        Err(error) => Err(error.into()),
    }
}

/// A worker's part. What fails is tried again, and given up in the end; nothing is ever half imported.
pub async fn run(services: &Services, id: ImportId, attempt: i32) -> anyhow::Result<()> {
    let outcome = attempt_to_import(services, id).await;
    if outcome.is_err() && attempt >= TRIES {
        importing::fail(&mut *services.conn().await?, id).await?;
    }
    outcome
}

async fn attempt_to_import(services: &Services, id: ImportId) -> anyhow::Result<()> {
    if !importing::begin(&mut *services.conn().await?, id).await? {
        return Ok(());
    }
    let raw = match file(services, id).await? {
        Some(file) => read(file).await?.ok(),
        None => None,
    };
    // It was read once: without its file, trying again would not help.
    let Some(raw) = raw else { return Ok(importing::fail(&mut *services.conn().await?, id).await?) };
    let (told, hears) = watch::channel(Step::Read);
    let telling = tokio::spawn(tell(services.clone(), id, hears));
    let outcome = write(services, id, &raw, &told).await;
    drop(told);
    telling.await?;
    if let Imported::Done(_) = outcome? {
        // Of no use any more; should it stay, nobody is the worse for it.
        let _ = services.files.delete(&Path::from(importing::file_path(id))).await;
    }
    Ok(())
}

async fn write(services: &Services, id: ImportId, raw: &Raw, told: &watch::Sender<Step>) -> Result<Imported, ImportError> {
    let mut tx = services.begin().await?;
    let outcome = importing::import(&mut tx, &services.ctx, id, raw, told).await?;
    tx.commit().await?;
    Ok(outcome)
}

/// Writes down each step as it begins, by a connection of its own: the import's own transaction shows nothing before its end.
async fn tell(services: Services, id: ImportId, mut hears: watch::Receiver<Step>) {
    while hears.changed().await.is_ok() {
        let step = *hears.borrow_and_update();
        if let Ok(mut conn) = services.conn().await
            && let Err(error) = importing::tell(&mut conn, id, step).await
        {
            tracing::warn!(%id, %error, "an import's progress was not told");
        }
    }
}
