import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { accessibilityFaults, overflows, reading, visitor } from '../support/browser.ts'
import { browser, service } from '../support/served.ts'
import { until } from '../support/service.ts'

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

/** A visitor whose browser runs no script, on a phone. */
const plain = { javaScriptEnabled: false, viewport: { width: 360, height: 780 } }
const answer = (page: Page, question: string, to: string) => page.getByRole('group', { name: question }).getByLabel(to, { exact: true }).check()
const press = (page: Page, name: string | RegExp) => page.locator('main').getByRole('button', { name }).first().click()

test('without JavaScript: a newcomer finds a gym, books it at once, and gets the mail with the calendar file', async () => {
  const { page, elsewhere, errors, close } = await visitor(browser, service.address, plain)
  await page.goto('/')
  await page.getByLabel('Mitä varten?').selectOption('hobby')
  await page.getByLabel('Montako?').fill('12')
  await page.getByLabel('Milloin?').fill('2026-11-25')
  await press(page, 'Etsi')
  for (const summary of await page.locator('main form summary').all()) await summary.click()
  await page.getByLabel('Millainen tila?').selectOption('gym')
  await page.getByLabel('Kuka varaa?').selectOption('unregistered_group')
  await page.getByLabel('Kaikki halukkaat saavat tulla mukaan').check()
  await press(page, 'Etsi')
  await reading(page.locator('main')).toContain('Maksuton')
  await page.locator('main a[href*="/bookings/new?"]').first().click()

  await answer(page, 'Saako kuka tahansa tulla mukaan?', 'Kyllä')
  await answer(page, 'Keräätkö pääsymaksun?', 'Ei')
  await press(page, 'Pidä aika minulle ja jatka')
  await page.locator('main').getByRole('link', { name: /kirjaudu/i }).first().click()
  await signInByMail(page, 'uusi.kavija@example.org')

  await page.getByLabel('Tilaisuuden nimi').fill('Sulkapallovuoro')
  await page.getByLabel('Nimi', { exact: true }).fill('Uusi Kävijä')
  await page.getByLabel('Puhelin').fill('040 123 4567')
  await press(page, 'Jatka')
  await page.getByLabel('Olen lukenut ehdot ja hyväksyn ne').check()
  await press(page, 'Varaa')
  expect(page.url()).toMatch(/\/bookings\/TV-[A-Z0-9]{4}-[A-Z0-9]{4}/)
  const ref = /TV-[A-Z0-9]{4}-[A-Z0-9]{4}/.exec(page.url())![0]
  await reading(page.locator('main')).toContain(ref)

  const mail = await until(() => service.mails().find(({ text }) => text.includes(ref)))
  expect(mail.subject).toContain('Varaus vahvistettu')
  expect(mail.calendar).toContain('BEGIN:VEVENT')
  await page.goto('/bookings')
  await reading(page.locator('main')).toContain('Sulkapallovuoro')
  expect(elsewhere).toEqual([])
  expect(errors).toEqual([])
  await close()
})

test('without JavaScript: an association asks for a canteen, its manager approves, a neighbour’s calendar shows it', async () => {
  const member = await visitor(browser, service.address, plain)
  await signInAsDemo(member.page, /Maija/)
  await member.page.goto('/bookings/new?space=kallion-ala-asteen-koulu-ruokasali&date=2026-12-09&from=18:00&to=20:00&applicant=registered_association&purpose=civic_activity&people=30&openToAll=yes')
  await answer(member.page, 'Saako kuka tahansa tulla mukaan?', 'Kyllä')
  await answer(member.page, 'Keräätkö pääsymaksun?', 'Ei')
  await press(member.page, 'Pidä aika minulle ja jatka')
  await member.page.getByLabel('Tilaisuuden nimi').fill('Naapuruston keittoilta')
  await member.page.getByLabel('Tilaisuuden nimen saa näyttää tilan julkisessa kalenterissa').check()
  await press(member.page, 'Jatka')
  await member.page.getByLabel('Olen lukenut ehdot ja hyväksyn ne').check()
  await press(member.page, 'Lähetä varauspyyntö')
  const ref = /TV-[A-Z0-9]{4}-[A-Z0-9]{4}/.exec(member.page.url())![0]

  const manager = await visitor(browser, service.address, plain)
  await signInAsDemo(manager.page, /Kalle/)
  await manager.page.goto('/desk/requests')
  await manager.page.getByRole('link', { name: /keittoilta/i }).first().click()
  expect(manager.page.url()).toContain(`/desk/requests/${ref}`)
  await press(manager.page, 'Hyväksy pyyntö')

  const mail = await until(() => service.mails().find(({ subject, text }) => subject.includes('hyväksytty') && text.includes(ref)))
  expect(mail.to).toContain('maija.jasen@example.org')
  await member.page.goto(`/bookings/${ref}`)
  await reading(member.page.locator('main')).toContain('Vahvistettu')
  const feed = await (await fetch(`${service.address}/calendars/spaces/kallion-ala-asteen-koulu-ruokasali.ics`)).text()
  expect(feed).toContain('SUMMARY:Naapuruston keittoilta')
  expect(feed).toContain('STATUS:CONFIRMED')
  expect(feed).toContain('DTSTART:20261209T160000Z')
  await member.close()
  await manager.close()
})

