import { monitorEventLoopDelay } from 'node:perf_hooks'
import { eq } from 'drizzle-orm'
import { pino } from 'pino'
import { groundOf } from '../../availability/actions.ts'
import { boot } from '../../boot.ts'
import { slotOf } from '../../bookings/judgement.ts'
import { readConfig } from '../../config.ts'
import type { Person } from '../../people/person.ts'
import { prove } from '../../rulebook/proof.ts'
import { quote, settledBy } from '../../rulebook/quote.ts'
import { editionRow } from '../../rulebook/edition-store.ts'
import { traitsOf } from '../../rulebook/traits.ts'
import { runTrial, startTrial } from '../../trials/actions.ts'
import { bookingsAfter, firstPlace, trialById } from '../../trials/store.ts'
import { trials } from '../../trials/table.ts'

/** What the rule book costs by itself, without a page or a database beside it. Times in ms. */
export type Ruled = {
  /** Evaluations a second: what a wish is settled as; the same with what would help it. */
  settled: number
  quoted: number
  proof: { ms: number; combinations: number; faults: number }
  trial: { ms: number; bookings: number; longestStop: number }
}

const seconds = 2
const wishes = 2_000

/** Quotes the wishes of real bookings, proves the edition in force, and tries it on the bookings of a year. */
const { ctx } = await boot(readConfig(process.env), pino({ level: 'silent' }))
ctx.wake = () => undefined
const { edition, catalogue, now } = await groundOf(ctx)
const { found } = await bookingsAfter(ctx.db, firstPlace, { start: 0, end: now }, wishes)
const asked = found.flatMap(({ spaceId, startsAt, endsAt, decided: { facts } }) => {
  const listed = catalogue.spaceById.get(spaceId)
  return listed ? [{ facts, space: traitsOf(listed), slot: slotOf({ startsAt, endsAt }) }] : []
})

function perSecond(ask: (wish: (typeof asked)[number]) => unknown): number {
  for (const wish of asked) ask(wish)
  let n = 0
  const start = performance.now()
  for (; performance.now() - start < seconds * 1000; n += asked.length) for (const wish of asked) ask(wish)
  return (n * 1000) / (performance.now() - start)
}
const settled = perSecond(({ facts, space, slot }) => settledBy(edition, facts, space, slot))
const quoted = perSecond(({ facts, space, slot }) => quote(edition, facts, space, slot))

const beforeProof = performance.now()
const { combinations, faults } = prove(edition)
const proof = { ms: performance.now() - beforeProof, combinations, faults: faults.length }

const [[official] = []] = await Promise.all([ctx.db.rows<[string]>('select id from persons limit 1', [])])
const row = await editionRow(ctx.db, edition.id)
if (!official || !row) throw new Error('nobody is there to try the rules')
const trial = (await startTrial(ctx, { id: official[0] } as Person, row))!
const delay = monitorEventLoopDelay({ resolution: 1 })
delay.enable()
const beforeTrial = performance.now()
await runTrial(ctx, { editionId: edition.id, trialId: trial.id })
const tried = { ms: performance.now() - beforeTrial, bookings: (await trialById(ctx.db, edition.id, trial.id))!.done, longestStop: delay.max / 1e6 }
delay.disable()
await ctx.db.transaction((db) => db.delete(trials).where(eq(trials.id, trial.id)).returning({ id: trials.id }))
await ctx.db.close()
process.stdout.write(JSON.stringify({ settled, quoted, proof, trial: tried } satisfies Ruled))
