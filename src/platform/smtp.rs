//! One mail over SMTP, step by step. The library's own transport tells that a server refused, not at which
//! step; but a refused recipient is a failed mail, while a refused password or sender is a fault of ours
//! that passes when somebody mends it.

use std::{
    error::Error as _,
    sync::{Arc, Mutex, PoisonError},
    time::{Duration, Instant},
};

use anyhow::Context as _;
use lettre::{
    Message,
    transport::smtp::{
        Error,
        authentication::{Credentials, DEFAULT_MECHANISMS},
        client::{AsyncSmtpConnection, TlsParameters},
        commands::{Data, Mail, Rcpt},
        extension::{ClientId, Extension, MailBodyParameter, MailParameter},
    },
};
use percent_encoding::percent_decode_str;
use url::Url;

/// Longer than any server needs for a letter; a server that says nothing must not hold a worker for ever.
const PATIENCE: Duration = Duration::from_secs(120);
const TO_CONNECT: Duration = Duration::from_secs(30);

/// A batch goes over few connections: signing in anew for every letter takes longer than the letter, and servers count
/// it against us. Shorter than the time after which servers hang up by themselves.
const KEPT_OPEN: Duration = Duration::from_secs(10);
const MOST_KEPT: usize = 2;

/// The mail server of this installation.
#[derive(Clone)]
pub struct Server {
    open: Arc<Mutex<Vec<Open>>>,
    host: String,
    port: u16,
    tls: Tls,
    hello: ClientId,
    credentials: Option<Credentials>,
}

/// A connection that took a mail and may take another.
struct Open {
    connection: AsyncSmtpConnection,
    since: Instant,
}

#[derive(Clone)]
enum Tls {
    Never,
    /// STARTTLS where the server offers it.
    Offered(TlsParameters),
    /// STARTTLS or nothing.
    Required(TlsParameters),
    FromTheStart(TlsParameters),
}

/// Why a mail did not leave.
#[derive(Debug)]
pub enum Refusal {
    /// This recipient or this letter is not wanted: the same again would be refused again.
    Mail(anyhow::Error),
    /// No server, no sign-in, no sender, no time: another moment may be better.
    Session(anyhow::Error),
}

impl Server {
    /// `smtp://user:password@host:port?tls=required|opportunistic` or `smtps://…`; a path is the name said in EHLO.
    pub fn parse(setting: &str) -> anyhow::Result<Self> {
        let url = Url::parse(setting)?;
        let host = url.host_str().context("the host is missing")?.to_owned();
        let wish = url.query_pairs().find(|(key, _)| key == "tls");
        let parameters = || TlsParameters::new(host.clone());
        let (tls, usual_port) = match (url.scheme(), wish.as_ref().map(|(_, wish)| wish.as_ref())) {
            ("smtp", None) => (Tls::Never, 25),
            ("smtp", Some("opportunistic")) => (Tls::Offered(parameters()?), 587),
            ("smtp", Some("required")) => (Tls::Required(parameters()?), 587),
            ("smtps", _) => (Tls::FromTheStart(parameters()?), 465),
            _ => anyhow::bail!("use smtp:// with ?tls=required or ?tls=opportunistic, or smtps://"),
        };
        let hello = url.path().trim_matches('/');
        let decoded = |text| percent_decode_str(text).decode_utf8().map(String::from);
        let credentials = match url.password() {
            Some(password) => Some(Credentials::new(
                decoded(url.username())?,
                decoded(password)?,
            )),
            None => None,
        };
        Ok(Self {
            open: Arc::default(),
            port: url.port().unwrap_or(usual_port),
            tls,
            hello: if hello.is_empty() {
                ClientId::default()
            } else {
                ClientId::Domain(hello.to_owned())
            },
            credentials,
            host,
        })
    }

    /// Hands one mail over. When it returns `Ok`, the server has taken it.
    pub async fn send(&self, message: &Message) -> Result<(), Refusal> {
        let handing_over = async {
            let mut connection = match self.open_one().await {
                Some(connection) => connection,
                None => self.connect().await.map_err(Refusal::Session)?,
            };
            let outcome = hand_over(&mut connection, message).await;
            match outcome {
                Ok(()) => self.keep_open(connection).await,
                Err(_) => connection.abort().await,
            }
            outcome
        };
        tokio::time::timeout(PATIENCE, handing_over)
            .await
            .unwrap_or_else(|_| {
                Err(Refusal::Session(anyhow::anyhow!(
                    "the mail server did not answer in time"
                )))
            })
    }

    /// A connection from before, if one still answers.
    async fn open_one(&self) -> Option<AsyncSmtpConnection> {
        loop {
            let mut open = self.take(|all| all.pop())?;
            let fresh = open.since.elapsed() < KEPT_OPEN;
            if fresh && open.connection.test_connected().await {
                return Some(open.connection);
            }
            open.connection.abort().await;
        }
    }

    /// Keeps a connection for the next mail, and says good-bye when none comes.
    async fn keep_open(&self, mut connection: AsyncSmtpConnection) {
        if self.take(|all| all.len()) >= MOST_KEPT {
            // The mail is taken; how the server says good-bye changes nothing.
            drop(connection.quit().await);
            return;
        }
        let since = Instant::now();
        self.take(|all| all.push(Open { connection, since }));
        let server = self.clone();
        tokio::spawn(async move {
            tokio::time::sleep(KEPT_OPEN).await;
            let is_over = |open: &mut Open| open.since.elapsed() >= KEPT_OPEN;
            for mut over in server.take(|all| all.extract_if(.., is_over).collect::<Vec<_>>()) {
                drop(over.connection.quit().await);
            }
        });
    }

