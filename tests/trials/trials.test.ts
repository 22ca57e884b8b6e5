import { parse } from 'csv-parse/sync'
import { eq } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { book } from '../../src/bookings/actions.ts'
import type { BookingWish } from '../../src/bookings/wish.ts'
import { eventsOf } from '../../src/history/store.ts'
import { personById } from '../../src/people/store.ts'
import type { Edition } from '../../src/rulebook/edition.ts'
import { editions } from '../../src/rulebook/table.ts'
import { markCatalogueChanged } from '../../src/spaces/store.ts'
import { areas } from '../../src/spaces/table.ts'
import { startTrial } from '../../src/trials/actions.ts'
import { trialById } from '../../src/trials/store.ts'
import { trials } from '../../src/trials/table.ts'
import { at, wishFor } from '../bookings/wishes.ts'
import { exampleJson } from '../rulebook/example.ts'
import type { Name } from '../support/cast.ts'
import { world, type World } from '../support/world.ts'

const hobby = { openToAll: true, localShare: 1 }
const party: BookingWish['facts'] = { applicant: 'private_person', purpose: 'private_party', people: 10, groups: [], activities: [] }

/** A town where an open hobby evening is free, a private party pays 18 €/h and a closed club waits for staff. */
async function lastWeek(): Promise<World> {
  const the = await world()
  const booked = async (name: Name, space: string, from: string, to: string, facts: Partial<BookingWish['facts']>) => {
    const wish = wishFor(space, from, to)
    const done = await book(the.ctx, (await personById(the.ctx.db, name))!, { ...wish, facts: { ...wish.facts, ...facts } }, { language: 'fi' })
    if (!done.ok) throw new Error(JSON.stringify(done.refusals))
  }
  await booked('olli', 'luokka', '2026-11-24T18:00', '2026-11-24T20:00', hobby)
  await booked('olli', 'luokka', '2026-11-25T18:00', '2026-11-25T20:00', hobby)
  await booked('maija', 'kokoushuone', '2026-11-25T17:00', '2026-11-25T19:00', party)
  the.clock.set(at('2026-12-24T12:00'))
  return the
}

/** The example, changed into a draft. */
async function draft(the: World, id: string, change: (edition: Edition) => void): Promise<void> {
  const content: Edition = { ...exampleJson(), id, status: 'draft', validFrom: '2027-01-01' }
  change(content)
  await the.ctx.db.transaction((db) => db.insert(editions).values({ id, status: 'draft', validFrom: content.validFrom, content, createdAt: the.clock.now() }).returning())
}
const rule = (edition: Edition, id: string) => edition.chargeRules.find((one) => one.id === id)!

async function tried(the: World, id: string) {
  const kerttu = (await personById(the.ctx.db, 'kerttu'))!
  const trial = (await startTrial(the.ctx, kerttu, { id, revision: 0 }))!
  await the.settle()
  return (await trialById(the.ctx.db, id, trial.id))!
}

test('the edition that decided changes nothing for anybody', async () => {
  const the = await lastWeek()
  await draft(the, 'sama', () => undefined)
  const { state, done, all, outcome } = await tried(the, 'sama')
  expect({ state, done, all }).toEqual({ state: 'done', done: 3, all: 3 })
  expect(outcome).toMatchObject({
    from: '2025-12-24', to: '2026-12-24',
    all: { bookings: 3, becameFree: 0, becamePaid: 0, becamePerson: 0, becameNotAllowed: 0, cheaper: 0, dearer: 0, centsBefore: 3600, centsAfter: 3600, centsOpen: 0 },
  })
})

test('a draft that takes money for hobbies and more of it for parties says who loses and what the city gets', async () => {
  const the = await lastWeek()
  await draft(the, 'kalliimpi', (edition) => {
    Object.assign(rule(edition, 'open_activity'), { charge: 'paid', priceClass: 'basic' })
    Object.assign(rule(edition, 'self_organised'), { charge: 'paid', priceClass: 'basic' })
    for (const row of edition.priceList.prices) if (row.group === 'full') row.centsPerHour *= 2
  })
  const { outcome } = await tried(the, 'kalliimpi')
  // Two evenings of two hours at 9 €, and a party that costs twice as much.
  expect(outcome!.all).toMatchObject({ bookings: 3, becamePaid: 2, dearer: 1, centsBefore: 3600, centsAfter: 2 * 1800 + 7200 })
  expect(outcome!.byApplicant).toMatchObject({ private_person: { bookings: 1, dearer: 1, becamePaid: 0, centsAfter: 7200 } })
  expect(Object.keys(outcome!.byApplicant)).toHaveLength(2)
  expect(outcome!.byArea).toMatchObject({ keskinen: { bookings: 3 } })
  expect(outcome!.byKind).toMatchObject({ classroom: { bookings: 2, becamePaid: 2 }, meeting_room: { bookings: 1, dearer: 1 } })
})

