import { describe, expect, test } from 'vitest'
import { bookingStates, type BookingState } from '../../src/bookings/booking.ts'
import { checksOf, recordOf, urgencyOf } from '../../src/bookings/inbox.ts'
import { next, ownersMove, type Move, type Mover } from '../../src/bookings/lifecycle.ts'
import { timelineOf } from '../../src/bookings/timeline.ts'
import { at } from './wishes.ts'

const start = at('2026-11-24T18:00')
const [before, after] = [start - 1, start]
const moves: Move[] = ['approve', 'decline', 'withdraw', 'cancel', 'expire']
const movers: Mover[] = ['owner', 'official', 'clock']

/** Every move there is: from, move, by whom, to. All others are refused. */
const allowed: [BookingState, Move, Mover, BookingState][] = [
  ['requested', 'approve', 'official', 'confirmed'],
  ['requested', 'decline', 'official', 'declined'],
  ['requested', 'withdraw', 'owner', 'withdrawn'],
  ['confirmed', 'cancel', 'owner', 'cancelled'],
  ['confirmed', 'cancel', 'official', 'cancelled'],
  ['requested', 'expire', 'clock', 'expired'],
]

describe('a move', () => {
  const every = bookingStates.flatMap((state) => moves.flatMap((move) => movers.map((mover) => [state, move, mover] as const)))
  test.each(every)('%s, %s by the %s', (state, move, mover) => {
    const to = allowed.find(([from, what, by]) => from === state && what === move && by === mover)?.[3]
    const ripe = move === 'expire' ? after : before
    expect(next({ state, startsAt: start }, move, mover, ripe))
      .toEqual(to ? { ok: true, state: to } : { ok: false, refusal: { code: 'wrong-state', state } })
  })

  test.each(allowed)('%s, %s by the %s is made on one side of the start only', (state, move, mover) => {
    const unripe = move === 'expire' ? before : after
    expect(next({ state, startsAt: start }, move, mover, unripe)).toEqual({ ok: false, refusal: { code: 'already-started' } })
  })

  test.each([['requested', before, 'withdraw'], ['confirmed', before, 'cancel'], ['confirmed', after, null], ['declined', before, null], ['used', after, null]] as const)(
    'the owner of a %s booking at %d may %s', (state, now, move) => {
      expect(ownersMove({ state, startsAt: start }, now)).toBe(move)
    })
})

describe('the timeline', () => {
  const booking = {
    startsAt: start, endsAt: at('2026-11-24T20:00'), createdAt: 1, updatedAt: 3, decidedAt: null as number | null, decideBy: null as number | null,
    totalCents: 0 as number | null,
  }
  const told = (own: Partial<Parameters<typeof timelineOf>[0]> & { state: BookingState }, now = before): string[] =>
    timelineOf({ ...booking, ...own }, now).map(({ is, step, at: when, by }) => [is, step, by ? `by ${by}` : when === start ? 'start' : when].filter((part) => part !== undefined).join(' '))

  test.each([
    ['confirmed at once', { state: 'confirmed' }, before, ['done confirmed 1', 'now prepare', 'later use start']],
    ['confirmed and paid', { state: 'confirmed', totalCents: 1800 }, before, ['done confirmed 1', 'now prepare', 'later use start', 'later bill']],
    ['going on', { state: 'confirmed' }, start + 1, ['done confirmed 1', 'now use start']],
    ['over', { state: 'confirmed' }, at('2026-11-25T08:00'), ['done confirmed 1', 'done use start']],
    ['waiting', { state: 'requested', decideBy: 9, totalCents: null }, before, ['done sent 1', 'now decision by 9', 'later use start']],
    ['approved', { state: 'confirmed', decideBy: 9, decidedAt: 2 }, before, ['done sent 1', 'done approved 2', 'now prepare', 'later use start']],
    ['declined', { state: 'declined', decideBy: 9, decidedAt: 2 }, before, ['done sent 1', 'stopped declined 2']],
    ['withdrawn', { state: 'withdrawn', decideBy: 9 }, before, ['done sent 1', 'stopped withdrawn 3']],
    ['cancelled', { state: 'cancelled' }, before, ['done confirmed 1', 'stopped cancelled 3']],
    ['cancelled after an approval', { state: 'cancelled', decideBy: 9, decidedAt: 2 }, before, ['done sent 1', 'done approved 2', 'stopped cancelled 3']],
    ['expired', { state: 'expired', decideBy: 9 }, after, ['done sent 1', 'stopped expired 3']],
    ['used', { state: 'used', totalCents: 100 }, after, ['done confirmed 1', 'done use start', 'later bill']],
    ['not used', { state: 'no_show' }, after, ['done confirmed 1', 'stopped no_show start']],
  ] as const)('%s', (_, own, now, expected) => {
    expect(told(own, now)).toEqual(expected)
  })
})

describe('the inbox', () => {
  const day = 86_400_000
  test.each([[null, 'calm'], [10 * day, 'overdue'], [10 * day + 1, 'soon'], [12 * day, 'soon'], [12 * day + 1, 'calm']] as const)(
    'a decision due at %d is %s', (decideBy, urgency) => {
      expect(urgencyOf({ decideBy }, 10 * day)).toBe(urgency)
    })
  test('each check holds what speaks against it', () => {
    expect(checksOf([{ code: 'too-many-people', people: 3 }, { code: 'closed', opensAt: [] }, { code: 'in-the-past' }]))
      .toEqual([
        { name: 'people', against: [{ code: 'too-many-people', people: 3 }] },
        { name: 'opening', against: [{ code: 'closed', opensAt: [] }] },
        { name: 'neighbours', against: [] },
        { name: 'time', against: [{ code: 'in-the-past' }] },
      ])
  })
  test('a record counts what has been and what comes', () => {
    const [past, coming] = [1, 100]
    const states = [['confirmed', past], ['confirmed', coming], ['requested', coming], ['used', past], ['no_show', past], ['cancelled', coming], ['withdrawn', past], ['declined', past], ['expired', past]] as const
    expect(recordOf(states.map(([state, endsAt]) => ({ state, endsAt })), 50)).toEqual({ coming: 2, past: 2, cancelled: 2, noShow: 1 })
  })
})
