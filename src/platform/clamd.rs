//! Asks a ClamAV daemon whether bytes hold something bad: its `INSTREAM` command, over a Unix socket or TCP.

use std::time::Duration;

use anyhow::{Context as _, bail};
use tokio::{
    io::{AsyncRead, AsyncReadExt as _, AsyncWrite, AsyncWriteExt as _},
    net::{TcpStream, UnixStream},
    time::timeout,
};

/// Long enough for a busy daemon, short enough for the officer who waits for the page.
const PATIENCE: Duration = Duration::from_secs(20);
const CHUNK: usize = 64 * 1024;
const LONGEST_REPLY: u64 = 4096;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    Clean,
    Found,
}

/// Whether the text names a socket: `/run/clamav/clamd.ctl`, or `tcp:127.0.0.1:3310`.
#[must_use]
pub fn is_address(text: &str) -> bool {
    text.starts_with('/')
        || text
            .strip_prefix("tcp:")
            .and_then(|place| place.rsplit_once(':'))
            .is_some_and(|(host, port)| !host.is_empty() && port.parse::<u16>().is_ok())
}

/// Sends the bytes and reads the verdict; an error says that there is none.
pub async fn scan(address: &str, bytes: &[u8]) -> anyhow::Result<Verdict> {
    read_verdict(&ask(address, Some(bytes)).await?)
}

/// Whether the daemon answers: for `doctor`.
pub async fn ping(address: &str) -> anyhow::Result<()> {
    let reply = ask(address, None).await?;
    anyhow::ensure!(reply == "PONG", "clamd answers {reply:?}");
    Ok(())
}

trait Wire: AsyncRead + AsyncWrite + Unpin + Send {}
impl<T: AsyncRead + AsyncWrite + Unpin + Send> Wire for T {}

/// Shows bytes, or only asks whether somebody is there.
async fn ask(address: &str, bytes: Option<&[u8]>) -> anyhow::Result<String> {
    let talk = async {
        let mut wire: Box<dyn Wire> = match address.strip_prefix("tcp:") {
            Some(place) => Box::new(TcpStream::connect(place).await?),
            None => Box::new(UnixStream::connect(address).await?),
        };
        match bytes {
            Some(bytes) => send(&mut wire, bytes).await?,
            None => wire.write_all(b"zPING\0").await?,
        }
        wire.flush().await?;
        let mut reply = Vec::new();
        wire.take(LONGEST_REPLY).read_to_end(&mut reply).await?;
        let text = String::from_utf8_lossy(&reply);
        anyhow::Ok(text.trim_matches(['\0', '\n', ' ']).to_owned())
    };
    timeout(PATIENCE, talk)
        .await
        .context("clamd does not answer")?
        .with_context(|| format!("clamd at {address}"))
}

async fn send(wire: &mut Box<dyn Wire>, bytes: &[u8]) -> anyhow::Result<()> {
    wire.write_all(b"zINSTREAM\0").await?;
    for chunk in bytes.chunks(CHUNK) {
        wire.write_all(&u32::try_from(chunk.len())?.to_be_bytes())
            .await?;
        wire.write_all(chunk).await?;
    }
    wire.write_all(&0_u32.to_be_bytes()).await?;
    Ok(())
}

/// `stream: OK`, `stream: Eicar-Signature FOUND`, or why there is no verdict.
fn read_verdict(reply: &str) -> anyhow::Result<Verdict> {
    if reply.ends_with(" FOUND") {
        return Ok(Verdict::Found);
    }
    if reply == "stream: OK" {
        return Ok(Verdict::Clean);
    }
    bail!("clamd gives no verdict: {reply}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_clear_word_is_a_verdict() {
        assert_eq!(read_verdict("stream: OK").unwrap(), Verdict::Clean);
        assert_eq!(
            read_verdict("stream: Eicar-Signature FOUND").unwrap(),
            Verdict::Found
        );
        for none in ["", "INSTREAM size limit exceeded. ERROR", "stream: OK?"] {
            assert!(read_verdict(none).is_err(), "{none}");
        }
    }

    #[test]
    fn an_address_is_a_path_or_a_port() {
        for (text, fine) in [
            ("/run/clamav/clamd.ctl", true),
            ("tcp:127.0.0.1:3310", true),
            ("tcp:clamd", false),
            ("clamd:3310", false),
        ] {
            assert_eq!(is_address(text), fine, "{text}");
        }
    }
}
