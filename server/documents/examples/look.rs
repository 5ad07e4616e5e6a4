//! Writes what the crate makes into a folder, for people to look at:
//! `cargo run -p sapar-documents --example look -- /tmp/docs`.
#[path = "../tests/sample/mod.rs"]
mod sample;

use sapar_documents::{mail, order_pdf, ticket_png};
use sapar_shared::Lang;
use std::{error::Error, fs, path::PathBuf};

fn main() -> Result<(), Box<dyn Error>> {
    let folder = PathBuf::from(std::env::args().nth(1).ok_or("which folder?")?);
    fs::create_dir_all(&folder)?;
    for lang in Lang::ALL {
        let short = sample::order(lang, 5);
        let long = sample::long_order(lang, 50);
        fs::write(folder.join(format!("{lang}-short.png")), ticket_png(&short, 1)?)?;
        fs::write(folder.join(format!("{lang}-long.png")), ticket_png(&long, 49)?)?;
        fs::write(folder.join(format!("{lang}-short.pdf")), order_pdf(&short)?)?;
        fs::write(folder.join(format!("{lang}-long.pdf")), order_pdf(&long)?)?;
        fs::write(folder.join(format!("{lang}-mail.html")), mail::tickets(&short, &short.order_url).html)?;
        let back = mail::MoneyBack {
            why: mail::Why::Cancelled,
            lang,
            number: &short.number,
            contact_name: &short.contact_name,
            contact_email: &short.contact_email,
            amount: short.total,
            title: &short.tickets[0].title,
            starts_at: short.tickets[0].starts_at,
            order_url: &short.order_url,
            tour_url: "https://sapar.kz/ru/tours/kolsai",
        };
        fs::write(folder.join(format!("{lang}-back.html")), mail::money_back(&back).html)?;
        fs::write(folder.join(format!("{lang}-mail.txt")), mail::tickets(&short, &short.order_url).text)?;
    }
    fs::write(folder.join("single.pdf"), order_pdf(&sample::order(Lang::Kk, 1))?)?;
    Ok(())
}
