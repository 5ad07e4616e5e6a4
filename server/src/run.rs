//! Putting the process together, and taking it apart again when it is told to stop.
use crate::{
    config::Config,
    embedded_pg::EmbeddedPg,
    http::{opening, page_cache::PageCache, router::router, routes::health},
    sandboxes::{self, Providers},
    seed,
    state::{AppState, Shared},
    telemetry,
    worker::Worker,
};
use anyhow::Context as _;
use axum::serve::ListenerExt as _;
use leptos::config::LeptosOptions;
use object_store::{ObjectStore, aws::AmazonS3Builder, local::LocalFileSystem, prefix::PrefixStore};
use sapar_domain::{
    Services,
    catalog::seed::LeavesToday,
    kernel::{
        Ctx, Keys,
        events::{self, CHANNEL, Event},
    },
};
use sqlx::{
    Connection as _, PgConnection, PgPool,
    postgres::{PgConnectOptions, PgListener, PgPoolOptions},
};
use std::{fs, net::SocketAddr, path::Path, str::FromStr as _, sync::Arc, time::Duration};
use tokio::{
    net::TcpListener,
    sync::broadcast,
    time::{sleep, timeout},
};
use tokio_util::{sync::CancellationToken, task::TaskTracker};

/// Requests and jobs get so long to end once we are told to stop.
const DRAIN: Duration = Duration::from_secs(25);
/// A connection that was used so lately is taken to be alive.
const TRUSTED: Duration = Duration::from_secs(1);
/// The lock of whoever brings the schema up to date.
const MIGRATING: i64 = 0x7361_7061_726d;
const ASK_AGAIN: Duration = Duration::from_millis(500);
/// News that a slow listener may lag behind by.
const NEWS: usize = 4096;

pub static MIGRATOR: sqlx::migrate::Migrator = sqlx::migrate!("./migrations");

/// A process that has its database and its providers, and does nothing yet.
pub struct House {
    pub config: Arc<Config>,
    pub services: Services,
    pub providers: Providers,
    // Dropped last: it stops the embedded PostgreSQL.
    _pg: Option<EmbeddedPg>,
}

impl House {
    /// Opens the database (starting the embedded one if none was named) and brings its schema up to date.
    pub async fn open(config: Config) -> anyhow::Result<Self> {
        let config = Arc::new(config);
        let (pg, url) = match &config.database_url {
            Some(url) => (None, url.expose().to_owned()),
            None => {
                let data = config.data.clone();
                let pg = tokio::task::spawn_blocking(move || EmbeddedPg::start(&data)).await??;
                let url = pg.url().to_owned();
                (Some(pg), url)
            }
        };
        let pool = pool(&url, config.database_connections).await?;
        migrate(&pool).await.context("migrations")?;
        let providers = sandboxes::providers(&config)?;
        let ctx = Ctx::new(Keys::derive(&secret(&config)?), &config.public_url, config.demo);
        let services = Services { pool, ctx, payments: providers.payments.clone(), files: files(&config)? };
        Ok(Self { config, services, providers, _pg: pg })
    }

    #[must_use]
    pub fn worker(&self) -> Worker {
        Worker { services: self.services.clone(), mail: self.providers.mail.clone(), sms: self.providers.sms.clone() }
    }
}

/// To sort a grown table takes longer than any page may ask. One process does it, and the others wait by asking again: whoever waited
/// in the lock itself would be waited for by an index that is built beside running sales.
async fn migrate(pool: &PgPool) -> anyhow::Result<()> {
    let mut conn = PgConnection::connect_with(&pool.connect_options()).await?;
    sqlx::raw_sql("set statement_timeout = 0").execute(&mut conn).await?;
    while !sqlx::query_scalar::<_, bool>("select pg_try_advisory_lock($1)").bind(MIGRATING).fetch_one(&mut conn).await? {
        sleep(ASK_AGAIN).await;
    }
    MIGRATOR.run(&mut conn).await?;
    Ok(conn.close().await?)
}

