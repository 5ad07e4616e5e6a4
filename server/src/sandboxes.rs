//! The providers: the real ones where they are configured, the sandbox's in a demo.
use crate::config::Config;
use anyhow::Context as _;
use sapar_domain::{
    payments::PaymentProvider,
    tickets::senders::{MailSender, SmsSender},
};
use sapar_providers::{FreedomPay, FreedomPayConfig, Mailer, MailerConfig, Mobizon, MobizonConfig, Sandbox, SandboxConfig};
use std::{sync::Arc, time::Duration};

const SANDBOX_MERCHANT: &str = "100500";
const SANDBOX_SECRET: &str = "sandbox-secret";
const TIMEOUT: Duration = Duration::from_secs(10);

pub struct Providers {
    pub payments: Arc<dyn PaymentProvider>,
    pub mail: Arc<dyn MailSender>,
    pub sms: Arc<dyn SmsSender>,
}

pub fn providers(config: &Config) -> anyhow::Result<Providers> {
    let sandbox_url = format!("http://{}", config.sandbox_addr);
    let payments = match &config.freedompay {
        Some(real) => FreedomPayConfig {
            base_url: real.url.clone(),
            merchant_id: real.merchant_id.clone(),
            secret: real.secret.expose().to_owned(),
            testing: real.testing,
            timeout: TIMEOUT,
            pause: Duration::from_millis(1800),
            shortest_lifetime: 300,
        },
        None => FreedomPayConfig {
            base_url: sandbox_url.clone(),
            merchant_id: SANDBOX_MERCHANT.to_owned(),
            secret: SANDBOX_SECRET.to_owned(),
            testing: true,
            timeout: TIMEOUT,
            pause: Duration::ZERO,
            shortest_lifetime: 0,
        },
    };
    let smtp =
        config.smtp_url.as_ref().map_or_else(|| format!("smtp://{}", config.sandbox_smtp_addr), |url| url.expose().to_owned());
    let mobizon = match &config.mobizon {
        Some(real) => MobizonConfig {
            base_url: real.url.clone(),
            api_key: real.key.expose().to_owned(),
            from: real.from.clone(),
            timeout: TIMEOUT,
        },
        None => MobizonConfig { base_url: sandbox_url, api_key: "sandbox".to_owned(), from: None, timeout: TIMEOUT },
    };
    Ok(Providers {
        payments: Arc::new(FreedomPay::new(payments).context("FreedomPay")?),
        mail: Arc::new(
            Mailer::new(&MailerConfig { url: smtp, from: config.mail_from.clone(), timeout: TIMEOUT, pool: 4 })
                .context("mail")?,
        ),
        sms: Arc::new(Mobizon::new(mobizon).context("Mobizon")?),
    })
}

/// The sandbox of a demo.
pub fn sandbox(config: &Config) -> anyhow::Result<Sandbox> {
    let sandbox = SandboxConfig::new(&format!("http://{}", config.sandbox_addr), SANDBOX_MERCHANT, SANDBOX_SECRET);
    Sandbox::open(&config.data.join("sandbox"), sandbox).context("the sandbox")
}
