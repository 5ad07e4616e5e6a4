//! Turns `locales/{ru,kk,en}/*.toml` into one typed function a message (`tr::checkout::pay(lang)`).
//!
//! A key that one language lacks, or whose placeholders or plural forms differ, stops the build: no look-up can miss. Russian
//! is the reference; `docs/adr/0001-locale-files.md` says why not a crate. The texts stand in one table a language, and a
//! function knows its places there, for a browser gets the table of its own language only (`texts.rs`).
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::{env, fs, path::Path};

const LANGS: [&str; 3] = ["ru", "kk", "en"];
/// Areas that the wasm's main file speaks: their texts come within every page. A test in `app` watches this list.
const IN_PAGE: [&str; 5] = ["dates", "errors", "nav", "tour", "ui"];
/// Areas of mails, documents and pages without a script: their texts never leave the server.
const ON_SERVER: [&str; 5] = ["mail", "organisation_mail", "payment", "plain", "ticket"];

/// The plural forms a language must give, in the order of CLDR.
fn forms(lang: &str) -> &'static [&'static str] {
    match lang {
        "ru" => &["one", "few", "many"],
        _ => &["one", "other"],
    }
}

#[derive(Clone)]
enum Message {
    Text(String),
    Plural(BTreeMap<String, String>),
}

type Catalogue = BTreeMap<String, BTreeMap<String, Message>>;

fn main() {
    println!("cargo:rerun-if-changed=locales");
    let mut problems = Vec::new();
    let catalogues: Vec<Catalogue> = LANGS.iter().map(|lang| read(lang, &mut problems)).collect();
    let code = generate(&catalogues, &mut problems);
    assert!(problems.is_empty(), "locale files:\n  {}", problems.join("\n  "));
    let out = Path::new(&env::var("OUT_DIR").expect("cargo sets OUT_DIR")).join("tr.rs");
    fs::write(out, code).expect("OUT_DIR can be written");
}

fn read(lang: &str, problems: &mut Vec<String>) -> Catalogue {
    let mut catalogue = Catalogue::new();
    let folder = format!("locales/{lang}");
    println!("cargo:rerun-if-changed={folder}");
    let mut files: Vec<_> = fs::read_dir(&folder).expect("the folder of a language").flatten().map(|f| f.path()).collect();
    files.sort();
    for file in files {
        let area = file.file_stem().expect("a file has a name").to_string_lossy().into_owned();
        println!("cargo:rerun-if-changed={}", file.display());
        let text = fs::read_to_string(&file).expect("a locale file is UTF-8");
        let table: toml::Table = match text.parse() {
            Ok(table) => table,
            Err(error) => {
                problems.push(format!("{}: {error}", file.display()));
                continue;
            }
        };
        let messages = table.into_iter().map(|(key, value)| (key.clone(), message(lang, &area, &key, value, problems)));
        catalogue.insert(area.clone(), messages.collect());
    }
    catalogue
}

fn message(lang: &str, area: &str, key: &str, value: toml::Value, problems: &mut Vec<String>) -> Message {
    match value {
        toml::Value::String(text) => Message::Text(text),
        toml::Value::Table(table) => {
            let plural: BTreeMap<String, String> =
                table.into_iter().filter_map(|(form, text)| Some((form, text.as_str()?.to_owned()))).collect();
            let given: BTreeSet<&str> = plural.keys().map(String::as_str).collect();
            if given != forms(lang).iter().copied().collect() {
                problems.push(format!("{lang}/{area}.{key}: plural forms {given:?}, wanted {:?}", forms(lang)));
            }
            Message::Plural(plural)
        }
        _ => {
            problems.push(format!("{lang}/{area}.{key}: neither text nor plural forms"));
            Message::Text(String::new())
        }
    }
}

/// The names between braces, in the order they first stand.
fn placeholders(text: &str) -> Vec<String> {
    let mut names: Vec<String> = Vec::new();
    for part in text.split('{').skip(1) {
        if let Some((name, _)) = part.split_once('}')
            && !names.iter().any(|known| known == name)
        {
            names.push(name.to_owned());
        }
    }
    names
}

fn all_placeholders(message: &Message) -> Vec<String> {
    match message {
        Message::Text(text) => placeholders(text),
        Message::Plural(plural) => {
            let mut names = vec!["n".to_owned()];
            for name in plural.values().flat_map(|text| placeholders(text)) {
                if !names.contains(&name) {
                    names.push(name);
                }
            }
            names
        }
    }
}

/// The texts of every language, in the same places.
#[derive(Default)]
struct Tables([Vec<String>; 3]);

impl Tables {
    fn len(&self) -> usize {
        self.0[0].len()
    }

