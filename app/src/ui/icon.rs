//! The icons, drawn on a grid of 24 with one stroke.
use leptos::prelude::*;

/// Named after what an icon shows; what it means is the caller's to say in words. Each is its own constant, not a line of one
/// table: so a part of the wasm holds the icons that it draws and no others.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Glyph(&'static str);

#[allow(non_upper_case_globals, reason = "they read as the kinds of one thing, which they are")]
impl Glyph {
    pub const Back: Self = Self("M19 12H5m6-6-6 6 6 6");
    pub const Boot: Self = Self("M7 3h6v8l6 3a3 3 0 0 1 2 3v2H7zM7 19v2h14v-2M7 8h3M7 12h3");
    pub const Box: Self = Self("M3 5h18v4H3zM5 9v11h14V9M10 13h4");
    pub const Calendar: Self = Self("M4 6h16v14H4zM4 10h16M8 3v4m8-4v4");
    pub const Camera: Self = Self("M4 8h3l2-3h6l2 3h3v11H4zM12 10a3.5 3.5 0 1 1 0 7 3.5 3.5 0 0 1 0-7z");
    pub const Canyon: Self = Self("M3 4h6v5l2 3v8H3zM21 4h-5v4l-2 4v8h7zM3 12h8M14 15h7");
    pub const Card: Self = Self("M3 6h18v12H3zM3 10h18M7 15h4");
    /// A round bubble with a receiver in it, for messengers; `Speech` is for SMS and languages.
    pub const Chat: Self =
        Self("M12 3a9 9 0 1 1-4.4 16.9L3 21l1.2-4.5A9 9 0 0 1 12 3zM9 8c0 4 3 7 7 7l.5-2-2-1-1 .8a5 5 0 0 1-2.3-2.3l.8-1-1-2z");
    pub const Check: Self = Self("M5 12.5l4.5 4.5L19 7");
    pub const ChevronRight: Self = Self("M9 5l7 7-7 7");
    pub const City: Self = Self("M4 21V9l5-3v15M9 21V4l7 3v14M16 21V11h4v10M2 21h20M12 10v.01M12 14v.01");
    pub const Clock: Self = Self("M12 3a9 9 0 1 1 0 18 9 9 0 0 1 0-18zM12 7v5l3.5 2");
    pub const Close: Self = Self("M6 6l12 12M18 6L6 18");
    pub const Copy: Self = Self("M9 9h11v11H9zM6 15H4V4h11v2");
    pub const Crop: Self = Self("M7 2v15h15M2 7h15v15");
    pub const Cross: Self = Self("M7 7l10 10M17 7L7 17");
    pub const Device: Self = Self("M3 5h18v11H3zM12 16v4M8 20h8");
    pub const Download: Self = Self("M12 4v11m-5-5l5 5 5-5M5 20h14");
    pub const Eye: Self = Self("M2 12c3-5 6.5-7 10-7s7 2 10 7c-3 5-6.5 7-10 7s-7-2-10-7zM12 9a3 3 0 1 1 0 6 3 3 0 0 1 0-6z");
    pub const Family: Self = Self(
        "M8 4a2.5 2.5 0 1 1 0 5 2.5 2.5 0 0 1 0-5zM16.5 9a2 2 0 1 1 0 4 2 2 0 0 1 0-4zM3 20v-3a5 5 0 0 1 10 0v3M13 20v-1a3.5 3.5 0 0 1 7 0v1",
    );
    pub const Filter: Self =
        Self("M4 7h9m4 0h3M4 17h3m4 0h9M15 4.5a2.5 2.5 0 1 1 0 5 2.5 2.5 0 0 1 0-5zM9 14.5a2.5 2.5 0 1 1 0 5 2.5 2.5 0 0 1 0-5z");
    pub const Globe: Self =
        Self("M12 3a9 9 0 1 1 0 18 9 9 0 0 1 0-18zM3 12h18M12 3c3 3 3.5 6 3.5 9s-.5 6-3.5 9c-3-3-3.5-6-3.5-9s.5-6 3.5-9z");
    pub const Grip: Self = Self("M9 6v.01M15 6v.01M9 12v.01M15 12v.01M9 18v.01M15 18v.01");
    pub const Heart: Self = Self("M12 20s-8-4.8-8-10.6A4.4 4.4 0 0 1 12 7a4.4 4.4 0 0 1 8 2.4C20 15.2 12 20 12 20z");
    pub const History: Self = Self("M4 21h16M6 21V11a6 6 0 0 1 12 0v10M12 5V2M10 21v-6a2 2 0 0 1 4 0v6M3 21V13M21 21v-8");
    pub const Info: Self = Self("M12 3a9 9 0 1 1 0 18 9 9 0 0 1 0-18zM12 11v6M12 7.5v.01");
    pub const Lake: Self = Self(
        "M3 11l5-7 4 5 3-3 6 6M3 15c1.5-1.3 3-1.3 4.5 0s3 1.3 4.5 0 3-1.3 4.5 0 3 1.3 4.5 0M3 19.5c1.5-1.3 3-1.3 4.5 0s3 1.3 4.5 0 3-1.3 4.5 0 3 1.3 4.5 0",
    );
    pub const Mail: Self = Self("M3 6h18v12H3zM3.5 7l8.5 6 8.5-6");
    pub const Menu: Self = Self("M4 7h16M4 12h16M4 17h16");
    pub const Minus: Self = Self("M6 12h12");
    pub const Moon: Self = Self("M20 14.5A8.5 8.5 0 0 1 9.5 4a8.5 8.5 0 1 0 10.5 10.5z");
    pub const Mountain: Self = Self("M2 20L9 6l4.5 8 2.5-4 6 10zM7 10l2 2 2-2");
    pub const Pause: Self = Self("M8 5v14M16 5v14");
    pub const Pencil: Self = Self("M4 20l1-5L16 4l4 4L9 19zM14 6l4 4");
    pub const People: Self =
        Self("M9 5a3 3 0 1 1 0 6 3 3 0 0 1 0-6zM3 20v-1a6 6 0 0 1 12 0v1M16 5.5a3 3 0 0 1 0 5.5M18 14.5a6 6 0 0 1 3 4.5v1");
    pub const Phone: Self =
        Self("M6 3h4l1.5 5-2.5 1.5a11 11 0 0 0 5.5 5.5L16 12.5l5 1.5v4a3 3 0 0 1-3 3C10 21 3 14 3 6a3 3 0 0 1 3-3z");
    pub const Picture: Self = Self("M4 5h16v14H4zM4 16l5-5 4 4 3-3 4 4M15 9v.01");
    pub const Pin: Self = Self("M12 21s-7-6-7-11.5a7 7 0 0 1 14 0C19 15 12 21 12 21zM12 7a2.5 2.5 0 1 1 0 5 2.5 2.5 0 0 1 0-5z");
    pub const Plus: Self = Self("M12 6v12M6 12h12");
    pub const Qr: Self = Self("M4 4h6v6H4zM14 4h6v6h-6zM4 14h6v6H4zM14 14h2v2h-2zM18 14h2M14 20h2M18 18h2v2");
    pub const Refresh: Self = Self("M20 11a8 8 0 1 0-2 6M20 5v6h-6");
    pub const Search: Self = Self("M11 4a7 7 0 1 1 0 14 7 7 0 0 1 0-14zM16 16l5 5");
    pub const Shield: Self = Self("M12 3l8 3v6c0 5-3.5 8-8 9.5C7.5 20 4 17 4 12V6zM8.5 12l2.5 2.5 4.5-5");
    pub const SignOut: Self = Self("M14 4H5v16h9M10 12h11m-4-4l4 4-4 4");
    pub const Snow: Self = Self("M12 2v20M3.3 7l17.4 10M20.700 7L3.3 17M12 6l-2.5-2M12 6l2.5-2M12 18l-2.5 2M12 18l2.5 2");
    pub const Speech: Self = Self("M4 5h16v11h-8l-5 4v-4H4zM8 9h8M8 12.5h5");
    pub const Steppe: Self = Self("M2 20c5-3 15-3 20 0M4 17v-2.5C6 9 9 8 12 8s6 1 8 6.5V17M4 14.5h16M10.5 17v-4h3v4M11 8V6h2v2");
    pub const Sun: Self = Self(
        "M12 8a4 4 0 1 1 0 8 4 4 0 0 1 0-8zM12 2v2m0 16v2M2 12h2m16 0h2M5 5l1.4 1.4M17.600 17.600L19 19M19 5l-1.4 1.4M6.4 17.600L5 19",
    );
    pub const Ticket: Self = Self("M3 7h18v3.5a1.5 1.5 0 0 0 0 3V17H3v-3.5a1.5 1.5 0 0 0 0-3zM14 7v2m0 2v2m0 2v2");
    pub const Trash: Self = Self("M4 7h16M9 7V4h6v3M6 7l1 13h10l1-13M10 11v5M14 11v5");
    pub const Undo: Self = Self("M8 5L4 9l4 4M4 9h10a5 5 0 0 1 0 10h-4");
    pub const User: Self = Self("M12 4a4 4 0 1 1 0 8 4 4 0 0 1 0-8zM4 21v-1a8 6.5 0 0 1 16 0v1");
    pub const Warning: Self = Self("M12 4l9.5 16h-19zM12 10v4.5M12 17.5v.01");
}

impl Glyph {
    /// By the name the catalogue gives to a category's icon.
    #[must_use]
    pub fn of_category(name: &str) -> Self {
        match name {
            "lake" => Self::Lake,
            "canyon" => Self::Canyon,
            "steppe" => Self::Steppe,
            "city" => Self::City,
            "history" => Self::History,
            "family" => Self::Family,
            "snow" => Self::Snow,
            "boot" => Self::Boot,
            _ => Self::Mountain,
        }
    }
}

/// An icon beside a word: screen readers skip it.
#[component]
pub fn Icon(name: Glyph, #[prop(default = "icon")] class: &'static str) -> impl IntoView {
    view! {
        <svg class=class viewBox="0 0 24 24" aria-hidden="true">
            <path d=name.0></path>
        </svg>
    }
    .into_any()
}
