import { pino } from 'pino'
import { book } from '../../src/bookings/actions.ts'
import { approve } from '../../src/bookings/decision-actions.ts'
import { cancel } from '../../src/bookings/ending-actions.ts'
import { placeHold, releaseHold } from '../../src/bookings/hold-actions.ts'
import { move } from '../../src/bookings/move-actions.ts'
import { awaitingDecision, bookingsOf, ownBooking } from '../../src/bookings/store.ts'
import { boot } from '../../src/boot.ts'
import { readConfig } from '../../src/config.ts'
import { personById } from '../../src/people/store.ts'
import { dice } from '../support/dice.ts'

/** `toiler <seed> <now> <people…>` books, moves, approves, cancels, keeps times and sends mails until somebody kills it. */
const [seed = '1', now = '0', ...people] = process.argv.slice(2)
const { random, one } = dice(Number(seed))
const spaces = ['sali', 'sali-a', 'sali-b', 'luokka', 'ruokasali', 'keittio']
const evenings = ['07', '08', '09', '10', '11', '14', '15', '16', '17', '18'].map((day) => Date.parse(`2026-12-${day}T17:00:00+02:00`))
const half = 1_800_000

const { ctx, worker } = await boot(readConfig(process.env), pino({ level: 'silent' }))
ctx.clock.now = () => Number(now)
ctx.wake = () => undefined

const time = () => {
  const start = one(evenings) + random(6) * half
  return { space: one(spaces), start, end: start + (2 + random(3)) * half }
}

async function deed(): Promise<void> {
  const person = (await personById(ctx.db, one(people)))!
  const which = random(12)
  if (which < 5) {
    await book(ctx, person, {
      ...time(), title: 'Uurastus', public: false, responsible: { name: person.name, phone: '040 1' },
      facts: { applicant: 'unregistered_group', purpose: 'hobby', people: 10, openToAll: true, groups: [], activities: [] },
    }, { language: 'fi', holdOwner: `person:${person.id}` })
  } else if (which < 7) {
    await placeHold(ctx, { hash: `person:${person.id}`, addressHash: 'here' }, time(), {})
  } else if (which < 8) {
    await releaseHold(ctx, `person:${person.id}`)
  } else if (which < 9) {
    const waiting = await awaitingDecision(ctx.db)
    if (waiting.length) await approve(ctx, (await personById(ctx.db, one(['kalle', 'kerttu'])))!, one(waiting).ref, { reason: 'Kokeilu', charge: { charge: 'free' } })
  } else {
    const { coming } = await bookingsOf(ctx.db, person.id, Number(now))
    if (!coming.length) return
    const { ref } = one(coming)
    if (which < 10) await move(ctx, person, ref, time())
    else await cancel(ctx, (db) => ownBooking(db, person.id, ref), { person, mover: 'owner', reason: null })
  }
}

async function deeds(): Promise<void> {
  for (let i = 0; i < 12; i++) {
    await deed()
    process.stdout.write('.')
  }
}

for (;;) await Promise.all([worker.settle(), deeds(), deeds()])
