import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { answer } from '../../src/availability/answer.ts'
import { dayBar } from '../../src/availability/day-bar.ts'
import { freeDay, withHolds } from '../../src/availability/free-day.ts'
import { formLink } from '../../src/availability/form-link.ts'
import { datesFault, mostDates, searchOf, searchQuery } from '../../src/availability/search-query.ts'
import { firstOf, fitting, inFull, inOrder, roomsOf } from '../../src/availability/rooms.ts'
import { fitsExactly, lengthFor, soonestFirst, timesOn } from '../../src/availability/search.ts'
import type { TimeWish } from '../../src/availability/search.ts'
import type { Taken } from '../../src/availability/taken.ts'
import type { Listed, Unit } from '../../src/spaces/catalogue.ts'
import type { Space } from '../../src/spaces/space.ts'
import { foundAmong } from './found.ts'
import { at, calendar, opening, schedule } from './sample.ts'

const now = at('2026-11-23T09:00')
const limits = { handlingWorkingDays: 7 }
const unit = { id: 'school', slug: 'school', kind: 'school', name: { fi: 'Koulu' }, areaIds: [] } as unknown as Unit
const taken = (start: string, end: string): Taken => ({ id: start, start: at(start), end: at(end), before: 0, after: 0, kind: 'booking' })

type Known = { listed: Listed; taken: Taken[] }

function known(id: string, own: Partial<Space> = {}, busy: Taken[] = [], openings = [opening()]): Known {
  const made = schedule({ space: { id, slug: id, partIds: [id], ...own } })
  return { listed: { position: 0, room: 0, space: made.space, unit, openings, closures: [], calendar, words: '' }, taken: busy }
}

/** The spaces as a catalogue of their own, and the days as they are kept. */
function laid(all: Known[], dates: readonly string[]) {
  const ids = all.map((one) => one.listed.space.id)
  const listed = all.map((one, position) => {
    const whole = ids.indexOf(one.listed.space.wholeId ?? '')
    return { ...one.listed, position, room: whole === -1 ? position : whole }
  })
  const taken = new Map(all.map((one) => [one.listed.space.id, one.taken]))
  return { candidates: listed.map((one) => ({ listed: one, schedule: one })), days: dates.map((date) => withHolds(freeDay(listed, taken, date), listed, taken)) }
}

function found(all: Known[], wish: TimeWish) {
  const { candidates, days } = laid(all, wish.dates)
  return foundAmong(candidates.map(({ listed }) => listed), days, wish, now, limits)
}

const evening: TimeWish = { dates: ['2026-11-24'], from: 17 * 60, to: 21 * 60, minutes: 60 }
const ids = (heads: readonly Listed[]) => heads.map(({ space }) => space.id)
/** All rooms in the order of their times, in full. */
function soonest(all: Known[]) {
  const { found: { passed }, rooms, hitOf } = roomed(all)
  return inFull(inOrder(rooms.heads, rooms, 'earliest', { cents: () => null, people: undefined, suited: null }), passed, hitOf)
}
function roomed(all: Known[]) {
  const { found: one, hitOf } = found(all, evening)
  return { found: one, hitOf, rooms: roomsOf(one) }
}
const named = (rooms: ReturnType<typeof soonest>) => ids(rooms.map(({ head }) => head.listed))

