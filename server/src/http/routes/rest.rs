//! The rest of a body whose answer is known before all of it has come.
use axum::body::BodyDataStream;
use futures::StreamExt as _;
use std::time::Duration;

/// Longer than a refused file may take on its way; then the connection is cut.
const PATIENCE: Duration = Duration::from_mins(2);

/// Lets up to `most` more bytes pass, beside the answer, which goes out at once. A browser reads it only after it has sent
/// everything: were the connection cut before, it would tell of a lost network in place of what is wrong.
pub fn let_pass(mut body: BodyDataStream, most: u64) {
    tokio::spawn(async move {
        let passing = async {
            let mut left = most;
            while let Some(Ok(chunk)) = body.next().await {
                match left.checked_sub(chunk.len() as u64) {
                    Some(less) => left = less,
                    None => break,
                }
            }
        };
        let _ = tokio::time::timeout(PATIENCE, passing).await;
    });
}
