#!/usr/bin/env bash
# Builds server and browser side: tools/build.sh [release|debug]. The site lands in target/site.
set -euo pipefail
. "$(dirname "${BASH_SOURCE[0]}")/env.sh"

# Queries are checked against the committed .sqlx, unless the caller wants a live database.
export SQLX_OFFLINE=${SQLX_OFFLINE:-true}

for font in public/fonts/onest.woff2 server/documents/fonts/Onest-{Regular,SemiBold,Bold}.ttf; do
  [ -f "$font" ] || { tools/fonts.sh; break; }
done

tools/vendor.sh
tools/style.sh

case ${1:-release} in
release)
  cargo leptos build --release --split -P
  # The server hands out the compressed files made here and compresses none of these itself.
  for file in target/site/pkg/*.{js,wasm,css} target/site/styles/*.css; do
    [ ! -f "$file" ] || [ -f "$file.br" ] || die "$file was not compressed"
  done
  ;;
debug) cargo leptos build --split ;;
*) die "release or debug, not $1" ;;
esac
