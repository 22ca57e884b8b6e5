import { AxeBuilder } from '@axe-core/playwright'
import { chromium, type Browser, type BrowserContextOptions, type Locator, type Page } from 'playwright-core'
import { expect } from 'vitest'

const quiet = [
  '--headless', '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking',
  '--disable-component-update', '--disable-sync',
]

export const launch = (): Promise<Browser> => chromium.launch({ executablePath: '/usr/bin/chromium', args: quiet })

export type Visitor = { page: Page; close(): Promise<void>; elsewhere: string[]; errors: string[] }

/** A visitor with cookies of their own; `elsewhere` lists every request to another site, `errors` what the console said. */
export async function visitor(browser: Browser, address: string, options: BrowserContextOptions = {}): Promise<Visitor> {
  const context = await browser.newContext({ baseURL: address, locale: 'fi-FI', ...options })
  const page = await context.newPage()
  const elsewhere: string[] = []
  const errors: string[] = []
  page.on('request', (request) => {
    if (!request.url().startsWith(address) && !request.url().startsWith('data:')) elsewhere.push(request.url())
  })
  page.on('console', (message) => {
    if (message.type() === 'error' && !/status of 4\d\d/.test(message.text())) errors.push(message.text())
  })
  return { page, elsewhere, errors, close: () => context.close() }
}

/** What a person reads there in the end, spaces as one: a page is shown while it still arrives, and its last lines come last. */
export const reading = (what: Locator) => expect.poll(async () => (await what.textContent())?.replace(/\s+/g, ' ').trim(), { timeout: 10_000 })

/** Rows of long lists are made alike: axe, which takes long over each, reads the first ones. */
const alike = ['.cards > li:nth-child(n + 4)', '.matrix tbody tr:nth-child(n + 4)', '#places']

/** Our pages have no frames, for which axe would open a page of its own each time; and what it passes is not read. Half of the time. */
const axeOf = (page: Page): AxeBuilder =>
  alike.reduce((axe, selector) => axe.exclude(selector), new AxeBuilder({ page }).setLegacyMode(true).options({ resultTypes: ['violations'] }))

const leftMeanwhile = (error: unknown): boolean => error instanceof Error && error.message.includes('Execution context was destroyed')

/**
 * What axe finds against WCAG 2.2 A and AA, as short lines; or against some of its rules only. Contrast, which takes it
 * longest, is the same in every language: who looks at a page in another one need not ask again. A page that gives way to the next one meanwhile is not the one meant.
 */
export async function accessibilityFaults(page: Page, { rules, contrast = true }: { rules?: string[] | undefined; contrast?: boolean } = {}): Promise<string[]> {
  const axe = axeOf(page)
  const asked = rules ? axe.withRules(rules) : axe.withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa']).disableRules(contrast ? [] : ['color-contrast'])
  const { violations } = await asked.analyze().catch(async (error: unknown) => {
    if (!leftMeanwhile(error)) throw error
    await page.waitForLoadState()
    return asked.analyze()
  })
  return violations.flatMap(({ id, nodes }) => nodes.map(({ target }) => `${id}: ${target.join(' ')}`))
}

/** Whether the page is wider than its window. */
export const overflows = (page: Page): Promise<boolean> =>
  page.evaluate(() => document.documentElement.scrollWidth > document.documentElement.clientWidth)
