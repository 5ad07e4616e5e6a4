//! What follows once a picture has arrived or was cropped.
use crate::kernel::jobs::Job;
use sapar_shared::ids::UploadId;
use serde::{Deserialize, Serialize};

/// Makes a picture's sizes. Its key names the revision too: cropping again, while the job before is just ending, wants another.
#[derive(Debug, Serialize, Deserialize)]
pub struct MakePicture {
    pub upload: UploadId,
    pub revision: i32,
}

impl Job for MakePicture {
    const NAME: &'static str = "make_picture";

    fn key(&self) -> String {
        super::key(self.upload, self.revision)
    }
}
