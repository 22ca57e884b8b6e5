import { readFileSync } from 'node:fs'
import path from 'node:path'
import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { accessibilityFaults, overflows, reading, visitor } from '../support/browser.ts'
import { browser, service } from '../support/served.ts'

const gym = '/spaces/kallion-ala-asteen-koulu-liikuntasali'
const focused = (page: Page) => page.evaluate(() => document.activeElement?.id ?? '')

for (const prefix of ['', '/sv', '/en']) {
  test(`axe finds nothing on a month, a free time and a refused one${prefix ? ` in ${prefix.slice(1)}` : ''}, and nothing overflows a small phone`, async () => {
    const { page, elsewhere, errors, close } = await visitor(browser, service.address, { viewport: { width: 320, height: 700 }, colorScheme: prefix === '/sv' ? 'dark' : 'light' })
    for (const query of ['', '?month=2026-12', '?at=2026-11-26T18:00&minutes=60', '?at=2026-11-26T08:00&minutes=60&applicant=company']) {
      await page.goto(`${prefix}${gym}${query}`)
      expect(await accessibilityFaults(page, { contrast: prefix !== '/en' }), `${prefix}${query}`).toEqual([])
      expect(await overflows(page), `${prefix}${query} is too wide`).toBe(false)
    }
    expect([elsewhere, errors]).toEqual([[], []])
    await close()
  })
}

test('week and month change in place: the focus stays, a screen reader hears it, and Back goes back', async () => {
  const { page, errors, close } = await visitor(browser, service.address)
  await page.goto(gym)
  await page.evaluate(() => document.body.setAttribute('data-same', 'yes'))
  await page.locator('#view-month').click()
  await expect.poll(() => page.locator('table.month').count()).toBe(1)
  expect([new URL(page.url()).search, await focused(page), await page.locator('#announce').textContent()]).toEqual(['?month=2026-11', 'view-month', 'marraskuu 2026'])
  await page.locator('#calendar-next').click()
  await expect.poll(() => page.locator('#calendar h3').textContent()).toBe('joulukuu 2026')
  expect([await focused(page), await page.locator('body[data-same]').count()]).toEqual(['calendar-next', 1])
  await page.locator('table.month td.free a').first().click()
  await expect.poll(() => page.locator('table.week').count()).toBe(1)
  await page.goBack()
  await expect.poll(() => page.locator('table.month').count()).toBe(1)
  expect(errors).toEqual([])
  await close()
})

test('without JavaScript, on a phone: from a month to a day, from a question to a time, from a time to the form', async () => {
  const { page, close } = await visitor(browser, service.address, { javaScriptEnabled: false, viewport: { width: 320, height: 700 } })
  await page.goto(gym)
  await reading(page.locator('table.week tbody th').first()).toContain('23.11.')
  await page.locator('#view-month').click()
  await page.locator('#calendar-next').click()
  await page.locator('table.month td.free a').first().click()
  expect(new URL(page.url()).searchParams.get('week')).toBe('2026-12-01')
  await page.getByLabel('Päivä ja kellonaika').fill('2026-12-02T18:00')
  await page.getByLabel('Kuinka pitkään?').selectOption('120')
  await page.getByRole('button', { name: 'Katso aika' }).click()
  expect(Object.fromEntries(new URL(page.url()).searchParams)).toEqual({ at: '2026-12-02T18:00', minutes: '120' })
  expect(await page.getByLabel('Lähetä aika muille').inputValue()).toContain(`${gym}?at=2026-12-02T18:00&minutes=120`)
  await page.getByRole('link', { name: 'Varaa tämä aika' }).click()
  expect(Object.fromEntries(new URL(page.url()).searchParams)).toMatchObject({ date: '2026-12-02', from: '18:00', to: '20:00' })
  await close()
})

test('on paper a space is one sheet of A4', async () => {
  const { page, close } = await visitor(browser, service.address)
  const margin = { top: '12mm', bottom: '12mm', left: '12mm', right: '12mm' }
  for (const address of [gym, '/sv/spaces/kallion-ala-asteen-koulu-ruokasali', '/en/spaces/arabianrannan-kirjasto-kokoushuone']) {
    await page.goto(address)
    const file = path.join(service.dataDir, 'space.pdf')
    await page.pdf({ path: file, format: 'A4', margin })
    expect([address, readFileSync(file, 'latin1').match(/\/Type\s*\/Page\b/g)?.length]).toEqual([address, 1])
  }
  await close()
})
