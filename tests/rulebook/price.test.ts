import { describe, expect, test } from 'vitest'
import type { SpaceTraits } from '../../src/rulebook/facts.ts'
import { parseEdition } from '../../src/rulebook/edition.ts'
import type { Edition } from '../../src/rulebook/edition.ts'
import { extraLine, hourlyPrice, priceFor, vatRate } from '../../src/rulebook/price.ts'
import { quote } from '../../src/rulebook/quote.ts'
import { edgeAt } from '../../src/time/wallclock.ts'
import { asked, classroom, cultureHall, evening, example, exampleJson, gym, kitchen, wish } from './example.ts'

const sized = (kind: SpaceTraits['kind'], areaM2: number): SpaceTraits => ({ ...classroom, kind, areaM2 })
const euros = (space: SpaceTraits) => ['basic', 'full'].map(group => hourlyPrice(example, group, space, '2026-02-03').cents / 100)

describe('the price list', () => {
  test.each([
    [sized('gym', 299), [9, 18]], [sized('gym', 300), [12, 24]], [sized('gym', 599.5), [12, 24]], [sized('gym', 600), [15, 30]],
    [sized('classroom', 60), [9, 18]], [sized('meeting_room', 20), [9, 18]], [sized('group_room', 15), [9, 18]],
    [sized('youth_hall', 900), [9, 18]], [sized('canteen', 200), [12, 24]], [sized('hall', 200), [12, 24]],
    [sized('studio', 40), [12, 24]], [sized('music_room', 40), [12, 24]], [sized('kitchen', 30), [12, 24]],
  ])('%j', (space, prices) => {
    expect(euros(space)).toEqual(prices)
  })

  test('an unknown class has no price', () => {
    expect(() => priceFor(example, 'gold', classroom, evening)).toThrow('No price "gold" for a classroom of 60 m²')
  })
})

describe('VAT', () => {
  test.each([
    ['2024-08-31', 24], ['2024-09-01', 25.5], ['2026-02-03', 25.5],
  ])('on %s is %d per cent', (date, rate) => {
    expect(vatRate(example, 'general', date)).toBe(rate)
  })

  test('a date before the whole list gets the first rate', () => {
    expect(vatRate(example, 'general', '1999-01-01')).toBe(24)
  })
})

describe('the bill', () => {
  test('the ordinary association evening is free and has no lines', () => {
    expect(asked({ openToAll: true })).toMatchObject({ charge: 'free', priceClass: null, totalCents: 0, lines: [], approval: 'automatic' })
  })

  test('a birthday in a classroom for two hours', () => {
    expect(asked({ applicant: 'private_person', purpose: 'private_party' })).toMatchObject({
      charge: 'paid', priceClass: 'full', totalCents: 3600,
      lines: [{ text: { fi: 'Tilan vuokra, täysi hinta' }, minutes: 120, cents: 3600, vatRate: 25.5 }],
    })
  })

  test('cents are rounded once, by whole minutes', () => {
    const slot = { ...evening, end: evening.start + 50 * 60_000 }
    expect(priceFor(example, 'basic', sized('gym', 100), slot).totalCents).toBe(750)
    expect(priceFor(example, 'basic', sized('gym', 100), { ...evening, end: evening.start + 61 * 60_000 }).totalCents).toBe(915)
  })

  test('the night when the clock goes back is an hour longer, and costs it', () => {
    const night = { start: Date.UTC(2026, 9, 24, 23), end: Date.UTC(2026, 9, 25, 3), date: '2026-10-25' }
    expect(priceFor(example, 'basic', classroom, night)).toMatchObject({ totalCents: 3600, lines: [{ minutes: 240 }] })
  })

  test('a big open event is free, its supervisor is not', () => {
    const answer = asked({ openToAll: true, people: 120 }, gym)
    expect(answer).toMatchObject({ charge: 'free', totalCents: 6000, approval: 'person' })
    expect(answer.lines.map(line => [line.text.en, line.cents])).toEqual([['Supervisor, because the event has 100 people or more', 6000]])
    expect(answer.because.map(reason => reason.rule)).toEqual(['open_activity', 'event_guard', 'many_people', 'guarded_event'])
  })

  test('a school brings its own supervisors', () => {
    expect(asked({ applicant: 'school', granted: true, people: 150 }, gym).totalCents).toBe(0)
  })

  test('a big party in a kitchen pays rent and cleaning', () => {
    const answer = asked({ applicant: 'private_person', purpose: 'private_party', people: 40 }, kitchen)
    expect(answer.lines.map(line => line.cents)).toEqual([4800, 6000])
    expect(answer.totalCents).toBe(10_800)
  })

  test('when a person decides, only the extras are known; the approval adds the rent', () => {
    const space = cultureHall
    const answer = asked({ purpose: 'election_event', people: 120 }, space)
    expect(answer).toMatchObject({ charge: 'needs_person', priceClass: null, totalCents: null, approval: 'person' })
    expect(answer.lines.map(line => line.cents)).toEqual([6000])
    expect(priceFor(example, 'basic', space, evening, { extras: answer.lines })).toMatchObject({ totalCents: 8400, lines: [{ cents: 2400 }, { cents: 6000 }] })
    expect(priceFor(example, null, space, evening, { extras: answer.lines }).totalCents).toBe(6000)
  })

  test('names the edition that answered', () => {
    expect(quote(example, wish(), classroom, evening).edition).toBe('example-4')
  })
})

