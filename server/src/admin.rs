//! `sapar admin …`: what stands in for the moderator until he has pages of his own.
use crate::{config::Config, run::House};
use clap::Subcommand;
use sapar_domain::catalog::editing::{self, Approved, EditError};

#[derive(Subcommand)]
pub enum Admin {
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
pub async fn run(admin: Admin, config: Config) -> anyhow::Result<()> {
    let house = House::open(config).await?;
    match admin {
        Admin::Approve { listing } => approve(&house, &listing).await,
        Admin::Reject { listing, remark } => reject(&house, &listing, &remark).await,
    }
}

#[allow(clippy::print_stdout)]
async fn approve(house: &House, slug: &str) -> anyhow::Result<()> {
    let mut tx = house.services.begin().await?;
    let approved = editing::approve(&mut tx, &house.services.ctx, slug).await.map_err(|error| told(slug, error))?;
    tx.commit().await?;
    match approved {
        Approved::Live => println!("{slug} is live"),
        Approved::WaitsForActivation => println!("{slug} is approved and becomes public when its organisation is active"),
    }
    Ok(())
}

#[allow(clippy::print_stdout)]
async fn reject(house: &House, slug: &str, remark: &str) -> anyhow::Result<()> {
    let mut tx = house.services.begin().await?;
    editing::reject(&mut tx, &house.services.ctx, slug, remark).await.map_err(|error| told(slug, error))?;
    tx.commit().await?;
    println!("{slug} is rejected");
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
