//! Secrets: one master key from the configuration, one key per purpose derived from it (HKDF-SHA256),
//! so that a leak of one use does not open another. Identity fields are sealed with XChaCha20-Poly1305;
//! high-entropy codes and tokens are kept as a keyed hash.

use anyhow::{Context as _, ensure};
use base64::{
    Engine as _,
    engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD},
};
use chacha20poly1305::{
    KeyInit as _, XChaCha20Poly1305, XNonce,
    aead::{Aead as _, Payload},
};
use hkdf::Hkdf;
use hmac::{Hmac, Mac as _};
use sha2::{Digest as _, Sha256};
use subtle::ConstantTimeEq as _;

const NONCE_BYTES: usize = 24;

/// What a key is for. The text is part of the derivation: never change one that is in use.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Purpose {
    /// Names, e-mails, phones and access codes of complainants.
    Identity,
    /// Keyed hashes of session, API and link tokens.
    Tokens,
    /// Tokens in forms against forged requests, and signed cookies.
    Forms,
    /// Keyed hashes of addresses and names for throttling and statistics, never reversible.
    Throttle,
}

impl Purpose {
    fn info(self) -> &'static [u8] {
        match self {
            Self::Identity => b"rembuk/identity/1",
            Self::Tokens => b"rembuk/tokens/1",
            Self::Forms => b"rembuk/forms/1",
            Self::Throttle => b"rembuk/throttle/1",
        }
    }
}

/// The keys of this installation. `Debug` prints no secret.
#[derive(Clone)]
pub struct Keys {
    identity: [u8; 32],
    tokens: [u8; 32],
    forms: [u8; 32],
    throttle: [u8; 32],
}

impl std::fmt::Debug for Keys {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Keys(..)")
    }
}

impl Keys {
    /// Derives all keys from the configured secret: base64 of at least 32 bytes.
    pub fn from_secret(base64_secret: &str) -> anyhow::Result<Self> {
        let secret = STANDARD
            .decode(base64_secret.trim())
            .context("secret_key is not base64")?;
        ensure!(
            secret.len() >= 32,
            "secret_key has {} bytes; at least 32 are needed",
            secret.len()
        );
        let derived = Hkdf::<Sha256>::new(None, &secret);
        let key = |purpose: Purpose| -> anyhow::Result<[u8; 32]> {
            let mut key = [0u8; 32];
            derived
                .expand(purpose.info(), &mut key)
                .map_err(|e| anyhow::anyhow!("key derivation: {e}"))?;
            Ok(key)
        };
        Ok(Self {
            identity: key(Purpose::Identity)?,
            tokens: key(Purpose::Tokens)?,
            forms: key(Purpose::Forms)?,
            throttle: key(Purpose::Throttle)?,
        })
    }

    fn key(&self, purpose: Purpose) -> &[u8; 32] {
        match purpose {
            Purpose::Identity => &self.identity,
            Purpose::Tokens => &self.tokens,
            Purpose::Forms => &self.forms,
            Purpose::Throttle => &self.throttle,
        }
    }

    /// Seals an identity field. `row` binds the text to its row: moved to another row it does not open.
    pub fn seal(&self, plain: &str, row: &str) -> anyhow::Result<Vec<u8>> {
        self.seal_bytes(plain.as_bytes(), row)
    }

    /// The same for a whole file.
    pub fn seal_bytes(&self, plain: &[u8], row: &str) -> anyhow::Result<Vec<u8>> {
        let nonce = random_bytes::<NONCE_BYTES>();
        let cipher = XChaCha20Poly1305::new(&self.identity.into());
        let sealed = cipher
            .encrypt(
                &XNonce::from(nonce),
                Payload {
                    msg: plain,
                    aad: row.as_bytes(),
                },
            )
            .map_err(|_| anyhow::anyhow!("could not seal a field"))?;
        Ok([nonce.as_slice(), &sealed].concat())
    }

    /// Opens what [`Keys::seal`] closed for the same row.
    pub fn open(&self, sealed: &[u8], row: &str) -> anyhow::Result<String> {
        let plain = self.open_bytes(sealed, row)?;
        String::from_utf8(plain).context("sealed field is not UTF-8")
    }

    /// The same for a whole file.
    pub fn open_bytes(&self, sealed: &[u8], row: &str) -> anyhow::Result<Vec<u8>> {
        ensure!(sealed.len() > NONCE_BYTES, "sealed field is too short");
        let (nonce, body) = sealed.split_at(NONCE_BYTES);
        let nonce: [u8; NONCE_BYTES] = nonce.try_into().context("nonce")?;
        let cipher = XChaCha20Poly1305::new(&self.identity.into());
        cipher
            .decrypt(
                &XNonce::from(nonce),
                Payload {
                    msg: body,
                    aad: row.as_bytes(),
                },
            )
            .map_err(|_| {
                anyhow::anyhow!(
                    "a sealed field does not open: other secret_key, or the row was altered"
                )
            })
    }

