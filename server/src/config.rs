//! One typed configuration from the environment; `docs/OPERATIONS.md` has the table. A missing or malformed variable is
//! one clear line and exit code 2. Secrets have no `Debug`.
use crate::telemetry;
use std::{
    collections::HashMap,
    env,
    ffi::OsString,
    fmt,
    net::SocketAddr,
    path::{Path, PathBuf},
};

/// All that is read from the environment, but for what the providers' and the store's own libraries read.
const VARIABLES: [&str; 24] = [
    "DATABASE_URL",
    "LEPTOS_SITE_ROOT",
    "SAPAR_ADDR",
    "SAPAR_DATA",
    "SAPAR_DATABASE_CONNECTIONS",
    "SAPAR_DEMO",
    "SAPAR_FILES",
    "SAPAR_FREEDOMPAY_MERCHANT",
    "SAPAR_FREEDOMPAY_SECRET",
    "SAPAR_FREEDOMPAY_TESTING",
    "SAPAR_FREEDOMPAY_URL",
    "SAPAR_LOG",
    "SAPAR_MAIL_FROM",
    "SAPAR_MOBIZON_FROM",
    "SAPAR_MOBIZON_KEY",
    "SAPAR_MOBIZON_URL",
    "SAPAR_OPS_ADDR",
    "SAPAR_PUBLIC_URL",
    "SAPAR_RATE_LIMIT",
    "SAPAR_SANDBOX_ADDR",
    "SAPAR_SANDBOX_SMTP_ADDR",
    "SAPAR_SECRET",
    "SAPAR_SMTP_URL",
    "SAPAR_TRUSTED_PROXY",
];

/// `NAME: what is wrong with it`.
#[derive(Debug, thiserror::Error, PartialEq, Eq)]
#[error("{name}: {problem}")]
pub struct ConfigError {
    pub name: &'static str,
    pub problem: String,
}

/// A value that is never printed.
#[derive(Clone, PartialEq, Eq)]
pub struct Secret(String);

impl Secret {
    #[must_use]
    pub fn expose(&self) -> &str {
        &self.0
    }
}

impl From<String> for Secret {
    fn from(text: String) -> Self {
        Self(text)
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("(secret)")
    }
}

#[derive(Clone, Debug)]
pub struct Config {
    pub addr: SocketAddr,
    pub ops_addr: SocketAddr,
    pub data: PathBuf,
    /// None: a private PostgreSQL under `data`.
    pub database_url: Option<Secret>,
    pub database_connections: u32,
    /// Our own address as customers see it, without a slash at its end.
    pub public_url: String,
    pub demo: bool,
    pub sandbox_addr: SocketAddr,
    pub sandbox_smtp_addr: SocketAddr,
    /// A folder, or `s3://bucket/prefix`.
    pub files: String,
    pub rate_limit: bool,
    /// Behind a proxy that sets X-Forwarded-For.
    pub trusted_proxy: bool,
    /// None: made once and kept under `data` (demo only).
    pub secret: Option<Secret>,
    pub site_root: PathBuf,
    pub freedompay: Option<FreedomPay>,
    pub smtp_url: Option<Secret>,
    pub mail_from: String,
    pub mobizon: Option<Mobizon>,
}

#[derive(Clone, Debug)]
pub struct FreedomPay {
    pub url: String,
    pub merchant_id: String,
    pub secret: Secret,
    pub testing: bool,
}

#[derive(Clone, Debug)]
pub struct Mobizon {
    pub url: String,
    pub key: Secret,
    pub from: Option<String>,
}

struct Source<F>(F);

impl<F: Fn(&str) -> Option<String>> Source<F> {
    fn text(&self, name: &'static str) -> Option<String> {
        (self.0)(name).map(|v| v.trim().to_owned()).filter(|v| !v.is_empty())
    }

    fn or(&self, name: &'static str, default: &str) -> String {
        self.text(name).unwrap_or_else(|| default.to_owned())
    }

    fn addr(&self, name: &'static str, default: &str) -> Result<SocketAddr, ConfigError> {
        let text = self.or(name, default);
        text.parse().map_err(|_| wrong(name, "not an address such as 127.0.0.1:3000"))
    }

    fn switch(&self, name: &'static str, default: bool) -> Result<bool, ConfigError> {
        match self.text(name).as_deref() {
            None => Ok(default),
            Some("1" | "on" | "true" | "yes") => Ok(true),
            Some("0" | "off" | "false" | "no") => Ok(false),
            Some(_) => Err(wrong(name, "neither on nor off")),
        }
    }

    fn url(&self, name: &'static str, default: &str) -> Result<String, ConfigError> {
        let url = self.or(name, default);
        let host = url.strip_prefix("http://").or_else(|| url.strip_prefix("https://"));
        match host {
            // Paths are appended to it.
            Some(host) if host.contains(['?', '#']) => Err(wrong(name, "an address without ? and #")),
            Some(host) if !host.starts_with('/') && !host.is_empty() && !host.contains(char::is_whitespace) => {
                Ok(url.trim_end_matches('/').to_owned())
            }
            _ => Err(wrong(name, "not an http(s) address")),
        }
    }

