//! The code of a row, which its person says or shows at the door.

use super::store;
use crate::{
    forums::ForumId,
    platform::{crypto::random_code, db::Tx, error::Result},
};

const LENGTH: usize = 6;

/// A code that nobody of this forum has. 28 characters to the sixth: the second try is already rare.
pub(super) async fn free(tx: &Tx, forum: ForumId) -> Result<String> {
    loop {
        let code = random_code(LENGTH);
        if store::by_code(tx, forum, &code).await?.is_none() {
            return Ok(code);
        }
    }
}