const pages = [
  '/', '/spaces', '/rules', '/rules?applicant=company&purpose=commercial&people=20', '/rules/editions', '/rules/editions/example-4', '/rules/restrictions', '/rules/procedure', '/rules/terms',
  '/calendars', '/sign-in', '/accessibility', '/privacy', '/about-data', '/contact', '/help', '/no-such-page',
]
const inPlain = ['/rules?plain=1', '/rules/restrictions?plain=1', '/spaces/kallion-ala-asteen-koulu-liikuntasali?plain=1']
for (const prefix of ['', '/sv', '/en']) {
  test(`axe finds nothing on the open pages${prefix ? ` in ${prefix.slice(1)}` : ''}, and nothing overflows a small phone`, async () => {
    const { page, elsewhere, errors, close } = await visitor(browser, service.address, { viewport: { width: 320, height: 700 } })
    await page.goto('/spaces?kind=gym')
    const space = await page.locator('main a[href*="/spaces/"]').first().getAttribute('href')
    await page.goto(space!)
    const unit = await page.locator('main a[href*="/units/"]').first().getAttribute('href')
    for (const path of [...pages, ...(prefix ? [] : inPlain), space!, unit!]) {
      await page.goto(prefix ? `${prefix}${path === '/' ? '' : path}` : path)
      expect(await accessibilityFaults(page, { contrast: prefix === '' }), `${prefix}${path}`).toEqual([])
      expect(await overflows(page), `${prefix}${path} is too wide`).toBe(false)
    }
    expect(elsewhere).toEqual([])
    expect(errors).toEqual([])
    await close()
  })
}

test('axe finds nothing on the form, the booking and the desk', async () => {
  const member = await visitor(browser, service.address)
  const faults = (page: Page) => accessibilityFaults(page).then((found) => found.map((one) => `${page.url()} ${one}`))
  await signInAsDemo(member.page, /Maija/)
  await member.page.goto('/spaces?kind=gym&people=6')
  await member.page.locator('#save summary').click()
  expect(await faults(member.page)).toEqual([])
  await press(member.page, 'Tallenna haku')
  for (const path of ['/bookings', '/me', '/associations', '/calendars', '/saved-searches']) {
    await member.page.goto(path)
    expect(await faults(member.page)).toEqual([])
  }
  await member.page.goto('/bookings/new?space=kallion-ala-asteen-koulu-ruokasali&date=2026-12-10&from=18:00&to=20:00&applicant=registered_association&purpose=civic_activity&people=30')
  expect(await faults(member.page)).toEqual([])
  await press(member.page, 'Pidä aika minulle ja jatka')
  // The faulty form comes back with a summary on top, and nothing typed is lost.
  expect(await faults(member.page)).toEqual([])
  expect(await member.page.getByLabel('Montako teitä tulee?').inputValue()).toBe('30')
  await answer(member.page, 'Saako kuka tahansa tulla mukaan?', 'Kyllä')
  await answer(member.page, 'Keräätkö pääsymaksun?', 'Ei')
  await press(member.page, 'Pidä aika minulle ja jatka')
  expect(await faults(member.page)).toEqual([])
  await member.page.getByLabel('Tilaisuuden nimi').fill('Kässäkahvila')
  await press(member.page, 'Jatka')
  expect(await faults(member.page)).toEqual([])
  // Who has accepted these terms before need not do it again.
  const terms = member.page.getByLabel('Olen lukenut ehdot ja hyväksyn ne')
  if (await terms.count()) await terms.check()
  await press(member.page, 'Lähetä varauspyyntö')
  expect(await faults(member.page)).toEqual([])
  await member.close()
  const manager = await visitor(browser, service.address)
  await signInAsDemo(manager.page, /Kalle/)
  for (const path of ['/desk', '/desk/requests']) {
    await manager.page.goto(path)
    expect(await faults(manager.page)).toEqual([])
  }
  await manager.page.getByRole('link', { name: /Kässäkahvila/ }).first().click()
  expect(await faults(manager.page)).toEqual([])
  const request = manager.page.url()
  await press(manager.page, 'Hyväksy pyyntö')
  await manager.page.goto(request)
  await press(manager.page, 'Anna kirjallinen päätös')
  await expect.poll(() => manager.page.getByRole('heading', { name: 'Päätös varauksesta' }).count()).toBe(1)
  expect(await faults(manager.page)).toEqual([])
  await manager.page.goto(request)
  await manager.page.getByRole('link', { name: 'Anna varauskielto' }).click()
  expect(await faults(manager.page)).toEqual([])
  // One to come, so that it is in nobody's way here.
  const inDays = (days: number): string => new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10)
  await manager.page.getByLabel('Ensimmäinen päivä').fill(inDays(20))
  await manager.page.getByLabel('Viimeinen päivä').fill(inDays(30))
  await manager.page.getByLabel('Perustelu').fill('Kolme varausta jäi käyttämättä.')
  await press(manager.page, 'Anna varauskielto')
  expect(await faults(manager.page)).toEqual([])
  await answer(manager.page, 'Onko asianosaista kuultu?', 'Kyllä')
  await manager.page.getByLabel('Milloin?').fill(inDays(-3))
  await manager.page.getByLabel('Mitä asianosainen sanoi?').fill('Unohdin perua.')
  await press(manager.page, 'Anna varauskielto')
  await manager.page.getByRole('heading', { name: /^Varauskielto: / }).waitFor()
  expect(await faults(manager.page)).toEqual([])
  await manager.page.goto('/desk/bans')
  expect(await faults(manager.page)).toEqual([])
  await manager.page.locator('main table').getByRole('link').first().click()
  await manager.page.getByRole('link', { name: /^Päätös varauskiellosta/ }).click()
  expect(await faults(manager.page)).toEqual([])
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
