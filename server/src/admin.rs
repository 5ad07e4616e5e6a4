//! `sapar admin …`: stands in for the moderator's pages.
use crate::{config::Config, run::House};
use anyhow::Context as _;
use clap::Subcommand;
use sapar_domain::partners;
use sapar_shared::{contact::Phone, when};

#[derive(Subcommand)]
pub enum Admin {
    /// What waits for a moderator: organisations to be called, listings to be checked.
    List,
    /// Let an organisation that was called into the public; ends a block, too.
    Activate {
        /// The organisation's slug.
        #[arg(long)]
        organisation: String,
    },
    /// Take an organisation and all that it published out of the public.
    Block {
        /// The organisation's slug.
        #[arg(long)]
        organisation: String,
    },
}

/// Runs one command; what it did is printed.
#[allow(clippy::print_stdout)]
pub async fn run(admin: Admin, config: Config) -> anyhow::Result<()> {
    let house = House::open(config).await?;
    let services = &house.services;
    match admin {
        Admin::List => print_waiting(&partners::waiting(&mut *services.conn().await?).await?),
        Admin::Activate { organisation } => {
            let mut tx = services.begin().await?;
            let changed = partners::activate(&mut tx, &services.ctx, &organisation).await;
            let changed = changed.with_context(|| format!("{organisation} was not activated"))?;
            tx.commit().await?;
            println!("{organisation} {}", if changed { "is active now" } else { "was active already" });
        }
        Admin::Block { organisation } => {
            let mut tx = services.begin().await?;
            let changed = partners::block(&mut tx, &services.ctx, &organisation).await;
            let changed = changed.with_context(|| format!("{organisation} was not blocked"))?;
            tx.commit().await?;
            println!("{organisation} {}", if changed { "is blocked now" } else { "was blocked already" });
        }
    }
    Ok(())
}

/// One line each, the oldest first.
#[allow(clippy::print_stdout)]
fn print_waiting(waiting: &partners::Waiting) {
    println!("Organisations to call: {}", waiting.organisations.len());
    for one in &waiting.organisations {
        let phone = Phone::parse(&one.phone).map_or_else(|| one.phone.clone(), |phone| phone.pretty());
        let since = when::local(one.since).date();
        println!("  {}  {}  BIN {}  {}  {phone}  since {since}", one.slug, one.name, one.bin, one.contact_person);
    }
    println!("Listings to check: {}", waiting.listings.len());
    for one in &waiting.listings {
        println!("  {}  {}  of {}  since {}", one.slug, one.title, one.organisation, when::local(one.since).date());
    }
}
