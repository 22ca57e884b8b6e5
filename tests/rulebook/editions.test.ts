import { eq } from 'drizzle-orm'
import { describe, expect, test } from 'vitest'
import { book } from '../../src/bookings/actions.ts'
import { bookings } from '../../src/bookings/table.ts'
import { personById } from '../../src/people/store.ts'
import { adoptDraft, changeDraft, copyEdition, deleteDraft, draftEdition, earliestStart } from '../../src/rulebook/edition-actions.ts'
import { standings } from '../../src/rulebook/edition-life.ts'
import { editionRow } from '../../src/rulebook/edition-store.ts'
import { parseEdition, type Edition } from '../../src/rulebook/edition.ts'
import { editionById, editionInForce } from '../../src/rulebook/store.ts'
import { editions, editionWithdrawals } from '../../src/rulebook/table.ts'
import { withdrawEdition } from '../../src/rulebook/withdrawal-actions.ts'
import { trials } from '../../src/trials/table.ts'
import { wishFor } from '../bookings/wishes.ts'
import { monday, world, type World } from '../support/world.ts'
import { adopted, body, changed, contentOf, decision, deeds, drafted, ownWords, revisionOf } from './editions.ts'
import { example, exampleJson } from './example.ts'

const { summary: _, ...withoutNews } = example
const dearer = (by: number) => (edition: Edition) =>
  ({ priceList: { ...edition.priceList, prices: edition.priceList.prices.map((row) => ({ ...row, centsPerHour: row.centsPerHour + by })) } })

describe('a draft', () => {
  test('is a copy of an edition, changed part by part, and every change is in the ledger', async () => {
    const the = await world()
    await drafted(the)
    expect(await editionRow(the.ctx.db, 'saannot-2027')).toMatchObject({ status: 'draft', basedOn: example.id, revision: 0, createdAt: the.clock.now(), adoptedAt: null })
    expect(await editionById(the.ctx.db, 'saannot-2027')).toEqual({ ...withoutNews, ...ownWords('saannot-2027'), id: 'saannot-2027', status: 'draft' })
    expect(await changed(the, 'saannot-2027', () => ({ validFrom: '2027-08-01' }))).toEqual({ ok: true, revision: 1 })
    expect(await changed(the, 'saannot-2027', () => ({ validFrom: '2027-08-01' }))).toEqual({ ok: true, revision: 1 })
    expect((await editionById(the.ctx.db, 'saannot-2027'))!.validFrom).toBe('2027-08-01')
    expect(await deeds(the, 'saannot-2027')).toEqual([
      ['edition.drafted', 'kerttu', { from: example.id }], ['edition.changed', 'kerttu', { part: 'general' }],
    ])
    // Nobody's wish is decided by it.
    expect((await editionInForce(the.ctx.db, '2027-09-01'))!.id).toBe(example.id)
  })

  test('has an id of its own, and none that is an address of the desk', async () => {
    const the = await world()
    await drafted(the)
    for (const id of ['saannot-2027', example.id, 'new', 'comparison']) {
      expect(await copyEdition(the.ctx, 'kerttu', { id, from: example.id })).toEqual({ ok: false, refusal: { code: 'id-taken' } })
    }
    expect(await copyEdition(the.ctx, 'kerttu', { id: 'other', from: 'none' })).toBeNull()
    const both = await Promise.all(['a', 'b'].map(() => copyEdition(the.ctx, 'kerttu', { id: 'twin', from: example.id })))
    expect(both.map((one) => one?.ok).sort()).toEqual([false, true])
  })

  test('may be saved with what the checker would find, but not when it cannot be read', async () => {
    const the = await world()
    await drafted(the)
    const shadow = (edition: Edition) => ({ chargeRules: [{ ...edition.chargeRules.at(-1)!, id: 'everybody' }, ...edition.chargeRules] })
    expect(await changed(the, 'saannot-2027', shadow)).toEqual({ ok: true, revision: 1 })
    expect(await changed(the, 'saannot-2027', () => ({ chargeRules: [], limits: { ...example.limits, holdMinutes: -1 } }))).toMatchObject({
      ok: false, refusal: { code: 'unreadable', faults: [{ path: 'chargeRules' }, { path: 'limits.holdMinutes' }] },
    })
    expect(await revisionOf(the, 'saannot-2027')).toBe(1)
  })

  test('that somebody changed meanwhile is not overwritten', async () => {
    const the = await world()
    await drafted(the)
    const change = (holdMinutes: number) => changeDraft(the.ctx, 'kerttu', 'saannot-2027', { revision: 0, part: 'limits', to: (edition) => ({ ...edition, limits: { ...edition.limits, holdMinutes } }) })
    const both = await Promise.all([change(20), change(30)])
    expect(both.filter((one) => one?.ok)).toHaveLength(1)
    expect(both.find((one) => !one?.ok)).toMatchObject({ refusal: { code: 'changed-meanwhile', revision: 1, edition: { limits: { holdMinutes: (await contentOf(the, 'saannot-2027')).limits.holdMinutes } } } })
  })

  test('is deleted with its trials; another of its id is read anew, also within the same millisecond', async () => {
    const the = await world()
    const id = await drafted(the)
    await the.ctx.db.transaction((db) => db.insert(trials).values({ id: 't', editionId: id, revision: 0, state: 'done', startedById: 'kerttu', createdAt: monday }).returning())
    expect((await editionById(the.ctx.db, id))!.name).toEqual(ownWords(id).name)
    expect(await deleteDraft(the.ctx, 'kerttu', id, 7)).toMatchObject({ refusal: { code: 'changed-meanwhile' } })
    expect(await deleteDraft(the.ctx, 'kerttu', id, 0)).toEqual({ ok: true, revision: 0 })
    expect([await editionById(the.ctx.db, id), await the.ctx.db.select().from(trials)]).toEqual([null, []])
    expect(await deleteDraft(the.ctx, 'kerttu', id, 0)).toBeNull()
    const json = { ...exampleJson(), name: { ...example.name, fi: 'Toinen' } }
    expect(await draftEdition(the.ctx, 'kerttu', { id, json, basedOn: null })).toEqual({ ok: true, id })
    expect((await editionById(the.ctx.db, id))!.name.fi).toBe('Toinen')
  })

  test('made of a file says what the file says, and is a draft whatever the file calls itself', async () => {
    const the = await world()
    const json = { ...exampleJson(), id: 'espoo', status: 'adopted', decision }
    expect(await draftEdition(the.ctx, 'kerttu', { id: 'espoo', json, basedOn: null })).toEqual({ ok: true, id: 'espoo' })
    expect(await contentOf(the, 'espoo')).toEqual({ ...example, id: 'espoo', status: 'draft', decision: null })
    for (const odd of [null, [], 'text', 7]) expect(await draftEdition(the.ctx, 'kerttu', { id: 'odd', json: odd, basedOn: null })).toMatchObject({ refusal: { code: 'unreadable', faults: [{ path: '', code: 'type' }] } })
  })
})

