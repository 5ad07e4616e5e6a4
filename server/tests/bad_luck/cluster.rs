//! A PostgreSQL of the test's own, which it may crash.
use std::{
    env, fs,
    path::{Path, PathBuf},
    process::{self, Command},
};

pub(crate) struct Cluster {
    dir: PathBuf,
    pub(crate) url: String,
}

impl Cluster {
    /// What was committed must survive a crash of PostgreSQL, not of the machine: nothing is forced to the disk.
    pub(crate) fn start(name: &str) -> Self {
        let dir = env::temp_dir().join(format!("sapar-{name}-{}", process::id()));
        let mut cluster = Self { dir, url: String::new() };
        cluster.again();
        cluster
    }

    /// As a crash does: nobody is told, the socket is gone.
    pub(crate) fn crash(&self) {
        self.tool("stop", &["immediate"]);
    }

    /// Replays its log and opens.
    pub(crate) fn again(&mut self) {
        self.url = self.tool("start", &["-c", "fsync=off", "-c", "max_connections=100"]);
    }

    fn tool(&self, action: &str, more: &[&str]) -> String {
        let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("../tools/pg.sh");
        let done = Command::new("bash").arg(script).arg(action).arg(&self.dir).args(more).output().unwrap();
        assert!(done.status.success(), "{action}: {}", String::from_utf8_lossy(&done.stderr));
        String::from_utf8(done.stdout).unwrap().trim().to_owned()
    }
}

impl Drop for Cluster {
    fn drop(&mut self) {
        self.tool("stop", &["immediate"]);
        let _ = fs::remove_dir_all(&self.dir);
    }
}
