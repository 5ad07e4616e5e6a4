#!/usr/bin/env bash
# Fails on a crate whose licence is not on the list below. A choice (OR) needs one listed licence, AND needs all.
set -euo pipefail
. "$(dirname "${BASH_SOURCE[0]}")/env.sh"

metadata=$(mktemp)
trap 'rm -f "$metadata"' EXIT
cargo metadata --format-version 1 --locked --filter-platform x86_64-unknown-linux-gnu --filter-platform wasm32-unknown-unknown >"$metadata"
node - "$metadata" <<'JS'
const allowed = new Set(`MIT MIT-0 Apache-2.0 BSD-1-Clause BSD-2-Clause BSD-3-Clause 0BSD ISC Zlib BSL-1.0 CC0-1.0 Unlicense
  Unicode-3.0 Unicode-DFS-2016 MPL-2.0 CDLA-Permissive-2.0 OFL-1.1 bzip2-1.0.6 NCSA`.split(/\s+/));
// Crates that name a file instead of a licence, once somebody has read it: name → licence.
const read = {};

const permits = (expression) => {
  const tokens = expression.replace(/\//g, ' OR ').match(/[()]|[^\s()]+/g);
  const term = () => {
    const token = tokens.shift();
    if (token === '(') { const inner = any(); tokens.shift(); return inner; }
    if (tokens[0] === 'WITH') tokens.splice(0, 2); // an exception only grants more
    return allowed.has(token);
  };
  const all = () => { let good = term(); while (tokens[0] === 'AND') { tokens.shift(); good = term() && good; } return good; };
  const any = () => { let good = all(); while (tokens[0] === 'OR') { tokens.shift(); good = all() || good; } return good; };
  return any();
};

const { packages } = JSON.parse(require('fs').readFileSync(process.argv[2]));
const foreign = packages.filter((p) => p.source);
const bad = foreign.filter((p) => !permits(p.license ?? read[p.name] ?? 'none'));
for (const p of bad) console.error(`not allowed: ${p.name} ${p.version}: ${p.license ?? p.license_file ?? 'no licence'}`);
console.log(`licences: ${foreign.length} crates, ${bad.length} not allowed`);
process.exit(bad.length ? 1 : 0);
JS
