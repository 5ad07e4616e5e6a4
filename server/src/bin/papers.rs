//! How many PDFs a second one core makes, and how large they are. Each order differs, as real ones do.
//!
//! Not an example of `sapar-documents`: that would be compiled with that crate's own choice of features, typst and all, and
//! would measure other code than the product's.
#![allow(clippy::print_stdout)]
#[path = "../../documents/tests/sample/mod.rs"]
mod sample;

use sapar_documents::{order_pdf, ticket_png};
use sapar_shared::{Lang, dto::paper::OrderPaper};
use std::{error::Error, time::Instant};

fn nth(index: usize, tickets: usize) -> OrderPaper {
    let mut order = sample::order(Lang::ALL[index % 3], tickets);
    order.number = format!("{}", 48_000_000 + index);
    order.order_url = format!("{}{index}", order.order_url);
    for ticket in &mut order.tickets {
        ticket.qr_url = sample::qr_url(index * 64 + ticket.position as usize);
        ticket.code = sample::code(index * 64 + ticket.position as usize);
        ticket.holder = format!("{} {index}", ticket.holder);
    }
    order
}

fn measure<E: Error + 'static>(
    what: &str,
    count: usize,
    tickets: usize,
    make: impl Fn(&OrderPaper) -> Result<Vec<u8>, E>,
) -> Result<(), Box<dyn Error>> {
    // The first ones fill the caches that stay.
    for index in 0..20 {
        make(&nth(index, tickets))?;
    }
    let start = Instant::now();
    let mut bytes = 0;
    for index in 20..20 + count {
        bytes += make(&nth(index, tickets))?.len();
    }
    let seconds = start.elapsed().as_secs_f64();
    println!(
        "{what}: {:.0}/s, {:.0} tickets/s, {:.1} KB each, {} KB resident",
        count as f64 / seconds,
        (count * tickets) as f64 / seconds,
        bytes as f64 / count as f64 / 1024.0,
        resident()
    );
    Ok(())
}

/// Linux only; 0 elsewhere.
fn resident() -> usize {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    status.lines().find_map(|line| line.strip_prefix("VmRSS:")?.trim().strip_suffix(" kB")?.parse().ok()).unwrap_or(0)
}

fn main() -> Result<(), Box<dyn Error>> {
    measure("PDF of one ticket", 600, 1, order_pdf)?;
    measure("PDF of two tickets", 300, 2, order_pdf)?;
    measure("PDF of 50 tickets", 20, 50, order_pdf)?;
    measure("PNG", 100, 1, |order| ticket_png(order, 0))?;
    Ok(())
}
