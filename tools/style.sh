#!/usr/bin/env bash
# Makes the cabinet's style sheet, public/styles/cabinet.DIGEST.css: cargo-leptos makes but one. With --watch makes
# cabinet.css there, and again after each change, until it is stopped.
set -euo pipefail
. "$(dirname "${BASH_SOURCE[0]}")/env.sh"

to=public/styles
mkdir -p $to
rm -f $to/*
made=$to/cabinet.css
case ${1:-} in
--watch) exec tailwindcss -i style/cabinet.css -o $made --watch=always ;;
"")
  log=$(tailwindcss -i style/cabinet.css -o $made --minify 2>&1) || die "Tailwind: $log"
  mv $made "$to/cabinet.$(sha256sum $made | head -c 16).css"
  ;;
*) die "--watch or nothing, not $1" ;;
esac
