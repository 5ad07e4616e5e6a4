//! The parts of the wasm that come only when a route needs them; on the server they are code like any other. A chunk is
//! whatever only its one function reaches; what several reach lies in the main file, or in a chunk that they share.

/// Makes routes of the screens that a chunk's function draws: `chunk(Enum), its preloader => Screen, …`.
macro_rules! screens {
    ($chunk:ident($screen:ident), $preload:ident => $($(#[$doc:meta])* $name:ident,)*) => {
        /// What the chunk can draw.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub enum $screen {
            $($name,)*
        }

        $(
            $(#[$doc])*
            #[derive(Debug)]
            pub struct $name;

            impl leptos_router::LazyRoute for $name {
                fn data() -> Self {
                    Self
                }

                async fn view(_: Self) -> leptos::prelude::AnyView {
                    $crate::texts::others().await;
                    $chunk($screen::$name).await
                }

                async fn preload() {
                    #[cfg(target_arch = "wasm32")]
                    futures::join!($preload(), $crate::texts::others());
                }
            }
        )*
    };
}
pub(crate) use screens;
