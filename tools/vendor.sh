#!/usr/bin/env bash
# Copies what browsers load from npm's packages into public/vendor: nothing comes from somebody else's server.
set -euo pipefail
. "$(dirname "${BASH_SOURCE[0]}")/env.sh"

from=node_modules/zxing-wasm
to=public/vendor/zxing
[ -d $from ] || die "$from is missing: run tools/setup.sh"
mkdir -p $to/reader
# The reader alone, as ES modules; reader/index.js imports ../share.js.
install -m 644 $from/LICENSE $from/dist/es/share.js $to/
install -m 644 $from/dist/es/reader/index.js $from/dist/reader/zxing_reader.wasm $to/reader/
