//! Texts that are parsed once into a type which the rest may trust.

/// For newtypes over `String` with a `parse`: reading and writing them by it, and the error that says a text is none.
macro_rules! text_newtype {
    ($error:ident, $words:literal: $($name:ident)*) => {
        impl std::fmt::Display for $error {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str($words)
            }
        }

        impl std::error::Error for $error {}

        $(
            impl $name {
                #[must_use]
                pub fn as_str(&self) -> &str {
                    &self.0
                }
            }

            impl TryFrom<String> for $name {
                type Error = $error;

                fn try_from(text: String) -> Result<Self, $error> {
                    Self::parse(&text).ok_or($error)
                }
            }

            impl From<$name> for String {
                fn from(value: $name) -> Self {
                    value.0
                }
            }

            impl std::fmt::Display for $name {
                fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                    f.write_str(&self.0)
                }
            }
        )*
    };
}

pub(crate) use text_newtype;
