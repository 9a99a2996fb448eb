//! Stored bytes: local disk or S3. Keys are random, so a file's address says nothing about it, and a
//! file is only ever reached through a page that checked who asks.

use std::sync::Arc;

use anyhow::Context as _;
use object_store::{
    ObjectStore, ObjectStoreExt as _, PutPayload, aws::AmazonS3Builder, local::LocalFileSystem,
    path::Path,
};

use super::crypto::random_token;

#[derive(Clone, Debug)]
pub struct Files {
    store: Arc<dyn ObjectStore>,
}

impl Files {
    /// `file:DIR` or `s3://bucket/prefix` (credentials and endpoint from the usual `AWS_*` variables).
    pub fn open(url: &str) -> anyhow::Result<Self> {
        let store: Arc<dyn ObjectStore> = if let Some(folder) = url.strip_prefix("file:") {
            std::fs::create_dir_all(folder)
                .with_context(|| format!("cannot create the file folder {folder}"))?;
            Arc::new(LocalFileSystem::new_with_prefix(folder)?.with_fsync(true))
        } else if url.starts_with("s3://") {
            Arc::new(
                AmazonS3Builder::from_env()
                    .with_url(url)
                    .build()
                    .context("files.url")?,
            )
        } else {
            anyhow::bail!("files.url must begin with file: or s3://");
        };
        Ok(Self { store })
    }

    /// Stores the bytes and returns their key. Done before the row that names them is committed:
    /// an orphan file is harmless, a row without its file is not.
    pub async fn put(&self, folder: &str, bytes: Vec<u8>) -> anyhow::Result<String> {
        let key = format!("{folder}/{}", random_token());
        self.store
            .put(&Path::from(key.as_str()), PutPayload::from(bytes))
            .await
            .context("cannot store a file")?;
        Ok(key)
    }

    pub async fn get(&self, key: &str) -> anyhow::Result<Vec<u8>> {
        let found = self
            .store
            .get(&Path::from(key))
            .await
            .with_context(|| format!("file {key} is missing"))?;
        Ok(found.bytes().await?.to_vec())
    }

    pub async fn delete(&self, key: &str) -> anyhow::Result<()> {
        Ok(self.store.delete(&Path::from(key)).await?)
    }

    /// The same, and what is gone already is gone.
    pub async fn remove(&self, key: &str) -> anyhow::Result<()> {
        match self.store.delete(&Path::from(key)).await {
            Ok(()) | Err(object_store::Error::NotFound { .. }) => Ok(()),
            Err(error) => Err(error.into()),
        }
    }

    /// Writes, reads and removes one small file: for `doctor` and `/readyz`.
    pub async fn probe(&self) -> anyhow::Result<()> {
        let key = self.put("probe", b"rembuk".to_vec()).await?;
        anyhow::ensure!(
            self.get(&key).await? == b"rembuk",
            "the file store does not return what was written"
        );
        self.delete(&key).await
    }
}
