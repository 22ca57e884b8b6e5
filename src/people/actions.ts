import { and, eq, isNull, lte, or, type SQL } from 'drizzle-orm'
import type { Context } from '../context.ts'
import type { Language } from '../platform/i18n/text.ts'
import type { Writes } from '../platform/db/database.ts'
import { enqueue } from '../platform/jobs/queue.ts'
import { hashOf, keyedHash, nanoId, secretToken } from '../platform/ids.ts'
import type { AssociationId } from './identifiers.ts'
import type { Details, Person } from './person.ts'
import { localPath } from './return-to.ts'
import { declareAssociation, signInLinkByToken, liveLinksOf, personFor, type Session } from './store.ts'
import { persons, sessions, signInLinks } from './table.ts'

const minute = 60_000
const day = 24 * 60 * minute
const linkLivesMs = 15 * minute
const liveLinksAtMost = 5
/** How long a session lives after it was last seen. */
export const sessionLivesMs = 30 * day
const touchEveryMs = 10 * minute

/** The secret in a sign-in mail. It follows from the link's id, so that neither the queue nor the table holds it. */
export const signInToken = (secret: string, linkId: string): string => keyedHash(secret, `sign-in:${linkId}`)

/**
 * Sends a sign-in link to an address (as `normalEmail` gives it), known or not. An address gets at most five that work at
 * a time; nobody is told when there are no more, as the answer must not say anything about the address.
 */
export async function askSignInLink(
  ctx: Context,
  asked: { email: string; language: Language; returnTo: string; presessionHash?: string | null },
): Promise<void> {
  const now = ctx.clock.now()
  await ctx.db.transaction(async (db) => {
    if ((await liveLinksOf(db, asked.email, now)).length >= liveLinksAtMost) return
    const id = nanoId()
    await db.insert(signInLinks).values({
      id, tokenHash: hashOf(signInToken(ctx.config.sessionSecret, id)), email: asked.email, language: asked.language,
      returnTo: localPath(asked.returnTo), presessionHash: asked.presessionHash ?? null, createdAt: now, expiresAt: now + linkLivesMs,
    }).returning({ id: signInLinks.id })
    await enqueue(db, 'notices.sign-in', { linkId: id }, { key: `sign-in:${id}`, runAt: now })
  })
  ctx.wake()
}

/** Why a sign-in link does not work. */
export type LinkFault = 'unknown' | 'used' | 'expired'
export const faultOf = (link: { usedAt: number | null; expiresAt: number } | null, now: number): LinkFault | null =>
  link === null ? 'unknown' : link.usedAt !== null ? 'used' : link.expiresAt <= now ? 'expired' : null

export type Browser = { device: string; formerHash?: string | undefined }
/** `session` is the cookie's secret, of which only the hash is stored; `presessionHash` is who asked for the link. */
export type SignedIn = { ok: true; session: string; person: Person; returnTo: string; presessionHash: string | null }

async function openSession(db: Writes, personId: string, { device, formerHash }: Browser, now: number): Promise<string> {
  if (formerHash) await endSession(db, eq(sessions.idHash, formerHash), now)
  const session = secretToken()
  await db.insert(sessions).values({
    idHash: hashOf(session), personId, device, createdAt: now, lastSeenAt: now, expiresAt: now + sessionLivesMs,
  }).returning({ id: sessions.idHash })
  return session
}

async function endSession(db: Writes, which: SQL | undefined, now: number): Promise<boolean> {
  const ended = await db.update(sessions).set({ revokedAt: now }).where(and(which, isNull(sessions.revokedAt))).returning({ id: sessions.idHash })
  return ended.length > 0
}

