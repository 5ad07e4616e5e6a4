#!/usr/bin/env bash
# Layout, lints, directions of imports, licences: tools/lint.sh [stage …], all stages by default.
set -euo pipefail
. "$(dirname "${BASH_SOURCE[0]}")/env.sh"
export SQLX_OFFLINE=true

for stage in ${@:-fmt imports licences host wasm}; do
  case $stage in
  fmt) cargo fmt --all --check ;;
  imports) tools/imports.sh ;;
  licences) tools/licences.sh ;;
  # The wasm entry would turn on the browser's features for the server's crates: it has a stage of its own.
  host) cargo clippy --workspace --exclude sapar-frontend --all-targets --locked -- -D warnings ;;
  wasm) cargo clippy -p sapar-frontend --target wasm32-unknown-unknown --no-default-features --locked -- -D warnings ;;
  *) die "no such stage: $stage" ;;
  esac
done
