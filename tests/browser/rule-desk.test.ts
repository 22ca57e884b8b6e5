import { readFileSync } from 'node:fs'
import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { accessibilityFaults, overflows, reading, visitor } from '../support/browser.ts'
import { ownWords } from '../rulebook/editions.ts'
import { browser, service } from '../support/served.ts'

async function kerttu(page: Page): Promise<void> {
  await page.goto('/dev/sign-in')
  await page.locator('main').getByRole('button', { name: /Kerttu/ }).click()
}
const press = (page: Page, name: string) => page.locator('main').getByRole('button', { name }).first().click()
/** How pages look to one who has JavaScript, at the width of a phone: axe cannot run without. */
async function fine(paths: readonly string[]): Promise<void> {
  const { page, close } = await visitor(browser, service.address, { viewport: { width: 360, height: 780 } })
  await kerttu(page)
  for (const path of paths) {
    await page.goto(path)
    expect(await accessibilityFaults(page), path).toEqual([])
    expect(await overflows(page), path).toBe(false)
  }
  await close()
}
const shipped = new URL('../../drizzle/seed/rulebook.example.json', import.meta.url)

test('without JavaScript, on a phone: from a copy to a decision', async () => {
  const { page, errors, elsewhere, close } = await visitor(browser, service.address, { javaScriptEnabled: false, viewport: { width: 360, height: 780 } })
  await kerttu(page)
  await page.goto('/desk')
  await page.getByRole('link', { name: 'Sääntökirja' }).first().click()
  await page.getByRole('link', { name: 'Uusi luonnos' }).click()
  expect(await page.getByLabel('Tai valitse tiedosto').isVisible()).toBe(false)
  await page.locator('#id').fill('saannot-2027')
  await press(page, 'Tee luonnos')
  await page.getByRole('link', { name: 'Hinnat' }).click()
  await page.getByLabel(/€ tunnilta: Liikuntasali alle 300/).first().fill('12,50')
  await press(page, 'Tallenna')
  await press(page, 'Vertaa')
  await reading(page.locator('main')).toContain('12,50')
  await page.goto('/desk/rules/saannot-2027')
  await page.getByRole('link', { name: 'Hyväksy ja valitse alkupäivä' }).click()
  await page.getByLabel('Päätöksen numero').fill('HEL 2026-001234')
  await page.getByLabel('Päätöksen päivä').fill('2026-11-20')
  for (const tongue of ['suomeksi', 'ruotsiksi', 'englanniksi', 'selkokielellä']) await page.getByLabel(tongue).fill(`Hallitus ${tongue}`)
  await page.getByLabel('Voimaan').fill('2027-01-01')
  await press(page, 'Hyväksy versio')
  // The example's own words are not the city's: each place leads to its form.
  expect(await overflows(page)).toBe(false)
  const own = ownWords('2027')
  await page.locator('main').getByRole('link', { name: 'Yleistä' }).click()
  for (const [tongue, text] of [['Fi', own.name.fi], ['Sv', own.name.sv], ['En', own.name.en], ['Plain', own.name.plain]] as const) await page.locator(`#name${tongue}`).fill(text)
  await press(page, 'Tallenna')
  for (const [part, field, text] of [['procedure', 'responsible', own.procedure!.responsible], ['review', 'body', own.review!.body], ['review', 'contact', own.review!.contact]] as const) {
    await page.goto(`/desk/rules/saannot-2027/parts/${part}`)
    for (const [tongue, said] of [['Fi', text.fi], ['Sv', text.sv], ['En', text.en], ['Plain', text.plain]] as const) await page.locator(`#${field}${tongue}`).fill(said)
    await press(page, 'Tallenna')
  }
  await page.goto('/desk/rules/saannot-2027/adoption')
  await page.getByLabel('Päätöksen numero').fill('HEL 2026-001234')
  await page.getByLabel('Päätöksen päivä').fill('2026-11-20')
  for (const tongue of ['suomeksi', 'ruotsiksi', 'englanniksi', 'selkokielellä']) await page.getByLabel(tongue).fill(`Hallitus ${tongue}`)
  await page.getByLabel('Voimaan').fill('2027-01-01')
  await press(page, 'Hyväksy versio')
  await reading(page.locator('main')).toContain('Versio on hyväksytty.')

  await page.getByRole('link', { name: 'Peru tuleva versio' }).click()
  await fine([new URL(page.url()).pathname])
  await page.getByLabel('Päätöksen numero').fill('HEL 2026-009999')
  await page.getByLabel('Päätöksen päivä').fill('2026-11-20')
  for (const field of ['bodyFi', 'bodySv', 'bodyEn', 'bodyPlain', 'reasonFi', 'reasonSv', 'reasonEn', 'reasonPlain']) await page.locator(`#${field}`).fill(field)
  await press(page, 'Peru versio')
  await reading(page.locator('main')).toContain('Versio on peruttu.')
  await fine(['/desk/rules', '/rules/editions', '/rules/editions/saannot-2027', '/rules/restrictions', '/rules/terms'])
  expect([errors, elsewhere]).toEqual([[], []])
  await close()
})