    fn take<T>(&self, change: impl FnOnce(&mut Vec<Open>) -> T) -> T {
        change(&mut self.open.lock().unwrap_or_else(PoisonError::into_inner))
    }

    /// Signs in and leaves again.
    pub async fn probe(&self) -> anyhow::Result<()> {
        let mut connection = tokio::time::timeout(PATIENCE, self.connect())
            .await
            .context("the mail server did not answer in time")??;
        connection.quit().await?;
        Ok(())
    }

    async fn connect(&self) -> anyhow::Result<AsyncSmtpConnection> {
        let from_the_start = match &self.tls {
            Tls::FromTheStart(parameters) => Some(parameters.clone()),
            _ => None,
        };
        let mut connection = AsyncSmtpConnection::connect_tokio1(
            (self.host.as_str(), self.port),
            Some(TO_CONNECT),
            &self.hello,
            from_the_start,
            None,
        )
        .await?;
        match &self.tls {
            Tls::Offered(parameters) if connection.can_starttls() => {
                connection.starttls(parameters.clone(), &self.hello).await?;
            }
            // Fails where the server does not offer it.
            Tls::Required(parameters) => {
                connection.starttls(parameters.clone(), &self.hello).await?;
            }
            Tls::Never | Tls::Offered(_) | Tls::FromTheStart(_) => {}
        }
        if let Some(credentials) = &self.credentials {
            connection.auth(DEFAULT_MECHANISMS, credentials).await?;
        }
        Ok(connection)
    }
}

async fn hand_over(connection: &mut AsyncSmtpConnection, message: &Message) -> Result<(), Refusal> {
    let envelope = message.envelope();
    let bytes = message.formatted();
    let server = connection.server_info();
    let mut parameters = Vec::new();
    let addresses = envelope.to().iter().chain(envelope.from());
    let plain = addresses.into_iter().all(|address| {
        let text: &str = address.as_ref();
        text.is_ascii()
    });
    if !plain && server.supports_feature(Extension::SmtpUtfEight) {
        parameters.push(MailParameter::SmtpUtfEight);
    }
    if !bytes.is_ascii() && server.supports_feature(Extension::EightBitMime) {
        parameters.push(MailParameter::Body(MailBodyParameter::EightBitMime));
    }
    connection
        .command(Mail::new(envelope.from().cloned(), parameters))
        .await
        .map_err(|error| Refusal::Session(error.into()))?;
    for recipient in envelope.to() {
        connection
            .command(Rcpt::new(recipient.clone(), Vec::new()))
            .await
            .map_err(|error| refusal(error, Step::Recipient))?;
    }
    connection
        .command(Data)
        .await
        .map_err(|error| refusal(error, Step::Letter))?;
    connection
        .message(&bytes)
        .await
        .map_err(|error| refusal(error, Step::Letter))?;
    Ok(())
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Step {
    Recipient,
    Letter,
}

fn refusal(error: Error, step: Step) -> Refusal {
    let code = error.status().map(u16::from).unwrap_or_default();
    let said = error.source().map(ToString::to_string).unwrap_or_default();
    if is_final(step, code, &said) {
        Refusal::Mail(error.into())
    } else {
        Refusal::Session(error.into())
    }
}

/// Only 55x speaks of the mail (RFC 5321, 4.2.3); 50x is about commands, 53x about sign-in and encryption
/// (RFC 4954), 555 about parameters. At the recipient, 5.7.x is the server's policy towards us, "relay
/// access denied" above all; about a letter the same class is its judgement of the content.
fn is_final(step: Step, code: u16, said: &str) -> bool {
    let about_the_mail = matches!(code, 550..=554 | 556);
    about_the_mail && !(step == Step::Recipient && said.starts_with("5.7."))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mail_is_given_up_only_for_what_concerns_it() {
        use Step::{Letter, Recipient};
        for (step, code, said, gives_up) in [
            (Recipient, 550, "5.1.1 User unknown", true),
            (Recipient, 550, "Unrouteable address", true),
            (Recipient, 552, "5.2.2 Mailbox full", true),
            (Recipient, 556, "5.1.10 Null MX", true),
            (Recipient, 554, "5.7.1 Relay access denied", false),
            (Recipient, 530, "5.7.0 Authentication required", false),
            (Recipient, 503, "5.5.1 Bad sequence", false),
            (Recipient, 451, "4.7.1 Greylisted", false),
            (Letter, 554, "5.7.1 Spam", true),
            (Letter, 552, "5.3.4 Too big", true),
            (Letter, 421, "4.3.0 Closing", false),
            (Letter, 0, "", false),
        ] {
            assert_eq!(
                is_final(step, code, said),
                gives_up,
                "{step:?} {code} {said}"
            );
        }
    }

    #[test]
    fn a_server_is_written_as_an_address() {
        let server = Server::parse("smtp://petugas%40dinas:s%3Aandi@surel.example/rembuk").unwrap();
        assert_eq!((server.host.as_str(), server.port), ("surel.example", 25));
        assert_eq!(server.hello, ClientId::Domain("rembuk".into()));
        let expected = Credentials::new("petugas@dinas".into(), "s:andi".into());
        assert!(server.credentials == Some(expected));
        for (setting, port) in [
            ("smtp://surel.example?tls=required", 587),
            ("smtps://surel.example", 465),
            ("smtp://surel.example:2525?tls=opportunistic", 2525),
        ] {
            assert_eq!(Server::parse(setting).unwrap().port, port);
        }
        assert!(Server::parse("smtp://surel.example?tls=maybe").is_err());
    }
}
