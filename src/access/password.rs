//! Passwords: argon2id, checked for strength when set, never logged.

use argon2::{
    Argon2, PasswordHasher as _, PasswordVerifier as _, password_hash::phc::PasswordHash,
};

use crate::platform::{check::Check, context::App, error::Result, i18n::Message};

/// Refuses what an attacker tries first. The person's own name and address count as guesses.
pub fn check_strength(check: &mut Check, field: &str, password: &str, about: &[&str]) {
    if password.chars().count() > 200 {
        check.fault(
            field,
            Message::new("field-too-long")
                .with("max", 200)
                .with("length", password.chars().count()),
        );
    } else if password.chars().count() < 10 {
        check.fault(field, Message::new("field-password-short").with("min", 10));
    } else if zxcvbn::zxcvbn(password, about).score() < zxcvbn::Score::Three {
        check.fault(field, Message::new("field-password-weak"));
    }
}

/// Takes some 30 ms and 19 MB on purpose; run off the request threads.
pub async fn hash(password: String) -> Result<String> {
    let hash = tokio::task::spawn_blocking(move || hash_now(&password));
    hash.await.map_err(anyhow::Error::from)?
}

/// The same for a request, which waits for its turn.
pub async fn hash_in_turn(app: &App, password: String) -> Result<String> {
    in_turn(app, move || hash_now(&password)).await?
}

fn hash_now(password: &str) -> Result<String> {
    let hash = Argon2::default().hash_password(password.as_bytes());
    Ok(hash
        .map(|hash| hash.to_string())
        .map_err(|error| anyhow::anyhow!("argon2: {error}"))?)
}

/// Verifies against the hash, or against a decoy when there is no such account: both take as long, so
/// the time does not tell whether an address is known.
pub async fn verify(app: &App, password: String, hash: Option<String>) -> Result<bool> {
    const DECOY: &str = "$argon2id$v=19$m=19456,t=2,p=1$cmVtYnVrLXJlbWJ1aw$1kLr3nEo1JcHTQV0lb1WJ5N3gq2LRlVGaBAZKZxkyVw";
    let known = hash.is_some();
    let matches = in_turn(app, move || {
        let hash = hash.as_deref().unwrap_or(DECOY);
        PasswordHash::new(hash).is_ok_and(|parsed| {
            Argon2::default()
                .verify_password(password.as_bytes(), &parsed)
                .is_ok()
        })
    });
    Ok(matches.await? && known)
}

/// The turn belongs to the work: who hangs up meanwhile does not let another one in.
async fn in_turn<T: Send + 'static>(
    app: &App,
    work: impl FnOnce() -> T + Send + 'static,
) -> Result<T> {
    let turn = app.hashing.clone().acquire_owned().await;
    let turn = turn.map_err(anyhow::Error::from)?;
    let done = tokio::task::spawn_blocking(move || {
        let done = work();
        drop(turn);
        done
    });
    Ok(done.await.map_err(anyhow::Error::from)?)
}