describe('what is looked for when little is said', () => {
  const said = (query: object, moment = now) => searchOf(searchQuery.parse(query), moment)

  test('this evening for an hour', () => {
    expect(said({})).toEqual({
      filter: {}, suited: null, anyKind: false, who: null, date: '2026-11-23', dateTo: null, weekdays: [], dates: ['2026-11-23'], passed: false,
      from: 17 * 60, to: 21 * 60, minutes: 60, free: false, fits: false, sort: 'earliest', view: 'list', on: '2026-11-23', page: 1,
    })
  })
  test('tomorrow evening when today is late, and the whole day at a weekend', () => {
    expect(said({}, at('2026-11-23T18:00'))).toMatchObject({ date: '2026-11-24', from: 17 * 60 })
    expect(said({ date: '2026-11-28' })).toMatchObject({ from: 9 * 60, to: 21 * 60 })
  })
  test('today instead of a day that is over, and the page can say so', () => {
    expect(said({ date: '2026-11-22' })).toMatchObject({ date: '2026-11-23', passed: true })
  })
  test('a late start has till midnight, a long wish as long as it needs', () => {
    expect(said({ from: '23:30' })).toMatchObject({ from: 1410, to: 1440, minutes: 30 })
    expect(said({ from: '17:00', minutes: '360' })).toMatchObject({ from: 1020, to: 1380, minutes: 360 })
    expect(said({ to: '10:00' })).toMatchObject({ from: 540, to: 600, minutes: 60 })
  })
  test('an end that is not after the start counts as not said', () => {
    expect(said({ from: '19:00', to: '18:00' })).toMatchObject({ from: 1140, to: 1260 })
    expect(said({ from: '19:00', to: '20:00', minutes: '120' })).toMatchObject({ from: 1140, to: 1260, minutes: 120 })
  })
  test('weekday evenings of the next four weeks are twenty dates', () => {
    const { dates, from, to } = said({ date: '2026-11-24', dateTo: '2026-12-21', weekdays: ['5', '1,2', '3', '4'], minutes: '120' })
    expect([dates.length, dates[0], dates[3], dates[4], dates.at(-1)]).toEqual([20, '2026-11-24', '2026-11-27', '2026-11-30', '2026-12-21'])
    expect([from, to]).toEqual([17 * 60, 21 * 60])
  })
  test('weekends alone start in the morning; weekdays without a last date are not asked', () => {
    expect(said({ date: '2026-11-23', dateTo: '2026-12-06', weekdays: ['6', '7'] })).toMatchObject({ from: 540, dates: ['2026-11-28', '2026-11-29', '2026-12-05', '2026-12-06'] })
    expect(said({ date: '2026-11-24', weekdays: '6' })).toMatchObject({ dateTo: null, weekdays: [], dates: ['2026-11-24'] })
  })
  test('dates that make no search are a fault of the field to mend', () => {
    const fault = (query: object) => datesFault(said(query))
    expect(fault({ date: '2026-11-24', dateTo: '2026-11-23' })).toEqual({ field: 'dateTo', key: 'spaces.error.dateTo' })
    expect(fault({ date: '2026-11-24', dateTo: '2027-01-19' })).toEqual({ field: 'dateTo', key: 'spaces.error.tooManyDates' })
    expect(fault({ date: '2026-11-24', dateTo: '2026-11-26', weekdays: '7' })).toEqual({ field: 'weekdays', key: 'spaces.error.weekdays' })
    expect(said({ date: '2026-11-24', dateTo: '2027-01-18' }).dates).toHaveLength(mostDates)
  })
  test('the matrix shows the date asked for when it is one of them', () => {
    expect(said({ date: '2026-11-24', dateTo: '2026-11-26', on: '2026-11-25' }).on).toBe('2026-11-25')
    expect(said({ date: '2026-11-24', on: '2026-11-25' }).on).toBe('2026-11-24')
  })
  test('near a place the nearest come first unless another order is asked for', () => {
    expect([said({ near: 'Kallio' }).sort, said({ near: 'Kallio', sort: 'price' }).sort]).toEqual(['nearest', 'price'])
  })
  test('a purpose looks at the kinds of space that suit it, unless a kind or any kind is asked for', () => {
    expect(said({ purpose: 'sport' }).suited).toEqual(['gym', 'hall', 'youth_hall'])
    expect([said({ purpose: 'sport', kind: 'classroom' }).suited, said({ purpose: 'sport', anyKind: '1' }).suited, said({ purpose: 'other' }).suited]).toEqual([null, null, null])
  })
  test('empty form fields are not said, and of repeated ones the last counts', () => {
    expect(said({ people: '', q: ' ', kind: ['gym', 'hall'] }).filter).toMatchObject({ kind: 'hall', people: undefined, q: undefined })
  })
  test('a purpose alone names its usual applicant', () => {
    expect(said({ purpose: 'private_party' }).who).toEqual({ applicant: 'private_person', purpose: 'private_party', openToAll: false })
    expect(said({ applicant: 'company', openToAll: '1' }).who).toEqual({ applicant: 'company', purpose: 'commercial', openToAll: true })
  })
  test.each([
    [{ date: '2026-02-30' }, 'date'], [{ from: '25:00' }, 'from'], [{ from: '24:00' }, 'from'], [{ to: '7' }, 'to'], [{ minutes: '5' }, 'minutes'],
    [{ people: '0' }, 'people'], [{ people: '1e3' }, 'people'], [{ weekdays: '8' }, 'weekdays'], [{ equipment: 'throne' }, 'equipment'], [{ access: 'x' }, 'access'], [{ sort: 'x' }, 'sort'], [{ kind: 'castle' }, 'kind'], [{ q: 'x'.repeat(101) }, 'q'], [{ page: '0' }, 'page'],
  ])('%j is a fault of one field', (query, field) => {
    const issues = searchQuery.safeParse(query).error?.issues ?? []
    expect(issues.map(({ path }) => path[0])).toEqual([field])
    expect(issues.every(({ message }) => message.startsWith('spaces.error.'))).toBe(true)
  })
  test('whatever is said makes a search with room between its times', () => {
    const half = fc.integer({ min: 0, max: 47 }).map((n) => `${String(n >> 1).padStart(2, '0')}:${n % 2 ? '30' : '00'}`)
    fc.assert(fc.property(fc.record({ from: half, to: half, minutes: fc.integer({ min: 15, max: 1440 }).map(String) }, { requiredKeys: [] }), (query) => {
      const { from, to, minutes } = said(query)
      expect(from).toBeGreaterThanOrEqual(0)
      expect(to).toBeLessThanOrEqual(1440)
      expect(from).toBeLessThan(to)
      expect(minutes).toBeGreaterThan(0)
    }))
  })
})