    fn required(&self, name: &'static str, why: &str) -> Result<String, ConfigError> {
        self.text(name).ok_or_else(|| wrong(name, why))
    }
}

fn wrong(name: &'static str, problem: &str) -> ConfigError {
    ConfigError { name, problem: problem.to_owned() }
}

impl Config {
    pub fn from_env() -> Result<Self, ConfigError> {
        let values: HashMap<&str, OsString> = VARIABLES.iter().filter_map(|name| Some((*name, env::var_os(name)?))).collect();
        Self::from_os(&values)
    }

    /// From variables as the system has them.
    fn from_os(values: &HashMap<&str, OsString>) -> Result<Self, ConfigError> {
        // In the order of the list, so that of several the same one is told each time.
        if let Some(name) = VARIABLES.iter().find(|name| values.get(**name).is_some_and(|value| value.to_str().is_none())) {
            return Err(wrong(name, "not in UTF-8"));
        }
        Self::read(|name| values.get(name)?.to_str().map(str::to_owned))
    }

    /// From any source of variables, for tests.
    pub fn read(get: impl Fn(&str) -> Option<String>) -> Result<Self, ConfigError> {
        let source = Source(get);
        if source.text("SAPAR_LOG").is_some_and(|log| telemetry::filter(&log).is_err()) {
            return Err(wrong("SAPAR_LOG", "not a filter such as info,sqlx=warn"));
        }
        let addr = source.addr("SAPAR_ADDR", "127.0.0.1:3000")?;
        let demo = source.switch("SAPAR_DEMO", false)?;
        let data = PathBuf::from(source.or("SAPAR_DATA", "./data"));
        let data = std::path::absolute(&data).map_err(|_| wrong("SAPAR_DATA", "not a path"))?;
        let secret = source.text("SAPAR_SECRET").map(Secret);
        match &secret {
            Some(secret) if secret.0.len() < 32 => return Err(wrong("SAPAR_SECRET", "shorter than 32 characters")),
            None if !demo => {
                return Err(wrong("SAPAR_SECRET", "missing: 32 random characters or more (SAPAR_DEMO=1 makes its own)"));
            }
            _ => {}
        }
        let files = source.or("SAPAR_FILES", &data.join("files").to_string_lossy());
        if files.strip_prefix("s3://").is_some_and(|place| place.is_empty() || place.starts_with('/')) {
            return Err(wrong("SAPAR_FILES", "names no bucket: s3://bucket or s3://bucket/prefix"));
        }
        let database_url = source.text("DATABASE_URL");
        if database_url.as_ref().is_some_and(|url| !url.starts_with("postgres://") && !url.starts_with("postgresql://")) {
            return Err(wrong("DATABASE_URL", "not a postgres:// address"));
        }
        let connections = source.or("SAPAR_DATABASE_CONNECTIONS", "16");
        Ok(Self {
            ops_addr: source.addr("SAPAR_OPS_ADDR", "127.0.0.1:3002")?,
            database_url: database_url.map(Secret),
            database_connections: connections
                .parse()
                .ok()
                .filter(|n| (2..=500).contains(n))
                .ok_or_else(|| wrong("SAPAR_DATABASE_CONNECTIONS", "not a number from 2 to 500"))?,
            public_url: source.url("SAPAR_PUBLIC_URL", &format!("http://{addr}"))?,
            sandbox_addr: source.addr("SAPAR_SANDBOX_ADDR", "127.0.0.1:3001")?,
            sandbox_smtp_addr: source.addr("SAPAR_SANDBOX_SMTP_ADDR", "127.0.0.1:3025")?,
            rate_limit: source.switch("SAPAR_RATE_LIMIT", true)?,
            trusted_proxy: source.switch("SAPAR_TRUSTED_PROXY", false)?,
            site_root: site_root(source.text("LEPTOS_SITE_ROOT")),
            freedompay: freedompay(&source, demo)?,
            smtp_url: smtp(&source, demo)?,
            mail_from: source.or("SAPAR_MAIL_FROM", "Sapar <tickets@sapar.example>"),
            mobizon: mobizon(&source, demo)?,
            addr,
            demo,
            data,
            files,
            secret,
        })
    }
}

fn freedompay(source: &Source<impl Fn(&str) -> Option<String>>, demo: bool) -> Result<Option<FreedomPay>, ConfigError> {
    if demo && source.text("SAPAR_FREEDOMPAY_URL").is_none() {
        return Ok(None);
    }
    Ok(Some(FreedomPay {
        url: source.url("SAPAR_FREEDOMPAY_URL", "https://api.freedompay.kz")?,
        merchant_id: source
            .required("SAPAR_FREEDOMPAY_MERCHANT", "missing: the merchant's id (SAPAR_DEMO=1 uses the sandbox)")?,
        secret: source.required("SAPAR_FREEDOMPAY_SECRET", "missing: the merchant's secret")?.into(),
        testing: source.switch("SAPAR_FREEDOMPAY_TESTING", false)?,
    }))
}

