//! Cropping: what is shown changes, the master stays, so that it can be taken back.
use super::{UploadError, jobs::MakePicture, queries, states::organisation};
use crate::{
    accounts::Actor,
    kernel::{Ctx, jobs},
};
use sapar_shared::ids::UploadId;
use sqlx::PgConnection;

/// A part of a picture, in thousandths of its sides.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Crop {
    pub left: i32,
    pub top: i32,
    pub width: i32,
    pub height: i32,
}

impl Crop {
    pub const WHOLE: Self = Self { left: 0, top: 0, width: 1000, height: 1000 };
    /// Less would be a few pixels.
    const LEAST: i32 = 50;

    /// `part` of what this shows, in terms of the whole.
    #[must_use]
    pub fn within(self, part: Self) -> Self {
        let side = |from: i32, of: i32, start: i32, length: i32| {
            let scaled = |n: i32| (n * of + 500) / 1000;
            let start = (from + scaled(start)).clamp(0, 1000 - Self::LEAST);
            (start, scaled(length).clamp(Self::LEAST, 1000 - start))
        };
        let (left, width) = side(self.left, self.width, part.left, part.width);
        let (top, height) = side(self.top, self.height, part.top, part.height);
        Self { left, top, width, height }
    }

    /// Nothing of it lies outside, and there is something to see.
    #[must_use]
    pub fn is_sound(self) -> bool {
        let side = |start: i32, length: i32| {
            (0..=1000).contains(&start) && (Self::LEAST..=1000).contains(&length) && start + length <= 1000
        };
        side(self.left, self.width) && side(self.top, self.height)
    }
}

/// Shows `part` of what is shown now, or, without one, all of the picture again; not while a draft that shows it is in review. A
/// part that is none is `NotFound`.
pub async fn crop(
    conn: &mut PgConnection,
    ctx: &Ctx,
    actor: &Actor,
    id: UploadId,
    part: Option<Crop>,
) -> Result<(), UploadError> {
    let organisation = organisation(actor)?;
    if part.is_some_and(|part| !part.is_sound()) {
        return Err(UploadError::NotFound);
    }
    let now = queries::lock(&mut *conn, organisation, id).await?.ok_or(UploadError::NotFound)?;
    if !now.is_ready {
        return Err(UploadError::NotReady);
    }
    // Whoever hands a draft in locks its pictures, too: it is not in review without this seeing it.
    if queries::in_review(&mut *conn, organisation, id).await? {
        return Err(UploadError::InReview);
    }
    let shown = part.map(|part| now.crop.unwrap_or(Crop::WHOLE).within(part));
    let revision = queries::set_crop(&mut *conn, id, shown).await?;
    jobs::enqueue(conn, ctx, &MakePicture { upload: id, revision }, ctx.now()).await?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_part_of_a_part_lies_within_it() {
        let half = Crop { left: 500, top: 0, width: 500, height: 1000 };
        assert_eq!(Crop::WHOLE.within(half), half);
        assert_eq!(half.within(half), Crop { left: 750, top: 0, width: 250, height: 1000 });
        assert_eq!(half.within(Crop::WHOLE), half);
        let mut part = Crop::WHOLE;
        for _ in 0..40 {
            part = part.within(Crop { left: 333, top: 667, width: 667, height: 333 });
            assert!(part.is_sound(), "{part:?}");
        }
    }

    #[test]
    fn what_lies_outside_is_no_part() {
        let crop = |left, top, width, height| Crop { left, top, width, height }.is_sound();
        assert!(crop(0, 0, 1000, 1000) && crop(950, 0, 50, 1000));
        assert!(!crop(-1, 0, 500, 500) && !crop(0, 600, 500, 500) && !crop(0, 0, 10, 500) && !crop(i32::MAX, 0, 1000, 500));
    }
}