describe('adopting', () => {
  test('writes the decision and the day; what was adopted is changed and deleted by nobody', async () => {
    const the = await world()
    const id = await drafted(the)
    expect(await adopted(the, id)).toEqual({ ok: true, revision: 1 })
    expect(await editionRow(the.ctx.db, id)).toMatchObject({ status: 'adopted', validFrom: '2027-01-01', adoptedAt: the.clock.now(), content: { status: 'adopted', decision, validFrom: '2027-01-01' } })
    expect((await deeds(the, id)).at(-1)).toEqual(['edition.adopted', 'kerttu', { number: decision.number, date: decision.date, validFrom: '2027-01-01' }])
    const refused = { ok: false, refusal: { code: 'not-a-draft' } }
    expect(await changed(the, id, () => ({ validFrom: '2028-01-01' }))).toEqual(refused)
    expect(await adopted(the, id)).toEqual(refused)
    expect(await deleteDraft(the.ctx, 'kerttu', id, 1)).toEqual(refused)
    await expect(the.ctx.db.transaction(async (db) => { await db.update(editions).set({ validFrom: '2020-01-01' }).where(eq(editions.id, id)).returning() })).rejects.toThrow()
    expect(await adoptDraft(the.ctx, 'kerttu', 'none', { revision: 0, decision, validFrom: '2027-01-01' })).toBeNull()
  })

  test('an edition with a rule that nothing reaches is refused, with what shows it', async () => {
    const the = await world()
    const id = await drafted(the)
    await changed(the, id, (edition) => ({ chargeRules: [{ ...edition.chargeRules.at(-1)!, id: 'everybody' }, ...edition.chargeRules] }))
    const done = await adopted(the, id)
    expect(done).toMatchObject({ ok: false, refusal: { code: 'in-the-way', of: [{ code: 'not-proven', proof: { ok: false } }] } })
    const [one] = done && !done.ok && done.refusal.code === 'in-the-way' ? done.refusal.of : []
    const faults = one?.code === 'not-proven' ? one.proof.faults : []
    expect(faults[0]).toMatchObject({ code: 'unreachable', shadowedBy: ['everybody'], example: { facts: {}, space: {} } })
    expect((await editionRow(the.ctx.db, id))!.status).toBe('draft')
  })

  test('for a day on which it has no prices is refused with the place', async () => {
    const the = await world()
    const id = await drafted(the)
    await changed(the, id, (edition) => ({ validFrom: '2027-06-01', priceList: { ...edition.priceList, prices: edition.priceList.prices.map((row) => ({ ...row, validFrom: '2027-06-01' })) } }))
    expect(await adopted(the, id)).toMatchObject({ refusal: { code: 'in-the-way', of: [{ code: 'unreadable', faults: expect.arrayContaining([expect.objectContaining({ fault: 'nothing is valid on 2027-01-01' })]) as unknown }] } })
  })

  test('of two officials at once one wins', async () => {
    const the = await world()
    const id = await drafted(the)
    const both = await Promise.all([adopted(the, id), adopted(the, id, { decision: { ...decision, number: 'HEL 2026-009999' } })])
    expect(both.map((one) => one?.ok).sort()).toEqual([false, true])
    expect(both.find((one) => !one?.ok)).toMatchObject({ refusal: { code: 'not-a-draft' } })
    expect((await deeds(the, id)).filter(([what]) => what === 'edition.adopted')).toHaveLength(1)
  })

  test('what was changed after it was looked at is not adopted', async () => {
    const the = await world()
    const id = await drafted(the)
    await changed(the, id, () => ({ pricedOn: 'request' }))
    expect(await adopted(the, id, { revision: 0 })).toMatchObject({ refusal: { code: 'changed-meanwhile', revision: 1 } })
  })

  test('begins today only where nobody has adopted anything, else tomorrow, and after every day that was decided', async () => {
    const the = await world()
    expect(await earliestStart(the.ctx.db, monday)).toBe('2026-11-23')
    const first = await drafted(the, 'first')
    expect(await adopted(the, first, { validFrom: '2026-11-22' })).toEqual({ ok: false, refusal: { code: 'in-the-way', of: [{ code: 'too-early', earliest: '2026-11-23' }] } })
    expect(await adopted(the, first, { validFrom: '2026-11-23' })).toMatchObject({ ok: true })
    expect((await editionInForce(the.ctx.db, '2026-11-23'))!.id).toBe('first')
    expect(await earliestStart(the.ctx.db, monday)).toBe('2026-11-24')
    // Just before midnight in Helsinki, which is a day earlier in London.
    expect(await earliestStart(the.ctx.db, Date.parse('2026-11-25T00:30:00+02:00'))).toBe('2026-11-26')

    // A booking of a later day, made before the clock was put right.
    the.clock.set('2026-11-27T12:00:00+02:00')
    const olli = (await personById(the.ctx.db, 'olli'))!
    expect(await book(the.ctx, olli, wishFor('luokka', '2026-12-10T18:00', '2026-12-10T20:00'), { language: 'fi' })).toMatchObject({ ok: true })
    the.clock.set(monday)
    expect(await earliestStart(the.ctx.db, monday)).toBe('2026-11-28')
    expect(await adopted(the, await drafted(the, 'second'), { validFrom: '2026-11-26' })).toEqual({ ok: false, refusal: { code: 'in-the-way', of: [{ code: 'too-early', earliest: '2026-11-28' }] } })
  })
})