    /// A keyed hash as text, for columns that are looked up by a secret.
    #[must_use]
    pub fn hash(&self, purpose: Purpose, value: &str) -> String {
        URL_SAFE_NO_PAD.encode(self.mac(purpose, value))
    }

    /// Compares in constant time.
    #[must_use]
    pub fn verify(&self, purpose: Purpose, value: &str, hash: &str) -> bool {
        same(&self.hash(purpose, value), hash)
    }

    fn mac(&self, purpose: Purpose, value: &str) -> Vec<u8> {
        use hmac::KeyInit as _;
        match Hmac::<Sha256>::new_from_slice(self.key(purpose)) {
            Ok(mut mac) => {
                mac.update(value.as_bytes());
                mac.finalize().into_bytes().to_vec()
            }
            // HMAC takes a key of any length.
            Err(_) => Vec::new(),
        }
    }
}

/// Equal, decided in constant time.
#[must_use]
pub fn same(a: &str, b: &str) -> bool {
    a.as_bytes().ct_eq(b.as_bytes()).into()
}

/// SHA-256 as lower-case hex: the fingerprint of files and documents.
#[must_use]
pub fn sha256_hex(bytes: &[u8]) -> String {
    Sha256::digest(bytes)
        .iter()
        .map(|byte| format!("{byte:02x}"))
        .collect()
}

/// An unguessable token for links and sessions: 192 random bits, safe in a URL.
#[must_use]
pub fn random_token() -> String {
    URL_SAFE_NO_PAD.encode(random_bytes::<24>())
}

/// `digits` random decimal digits, each equally likely.
#[must_use]
pub fn random_digits(digits: usize) -> String {
    let mut text = String::with_capacity(digits);
    while text.len() < digits {
        // 250 is the largest multiple of ten in a byte: larger values would favour small digits.
        for byte in random_bytes::<32>()
            .into_iter()
            .filter(|b| *b < 250)
            .take(digits - text.len())
        {
            text.push(char::from(b'0' + byte % 10));
        }
    }
    text
}

/// A code of `length` characters that nobody misreads or mishears: no 0/O, 1/I/L, U/V, and one each of S/5, B/8, G/6, Z/2.
#[must_use]
pub fn random_code(length: usize) -> String {
    const ALPHABET: &[u8; 25] = b"23479ABCDEFGHJKMNPQRSTWXY";
    let mut text = String::with_capacity(length);
    while text.len() < length {
        for byte in random_bytes::<32>()
            .into_iter()
            .filter(|b| *b < 250)
            .take(length - text.len())
        {
            text.push(char::from(ALPHABET[usize::from(byte) % ALPHABET.len()]));
        }
    }
    text
}

/// A fresh master secret, as written into a new demo folder.
#[must_use]
pub fn new_secret() -> String {
    STANDARD.encode(random_bytes::<48>())
}

fn random_bytes<const N: usize>() -> [u8; N] {
    let mut bytes = [0u8; N];
    #[expect(
        clippy::expect_used,
        reason = "without randomness of the operating system nothing here is safe to go on"
    )]
    getrandom::fill(&mut bytes).expect("the operating system gives no random bytes");
    bytes
}

#[cfg(test)]
mod tests {
    use super::*;

    fn keys() -> Keys {
        Keys::from_secret(&STANDARD.encode([7u8; 32])).unwrap()
    }

    #[test]
    fn a_sealed_field_opens_only_for_its_own_row_and_key() {
        let sealed = keys().seal("Budi Contoh", "row-1").unwrap();
        assert_eq!(keys().open(&sealed, "row-1").unwrap(), "Budi Contoh");
        assert!(keys().open(&sealed, "row-2").is_err());
        let other = Keys::from_secret(&STANDARD.encode([8u8; 32])).unwrap();
        assert!(other.open(&sealed, "row-1").is_err());
        assert!(keys().open(&sealed[..10], "row-1").is_err());
    }

    #[test]
    fn purposes_have_different_hashes() {
        assert_ne!(
            keys().hash(Purpose::Tokens, "x"),
            keys().hash(Purpose::Forms, "x")
        );
        assert!(keys().verify(Purpose::Tokens, "x", &keys().hash(Purpose::Tokens, "x")));
    }

    #[test]
    fn a_short_secret_is_refused() {
        assert!(Keys::from_secret(&STANDARD.encode([7u8; 31])).is_err());
        assert!(Keys::from_secret("not base64!").is_err());
    }

    #[test]
    fn codes_have_the_asked_length_and_alphabet() {
        let digits = random_digits(16);
        assert!(digits.len() == 16 && digits.bytes().all(|b| b.is_ascii_digit()));
        let code = random_code(12);
        assert!(
            code.len() == 12
                && !code.contains(['0', 'O', '1', 'I', 'L', 'U', 'V', '5', '8', '6', 'Z'])
        );
    }
}
