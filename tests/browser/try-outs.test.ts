import type { Locator, Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { accessibilityFaults, overflows, reading, visitor } from '../support/browser.ts'
import { browser, service } from '../support/served.ts'
import { until } from '../support/service.ts'

const phone = { viewport: { width: 360, height: 740 }, hasTouch: true, isMobile: true }
const [mostTaps, mostSeconds] = [8, 60]

/**
 * What a hand needs, by the Keystroke-Level Model: 1.35 s to think of each control, 1.1 s for each touch of the two that a
 * choice or a date takes, and half a second for each typed letter.
 */
const [thinking, touching, typing] = [1.35, 2 * 1.1, 0.5]

/** A hand on a phone. Every control that is used counts as one tap: a choice, a date, a typed field, a link, a button. Scrolling does not. */
function handOn(page: Page) {
  const started = performance.now()
  const used = { taps: 0, letters: 0 }
  return {
    async tap(what: Locator): Promise<void> {
      used.taps += 1
      await what.tap()
    },
    async choose(label: string, value: string): Promise<void> {
      used.taps += 1
      await page.getByLabel(label).selectOption(value)
    },
    async type(label: string | RegExp, text: string, letters = text.length): Promise<void> {
      used.taps += 1
      used.letters += letters
      await page.getByLabel(label, typeof label === 'string' ? { exact: true } : {}).fill(text)
    },
    /** What was needed so far; the service's own seconds are those of this machine. */
    needed(name: string): { taps: number; seconds: number } {
      const service = (performance.now() - started) / 1000
      const seconds = service + used.taps * (thinking + touching) + used.letters * typing
      if (process.env['SHOW_TAPS']) console.log(`${name}: ${used.taps} taps, ${seconds.toFixed(0)} s, of which the service and the browser ${service.toFixed(1)} s`)
      return { taps: used.taps, seconds }
    },
  }
}
type Hand = ReturnType<typeof handOn>

const main = (page: Page) => page.locator('main')
const button = (page: Page, name: string | RegExp): Locator => main(page).getByRole('button', { name }).first()
/** A date is picked, not typed. */
const picked = 0

async function signedIn(page: Page, name = /Maija/): Promise<void> {
  await page.goto('/dev/sign-in')
  await button(page, name).click()
}

type Before = { space: string; purpose: string; title: string; date?: string; applicant?: string }

/** Somebody has booked this once, step by step; Maija for her association. */
async function bookedBefore(page: Page, { space, purpose, title, date = '2026-11-25', applicant = 'registered_association' }: Before): Promise<void> {
  await page.goto(`/bookings/new?space=${space}&date=${date}&from=17:00&to=18:00&applicant=${applicant}&purpose=${purpose}&people=8&step=wish`)
  for (const [question, answer] of [['Saako kuka tahansa tulla mukaan?', 'Kyllä'], ['Keräätkö pääsymaksun?', 'Ei']] as const) {
    const group = page.getByRole('group', { name: question })
    if (await group.count()) await group.getByLabel(answer, { exact: true }).check()
  }
  await button(page, 'Pidä aika minulle ja jatka').click()
  await page.getByLabel('Tilaisuuden nimi').fill(title)
  await button(page, 'Jatka').click()
  const terms = page.getByLabel('Olen lukenut ehdot ja hyväksyn ne')
  if (await terms.count()) await terms.check()
  await button(page, 'Varaa').click()
  await page.waitForURL(/\/bookings\/TV-/)
}

/** What the booked page says, as one line. */
async function booked(page: Page): Promise<string> {
  await page.waitForURL(/\/bookings\/TV-[A-Z0-9]{4}-[A-Z0-9]{4}/)
  return (await main(page).textContent() ?? '').replace(/\s+/g, ' ')
}

/** A badminton hour for six, Thursday after six, near Kallio. */
async function findsTheHour(page: Page, hand: Hand): Promise<void> {
  await hand.choose('Mitä varten?', 'sport')
  await hand.type('Montako?', '6')
  await hand.type('Milloin?', '2026-11-26', picked)
  await hand.choose('Mihin aikaan?', '18:00')
  await hand.type('Missä?', 'Kallio')
  await hand.tap(button(page, 'Etsi'))
}

test('a badminton hour for six, Thursday after six, near Kallio, free for my association', async () => {
  const { page, errors, close } = await visitor(browser, service.address, phone)
  await signedIn(page)
  await bookedBefore(page, { space: 'kallion-lukio-liikuntasali', purpose: 'sport', title: 'Sulkapallovuoro' })
  await page.goto('/')
  const hand = handOn(page)
  await findsTheHour(page, hand)
  const card = page.locator('.space-card').first()
  await reading(card).toMatch(/m ·[^]*Maksuton/)
  await hand.tap(card.getByRole('link', { name: /^Varaa/ }).first())
  await reading(main(page)).toMatch(/torstaina 26\.11\.2026 klo 18–19.*6 henkeä.*Esimerkkikerho ry.*Maksuton/)
  await hand.tap(button(page, 'Varaa'))
  expect(await booked(page)).toMatch(/Sulkapallovuoro torstaina? 26\.11\.2026 klo 18–19.*Vahvistettu.*Maksuton/)
  const { taps, seconds } = hand.needed('the badminton hour')
  expect(taps).toBeLessThanOrEqual(mostTaps)
  expect(seconds).toBeLessThan(mostSeconds)
  expect(errors).toEqual([])
  await close()
})

test('a meeting room with a projector that a wheelchair reaches, tomorrow', async () => {
  const { page, errors, close } = await visitor(browser, service.address, phone)
  await signedIn(page)
  await bookedBefore(page, { space: 'kallion-kirjasto-kokoushuone', purpose: 'meeting', title: 'Hallituksen kokous' })
  await page.goto('/')
  const hand = handOn(page)
  await hand.choose('Mitä varten?', 'meeting')
  await hand.type('Milloin?', '2026-11-24', picked)
  await hand.tap(button(page, 'Etsi'))
  await hand.tap(page.locator('#more > summary'))
  await hand.choose('Pitääkö tilaan päästä…', 'wheelchair')
  await hand.tap(page.getByLabel('Videotykki'))
  await expect.poll(() => new URL(page.url()).searchParams.getAll('equipment')).toEqual(['projector'])
  await hand.tap(page.locator('.space-card').first().getByRole('link', { name: /^Varaa/ }).first())
  await hand.tap(button(page, 'Varaa'))
  expect(await booked(page)).toMatch(/Hallituksen kokous tiistaina? 24\.11\.2026.*Vahvistettu/)
  const { taps, seconds } = hand.needed('the meeting room')
  expect([taps, seconds]).toEqual([8, expect.toSatisfy((seconds: number) => seconds < mostSeconds)])
  await page.locator('header.page-head .lead a').click()
  await reading(page.locator('h1')).toBe('Kokoushuone')
  await reading(page.locator('.glance')).toMatch(/Pyörätuolilla\s*esteetön[^]*videotykki/)
  expect(errors).toEqual([])
  await close()
})

test('the badminton hour again by somebody who has never been here, with the mailed link', async () => {
  const { page, errors, close } = await visitor(browser, service.address, phone)
  await page.goto('/')
  const hand = handOn(page)
  await findsTheHour(page, hand)
  await hand.tap(page.locator('.space-card').nth(1).getByRole('link', { name: /^Varaa/ }).first())
  await hand.choose('Kuka varaa?', 'registered_association')
  await hand.tap(page.getByRole('group', { name: 'Saako kuka tahansa tulla mukaan?' }).getByLabel('Kyllä', { exact: true }))
  await hand.tap(page.getByRole('group', { name: 'Keräätkö pääsymaksun?' }).getByLabel('Ei', { exact: true }))
  await hand.tap(button(page, 'Pidä aika minulle ja jatka'))
  await hand.tap(main(page).getByRole('link', { name: 'Kirjaudu ja jatka' }))
  const email = 'eka.kerta@example.org'
  await hand.type(/sähköposti/i, email)
  await hand.tap(main(page).getByRole('button').first())
  await page.getByText('Katso sähköpostisi').waitFor()
  const mail = await until(() => service.mails().find(({ to }) => to.includes(email)))
  await page.goto(new URL(/https?:\/\/\S+\/sign-in\/\S+/.exec(mail.text)![0]).pathname)
  await hand.tap(main(page).getByRole('button').first())
  await hand.type('Tilaisuuden nimi', 'Sulkapallo')
  await hand.type('Yhdistyksen rekisterinumero tai Y-tunnus', '765432')
  await hand.type('Yhdistyksen nimi', 'Kallion Mailat ry')
  await hand.type('Nimi', 'Eka Kerta')
  await hand.type('Puhelinnumero', '0401234567')
  await hand.tap(button(page, 'Jatka'))
  await hand.tap(page.getByLabel('Olen lukenut ehdot ja hyväksyn ne'))
  await hand.tap(button(page, 'Varaa'))
  expect(await booked(page)).toMatch(/Sulkapallo torstaina? 26\.11\.2026 klo 18–19.*Vahvistettu.*Maksuton/)
  hand.needed('the badminton hour for the first time, without opening the mail')
  expect(errors).toEqual([])
  await close()
})

test('the last look of somebody who is known is sound in every language, width and light', async () => {
  const faults: string[] = []
  for (const [prefix, width, colorScheme] of [['', 320, 'dark'], ['/sv', 1280, 'light'], ['/en', 360, 'dark']] as const) {
    const { page, close } = await visitor(browser, service.address, { colorScheme, viewport: { width, height: 740 } })
    await signedIn(page, /Kalle/)
    if (!prefix) await bookedBefore(page, { space: 'kallion-lukio-liikuntasali', date: '2026-12-02', purpose: 'hobby', title: 'Höntsyt', applicant: 'unregistered_group' })
    await page.goto(`${prefix}/bookings/new?space=kallion-lukio-liikuntasali&date=2026-11-27&from=18:00&to=19:00&purpose=hobby`)
    await reading(page.locator('main')).toContain('Höntsyt')
    for (const link of [null, ...await page.locator('.last-look a[href*="/bookings/new"]').evaluateAll((links) => links.map((one) => one.getAttribute('href')!))]) {
      if (link) await page.goto(link)
      for (const fault of await accessibilityFaults(page)) faults.push(`${width} ${page.url()}: ${fault}`)
      if (await overflows(page)) faults.push(`${width} ${page.url()}: wider than its window`)
    }
    await close()
  }
  expect(faults).toEqual([])
})