describe('the first time of a wish', () => {
  test('starts when others have gone', () => {
    const { hits: [hit] } = found([known('gym', {}, [taken('2026-11-24T17:00', '2026-11-24T18:30')])], evening)
    expect(hit?.first).toEqual({ start: at('2026-11-24T18:30'), end: at('2026-11-24T19:30') })
  })
  test('is as long as the space takes, and never where the wish is too long for it', () => {
    const { hits: [short, step, long] } = found(
      [known('short', { minMinutes: 120 }), known('step', { stepMinutes: 60, minMinutes: 60 }), known('long', { maxMinutes: 60 })],
      { ...evening, minutes: 90 },
    )
    expect([short?.minutes, step?.minutes, long?.minutes]).toEqual([120, 120, null])
    expect(long?.first).toBeNull()
  })
  test('over several dates is the earliest, and the dates that have one are counted', () => {
    const full = (date: string) => taken(`${date}T16:00`, `${date}T22:00`)
    const { hits: [hit] } = found([known('gym', {}, [full('2026-11-24'), full('2026-11-26')])], { ...evening, dates: ['2026-11-24', '2026-11-25', '2026-11-26', '2026-11-27'] })
    expect(hit).toMatchObject({ first: { start: at('2026-11-25T17:00') }, dates: 2 })
  })
  test('passes over a hold only as long as it holds', () => {
    const hold = { ...taken('2026-11-24T17:00', '2026-11-24T19:00'), kind: 'hold' as const }
    const { listed } = known('gym')
    const day = freeDay([listed], new Map([['gym', [hold]]]), '2026-11-24')
    const firstWith = (taken: Taken[]) => foundAmong([listed], [withHolds(day, [listed], new Map([['gym', taken]]))], evening, now, limits).hits[0]?.first?.start
    expect([firstWith([hold]), firstWith([])]).toEqual([at('2026-11-24T19:00'), at('2026-11-24T17:00')])
  })
  test('machines get exactly the length they asked for', () => {
    const { found: both } = found([known('hour'), known('two', { minMinutes: 120 })], evening)
    expect(ids(fitsExactly(both, 60))).toEqual(['hour'])
  })
  test('agrees with the one answer: what the search offers is not refused', () => {
    fc.assert(fc.property(
      fc.integer({ min: 0, max: 8 }), fc.integer({ min: 1, max: 6 }), fc.integer({ min: 1, max: 8 }), fc.constantFrom(15, 30, 60),
      (busyFrom, busyFor, wished, step) => {
        const busy = taken('2026-11-24T17:00', '2026-11-24T18:00')
        const one = known('gym', { stepMinutes: step, bufferAfter: 30 }, [
          { ...busy, start: busy.start + busyFrom * 1_800_000, end: busy.start + (busyFrom + busyFor) * 1_800_000 },
        ])
        const { hits: [hit] } = found([one], { ...evening, minutes: wished * 30 })
        if (!hit?.first) return
        const { refusals } = answer({ schedule: one.listed, taken: one.taken, now, limits, wish: { ...hit.first, people: 1, approval: 'automatic' } })
        expect(refusals).toEqual([])
      },
    ))
  })
  test('lengths stay on the step and between the shortest and the longest', () => {
    const gym = { minMinutes: 60, maxMinutes: 180, stepMinutes: 30 }
    expect([15, 60, 61, 180, 181].map((minutes) => lengthFor(gym, minutes))).toEqual([60, 60, 90, 180, null])
  })
  test('several dates name their first times, as many as wanted', () => {
    const full = (date: string) => taken(`${date}T16:00`, `${date}T22:00`)
    const dates = ['2026-11-25', '2026-11-26', '2026-11-27', '2026-11-28', '2026-11-29']
    const { candidates: [one], days } = laid([known('gym', {}, [full('2026-11-25'), full('2026-11-27')])], dates)
    const times = timesOn({ ...one!, minutes: 60 }, days, evening, now, limits, 2)
    expect(times.map(({ start }) => start)).toEqual([at('2026-11-26T17:00'), at('2026-11-28T17:00')])
    expect(timesOn({ ...one!, minutes: null }, days, evening, now, limits, 2)).toEqual([])
  })
})

