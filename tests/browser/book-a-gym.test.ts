import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { accessibilityFaults, launch, overflows, visitor } from '../support/browser.ts'
import { startService, until, type Service } from '../support/service.ts'

let browser: Browser
let service: Service
beforeAll(async () => {
  [browser, service] = await Promise.all([launch(), startService()])
})
afterAll(async () => {
  await browser?.close()
  await service?.stop()
})

/** Follows the sign-in link out of the newest mail to the address, and presses the button behind it. */
async function signInByMail(page: Page, email: string): Promise<void> {
  await page.getByLabel(/sähköposti/i).fill(email)
  await page.locator('main').getByRole('button').first().click()
  const mail = await until(() => service.mails().filter(({ to }) => to.includes(email)).at(-1))
  const link = /https?:\/\/\S+\/sign-in\/\S+/.exec(mail.text)?.[0] ?? ''
  await page.goto(new URL(link).pathname + new URL(link).search)
  await page.locator('main').getByRole('button').first().click()
}

async function signInAsDemo(page: Page, name: RegExp): Promise<void> {
  await page.goto('/dev/sign-in')
  await page.locator('main').getByRole('button', { name }).click()
}

test('without JavaScript: a newcomer finds a gym, books it, and sees it in the calendar', async () => {
  const { page, elsewhere, errors, close } = await visitor(browser, service.address, { javaScriptEnabled: false, viewport: { width: 360, height: 780 } })
  await page.goto('/')
  expect(await overflows(page).catch(() => false)).toBe(false)
  await page.goto('/spaces?kind=gym&date=2026-11-25&from=17:00&to=21:00&minutes=60&people=12&applicant=unregistered_group&purpose=hobby')
  await page.locator('a[href*="/bookings/new?"]').first().click()
  expect(page.url()).toContain('/bookings/new')

  for (let step = 0; step < 8 && !/\/bookings\/TV-/.test(page.url()); step++) {
    if (page.url().includes('/sign-in')) {
      await signInByMail(page, 'uusi.kavija@example.org')
      continue
    }
    await fillWhatIsAsked(page)
    await page.locator('main form button[type=submit], main form button:not([type])').filter({ hasNotText: /vapauta|luovu|päästä/i }).last().click()
  }
  expect(page.url()).toMatch(/\/bookings\/TV-[A-Z0-9]{4}-[A-Z0-9]{4}/)
  expect(await page.textContent('main')).toContain('TV-')

  const ref = /TV-[A-Z0-9]{4}-[A-Z0-9]{4}/.exec(page.url())?.[0]
  const mail = await until(() => service.mails().find(({ subject, calendar }) => calendar && /varau/i.test(subject)))
  expect(mail.calendar).toContain('BEGIN:VEVENT')
  expect(mail.text).toContain(ref)
  expect(elsewhere).toEqual([])
  expect(errors).toEqual([])
  await close()
})

/** Fills in whatever the form asks on this page, as a person with ordinary answers would. */
async function fillWhatIsAsked(page: Page): Promise<void> {
  for (const radio of await page.locator('main fieldset').all()) {
    const options = radio.locator('input[type=radio]')
    if ((await options.count()) > 0 && (await radio.locator('input[type=radio]:checked').count()) === 0) await options.first().check()
  }
  for (const field of await page.locator('main input[required], main input[name=title], main input[name*=ame], main input[name*=hone]').all()) {
    if (!(await field.isVisible())) continue
    const type = await field.getAttribute('type')
    if (type === 'checkbox') await field.check()
    else if (type !== 'radio' && !(await field.inputValue())) await field.fill(type === 'tel' ? '040 123 4567' : 'Sulkapallovuoro')
  }
  for (const box of await page.locator('main input[type=checkbox][name*=erms]').all()) await box.check()
}

const pages = ['/', '/spaces', '/rules', '/calendars', '/sign-in', '/accessibility', '/privacy', '/about-data', '/no-such-page']
for (const prefix of ['', '/sv', '/en']) {
  test(`axe finds nothing on the open pages${prefix ? ` in ${prefix.slice(1)}` : ''}, and nothing overflows a small phone`, async () => {
    const { page, elsewhere, errors, close } = await visitor(browser, service.address, { viewport: { width: 320, height: 700 } })
    await page.goto('/spaces?kind=gym')
    const space = await page.locator('main a[href*="/spaces/"]').first().getAttribute('href')
    await page.goto(space!)
    const unit = await page.locator('main a[href*="/units/"]').first().getAttribute('href')
    for (const path of [...pages, space!, unit!]) {
      await page.goto(prefix ? `${prefix}${path === '/' ? '' : path}` : path)
      expect(await accessibilityFaults(page), `${prefix}${path}`).toEqual([])
      expect(await overflows(page), `${prefix}${path} is too wide`).toBe(false)
    }
    expect(elsewhere).toEqual([])
    expect(errors).toEqual([])
    await close()
  })
}

test('axe finds nothing on the pages of signed-in people and of the desk', async () => {
  const member = await visitor(browser, service.address)
  await signInAsDemo(member.page, /Maija/)
  for (const path of ['/bookings', '/me', '/associations', '/calendars']) {
    await member.page.goto(path)
    expect(await accessibilityFaults(member.page), path).toEqual([])
  }
  await member.close()
  const manager = await visitor(browser, service.address)
  await signInAsDemo(manager.page, /Kalle/)
  for (const path of ['/desk', '/desk/requests']) {
    await manager.page.goto(path)
    expect(await accessibilityFaults(manager.page), path).toEqual([])
  }
  await manager.close()
})

test('dark mode has enough contrast too', async () => {
  const { page, close } = await visitor(browser, service.address, { colorScheme: 'dark' })
  for (const path of ['/', '/spaces?kind=gym', '/rules']) {
    await page.goto(path)
    expect(await accessibilityFaults(page), path).toEqual([])
  }
  await close()
})
