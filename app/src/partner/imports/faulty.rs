//! What is wrong with a file: cell by cell, and as a file with marks.
use super::choose::ChooseFile;
use crate::ui::{Alert, AlertTone, Glyph, Icon};
use leptos::prelude::*;
use sapar_shared::{Lang, dto::import::ImportView, paths, sheets::CellError, tr::imports as tr};

#[component]
pub fn Faulty(lang: Lang, import: ImportView) -> impl IntoView {
    let ImportView { row, errors, .. } = import;
    let shown = i32::try_from(errors.len()).unwrap_or(i32::MAX);
    let rest = (row.errors > shown).then(|| view! { <p class="text-sm text-muted">{tr::errors_shown(lang, shown)}</p> });
    let columns = [tr::column_cell(lang), tr::column_value(lang), tr::column_wrong(lang)];
    view! {
        <Alert tone=AlertTone::Warn>
            <p class="font-semibold">{tr::faulty_title(lang, row.errors.into())}</p>
            <p>{tr::faulty_text(lang)}</p>
        </Alert>
        <div class="grid gap-3 sm:flex sm:flex-wrap">
            <a class="btn" href=paths::import_corrected(lang, row.id) rel="external" download="">
                <Icon name=Glyph::Download class="icon icon-small"/>
                {tr::download_corrected(lang)}
            </a>
            <ChooseFile lang words=tr::choose_other(lang)/>
        </div>
        <table class="cab-table" role="table" aria-label=tr::errors_at(lang)>
            <thead role="rowgroup">
                <tr role="row">{columns.map(|name| view! { <th role="columnheader" scope="col">{name}</th> }).collect_view()}</tr>
            </thead>
            <tbody role="rowgroup">{errors.into_iter().map(|error| view! { <Wrong lang error/> }).collect_view()}</tbody>
        </table>
        {rest}
    }
    .into_any()
}

#[component]
fn Wrong(lang: Lang, error: CellError) -> impl IntoView {
    let CellError { address, value, kind, .. } = error;
    view! {
        <tr role="row">
            <td role="cell" class="font-semibold numbers">{address}</td>
            <td role="cell" class="basis-full text-muted break-words">{value}</td>
            <td role="cell" class="basis-full">{kind.words(lang)}</td>
        </tr>
    }
    .into_any()
}
