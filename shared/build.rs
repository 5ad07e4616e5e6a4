//! Turns `locales/{ru,kk,en}/*.toml` into one typed function a message (`tr::checkout::pay(lang)`).
//!
//! A key that one language lacks, or whose placeholders or plural forms differ, stops the build: there is no
//! run-time look-up that could miss. Russian is the reference; `docs/adr/0001-locale-files.md` says why not a crate.
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::{env, fs, path::Path};

const LANGS: [&str; 3] = ["ru", "kk", "en"];

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

fn generate(catalogues: &[Catalogue], problems: &mut Vec<String>) -> String {
    let mut code = String::from("// Made by build.rs from locales/.\n");
    let areas: BTreeSet<&String> = catalogues.iter().flat_map(Catalogue::keys).collect();
    for area in areas {
        writeln!(
            code,
            "/// Messages of `locales/*/{area}.toml`.\npub mod {area} {{\nuse crate::locale::{{Lang, plural_one, plural_ru}};"
        )
        .expect("String");
        let empty = BTreeMap::new();
        let tables: Vec<_> = catalogues.iter().map(|c| c.get(area).unwrap_or(&empty)).collect();
        let keys: BTreeSet<&String> = tables.iter().flat_map(|t| t.keys()).collect();
        for key in keys {
            match tables.iter().map(|t| t.get(key)).collect::<Option<Vec<_>>>() {
                Some(messages) => function(&mut code, area, key, &messages, problems),
                None => {
                    for (lang, table) in LANGS.iter().zip(&tables) {
                        if !table.contains_key(key) {
                            problems.push(format!("{lang}/{area}.{key}: missing"));
                        }
                    }
                }
            }
        }
        // Areas without plurals leave the helpers unused.
        code.push_str("#[allow(dead_code)] const _: (fn(i64) -> bool, fn(i64) -> usize) = (plural_one, plural_ru);\n}\n");
    }
    code
}

fn function(code: &mut String, area: &str, key: &str, messages: &[&Message], problems: &mut Vec<String>) {
    let names = all_placeholders(messages[0]);
    let wanted: BTreeSet<_> = names.iter().collect();
    for (lang, message) in LANGS.iter().zip(messages) {
        let given = all_placeholders(message);
        if given.iter().collect::<BTreeSet<_>>() != wanted {
            problems.push(format!("{lang}/{area}.{key}: placeholders {given:?}, wanted {names:?}"));
        }
    }
    let doc = match messages[0] {
        Message::Text(text) => text.replace('\n', " "),
        Message::Plural(plural) => plural.values().cloned().collect::<Vec<_>>().join(" | "),
    };
    writeln!(code, "#[doc = {doc:?}]").expect("String");
    if names.is_empty() {
        writeln!(code, "#[must_use] pub const fn {key}(lang: Lang) -> &'static str {{ match lang {{").expect("String");
    } else {
        let args: Vec<String> = names
            .iter()
            .map(
                |name| {
                    if is_count(messages[0], name) { format!("{name}: i64") } else { format!("{name}: impl std::fmt::Display") }
                },
            )
            .collect();
        writeln!(code, "#[must_use] pub fn {key}(lang: Lang, {}) -> String {{ match lang {{", args.join(", ")).expect("String");
    }
    for (lang, message) in ["Ru", "Kk", "En"].iter().zip(messages) {
        let value = match message {
            Message::Text(text) if names.is_empty() => format!("{text:?}"),
            Message::Text(text) => format!("format!({text:?})"),
            Message::Plural(plural) => plural_value(lang, plural, &names),
        };
        writeln!(code, "Lang::{lang} => {value},").expect("String");
    }
    code.push_str("}}\n");
}

fn is_count(message: &Message, name: &str) -> bool {
    name == "n" && matches!(message, Message::Plural(_))
}

fn plural_value(lang: &str, plural: &BTreeMap<String, String>, names: &[String]) -> String {
    // `let _` keeps a form that does not show the number ("one seat left") from being an unused argument.
    let uses: String = names.iter().map(|name| format!("let _ = &{name}; ")).collect();
    let form = |key: &str| format!("format!({:?})", plural.get(key).map_or("", String::as_str));
    if lang == "Ru" {
        format!("{{ {uses}match plural_ru(n) {{ 0 => {}, 1 => {}, _ => {} }} }}", form("one"), form("few"), form("many"))
    } else {
        format!("{{ {uses}if plural_one(n) {{ {} }} else {{ {} }} }}", form("one"), form("other"))
    }
}
