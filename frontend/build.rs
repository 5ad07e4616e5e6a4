//! Keeps the linker from laying equal strings and equal ends of strings upon each other. What two parts of the split wasm then
//! share, the splitter copies into each; when the copies outgrow what it saves, it puts the data of all parts into the main
//! file, 20 KB of what every visitor loads, and nothing says so. Compression finds the repeats anyway.

fn main() {
    println!("cargo:rerun-if-changed=build.rs");
    if std::env::var("CARGO_CFG_TARGET_ARCH").is_ok_and(|arch| arch == "wasm32") {
        println!("cargo:rustc-link-arg-cdylib=-O0");
    }
}
