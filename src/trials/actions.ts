import { setImmediate } from 'node:timers/promises'
import type { Context } from '../context.ts'
import { record } from '../history/store.ts'
import type { Person } from '../people/person.ts'
import { enqueue } from '../platform/jobs/queue.ts'
import type { Edition } from '../rulebook/edition.ts'
import { decidedBy } from '../rulebook/quote.ts'
import { editionById } from '../rulebook/store.ts'
import { traitsOf } from '../rulebook/traits.ts'
import type { Catalogue, Listed } from '../spaces/catalogue.ts'
import { catalogueOf } from '../spaces/store.ts'
import { addDays, localDateOf, startOf, type LocalDate } from '../time/wallclock.ts'
import { count, emptyOutcome, type Outcome, type Settled } from './outcome.ts'
import { allBookings, bookingsAfter, firstPlace, insertTrial, trialById, updateTrial, type Past, type Place, type Trial } from './store.ts'
import { usualDay } from './trial-day.ts'

const yearDays = 365
/** Bookings that are tried before the server answers others: some milliseconds' work. */
const pageLength = 250
/** A trial says how far it is after so many pages, and hears then whether it is still wanted. */
const stride = 40

/** Puts a trial of an edition into the queue, with the day whose prices and exceptions it takes; null when there is no such edition. */
export async function startTrial(ctx: Context, official: Person, { id, revision }: { id: string; revision: number }, day?: LocalDate): Promise<Trial | null> {
  const now = ctx.clock.now()
  const edition = await editionById(ctx.db, id)
  if (!edition) return null
  const asOf = day ?? usualDay(edition, localDateOf(now))
  const trial = await ctx.db.transaction(async (db) => {
    const made = await insertTrial(db, { editionId: id, revision, startedById: official.id, createdAt: now })
    await enqueue(db, 'trials.run', { editionId: id, trialId: made.id, asOf }, { runAt: now })
    await record(db, { at: now, actor: official.id, what: 'edition.tried', subject: id })
    return made
  })
  ctx.wake()
  return trial
}

/** Stops a trial; what it found so far is not kept. False when it had ended. */
export const cancelTrial = (ctx: Context, trialId: string): Promise<boolean> =>
  ctx.db.transaction((db) => updateTrial(db, trialId, { state: 'cancelled', finishedAt: ctx.clock.now() }))

/**
 * Runs an edition over the bookings that were made in the last twelve months. It lets the server answer others after every page, and it
 * may be run again from the start, should the process have died. A job of before days were asked has no `asOf`.
 */
export async function runTrial(ctx: Context, { editionId, trialId, asOf }: { editionId: string; trialId: string; asOf?: LocalDate | undefined }): Promise<void> {
  const trial = await trialById(ctx.db, editionId, trialId)
  const edition = await editionById(ctx.db, editionId)
  if (!trial || !edition) return
  const to = localDateOf(ctx.clock.now())
  const from = addDays(to, -yearDays)
  const within = { start: startOf(from), end: ctx.clock.now() + 1 }
  const catalogue = await catalogueOf(ctx.db)
  const areas = new Map(catalogue.spaces.map((listed) => [listed.space.id, areaOf(catalogue, listed)]))
  const outcome = emptyOutcome(from, to, asOf ?? usualDay(edition, to))
  const all = await allBookings(ctx.db)
  let last: Place | undefined = firstPlace
  for (let page = 0; last !== undefined; page++) {
    if (page % stride === 0 && !(await told(ctx, trialId, { state: 'running', done: Math.min(page * pageLength, all), all }))) return
    const { found, last: next }: Awaited<ReturnType<typeof bookingsAfter>> = await bookingsAfter(ctx.db, last, within, pageLength)
    for (const past of found) {
      const listed = catalogue.spaceById.get(past.spaceId)
      if (listed) tryOne(outcome, edition, listed, areas.get(past.spaceId) ?? '', past)
    }
    last = next
    await setImmediate()
  }
  await told(ctx, trialId, { state: 'done', done: outcome.all.bookings, all: outcome.all.bookings, outcome, finishedAt: ctx.clock.now() })
}

const told = (ctx: Context, id: string, change: Parameters<typeof updateTrial>[2]): Promise<boolean> =>
  ctx.db.transaction((db) => updateTrial(db, id, change))

function tryOne(outcome: Outcome & { asOf: LocalDate }, edition: Edition, listed: Listed, area: string, { startsAt, endsAt, charge, totalCents, decided }: Past): void {
  // Prices and exceptions of the past are not the question, but those of the day asked; bands of hours are told by the instants.
  const slot = { start: startsAt, end: endsAt, date: outcome.asOf }
  const settled = decidedBy(edition, decided.facts, decided.space ?? traitsOf(listed), slot)
  // Where both leave it to a person, the person's decision stands for both.
  const { approval } = decided.quote
  const before: Settled = decided.quote.charge === 'needs_person' ? { charge: 'needs_person', totalCents, approval } : { charge, totalCents, approval }
  const after: Settled = before.charge === 'needs_person' && settled.charge === 'needs_person' ? { ...settled, totalCents } : settled
  count(outcome, { applicant: decided.facts.applicant, area, kind: listed.space.kind, before, after })
}

/** The major district that a space lies in. */
function areaOf({ areas }: Catalogue, { unit }: Listed): string {
  const chain = unit.areaIds.map((id) => areas.get(id)).filter((area) => area !== undefined)
  return (chain.find(({ level }) => level === 'major_district') ?? chain.at(-1))?.slug ?? ''
}
