//! All of a person's data as a ZIP, made while it is sent: one part of the orders or one PDF is in memory at a time, on a
//! connection that is given back before the next, and nothing of it lies around afterwards.
use crate::papers;
use anyhow::Context as _;
use bytes::Bytes;
use futures::{Stream, stream};
use jiff::Timestamp;
use sapar_domain::{
    Services,
    privacy::{self, Export},
};
use sapar_shared::{Lang, ids::OrderId, tr::privacy as words, when};
use std::{
    collections::VecDeque,
    io::{self, Write},
    mem,
    sync::{Arc, Mutex, PoisonError},
};
use zip::{
    CompressionMethod, DateTime, ZipWriter,
    write::{SimpleFileOptions, StreamWriter},
};

/// What the archive has given out and nobody has sent yet.
#[derive(Clone, Default)]
struct Out(Arc<Mutex<Vec<u8>>>);

impl Out {
    fn take(&self) -> Bytes {
        mem::take(&mut *self.0.lock().unwrap_or_else(PoisonError::into_inner)).into()
    }
}

impl Write for Out {
    fn write(&mut self, part: &[u8]) -> io::Result<usize> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).extend_from_slice(part);
        Ok(part.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// Where the making is.
enum At {
    Head,
    Orders(Option<OrderId>),
    Tickets,
    End,
}

type Zip = ZipWriter<StreamWriter<Out>>;

struct Making {
    services: Services,
    export: Export,
    lang: Lang,
    /// What all its files are dated.
    made: DateTime,
    at: At,
    zip: Zip,
    out: Out,
    /// Orders with a PDF, by their numbers.
    tickets: VecDeque<(OrderId, String)>,
    /// No order stands in the list yet.
    first: bool,
}

/// `README.txt`, `data.json` and `tickets/<number>.pdf`. It breaks off where something fails: half an archive must not look whole.
pub fn zip(services: Services, export: Export, lang: Lang) -> impl Stream<Item = anyhow::Result<Bytes>> + Send + 'static {
    let out = Out::default();
    let zip = ZipWriter::new_stream(out.clone());
    let made = moment(services.ctx.now());
    let making = Making { services, export, lang, made, at: At::Head, zip, out, tickets: VecDeque::new(), first: true };
    stream::try_unfold(Some(making), |making| async move {
        let Some(mut making) = making else { return Ok(None) };
        loop {
            if matches!(making.at, At::End) {
                making.zip.finish()?;
                return Ok(Some((making.out.take(), None)));
            }
            making = step(making).await?;
            let part = making.out.take();
            if !part.is_empty() {
                return Ok(Some((part, Some(making))));
            }
        }
    })
}

async fn step(mut making: Making) -> anyhow::Result<Making> {
    match making.at {
        At::Head => head(making).await,
        At::Orders(after) => orders(making, after).await,
        At::Tickets => {
            let Some((order, number)) = making.tickets.pop_front() else {
                making.at = At::End;
                return Ok(making);
            };
            // One whose tickets are not issued yet has none.
            if let Some(pdf) = papers::pdf(&making.services, order).await? {
                making.zip.start_file(format!("tickets/{number}.pdf"), stored(making.made))?;
                making.zip.write_all(&pdf)?;
            }
            Ok(making)
        }
        At::End => Ok(making),
    }
}

/// Everything but the orders; `data.json` stays open for them.
async fn head(mut making: Making) -> anyhow::Result<Making> {
    let services = &making.services;
    let account = privacy::exported_account(&mut *services.conn().await?, &services.ctx, making.export).await?;
    let account = account.context("the account was erased meanwhile")?;
    let open = account.strip_suffix('}').context("no JSON object")?;
    making.zip.start_file("README.txt", packed(making.made))?;
    making.zip.write_all(readme(making.lang, services.ctx.today()).as_bytes())?;
    making.zip.start_file("data.json", packed(making.made))?;
    let text = format!("{open}, \"orders\": [");
    making.at = At::Orders(None);
    write(making, text).await
}

async fn orders(mut making: Making, after: Option<OrderId>) -> anyhow::Result<Making> {
    let (part, next) = privacy::exported_orders(&mut *making.services.conn().await?, making.export, after).await?;
    let mut text = String::new();
    for order in part {
        text.push_str(if mem::take(&mut making.first) { "\n" } else { ",\n" });
        text.push_str(&order.json);
        if order.has_tickets {
            making.tickets.push_back((order.id, order.number));
        }
    }
    if next.is_none() {
        text.push_str("]}\n");
    }
    making.at = next.map_or(At::Tickets, |last| At::Orders(Some(last)));
    write(making, text).await
}

/// Packing takes a core for some milliseconds, which the async threads do not have.
async fn write(mut making: Making, text: String) -> anyhow::Result<Making> {
    tokio::task::spawn_blocking(move || {
        making.zip.write_all(text.as_bytes())?;
        Ok(making)
    })
    .await?
}

/// Archives know no time zone: it is the clock of Almaty.
fn moment(at: Timestamp) -> DateTime {
    let at = when::local(at);
    let part = |part: i8| u8::try_from(part).unwrap_or_default();
    let year = u16::try_from(at.year()).unwrap_or_default();
    let made = DateTime::from_date_and_time(
        year,
        part(at.month()),
        part(at.day()),
        part(at.hour()),
        part(at.minute()),
        part(at.second()),
    );
    made.unwrap_or_default()
}

fn packed(made: DateTime) -> SimpleFileOptions {
    SimpleFileOptions::default().compression_method(CompressionMethod::Deflated).last_modified_time(made)
}

/// A PDF is packed already.
fn stored(made: DateTime) -> SimpleFileOptions {
    SimpleFileOptions::default().compression_method(CompressionMethod::Stored).last_modified_time(made)
}

fn readme(lang: Lang, today: jiff::civil::Date) -> String {
    let lines = [
        words::readme_title(lang, when::full_date(lang, today)),
        String::new(),
        words::readme_data(lang).to_owned(),
        words::readme_account(lang).to_owned(),
        words::readme_orders(lang).to_owned(),
        words::readme_tickets(lang).to_owned(),
        String::new(),
    ];
    lines.join("\r\n")
}
