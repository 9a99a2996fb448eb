//! Keyset pages: a cursor names the last row seen, so a list stays right and quick while rows are added.

use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use serde::{Serialize, de::DeserializeOwned};

use crate::platform::{
    error::{Error, Result},
    i18n::Message,
};

pub const DEFAULT_LIMIT: u64 = 25;
pub const MAX_LIMIT: u64 = 100;

/// Which part of a list is asked for. `K` is the sort key of the last row seen.
#[derive(Clone, Debug)]
pub struct Slice<K> {
    pub after: Option<K>,
    pub limit: u64,
}

impl<K: Serialize + DeserializeOwned> Slice<K> {
    /// Reads `cursor` and `limit` of a request.
    pub fn read(cursor: Option<&str>, limit: Option<u64>) -> Result<Self> {
        let after = cursor
            .filter(|cursor| !cursor.is_empty())
            .map(decode)
            .transpose()?;
        Ok(Self {
            after,
            limit: limit.unwrap_or(DEFAULT_LIMIT).clamp(1, MAX_LIMIT),
        })
    }

    /// Cuts a result that was fetched with one row more than the limit, and names the next page.
    pub fn cut<T>(&self, mut rows: Vec<T>, key: impl Fn(&T) -> K) -> (Vec<T>, Option<String>) {
        let limit = usize::try_from(self.limit).unwrap_or(usize::MAX);
        let more = rows.len() > limit;
        rows.truncate(limit);
        let next = if more {
            rows.last().map(|row| cursor(&key(row)))
        } else {
            None
        };
        (rows, next)
    }
}

/// How an address names a place in a list.
#[must_use]
pub fn cursor<K: Serialize>(key: &K) -> String {
    serde_json::to_vec(key)
        .map(|json| URL_SAFE_NO_PAD.encode(json))
        .unwrap_or_default()
}

fn decode<K: DeserializeOwned>(cursor: &str) -> Result<K> {
    let key = URL_SAFE_NO_PAD
        .decode(cursor)
        .ok()
        .and_then(|json| serde_json::from_slice(&json).ok());
    key.ok_or_else(|| Error::field("cursor", Message::new("field-cursor")))
}