type Prices = Edition['priceList']
type Row = Prices['prices'][number]

const text = { fi: 'tunnit', sv: 'timmar', en: 'hours', plain: 'aika' }
const band = (id: string, weekdays: number[], from: number, to: number): Prices['bands'][number] =>
  ({ id, weekdays, from: from * 60, to: to * 60, text: { ...text, en: id } })
const evenings = band('evenings', [1, 2, 3, 4, 5], 17, 21)
const weekends = band('weekends', [6, 7], 0, 24)

/** The example, where a small space's basic hour is 9 € and other rows are added. */
function priced(bands: Prices['bands'], rows: Partial<Row>[], extras: Edition['extras'] = []): Edition {
  const json = exampleJson()
  const usual: Row = { class: 'small', group: 'basic', centsPerHour: 0, vat: 'general', validFrom: '2024-09-01', validTo: null }
  return parseEdition({
    ...json, extras, priceList: { ...json.priceList, bands, prices: [...json.priceList.prices, ...rows.map(row => ({ ...usual, ...row }))] },
  })
}

/** Hours of a local day, which may go on after midnight. */
const on = (date: string, from: number, to: number) => ({ start: edgeAt(date, from * 60, 'start'), end: edgeAt(date, to * 60, 'end'), date })
const rows = (edition: Edition, slot: ReturnType<typeof on>, space: SpaceTraits = classroom) =>
  priceFor(edition, 'basic', space, slot).lines
    .map(({ text, minutes, cents }) => `${text.en.replace('Rent for the space, basic price', 'rent')}: ${minutes} min, ${cents / 100} €`)

describe('bands of hours', () => {
  const edition = priced([evenings, weekends], [{ band: 'evenings', centsPerHour: 1500 }, { band: 'weekends', centsPerHour: 2000 }])

  // 3 February 2026 is a Tuesday. The clock goes forward on 29 March and back on 25 October, both Sundays.
  test.each<[story: string, slot: ReturnType<typeof on>, lines: string[]]>([
    ['a morning', on('2026-02-03', 9, 11), ['rent: 120 min, 18 €']],
    ['an evening', on('2026-02-03', 18, 20), ['rent, evenings: 120 min, 30 €']],
    ['up to the first minute of it', on('2026-02-03', 16, 17), ['rent: 60 min, 9 €']],
    ['from its last minute on', on('2026-02-03', 21, 22), ['rent: 60 min, 9 €']],
    ['over its beginning and end', on('2026-02-03', 16, 22), ['rent: 120 min, 18 €', 'rent, evenings: 240 min, 60 €']],
    ['a Saturday', on('2026-02-07', 9, 11), ['rent, weekends: 120 min, 40 €']],
    ['Friday evening into Saturday', on('2026-02-06', 20, 26), ['rent: 180 min, 27 €', 'rent, evenings: 60 min, 15 €', 'rent, weekends: 120 min, 40 €']],
    ['Friday until midnight', on('2026-02-06', 22, 24), ['rent: 120 min, 18 €']],
    ['Saturday into Sunday', on('2026-02-07', 22, 26), ['rent, weekends: 240 min, 80 €']],
    ['Sunday into Monday', on('2026-02-08', 23, 25), ['rent: 60 min, 9 €', 'rent, weekends: 60 min, 20 €']],
    ['from Friday noon to Sunday', on('2026-02-06', 12, 48), ['rent: 480 min, 72 €', 'rent, evenings: 240 min, 60 €', 'rent, weekends: 1440 min, 480 €']],
    ['the night that is an hour shorter', on('2026-03-29', 1, 5), ['rent, weekends: 180 min, 60 €']],
    ['the night that is an hour longer', on('2026-10-25', 1, 5), ['rent, weekends: 300 min, 100 €']],
    ['the whole of the shorter day, and an hour', on('2026-03-29', 0, 25), ['rent: 60 min, 9 €', 'rent, weekends: 1380 min, 460 €']],
  ])('%s', (_, slot, lines) => {
    expect(rows(edition, slot)).toEqual(lines)
  })

  test('that lie in the hour when the clock turns last as long as the clock shows them', () => {
    const night = priced([band('two_to_four', [7], 2, 4)], [{ band: 'two_to_four', centsPerHour: 6000 }])
    expect(rows(night, on('2026-02-08', 1, 5))).toEqual(['rent: 120 min, 18 €', 'rent, two_to_four: 120 min, 120 €'])
    expect(rows(night, on('2026-03-29', 1, 5))).toEqual(['rent: 120 min, 18 €', 'rent, two_to_four: 60 min, 60 €'])
    expect(rows(night, on('2026-10-25', 1, 5))).toEqual(['rent: 120 min, 18 €', 'rent, two_to_four: 180 min, 180 €'])
  })
  test('that no price names cost what other hours cost', () => {
    expect(rows(priced([weekends], []), on('2026-02-06', 23, 25))).toEqual(['rent: 120 min, 18 €'])
  })
  test('count for an extra, which is left out where none of them are used', () => {
    const extra: Edition['extras'][number] = { id: 'weekend_help', when: { all: [] }, centsPerHour: 600, band: 'weekends', vat: 'general', text }
    const edition = priced([weekends], [], [extra])
    const line = (slot: ReturnType<typeof on>, one = extra) => {
      const found = extraLine(edition, one, slot)
      return found && [found.minutes, found.cents]
    }
    expect(line(on('2026-02-06', 22, 24))).toBe(null)
    expect(line(on('2026-02-06', 22, 25))).toEqual([60, 600])
    expect(line(on('2026-03-29', 1, 5))).toEqual([180, 1800])
    const { centsPerHour: _, ...fixed } = extra
    expect(line(on('2026-02-06', 22, 25), { ...fixed, cents: 700 })).toEqual([0, 700])
    expect(line(on('2026-02-06', 22, 24), { ...fixed, cents: 700 })).toBe(null)
  })
})

