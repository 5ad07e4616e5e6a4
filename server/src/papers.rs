//! Documents of a paid order: typeset on threads of their own, kept in the object store.
use crate::press;
use anyhow::Context as _;
use bytes::Bytes;
use object_store::{ObjectStoreExt as _, PutPayload, path::Path};
use sapar_domain::{Services, tickets};
use sapar_shared::{dto::paper::OrderPaper, ids::OrderId};

pub const PDF: &str = "tickets.pdf";

/// What was printed before the order changed lies under an older version, where nobody looks any more. The version is read
/// before the order is: what is stored under it may be newer than it says, never older.
async fn path(services: &Services, order: OrderId, name: &str) -> anyhow::Result<Path> {
    Ok(match tickets::papers_version(&mut *services.conn().await?, order).await? {
        0 => Path::from(format!("orders/{order}/{name}")),
        version => Path::from(format!("orders/{order}/{version}/{name}")),
    })
}

async fn paper(services: &Services, order: OrderId) -> anyhow::Result<Option<OrderPaper>> {
    let paper = tickets::paper(&mut *services.conn().await?, &services.ctx, order).await?;
    Ok(paper.filter(|paper| !paper.tickets.is_empty()))
}

/// The order's PDF: from the store, or made and stored. `None` while the order has no tickets.
pub async fn pdf(services: &Services, order: OrderId) -> anyhow::Result<Option<Bytes>> {
    let path = path(services, order, PDF).await?;
    if let Some(stored) = stored(services, &path).await? {
        return Ok(Some(stored));
    }
    let Some(paper) = paper(services, order).await? else { return Ok(None) };
    let made = press::run(move || sapar_documents::order_pdf(&paper)).await?.context("the PDF was not typeset")?;
    store(services, &path, made).await.map(Some)
}

/// One ticket as a picture; `position` counts from 1.
pub async fn png(services: &Services, order: OrderId, position: usize) -> anyhow::Result<Option<Bytes>> {
    let path = path(services, order, &format!("ticket-{position}.png")).await?;
    if let Some(stored) = stored(services, &path).await? {
        return Ok(Some(stored));
    }
    let Some(paper) = paper(services, order).await? else { return Ok(None) };
    let Some(index) = position.checked_sub(1).filter(|index| *index < paper.tickets.len()) else { return Ok(None) };
    let drawn = press::run(move || sapar_documents::ticket_png(&paper, index)).await?;
    store(services, &path, drawn.context("the ticket was not drawn")?).await.map(Some)
}

async fn stored(services: &Services, path: &Path) -> anyhow::Result<Option<Bytes>> {
    match services.files.get(path).await {
        Ok(found) => Ok(Some(found.bytes().await?)),
        Err(object_store::Error::NotFound { .. }) => Ok(None),
        Err(error) => Err(error.into()),
    }
}

async fn store(services: &Services, path: &Path, bytes: Vec<u8>) -> anyhow::Result<Bytes> {
    let bytes = Bytes::from(bytes);
    services.files.put(path, PutPayload::from_bytes(bytes.clone())).await?;
    Ok(bytes)
}
