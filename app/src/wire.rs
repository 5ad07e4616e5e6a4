//! How values travel between the two halves of a page: in postcard's form, which knows no names of fields and costs the wasm
//! a fraction of what JSON does.
use codee::{Decoder, Encoder};
use leptos::{
    prelude::Resource,
    server_fn::codec::{Post, PostcardEncoding},
};
use serde::{Serialize, de::DeserializeOwned};
use std::future::Future;

/// What a server function answers in: `#[server(output = Wire)]`.
pub type Wire = Post<PostcardEncoding>;

/// What a page's data is written into its HTML in: postcard's bytes as printable text. A text stays as it is, so that it
/// compresses against the same text in the page; any other byte is the character 0x100 above it.
#[derive(Debug)]
pub struct InPage;

/// Data that a page is made of: loaded on the server before the first byte leaves, and in the browser when `source` changes.
#[track_caller]
pub fn page_data<S, T, Fut>(
    source: impl Fn() -> S + Send + Sync + 'static,
    fetcher: impl Fn(S) -> Fut + Send + Sync + 'static,
) -> Resource<T, InPage>
where
    S: PartialEq + Clone + Send + Sync + 'static,
    T: Serialize + DeserializeOwned + Send + Sync + 'static,
    Fut: Future<Output = T> + Send + 'static,
{
    Resource::new_with_options(source, fetcher, true)
}

impl<T: Serialize> Encoder<T> for InPage {
    type Error = postcard::Error;
    type Encoded = String;

    fn encode(value: &T) -> Result<String, postcard::Error> {
        Ok(to_text(&postcard::to_allocvec(value)?))
    }
}

impl<T: DeserializeOwned> Decoder<T> for InPage {
    type Error = postcard::Error;
    type Encoded = str;

    fn decode(text: &str) -> Result<T, postcard::Error> {
        postcard::from_bytes(&to_bytes(text))
    }
}

/// Where the stand-ins of bytes begin.
const SHIFT: u32 = 0x100;

/// Whether a character of the value itself would be taken for a byte's stand-in, or is none that prints. leptos writes `<` as
/// the JSON escape `\u003c` whatever the codec, and only JSON's would read it back.
const fn needs_shift(c: char) -> bool {
    let c = c as u32;
    c < 0x20 || c == '<' as u32 || (c >= 0x7f && c < SHIFT * 2)
}

fn to_text(bytes: &[u8]) -> String {
    fn shift(bytes: &[u8], text: &mut String) {
        text.extend(bytes.iter().filter_map(|byte| char::from_u32(SHIFT + u32::from(*byte))));
    }
    let mut text = String::with_capacity(bytes.len() * 2);
    for chunk in bytes.utf8_chunks() {
        for c in chunk.valid().chars() {
            if needs_shift(c) {
                shift(c.encode_utf8(&mut [0; 4]).as_bytes(), &mut text);
            } else {
                text.push(c);
            }
        }
        shift(chunk.invalid(), &mut text);
    }
    text
}

fn to_bytes(text: &str) -> Vec<u8> {
    let mut bytes = Vec::with_capacity(text.len());
    for c in text.chars() {
        match u8::try_from((c as u32).wrapping_sub(SHIFT)) {
            Ok(byte) => bytes.push(byte),
            Err(_) => bytes.extend_from_slice(c.encode_utf8(&mut [0; 4]).as_bytes()),
        }
    }
    bytes
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_byte_comes_back() {
        let all: Vec<u8> = (0..=u8::MAX)
            .chain("Қазақша «тур» \u{7f}\u{80}\u{ff}\u{100}\u{1ff}\u{200} 🎫 </script>".bytes())
            .chain(0..=u8::MAX)
            .collect();
        assert_eq!(to_bytes(&to_text(&all)), all);
    }

    #[test]
    fn a_text_stays_readable_and_nothing_else_is_unprintable() {
        let text = InPage::encode(&("Чарын, 2 дня".to_owned(), 1_500_000_i64, [0_u8, 7, 31, 200])).expect("encodes");
        assert!(text.contains("Чарын, 2 дня"));
        assert!(text.chars().all(|c| !c.is_control()), "{text:?}");
        assert!(!InPage::encode(&"a<b".to_owned()).expect("encodes").contains('<'));
    }
}
