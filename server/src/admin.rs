//! `sapar admin …`: stands in for the moderator's pages.
use crate::{config::Config, run::House};
use anyhow::Context as _;
use clap::Subcommand;
use sapar_domain::{
    Services, accounts,
    catalog::editing::{self, Approved, EditError},
    partners,
};
use sapar_shared::{contact::Phone, ids::OrganisationChangeId, when};

#[derive(Subcommand)]
pub enum Admin {
    /// What waits for a moderator: organisations to be called, listings to be checked, names and BINs to be changed.
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
        /// Why, and what is to be done about it; the partner reads it in the cabinet.
        #[arg(long)]
        remark: String,
    },
    /// Take away a BIN that belongs to another: blocks the organisation until it has asked for its own.
    FreeBin {
        /// The slug of the organisation that has it.
        #[arg(long)]
        organisation: String,
        /// Why, and what is to be done about it; the partner reads it in the cabinet.
        #[arg(long)]
        remark: String,
    },
    /// Give an organisation the name or BIN that its owner asked for.
    ApproveChange {
        /// The organisation's slug.
        #[arg(long)]
        organisation: String,
        /// The request as `list` showed it: refused if the owner has replaced it since.
        #[arg(long)]
        request: Option<OrganisationChangeId>,
    },
    /// Leave an organisation's name and BIN as they are.
    RejectChange {
        /// The organisation's slug.
        #[arg(long)]
        organisation: String,
        /// The request as `list` showed it: refused if the owner has replaced it since.
        #[arg(long)]
        request: Option<OrganisationChangeId>,
        /// Why not, and what is to be done; the owner reads it.
        #[arg(long)]
        remark: String,
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
        Admin::Block { organisation, remark } => {
            let mut tx = services.begin().await?;
            let changed = partners::block(&mut tx, &services.ctx, &organisation, &remark).await;
            let changed = changed.with_context(|| format!("{organisation} was not blocked"))?;
            tx.commit().await?;
            println!(
                "{organisation} {}",
                if changed { "is blocked now" } else { "was blocked already; it reads the new remark" }
            );
        }
        Admin::FreeBin { organisation, remark } => free_bin(services, &organisation, &remark).await?,
        Admin::ApproveChange { organisation, request } => approve_change(services, &organisation, request).await?,
        Admin::RejectChange { organisation, request, remark } => {
            reject_change(services, &organisation, request, &remark).await?;
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
    println!("Names and BINs to change: {}", waiting.changes.len());
    for one in &waiting.changes {
        let phone = Phone::parse(&one.phone).map_or_else(|| one.phone.clone(), |phone| phone.pretty());
        let (since, wanted) = (when::local(one.since).date(), wanted(&one.change));
        println!(
            "  {}  {}  BIN {}  wants {wanted}  {}  {phone}  since {since}",
            one.slug, one.name_was, one.bin_was, one.contact_person
        );
        println!("    --organisation {} --request {}", one.slug, one.change.id);
        if !one.reason.is_empty() {
            println!("    because: {}", one.reason.replace('\n', " "));
        }
    }
    println!("BINs that two say are theirs: {}", waiting.claims.len());
    for one in &waiting.claims {
        let phone = Phone::parse(&one.phone).map_or_else(|| one.phone.clone(), |phone| phone.pretty());
        let since = when::local(one.since).date();
        println!(
            "  {}  {}  BIN {}, which {} has  {}  {phone}  since {since}",
            one.slug, one.name, one.bin, one.holder, one.contact_person
        );
    }
    println!("Listings to check: {}", waiting.listings.len());
    for one in &waiting.listings {
        println!("  {}  {}  of {}  since {}", one.slug, one.title, one.organisation, when::local(one.since).date());
    }
}

#[allow(clippy::print_stdout)]
async fn free_bin(services: &Services, slug: &str, remark: &str) -> anyhow::Result<()> {
    let mut tx = services.begin().await?;
    let freed = partners::free_bin(&mut tx, &services.ctx, slug, remark).await;
    freed.with_context(|| format!("{slug} keeps its BIN"))?;
    tx.commit().await?;
    println!("{slug} is blocked, and its BIN is free");
    Ok(())
}

#[allow(clippy::print_stdout)]
async fn approve_change(services: &Services, slug: &str, request: Option<OrganisationChangeId>) -> anyhow::Result<()> {
    let mut tx = services.begin().await?;
    let change = partners::approve_change(&mut tx, &services.ctx, slug, request).await;
    let change = change.with_context(|| format!("{slug} was not changed"))?;
    tx.commit().await?;
    println!("{slug} has a new {}", wanted(&change));
    Ok(())
}

#[allow(clippy::print_stdout)]
async fn reject_change(
    services: &Services,
    slug: &str,
    request: Option<OrganisationChangeId>,
    remark: &str,
) -> anyhow::Result<()> {
    let mut tx = services.begin().await?;
    let change = partners::reject_change(&mut tx, &services.ctx, slug, request, remark).await;
    let change = change.with_context(|| format!("the request of {slug} was not rejected"))?;
    tx.commit().await?;
    println!("{slug} stays as it is; rejected: {}", wanted(&change));
    Ok(())
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

/// What is asked for, in a line.
fn wanted(change: &partners::Change) -> String {
    let name = change.name.as_ref().map(|name| format!("name {name}"));
    let bin = change.bin.as_ref().map(|bin| format!("BIN {bin}"));
    name.into_iter().chain(bin).collect::<Vec<_>>().join(", ")
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
