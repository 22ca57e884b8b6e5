import { parse } from 'csv-parse/sync'
import { eq } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { book } from '../../src/bookings/actions.ts'
import { bookings } from '../../src/bookings/table.ts'
import type { BookingWish } from '../../src/bookings/wish.ts'
import { eventsOf } from '../../src/history/store.ts'
import { personById } from '../../src/people/store.ts'
import type { Edition } from '../../src/rulebook/edition.ts'
import { markCatalogueChanged } from '../../src/spaces/store.ts'
import { areas } from '../../src/spaces/table.ts'
import { runTrial, startTrial } from '../../src/trials/actions.ts'
import { trialById } from '../../src/trials/store.ts'
import { trials } from '../../src/trials/table.ts'
import { usualDay } from '../../src/trials/trial-day.ts'
import { at, wishFor } from '../bookings/wishes.ts'
import { withEdition } from '../rulebook/adopted.ts'
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
  await withEdition(the, id, content.validFrom, content, 'draft')
}
const rule = (edition: Edition, id: string) => edition.chargeRules.find((one) => one.id === id)!

async function tried(the: World, id: string, day?: string) {
  const kerttu = (await personById(the.ctx.db, 'kerttu'))!
  const trial = (await startTrial(the.ctx, kerttu, { id, revision: 0 }, day))!
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
    all: { bookings: 3, becameFree: 0, becamePaid: 0, becamePerson: 0, becameNotAllowed: 0, cheaper: 0, dearer: 0, toStaff: 0, fromStaff: 0, centsBefore: 3600, centsAfter: 3600, centsOpen: 0 },
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

/** A unit of the town where private parties are free from a day to another. */
const freeParties = (edition: Edition, validFrom: string, validTo: string): Edition['exceptions'][number] => ({
  id: 'free_parties', unit: 'kallion-kirjasto', when: { fact: 'purpose', in: ['private_party'] }, charge: 'free', text: rule(edition, 'open_activity').text, source: null,
  validFrom, validTo,
})

test('an exception of the coming year holds on the day asked, not on the days of the bookings', async () => {
  const the = await lastWeek()
  await draft(the, 'kirjasto-auki', (edition) => { edition.exceptions = [freeParties(edition, '2027-01-01', '2027-05-31')] })
  const found = async (day?: string) => (await tried(the, 'kirjasto-auki', day)).outcome!
  const counted = { asOf: '2027-01-01', all: { bookings: 3, becameFree: 1, centsBefore: 3600, centsAfter: 0 } }
  const nothing = { all: { bookings: 3, becameFree: 0, centsBefore: 3600, centsAfter: 3600 } }
  expect(await found()).toMatchObject(counted)
  expect(await found('2027-05-31')).toMatchObject({ ...counted, asOf: '2027-05-31' })
  expect(await found('2026-12-31')).toMatchObject(nothing)
  expect(await found('2027-06-01')).toMatchObject(nothing)
})

test('an exception that held on the day of a booking and has ended by the day asked does not count', async () => {
  const the = await lastWeek()
  await draft(the, 'kirjasto-oli-auki', (edition) => { edition.exceptions = [freeParties(edition, '2026-11-01', '2026-12-31')] })
  expect((await tried(the, 'kirjasto-oli-auki')).outcome!.all).toMatchObject({ becameFree: 0, centsAfter: 3600 })
  expect((await tried(the, 'kirjasto-oli-auki', '2026-12-31')).outcome!.all).toMatchObject({ becameFree: 1, centsAfter: 0 })
})

/** Parties cost 50 €/h from a day on. */
const dearerFrom = (edition: Edition, from: string, dayBefore: string): void => {
  edition.priceList.prices = edition.priceList.prices.flatMap((row) => row.group !== 'full' ? [row] : [
    { ...row, validTo: dayBefore }, { ...row, validFrom: from, centsPerHour: 5000 },
  ])
}

test('a draft copied with a first day long past shows a coming rise; on a day before it, nothing rises', async () => {
  const the = await lastWeek()
  await draft(the, 'kopio', (edition) => {
    edition.validFrom = '2024-09-01'
    dearerFrom(edition, '2027-01-01', '2026-12-31')
  })
  expect((await tried(the, 'kopio')).outcome).toMatchObject({ asOf: '2027-01-01', all: { dearer: 1, centsAfter: 10_000 } })
  expect((await tried(the, 'kopio', '2027-01-01')).outcome!.all).toMatchObject({ dearer: 1, centsAfter: 10_000 })
  expect((await tried(the, 'kopio', '2026-12-31')).outcome).toMatchObject({ asOf: '2026-12-31', all: { dearer: 0, centsAfter: 3600 } })
})

test('the usual day is the first day, else the next on which a price or an exception begins, else today', () => {
  const today = '2026-12-24'
  const edition = (validFrom: string, change: (edition: Edition) => void = () => undefined): Edition => {
    const made: Edition = { ...exampleJson(), exceptions: [], validFrom }
    change(made)
    return made
  }
  const later = (made: Edition) => dearerFrom(made, '2027-03-01', '2027-02-28')
  const exception = (from: string) => (made: Edition) => { later(made); made.exceptions = [freeParties(made, from, '2027-12-31')] }
  expect(usualDay(edition('2027-08-01', later), today)).toBe('2027-08-01')
  expect(usualDay(edition(today, later), today)).toBe(today)
  expect(usualDay(edition('2024-09-01', later), today)).toBe('2027-03-01')
  expect(usualDay(edition('2024-09-01', exception('2027-02-01')), today)).toBe('2027-02-01')
  expect(usualDay(edition('2024-09-01', exception('2027-04-01')), today)).toBe('2027-03-01')
  expect(usualDay(edition('2024-09-01', exception(today)), today)).toBe('2027-03-01')
  expect(usualDay(edition('2024-09-01', exception('2026-12-25')), today)).toBe('2026-12-25')
  expect(usualDay(edition('2024-09-01'), today)).toBe(today)
})

test('the form asks the day, refuses a wrong one at its field, and the result says it on the page, in the tables and in the file', async () => {
  const the = await lastWeek()
  await draft(the, 'kirjasto-auki', (edition) => { edition.exceptions = [freeParties(edition, '2027-02-01', '2027-05-31')] })
  const kerttu = await the.client('kerttu')
  const form = '/desk/rules/kirjasto-auki/trials'
  expect((await kerttu.get(form).expect(200)).text).toContain('type="date" value="2027-01-01" id="day" name="day"')
  const start = (body: object) => kerttu.post(form).type('form').send(body)
  for (const day of ['2027-02-30', '1.2.2027', 'huomenna', '2028-12-25', '2024-12-23', '0000-00-00']) {
    const { text } = await start({ day }).expect(422)
    expect([day, text.includes('<a href="#day">Valitse päivä, joka on enintään kahden vuoden päässä.</a>'), text.includes(`value="${day}" id="day" name="day" aria-describedby="day-hint day-error" aria-invalid="true"`)])
      .toEqual([day, true, true])
  }
  await kerttu.post(form).type('form').send('day=2027-01-01&day=2027-02-01').expect(422)
  expect(await the.ctx.db.select().from(trials)).toEqual([])
  for (const day of ['2028-12-24', '2024-12-24', '']) await start({ day }).expect(303)

  const page = (await start({ day: '2027-02-01' }).expect(303)).headers['location']!
  await the.settle()
  const said = { '': 'Hinnat ja poikkeukset sellaisina kuin ne ovat 1.2.2027', '/sv': 'Priser och undantag sådana som de är 1.2.2027', '/en': 'Prices and exceptions as they are on 1 Feb 2027' }
  for (const [prefix, words] of Object.entries(said)) {
    const { text } = await kerttu.get(`${prefix}${page}`).expect(200)
    expect([prefix, text.split(words).length - 1, (text.match(/<caption[^>]*>[^<]*/g) ?? []).filter((one) => one.includes(words)).length]).toEqual([prefix, 4, 3])
    const rows = parse((await kerttu.get(`${prefix}${page}/table.csv`).expect(200)).text, { bom: true, delimiter: prefix === '/en' ? ',' : ';' }) as string[][]
    expect(rows.at(-1)).toEqual([words, ...Array<string>(13).fill('')])
  }
})

test('a trial of before the day was kept names none, and a job of before it takes the usual day', async () => {
  const the = await lastWeek()
  await draft(the, 'sama', () => undefined)
  const { id, outcome } = await tried(the, 'sama')
  const { asOf: _, ...then } = outcome!
  await the.ctx.db.transaction((db) => db.update(trials).set({ outcome: then }).where(eq(trials.id, id)).returning())
  const kerttu = await the.client('kerttu')
  const page = `/desk/rules/sama/trials/${id}`
  expect((await kerttu.get(page).expect(200)).text).not.toContain('Hinnat ja poikkeukset')
  expect((await kerttu.get(`${page}/table.csv`).expect(200)).text).not.toContain('Hinnat ja poikkeukset')

  await the.ctx.db.transaction((db) => db.update(trials).set({ state: 'waiting', outcome: null }).where(eq(trials.id, id)).returning())
  await runTrial(the.ctx, { editionId: 'sama', trialId: id })
  expect((await trialById(the.ctx.db, 'sama', id))!.outcome!.asOf).toBe('2027-01-01')
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
    becamePerson: 1, becameNotAllowed: 2, toStaff: 1, fromStaff: 0, centsBefore: 3600, centsAfter: 0, centsOpen: 3600,
  })
})

