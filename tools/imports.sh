#!/usr/bin/env bash
# Fails when the browser's crate tree holds server crates, or a room of the domain uses one above it.
set -euo pipefail
. "$(dirname "${BASH_SOURCE[0]}")/env.sh"

tree=$(cargo tree -p sapar-frontend --target wasm32-unknown-unknown --edges normal --prefix none --locked)
! grep -E '^(sqlx[a-z-]*|tokio|hyper|axum|sapar-domain) v' <<<"$tree" | sort -u | grep . ||
  die "the browser's tree holds the crates above"

node <<'JS'
const { readdirSync, readFileSync } = require('fs');
const root = 'server/domain/src';
// Lowest first. A room may use its own line and those above it here; rooms not named stand on the last.
const order = [
  ['kernel'],
  ['accounts', 'partners', 'catalog', 'inventory', 'pricing', 'uploads'],
  ['orders'],
  ['payments', 'ledger', 'tickets'],
  ['deals', 'crm'],
  ['privacy'],
];
const rooms = readdirSync(root, { withFileTypes: true }).filter((e) => e.isDirectory()).map((e) => e.name);
const level = (room) => { const at = order.findIndex((line) => line.includes(room)); return at < 0 ? order.length - 1 : at; };

// Names directly below crate:: in `crate::a::b` and in `crate::{a::b, c::{d, e}}`.
const used = (source) => {
  const names = [...source.matchAll(/\bcrate::(\w+)/g)].map((m) => m[1]);
  for (const { index } of source.matchAll(/\bcrate::\{/g)) {
    let depth = 0, text = '';
    for (const c of source.slice(index + 'crate::'.length)) {
      if (c === '{' && depth++ === 0) continue;
      if (c === '}' && --depth === 0) break;
      if (depth === 1) text += c;
    }
    names.push(...text.split(',').map((part) => part.trim().split('::')[0]));
  }
  return new Set(names);
};

let bad = 0;
for (const room of rooms.filter((r) => r !== 'testing')) {
  for (const file of readdirSync(`${root}/${room}`, { recursive: true }).filter((f) => f.endsWith('.rs'))) {
    const source = readFileSync(`${root}/${room}/${file}`, 'utf8').replace(/\/\/.*$/gm, '');
    for (const other of used(source)) {
      if (!rooms.includes(other) || other === 'testing' || level(other) <= level(room)) continue;
      console.error(`${root}/${room}/${file}: ${room} may not use ${other}, which stands above it`);
      bad++;
    }
  }
}
console.log(`imports: ${rooms.length} rooms, ${bad} uses against the order`);
process.exit(bad ? 1 : 0);
JS
