//! `sapar serve | worker | migrate | seed | token create | admin …`
use anyhow::Context as _;
use clap::{Parser, Subcommand};
use sapar::{
    admin::{self, Admin},
    config::Config,
    run, seed, telemetry,
};
use std::process::ExitCode;

/// The system's keeps a heap for each thread and gives little of them back. Settings are in `.cargo/config.toml`.
#[global_allocator]
static ALLOCATOR: tikv_jemallocator::Jemalloc = tikv_jemallocator::Jemalloc;

/// The marketplace of tours. Configured by the environment; docs/OPERATIONS.md has every variable.
#[derive(Parser)]
#[command(name = "sapar", version)]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Serve the site and, unless told not to, run jobs.
    Serve {
        /// Leave jobs to `sapar worker`.
        #[arg(long)]
        no_worker: bool,
    },
    /// Run jobs only.
    Worker,
    /// Bring the database's schema up to date.
    Migrate,
    /// Fill an empty database: with the demo, and on top of it with a generated catalogue or with all that big lists need.
    Seed(seed::Seed),
    /// Tokens for programs.
    #[command(subcommand)]
    Token(Token),
    /// What a moderator decides.
    #[command(subcommand)]
    Admin(Admin),
}

#[derive(Subcommand)]
enum Token {
    /// Make a token of an organisation; it is printed once.
    Create {
        /// The organisation's slug.
        #[arg(long)]
        organisation: String,
        /// What it is for; shown as the one who activated a ticket.
        #[arg(long, default_value = "API")]
        name: String,
    },
}

fn main() -> ExitCode {
    let cli = Cli::parse();
    telemetry::init_logs();
    let config = match Config::from_env() {
        Ok(config) => config,
        Err(error) => {
            eprintln!("{error}");
            return ExitCode::from(2);
        }
    };
    let runtime = match tokio::runtime::Builder::new_multi_thread().enable_all().build() {
        Ok(runtime) => runtime,
        Err(error) => {
            eprintln!("no runtime: {error}");
            return ExitCode::FAILURE;
        }
    };
    match runtime.block_on(run(cli.command, config)) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{error:#}");
            ExitCode::FAILURE
        }
    }
}

async fn run(command: Command, config: Config) -> anyhow::Result<()> {
    match command {
        Command::Serve { no_worker } => run::serve(config, !no_worker).await,
        Command::Worker => run::work(config).await,
        Command::Migrate => run::House::open(config).await.map(drop),
        Command::Seed(options) => seed::run(&run::House::open(config).await?.services, &options).await,
        Command::Token(Token::Create { organisation, name }) => create_token(config, &organisation, &name).await,
        Command::Admin(command) => admin::run(command, config).await,
    }
}

#[allow(clippy::print_stdout)]
async fn create_token(config: Config, organisation: &str, name: &str) -> anyhow::Result<()> {
    let house = run::House::open(config).await?;
    let mut conn = house.services.conn().await?;
    let token = sapar_domain::accounts::create_token(&mut conn, &house.services.ctx, organisation, name).await?;
    println!("{}", token.with_context(|| format!("no organisation has the slug {organisation}"))?);
    Ok(())
}
