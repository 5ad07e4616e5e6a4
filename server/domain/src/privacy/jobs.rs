//! What follows an erasure.
use crate::kernel::jobs::Job;
use sapar_shared::Lang;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// Tells the old address that the account is gone. The address is in this job and nowhere else, and goes with it.
#[derive(Debug, Serialize, Deserialize)]
pub struct MailErased {
    pub id: Uuid,
    pub email: String,
    pub lang: Lang,
}

impl Job for MailErased {
    const NAME: &'static str = "mail_erased";

    fn key(&self) -> String {
        self.id.to_string()
    }
}

/// Deletes files that name an erased person. Each may be gone already.
#[derive(Debug, Serialize, Deserialize)]
pub struct ForgetFiles {
    pub id: Uuid,
    /// Folders of the object store, with all that lies in them.
    pub folders: Vec<String>,
    pub files: Vec<String>,
}

impl Job for ForgetFiles {
    const NAME: &'static str = "forget_files";

    fn key(&self) -> String {
        self.id.to_string()
    }
}
