//! A mail server of a test: answers as it is told, keeps what it took, can be dead for a while.

use std::sync::{Arc, Mutex};

use tokio::{
    io::{AsyncBufReadExt as _, AsyncWriteExt as _, BufReader},
    net::{TcpListener, TcpStream},
};

pub struct SmtpServer {
    /// For `mail.transport`.
    pub url: String,
    state: Arc<Mutex<State>>,
}

#[derive(Default)]
struct State {
    dead: bool,
    answers: Vec<(String, String)>,
    taken: Vec<String>,
    greeted: usize,
}

impl SmtpServer {
    pub async fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let port = listener.local_addr().unwrap().port();
        let state: Arc<Mutex<State>> = Arc::default();
        let shared = state.clone();
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                if !shared.lock().unwrap().dead {
                    tokio::spawn(converse(stream, shared.clone()));
                }
            }
        });
        Self {
            url: format!("smtp://rembuk:rahasia@127.0.0.1:{port}"),
            state,
        }
    }

    /// From now on it hangs up, or serves again.
    pub fn set_dead(&self, dead: bool) {
        self.state.lock().unwrap().dead = dead;
    }

    /// From now on it says this to commands that begin so.
    pub fn answers(&self, command: &str, answer: &str) {
        let pair = (command.to_owned(), answer.to_owned());
        self.state.lock().unwrap().answers.push(pair);
    }

    /// How many connections it greeted.
    pub fn greeted(&self) -> usize {
        self.state.lock().unwrap().greeted
    }

    /// The letters that it took.
    pub fn taken(&self) -> Vec<String> {
        self.state.lock().unwrap().taken.clone()
    }
}

async fn converse(stream: TcpStream, state: Arc<Mutex<State>>) -> Option<()> {
    let (reading, mut writing) = stream.into_split();
    let mut lines = BufReader::new(reading).lines();
    writing.write_all(b"220 surel.example\r\n").await.ok()?;
    state.lock().unwrap().greeted += 1;
    while let Some(line) = lines.next_line().await.ok()? {
        let told = {
            let state = state.lock().unwrap();
            if state.dead {
                return None;
            }
            let mut answers = state.answers.iter();
            let told = answers.find(|(command, _)| line.starts_with(command));
            told.map(|(_, answer)| answer.clone())
        };
        let verb = line.split([' ', ':']).next().unwrap_or_default();
        let usual = match verb {
            "EHLO" => "250-surel.example\r\n250-8BITMIME\r\n250 AUTH PLAIN LOGIN",
            "AUTH" => "235 2.7.0 welcome",
            "DATA" => "354 go on",
            "QUIT" => "221 2.0.0 bye",
            _ => "250 2.0.0 fine",
        };
        let refused = told.is_some();
        let answer = told.unwrap_or_else(|| usual.to_owned());
        writing
            .write_all(format!("{answer}\r\n").as_bytes())
            .await
            .ok()?;
        if verb == "DATA" && !refused {
            let mut letter = String::new();
            loop {
                let line = lines.next_line().await.ok()??;
                if line == "." {
                    break;
                }
                letter.push_str(&line);
                letter.push('\n');
            }
            state.lock().unwrap().taken.push(letter);
            writing.write_all(b"250 2.0.0 taken\r\n").await.ok()?;
        }
    }
    Some(())
}