fn smtp(source: &Source<impl Fn(&str) -> Option<String>>, demo: bool) -> Result<Option<Secret>, ConfigError> {
    match source.text("SAPAR_SMTP_URL") {
        Some(url) if url.starts_with("smtp://") || url.starts_with("smtps://") => Ok(Some(url.into())),
        Some(_) => Err(wrong("SAPAR_SMTP_URL", "not an smtp(s):// address")),
        None if demo => Ok(None),
        None => Err(wrong("SAPAR_SMTP_URL", "missing: the mail server (SAPAR_DEMO=1 uses the sandbox)")),
    }
}

fn mobizon(source: &Source<impl Fn(&str) -> Option<String>>, demo: bool) -> Result<Option<Mobizon>, ConfigError> {
    if demo && source.text("SAPAR_MOBIZON_KEY").is_none() {
        return Ok(None);
    }
    Ok(Some(Mobizon {
        url: source.url("SAPAR_MOBIZON_URL", "https://api.mobizon.kz")?,
        key: source.required("SAPAR_MOBIZON_KEY", "missing: the SMS gateway's key (SAPAR_DEMO=1 uses the sandbox)")?.into(),
        from: source.text("SAPAR_MOBIZON_FROM"),
    }))
}

/// Beside the binary in a distribution, else where cargo-leptos puts it.
fn site_root(given: Option<String>) -> PathBuf {
    if let Some(given) = given {
        return given.into();
    }
    let beside = env::current_exe().ok().and_then(|exe| Some(exe.parent()?.parent()?.join("site")));
    beside.filter(|site| site.is_dir()).unwrap_or_else(|| Path::new("target/site").to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(pairs: &[(&str, &str)]) -> Result<Config, ConfigError> {
        Config::read(|name| pairs.iter().find(|(key, _)| *key == name).map(|(_, value)| (*value).to_owned()))
    }

    #[test]
    fn a_demo_needs_nothing() {
        let config = read(&[("SAPAR_DEMO", "1")]).expect("a demo");
        assert_eq!(config.public_url, "http://127.0.0.1:3000");
        assert!(config.freedompay.is_none() && config.smtp_url.is_none() && config.mobizon.is_none());
    }

    #[test]
    fn each_wrong_variable_is_named() {
        let live = [("SAPAR_SECRET", "0123456789abcdef0123456789abcdef")];
        for (name, value) in [
            ("SAPAR_ADDR", "here"),
            ("SAPAR_DEMO", "maybe"),
            ("SAPAR_PUBLIC_URL", "sapar.kz"),
            ("SAPAR_PUBLIC_URL", "http://x/y?z"),
            ("SAPAR_PUBLIC_URL", "https:///x"),
            ("SAPAR_FILES", "s3://"),
            ("SAPAR_FILES", "s3:///prefix"),
            ("SAPAR_LOG", "(("),
            ("DATABASE_URL", "mysql://x"),
            ("SAPAR_SECRET", "short"),
            ("SAPAR_SMTP_URL", "http://x"),
            ("SAPAR_DATABASE_CONNECTIONS", "0"),
        ] {
            let error = read(&[("SAPAR_DEMO", "1"), (name, value)].map(|p| if p.0 == name { (name, value) } else { p })).err();
            assert_eq!(error.map(|e| e.name), Some(name));
        }
        assert_eq!(read(&live).expect_err("no provider").name, "SAPAR_FREEDOMPAY_MERCHANT");
        assert_eq!(read(&[]).expect_err("no secret").name, "SAPAR_SECRET");
    }

    #[test]
    fn what_is_no_text_is_named() {
        use std::os::unix::ffi::OsStringExt as _;
        let demo = |name: &'static str, value: &[u8]| {
            HashMap::from([("SAPAR_DEMO", OsString::from("1")), (name, OsString::from_vec(value.to_vec()))])
        };
        for name in VARIABLES {
            assert_eq!(Config::from_os(&demo(name, b"\xff")).expect_err(name), wrong(name, "not in UTF-8"));
        }
        assert_eq!(Config::from_os(&demo("SAPAR_ADDR", b"127.0.0.1:4000")).expect("a demo").public_url, "http://127.0.0.1:4000");
    }

    #[test]
    fn secrets_are_not_printed() {
        let config = read(&[("SAPAR_DEMO", "1"), ("SAPAR_SECRET", "0123456789abcdef0123456789abcdef")]).expect("a demo");
        assert!(!format!("{config:?}").contains("0123456789abcdef"));
    }
}