pub async fn pool(url: &str, connections: u32) -> anyhow::Result<PgPool> {
    let options = PgConnectOptions::from_str(url)
        .map_err(|_| anyhow::anyhow!("DATABASE_URL: not a PostgreSQL address"))?
        .application_name("sapar")
        .options([
            // Data lie on flash, and a page's query is too short to be worth starting helpers for.
            ("random_page_cost", "1.1"),
            ("max_parallel_workers_per_gather", "0"),
            ("statement_timeout", "30s"),
            ("lock_timeout", "10s"),
        ]);
    PgPoolOptions::new()
        .max_connections(connections)
        .min_connections(2)
        .acquire_timeout(Duration::from_secs(5))
        // A question to the database before each use would cost as much as many a use. One that was used a moment ago is
        // there still, or whoever takes it learns that the database is not.
        .test_before_acquire(false)
        .before_acquire(|conn, meta| {
            Box::pin(async move {
                if meta.idle_for > TRUSTED {
                    conn.ping().await?;
                }
                Ok(true)
            })
        })
        .connect_with(options)
        .await
        .context("the database cannot be reached")
}

/// The operator's secret, or in a demo one that is made once and kept in the data folder.
fn secret(config: &Config) -> anyhow::Result<Vec<u8>> {
    if let Some(secret) = &config.secret {
        return Ok(secret.expose().as_bytes().to_vec());
    }
    let file = config.data.join("secret");
    if let Ok(kept) = fs::read(&file)
        && kept.len() >= 32
    {
        return Ok(kept);
    }
    let made = hex::encode(rand::random::<[u8; 32]>());
    write_private(&file, made.as_bytes()).with_context(|| format!("{} cannot be written", file.display()))?;
    Ok(made.into_bytes())
}

fn write_private(file: &Path, bytes: &[u8]) -> std::io::Result<()> {
    use std::{io::Write as _, os::unix::fs::OpenOptionsExt as _};
    fs::create_dir_all(file.parent().unwrap_or(Path::new(".")))?;
    fs::OpenOptions::new().write(true).create(true).truncate(true).mode(0o600).open(file)?.write_all(bytes)
}

/// A folder, or `s3://bucket/prefix` with the usual AWS variables.
fn files(config: &Config) -> anyhow::Result<Arc<dyn ObjectStore>> {
    if let Some(place) = config.files.strip_prefix("s3://") {
        let (bucket, prefix) = place.split_once('/').unwrap_or((place, ""));
        let store = AmazonS3Builder::from_env().with_bucket_name(bucket).build().context("SAPAR_FILES")?;
        return Ok(Arc::new(PrefixStore::new(store, prefix)));
    }
    fs::create_dir_all(&config.files).context("SAPAR_FILES: the folder cannot be made")?;
    Ok(Arc::new(LocalFileSystem::new_with_prefix(&config.files).context("SAPAR_FILES")?))
}

