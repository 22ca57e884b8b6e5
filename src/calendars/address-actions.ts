import { lockPerson } from '../bookings/store.ts'
import type { Context } from '../context.ts'
import { record } from '../history/store.ts'
import type { Person } from '../people/person.ts'
import { hashOf, nanoId, secretToken } from '../platform/ids.ts'
import type { Language } from '../platform/i18n/text.ts'
import type { Reads } from '../platform/db/database.ts'
import { addressByHash, addressesOf, insertAddress, updateAddress, type Address } from './address-store.ts'
import { secretFeed, type Feed } from './feed-store.ts'
import { own, sameSubject, type Subject } from './subject.ts'
import { subjectsFor } from './subject-store.ts'

/** For one calendar: one for each program, and some to spare; more would only be forgotten. */
export const mostAddresses = 5

export type MakeRefusal = { code: 'too-many-addresses'; limit: number } | { code: 'no-such-calendar' }
export type Made = { ok: true; secret: string } | { ok: false; refusals: [MakeRefusal] }

const mayHave = async (db: Reads, person: Person, subject: Subject): Promise<boolean> =>
  (await subjectsFor(db, person)).some((one) => sameSubject(one, subject))

/** Makes a secret address of a feed. The secret is told now and never again: only its hash is kept. */
export async function makeFeed(ctx: Context, person: Person, language: Language, of: Subject = own): Promise<Made> {
  const now = ctx.clock.now()
  const secret = secretToken()
  return ctx.db.transaction(async (db) => {
    await lockPerson(db, person.id)
    if (!(await mayHave(db, person, of))) return { ok: false, refusals: [{ code: 'no-such-calendar' }] }
    if ((await addressesOf(db, person.id)).filter((one) => sameSubject(one, of)).length >= mostAddresses) {
      return { ok: false, refusals: [{ code: 'too-many-addresses', limit: mostAddresses }] }
    }
    const id = nanoId()
    await insertAddress(db, {
      id, tokenHash: hashOf(secret), kind: of.kind, subjectId: of.subjectId, personId: person.id, language,
      createdAt: now, lastUsedAt: null, revokedAt: null,
    })
    await record(db, { at: now, actor: person.id, what: 'feed.made', subject: id })
    return { ok: true, secret }
  })
}

/**
 * Gives an address a new secret; the old one stops at once. Null when the person has no such address, or has lost the
 * right to what it tells.
 */
export async function rotateFeed(ctx: Context, person: Person, addressId: string): Promise<{ secret: string; address: Address } | null> {
  const now = ctx.clock.now()
  const secret = secretToken()
  return ctx.db.transaction(async (db) => {
    const address = (await addressesOf(db, person.id)).find(({ id }) => id === addressId)
    if (!address || !(await mayHave(db, person, address))) return null
    await updateAddress(db, addressId, { tokenHash: hashOf(secret), createdAt: now, lastUsedAt: null })
    await record(db, { at: now, actor: person.id, what: 'feed.rotated', subject: addressId })
    return { secret, address }
  })
}

/** Ends an address. False when the person has no such address. */
export async function revokeFeed(ctx: Context, person: Person, addressId: string): Promise<boolean> {
  const now = ctx.clock.now()
  return ctx.db.transaction(async (db) => {
    if (!(await addressesOf(db, person.id)).some(({ id }) => id === addressId)) return false
    await updateAddress(db, addressId, { revokedAt: now })
    await record(db, { at: now, actor: person.id, what: 'feed.revoked', subject: addressId })
    return true
  })
}

const noteEveryMs = 3_600_000

/** What a secret opens, and in which language; its use is noted at most once an hour. Null when it opens nothing (any more). */
export async function openAddress(ctx: Context, secret: string): Promise<{ feed: Feed; language: Language } | null> {
  const now = ctx.clock.now()
  const address = await addressByHash(ctx.db, hashOf(secret))
  const feed = address && (await secretFeed(ctx.db, address))
  if (!address || !feed) return null
  if (now - (address.lastUsedAt ?? -Infinity) >= noteEveryMs) {
    await ctx.db.transaction((db) => updateAddress(db, address.id, { lastUsedAt: now }))
  }
  return { feed, language: address.language }
}
