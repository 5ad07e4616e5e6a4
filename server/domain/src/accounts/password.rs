//! argon2id with the library's recommended parameters (19 MiB, two passes), off the async threads.
use argon2::{Argon2, PasswordHash, PasswordHasher as _, PasswordVerifier as _};

/// argon2 would hash a book; nobody's password is one.
const LONGEST: usize = 1000;

/// `salt` is 16 random bytes. Fails only when the machine is out of memory.
pub(super) async fn hash(password: String, salt: [u8; 16]) -> Result<String, sqlx::Error> {
    blocking(move || {
        let hash: PasswordHash = Argon2::default()
            .hash_password_with_salt(password.as_bytes(), &salt)
            .map_err(|error| sqlx::Error::Encode(error.to_string().into()))?;
        Ok(hash.to_string())
    })
    .await
}

/// With no account's hash a made-up one is checked, so that time does not tell whether an account exists.
pub(super) async fn verify(password: String, hash: Option<String>) -> Result<bool, sqlx::Error> {
    const NOBODY: &str = "$argon2id$v=19$m=19456,t=2,p=1$c2FwYXJzYXBhcnNhcGFy$zPAYHkAwJtZkdUhs8/3xRy3KzYUdWGVv9J0AV9C7lzM";
    blocking(move || {
        let known = hash.is_some() && password.len() <= LONGEST;
        let password = if known { password } else { String::new() };
        let hash = hash.as_deref().unwrap_or(NOBODY);
        let parsed = PasswordHash::new(hash).map_err(|error| sqlx::Error::Decode(error.to_string().into()))?;
        Ok(Argon2::default().verify_password(password.as_bytes(), &parsed).is_ok() && known)
    })
    .await
}

async fn blocking<T: Send + 'static>(work: impl FnOnce() -> Result<T, sqlx::Error> + Send + 'static) -> Result<T, sqlx::Error> {
    tokio::task::spawn_blocking(work).await.map_err(|error| sqlx::Error::Encode(error.into()))?
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn only_the_right_password_opens() {
        let hashed = hash("көлсай-2026".into(), [7; 16]).await.expect("hashes");
        assert!(hashed.starts_with("$argon2id$v=19$m=19456,t=2,p=1$"), "{hashed}");
        assert!(verify("көлсай-2026".into(), Some(hashed.clone())).await.expect("verifies"));
        assert!(!verify("Көлсай-2026".into(), Some(hashed)).await.expect("verifies"));
        assert!(!verify("anything".into(), None).await.expect("verifies"));
    }
}
