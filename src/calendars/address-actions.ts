import type { Context } from '../context.ts'
import { record } from '../history/store.ts'
import type { Person } from '../people/person.ts'
import { hashOf, nanoId, secretToken } from '../platform/ids.ts'
import type { Language } from '../platform/i18n/text.ts'
import { addressByHash, addressesOf, insertAddress, updateAddress, type Address } from './address-store.ts'

/** One for each calendar program, and some to spare; more would only be forgotten. */
export const mostAddresses = 5

export type Made = { ok: true; secret: string } | { ok: false; refusals: [{ code: 'too-many-addresses'; limit: number }] }

/** Makes a secret address of a person's own feed. The secret is told now and never again: only its hash is kept. */
export async function makeFeed(ctx: Context, person: Person, language: Language): Promise<Made> {
  const now = ctx.clock.now()
  const secret = secretToken()
  return ctx.db.transaction(async (db) => {
    if ((await addressesOf(db, person.id)).length >= mostAddresses) {
      return { ok: false, refusals: [{ code: 'too-many-addresses', limit: mostAddresses }] }
    }
    const id = nanoId()
    await insertAddress(db, {
      id, tokenHash: hashOf(secret), kind: 'person', subjectId: '', personId: person.id, language,
      createdAt: now, lastUsedAt: null, revokedAt: null,
    })
    await record(db, { at: now, actor: person.id, what: 'feed.made', subject: id })
    return { ok: true, secret }
  })
}

/** Gives an address a new secret; the old one stops at once. Null when the person has no such address. */
export async function rotateFeed(ctx: Context, person: Person, addressId: string): Promise<{ secret: string } | null> {
  const now = ctx.clock.now()
  const secret = secretToken()
  return ctx.db.transaction(async (db) => {
    if (!(await addressesOf(db, person.id)).some(({ id }) => id === addressId)) return null
    await updateAddress(db, addressId, { tokenHash: hashOf(secret), createdAt: now, lastUsedAt: null })
    await record(db, { at: now, actor: person.id, what: 'feed.rotated', subject: addressId })
    return { secret }
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

/** The address a secret opens, noting its use at most once an hour; null when it opens nothing. */
export async function openAddress(ctx: Context, secret: string): Promise<Address | null> {
  const now = ctx.clock.now()
  const address = await addressByHash(ctx.db, hashOf(secret))
  if (address && now - (address.lastUsedAt ?? -Infinity) >= noteEveryMs) {
    await ctx.db.transaction((db) => updateAddress(db, address.id, { lastUsedAt: now }))
  }
  return address
}
