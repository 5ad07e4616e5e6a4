//! A list by the keyboard: `/` goes to its search, arrows and j, k from row to row, x chooses one where rows can
//! be chosen. Enter opens a row, for its link has the focus.
use crate::browser;
use leptos::{ev, prelude::*};
use wasm_bindgen::JsCast as _;
use web_sys::{Element, HtmlElement};

const ROW: &str = ".cab-table tbody tr";
/// What a row opens.
const LINK: &str = "a[href]:not([href^='tel:'])";
/// What chooses it.
const BOX: &str = "input[type='checkbox']";
/// Where letters are letters.
const TYPING: &str = "input:not([type='checkbox']), textarea, select, dialog, [contenteditable]";

/// For as long as the page is there; `search` is the id of its field.
pub fn list_keys(search: &'static str) {
    Effect::new(move |_| {
        let keys = window_event_listener(ev::keydown, move |event| {
            if pressed(&event, search) {
                event.prevent_default();
            }
        });
        on_cleanup(move || keys.remove());
    });
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Step {
    Search,
    Down,
    Up,
    Choose,
}

/// By the key's place, too: on a Russian keyboard other letters are there.
fn step(key: &str, code: &str, typing: bool) -> Option<Step> {
    match (key, code) {
        ("ArrowDown", _) => Some(Step::Down),
        ("ArrowUp", _) => Some(Step::Up),
        _ if typing => None,
        ("/", _) | (_, "Slash") => Some(Step::Search),
        (_, "KeyJ") => Some(Step::Down),
        (_, "KeyK") => Some(Step::Up),
        (_, "KeyX") => Some(Step::Choose),
        _ => None,
    }
}

/// Whether the key did something.
fn pressed(event: &ev::KeyboardEvent, search: &str) -> bool {
    if event.ctrl_key() || event.alt_key() || event.meta_key() || event.shift_key() || event.is_composing() {
        return false;
    }
    let active = document().active_element();
    let around = |selector| active.as_ref().and_then(|active| active.closest(selector).ok().flatten());
    let typing = around(TYPING).is_some();
    let Some(step) = step(&event.key(), &event.code(), typing) else { return false };
    let in_search = active.as_ref().is_some_and(|active| active.id() == search);
    match (step, around(ROW)) {
        (Step::Search, _) => to_search(search),
        (Step::Down, Some(row)) => opens(row.next_element_sibling()),
        (Step::Up, Some(row)) => row.previous_element_sibling().map_or_else(|| to_search(search), |row| opens(Some(row))),
        (Step::Choose, Some(row)) => chooses(&row),
        // Elsewhere the arrows scroll, and in other fields they belong to them.
        (Step::Down, None) if in_search || (!typing && event.key() != "ArrowDown") => {
            opens(document().query_selector(ROW).ok().flatten())
        }
        _ => false,
    }
}

fn to_search(search: &str) -> bool {
    browser::focus(search);
    true
}

fn opens(row: Option<Element>) -> bool {
    let link = row.and_then(|row| row.query_selector(LINK).ok().flatten()).and_then(|link| link.dyn_into::<HtmlElement>().ok());
    link.is_some_and(|link| link.focus().is_ok())
}

fn chooses(row: &Element) -> bool {
    let tick = row.query_selector(BOX).ok().flatten().and_then(|tick| tick.dyn_into::<HtmlElement>().ok());
    if let Some(tick) = &tick {
        tick.click();
    }
    tick.is_some()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_that_are_typed_stay_letters() {
        assert_eq!(step("j", "KeyJ", false), Some(Step::Down));
        assert_eq!(step("л", "KeyK", false), Some(Step::Up));
        assert_eq!(step(".", "Slash", false), Some(Step::Search));
        assert_eq!(step("ч", "KeyX", false), Some(Step::Choose));
        for (key, code) in [("j", "KeyJ"), ("/", "Slash"), ("k", "KeyK"), ("x", "KeyX")] {
            assert_eq!(step(key, code, true), None);
        }
        assert_eq!(step("ArrowDown", "ArrowDown", true), Some(Step::Down), "from the search to what it found");
    }
}