test('prices are those of the draft’s first day, not of the day of the booking', async () => {
  const the = await lastWeek()
  await draft(the, 'uusi-vuosi', (edition) => {
    edition.priceList.prices = edition.priceList.prices.flatMap((row) => row.group !== 'full' ? [row] : [
      { ...row, validTo: '2026-12-31' }, { ...row, validFrom: '2027-01-01', centsPerHour: 5000 },
    ])
  })
  expect((await tried(the, 'uusi-vuosi')).outcome!.all).toMatchObject({ dearer: 1, centsAfter: 10_000 })
})

test('what staff would have to price, and what would not be allowed, brings no sure money', async () => {
  const the = await lastWeek()
  await draft(the, 'tiukka', (edition) => {
    const { contact } = rule(edition, 'big_event')
    Object.assign(rule(edition, 'private_event'), { charge: 'needs_person', priceClass: undefined })
    Object.assign(rule(edition, 'self_organised'), { charge: 'not_allowed', contact })
    Object.assign(rule(edition, 'open_activity'), { charge: 'not_allowed', contact })
  })
  expect((await tried(the, 'tiukka')).outcome!.all).toMatchObject({
    becamePerson: 1, becameNotAllowed: 2, centsBefore: 3600, centsAfter: 0, centsOpen: 3600,
  })
})

test('bookings that were made more than a year ago do not count', async () => {
  const the = await lastWeek()
  await draft(the, 'sama', () => undefined)
  the.clock.set(at('2027-11-23T00:00'))
  expect((await tried(the, 'sama')).outcome!.all.bookings).toBe(3)
  the.clock.set(at('2027-11-24T00:00'))
  expect((await tried(the, 'sama')).outcome!.all.bookings).toBe(0)
})

test('Kerttu tries a draft on the desk: progress, the result with its chart, and a file for a spreadsheet', async () => {
  const the = await lastWeek()
  await draft(the, 'juhlat-kalliiksi', (edition) => {
    for (const row of edition.priceList.prices) if (row.group === 'full') row.centsPerHour *= 2
  })
  const kerttu = await the.client('kerttu')
  const started = await kerttu.post('/desk/rules/juhlat-kalliiksi/trials').expect(303)
  const page = started.headers['location']!
  const waiting = await kerttu.get(page).expect(200)
  expect(waiting.text).toContain('Kokeilu alkaa pian.')
  expect(waiting.text).toContain('<noscript><meta http-equiv="refresh" content="2"></noscript>')
  await kerttu.get(`${page}/table.csv`).expect(404)
  await the.settle()
  const done = await kerttu.get(page).expect(200)
  expect(done.text).not.toContain('http-equiv="refresh"')
  expect(done.text).toContain('Kokeilussa oli 3 varausta, jotka tehtiin 24.12.2025 – 24.12.2026')
  expect(done.text).toContain('1 varaukselle kävisi huonommin: maksulliseksi muuttuisi 0, kalliimmaksi 1, kielletyksi 0.')
  expect(done.text).toContain('Erotus +36')
  expect(done.text).toContain('<rect class="losing"')
  const file = await kerttu.get(`/sv${page}/table.csv`).expect(200).expect('content-disposition', /juhlat-kalliiksi-2025-12-24-2026-12-24\.csv/)
  const rows = parse(file.text, { bom: true, delimiter: ';' }) as string[][]
  expect(file.text.charCodeAt(0)).toBe(0xfeff)
  const finnish = parse((await kerttu.get(`${page}/table.csv`).expect(200)).text, { bom: true, delimiter: ';' }) as string[][]
  expect(finnish.find(([, name]) => name === 'Yksityishenkilö')).toEqual(['Varaajan mukaan', 'Yksityishenkilö', '1', '0', '0', '0', '0', '0', '1', '36', '72', '0'])
  const english = parse((await kerttu.get(`/en${page}/table.csv`).expect(200)).text, { bom: true }) as string[][]
  expect(english.find(([, name]) => name === 'Private person')?.slice(1, 3)).toEqual(['Private person', '1'])
  expect([finnish, english, rows].map((all) => new Set(all.map((row) => row.length)))).toEqual([new Set([12]), new Set([12]), new Set([12])])
  expect(rows[0]!.slice(0, 3)).toEqual(['Gruppering', 'Namn', 'Bokningar'])
  expect(rows.find(([, name]) => name === 'Privatperson')).toEqual(['Efter vem som bokar', 'Privatperson', '1', '0', '0', '0', '0', '0', '1', '36', '72', '0'])
  expect(rows.find(([, name]) => name === 'Mellersta')?.[2]).toBe('3')
  expect((await eventsOf(the.ctx.db, 'juhlat-kalliiksi')).map(({ what, actor }) => [what, actor])).toEqual([['edition.tried', 'kerttu']])
})

