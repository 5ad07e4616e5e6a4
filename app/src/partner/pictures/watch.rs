//! Asks about pictures that are being made, until none is.
use super::api::upload_states;
use leptos::{leptos_dom::helpers::TimeoutHandle, prelude::*, task::spawn_local};
use sapar_shared::{
    dto::editor::{UploadState, UploadView},
    ids::UploadId,
};
use std::time::Duration;

const FIRST: Duration = Duration::from_millis(1200);
const SLOWEST: Duration = Duration::from_secs(6);

type Timer = StoredValue<Option<TimeoutHandle>>;

fn waiting(uploads: &[UploadView]) -> Vec<UploadId> {
    uploads.iter().filter(|upload| upload.state == UploadState::Waiting).map(|upload| upload.id).collect()
}

/// Puts what is new of each upload in the place of what was known.
fn merge(uploads: &mut [UploadView], fresh: Vec<UploadView>) {
    for view in fresh {
        if let Some(known) = uploads.iter_mut().find(|known| known.id == view.id) {
            *known = view;
        }
    }
}

/// For as long as the component lives.
pub fn watch(uploads: RwSignal<Vec<UploadView>>) {
    let some = Memo::new(move |_| !waiting(&uploads.read()).is_empty());
    Effect::new(move |_| {
        if !some.get() {
            return;
        }
        let timer = StoredValue::new(None);
        ask_later(uploads, timer, FIRST);
        on_cleanup(move || {
            if let Some(Some(handle)) = timer.try_get_value() {
                let handle: TimeoutHandle = handle;
                handle.clear();
            }
        });
    });
}

fn ask_later(uploads: RwSignal<Vec<UploadView>>, timer: Timer, delay: Duration) {
    let ask = move || {
        let Some(ids) = uploads.try_with_untracked(|uploads| waiting(uploads)).filter(|ids| !ids.is_empty()) else { return };
        spawn_local(async move {
            // Without a network it is asked again, more and more seldom.
            if let Ok(Ok(fresh)) = upload_states(ids.clone()).await
                && uploads.try_with_untracked(|known| fresh.iter().any(|view| !known.contains(view))) == Some(true)
            {
                uploads.try_update(|known| merge(known, fresh));
            }
            if timer.try_get_value().is_some() {
                ask_later(uploads, timer, (delay * 5 / 4).min(SLOWEST));
            }
        });
    };
    timer.try_set_value(set_timeout_with_handle(ask, delay).ok());
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_new_takes_the_place_of_what_was_known() {
        let view = |n, state| UploadView { id: UploadId(uuid::Uuid::from_u128(n)), state, address: None, width: 0, height: 0 };
        let mut uploads = vec![view(1, UploadState::Ready), view(2, UploadState::Waiting)];
        assert_eq!(waiting(&uploads), [uploads[1].id]);
        merge(&mut uploads, vec![view(2, UploadState::Failed), view(3, UploadState::Ready)]);
        assert_eq!(uploads, [view(1, UploadState::Ready), view(2, UploadState::Failed)]);
    }
}
