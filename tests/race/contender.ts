import { pino } from 'pino'
import { approve } from '../../src/bookings/decision-actions.ts'
import { book } from '../../src/bookings/actions.ts'
import { cancel } from '../../src/bookings/ending-actions.ts'
import { move } from '../../src/bookings/move-actions.ts'
import { awaitingDecision, bookingsOf, ownBooking } from '../../src/bookings/store.ts'
import { boot } from '../../src/boot.ts'
import { readConfig } from '../../src/config.ts'
import { personById } from '../../src/people/store.ts'
import { dice } from '../support/dice.ts'
import { monday } from '../support/premises.ts'

/**
 * One of the processes that fight for the same rooms: `contender <seed> <attempts> <people…>`. It prints one line of JSON:
 * how often each thing happened, and every failure that is no refusal.
 */
const [seed = '1', attempts = '100', ...people] = process.argv.slice(2)
const spaces = ['sali', 'sali-a', 'sali-b', 'luokka', 'ruokasali']
const hour = 3_600_000
/** Two evenings ten working days ahead, so that requests for the canteen are in time. */
const evenings = ['2026-12-09T17:00:00+02:00', '2026-12-10T17:00:00+02:00'].map((text) => Date.parse(text))
/** An evening that only moved bookings take, so that moves are won as well as lost. */
const roomier = Date.parse('2026-12-11T17:00:00+02:00')

const { random, one } = dice(Number(seed))

const tally: Record<string, number> = {}
const failures: string[] = []
const count = (what: string): void => {
  tally[what] = (tally[what] ?? 0) + 1
}

const { ctx } = await boot(readConfig(process.env), pino({ level: 'silent' }))
ctx.clock.now = () => monday
ctx.wake = () => undefined
const official = await personById(ctx.db, 'kalle')
if (!official) throw new Error('no official')

async function attempt(): Promise<void> {
  const person = await personById(ctx.db, one(people))
  if (!person) throw new Error('no person')
  const start = one(evenings) + random(6) * (hour / 2)
  const time = { start, end: start + (2 + random(3)) * (hour / 2) }
  const which = random(12)
  if (which < 6) {
    const done = await book(ctx, person, {
      space: one(spaces), ...time, title: 'Kilpa', public: false,
      facts: { applicant: 'unregistered_group', purpose: 'hobby', people: 10, openToAll: true, groups: [], activities: [] },
      responsible: { name: person.name, phone: '040 1' },
    }, { language: 'fi', muted: true })
    if (done.ok) count(done.booking.state)
    else done.refusals.forEach(({ code }) => count(code))
  } else if (which < 11) {
    const { coming } = await bookingsOf(ctx.db, person.id, monday)
    const mine = coming.length ? one(coming) : null
    if (!mine) return count('nothing of mine')
    if (which < 8) {
      const days = random(2) ? 0 : roomier - start + random(6) * (hour / 2)
      const done = await move(ctx, person, mine.ref, { start: time.start + days, end: time.end + days })
      return count(done?.ok ? 'moved' : 'stayed')
    }
    const done = await cancel(ctx, (db) => ownBooking(db, person.id, mine.ref), { person, mover: 'owner', reason: null })
    count(done?.ok ? 'gave up' : 'gone meanwhile')
  } else {
    const waiting = await awaitingDecision(ctx.db)
    if (!waiting.length || !official) return count('nothing to approve')
    const done = await approve(ctx, official, one(waiting).ref, { reason: 'Kokeilu', charge: { charge: 'free' } })
    count(done?.ok ? 'approved' : 'decided meanwhile')
  }
}

for (let i = 0; i < Number(attempts); i++) {
  try {
    await attempt()
  } catch (error) {
    failures.push(String((error as Error).stack ?? error).slice(0, 400))
  }
}
await ctx.db.close()
console.log(JSON.stringify({ tally, failures }))
