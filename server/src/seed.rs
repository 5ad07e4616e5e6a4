//! Fills an empty database with the demo: draws the pictures, writes the catalogue, makes the sign-ins. And, for benchmarks, with
//! much more on top of it.
use anyhow::Context as _;
use object_store::{ObjectStoreExt as _, PutPayload, path::Path};
use sapar_art::{Scene, render_widths};
use sapar_domain::{
    Services,
    accounts::{self, NewAccount},
    catalog::{
        generate,
        scale::{self, Scale},
        seed::{self, LeavesToday, PictureSet, StoredPicture},
    },
};
use sapar_shared::{contact::Email, ids::OrganisationId, roles::Role};
use sha2::{Digest as _, Sha256};
use std::{sync::Arc, thread};

/// Widths of every stored picture, in pixels.
pub const WIDTHS: [u32; 3] = [480, 960, 1600];
/// WebP quality: beyond it files grow and drawings do not look better.
pub const QUALITY: f32 = 72.0;
/// Every demo account has this password; the README and `make run` print it.
pub const DEMO_PASSWORD: &str = "sapar-demo";

/// Who can sign in to a demo: e-mail, name, the partner's slug, role.
pub const DEMO_ACCOUNTS: [(&str, &str, &str, Role); 3] = [
    ("owner@nomad-trails.kz", "Дәурен Ахметов", "nomad-trails", Role::Owner),
    ("gate@nomad-trails.kz", "Айгерім Сапар", "nomad-trails", Role::Gate),
    ("gate@kolsai-tour.kz", "Ерлан Тасболат", "kolsai-tour", Role::Gate),
];

/// What is written; nothing but the demo unless it is said.
#[derive(Debug, clap::Args)]
pub struct Seed {
    /// So many published tours in the catalogue, for travellers to search.
    #[arg(long, value_name = "LISTINGS")]
    generate: Option<i64>,
    /// So many organisations with members, tours, departures, orders and tickets. Takes half an hour and 15 GB when nothing else
    /// is said, stops everybody else meanwhile, and refuses a database with real orders. Signs in as
    /// staff-1-1@scale.example with the demo's password.
    #[arg(long, value_name = "ORGANISATIONS", num_args = 0..=1, default_missing_value = "1000", conflicts_with = "generate")]
    scale: Option<i64>,
    /// Tours of each organisation.
    #[arg(long, default_value_t = Scale::default().listings, requires = "scale")]
    listings: i64,
    /// Departures of each organisation.
    #[arg(long, default_value_t = Scale::default().departures, requires = "scale")]
    departures: i64,
    /// Tickets of all together.
    #[arg(long, default_value_t = Scale::default().tickets, requires = "scale")]
    tickets: i64,
    /// Another number makes other people and sales.
    #[arg(long, default_value_t = Scale::default().seed, requires = "scale")]
    chance: i64,
}

/// `sapar seed …`.
pub async fn run(services: &Services, options: &Seed) -> anyhow::Result<()> {
    seed(services).await?;
    if let Some(count) = options.generate {
        generate::generate(&mut *services.conn().await?, &services.ctx, count).await?;
    }
    if let Some(organisations) = options.scale {
        let Seed { listings, departures, tickets, chance, .. } = *options;
        grow(services, &Scale { organisations, listings, departures, tickets, seed: chance }).await?;
    }
    Ok(())
}

/// A database as big as lists must stay quick in.
async fn grow(services: &Services, scale: &Scale) -> anyhow::Result<()> {
    let hash = accounts::hash_password(&services.ctx, DEMO_PASSWORD).await?;
    let mut tx = services.begin().await?;
    scale::fill(&mut tx, &services.ctx, scale, &hash).await?;
    tx.commit().await?;
    scale::sweep(&mut *services.conn().await?).await?;
    Ok(())
}

struct Task {
    listing: String,
    position: usize,
    scene: Scene,
    seed: u64,
}

/// Fills what is empty and keeps a departure ahead today; returns what leaves today.
pub async fn seed(services: &Services) -> anyhow::Result<Vec<LeavesToday>> {
    if !accounts::any_organisation(&mut *services.conn().await?).await? {
        fill(services).await?;
    }
    let mut tx = services.begin().await?;
    let leaving = seed::keep_today(&mut tx, &services.ctx).await?;
    tx.commit().await?;
    Ok(leaving)
}

/// Takes under a minute, most of it drawing.
async fn fill(services: &Services) -> anyhow::Result<()> {
    let demo = seed::plan();
    let pictures = draw(services, tasks(&demo)?).await?;
    let mut tx = services.begin().await?;
    seed::write(&mut tx, &services.ctx, &demo, &pictures).await?;
    for (email, name, organisation, role) in DEMO_ACCOUNTS {
        let email = Email::parse(email).context("a demo e-mail")?;
        let organisation: OrganisationId =
            accounts::organisation_by_slug(&mut tx, organisation).await?.context("a demo partner")?;
        let new = NewAccount { email: &email, name, password: DEMO_PASSWORD, membership: Some((organisation, role)) };
        accounts::create_account(&mut tx, &services.ctx, &new).await?;
    }
    tx.commit().await?;
    Ok(())
}

fn tasks(demo: &seed::DemoData) -> anyhow::Result<Vec<Task>> {
    let mut tasks = Vec::new();
    for tour in &demo.tours {
        for (position, picture) in tour.pictures.iter().enumerate() {
            let scene = picture.scene.parse().map_err(|_| anyhow::anyhow!("no such scene: {}", picture.scene))?;
            let digest = Sha256::digest(format!("{} {position}", tour.slug));
            let seed = u64::from_le_bytes(digest[..8].try_into().context("eight bytes")?);
            tasks.push(Task { listing: tour.slug.clone(), position, scene, seed });
        }
    }
    Ok(tasks)
}

/// Draws on all cores, a share of the pictures each, and stores them.
async fn draw(services: &Services, tasks: Vec<Task>) -> anyhow::Result<PictureSet> {
    let cores = thread::available_parallelism().map_or(1, usize::from);
    let tasks = Arc::new(tasks);
    let workers: Vec<_> = (0..cores)
        .map(|first| {
            let (tasks, services) = (tasks.clone(), services.clone());
            tokio::spawn(async move {
                let mut stored = Vec::new();
                for at in (first..tasks.len()).step_by(cores) {
                    stored.push(draw_one(&services, &tasks, at).await?);
                }
                anyhow::Ok(stored)
            })
        })
        .collect();
    let mut set = PictureSet::new();
    for worker in workers {
        for (at, picture) in worker.await?? {
            set.insert((tasks[at].listing.clone(), tasks[at].position), picture);
        }
    }
    Ok(set)
}

async fn draw_one(services: &Services, tasks: &Arc<Vec<Task>>, at: usize) -> anyhow::Result<(usize, StoredPicture)> {
    let (scene, seed) = (tasks[at].scene, tasks[at].seed);
    let (files, color) = tokio::task::spawn_blocking(move || render_widths(scene, seed, &WIDTHS, QUALITY)).await?;
    let key = format!("{}-{}", tasks[at].listing, tasks[at].position + 1);
    for file in &files {
        let path = Path::from(format!("pictures/{key}-{}.webp", file.width));
        services.files.put(&path, PutPayload::from(file.webp.clone())).await?;
    }
    let largest = files.last().context("a picture has widths")?;
    let size = |n: u32| i32::try_from(n).unwrap_or(i32::MAX);
    let widths = files.iter().map(|f| size(f.width)).collect();
    Ok((at, StoredPicture { key, widths, width: size(largest.width), height: size(largest.height), color }))
}