test('without JavaScript, on a phone and in Swedish: a dated exception and a quota by form', async () => {
  const { page, errors, elsewhere, close } = await visitor(browser, service.address, { javaScriptEnabled: false, viewport: { width: 360, height: 780 } })
  await kerttu(page)
  await page.goto('/sv/desk/rules/new')
  await page.locator('#id').fill('undantag')
  await press(page, 'Gör utkastet')
  const inFour = async (said: string, field = 'text'): Promise<void> => {
    for (const tongue of ['Fi', 'Sv', 'En', 'Plain']) await page.locator(`#${field}${tongue}`).fill(`${said} ${tongue}`)
  }
  await page.getByRole('link', { name: 'Verksamhetsställenas undantag' }).click()
  await page.getByRole('link', { name: 'Nytt undantag' }).click()
  await page.getByLabel('Verksamhetsställe').selectOption({ index: 1 })
  const unit = await page.getByLabel('Verksamhetsställe').inputValue()
  await page.getByLabel('Börjar').fill('2027-02-01')
  await page.getByLabel('Slutar').fill('2027-01-31')
  await page.getByLabel('Avgiftsfri').check()
  await inFour('Renovering')
  await inFour('Försök', 'name')
  await page.locator('summary', { hasText: 'Bara de här bokarna' }).click()
  await page.getByLabel('Företag', { exact: true }).check()
  await press(page, 'Spara')
  await reading(page.locator('#validTo-error')).toBe('Slutet är före början.')
  expect(await overflows(page)).toBe(false)
  expect(await Promise.all(['#unit', '#validFrom', '#validTo', '#textSv'].map((field) => page.locator(field).inputValue()))).toEqual([unit, '2027-02-01', '2027-01-31', 'Renovering Sv'])
  expect(await page.getByLabel('Företag', { exact: true }).isChecked()).toBe(true)
  await page.getByLabel('Slutar').fill('2027-12-31')
  await press(page, 'Spara')
  await reading(page.locator('main')).toContain('Renovering Sv')

  await page.goto('/sv/desk/rules/undantag')
  await page.getByRole('link', { name: 'Kvoter', exact: true }).click()
  await page.getByRole('link', { name: 'Ny kvot' }).click()
  for (const choice of ['en förenings', 'på ett verksamhetsställe', 'per vecka']) await page.getByLabel(choice, { exact: true }).check()
  await page.getByLabel('Bokningar').fill('2')
  await inFour('Två i veckan')
  await press(page, 'Spara')
  await reading(page.locator('main')).toContain('Två i veckan Sv')
  await page.locator('main button', { hasText: 'Två i veckan' }).click()
  await reading(page.locator('main')).not.toContain('Två i veckan Sv')
  await fine(['exceptions', 'quotas'].map((part) => `/sv/desk/rules/undantag/parts/${part}`))
  expect([errors, elsewhere]).toEqual([[], []])
  await close()
})

test('a chosen file fills the field it would be pasted into', async () => {
  const { page, errors, close } = await visitor(browser, service.address)
  await kerttu(page)
  await page.goto('/desk/rules/new')
  const text = readFileSync(shipped, 'utf8')
  await page.getByLabel('Tai valitse tiedosto').setInputFiles({ name: 'edition.json', mimeType: 'application/json', buffer: Buffer.from(text) })
  await expect.poll(() => page.locator('#file').inputValue()).toBe(text)
  await page.locator('#fileId').fill('tuotu')
  await press(page, 'Tuo luonnokseksi')
  expect(new URL(page.url()).pathname).toBe('/desk/rules/tuotu')
  expect(errors).toEqual([])
  await close()
})

for (const [prefix, width, colorScheme] of [['', 360, 'dark'], ['/sv', 1280, 'light'], ['/en', 320, 'light']] as const) {
  test(`axe finds nothing on the pages of the rule book, and nothing overflows (${width} ${colorScheme}${prefix})`, async () => {
    const { page, errors, close } = await visitor(browser, service.address, { viewport: { width, height: 800 }, colorScheme })
    await kerttu(page)
    const id = `luonnos-${width}`
    await page.goto('/desk/rules/new')
    await page.locator('#id').fill(id)
    await press(page, 'Tee luonnos')
    await page.goto(`/desk/rules/${id}/rules`)
    await page.locator('#id').fill('kaikki')
    for (const field of ['textFi', 'textSv', 'textEn', 'textPlain']) await page.locator(`#${field}`).fill(field)
    await press(page, 'Tallenna')
    const look = async (what: string): Promise<void> => {
      expect(await accessibilityFaults(page, { contrast: width !== 320 }), what).toEqual([])
      expect(await overflows(page), `${what} is too wide`).toBe(false)
    }
    await press(page, 'Vertaa')
    await look('comparison')
    await page.goto(`${prefix}/desk/rules/${id}/adoption`)
    await page.locator('main form').last().locator('button[type=submit]').click()
    await look('a refused adoption')
    const at = `/desk/rules/${id}`
    for (const path of ['/desk/rules', '/desk/rules/new', at, `${at}/check`, `${at}/adoption`, `${at}/parts/general`, `${at}/parts/prices`, `${at}/parts/limits`, `${at}/parts/terms`, `${at}/parts/procedure`, `${at}/parts/review`, ...['conduct', 'tariff', 'quotas'].map((part) => `${at}/parts/${part}`), ...['exceptions', 'quotas/unit_week'].map((entry) => `${at}/entries/${entry}`), `${at}/rules/big_event`, '/desk/restrictions', '/desk/restrictions/new', '/desk/restrictions/new?unit=savoy-teatteri']) {
      await page.goto(prefix + path)
      await look(path)
    }
    await page.goto(`${prefix}/desk/rules/new`)
    await page.locator('#file').fill('{"id":"x"}')
    await page.locator('main form').last().locator('button[type=submit]').click()
    await look('a refused file')
    await page.goto(`${prefix}${at}/entries/exceptions`)
    await page.locator('main form').last().locator('button[type=submit]').click()
    await look('a refused exception')
    await page.goto(`${prefix}/desk/restrictions`)
    await page.locator('main a[href*="/desk/restrictions/"]:not([href$="/new"])').first().click()
    await look('a restriction')
    expect(errors).toEqual([])
    await close()
  })
}