/// `sapar serve`: until SIGTERM or Ctrl-C.
pub async fn serve(config: Config, with_worker: bool) -> anyhow::Result<()> {
    let metrics = telemetry::init_metrics()?;
    tokio::spawn(telemetry::tidy_metrics(metrics.clone()));
    // Ports first: who comes second learns it before anything is touched.
    let public = listen("SAPAR_ADDR", config.addr).await?.into_std()?;
    let ops = listen("SAPAR_OPS_ADDR", config.ops_addr).await?;
    let sandbox_ports = if config.demo {
        Some((
            listen("SAPAR_SANDBOX_ADDR", config.sandbox_addr).await?,
            listen("SAPAR_SANDBOX_SMTP_ADDR", config.sandbox_smtp_addr).await?,
        ))
    } else {
        None
    };
    let stop = CancellationToken::new();
    let tasks = TaskTracker::new();
    let opened = CancellationToken::new();
    let serving = CancellationToken::new();
    let early = tasks.spawn(serve_on(TcpListener::from_std(public.try_clone()?)?, opening::router(), opened.clone()));
    let house = House::open(config).await?;
    let health = health::router(house.services.pool.clone(), metrics, serving.clone(), stop.clone());
    tasks.spawn(serve_on(ops, health, CancellationToken::new()));
    let sandbox = match sandbox_ports {
        Some((http, smtp)) => {
            let sandbox = sandboxes::sandbox(&house.config)?;
            tokio::spawn(serve_on(http, sandbox.router(), CancellationToken::new()));
            let mail = sandbox.clone();
            tokio::spawn(async move { mail.serve_smtp(smtp).await });
            Some(sandbox)
        }
        None => None,
    };
    let leaving = if house.config.demo { seed::seed(&house.services).await.context("the demo data")? } else { Vec::new() };
    let state = AppState::from(Shared {
        services: house.services.clone(),
        leptos: leptos_options(&house.config)?,
        config: house.config.clone(),
        pages: PageCache::default(),
        events: broadcast::Sender::new(NEWS),
        stop: stop.clone(),
    });
    opened.cancel();
    // Whoever keeps a connection open without asking is not waited for.
    let _ = timeout(Duration::from_secs(1), early).await;
    let public = TcpListener::from_std(public)?;
    tasks.spawn(listen_to_news(state.clone()));
    let drained = TaskTracker::new();
    if with_worker {
        drained.spawn(house.worker().run(state.events.subscribe(), stop.clone()));
    }
    drained.spawn(serve_on(public, router(state, sandbox.as_ref()), stop.clone()));
    serving.cancel();
    announce(&house.config, &leaving);
    told_to_stop().await;
    tracing::info!("stopping: no new requests, running ones and jobs are finished");
    stop.cancel();
    drained.close();
    if timeout(DRAIN, drained.wait()).await.is_err() {
        tracing::warn!("some requests or jobs did not end in time");
    }
    house.services.pool.close().await;
    Ok(())
}

/// `sapar worker`: jobs only.
pub async fn work(config: Config) -> anyhow::Result<()> {
    let house = House::open(config).await?;
    let stop = CancellationToken::new();
    let events = broadcast::Sender::new(NEWS);
    let news = events.subscribe();
    let listener = tokio::spawn(forward_news(house.services.pool.clone(), move |event| {
        // Nobody listens while the process stops.
        let _ = events.send(event);
    }));
    let worker = tokio::spawn(house.worker().run(news, stop.clone()));
    told_to_stop().await;
    stop.cancel();
    if timeout(DRAIN, worker).await.is_err() {
        tracing::warn!("some jobs did not end in time");
    }
    listener.abort();
    house.services.pool.close().await;
    Ok(())
}

async fn listen(name: &str, addr: SocketAddr) -> anyhow::Result<TcpListener> {
    TcpListener::bind(addr).await.with_context(|| format!("{name}: {addr} cannot be listened on"))
}

async fn serve_on(listener: TcpListener, router: axum::Router, stop: CancellationToken) {
    // Nagle's algorithm would hold the second chunk of a page back for 40 ms.
    let listener = listener.tap_io(|stream| {
        let _ = stream.set_nodelay(true);
    });
    let app = router.into_make_service_with_connect_info::<SocketAddr>();
    if let Err(error) = axum::serve(listener, app).with_graceful_shutdown(stop.cancelled_owned()).await {
        tracing::error!(%error, "the listener failed");
    }
}

fn leptos_options(config: &Config) -> anyhow::Result<LeptosOptions> {
    // leptos looks for it beside the binary, and panics at the first page without it.
    let hashes = std::env::current_exe()?.with_file_name("hash.txt");
    anyhow::ensure!(hashes.is_file(), "{} is missing: tools/build.sh makes it", hashes.display());
    Ok(LeptosOptions::builder()
        .output_name("sapar")
        .site_root(config.site_root.to_string_lossy().into_owned())
        .site_pkg_dir("pkg")
        .site_addr(config.addr)
        .hash_files(true)
        .env(if std::env::var_os("LEPTOS_WATCH").is_some() { leptos::config::Env::DEV } else { leptos::config::Env::PROD })
        .build())
}