describe('from its day on', () => {
  const company = { facts: { applicant: 'company' as const, purpose: 'commercial' as const, openToAll: false }, payer: { name: 'Yritys Oy', address: 'Katu 1' } }
  const made = async (the: World, day: string) => {
    const done = await book(the.ctx, (await personById(the.ctx.db, 'olli'))!, wishFor('luokka', `${day}T18:00`, `${day}T19:00`, company), { language: 'fi' })
    if (!done.ok) throw new Error(JSON.stringify(done.refusals))
    const [row] = await the.ctx.db.select().from(bookings).where(eq(bookings.ref, done.booking.ref))
    return { by: row!.decided.edition, tariff: row!.decided.tariff, cents: row!.totalCents }
  }
  const hour = example.priceList.prices.find((row) => row.class === 'small' && row.group === 'full')!.centsPerHour

  test('an adopted edition decides what is asked; before it, prices of its days are its own already', async () => {
    const the = await world()
    const id = await drafted(the)
    await changed(the, id, dearer(500))
    expect(await made(the, '2027-01-12')).toEqual({ by: example.id, tariff: { edition: example.id, date: '2027-01-12' }, cents: hour })
    expect(await adopted(the, id)).toMatchObject({ ok: true })
    expect(await made(the, '2026-12-15')).toEqual({ by: example.id, tariff: { edition: example.id, date: '2026-12-15' }, cents: hour })
    expect(await made(the, '2027-01-13')).toEqual({ by: example.id, tariff: { edition: id, date: '2027-01-13' }, cents: hour + 500 })
    // Nothing is remembered wrongly: the page of the space tells the new price on the new day.
    const page = async (day: string) => (await (await the.client()).get(`/spaces/luokka?at=${day}T18:00&minutes=60&applicant=company&purpose=commercial&people=10`)).text
    const euros = (cents: number): string => `${cents / 100}`
    expect(await page('2027-01-14')).toMatch(new RegExp(`\\b${euros(hour + 500)}\\s€`))
    the.clock.set('2026-12-31T23:59:00+02:00')
    expect((await editionInForce(the.ctx.db, '2026-12-31'))!.id).toBe(example.id)
    the.clock.set('2027-01-01T00:00:00+02:00')
    expect(await made(the, '2027-01-19')).toEqual({ by: id, tariff: { edition: id, date: '2027-01-19' }, cents: hour + 500 })
    expect((await (await the.client()).get('/api/v1/rules')).body).toMatchObject({ version: id, decision })
  })

  test('a withdrawn one prices nothing from then on; what it priced before stays', async () => {
    const the = await world()
    const id = await drafted(the)
    await changed(the, id, dearer(500))
    await adopted(the, id)
    expect(await made(the, '2027-01-12')).toMatchObject({ tariff: { edition: id }, cents: hour + 500 })
    expect(await withdrawEdition(the.ctx, 'kerttu', id, { decision, reason: body })).toEqual({ ok: true })
    expect(await made(the, '2027-01-13')).toEqual({ by: example.id, tariff: { edition: example.id, date: '2027-01-13' }, cents: hour })
    expect((await the.ctx.db.select().from(bookings).orderBy(bookings.startsAt)).map(({ totalCents }) => totalCents)).toEqual([hour + 500, hour])
    await expect(the.ctx.db.transaction(async (db) => { await db.update(editionWithdrawals).set({ createdAt: 0 }).returning() })).rejects.toThrow()
    // Of two officials at once one wins.
    const other = await drafted(the, 'toinen')
    await adopted(the, other)
    const both = await Promise.all([1, 2].map(() => withdrawEdition(the.ctx, 'kerttu', other, { decision, reason: body })))
    expect(both.filter((one) => one?.ok)).toHaveLength(1)
    expect(both.find((one) => !one?.ok)).toEqual({ ok: false, refusal: { code: 'withdrawn-already' } })
  })

  test('one that prices by the day of the request keeps today’s prices for all days', async () => {
    const the = await world()
    const [first, second] = [await drafted(the, 'first'), await drafted(the, 'second')]
    await changed(the, first, () => ({ pricedOn: 'request' }))
    await changed(the, second, dearer(700))
    await adopted(the, first, { validFrom: '2026-11-23' })
    await adopted(the, second)
    expect(await made(the, '2027-01-12')).toEqual({ by: 'first', tariff: { edition: 'first', date: '2026-11-23' }, cents: hour })
    the.clock.set('2027-01-02T12:00:00+02:00')
    expect(await made(the, '2027-01-13')).toEqual({ by: 'second', tariff: { edition: 'second', date: '2027-01-13' }, cents: hour + 700 })
  })
})

