//! The built program as a process, which may be killed.
use serde_json::Value;
use std::{
    fs::{self, File},
    net::SocketAddr,
    path::{Path, PathBuf},
    process::{self, Child, Command, Stdio},
    sync::Mutex,
    time::Duration,
};
use tokio::{
    io::{AsyncReadExt as _, AsyncWriteExt as _},
    net::TcpStream,
};

/// A folder that goes with the test.
pub(crate) struct Scratch(pub(crate) PathBuf);

impl Scratch {
    pub(crate) fn new(name: &str) -> Self {
        let dir = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("{name}-{}", process::id()));
        fs::create_dir_all(&dir).unwrap();
        Self(dir)
    }
}

impl Drop for Scratch {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

pub(crate) struct Program {
    dir: Scratch,
    addr: SocketAddr,
    environment: Vec<(&'static str, String)>,
    child: Mutex<Option<Child>>,
}

impl Program {
    /// `outside` plays the payment provider and the SMS gateway.
    pub(crate) fn new(database: &str, outside: &str, smtp: &str) -> Self {
        let dir = Scratch::new("program");
        // Leptos wants its list of hashes beside the program.
        fs::hard_link(env!("CARGO_BIN_EXE_sapar"), dir.0.join("sapar")).unwrap();
        fs::write(dir.0.join("hash.txt"), "").unwrap();
        let (addr, ops) = (free_port(), free_port());
        let environment = vec![
            ("DATABASE_URL", database.to_owned()),
            ("SAPAR_ADDR", addr.to_string()),
            ("SAPAR_OPS_ADDR", ops.to_string()),
            ("SAPAR_PUBLIC_URL", format!("http://{addr}")),
            ("SAPAR_SECRET", "0123456789abcdef0123456789abcdef".to_owned()),
            ("SAPAR_DATA", dir.0.join("data").to_string_lossy().into_owned()),
            ("SAPAR_RATE_LIMIT", "off".to_owned()),
            ("SAPAR_FREEDOMPAY_URL", outside.to_owned()),
            ("SAPAR_FREEDOMPAY_MERCHANT", "500123".to_owned()),
            ("SAPAR_FREEDOMPAY_SECRET", "a secret".to_owned()),
            ("SAPAR_SMTP_URL", smtp.to_owned()),
            ("SAPAR_MOBIZON_URL", outside.to_owned()),
            ("SAPAR_MOBIZON_KEY", "a key".to_owned()),
        ];
        Self { dir, addr, environment, child: Mutex::default() }
    }

    /// Until it answers.
    pub(crate) async fn start(&self) {
        let log = File::options().create(true).append(true).open(self.dir.0.join("log")).unwrap();
        let child = Command::new(self.dir.0.join("sapar"))
            .arg("serve")
            .env_clear()
            .envs(self.environment.iter().map(|(name, value)| (name, value)))
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(log)
            .spawn()
            .unwrap();
        *self.child.lock().unwrap() = Some(child);
        for _ in 0..600 {
            if self.ask("GET /api/v1/listings HTTP/1.1\r\nconnection: close\r\nhost: x\r\n\r\n").await.is_some_and(|a| a.0 == 200)
            {
                return;
            }
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
        panic!("the program does not answer: {}", fs::read_to_string(self.dir.0.join("log")).unwrap_or_default());
    }

    /// SIGKILL: it hears nothing and finishes nothing.
    pub(crate) fn kill(&self) {
        if let Some(mut child) = self.child.lock().unwrap().take() {
            child.kill().unwrap();
            child.wait().unwrap();
        }
    }

    /// Status and body; `None` when no whole answer came.
    pub(crate) async fn ask(&self, request: &str) -> Option<(u16, Value)> {
        let mut stream = TcpStream::connect(self.addr).await.ok()?;
        stream.write_all(request.as_bytes()).await.ok()?;
        let mut answer = Vec::new();
        stream.read_to_end(&mut answer).await.ok()?;
        let answer = String::from_utf8(answer).ok()?;
        let (head, body) = answer.split_once("\r\n\r\n")?;
        let status = head.split(' ').nth(1)?.parse().ok()?;
        // One that was cut off is no JSON.
        Some((status, serde_json::from_str(body).ok()?))
    }
}

impl Drop for Program {
    fn drop(&mut self) {
        self.kill();
    }
}

fn free_port() -> SocketAddr {
    std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap()
}