async fn listen_to_news(state: AppState) {
    let pages = state.clone();
    forward_news(state.services.pool.clone(), move |event| {
        if let Event::Listing(listing) = event {
            let state = pages.clone();
            tokio::spawn(async move { state.pages.forget(&state.services, listing).await });
        }
        let _ = pages.events.send(event);
    })
    .await;
}

/// So soon the next round of news follows one that found some, and one that found none.
const NEWS_ROUNDS: (Duration, Duration) = (Duration::from_millis(10), Duration::from_millis(100));

async fn forward_news(pool: PgPool, tell: impl FnMut(Event)) {
    tokio::join!(hear_news(&pool, tell), carry_news(&pool));
}

/// Sends for ever what was written in transactions: this process's own, and what one that died left behind.
async fn carry_news(pool: &PgPool) {
    while !pool.is_closed() {
        let carried = match pool.acquire().await {
            Ok(mut conn) => events::carry(&mut conn).await,
            Err(error) => Err(error),
        };
        let (busy, idle) = NEWS_ROUNDS;
        tokio::time::sleep(if matches!(carried, Ok(1..)) { busy } else { idle }).await;
    }
}

/// LISTENs for ever; after a lost connection starts again.
async fn hear_news(pool: &PgPool, mut tell: impl FnMut(Event)) {
    loop {
        match PgListener::connect_with(pool).await {
            Ok(mut listener) => {
                if let Err(error) = hear(&mut listener, &mut tell).await {
                    tracing::warn!(%error, "news from the database stopped");
                }
            }
            Err(sqlx::Error::PoolClosed) => return,
            Err(error) => tracing::warn!(%error, "news from the database cannot be had"),
        }
        tokio::time::sleep(Duration::from_secs(1)).await;
    }
}

async fn hear(listener: &mut PgListener, tell: &mut impl FnMut(Event)) -> sqlx::Result<()> {
    listener.listen(CHANNEL).await?;
    loop {
        if let Some(event) = Event::parse(listener.recv().await?.payload()) {
            tell(event);
        }
    }
}

async fn told_to_stop() {
    use tokio::signal::unix::{SignalKind, signal};
    let mut term = match signal(SignalKind::terminate()) {
        Ok(term) => term,
        Err(error) => {
            tracing::error!(%error, "SIGTERM cannot be waited for");
            return;
        }
    };
    tokio::select! {
        _ = term.recv() => {}
        _ = tokio::signal::ctrl_c() => {}
    }
}

/// What whoever started it wants to know; on standard output, for logs go to standard error.
#[allow(clippy::print_stdout)]
fn announce(config: &Config, leaving: &[LeavesToday]) {
    println!("\n  Sapar is open at {}\n", config.public_url);
    if !config.demo {
        return;
    }
    println!("  Buy a ticket       {}/ru/tours  (card payments go to the sandbox: approve or decline there)", config.public_url);
    println!("  Mails and SMS      {}/dev/outbox", config.public_url);
    println!("  At the bus         {}/ru/sign-in", config.public_url);
    for (email, name, _, role) in seed::DEMO_ACCOUNTS {
        println!("                     {email} / {}  ({name}, {})", seed::DEMO_PASSWORD, role.as_str());
    }
    println!("  API reference      {}/api/v1/docs", config.public_url);
    println!("  Metrics, health    http://{}/metrics /health/ready", config.ops_addr);
    if let Some(tour) = leaving.first() {
        let starts = sapar_shared::when::local(tour.starts_at).strftime("%d.%m %H:%M");
        println!("  Leaves next        {}/ru/tours/{}  ({}, {starts})", config.public_url, tour.slug, tour.title);
    }
    println!(
        "\n  Try: open the tour that leaves next on a phone-sized window, buy two tickets, sign in as its partner and scan the QR"
    );
    println!("  at /ru/partner/scan. Ctrl-C stops.\n");
}