test('counts what would move to staff and what would not need them any more, whatever happens to the charge', async () => {
  const the = await lastWeek()
  const size = (edition: Edition) => edition.approvalRules.find(({ id }) => id === 'many_people')!
  const always = { all: [] }
  // Every evening hobby goes to staff and stays free; the party does too, and becomes dearer.
  await draft(the, 'kaikki-henkilokunnalle', (edition) => {
    Object.assign(size(edition), { when: always })
    for (const row of edition.priceList.prices) if (row.group === 'full') row.centsPerHour *= 2
  })
  const first = (await tried(the, 'kaikki-henkilokunnalle')).outcome!
  expect(first.all).toMatchObject({ bookings: 3, toStaff: 3, fromStaff: 0, becamePerson: 0, becameFree: 0, becamePaid: 0, dearer: 1 })
  expect(first.byKind).toMatchObject({ classroom: { toStaff: 2, fromStaff: 0 }, meeting_room: { toStaff: 1 } })

  // Booked while staff decided on everything, and tried under rules that leave it to themselves.
  await the.ctx.db.transaction(async (db) => {
    const rows = await db.select({ id: bookings.id, decided: bookings.decided }).from(bookings)
    for (const { id, decided } of rows) await db.update(bookings).set({ decided: { ...decided, quote: { ...decided.quote, approval: 'person' } } }).where(eq(bookings.id, id)).returning()
  })
  await draft(the, 'vapaammin', (edition) => {
    Object.assign(rule(edition, 'open_activity'), { charge: 'paid', priceClass: 'basic' })
    Object.assign(rule(edition, 'self_organised'), { charge: 'paid', priceClass: 'basic' })
  })
  const { id, outcome } = await tried(the, 'vapaammin')
  expect(outcome!.all).toMatchObject({ bookings: 3, toStaff: 0, fromStaff: 3, becamePaid: 2, becamePerson: 0 })

  const kerttu = await the.client('kerttu')
  const page = `/desk/rules/vapaammin/trials/${id}`
  expect((await kerttu.get(page).expect(200)).text).toContain('0 varausta siirtyisi henkilökunnan päätettäväksi. 3 varausta ei enää tarvitsisi henkilökunnan päätöstä.')
  const [head, sum] = parse((await kerttu.get(`/en${page}/table.csv`).expect(200)).text, { bom: true }) as string[][]
  expect(['To staff to decide', 'No longer to staff'].map((name) => sum![head!.indexOf(name)])).toEqual(['0', '3'])

  // A trial of before they were counted says nothing of them, rather than none.
  const { toStaff: _, fromStaff: __, ...then } = outcome!.all
  await the.ctx.db.transaction((db) => db.update(trials).set({ outcome: { ...outcome!, all: then } }).where(eq(trials.id, id)).returning())
  const older = (await kerttu.get(page).expect(200)).text
  expect([older.includes('siirtyisi henkilökunnan'), older.includes('Ei enää henkilökunnan päätöstä')]).toEqual([false, false])
})

