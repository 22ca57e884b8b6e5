import type { BrowserContextOptions } from 'playwright-core'
import { expect, test } from 'vitest'
import { accessibilityFaults, overflows, visitor } from '../support/browser.ts'
import { browser, service } from '../support/served.ts'

const faults = async (options: BrowserContextOptions, path: string, rules?: string[]): Promise<string[]> => {
  const { page, elsewhere, errors, close } = await visitor(browser, service.address, options)
  await page.goto(path)
  const found = [...await accessibilityFaults(page, { rules }), ...(await overflows(page) ? ['wider than the window'] : []), ...elsewhere, ...errors]
  await close()
  return found
}

const phone = { width: 360, height: 780 }
const wide = { width: 1280, height: 900 }

test('axe finds nothing in any part', async () => {
  for (const viewport of [phone, wide]) expect(await faults({ viewport }, '/styleguide'), `${viewport.width}`).toEqual([])
})

/** What a theme can spoil. */
const ofTheme = ['color-contrast', 'link-in-text-block']
const themes: [string, BrowserContextOptions][] = [
  ['dark', { colorScheme: 'dark' }],
  ['more contrast', { contrast: 'more' }],
  ['more contrast in the dark', { colorScheme: 'dark', contrast: 'more' }],
  ['colours of the system', { forcedColors: 'active' }],
]
test.each(themes)('every part can be read in another theme: %s', async (_name, options) => {
  for (const viewport of [phone, wide]) expect(await faults({ ...options, viewport }, '/styleguide', ofTheme), `${viewport.width}`).toEqual([])
})

const codes = ['malformed', 'forbidden', 'not-found', 'too-many-requests', 'failure', 'busy', 'storage-full', 'no-rule-book']

test('axe finds nothing on the error pages, and they fit a small phone in every language', async () => {
  const { page, close } = await visitor(browser, service.address, { viewport: { width: 320, height: 700 } })
  for (const path of [...codes.map((code) => `/styleguide/errors/${code}`), '/spaces/kalion-koulu-liikunta-sali']) {
    for (const prefix of ['/sv', '/en', '']) {
      await page.goto(`${prefix}${path}`)
      expect(await overflows(page), `${prefix}${path}`).toBe(false)
    }
    expect(await accessibilityFaults(page), path).toEqual([])
  }
  await close()
})

test('no part is too wide for the smallest phone', async () => {
  const { page, close } = await visitor(browser, service.address, { viewport: { width: 320, height: 700 } })
  for (const prefix of ['', '/sv', '/en']) {
    await page.goto(`${prefix}/styleguide`)
    expect(await overflows(page), prefix).toBe(false)
  }
  await close()
})

test('who asks for less motion gets none', async () => {
  const { page, close } = await visitor(browser, service.address, { reducedMotion: 'reduce' })
  for (const path of ['/styleguide', '/spaces']) {
    await page.goto(path)
    const moving = await page.evaluate(() => [...document.querySelectorAll('*')].filter((one) => {
      const { transitionDuration, animationName, scrollBehavior } = getComputedStyle(one)
      return transitionDuration.split(', ').some((time) => Number.parseFloat(time) > 0) || animationName !== 'none' || scrollBehavior === 'smooth'
    }).map((one) => one.className || one.tagName).slice(0, 5))
    expect(moving, path).toEqual([])
  }
  await close()
})