describe('the order of results', () => {
  const busy = (start: string, end: string) => [taken(`2026-11-24T${start}`, `2026-11-24T${end}`)]
  test('those that fit first come first, equals in the order of the list, the rest after them', () => {
    const all = [known('full', {}, busy('16:00', '22:00')), known('later', {}, busy('16:00', '18:00')), known('b-now'), known('a-now')]
    expect(named(soonest(all))).toEqual(['b-now', 'a-now', 'later', 'full'])
    const { found: those, rooms } = roomed(all)
    expect(ids(soonestFirst(fitsExactly(those, 60), those))).toEqual(['b-now', 'a-now', 'later'])
    expect(ids(fitting(rooms))).toEqual(['later', 'b-now', 'a-now'])
  })
  test('halves stand under their whole, and bring it up when one of them is free earlier', () => {
    const full = busy('16:00', '20:00')
    const all = [
      known('other', {}, busy('16:00', '18:00')),
      known('hall', { partIds: ['a', 'b'] }, full), known('a', { wholeId: 'hall' }), known('b', { wholeId: 'hall' }, full),
    ]
    for (const listed of [all, [all[0]!, all[2]!, all[1]!, all[3]!]]) {
      const [hall, other] = soonest(listed)
      expect([hall!.head.listed.space.id, other!.head.listed.space.id]).toEqual(['hall', 'other'])
      expect([hall!.halves.map(({ listed }) => listed.space.id), other!.halves]).toEqual([['a', 'b'], []])
      expect([hall!.head.first?.start, hall!.halves[0]!.first?.start]).toEqual([at('2026-11-24T20:00'), at('2026-11-24T17:00')])
      const { rooms } = roomed(listed)
      expect(rooms.heads.map((head) => firstOf(rooms, head))).toEqual([at('2026-11-24T18:00'), at('2026-11-24T17:00')])
    }
  })
  test('a half whose whole does not match stands alone', () => {
    expect(named(soonest([known('a', { wholeId: 'hall' })]))).toEqual(['a'])
  })
  test('the nearest, the cheapest and the best fit of size come first, but never before one that fits', () => {
    const { rooms } = roomed([
      known('full', { people: 12 }, busy('16:00', '22:00')), known('small', { people: 8 }), known('big', { people: 200 }), known('right', { people: 15 }),
    ])
    const far: Record<string, number> = { full: 0, small: 3, big: 1, right: 2 }
    const cost: Record<string, number | null> = { full: 0, small: null, big: 500, right: 0 }
    const measures = {
      metres: ({ space }: Listed) => far[space.id]!, cents: ({ space }: Listed) => cost[space.id]!, people: 12, suited: null,
    }
    expect(ids(inOrder(rooms.heads, rooms, 'nearest', measures))).toEqual(['big', 'right', 'small', 'full'])
    expect(ids(inOrder(rooms.heads, rooms, 'price', measures))).toEqual(['right', 'big', 'small', 'full'])
    expect(ids(inOrder(rooms.heads, rooms, 'size', measures))).toEqual(['right', 'big', 'small', 'full'])
    expect(ids(inOrder(rooms.heads, rooms, 'nearest', { ...measures, metres: undefined }))).toEqual(['small', 'big', 'right', 'full'])
  })
})

test('the bar shows the hours around the wish: open, taken, and where it fits', () => {
  const busy = [taken('2026-11-24T18:00', '2026-11-24T19:30')]
  const { candidates: [one], days: [day] } = laid([known('gym', {}, busy)], evening.dates)
  const { bar, fits } = dayBar(day!, one!, evening, 90, now, limits)
  expect(bar).toEqual({
    from: 960, to: 1320, open: [{ start: 960, end: 1320 }], taken: [{ start: 1080, end: 1170 }], fits: [{ start: 1170, end: 1260 }],
  })
  expect(fits).toEqual([{ start: at('2026-11-24T19:30'), end: at('2026-11-24T21:00') }])
})

describe('the link into the form', () => {
  const slot = (start: string, end: string) => ({ start: at(start), end: at(end) })
  test('carries the time and who asks', () => {
    const who = { applicant: 'company', purpose: 'commercial', openToAll: true } as const
    expect(formLink('gym', slot('2026-11-24T18:00', '2026-11-24T19:30'), { who, people: 20 }))
      .toBe('/bookings/new?space=gym&date=2026-11-24&from=18%3A00&to=19%3A30&people=20&applicant=company&purpose=commercial&openToAll=1')
  })
  test('a time that ends at midnight ends at 24:00 of its date', () => {
    expect(formLink('gym', slot('2026-11-24T22:00', '2026-11-25T00:00'), { who: null }))
      .toBe('/bookings/new?space=gym&date=2026-11-24&from=22%3A00&to=24%3A00')
  })
})