/** Uses a link up: the person (made at the first sign-in) gets a new session, and the browser's former one ends. */
export async function signIn(ctx: Context, token: string, browser: Browser): Promise<SignedIn | { ok: false; refusal: { code: LinkFault } }> {
  const now = ctx.clock.now()
  return ctx.db.transaction(async (db) => {
    const link = await signInLinkByToken(db, hashOf(token))
    const fault = faultOf(link, now)
    if (!link || fault) return { ok: false, refusal: { code: fault ?? 'unknown' } }
    // Two requests may have read it unused at once on PostgreSQL; one of them marks it.
    const [mine] = await db.update(signInLinks).set({ usedAt: now })
      .where(and(eq(signInLinks.id, link.id), isNull(signInLinks.usedAt))).returning({ id: signInLinks.id })
    if (!mine) return { ok: false, refusal: { code: 'used' } }
    const person = await personFor(db, { email: link.email, name: '', language: link.language }, now)
    const session = await openSession(db, person.id, browser, now)
    return { ok: true, session, person, returnTo: link.returnTo, presessionHash: link.presessionHash }
  })
}

/** Signs a person in without a link: for trying the service outside production. */
export const signInAs = (ctx: Context, person: Person, browser: Browser): Promise<string> =>
  ctx.db.transaction((db) => openSession(db, person.id, browser, ctx.clock.now()))

export const signOut = async (ctx: Context, idHash: string): Promise<void> =>
  void (await ctx.db.transaction((db) => endSession(db, eq(sessions.idHash, idHash), ctx.clock.now())))

/** Ends one of the person's own sessions; false when they have no such session. */
export const revokeSession = (ctx: Context, person: Person, idHash: string): Promise<boolean> =>
  ctx.db.transaction((db) => endSession(db, and(eq(sessions.idHash, idHash), eq(sessions.personId, person.id)), ctx.clock.now()))

/** Notes that a session was used, at most every ten minutes; true when it did, and the session now ends later. */
export async function touchSession(ctx: Context, session: Session): Promise<boolean> {
  const now = ctx.clock.now()
  if (now - session.lastSeenAt < touchEveryMs) return false
  await ctx.db.transaction((db) =>
    db.update(sessions).set({ lastSeenAt: now, expiresAt: now + sessionLivesMs }).where(eq(sessions.idHash, session.idHash)).returning({ id: sessions.idHash }))
  return true
}

export async function updateMe(ctx: Context, person: Person, { name, phone, language }: Details): Promise<void> {
  await ctx.db.transaction((db) => db.update(persons).set({ name, phone, language }).where(eq(persons.id, person.id)).returning({ id: persons.id }))
}

/** Turns the morning's mail of waiting requests on or off. */
export async function setDigest(ctx: Context, person: Person, digest: boolean): Promise<void> {
  await ctx.db.transaction((db) => db.update(persons).set({ digest }).where(eq(persons.id, person.id)).returning({ id: persons.id }))
}

const associationsAtMost = 20

/** The person becomes a declared member: a number alone proves nothing (rulings 4). */
export async function addAssociation(
  ctx: Context,
  person: Person,
  named: AssociationId & { name: string },
): Promise<{ ok: true; id: string } | { ok: false; refusal: { code: 'too-many-associations'; limit: number } }> {
  if (person.associationIds.length >= associationsAtMost) return { ok: false, refusal: { code: 'too-many-associations', limit: associationsAtMost } }
  const { id } = await ctx.db.transaction((db) => declareAssociation(db, person.id, named, ctx.clock.now()))
  return { ok: true, id }
}

/** Forgets links that ran out a day ago, with the addresses in them, and sessions that ended a month ago. Runs by the clock. */
export async function forgetOldSignIns(ctx: Context): Promise<void> {
  const now = ctx.clock.now()
  await ctx.db.transaction(async (db) => {
    await db.delete(signInLinks).where(lte(signInLinks.expiresAt, now - day)).returning({ id: signInLinks.id })
    const over = now - sessionLivesMs
    await db.delete(sessions).where(or(lte(sessions.expiresAt, over), lte(sessions.revokedAt, over))).returning({ id: sessions.idHash })
  })
}
