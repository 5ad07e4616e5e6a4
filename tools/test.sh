#!/usr/bin/env bash
# All tests: Rust's against a throw-away PostgreSQL, then the browser's against the built product.
# Its last line sums them up: "N passed, N failed". SAPAR_BUILD=debug builds the product faster.
set -euo pipefail
. "$(dirname "${BASH_SOURCE[0]}")/env.sh"
tools/setup.sh --test

# Without it Chromium gives no file a name that is not Latin.
export LC_ALL=C.UTF-8

mode=${SAPAR_BUILD:-release}
rm -f .sapar/tests
work=$(mktemp -d)
chmod 755 "$work"
clusters=()
finish() {
  for cluster in "${clusters[@]}"; do tools/pg.sh stop "$cluster" || true; done
  rm -rf "$work"
}
trap finish EXIT

# database NAME: starts a cluster of its own for a suite and sets DATABASE_URL.
database() {
  clusters+=("$work/$1")
  DATABASE_URL=$(tools/pg.sh start "$work/$1" -c fsync=off -c synchronous_commit=off -c full_page_writes=off -c max_connections=300)
  export DATABASE_URL
}

passed=0 failed=0
# count PASSED FAILED STATUS: a suite that failed without a failed test (it did not compile, say) counts as one.
count() {
  local bad=$2
  [ "$3" = 0 ] || [ "$bad" != 0 ] || bad=1
  passed=$((passed + $1)) failed=$((failed + bad))
}

if [ -f Cargo.toml ]; then
  say "Rust's tests"
  database rust
  status=0
  SQLX_OFFLINE=true cargo test --workspace --exclude sapar-frontend --no-fail-fast 2>&1 </dev/null | tee "$work/rust.log" || status=$?
  count $(awk '/^test result:/ { for (i = 1; i < NF; i++) { if ($(i + 1) == "passed;") p += $i; if ($(i + 1) == "failed;") f += $i } }
    END { print p + 0, f + 0 }' "$work/rust.log") "$status"
fi

if [ -f end2end/playwright.config.ts ]; then
  say "The product, to be tested in a browser ($mode)"
  status=0
  tools/build.sh "$mode" </dev/null || status=$?
  if [ "$status" = 0 ]; then
    say "The browser's tests"
    database browser
    # What end2end/playwright.config.ts starts, and where that keeps its data.
    export SAPAR_BIN="$SAPAR_TARGET/$mode/sapar" SAPAR_DATA="$work/data" PLAYWRIGHT_JSON_OUTPUT_NAME="$work/browser.json"
    npx --no-install playwright test -c end2end/playwright.config.ts ${SAPAR_BROWSERS:-} --reporter=list,json </dev/null || status=$?
  fi
  [ -f "$work/browser.json" ] || echo '{}' >"$work/browser.json"
  count $(node -p 'const s = JSON.parse(require("fs").readFileSync(process.argv[1])).stats ?? {}
    ;[(s.expected ?? 0) + (s.flaky ?? 0), s.unexpected ?? 0].join(" ")' "$work/browser.json") "$status"
fi

mkdir -p .sapar
echo "$passed passed, $failed failed" | tee .sapar/tests
[ "$failed" = 0 ]
