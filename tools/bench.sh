#!/usr/bin/env bash
# Requests a second and latency of the release build with demo data: tools/bench.sh [path …]. Needs wrk.
set -euo pipefail
. "$(dirname "${BASH_SOURCE[0]}")/env.sh"
command -v wrk >/dev/null || die "wrk is missing: apt-get install wrk"

data=$(mktemp -d)
chmod 755 "$data"
address=127.0.0.1:3900
LEPTOS_SITE_ADDR=$address SAPAR_DEMO=1 SAPAR_DATA=$data "$SAPAR_TARGET/release/sapar" serve >"$data/server.log" 2>&1 </dev/null &
server=$!
trap 'kill $server 2>/dev/null; wait $server 2>/dev/null; rm -rf "$data"' EXIT
for _ in $(seq 300); do
  curl -sfo /dev/null "http://$address/" && break
  kill -0 $server 2>/dev/null || { cat "$data/server.log" >&2; die "the server ended"; }
  sleep 0.2
done
[ $# -gt 0 ] || set -- /
for path; do
  say "$path"
  wrk -t1 -c16 -d10s --latency "http://$address$path"
done
