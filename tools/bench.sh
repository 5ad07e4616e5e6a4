#!/usr/bin/env bash
# Measures the release build and writes the table in docs/PERFORMANCE.md: tools/bench.sh [options of end2end/bench/run.mjs].
set -euo pipefail
. "$(dirname "${BASH_SOURCE[0]}")/env.sh"
tools/setup.sh --bench
export SQLX_OFFLINE=${SQLX_OFFLINE:-true} SAPAR_TARGET

# As cargo-leptos builds the product, so that what it built is taken and not built again.
export RUSTFLAGS='--cfg erase_components'
cargo build --quiet --release -p sapar-bare
cargo build --quiet --release --no-default-features -p sapar --bin sapar-papers
exec node end2end/bench/run.mjs "$@"
