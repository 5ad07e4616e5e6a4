//! The organisation's tours: the list, the editor, the departures, the preview.
pub mod api;
mod choices;
mod departures;
mod editor;
mod list;
mod new;
mod numbers;
mod parts;
mod preview;
mod sides;
mod ticket_types;
mod words;

pub use departures::DeparturesPage;
pub use editor::EditorPage;
pub use list::ListingsPage;
pub use new::NewListingPage;
pub use preview::PreviewPage;