test('what would not be allowed neither moves to staff nor leaves them', async () => {
  const the = await lastWeek()
  await draft(the, 'kielletty', (edition) => {
    const { contact } = rule(edition, 'big_event')
    for (const one of edition.chargeRules) if (one.charge !== 'not_allowed') Object.assign(one, { charge: 'not_allowed', priceClass: undefined, contact })
  })
  expect((await tried(the, 'kielletty')).outcome!.all).toMatchObject({ becameNotAllowed: 3, toStaff: 0, fromStaff: 0 })
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
  expect(done.text).toContain('Kokeilussa oli 3 varausta, jotka varaajat tekivät 24.12.2025 – 24.12.2026')
  expect(done.text).toContain('1 varaukselle kävisi huonommin: maksulliseksi muuttuisi 0, kalliimmaksi 1, kielletyksi 0.')
  expect(done.text).toContain('Erotus +36')
  expect(done.text).toContain('<rect class="losing"')
  const file = await kerttu.get(`/sv${page}/table.csv`).expect(200).expect('content-disposition', /juhlat-kalliiksi-2025-12-24-2026-12-24\.csv/)
  const rows = parse(file.text, { bom: true, delimiter: ';' }) as string[][]
  expect(file.text.charCodeAt(0)).toBe(0xfeff)
  const finnish = parse((await kerttu.get(`${page}/table.csv`).expect(200)).text, { bom: true, delimiter: ';' }) as string[][]
  expect(finnish.find(([, name]) => name === 'Yksityishenkilö')).toEqual(['Varaajan mukaan', 'Yksityishenkilö', '1', '0', '0', '0', '0', '0', '1', '0', '0', '36', '72', '0'])
  const english = parse((await kerttu.get(`/en${page}/table.csv`).expect(200)).text, { bom: true }) as string[][]
  expect(english.find(([, name]) => name === 'Private person')?.slice(1, 3)).toEqual(['Private person', '1'])
  expect([finnish, english, rows].map((all) => new Set(all.map((row) => row.length)))).toEqual([new Set([14]), new Set([14]), new Set([14])])
  expect(rows[0]!.slice(0, 3)).toEqual(['Gruppering', 'Namn', 'Bokningar'])
  expect(rows.find(([, name]) => name === 'Privatperson')).toEqual(['Efter vem som bokar', 'Privatperson', '1', '0', '0', '0', '0', '0', '1', '0', '0', '36', '72', '0'])
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
      const named = rows.filter((row) => row.slice(2).join() === [3, 0, 0, 0, 0, 0, 0, 0, 0, 36, 36, 0].join())
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
