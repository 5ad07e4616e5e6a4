//! A mail server that takes everything and sends nothing on. No TLS, no sign-in: it listens on the loopback address.
use super::Sandbox;
use std::{io, sync::Arc, time::Duration};
use tokio::{
    io::{AsyncBufReadExt as _, AsyncReadExt as _, AsyncWriteExt as _, BufReader},
    net::{TcpListener, TcpStream},
    sync::Semaphore,
    time::timeout,
};

/// A mail's size.
const MAX_MAIL: usize = 30 * 1024 * 1024;
/// A line's, in a mail; lines of commands are much shorter.
const MAX_LINE: usize = 1024 * 1024;
const MAX_RECIPIENTS: usize = 100;
const CONNECTIONS: usize = 64;
/// For the next line; a pooled client keeps its connection for minutes.
const IDLE: Duration = Duration::from_secs(300);

const DOWN: &str = "421 4.3.2 The sandbox plays an outage";

pub(super) async fn serve(sandbox: Sandbox, listener: TcpListener) {
    let room = Arc::new(Semaphore::new(CONNECTIONS));
    loop {
        let Ok(permit) = Arc::clone(&room).acquire_owned().await else { return };
        let stream = match listener.accept().await {
            Ok((stream, _)) => stream,
            Err(error) => {
                // Out of file descriptors, most likely; trying at once would only spin.
                tracing::warn!(%error, "the sandbox's mail server cannot accept");
                tokio::time::sleep(Duration::from_millis(50)).await;
                continue;
            }
        };
        let sandbox = sandbox.clone();
        tokio::spawn(async move {
            // A client that hangs up is none of our errors.
            let _ = Session::new(sandbox, stream).run().await;
            drop(permit);
        });
    }
}

struct Session {
    sandbox: Sandbox,
    stream: BufReader<TcpStream>,
    from: Option<String>,
    to: Vec<String>,
}

enum Next {
    Reply(&'static str),
    Greet,
    Data,
    Quit,
}

/// Why DATA brought no mail.
enum NoMail {
    TooBig,
    Gone(io::Error),
}

impl Session {
    fn new(sandbox: Sandbox, stream: TcpStream) -> Self {
        // Answers are a line each: waiting to fill a packet would cost 40 ms.
        let _ = stream.set_nodelay(true);
        Self { sandbox, stream: BufReader::with_capacity(64 * 1024, stream), from: None, to: Vec::new() }
    }

    async fn run(mut self) -> io::Result<()> {
        if self.sandbox.smtp_down() {
            return self.say(DOWN).await;
        }
        self.say("220 sapar-sandbox ESMTP").await?;
        let mut line = Vec::new();
        while self.read_line(&mut line).await? {
            if self.sandbox.smtp_down() {
                return self.say(DOWN).await;
            }
            let command = String::from_utf8_lossy(&line).trim_end().to_owned();
            match self.step(&command) {
                Next::Reply(reply) => self.say(reply).await?,
                Next::Greet => {
                    let reply =
                        format!("250-sapar-sandbox\r\n250-SIZE {MAX_MAIL}\r\n250-8BITMIME\r\n250-SMTPUTF8\r\n250 PIPELINING");
                    self.say(&reply).await?;
                }
                Next::Data => self.data().await?,
                Next::Quit => return self.say("221 2.0.0 Bye").await,
            }
        }
        Ok(())
    }

    fn step(&mut self, command: &str) -> Next {
        let (verb, rest) = command.split_once(' ').unwrap_or((command, ""));
        match verb.to_ascii_uppercase().as_str() {
            "EHLO" => {
                self.reset();
                Next::Greet
            }
            "HELO" => {
                self.reset();
                Next::Reply("250 sapar-sandbox")
            }
            "MAIL" => Next::Reply(self.mail(rest)),
            "RCPT" => Next::Reply(self.recipient(rest)),
            "DATA" if self.from.is_some() && !self.to.is_empty() => Next::Data,
            "DATA" => Next::Reply("503 5.5.1 MAIL and RCPT come first"),
            "RSET" => {
                self.reset();
                Next::Reply("250 2.0.0 Reset")
            }
            "NOOP" => Next::Reply("250 2.0.0 Fine"),
            "VRFY" => Next::Reply("252 2.1.5 Try it"),
            "QUIT" => Next::Quit,
            _ => Next::Reply("502 5.5.1 Not known here"),
        }
    }

