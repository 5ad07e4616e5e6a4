//! `sapar admin …`: stands in for the moderator's pages.
use crate::{config::Config, run::House};
use anyhow::Context as _;
use clap::Subcommand;
use sapar_domain::{
    Services, accounts,
    catalog::editing::{self, Approved, EditError},
    partners,
};
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
    /// Approve a listing, or a published one's edits, that wait for review.
    Approve {
        /// The listing's slug.
        #[arg(long)]
        listing: String,
    },
    /// Reject a listing, or a published one's edits, that wait for review.
    Reject {
        /// The listing's slug.
        #[arg(long)]
        listing: String,
        /// What is to be mended; the partner reads it.
        #[arg(long)]
        remark: String,
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
            let id = accounts::organisation_by_slug(&mut tx, &organisation).await?;
            let id = id.with_context(|| format!("no organisation has the slug {organisation}"))?;
            let published = editing::publish_approved(&mut tx, &services.ctx, id).await?;
            tx.commit().await?;
            println!("listings that became public: {}", published.len());
            println!("{organisation} {}", if changed { "is active now" } else { "was active already" });
        }
        Admin::Block { organisation } => {
            let mut tx = services.begin().await?;
            let changed = partners::block(&mut tx, &services.ctx, &organisation).await;
            let changed = changed.with_context(|| format!("{organisation} was not blocked"))?;
            tx.commit().await?;
            println!("{organisation} {}", if changed { "is blocked now" } else { "was blocked already" });
        }
        Admin::Approve { listing } => approve(services, &listing).await?,
        Admin::Reject { listing, remark } => {
            let mut tx = services.begin().await?;
            editing::reject(&mut tx, &services.ctx, &listing, &remark).await.map_err(|error| told(&listing, error))?;
            tx.commit().await?;
            println!("{listing} is rejected");
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

#[allow(clippy::print_stdout)]
async fn approve(services: &Services, slug: &str) -> anyhow::Result<()> {
    let mut tx = services.begin().await?;
    let approved = editing::approve(&mut tx, &services.ctx, slug).await.map_err(|error| told(slug, error))?;
    tx.commit().await?;
    match approved {
        Approved::Live => println!("{slug} is live"),
        Approved::WaitsForActivation => println!("{slug} is approved and becomes public when its organisation is active"),
    }
    Ok(())
}

/// The refusal as one reads it at a terminal.
fn told(slug: &str, error: EditError) -> anyhow::Error {
    match error {
        EditError::NotFound => anyhow::anyhow!("no listing has the slug {slug}"),
        EditError::Status(status) => anyhow::anyhow!("{slug} does not wait for review: it is {}", status.as_str()),
        EditError::Problems(problems) => {
            let fields: Vec<String> = problems.iter().map(|problem| format!("{} ({:?})", problem.field, problem.kind)).collect();
            anyhow::anyhow!("{slug}: {}", fields.join(", "))
        }
        other => other.into(),
    }
}