describe('a narrowed price', () => {
  const narrow: Partial<Row>[] = [
    { supervision: 'self_supervised', centsPerHour: 100 },
    { band: 'weekends', centsPerHour: 200 },
    { band: 'weekends', supervision: 'self_supervised', centsPerHour: 300 },
    { unit: 'koulu-x', centsPerHour: 400 },
    { unit: 'koulu-x', supervision: 'self_supervised', centsPerHour: 500 },
    { unit: 'koulu-x', band: 'weekends', centsPerHour: 600 },
    { unit: 'koulu-x', band: 'weekends', supervision: 'self_supervised', centsPerHour: 700 },
  ]
  const here: SpaceTraits = { ...classroom, unit: 'koulu-x' }
  const hour = (edition: Edition, space: SpaceTraits, band?: string, supervision?: 'self_supervised' | 'staffed') =>
    hourlyPrice(edition, 'basic', space, '2026-02-07', { band, supervision }).cents

  test.each<[space: SpaceTraits, band: string | undefined, supervision: 'self_supervised' | 'staffed' | undefined, all: number, withoutItsOwn: number]>([
    [classroom, undefined, undefined, 900, 900],
    [classroom, undefined, 'staffed', 900, 900],
    [classroom, undefined, 'self_supervised', 100, 900],
    [classroom, 'weekends', undefined, 200, 900],
    [classroom, 'weekends', 'staffed', 200, 900],
    [classroom, 'weekends', 'self_supervised', 300, 200],
    [here, undefined, 'staffed', 400, 900],
    [here, undefined, 'self_supervised', 500, 400],
    [here, 'weekends', 'staffed', 600, 400],
    [here, 'weekends', 'self_supervised', 700, 600],
    [{ ...here, unit: 'koulu-y' }, 'weekends', 'self_supervised', 300, 200],
  ])('is the narrowest that fits, in whatever order they stand: %#', (space, band, supervision, all, withoutItsOwn) => {
    expect(hour(priced([weekends], narrow), space, band, supervision)).toBe(all)
    expect(hour(priced([weekends], narrow.toReversed()), space, band, supervision)).toBe(all)
    expect(hour(priced([weekends], narrow.filter(row => row.centsPerHour !== all)), space, band, supervision)).toBe(withoutItsOwn)
  })
  test('counts on its own days and no others', () => {
    const edition = priced([], [{ unit: 'koulu-x', centsPerHour: 400, validFrom: '2026-02-01', validTo: '2026-02-28' }])
    const cents = (date: string) => hourlyPrice(edition, 'basic', here, date).cents
    expect(['2026-01-31', '2026-02-01', '2026-02-28', '2026-03-01'].map(cents)).toEqual([900, 400, 400, 900])
  })
  test('is found by the way of supervision that was decided', () => {
    const edition = priced([], [{ supervision: 'self_supervised', centsPerHour: 100, group: 'full' }])
    const party = wish({ applicant: 'private_person', purpose: 'private_party' })
    expect(quote(edition, party, classroom, evening).totalCents).toBe(200)
    expect(quote(edition, party, { ...classroom, supervision: ['staffed'] }, evening).totalCents).toBe(3600)
  })
  test('leaves other sizes and groups alone', () => {
    const edition = priced([weekends], narrow)
    expect(hourlyPrice(edition, 'full', here, '2026-02-07', { band: 'weekends', supervision: 'self_supervised' }).cents).toBe(1800)
    expect(hourlyPrice(edition, 'basic', { ...here, kind: 'canteen' }, '2026-02-07', { band: 'weekends', supervision: 'self_supervised' }).cents).toBe(1200)
  })
})
