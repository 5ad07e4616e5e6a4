// Workbooks as a spreadsheet writes them: the template's rows filled in, and what stands in a file's cells.
import { crc32, inflateRawSync } from 'node:zlib';

/** A ZIP's parts by their names. */
export type Parts = Map<string, Buffer>;

export function unpack(zip: Buffer): Parts {
  const parts: Parts = new Map();
  let at = zip.readUInt32LE(zip.lastIndexOf('PK\x05\x06', undefined, 'latin1') + 16);
  while (zip.readUInt32LE(at) === 0x02014b50) {
    const [method, size] = [zip.readUInt16LE(at + 10), zip.readUInt32LE(at + 20)];
    const [name, extra, note] = [28, 30, 32].map((field) => zip.readUInt16LE(at + field));
    const local = zip.readUInt32LE(at + 42);
    const from = local + 30 + zip.readUInt16LE(local + 26) + zip.readUInt16LE(local + 28);
    const packed = zip.subarray(from, from + size);
    parts.set(zip.toString('utf8', at + 46, at + 46 + name), method ? inflateRawSync(packed) : packed);
    at += 46 + name + extra + note;
  }
  return parts;
}

/** Without compression: what is read is the same. */
export function pack(parts: Parts): Buffer {
  const [files, directory]: Buffer[][] = [[], []];
  let offset = 0;
  for (const [part, body] of parts) {
    const name = Buffer.from(part);
    const head = Buffer.alloc(26);
    head.writeUInt16LE(20, 0);
    head.writeUInt16LE(0x21, 8);
    head.writeUInt32LE(crc32(body), 10);
    head.writeUInt32LE(body.length, 14);
    head.writeUInt32LE(body.length, 18);
    head.writeUInt16LE(name.length, 22);
    const place = Buffer.alloc(14);
    place.writeUInt32LE(offset, 10);
    const file = Buffer.concat([Buffer.from('PK\x03\x04', 'latin1'), head, name, body]);
    files.push(file);
    directory.push(Buffer.from('PK\x01\x02\x14\0', 'latin1'), head, place, name);
    offset += file.length;
  }
  const end = Buffer.alloc(18);
  end.writeUInt16LE(parts.size, 4);
  end.writeUInt16LE(parts.size, 6);
  end.writeUInt32LE(Buffer.concat(directory).length, 8);
  end.writeUInt32LE(offset, 12);
  return Buffer.concat([...files, ...directory, Buffer.from('PK\x05\x06', 'latin1'), end]);
}

const escape = (text: string) => text.replace(/&/g, '&amp;').replace(/</g, '&lt;');
const plain = (xml: string) =>
  [...xml.matchAll(/<t[^>]*>([^<]*)<\/t>/g)].map(([, text]) => text).join('').replace(/&lt;/g, '<').replace(/&gt;/g, '>').replace(/&quot;/g, '"').replace(/&amp;/g, '&');

/** Where the sheet of this name lies; writers number the parts in the workbook's order. */
function partOf(parts: Parts, sheet: string) {
  const names = [...String(parts.get('xl/workbook.xml')).matchAll(/<sheet name="([^"]*)"/g)].map(([, name]) => name);
  if (!names.includes(sheet)) throw new Error(`no sheet ${sheet} among ${names}`);
  return `xl/worksheets/sheet${names.indexOf(sheet) + 1}.xml`;
}

/** What stands where, as `{ A1: 'Ключ тура *' }`. Numbers are texts. */
export function cells(workbook: Buffer, sheet: string): Record<string, string> {
  const parts = unpack(workbook);
  const texts = [...String(parts.get('xl/sharedStrings.xml') ?? '').matchAll(/<si>(.*?)<\/si>/gs)].map(([, text]) => plain(text));
  const found: Record<string, string> = {};
  for (const [, address, marks, inside] of String(parts.get(partOf(parts, sheet))).matchAll(/<c r="([A-Z]+\d+)"([^>]*?)(?:\/>|>(.*?)<\/c>)/gs)) {
    const value = inside?.match(/<v>([^<]*)<\/v>/)?.[1] ?? '';
    found[address] = marks.includes('t="s"') ? texts[Number(value)] : marks.includes('inlineStr') ? plain(inside) : value;
  }
  return found;
}

/** A day and a time as a spreadsheet counts them: days since the end of 1899, and parts of one. */
export const serial = (iso: string) => Date.parse(`${iso}Z`) / 86_400_000 + 25_569;

/** Rows by their columns' headings, in the template below its example, whose formats they have. */
export function fill(template: Buffer, sheets: Record<string, Record<string, string | number>[]>): Buffer {
  const parts = unpack(template);
  for (const [sheet, rows] of Object.entries(sheets)) {
    const part = partOf(parts, sheet);
    const xml = String(parts.get(part));
    const columns = Object.entries(cells(template, sheet)).filter(([address]) => /^[A-Z]+1$/.test(address));
    const lines = rows.map((row, n) => {
      const written = columns.flatMap(([address, heading]) => {
        const value = row[heading.replace(' *', '')];
        if (value === undefined) return [];
        const column = address.slice(0, -1);
        const style = xml.match(new RegExp(`<c r="${column}2"( s="\\d+")?`))?.[1] ?? '';
        const inside = typeof value === 'number' ? `${style}><v>${value}</v>` : `${style} t="inlineStr"><is><t>${escape(value)}</t></is>`;
        return [`<c r="${column}${n + 3}"${inside}</c>`];
      });
      if (written.length !== Object.keys(row).length) throw new Error(`${sheet} has not all of ${Object.keys(row)}`);
      return `<row r="${n + 3}">${written.join('')}</row>`;
    });
    parts.set(part, Buffer.from(xml.replace('</sheetData>', `${lines.join('')}</sheetData>`)));
  }
  return pack(parts);
}
