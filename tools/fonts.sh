#!/usr/bin/env bash
# Makes the committed fonts afresh from npm's @expo-google-fonts/onest (Onest, SIL OFL): two variable WOFF2 for the
# pages, weights 400 to 800: what our languages need, and the letters of others; and the TTFs that PDFs embed.
# Needs Python 3 with venv; run by hand, or by build.sh when a font is missing.
set -euo pipefail
. "$(dirname "${BASH_SOURCE[0]}")/env.sh"

from=node_modules/@expo-google-fonts/onest
web=public/fonts pdf=server/documents/fonts
mkdir -p "$web" "$pdf"
for weight in 400Regular 600SemiBold 700Bold; do
  cp "$from/$weight/Onest_$weight.ttf" "$pdf/Onest-${weight#[0-9]00}.ttf"
done
for to in "$web" "$pdf"; do cp "$from/LICENSE_FONT" "$to/OFL.txt"; done

if [ ! -f "$web/onest.woff2" ] || [ ! -f "$web/onest-more.woff2" ] || [ "${1:-}" = --force ]; then
  say "Making $web/onest.woff2 (1 min)"
  venv=$(mktemp -d)
  trap 'rm -rf "$venv"' EXIT
  python3 -m venv "$venv"
  "$venv/bin/pip" install --quiet --disable-pip-version-check fonttools==4.60.1 brotli==1.1.0
  "$venv/bin/python" tools/fonts.py "$from/400Regular/Onest_400Regular.ttf" "$from/800ExtraBold/Onest_800ExtraBold.ttf" "$web/onest.woff2" "$web/onest-more.woff2"
fi
