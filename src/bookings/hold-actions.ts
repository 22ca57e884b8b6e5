import type { Context } from '../context.ts'
import { answer } from '../availability/answer.ts'
import { takenOf } from '../availability/store.ts'
import { nanoId } from '../platform/ids.ts'
import { Overlap } from '../platform/db/database.ts'
import { editionInForce } from '../rulebook/store.ts'
import { catalogueOf } from '../spaces/store.ts'
import { localDateOf } from '../time/wallclock.ts'
import type { DraftAnswers } from './draft.ts'
import { scheduleOf } from './judgement.ts'
import { refused, type Refused } from './refusal.ts'
import { anyHoldOver, insertHold, liveHoldOf, liveHoldsFrom, lockParts, occupy, sweepHolds, updateHold, type Hold } from './store.ts'

/** A school's whole network may share one address, so several times may be kept from it. */
const holdsPerAddress = 10

/** Who has signed in keeps one time anyway and answers for it; only visitors without a name count against a network. */
const isPersons = (ownerHash: string): boolean => ownerHash.startsWith('person:')

type Owner = { hash: string; addressHash: string }

/**
 * Keeps a time for the one who fills in the form (rulings 12). An owner keeps one time at once: a new hold lets the old
 * one go, a refused one leaves it. Asked as an anonymous wish: the rule book has its say when the answers are in.
 */
export async function placeHold(
  ctx: Context,
  owner: Owner,
  wish: { space: string; start: number; end: number },
  answers: DraftAnswers,
): Promise<{ ok: true; hold: Hold } | Refused> {
  const now = ctx.clock.now()
  try {
    return await ctx.db.transaction(async (db) => {
      const catalogue = await catalogueOf(db)
      const listed = catalogue.spaceBySlug.get(wish.space)
      const edition = await editionInForce(db, localDateOf(now))
      if (!listed) throw new Error(`unknown space ${wish.space}`)
      if (!edition) return refused({ code: 'no-rule-book' })
      await lockParts(db, listed.space)
      await sweepHolds(db, now)
      const former = await liveHoldOf(db, owner.hash, now)
      const others = (await liveHoldsFrom(db, owner.addressHash, now)).filter((hold) => hold.ownerHash !== owner.hash && !isPersons(hold.ownerHash))
      if (!isPersons(owner.hash) && others.length >= holdsPerAddress) return refused({ code: 'too-many-holds', limit: holdsPerAddress })
      const taken = await takenOf(db, listed, wish.start, wish.end)
      const { refusals } = answer({
        schedule: scheduleOf(edition, listed), taken, now, limits: edition.limits,
        wish: { start: wish.start, end: wish.end, people: 1, approval: 'automatic', ...(former ? { holdId: former.id } : {}) },
      })
      if (refusals.length) return refused(...refusals)
      await sweepHolds(db, now, owner.hash)
      const hold: Hold = {
        id: nanoId(), spaceId: listed.space.id, startsAt: wish.start, endsAt: wish.end, ownerHash: owner.hash,
        addressHash: owner.addressHash, answers, createdAt: now, expiresAt: now + edition.limits.holdMinutes * 60_000,
      }
      await insertHold(db, hold)
      await occupy(db, listed.space, wish, { holdId: hold.id })
      return { ok: true, hold }
    })
  } catch (error) {
    if (error instanceof Overlap) return refused({ code: 'taken', busy: [], gap: false })
    throw error
  }
}

/** Keeps the form's answers with the hold; false when the hold has run out meanwhile. */
export async function keepAnswers(ctx: Context, ownerHash: string, answers: DraftAnswers): Promise<boolean> {
  const now = ctx.clock.now()
  return ctx.db.transaction(async (db) => {
    const hold = await liveHoldOf(db, ownerHash, now)
    if (!hold) return false
    await updateHold(db, hold.id, { answers })
    return true
  })
}

/** Lets the kept time go. */
export async function releaseHold(ctx: Context, ownerHash: string): Promise<void> {
  await ctx.db.transaction((db) => sweepHolds(db, ctx.clock.now(), ownerHash))
}

/** The hold of an anonymous visitor becomes the person's at sign-in; one the person had before is let go. */
export async function handOverHold(ctx: Context, fromHash: string, toHash: string): Promise<void> {
  const now = ctx.clock.now()
  if (!(await liveHoldOf(ctx.db, fromHash, now))) return
  await ctx.db.transaction(async (db) => {
    const hold = await liveHoldOf(db, fromHash, now)
    if (!hold) return
    await sweepHolds(db, now, toHash)
    await updateHold(db, hold.id, { ownerHash: toHash })
  })
}

/** Takes away holds that have run out, so that their times are free for everybody's eyes too. Runs by the clock. */
export async function forgetHolds(ctx: Context): Promise<void> {
  const now = ctx.clock.now()
  if (!(await anyHoldOver(ctx.db, now))) return
  await ctx.db.transaction((db) => sweepHolds(db, now))
}
