//! The small part of XML that the protocol speaks: elements with text, no attributes, no entities of its own.
use super::sign::{MAX_DEPTH, Params, Value};
use quick_xml::{
    Reader,
    escape::{escape, resolve_predefined_entity},
    events::{BytesRef, Event},
};

const HEAD: &str = "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n";

/// The text is not such an XML.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("malformed XML")]
pub struct NotXml;

/// `<response>` with an element a parameter.
#[must_use]
pub fn write(params: &Params) -> String {
    fn walk(params: &Params, out: &mut String) {
        for (name, value) in params.iter() {
            // The names are ours, never a visitor's.
            out.push_str(&format!("<{name}>"));
            match value {
                Value::Text(text) => out.push_str(&escape(text.as_str())),
                Value::Nested(nested) => walk(nested, out),
            }
            out.push_str(&format!("</{name}>"));
        }
    }
    let mut out = String::from(HEAD);
    out.push_str("<response>");
    walk(params, &mut out);
    out.push_str("</response>");
    out
}

/// An element that is open while it is read.
#[derive(Default)]
struct Open {
    name: String,
    text: String,
    children: Params,
    has_children: bool,
}

impl Open {
    fn close(self) -> (String, Value) {
        let value = if self.has_children { Value::Nested(self.children) } else { Value::Text(self.text.trim().to_owned()) };
        (self.name, value)
    }
}

/// Reads the children of the outermost element, whatever its name.
///
/// # Errors
/// When it is no XML, nests too deep, declares a document type or uses an unknown entity.
pub fn read(body: &[u8]) -> Result<Params, NotXml> {
    let text = std::str::from_utf8(body).map_err(|_| NotXml)?;
    let mut reader = Reader::from_str(text.trim_start_matches('\u{feff}'));
    let mut stack: Vec<Open> = Vec::new();
    loop {
        match reader.read_event().map_err(|_| NotXml)? {
            Event::Start(tag) => {
                if stack.len() > MAX_DEPTH {
                    return Err(NotXml);
                }
                stack.push(Open { name: tag.name().as_ref().to_owned(), ..Open::default() });
            }
            Event::Empty(tag) => {
                let parent = stack.last_mut().ok_or(NotXml)?;
                parent.has_children = true;
                parent.children.push(tag.name().as_ref(), Value::Text(String::new()));
            }
            Event::End(_) => {
                let closed = stack.pop().ok_or(NotXml)?;
                let Some(parent) = stack.last_mut() else { return Ok(closed.children) };
                let (name, value) = closed.close();
                parent.has_children = true;
                parent.children.push(&name, value);
            }
            Event::Text(text) => add(&mut stack, &text.xml10_content()),
            Event::CData(text) => add(&mut stack, &text.xml10_content()),
            Event::GeneralRef(reference) => add(&mut stack, &resolve(&reference)?),
            Event::Decl(_) | Event::Comment(_) | Event::PI(_) => {}
            Event::DocType(_) | Event::Eof => return Err(NotXml),
        }
    }
}

fn add(stack: &mut [Open], text: &str) {
    if let Some(open) = stack.last_mut() {
        open.text.push_str(text);
    }
}

fn resolve(reference: &BytesRef<'_>) -> Result<String, NotXml> {
    if let Some(letter) = reference.resolve_char_ref().map_err(|_| NotXml)? {
        return Ok(letter.to_string());
    }
    resolve_predefined_entity(&reference.xml10_content()).map(str::to_owned).ok_or(NotXml)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_is_read_back() {
        let inner = Params::new().with("pg_amount", "-10.00").with("pg_date", "2026-11-21 13:00:00");
        let params = Params::new()
            .with("pg_status", "ok")
            .with("pg_description", "Тур «Көлсай» <b>&amp; \"два\" дня</b>; 'ok'")
            .with_nested("pg_refund_payments", Params::new().with_nested("pg_refund_payment", inner));
        assert_eq!(read(write(&params).as_bytes()), Ok(params));
    }

    #[test]
    fn what_a_provider_may_write_is_read() {
        let body = "\u{feff}<?xml version=\"1.0\"?>\n<!-- x -->\n<response>\n <pg_status> ok </pg_status>\n <pg_empty/>\n \
            <pg_text><![CDATA[a & b]]>&#33;&lt;</pg_text>\n <i>1</i><i>2</i></response>";
        let read = read(body.as_bytes()).expect("XML");
        assert_eq!((read.get("pg_status"), read.get("pg_empty"), read.get("pg_text")), (Some("ok"), None, Some("a & b!<")));
        assert_eq!(read.iter().count(), 5);
    }

    #[test]
    fn anything_else_is_refused() {
        let deep = format!("{}1{}", "<a>".repeat(40), "</a>".repeat(40));
        for bad in [
            "",
            "ok",
            "<a>",
            "<a></b>",
            "</a>",
            "<a/>",
            "<!DOCTYPE a [<!ENTITY x \"y\">]><a>&x;</a>",
            "<a>&nbsp;</a>",
            "{}",
            &deep,
        ] {
            assert_eq!(read(bad.as_bytes()), Err(NotXml), "{bad}");
        }
        assert_eq!(read(b"<a>\xff</a>"), Err(NotXml));
    }
}
