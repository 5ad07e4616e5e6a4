//! Parameters of a call and their signature: `md5(script;values…;secret)`, the values sorted by their names, nested ones
//! recursively, without `pg_sig`.
use md5::{Digest as _, Md5};
use std::cmp::Ordering;
use subtle::ConstantTimeEq as _;

/// Name of the signature itself, which is not signed.
pub const SIG: &str = "pg_sig";

/// How deep names or elements may nest: recursion ends here, whatever is sent.
pub(crate) const MAX_DEPTH: usize = 8;

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Value {
    Text(String),
    Nested(Params),
}

/// Parameters in the order in which they came. XML may repeat a name; a form's last one wins.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Params(Vec<(String, Value)>);

impl Params {
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds a parameter; an empty value is never sent, so it is left out.
    #[must_use]
    pub fn with(mut self, name: &str, value: impl Into<String>) -> Self {
        let value = value.into();
        if !value.is_empty() {
            self.push(name, Value::Text(value));
        }
        self
    }

    /// Adds a parameter when there is one.
    #[must_use]
    pub fn with_some(self, name: &str, value: Option<impl Into<String>>) -> Self {
        match value {
            Some(value) => self.with(name, value),
            None => self,
        }
    }

    #[must_use]
    pub fn with_nested(mut self, name: &str, nested: Self) -> Self {
        if !nested.0.is_empty() {
            self.push(name, Value::Nested(nested));
        }
        self
    }

    pub fn push(&mut self, name: &str, value: Value) {
        self.0.push((name.to_owned(), value));
    }

    /// Reads a form as PHP does: `a[b][c]=1` nests, a repeated name keeps its last value. `None` when it nests too deep.
    #[must_use]
    pub fn from_form(fields: &[(String, String)]) -> Option<Self> {
        let mut params = Self::default();
        for (name, value) in fields {
            let path = path(name);
            if path.len() > MAX_DEPTH {
                return None;
            }
            params.set(&path, value);
        }
        Some(params)
    }

    fn set(&mut self, path: &[&str], value: &str) {
        let Some((name, rest)) = path.split_first() else { return };
        let at = self.0.iter().position(|(known, _)| known == name).unwrap_or_else(|| {
            self.push(name, Value::Text(String::new()));
            self.0.len() - 1
        });
        let slot = &mut self.0[at].1;
        if rest.is_empty() {
            *slot = Value::Text(value.to_owned());
            return;
        }
        if let Value::Text(_) = slot {
            *slot = Value::Nested(Self::default());
        }
        if let Value::Nested(nested) = slot {
            nested.set(rest, value);
        }
    }

    /// As form fields, nested names in brackets.
    #[must_use]
    pub fn to_form(&self) -> Vec<(String, String)> {
        fn walk(params: &Params, prefix: Option<&str>, out: &mut Vec<(String, String)>) {
            for (name, value) in &params.0 {
                let name = prefix.map_or_else(|| name.clone(), |prefix| format!("{prefix}[{name}]"));
                match value {
                    Value::Text(text) => out.push((name, text.clone())),
                    Value::Nested(nested) => walk(nested, Some(&name), out),
                }
            }
        }
        let mut out = Vec::new();
        walk(self, None, &mut out);
        out
    }

    /// The text of a parameter; `None` when it is absent, empty or nested.
    #[must_use]
    pub fn get(&self, name: &str) -> Option<&str> {
        self.0.iter().find(|(known, _)| known == name).and_then(|(_, value)| match value {
            Value::Text(text) if !text.is_empty() => Some(text.as_str()),
            _ => None,
        })
    }

    pub fn iter(&self) -> impl Iterator<Item = (&str, &Value)> {
        self.0.iter().map(|(name, value)| (name.as_str(), value))
    }

    /// Lower-case hex; `script` is the last segment of the path that is called.
    #[must_use]
    pub fn signature(&self, script: &str, secret: &str) -> String {
        self.digest(script, secret, true)
    }

    /// The same parameters with their signature behind them.
    #[must_use]
    pub fn signed(self, script: &str, secret: &str) -> Self {
        let signature = self.signature(script, secret);
        self.with(SIG, signature)
    }

    /// Whether `pg_sig` is there and right. The sender's PHP signs a value that is present but empty as an empty text or
    /// not at all, by product; both need the secret, so both are taken.
    #[must_use]
    pub fn verify(&self, script: &str, secret: &str) -> bool {
        let Some(given) = self.get(SIG) else { return false };
        let matches = |empties| bool::from(self.digest(script, secret, empties).as_bytes().ct_eq(given.as_bytes()));
        matches(true) | matches(false)
    }

    fn digest(&self, script: &str, secret: &str, empties: bool) -> String {
        let mut hash = Md5::new();
        hash.update(script.as_bytes());
        self.feed(&mut hash, empties, true);
        hash.update(b";");
        hash.update(secret.as_bytes());
        hex::encode(hash.finalize())
    }

