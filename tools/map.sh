#!/usr/bin/env bash
# Makes public/art/map.svg, the ground of the cabinet's map picker, from npm's world-atlas (Natural Earth's countries at
# 1:50 million, public domain; packed by Mike Bostock, ISC). Run by hand; the result is committed.
set -euo pipefail
. "$(dirname "${BASH_SOURCE[0]}")/env.sh"

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
(cd "$folder" && npm pack --silent world-atlas@2.0.2 >/dev/null && tar xzf world-atlas-2.0.2.tgz)
python3 tools/map.py "$folder/package/countries-50m.json" public/art/map.svg