test('a name that begins like a formula is text in the file, in every language, and a sum below nothing is still a number', async () => {
  const the = await lastWeek()
  await draft(the, 'kaavat', () => undefined)
  const { id, outcome } = await tried(the, 'kaavat')
  const all = { ...outcome!.all, centsAfter: -1250, centsOpen: -300 }
  await the.ctx.db.transaction((db) => db.update(trials).set({ outcome: { ...outcome!, all } }).where(eq(trials.id, id)).returning())
  const kerttu = await the.client('kerttu')
  const ours = { fi: ';', sv: ';', en: ',' } as const
  const formulas = [
    `=cmd|' /C calc'!A0`, '=HYPERLINK("http://evil.example";"Katso")', '+358 9 310 1691', '-1+cmd|x', '@SUM(A1:A9)', '\t=1+1', '\r=1+1', '＝1+1', '＋1', '－1', '＠SUM(1)',
    '=1,2;3"\r\n=4',
  ]
  for (const text of formulas) {
    await the.ctx.db.transaction(async (db) => {
      await db.update(areas).set({ name: { fi: text, sv: text, en: text } }).where(eq(areas.id, 'keskinen')).returning()
      await markCatalogueChanged(db)
    })
    for (const [language, delimiter] of Object.entries(ours)) {
      const { text: file } = await kerttu.get(`/${language === 'fi' ? '' : `${language}/`}desk/rules/kaavat/trials/${id}/table.csv`).expect(200)
      const [head, sum, ...rows] = parse(file, { bom: true, delimiter, record_delimiter: '\r\n' }) as string[][]
      const named = rows.filter((row) => row.slice(2).join() === [3, 0, 0, 0, 0, 0, 0, 36, 36, 0].join())
      expect([language, named.map(([, name]) => name)]).toEqual([language, [`'${text}`]])
      expect([head, sum, ...rows].flatMap((row) => row!.slice(0, 2)).filter((cell) => /^[=+\-@\t\r＝＋－＠]/.test(cell))).toEqual([])
      expect(sum!.slice(-3)).toEqual(language === 'en' ? ['36', '-12.5', '-3'] : ['36', '-12,5', '-3'])
    }
  }
})

test('a trial that is stopped stays stopped, and finds nothing', async () => {
  const the = await lastWeek()
  await draft(the, 'sama', () => undefined)
  const kerttu = await the.client('kerttu')
  const page = (await kerttu.post('/desk/rules/sama/trials').expect(303)).headers['location']!
  await kerttu.post(`${page}/cancellation`).expect(303)
  await the.settle()
  expect((await kerttu.get(page).expect(200)).text).toContain('Kokeilu keskeytyi. Tuloksia ei ole.')
  await kerttu.get(`${page}/table.csv`).expect(404)
  expect((await kerttu.get('/desk/rules/sama/trials').expect(200)).text).toContain('keskeytetty')
})

test('only those who keep the rules try them, and a trial belongs to its edition', async () => {
  const the = await lastWeek()
  await draft(the, 'sama', () => undefined)
  await draft(the, 'toinen', () => undefined)
  const kerttu = await the.client('kerttu')
  const page = (await kerttu.post('/desk/rules/sama/trials').expect(303)).headers['location']!
  await kerttu.get(page.replace('/sama/', '/toinen/')).expect(404)
  await kerttu.post('/desk/rules/puuttuu/trials').expect(404)
  const kalle = await the.client('kalle')
  await kalle.post('/desk/rules/sama/trials').expect(403)
  await kalle.get(page).expect(403)
  await (await the.client('maija')).get(page).expect(403)
  await (await the.client()).get(page).expect(303)
})