    fn feed(&self, hash: &mut Md5, empties: bool, outermost: bool) {
        let mut sorted: Vec<_> = self.0.iter().filter(|(name, _)| !(outermost && name == SIG)).collect();
        sorted.sort_by(|(a, _), (b, _)| by_name(a, b));
        for (_, value) in sorted {
            match value {
                Value::Text(text) if text.is_empty() && !empties => {}
                Value::Text(text) => {
                    hash.update(b";");
                    hash.update(text.as_bytes());
                }
                Value::Nested(nested) => nested.feed(hash, empties, false),
            }
        }
    }
}

/// PHP's order of keys: positions in a list by number (10 after 9), names by their bytes.
fn by_name(a: &str, b: &str) -> Ordering {
    match (a.parse::<u32>(), b.parse::<u32>()) {
        (Ok(a), Ok(b)) => a.cmp(&b),
        _ => a.cmp(b),
    }
}

/// `a[b][c]` as `a`, `b`, `c`; a name that is not closed properly stays whole.
fn path(name: &str) -> Vec<&str> {
    let Some((first, rest)) = name.split_once('[') else { return vec![name] };
    match rest.strip_suffix(']') {
        Some(inner) if !first.is_empty() => std::iter::once(first).chain(inner.split("][")).collect(),
        _ => vec![name],
    }
}

/// The last segment of an address's or a path's path: the script that is signed.
#[must_use]
pub fn script(url: &str) -> &str {
    let path = url.split(['?', '#']).next().unwrap_or_default();
    path.trim_end_matches('/').rsplit('/').next().unwrap_or_default()
}

/// A random text that makes equal calls sign differently.
#[must_use]
pub(crate) fn salt() -> String {
    hex::encode(rand::random::<[u8; 8]>())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn vector() -> Params {
        let nested = Params::new().with("b", "subvalue2").with("a", "subvalue1");
        Params::new()
            .with("pg_t_param", "value3")
            .with("pg_a_param", "value1")
            .with("pg_salt", "9imM909TH820jwk387")
            .with("pg_b_param", "value2")
            .with_nested("pg_z_params", nested)
    }

    #[test]
    fn the_documented_check_vector_comes_out() {
        assert_eq!(vector().signature("script.php", "mypasskey"), "a8a4d5a9188f24038a14a4d65c387bf7");
    }

    #[test]
    fn a_form_signs_like_what_it_was_made_from() {
        let signed = vector().signed("script.php", "mypasskey");
        let read = Params::from_form(&signed.to_form()).expect("shallow");
        assert_eq!(read, signed);
        assert!(read.verify("script.php", "mypasskey"));
        assert!(!read.verify("other.php", "mypasskey"));
        assert!(!read.verify("script.php", "another"));
        assert!(!read.clone().with("pg_more", "1").verify("script.php", "mypasskey"));
        assert!(!vector().verify("script.php", "mypasskey"), "unsigned");
    }

    #[test]
    fn lists_sort_by_number() {
        let list = (0..12).rev().fold(Params::new(), |list, i| list.with(&i.to_string(), format!("v{i}")));
        let flat = Params::new().with("a", (0..12).map(|i| format!("v{i}")).collect::<Vec<_>>().join(";"));
        assert_eq!(Params::new().with_nested("l", list).signature("s", "k"), flat.signature("s", "k"));
    }

    #[test]
    fn empty_values_are_not_sent_and_count_or_not_when_received() {
        assert_eq!(Params::new().with("a", ""), Params::new());
        let field = |name: &str, value: &str| (name.to_owned(), value.to_owned());
        for signed in [md5_hex("s;1;;k"), md5_hex("s;1;k")] {
            let form = [field("a", "1"), field("b", ""), field("pg_sig", &signed)];
            assert!(Params::from_form(&form).is_some_and(|p| p.verify("s", "k")));
        }
    }

    #[test]
    fn odd_names_are_read_without_harm() {
        let read = |name: &str| Params::from_form(&[(name.to_owned(), "1".to_owned())]);
        assert!(read("a[b").is_some_and(|p| p.get("a[b") == Some("1")));
        assert!(read("[b]").is_some_and(|p| p.get("[b]") == Some("1")));
        assert!(read("").is_some());
        assert_eq!(read(&format!("a{}", "[b]".repeat(9))), None);
        let twice = [("a".to_owned(), "1".to_owned()), ("a".to_owned(), "2".to_owned())];
        assert_eq!(Params::from_form(&twice).and_then(|p| p.get("a").map(str::to_owned)).as_deref(), Some("2"));
    }

    #[test]
    fn the_script_is_the_last_segment() {
        assert_eq!(script("https://pay.example/init_payment.php"), "init_payment.php");
        assert_eq!(script("http://127.0.0.1:3000/webhooks/freedompay/result?x=1"), "result");
        assert_eq!(script("/a/b/"), "b");
        assert_eq!(script("result"), "result");
    }

    fn md5_hex(text: &str) -> String {
        hex::encode(Md5::digest(text.as_bytes()))
    }
}
