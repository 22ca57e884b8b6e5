import type { Schedule, Taken } from '../../src/availability/answer.ts'
import type { Opening } from '../../src/spaces/opening.ts'
import type { Space } from '../../src/spaces/space.ts'
import { yearCalendar } from '../../src/time/holidays.ts'
import type { Interval } from '../../src/time/interval.ts'
import { parseWhen } from '../../src/time/wallclock.ts'

/** A gym that takes 1–4 hours by the half hour, and a person's neighbours ask for nothing. */
export const space = (given: Partial<Space> = {}): Space => ({
  id: 'gym', slug: 'gym', unitId: 'school', kind: 'gym', name: { fi: 'Liikuntasali' }, people: 60, areaM2: 300,
  partIds: ['gym'], wholeId: null, equipment: [], accessibility: {}, supervision: ['self_supervised'],
  approval: 'automatic', alwaysPaid: false, minMinutes: 60, maxMinutes: 240, stepMinutes: 30, bufferBefore: 0,
  bufferAfter: 0, daysAhead: 90, restrictions: [], source: 'synthetic', ...given,
})

/** Every day 16–22 unless told otherwise. */
export const opening = (given: Partial<Opening> = {}): Opening => ({
  weekdays: [1, 2, 3, 4, 5, 6, 7], from: 16 * 60, to: 22 * 60, when: 'always', onHolidays: true, validFrom: null,
  validTo: null, ...given,
})

const holidays = ['2026-12-24', '2026-12-25', '2026-12-26', '2027-01-01', '2027-01-06'] as const
export const calendar = yearCalendar(
  holidays.map((date) => ({ date, name: { fi: date }, kind: date.endsWith('24') ? 'bank' : 'public' })),
  [
    { name: { fi: 'Syyslukukausi' }, from: '2026-08-11', to: '2026-12-22', kind: 'term' },
    { name: { fi: 'Syysloma' }, from: '2026-10-12', to: '2026-10-16', kind: 'break' },
  ],
)

export const schedule = (given: Partial<Omit<Schedule, 'space'>> & { space?: Partial<Space> } = {}): Schedule =>
  ({ openings: [opening()], closures: [], calendar, ...given, space: space(given.space) })

/** The instant of a local time, `2026-11-24T18:00`. */
export function at(text: string): number {
  const reading = parseWhen(text)
  if (reading.kind !== 'one') throw new Error(`${text} is ${reading.kind}`)
  return reading.at
}

export const from = (start: string, end: string): Interval => ({ start: at(start), end: at(end) })

export const taken = (start: string, end: string, given: Partial<Taken> = {}): Taken =>
  ({ id: 'b1', before: 0, after: 0, kind: 'booking', ...from(start, end), ...given })
