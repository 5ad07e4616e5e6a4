//! The API's reference: one page of HTML made from the OpenAPI document itself, without a script.
use super::problem::Code;
use serde_json::{Map, Value};
use std::fmt::Write as _;

/// The product's colours without Tailwind's part, and this page's rules.
pub(super) fn style() -> String {
    let tokens = include_str!("../../../../../style/tokens.css").split("@theme").next().unwrap_or_default();
    format!("{tokens}\n{}", include_str!("reference.css"))
}

pub(super) fn page(document: &Value) -> String {
    let info = &document["info"];
    let title = escape(text(&info["title"]));
    let (mut menu, mut body) = (String::new(), String::new());
    for tag in list(&document["tags"]) {
        let name = text(&tag["name"]);
        put(&mut menu, format_args!("<li><p>{}</p><ul>", escape(name)));
        put(&mut body, format_args!("<section><h2>{}</h2>{}", escape(name), prose(text(&tag["description"]))));
        for operation in operations(document).filter(|operation| list(&operation.facts["tags"]).iter().any(|t| text(t) == name)) {
            let (id, summary) = (operation.id(), escape(text(&operation.facts["summary"])));
            put(&mut menu, format_args!("<li><a href=\"#{id}\">{summary}</a></li>"));
            body.push_str(&operation.section(document));
        }
        menu.push_str("</ul></li>");
        body.push_str("</section>");
    }
    put(
        &mut menu,
        format_args!(
            "<li><p>More</p><ul><li><a href=\"#problems\">Problems</a></li><li><a href=\"#shapes\">Shapes</a></li></ul></li>"
        ),
    );
    body.push_str(&problems());
    body.push_str(&shapes(document));
    format!(
        "<!doctype html><html lang=\"en\"><head><meta charset=\"utf-8\"><title>{title}</title>\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\"><meta name=\"robots\" content=\"noindex\">\
         <link rel=\"icon\" href=\"/art/icon.svg\"><link rel=\"stylesheet\" href=\"/api/v1/docs.css\"></head><body>\
         <a class=\"skip\" href=\"#main\">Skip to the reference</a>\
         <header><p class=\"brand\"><a href=\"/\"><img src=\"/art/icon.svg\" alt=\"\" width=\"28\" height=\"28\">Sapar</a></p>\
         <p><a href=\"/api/v1/openapi.json\">openapi.json</a></p></header>\
         <main id=\"main\"><div><h1>{title} <small>{}</small></h1>{}<p>Address: <code>{}</code></p></div>\
         <nav aria-label=\"Reference\"><h2>Contents</h2><ul>{menu}</ul></nav><div>{body}</div></main></body></html>",
        escape(text(&info["version"])),
        prose(text(&info["description"])),
        escape(server(document)),
    )
}

struct Operation<'a> {
    path: &'a str,
    method: &'a str,
    facts: &'a Value,
}

fn operations(document: &Value) -> impl Iterator<Item = Operation<'_>> {
    entries(&document["paths"]).flat_map(|(path, methods)| {
        entries(methods).filter(|(_, facts)| facts["responses"].is_object()).map(move |(method, facts)| Operation {
            path,
            method,
            facts,
        })
    })
}

