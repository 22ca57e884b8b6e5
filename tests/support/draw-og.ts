import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { crc32, deflateSync } from 'node:zlib'
import { spaceKinds } from '../../src/spaces/space.ts'
import { launch } from './browser.ts'
import { readPng, type Picture } from './picture.ts'

/**
 * Draws the pictures that stand for our pages where links are shared (static/og) from our own illustrations, brand and
 * colours: `npx tsx tests/support/draw-og.ts` after any of them changed. Chromium draws, and few colours make it small.
 */
const root = path.resolve(import.meta.dirname, '../..')
const file = (name: string): string => readFileSync(path.join(root, 'static', name), 'utf8')
const plan = (kind: string): string => file(`illustrations/${kind}.svg`)

const pictures: Record<string, string[]> = {
  ...Object.fromEntries(spaceKinds.map((kind) => [kind, [kind]])),
  unit: ['gym', 'classroom', 'canteen', 'music_room'],
  front: ['gym', 'hall', 'canteen', 'meeting_room', 'kitchen', 'studio'],
}

const page = (kinds: string[]): string => `<!doctype html><html data-color="accent"><meta charset="utf-8"><style>
${file('css/theme.css')}
body { margin: 0; width: 1200px; height: 630px; display: grid; grid-template-rows: 1fr auto; box-sizing: border-box; padding: 44px 56px 36px; background: var(--ds-color-accent-background-tinted); font-family: var(--ds-font-family); }
.plans { display: grid; gap: 28px 40px; place-items: center; min-height: 0; grid-template-columns: repeat(${kinds.length === 6 ? 3 : kinds.length === 4 ? 2 : 1}, auto); align-content: center; justify-content: center; }
.plans svg { height: ${kinds.length === 1 ? 450 : 215}px; width: auto; background: var(--ds-color-neutral-surface-default); border-radius: 12px; }
.brand { display: flex; align-items: center; gap: 18px; color: var(--ds-color-neutral-text-default); font-size: 40px; font-weight: 700; letter-spacing: -0.015em; }
.brand svg { width: 60px; height: 60px; }
</style><div class="plans">${kinds.map(plan).join('')}</div><div class="brand">${file('brand.svg')}<span>Tilavuoro</span></div></html>`

const coloursKept = 16

/** A drawing has few colours: the most frequent ones stay, the others, which edges are softened with, become the nearest. */
function paletteOf(points: Uint8Array): { colours: number[]; indexes: Uint8Array } {
  const exact = new Map<number, number>()
  const colourAt = (i: number): number => (points[i * 3]! << 16) | (points[i * 3 + 1]! << 8) | points[i * 3 + 2]!
  for (let i = 0; i < points.length / 3; i++) exact.set(colourAt(i), (exact.get(colourAt(i)) ?? 0) + 1)
  const colours = [...exact].sort((a, b) => b[1] - a[1]).slice(0, coloursKept).map(([colour]) => colour)
  const nearest = new Map<number, number>()
  const indexOf = (colour: number): number => {
    const distance = (other: number): number => [16, 8, 0].reduce((sum, shift) => sum + (((colour >> shift) & 255) - ((other >> shift) & 255)) ** 2, 0)
    return colours.reduce((best, other, at) => (distance(other) < distance(colours[best]!) ? at : best), 0)
  }
  const indexes = Uint8Array.from({ length: points.length / 3 }, (_, i) => {
    const colour = colourAt(i)
    let index = nearest.get(colour)
    if (index === undefined) nearest.set(colour, (index = indexOf(colour)))
    return index
  })
  return { colours, indexes }
}

function chunk(kind: string, body: Buffer): Buffer {
  const named = Buffer.concat([Buffer.from(kind, 'latin1'), body])
  const [length, check] = [Buffer.alloc(4), Buffer.alloc(4)]
  length.writeUInt32BE(body.length)
  check.writeUInt32BE(crc32(named))
  return Buffer.concat([length, named, check])
}

/** A PNG of at most 16 colours, four bits a point: the width must be even. */
function palettePng({ width, height, points }: Picture): Buffer {
  const { colours, indexes } = paletteOf(points)
  const rows = Buffer.alloc(height * (width / 2 + 1))
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x += 2) rows[y * (width / 2 + 1) + 1 + x / 2] = (indexes[y * width + x]! << 4) | indexes[y * width + x + 1]!
  }
  const header = Buffer.alloc(13)
  header.writeUInt32BE(width, 0)
  header.writeUInt32BE(height, 4)
  header.set([4, 3, 0, 0, 0], 8)
  const palette = Buffer.from(colours.flatMap((colour) => [colour >> 16, (colour >> 8) & 255, colour & 255]))
  return Buffer.concat([
    Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'), chunk('IHDR', header), chunk('PLTE', palette), chunk('IDAT', deflateSync(rows, { level: 9 })), chunk('IEND', Buffer.alloc(0)),
  ])
}

const browser = await launch()
mkdirSync(path.join(root, 'static/og'), { recursive: true })
for (const [name, kinds] of Object.entries(pictures)) {
  const tab = await browser.newPage({ viewport: { width: 1200, height: 630 } })
  await tab.setContent(page(kinds))
  writeFileSync(path.join(root, 'static/og', `${name}.png`), palettePng(readPng(await tab.screenshot({ type: 'png' }))))
  await tab.close()
}
await browser.close()
