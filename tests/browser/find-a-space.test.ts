import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { accessibilityFaults, overflows, reading, visitor } from '../support/browser.ts'
import { browser, service } from '../support/served.ts'

const heading = (page: Page) => page.locator('#results h2').first()
const query = (page: Page) => Object.fromEntries(new URL(page.url()).searchParams)
const focused = (page: Page) => page.evaluate(() => document.activeElement?.id ?? '')
const phone = { viewport: { width: 360, height: 780 } }

test('a changed answer changes results, address and what a screen reader hears; focus and place stay, and Back goes back', async () => {
  const { page, errors, elsewhere, close } = await visitor(browser, service.address, phone)
  await page.goto('/spaces?date=2026-11-26&from=17:00&minutes=60')
  const before = await heading(page).textContent()
  await page.getByLabel('Mitä varten?').focus()
  const scrolled = await page.evaluate(() => (scrollTo(0, 120), scrollY))
  await page.getByLabel('Mitä varten?').selectOption('sport')
  await expect.poll(() => page.url()).toContain('purpose=sport')
  await expect.poll(() => heading(page).textContent()).not.toBe(before)
  expect(await focused(page)).toBe('purpose')
  expect(await page.evaluate(() => scrollY)).toBe(scrolled)
  await reading(page.locator('#announce')).toMatch(/tilaa vapaana to 26\.11\./)
  await page.locator('#view-matrix').click()
  await expect.poll(() => page.locator('table.matrix').count()).toBe(1)
  expect(query(page)).toMatchObject({ purpose: 'sport', view: 'matrix', date: '2026-11-26' })
  expect(await focused(page)).toBe('view-matrix')
  await page.getByLabel('Montako?').fill('20')
  await page.getByLabel('Montako?').blur()
  await expect.poll(() => query(page)).toMatchObject({ people: '20', view: 'matrix', purpose: 'sport' })
  await page.goBack()
  await page.goBack()
  await expect.poll(() => page.locator('ul.cards').count()).toBe(1)
  expect(query(page)).toMatchObject({ purpose: 'sport' })
  expect(await page.getByLabel('Mitä varten?').inputValue()).toBe('sport')
  await page.goBack()
  await expect.poll(() => heading(page).textContent()).toBe(before)
  expect(await page.getByLabel('Mitä varten?').inputValue()).toBe('')
  expect([errors, elsewhere]).toEqual([[], []])
  await close()
})

test('when the network drops, the page says so, keeps the answers, and searches again when asked', async () => {
  const { page, close } = await visitor(browser, service.address, phone)
  await page.goto('/spaces?date=2026-11-26')
  await page.context().setOffline(true)
  await page.getByLabel('Mitä varten?').selectOption('meeting')
  await page.locator('#lost').waitFor()
  expect(page.url()).not.toContain('meeting')
  expect(await page.getByLabel('Mitä varten?').inputValue()).toBe('meeting')
  await page.context().setOffline(false)
  await page.getByRole('button', { name: 'Hae uudelleen' }).click()
  await expect.poll(() => page.url()).toContain('purpose=meeting')
  await expect.poll(() => page.locator('#lost').isVisible()).toBe(false)
  await close()
})

test('without JavaScript the same form, views, orders and reliefs are plain pages', async () => {
  const { page, close } = await visitor(browser, service.address, { ...phone, javaScriptEnabled: false })
  await page.goto('/spaces?date=2026-11-26')
  await page.getByLabel('Missä?').fill('Kallio')
  await page.getByLabel('Mitä varten?').selectOption('sport')
  await page.locator('#search-bar').getByRole('button').click()
  await reading(page.locator('.space-card').first()).toMatch(/Liikuntasali[^]*\d+ m ·/)
  await page.locator('#view-map').click()
  await expect.poll(() => page.locator('#map').count()).toBe(1)
  await page.locator('#view-matrix').click()
  await page.locator('#sort-size').click()
  expect(query(page)).toMatchObject({ near: 'Kallio', purpose: 'sport', view: 'matrix', sort: 'size' })
  await page.goto('/spaces?kind=kitchen&people=900&date=2026-11-26')
  await page.getByRole('link', { name: /Pienemmätkin tilat/ }).click()
  await expect.poll(() => page.locator('.space-card').count()).toBeGreaterThan(0)
  await close()
})

const pages = [
  '/spaces?view=matrix&date=2026-11-26&near=Kallio&minutes=120', '/spaces?view=map&date=2026-11-26', '/spaces?view=map&date=2026-11-26&area=keskinen&near=Kallio',
  '/spaces?date=2026-11-24&dateTo=2026-12-21&weekdays=1,2,3,4,5&minutes=120&purpose=meeting', '/spaces?kind=kitchen&people=900', '/spaces?near=xyzzy',
]
test('every view is sound, each in another language, width and light', async () => {
  const looks = [['', 320, 'light'], ['/sv', 1280, 'dark'], ['/en', 768, 'light']] as const
  const faults: string[] = []
  for (const [i, path] of pages.entries()) {
    const [language, width, colorScheme] = looks[i % looks.length]!
    const { page, close } = await visitor(browser, service.address, { colorScheme, viewport: { width, height: 800 } })
    expect((await page.goto(language + path))?.status(), path).toBe(200)
    for (const fault of await accessibilityFaults(page)) faults.push(`${width} ${language}${path}: ${fault}`)
    await page.setViewportSize({ width: 320, height: 800 })
    if (await overflows(page)) faults.push(`320 ${language}${path}: wider than its window`)
    await close()
  }
  expect(faults).toEqual([])
})