impl Operation<'_> {
    /// Not utoipa's: a handler's name says little without its module's.
    fn id(&self) -> String {
        let words: Vec<&str> = self.path.split(|c: char| !c.is_ascii_alphanumeric()).filter(|word| !word.is_empty()).collect();
        format!("{}-{}", self.method, words.join("-"))
    }

    fn section(&self, document: &Value) -> String {
        let mut out = String::new();
        let method = self.method.to_uppercase();
        put(&mut out, format_args!("<article id=\"{}\"><h3>{}</h3>", self.id(), escape(text(&self.facts["summary"]))));
        put(
            &mut out,
            format_args!("<p class=\"call\"><b class=\"{}\">{method}</b> <code>{}</code></p>", self.method, breakable(self.path)),
        );
        out.push_str(&prose(text(&self.facts["description"])));
        if self.needs_token() {
            out.push_str("<p>Needs <code>Authorization: Bearer</code> with an organisation's token.</p>");
        }
        out.push_str(&self.parameters());
        if let Some(schema) = self.body() {
            let needed = if self.facts["requestBody"]["required"] == true { "required" } else { "optional" };
            put(&mut out, format_args!("<h4>Body</h4><p>{} <i>· {needed}</i></p>", kind(schema)));
        }
        put(&mut out, format_args!("<h4>Call</h4><pre tabindex=\"0\"><code>{}</code></pre>", escape(&self.call(document))));
        out.push_str("<h4>Answers</h4><dl>");
        for (status, answer) in entries(&self.facts["responses"]) {
            let shape = entries(&answer["content"]).next().map(|(_, content)| format!(" {}", kind(&content["schema"])));
            let meaning = inline(text(&answer["description"]));
            put(&mut out, format_args!("<dt><b>{status}</b>{}</dt><dd>{meaning}</dd>", shape.unwrap_or_default()));
        }
        out.push_str("</dl></article>");
        out
    }

    fn needs_token(&self) -> bool {
        !list(&self.facts["security"]).is_empty()
    }

    fn body(&self) -> Option<&Value> {
        entries(&self.facts["requestBody"]["content"]).next().map(|(_, content)| &content["schema"])
    }

    fn parameters(&self) -> String {
        let parameters = list(&self.facts["parameters"]);
        if parameters.is_empty() {
            return String::new();
        }
        let mut out = String::from("<h4>Parameters</h4><dl>");
        for parameter in parameters {
            let needed = if parameter["required"] == true { "required" } else { "optional" };
            put(
                &mut out,
                format_args!(
                    "<dt><code>{}</code> {} <i>· {} · {needed}</i></dt><dd>{}</dd>",
                    escape(text(&parameter["name"])),
                    kind(&parameter["schema"]),
                    escape(text(&parameter["in"])),
                    inline(text(&parameter["description"])),
                ),
            );
        }
        out.push_str("</dl>");
        out
    }

    /// As one would type it.
    fn call(&self, document: &Value) -> String {
        let (mut path, mut query, mut headers) = (self.path.to_owned(), Vec::new(), Vec::new());
        if self.needs_token() {
            headers.push("Authorization: Bearer $TOKEN".to_owned());
        }
        for parameter in list(&self.facts["parameters"]) {
            let name = text(&parameter["name"]);
            let example = plain(&parameter["example"]);
            match text(&parameter["in"]) {
                "path" if example.is_empty() => path = path.replace(&format!("{{{name}}}"), &format!("${}", name.to_uppercase())),
                "path" => path = path.replace(&format!("{{{name}}}"), &example),
                "query" if !example.is_empty() => query.push(format!("{name}={example}")),
                "header" => headers.push(format!("{name}: {example}")),
                _ => {}
            }
        }
        let query = if query.is_empty() { String::new() } else { format!("?{}", query.join("&")) };
        let method = if self.method == "get" { String::new() } else { format!("-X {} ", self.method.to_uppercase()) };
        let mut out = format!("curl {method}\"{}{path}{query}\"", server(document));
        let example = self.body().map(|schema| &resolved(document, schema)["example"]).filter(|example| !example.is_null());
        if example.is_some() {
            headers.push("Content-Type: application/json".to_owned());
        }
        for header in headers {
            put(&mut out, format_args!(" \\\n  -H \"{header}\""));
        }
        if let Some(example) = example {
            put(&mut out, format_args!(" \\\n  -d '{example:#}'"));
        }
        out
    }
}

fn problems() -> String {
    let mut out = String::from(
        "<section id=\"problems\"><h2>Problems</h2><p>A refusal has the type <code>application/problem+json</code> and the shape \
         <a href=\"#shape-Problem\">Problem</a>. Its <code>code</code> is one of these.</p><dl>",
    );
    for code in Code::ALL {
        let (word, status) = (code.as_str(), code.status());
        put(
            &mut out,
            format_args!("<dt id=\"{word}\"><code>{word}</code> <i>{status}</i></dt><dd>{}</dd>", inline(code.meaning())),
        );
    }
    out.push_str("</dl></section>");
    out
}

fn shapes(document: &Value) -> String {
    let mut out = String::from("<section id=\"shapes\"><h2>Shapes</h2>");
    for (name, schema) in entries(&document["components"]["schemas"]) {
        let name = escape(name);
        put(&mut out, format_args!("<article id=\"shape-{name}\"><h3>{name}</h3>{}", prose(text(&schema["description"]))));
        let required = list(&schema["required"]);
        let mut fields = entries(&schema["properties"]).peekable();
        if fields.peek().is_none() {
            put(&mut out, format_args!("<p>{}</p></article>", kind(schema)));
            continue;
        }
        out.push_str("<dl>");
        for (field, schema) in fields {
            let optional = if required.iter().any(|name| text(name) == field) { "" } else { " <i>optional</i>" };
            let meaning = inline(text(&schema["description"]));
            put(&mut out, format_args!("<dt><code>{}</code> {}{optional}</dt><dd>{meaning}</dd>", escape(field), kind(schema)));
        }
        out.push_str("</dl></article>");
    }
    out.push_str("</section>");
    out
}

