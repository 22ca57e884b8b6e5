import type { CDPSession } from 'playwright-core'
import { expect, test } from 'vitest'
import { visitor } from '../support/browser.ts'
import { browser, service } from '../support/served.ts'

type Loaded = { url: string; bytes: number; status: number; kept: string }

/** What the browser gets over the wire, headers and all, compressed as served. */
async function listenTo(session: CDPSession): Promise<Loaded[]> {
  const answers = new Map<string, Loaded>()
  const loaded: Loaded[] = []
  session.on('Network.responseReceived', ({ requestId, response }) => {
    const kept = Object.entries(response.headers).find(([name]) => name.toLowerCase() === 'cache-control')?.[1] ?? ''
    answers.set(requestId, { url: response.url, bytes: 0, status: response.status, kept: String(kept) })
  })
  session.on('Network.loadingFinished', ({ requestId, encodedDataLength }) => {
    const answer = answers.get(requestId)
    if (answer && answer.url.startsWith('http')) loaded.push({ ...answer, bytes: encodedDataLength })
  })
  await session.send('Network.enable')
  return loaded
}

const budget = 100_000
const space = '/spaces/kallion-ala-asteen-koulu-ruokasali'
const pages = ['/', '/spaces', '/spaces?view=matrix', '/spaces?view=map', space, '/units/kallion-ala-asteen-koulu', '/rules']
const windows = [{ width: 360, height: 780 }, { width: 1280, height: 900 }]

test.each(pages)('a first visit to %s weighs little, everything with a hash is kept for ever, and nothing jumps', async (path) => {
  for (const viewport of windows) {
    const { page, elsewhere, close } = await visitor(browser, service.address, { viewport })
    const loaded = await listenTo(await page.context().newCDPSession(page))
    await page.addInitScript(() => {
      const seen = { shift: 0 }
      Object.assign(window, { seen })
      new PerformanceObserver((list) => {
        for (const entry of list.getEntries() as (PerformanceEntry & { value: number; hadRecentInput: boolean })[]) if (!entry.hadRecentInput) seen.shift += entry.value
      }).observe({ type: 'layout-shift', buffered: true })
    })
    await page.goto(path, { waitUntil: 'networkidle' })
    // To the bottom and back, so that what is loaded late is counted too.
    await page.evaluate(() => window.scrollTo(0, document.documentElement.scrollHeight))
    await page.waitForLoadState('networkidle')
    const shift = await page.evaluate(() => (window as unknown as { seen: { shift: number } }).seen.shift)
    const bytes = loaded.reduce((sum, one) => sum + one.bytes, 0)
    const heaviest = [...loaded].sort((a, b) => b.bytes - a.bytes).slice(0, 4).map((one) => `${one.url.slice(service.address.length)} ${one.bytes}`)
    expect(bytes, `${path} at ${viewport.width}: ${heaviest.join(', ')}`).toBeLessThanOrEqual(budget)
    expect(loaded.length).toBeGreaterThan(5)
    for (const one of loaded.filter(({ url }) => url.includes('/static/'))) {
      expect([one.url, one.status, /\?v=[0-9a-f]{10}$/.test(one.url), one.kept]).toEqual([one.url, 200, true, 'public, max-age=31536000, immutable'])
    }
    expect(shift, `${path} moves at ${viewport.width}`).toBeLessThan(0.02)
    expect(elsewhere).toEqual([])
    if (process.env['SHOW_WEIGHT']) console.log(`${path} at ${viewport.width}: ${Math.round(bytes / 1000)} kB in ${loaded.length}, shift ${shift.toFixed(4)}`)
    await close()
  }
})
