//! The component workshop: every part of `app/src/ui` in every state on one page, in the window's size and theme.
mod specimens;

fn main() {
    leptos::mount::mount_to_body(specimens::Workshop);
}
