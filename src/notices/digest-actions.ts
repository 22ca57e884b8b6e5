import { associationFor, requestsFor } from '../bookings/desk-store.ts'
import type { Context } from '../context.ts'
import { managing } from '../people/roles.ts'
import { personById } from '../people/store.ts'
import { enqueue } from '../platform/jobs/queue.ts'
import { withPrefix } from '../platform/web/language.ts'
import { catalogueOf } from '../spaces/store.ts'
import { setting, wordsIn } from './actions.ts'
import { digestDate, digestKey, digestNotice, isTheirsToDecide, toTell, type News, type Told } from './digest.ts'
import { digestJob, digestsMade, managersToTell, toldUntil } from './digest-store.ts'

/** A request is dated before its transaction gets its turn: by now every one this old is there to be seen. */
const writtenByNow = 60_000

/**
 * Puts today's digests into the queue, once for each manager: at half past seven, or later the same day when the service
 * was down. Each continues where the person's digest before ended, so that nothing falls between two. Runs by the clock.
 */
export async function queueDigests(ctx: Context): Promise<void> {
  const now = ctx.clock.now()
  const date = digestDate(now, (await catalogueOf(ctx.db)).calendar)
  if (date === null) return
  const managers = await managersToTell(ctx.db)
  const made = await digestsMade(ctx.db, managers.map((id) => digestKey(id, date)))
  const untold = managers.filter((id) => !made.has(digestKey(id, date)))
  if (untold.length === 0) return
  const told = await toldUntil(ctx.db)
  await ctx.db.transaction(async (db) => {
    for (const personId of untold) {
      const news: News = { since: told.get(personId) ?? null, until: now - writtenByNow }
      await enqueue(db, digestJob, { personId, ...news }, { key: digestKey(personId, date), runAt: now })
    }
  })
}

/** Tells a manager what waits for them as it is now: what came in the window, and what is late. No mail when that is nothing. */
export async function sendDigest(ctx: Context, personId: string, news: News, id: string): Promise<void> {
  const person = await personById(ctx.db, personId)
  const roles = person?.digest ? managing(person.roles) : []
  if (!person || roles.length === 0) return
  const waiting = (await requestsFor(ctx.db, { ...person, roles })).filter(({ booking }) => isTheirsToDecide(person, booking))
  const { overdue, fresh } = toTell(waiting, news, ctx.clock.now())
  if (overdue.length + fresh.length === 0) return
  const named = (found: typeof waiting): Promise<Told[]> => Promise.all(found.map(async (one) =>
    ({ ...one, association: (await associationFor(ctx.db, one.booking))?.name ?? null })))
  const told = { overdue: await named(overdue), fresh: await named(fresh), count: waiting.length }
  const address = (path: string): string => ctx.config.baseUrl + withPrefix(person.language, path)
  await ctx.mailer.send({ id, to: person.email, ...setting(digestNotice(wordsIn(ctx, person.language), told, address), person.language) })
}
