import { crc32, deflateSync, inflateSync } from 'node:zlib'

/** Red, green and blue of each point, row by row. */
export type Picture = { width: number; height: number; points: Uint8Array }

const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])

/** Paeth's guess of a byte from its left, upper and upper left neighbour (PNG specification, 9.4). */
function paeth(left: number, up: number, corner: number): number {
  const [toLeft, toUp, toCorner] = [Math.abs(up - corner), Math.abs(left - corner), Math.abs(left + up - 2 * corner)]
  return toLeft <= toUp && toLeft <= toCorner ? left : toUp <= toCorner ? up : corner
}

/** Reads a PNG of eight bits a channel, with or without transparency, as browsers write it and `toPng` does. */
export function readPng(png: Buffer): Picture {
  const data: Buffer[] = []
  let [width, height, channels] = [0, 0, 0]
  for (let at = signature.length; at < png.length;) {
    const [length, kind] = [png.readUInt32BE(at), png.toString('latin1', at + 4, at + 8)]
    const body = png.subarray(at + 8, at + 8 + length)
    if (kind === 'IHDR') {
      [width, height] = [body.readUInt32BE(0), body.readUInt32BE(4)]
      if (body[8] !== 8 || (body[9] !== 2 && body[9] !== 6) || body[12] !== 0) throw new Error('a PNG of another kind')
      channels = body[9] === 6 ? 4 : 3
    }
    if (kind === 'IDAT') data.push(body)
    at += length + 12
  }
  const [raw, stride] = [inflateSync(Buffer.concat(data)), width * channels]
  const points = new Uint8Array(width * height * 3)
  let above = new Uint8Array(stride)
  for (let y = 0; y < height; y++) {
    const filter = raw[y * (stride + 1)] ?? 0
    const row = Uint8Array.from(raw.subarray(y * (stride + 1) + 1, (y + 1) * (stride + 1)))
    for (let i = 0; i < stride; i++) {
      const [left, up, corner] = [i < channels ? 0 : row[i - channels]!, above[i]!, i < channels ? 0 : above[i - channels]!]
      row[i]! += filter === 1 ? left : filter === 2 ? up : filter === 3 ? (left + up) >> 1 : filter === 4 ? paeth(left, up, corner) : 0
    }
    for (let x = 0; x < width; x++) for (let one = 0; one < 3; one++) points[(y * width + x) * 3 + one] = row[x * channels + one]!
    above = row
  }
  return { width, height, points }
}

function chunk(kind: string, body: Buffer): Buffer {
  const named = Buffer.concat([Buffer.from(kind, 'latin1'), body])
  const [length, check] = [Buffer.alloc(4), Buffer.alloc(4)]
  length.writeUInt32BE(body.length)
  check.writeUInt32BE(crc32(named))
  return Buffer.concat([length, named, check])
}

export function toPng({ width, height, points }: Picture): Buffer {
  const header = Buffer.alloc(13)
  header.writeUInt32BE(width, 0)
  header.writeUInt32BE(height, 4)
  header.set([8, 2, 0, 0, 0], 8)
  const [stride, rows] = [width * 3, Buffer.alloc(height * (width * 3 + 1))]
  for (let y = 0; y < height; y++) {
    // Each row as its difference from the one above: what is drawn on a page mostly goes on downwards.
    rows[y * (stride + 1)] = 2
    for (let i = 0; i < stride; i++) rows[y * (stride + 1) + 1 + i] = points[y * stride + i]! - (y ? points[(y - 1) * stride + i]! : 0)
  }
  return Buffer.concat([signature, chunk('IHDR', header), chunk('IDAT', deflateSync(rows, { level: 9 })), chunk('IEND', Buffer.alloc(0))])
}

/** One point for each square of `side` points: their average, in steps of four. Letters become the grey of their line. */
export function blurred({ width, height, points }: Picture, side: number): Picture {
  const small = { width: Math.ceil(width / side), height: Math.ceil(height / side) }
  const out = new Uint8Array(small.width * small.height * 3)
  for (let y = 0; y < small.height; y++) for (let x = 0; x < small.width; x++) {
    const [toX, toY] = [Math.min(width, (x + 1) * side), Math.min(height, (y + 1) * side)]
    const sum = [0, 0, 0]
    for (let py = y * side; py < toY; py++) for (let px = x * side; px < toX; px++) for (let one = 0; one < 3; one++) sum[one]! += points[(py * width + px) * 3 + one]!
    const count = (toX - x * side) * (toY - y * side)
    for (let one = 0; one < 3; one++) out[(y * small.width + x) * 3 + one] = Math.min(255, Math.round(sum[one]! / count / 4) * 4)
  }
  return { ...small, points: out }
}

/** The colours that cover a thousandth of a picture or more, and how many thousandths. No machine draws an area in another colour. */
export function areas({ width, height, points }: Picture): Record<string, number> {
  const count = new Map<number, number>()
  for (let i = 0; i < points.length; i += 3) {
    const colour = (points[i]! << 16) | (points[i + 1]! << 8) | points[i + 2]!
    count.set(colour, (count.get(colour) ?? 0) + 1)
  }
  const all = width * height
  const large = [...count].filter(([, points]) => points * 1000 >= all).sort(([, a], [, b]) => b - a)
  return Object.fromEntries(large.map(([colour, points]) => [`#${colour.toString(16).padStart(6, '0')}`, Math.round(points * 1000 / all)]))
}

/** Colours that cover something in the one and nothing worth naming in the other. */
export function lost(of: Record<string, number>, within: Record<string, number>): string[] {
  return Object.keys(of).filter((colour) => of[colour]! >= 4 && !within[colour])
}

/** The points of two pictures of one size that differ by more than `least` in any colour. */
export function differing(one: Picture, other: Picture, least: number): { x: number; y: number; by: number }[] {
  const found = []
  for (let i = 0; i < one.width * one.height; i++) {
    const by = Math.max(...[0, 1, 2].map((channel) => Math.abs(one.points[i * 3 + channel]! - other.points[i * 3 + channel]!)))
    if (by > least) found.push({ x: i % one.width, y: Math.floor(i / one.width), by })
  }
  return found
}