/// A schema in a few words; a shape of ours as a link.
fn kind(schema: &Value) -> String {
    if let Some(name) = schema["$ref"].as_str().and_then(|address| address.rsplit('/').next()) {
        let name = escape(name);
        return format!("<a href=\"#shape-{name}\">{name}</a>");
    }
    let choices = ["oneOf", "anyOf", "allOf"].iter().find_map(|key| schema[*key].as_array());
    if let Some(choices) = choices {
        return choices.iter().map(kind).collect::<Vec<_>>().join(" or ");
    }
    if let Some(words) = schema["enum"].as_array() {
        return words.iter().map(|word| format!("<code>{}</code>", escape(&plain(word)))).collect::<Vec<_>>().join(" ");
    }
    let types: Vec<&str> = match &schema["type"] {
        Value::Array(types) => types.iter().map(text).collect(),
        one => vec![text(one)],
    };
    let name = |kind: &&str| match (*kind, text(&schema["format"])) {
        ("array", _) => format!("list of {}", self::kind(&schema["items"])),
        ("string", "date-time") => "time".to_owned(),
        ("string", "uuid") => "uuid".to_owned(),
        ("number", _) => "number".to_owned(),
        (other, _) => escape(other),
    };
    format!("<span>{}</span>", types.iter().map(name).collect::<Vec<_>>().join(" or "))
}

/// The shape itself, where the schema is, or may be, a reference to one.
fn resolved<'a>(document: &'a Value, schema: &'a Value) -> &'a Value {
    let reference = schema["$ref"].as_str().or_else(|| list(&schema["oneOf"]).iter().find_map(|choice| choice["$ref"].as_str()));
    match reference.and_then(|address| address.rsplit('/').next()) {
        Some(name) => &document["components"]["schemas"][name],
        None => schema,
    }
}

fn server(document: &Value) -> &str {
    text(&document["servers"][0]["url"])
}

fn text(value: &Value) -> &str {
    value.as_str().unwrap_or_default()
}

fn plain(value: &Value) -> String {
    match value {
        Value::Null => String::new(),
        Value::String(text) => text.clone(),
        other => other.to_string(),
    }
}

fn list(value: &Value) -> &[Value] {
    value.as_array().map_or(&[], Vec::as_slice)
}

fn entries(value: &Value) -> impl Iterator<Item = (&str, &Value)> {
    value.as_object().into_iter().flat_map(Map::iter).map(|(key, value)| (key.as_str(), value))
}

fn put(out: &mut String, text: std::fmt::Arguments<'_>) {
    // Writing to a String cannot fail.
    let _ = out.write_fmt(text);
}

fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

/// Long paths break behind their slashes on a narrow screen.
fn breakable(path: &str) -> String {
    escape(path).replace('/', "/<wbr>")
}

/// Markdown's paragraphs.
fn prose(markdown: &str) -> String {
    markdown.split("\n\n").filter(|p| !p.trim().is_empty()).map(|p| format!("<p>{}</p>", inline(p))).collect()
}

/// Markdown's code spans.
fn inline(markdown: &str) -> String {
    let parts = markdown.split('`').enumerate();
    parts.map(|(at, part)| if at % 2 == 1 { format!("<code>{}</code>", escape(part)) } else { escape(part) }).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn what_the_document_says_is_never_markup() {
        assert_eq!(inline("a `<b>` & <i>"), "a <code>&lt;b&gt;</code> &amp; &lt;i&gt;");
        assert_eq!(prose("one\n\ntwo"), "<p>one</p><p>two</p>");
    }

    #[test]
    fn schemas_are_told_in_words() {
        assert_eq!(kind(&json!({ "type": ["string", "null"], "format": "date-time" })), "<span>time or null</span>");
        assert_eq!(
            kind(&json!({ "type": "array", "items": { "$ref": "#/components/schemas/Order" } })),
            "<span>list of <a href=\"#shape-Order\">Order</a></span>"
        );
    }
}
