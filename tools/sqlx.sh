#!/usr/bin/env bash
# Writes .sqlx, by which queries are checked without a database; with --check only tells whether it is up to date.
set -euo pipefail
. "$(dirname "${BASH_SOURCE[0]}")/env.sh"
tools/setup.sh --sqlx

cluster=$(mktemp -d)
trap 'tools/pg.sh stop "$cluster"; rm -rf "$cluster"' EXIT
# sqlx reads from a query's plan which columns an outer join may leave empty, and takes the wrong half where the
# planner turns the join about for a hash. Nested loops never turn; statistics that came meanwhile would change plans.
DATABASE_URL=$(tools/pg.sh start "$cluster" -c fsync=off -c autovacuum=off -c enable_hashjoin=off -c enable_mergejoin=off)
export DATABASE_URL
cargo sqlx migrate run --source server/migrations >/dev/null
# The wasm entry would turn on the browser's features for the server's crates.
cargo sqlx prepare --workspace "$@" -- --workspace --exclude sapar-frontend --all-targets
