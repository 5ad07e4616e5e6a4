// What a new tour company has at hand: numbers that are right by their sums, and photos.
import { deflateSync } from 'node:zlib';

/** A BIN of twelve digits, the last of which checks the others; of its own for each `seed`. */
export function bin(seed) {
  for (let at = 0; ; at += 1) {
    const first = `2101${String(4_000_000 + ((seed + at) % 1_000_000)).padStart(7, '0')}`;
    const by = (shift) => [...first].reduce((sum, digit, n) => sum + Number(digit) * (((n + shift) % 11) + 1), 0) % 11;
    const digit = by(0) < 10 ? by(0) : by(2);
    if (digit < 10) return first + digit;
  }
}

/** An account in a bank of Kazakhstan. */
export function iban(seed) {
  const bank = `125${String(seed % 10_000_000_000_000).padStart(13, '0')}`;
  // K and Z are 20 and 35.
  const rest = Number(BigInt(`${bank}203500`) % 97n);
  return `KZ${String(98 - rest).padStart(2, '0')}${bank}`;
}

const table = Uint32Array.from({ length: 256 }, (_, n) => {
  for (let bit = 0; bit < 8; bit += 1) n = n & 1 ? 0xedb88320 ^ (n >>> 1) : n >>> 1;
  return n;
});

function chunk(kind, body) {
  const data = Buffer.concat([Buffer.from(kind, 'latin1'), body]);
  let sum = 0xffffffff;
  for (const byte of data) sum = table[(sum ^ byte) & 255] ^ (sum >>> 8);
  const out = Buffer.alloc(data.length + 8);
  out.writeUInt32BE(body.length, 0);
  data.copy(out, 4);
  out.writeUInt32BE((sum ^ 0xffffffff) >>> 0, data.length + 4);
  return out;
}

/** A photo of hills, the further the paler: a PNG. */
function photo(seed, width = 1200, height = 900) {
  const rows = Buffer.alloc((width * 3 + 1) * height);
  const ridge = (x, n) => height * (0.35 + n * 0.16) + Math.sin(x / (90 + n * 40) + seed * 3 + n * 2) * 60 + Math.sin(x / 37 + seed + n) * 18;
  for (let x = 0; x < width; x += 1) {
    const tops = [0, 1, 2, 3].map((n) => ridge(x, n));
    for (let y = 0; y < height; y += 1) {
      const hill = tops.findLastIndex((top) => y >= top);
      const at = y * (width * 3 + 1) + 1 + x * 3;
      const [r, g, b] = hill < 0 ? [140 + y / 6, 190 + y / 12, 235] : [120 - hill * 25, 150 - hill * 20, 150 - hill * 35 + (seed % 3) * 12];
      rows[at] = r; rows[at + 1] = g; rows[at + 2] = b;
    }
  }
  const head = Buffer.alloc(13);
  head.writeUInt32BE(width, 0);
  head.writeUInt32BE(height, 4);
  head.set([8, 2, 0, 0, 0], 8);
  return Buffer.concat([
    Buffer.from([137, 80, 78, 71, 13, 10, 26, 10]), chunk('IHDR', head), chunk('IDAT', deflateSync(rows, { level: 1 })), chunk('IEND', Buffer.alloc(0)),
  ]);
}

/** So many, as a file chooser takes them. */
export const photos = (count) =>
  Array.from({ length: count }, (_, n) => ({ name: `IMG_20${n}.png`, mimeType: 'image/png', buffer: photo(n + 1) }));
