#!/usr/bin/env bash
# Fails when a first visit costs more than it did: main wasm, JavaScript, style sheet (brotli) and font of target/site.
set -euo pipefail
. "$(dirname "${BASH_SOURCE[0]}")/env.sh"
# A ratchet: the aim is 350 KB with some 15 KB of HTML; the first build had 767, and 359 before texts left the wasm. Lower it with every saving.
limit=290

hash() { sed -n "s/^$1: *//p" "$SAPAR_TARGET/release/hash.txt"; }
pkg=target/site/pkg
shopt -s nullglob
files=("$pkg/sapar.$(hash wasm).wasm.br" "$pkg/sapar.$(hash js).js.br" "$pkg/sapar.$(hash css).css.br" "$pkg"/__wasm_split*.js.br target/site/fonts/onest.woff2)
total=0
for file in "${files[@]}"; do
  bytes=$(stat -c %s "$file")
  printf '%8d  %s\n' "$bytes" "${file#target/site/}"
  total=$((total + bytes))
done
echo "first visit: $((total / 1024)) KB of $limit KB"
[ $((total / 1024)) -le $limit ] || die "the first visit is too heavy"