    fn mail(&mut self, rest: &str) -> &'static str {
        let Some(from) = address(rest, "FROM:") else { return "501 5.1.7 MAIL FROM:<address>" };
        if self.from.is_some() {
            return "503 5.5.1 One mail at a time";
        }
        let size =
            rest.split_ascii_whitespace().find_map(|word| word.to_ascii_uppercase().strip_prefix("SIZE=")?.parse::<usize>().ok());
        if size.is_some_and(|size| size > MAX_MAIL) {
            return "552 5.3.4 Too big";
        }
        self.from = Some(from);
        "250 2.1.0 Sender taken"
    }

    fn recipient(&mut self, rest: &str) -> &'static str {
        match address(rest, "TO:").filter(|to| !to.is_empty()) {
            None => "501 5.1.3 RCPT TO:<address>",
            Some(_) if self.from.is_none() => "503 5.5.1 MAIL comes first",
            Some(_) if self.to.len() >= MAX_RECIPIENTS => "452 4.5.3 Too many recipients",
            Some(to) => {
                self.to.push(to);
                "250 2.1.5 Recipient taken"
            }
        }
    }

    fn reset(&mut self) {
        self.from = None;
        self.to.clear();
    }

    async fn data(&mut self) -> io::Result<()> {
        self.say("354 End with a dot on a line of its own").await?;
        let raw = match self.read_mail().await {
            Ok(raw) => raw,
            Err(NoMail::TooBig) => {
                self.reset();
                return self.say("552 5.3.4 Too big").await;
            }
            Err(NoMail::Gone(error)) => return Err(error),
        };
        let (from, to) = (self.from.take().unwrap_or_default(), std::mem::take(&mut self.to));
        let kept = self.sandbox.0.mails.take(from, to, raw).await;
        self.say(if kept { "250 2.0.0 Kept" } else { "451 4.3.0 Cannot be kept now" }).await
    }

    /// Up to the dot, with the dots that were doubled made single again. What is too big is read on and forgotten.
    async fn read_mail(&mut self) -> Result<Vec<u8>, NoMail> {
        let mut raw = Vec::new();
        let mut line = Vec::new();
        let mut too_big = false;
        while self.read_line(&mut line).await.map_err(NoMail::Gone)? {
            if line == b".\r\n" || line == b".\n" {
                return if too_big { Err(NoMail::TooBig) } else { Ok(raw) };
            }
            let text = line.strip_prefix(b".").unwrap_or(&line);
            too_big |= raw.len() + text.len() > MAX_MAIL;
            if too_big {
                raw = Vec::new();
            } else {
                raw.extend_from_slice(text);
            }
        }
        Err(NoMail::Gone(io::ErrorKind::UnexpectedEof.into()))
    }

    /// False at the end of the stream. A line without an end is an error.
    async fn read_line(&mut self, line: &mut Vec<u8>) -> io::Result<bool> {
        line.clear();
        let mut limited = (&mut self.stream).take(MAX_LINE as u64);
        let read = timeout(IDLE, limited.read_until(b'\n', line)).await.map_err(|_| io::ErrorKind::TimedOut)??;
        match line.last() {
            None => Ok(false),
            Some(b'\n') => Ok(read > 0),
            Some(_) => Err(io::ErrorKind::InvalidData.into()),
        }
    }

    async fn say(&mut self, reply: &str) -> io::Result<()> {
        self.stream.get_mut().write_all(format!("{reply}\r\n").as_bytes()).await
    }
}

/// `FROM:<a@b.kz> SIZE=1` as `a@b.kz`.
fn address(rest: &str, word: &str) -> Option<String> {
    let rest = rest.trim_start();
    let (given, rest) = rest.split_at_checked(word.len())?;
    let inner = rest.trim_start().strip_prefix('<')?.split_once('>')?.0;
    (given.eq_ignore_ascii_case(word) && inner.len() <= 254).then(|| inner.to_owned())
}