test('editions stand as in force, coming, draft or replaced; of one day the last adopted counts', () => {
  const row = (id: string, status: 'example' | 'draft' | 'adopted', validFrom: string, adoptedAt: number | null = null) => ({ id, status, validFrom, createdAt: 0, adoptedAt })
  const rows = [row('d', 'draft', '2026-01-01'), row('c2', 'adopted', '2027-01-01', 3), row('a', 'example', '2024-01-01'), row('c1', 'adopted', '2027-01-01', 2), row('b', 'adopted', '2026-01-01', 1)]
  const on = (date: string) => standings(rows, date).map(({ row: { id }, state, endsOn }) => `${id} ${state}${endsOn ? ` ${endsOn}` : ''}`)
  expect(on('2026-12-31')).toEqual(['a replaced 2026-01-01', 'b in_force 2027-01-01', 'c1 replaced 2027-01-01', 'c2 coming', 'd draft'])
  expect(on('2027-01-01')).toEqual(['a replaced 2026-01-01', 'b replaced 2027-01-01', 'c1 replaced 2027-01-01', 'c2 in_force', 'd draft'])
  const without = standings(rows, '2027-01-01', new Set(['c2'])).map(({ row: { id }, state, endsOn }) => `${id} ${state}${endsOn ? ` ${endsOn}` : ''}`)
  expect(without).toEqual(['a replaced 2026-01-01', 'b replaced 2027-01-01', 'c1 in_force', 'c2 withdrawn', 'd draft'])
  expect(on('2020-01-01')).toEqual(['a coming 2026-01-01', 'b coming 2027-01-01', 'c1 replaced 2027-01-01', 'c2 coming', 'd draft'])
})

