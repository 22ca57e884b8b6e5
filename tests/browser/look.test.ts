import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import type { Locator, Page } from 'playwright-core'
import { beforeAll, expect, test } from 'vitest'
import { visitor } from '../support/browser.ts'
import { areas, blurred, differing, lost, readPng, toPng } from '../support/picture.ts'
import { browser, service } from '../support/served.ts'

/**
 * Pages compared with how they looked. Of a picture two things are kept: one colour for each square of sixteen points, which
 * shows another size or distance and not how a machine draws the edges of its letters, and which colours cover a part of it,
 * exactly. Letters are always DejaVu's (fonts-dejavu). When a change of looks is meant:
 * UPDATE_LOOK=1 npm run test:browser -- tests/browser/look
 */
const side = 16
/** A square's colour may be this far off (of 255) in this share of a picture's squares. */
const tolerance = { colour: 24, squares: 0.002 }
const kept = path.resolve(import.meta.dirname, 'look')
const shots = path.resolve(import.meta.dirname, 'shots')
const renew = Boolean(process.env['UPDATE_LOOK'])

beforeAll(() => {
  if (!existsSync('/usr/share/fonts/truetype/dejavu/DejaVuSans.ttf')) throw new Error('The pictures need Debian’s fonts-dejavu: apt-get install fonts-dejavu')
})

/** What hangs on the machine and not on us: its letters, and how it writes dates into fields. */
const sameEverywhere = `
  :root { --ds-font-family: "DejaVu Sans" !important; }
  code, kbd, samp, .ref, .address > .ds-input { font-family: "DejaVu Sans Mono" !important; }
  ::-webkit-datetime-edit { visibility: hidden; }
  #subscribe-address { color: transparent !important; }
  * { scrollbar-width: none !important; }
`

type Colours = Record<string, Record<string, number>>

/** Compares, or renews, one picture; the answer is a sentence for people when it differs. */
async function difference(of: Page | Locator, circumstances: string, name: string, colours: Colours): Promise<string[]> {
  const shot = await of.screenshot({ animations: 'disabled', ...('goto' in of ? { fullPage: true } : {}) })
  const whole = readPng(shot)
  const [now, cover] = [blurred(whole, side), areas(whole)]
  const file = path.join(kept, circumstances, `${name}.png`)
  if (renew) {
    writeFileSync(file, toPng(now))
    colours[name] = cover
    return []
  }
  const tell = (what: string): string[] => {
    const actual = path.join(shots, circumstances, `${name}.png`)
    mkdirSync(path.dirname(actual), { recursive: true })
    writeFileSync(actual, shot)
    return [`${name}, ${circumstances}: ${what} (now: ${path.relative(process.cwd(), actual)})`]
  }
  if (!existsSync(file)) return tell('no picture is kept yet')
  const [before, covered] = [readPng(readFileSync(file)), colours[name] ?? {}]
  if (before.width !== now.width || Math.abs(before.height - now.height) > 1) {
    return tell(`was ${before.width * side} × ${before.height * side}, is ${now.width * side} × ${now.height * side} points`)
  }
  const [gone, come] = [lost(covered, cover), lost(cover, covered)]
  if (gone.length || come.length) return tell(`colours that are gone: ${gone.join(', ') || 'none'}, that have come: ${come.join(', ') || 'none'}`)
  const height = Math.min(before.height, now.height)
  const found = differing({ ...before, height }, { ...now, height }, tolerance.colour)
  if (found.length <= Math.max(1, tolerance.squares * now.width * height)) return []
  const [xs, ys] = [found.map(({ x }) => x), found.map(({ y }) => y)]
  const from = (all: number[]) => Math.min(...all) * side
  const to = (all: number[]) => (Math.max(...all) + 1) * side
  return tell(`${found.length} of ${now.width * height} squares differ by up to ${Math.max(...found.map(({ by }) => by))}, all in x ${from(xs)}–${to(xs)}, y ${from(ys)}–${to(ys)}`)
}

const windows = [{ width: 360, height: 780 }, { width: 1280, height: 900 }]
const schemes = ['light', 'dark'] as const

test.each(windows.flatMap((viewport) => schemes.map((colorScheme) => ({ viewport, colorScheme }))))('pages look as they did: $viewport.width, $colorScheme', async ({ viewport, colorScheme }) => {
  const circumstances = `${viewport.width}-${colorScheme}`
  const palette = path.join(kept, circumstances, 'colours.json')
  if (renew) {
    rmSync(path.dirname(palette), { recursive: true, force: true })
    mkdirSync(path.dirname(palette), { recursive: true })
  }
  const colours: Colours = renew || !existsSync(palette) ? {} : JSON.parse(readFileSync(palette, 'utf8')) as Colours
  const { page, close } = await visitor(browser, service.address, { viewport, colorScheme, bypassCSP: true, reducedMotion: 'reduce' })
  const open = async (address: string): Promise<void> => {
    await page.goto(address)
    await page.addStyleTag({ content: sameEverywhere })
    await page.evaluate(() => document.fonts.ready)
  }
  const found: string[] = []
  for (const [name, address] of [['not-found', '/no-such-page'], ['sign-in', '/sign-in'], ['help', '/help']] as const) {
    await open(address)
    found.push(...await difference(page, circumstances, name, colours))
  }
  await open('/styleguide')
  // As tall as the page, so that no part of it has to be scrolled into view.
  await page.setViewportSize({ ...viewport, height: await page.evaluate(() => document.documentElement.scrollHeight) })
  for (const section of await page.locator('section.guide').all()) {
    found.push(...await difference(section, circumstances, `styleguide-${await section.getAttribute('aria-labelledby')}`, colours))
  }
  if (renew) writeFileSync(palette, `{\n${Object.entries(colours).map(([name, cover]) => `"${name}": ${JSON.stringify(cover)}`).join(',\n')}\n}\n`)
  expect(found).toEqual([])
  await close()
})

test('a ring shows where the keyboard is, on every kind of thing that can be pressed', async () => {
  const { page, close } = await visitor(browser, service.address)
  await page.goto('/styleguide')
  const pressed = ['main .chip', 'main .ds-button', 'main .view-switch a', 'main .link-card', '#field', '#select', '#radios-2', '#checkbox', 'td.free a', '.crumbs a', 'summary', '.brand']
  const ringless: string[] = []
  for (const selector of pressed) {
    await page.locator(selector).first().focus()
    // Only a key makes the browser show the ring.
    await page.keyboard.press('Shift+Tab')
    await page.keyboard.press('Tab')
    // A choice's ring goes around its words too.
    const ring = await page.evaluate(() => Math.max(...[document.activeElement!, document.activeElement!.closest('.ds-field')].map((one) => {
      const { outlineStyle, outlineWidth } = one ? getComputedStyle(one) : { outlineStyle: 'none', outlineWidth: '0' }
      return outlineStyle === 'none' ? 0 : Number.parseFloat(outlineWidth)
    })))
    if (ring < 2) ringless.push(`${selector}: ${ring}`)
  }
  expect(ringless).toEqual([])
  await close()
})