    /// Adds a message's texts, placeholders as numbers; as many places as the language with the most plural forms needs.
    fn add(&mut self, messages: &[&Message], names: &[String]) -> usize {
        let first = self.len();
        for ((table, message), lang) in self.0.iter_mut().zip(messages).zip(LANGS) {
            let texts: Vec<&str> = match message {
                Message::Text(text) => vec![text],
                Message::Plural(plural) => forms(lang).iter().map(|form| plural.get(*form).map_or("", String::as_str)).collect(),
            };
            for text in texts {
                let numbered = names
                    .iter()
                    .enumerate()
                    .fold(text.to_owned(), |text, (i, name)| text.replace(&format!("{{{name}}}"), &format!("{{{i}}}")));
                assert!(!numbered.contains(['\n', '<']), "{lang}: {text:?} would not survive in a page");
                table.push(numbered);
            }
        }
        let longest = self.0.iter().map(Vec::len).max().unwrap_or(0);
        for table in &mut self.0 {
            table.resize(longest, String::new());
        }
        first
    }

    /// FNV-1a over everything: another text or another place, another version.
    fn version(&self) -> u64 {
        self.0
            .iter()
            .flatten()
            .flat_map(|text| text.bytes().chain([0]))
            .fold(0xcbf2_9ce4_8422_2325, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3))
    }
}

fn generate(catalogues: &[Catalogue], problems: &mut Vec<String>) -> String {
    let mut code = String::from("// Made by build.rs from locales/.\n");
    let mut areas: Vec<&String> = catalogues.iter().flat_map(Catalogue::keys).collect::<BTreeSet<_>>().into_iter().collect();
    let group = |area: &str| if IN_PAGE.contains(&area) { 0 } else { 1 + usize::from(ON_SERVER.contains(&area)) };
    areas.sort_by_key(|area| group(area));
    let mut tables = Tables::default();
    let mut ends = [0; 3];
    for area in areas {
        writeln!(code, "/// Messages of `locales/*/{area}.toml`.\npub mod {area} {{\n#[allow(unused_imports)] use crate::{{locale::Lang, number::Grouped, texts::{{fill, form, text}}}};")
            .expect("String");
        let empty = BTreeMap::new();
        let areas: Vec<_> = catalogues.iter().map(|c| c.get(area).unwrap_or(&empty)).collect();
        let keys: BTreeSet<&String> = areas.iter().flat_map(|t| t.keys()).collect();
        for key in keys {
            match areas.iter().map(|t| t.get(key)).collect::<Option<Vec<_>>>() {
                Some(messages) => function(&mut code, &mut tables, area, key, &messages, problems),
                None => {
                    for (lang, table) in LANGS.iter().zip(&areas) {
                        if !table.contains_key(key) {
                            problems.push(format!("{lang}/{area}.{key}: missing"));
                        }
                    }
                }
            }
        }
        code.push_str("}\n");
        ends[group(area)..].fill(tables.len());
    }
    let [in_page, apart, all] = ends;
    let version = format!("{:016x}", tables.version());
    writeln!(
        code,
        "pub(crate) const IN_PAGE: usize = {in_page};\npub(crate) const APART: usize = {apart};\n\
         /// Changes with any text.\npub const VERSION: &str = \"{version}\";\n\
         /// The same under a name that stands nowhere else: tools/build.sh looks for it in what was built.\n\
         pub const MARK: &str = \"sapar-texts:{version}\";\n\
         pub(crate) static TABLES: [[&str; {all}]; 3] = {:?};",
        tables.0
    )
    .expect("String");
    code
}

fn function(code: &mut String, tables: &mut Tables, area: &str, key: &str, messages: &[&Message], problems: &mut Vec<String>) {
    let names = all_placeholders(messages[0]);
    let wanted: BTreeSet<_> = names.iter().collect();
    for (lang, message) in LANGS.iter().zip(messages) {
        let given = all_placeholders(message);
        if given.iter().collect::<BTreeSet<_>>() != wanted {
            problems.push(format!("{lang}/{area}.{key}: placeholders {given:?}, wanted {names:?}"));
        }
    }
    let (doc, plural) = match messages[0] {
        Message::Text(text) => (text.clone(), false),
        Message::Plural(plural) => (plural.values().cloned().collect::<Vec<_>>().join(" | "), true),
    };
    let place = tables.add(messages, &names);
    let text = if plural { format!("text(lang, {place} + form(lang, n))") } else { format!("text(lang, {place})") };
    writeln!(code, "#[doc = {doc:?}]").expect("String");
    if names.is_empty() {
        writeln!(code, "#[must_use] pub fn {key}(lang: Lang) -> &'static str {{ {text} }}").expect("String");
        return;
    }
    let kind = |name: &str| if plural && name == "n" { "i64" } else { "impl std::fmt::Display" };
    let args: Vec<String> = names.iter().map(|name| format!("{name}: {}", kind(name))).collect();
    // A count is read by people: its thousands stand apart.
    let given: Vec<String> =
        names.iter().map(|name| if kind(name) == "i64" { format!("&Grouped({name})") } else { format!("&{name}") }).collect();
    writeln!(
        code,
        "#[must_use] pub fn {key}(lang: Lang, {}) -> String {{ fill({text}, &[{}]) }}",
        args.join(", "),
        given.join(", ")
    )
    .expect("String");
}