test('the body of a decision is written in every language', () => {
  expect(parseEdition({ ...exampleJson(), status: 'adopted', decision }).decision!.body).toEqual(body)
})

describe('what stands beside an edition', () => {
  test('keeps other terms from being adopted under the same version', async () => {
    const the = await world()
    await drafted(the)
    await changed(the, 'saannot-2027', ({ terms }) => ({ terms: { ...terms, text: { ...terms.text, fi: 'Toinen teksti.' } } }))
    const revision = await revisionOf(the, 'saannot-2027')
    expect(await adoptDraft(the.ctx, 'kerttu', 'saannot-2027', { revision, decision, validFrom: '2027-01-01' }))
      .toEqual({ ok: false, refusal: { code: 'in-the-way', of: [{ code: 'terms-version', version: 'example-1' }] } })
  })

  test('keeps exceptions of units that the city does not have out', async () => {
    const the = await world()
    await drafted(the)
    const { name: _, ...free } = example.chargeRules.find(({ id }) => id === 'open_activity')!
    const exception = { ...free, id: 'auki', name: example.name, unit: 'ei-ole', validFrom: '2027-01-01', validTo: '2027-03-31', text: { fi: 'Talo on auki kaikille.', sv: 'Huset är öppet för alla.', en: 'The house is open to all.', plain: 'Talo on auki.' } }
    await changed(the, 'saannot-2027', () => ({ exceptions: [exception] }))
    const revision = await revisionOf(the, 'saannot-2027')
    expect(await adoptDraft(the.ctx, 'kerttu', 'saannot-2027', { revision, decision, validFrom: '2027-01-01' }))
      .toEqual({ ok: false, refusal: { code: 'in-the-way', of: [{ code: 'unknown-units', units: ['ei-ole'] }] } })
  })

  test('and all else that is in the way is told at once', async () => {
    const the = await world()
    await drafted(the, 'kopio', {})
    await changed(the, 'kopio', ({ terms, limits, chargeRules }) => ({
      terms: { ...terms, text: { ...terms.text, fi: 'Toinen teksti.' } }, limits: { ...limits, decisionDaysAtMost: 1 },
      chargeRules: [{ ...chargeRules.at(-1)!, id: 'everybody' }, ...chargeRules],
    }))
    const codes = async (own: object): Promise<unknown> => {
      const done = await adopted(the, 'kopio', own)
      return done && !done.ok && done.refusal.code === 'in-the-way' ? done.refusal.of.map(({ code }) => code) : done
    }
    const own = ['unreadable', 'not-proven', 'terms-version', 'still-copied']
    expect(await codes({})).toEqual(own)
    expect(await codes({ validFrom: '2026-11-22' })).toEqual(['too-early', ...own])
    // On a day without prices it cannot be read: what else is in the way is told of the draft.
    expect(await codes({ validFrom: '2019-01-01' })).toEqual(['too-early', 'unreadable', ...own])
  })

  test('is decided already where somebody has booked today, by the example too', async () => {
    const the = await world()
    expect(await earliestStart(the.ctx.db, the.clock.now())).toBe('2026-11-23')
    await book(the.ctx, (await personById(the.ctx.db, 'olli'))!, wishFor('luokka', '2026-11-24T18:00', '2026-11-24T20:00'), { language: 'fi' })
    expect(await earliestStart(the.ctx.db, the.clock.now())).toBe('2026-11-24')
  })
})
