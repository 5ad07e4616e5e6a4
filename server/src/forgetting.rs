//! Deletes files that name somebody whose account was erased. What is gone already is as it should be.
use futures::TryStreamExt as _;
use object_store::{ObjectStoreExt as _, path::Path};
use sapar_domain::{Services, privacy::jobs::ForgetFiles};

/// Files that are deleted at once.
const AT_ONCE: usize = 8;

pub async fn run(services: &Services, job: &ForgetFiles) -> anyhow::Result<()> {
    for folder in &job.folders {
        let found = services.files.list(Some(&Path::from(folder.as_str())));
        found.map_err(anyhow::Error::from).try_for_each_concurrent(AT_ONCE, |file| delete(services, file.location)).await?;
    }
    let named = futures::stream::iter(job.files.iter().map(|file| Ok(Path::from(file.as_str()))));
    named.try_for_each_concurrent(AT_ONCE, |file| delete(services, file)).await
}

async fn delete(services: &Services, file: Path) -> anyhow::Result<()> {
    match services.files.delete(&file).await {
        Ok(()) | Err(object_store::Error::NotFound { .. }) => Ok(()),
        Err(error) => Err(error.into()),
    }
}
