#!/usr/bin/env bash
# Builds server and browser side: tools/build.sh [release|debug]. The site lands in target/site. With prepare it only makes
# what cargo-leptos needs to find.
set -euo pipefail
. "$(dirname "${BASH_SOURCE[0]}")/env.sh"

# Queries are checked against the committed .sqlx, unless the caller wants a live database.
export SQLX_OFFLINE=${SQLX_OFFLINE:-true}

for font in public/fonts/onest.woff2 server/documents/fonts/Onest-{Regular,SemiBold,Bold}.ttf; do
  [ -f "$font" ] || { tools/fonts.sh; break; }
done

tools/vendor.sh
[ "${1:-}" != prepare ] || exit 0
tools/style.sh

# The texts' version in a program. Server and browser with different ones leave every page dead.
texts_of() { LC_ALL=C grep -aoE 'sapar-texts:[0-9a-f]{16}' "$1" | sort -u; }

case ${1:-release} in
release)
  cargo leptos build --release --split -P
  # The server hands out the compressed files made here and compresses none of these itself.
  for file in target/site/pkg/*.{js,wasm,css} target/site/styles/*.css; do
    [ ! -f "$file" ] || [ -f "$file.br" ] || die "$file was not compressed"
  done
  served=$(texts_of "$SAPAR_TARGET/release/sapar") || die "the server carries no version of its texts"
  hydrated=$(texts_of "target/site/pkg/sapar.$(sed -n 's/^wasm: *//p' "$SAPAR_TARGET/release/hash.txt").wasm") ||
    die "the wasm carries no version of its texts"
  [ "$served" = "$hydrated" ] || die "server and wasm carry different texts ($served, $hydrated): build both anew"
  ;;
debug) cargo leptos build --split ;;
*) die "release, debug or prepare, not $1" ;;
esac
