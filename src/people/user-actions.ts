import { and, eq, isNull } from 'drizzle-orm'
import type { Context } from '../context.ts'
import { record } from '../history/store.ts'
import type { Reads, Writes } from '../platform/db/database.ts'
import { forUpdate } from '../platform/db/dialect.ts'
import { hashOf, nanoId, secretToken } from '../platform/ids.ts'
import { catalogueOf } from '../spaces/store.ts'
import { nameField, normalEmail, type Person } from './person.ts'
import { allowedScopes, roles, scopeAllowed, type Role, type StaffRole } from './roles.ts'
import { personByEmail, personFor, tokensOf, type ApiToken } from './store.ts'
import { apiTokens, persons, staffRoles } from './table.ts'

const hour = 3_600_000

type IssuedToken = { id: string; token: string }

/** Makes a token by which a machine acts for a person. The token is shown once; only its hash is stored. */
async function insertToken(db: Writes, personId: string, name: string, { actor, at }: { actor: string; at: number }): Promise<IssuedToken> {
  const [id, token] = [nanoId(), `tv_${secretToken()}`]
  await db.insert(apiTokens).values({ id, tokenHash: hashOf(token), personId, name, createdAt: at }).returning({ id: apiTokens.id })
  await record(db, { at, actor, what: 'person.token-made', subject: personId, particulars: { token: id } })
  return { id, token }
}

/** A token made for a person by whoever runs the service. */
export const issueToken = (ctx: Context, personId: string, name: string): Promise<IssuedToken> =>
  ctx.db.transaction((db) => insertToken(db, personId, name, { actor: 'system', at: ctx.clock.now() }))

/** As many as anybody can keep in mind. */
export const tokensAtMost = 10

/** A token that a person makes for themselves. */
export const makeToken = (ctx: Context, person: Person, name: string): Promise<({ ok: true } & IssuedToken) | { ok: false; refusal: { code: 'too-many-tokens'; limit: number } }> =>
  ctx.db.transaction(async (db) => {
    await forUpdate(db.select({ id: persons.id }).from(persons).where(eq(persons.id, person.id)))
    if ((await tokensOf(db, person.id)).length >= tokensAtMost) return { ok: false, refusal: { code: 'too-many-tokens', limit: tokensAtMost } }
    return { ok: true, ...(await insertToken(db, person.id, name, { actor: person.id, at: ctx.clock.now() })) }
  })

/** Ends one of the person's own tokens; false when they have no such token. */
export async function revokeToken(ctx: Context, person: Person, id: string): Promise<boolean> {
  const now = ctx.clock.now()
  const mine = and(eq(apiTokens.id, id), eq(apiTokens.personId, person.id), isNull(apiTokens.revokedAt))
  return ctx.db.transaction(async (db) => {
    const [ended] = await db.update(apiTokens).set({ revokedAt: now }).where(mine).returning({ id: apiTokens.id })
    if (ended) await record(db, { at: now, actor: person.id, what: 'person.token-revoked', subject: person.id, particulars: { token: id } })
    return ended !== undefined
  })
}

/** Notes that a token was used, at most hourly. */
export async function touchToken(ctx: Context, token: ApiToken): Promise<void> {
  const now = ctx.clock.now()
  if (token.lastUsedAt !== null && now - token.lastUsedAt < hour) return
  await ctx.db.transaction((db) => db.update(apiTokens).set({ lastUsedAt: now }).where(eq(apiTokens.id, token.id)).returning({ id: apiTokens.id }))
}

export type NewUser = { email: string; name: string; role: string; scope?: string | undefined }
export type UserRefusal =
  | { code: 'bad-email'; email: string }
  | { code: 'name-needed' }
  | { code: 'unknown-role'; role: string }
  | { code: 'scope-needed' | 'scope-not-allowed'; role: Role; allowed: readonly string[] }
  | { code: 'unknown-scope'; scope: string }

type Granted = Omit<StaffRole, 'role'>

/** `unit:<slug>`, `area:<slug>` or `city` as ids; null when there is no such place. */
async function scopeOf(db: Reads, text: string): Promise<Granted | null> {
  if (text === 'city') return { scopeKind: 'city', scopeId: '' }
  const [, kind, slug = ''] = /^(unit|area):(.+)$/.exec(text) ?? []
  if (kind !== 'unit' && kind !== 'area') return null
  const catalogue = await catalogueOf(db)
  const place = kind === 'unit' ? catalogue.unitBySlug.get(slug) : catalogue.areaBySlug.get(slug)
  return place ? { scopeKind: kind, scopeId: place.id } : null
}

/**
 * Adds a person, or a role to the one who has the address already (whose own name stays). A resident has no scope; a
 * role that always means the whole city needs none said. Adding the same twice changes nothing.
 */
export async function addUser(ctx: Context, user: NewUser): Promise<{ ok: true; person: Person; isNew: boolean } | { ok: false; refusal: UserRefusal }> {
  const refuse = (refusal: UserRefusal) => ({ ok: false as const, refusal })
  const email = normalEmail(user.email)
  const role = roles.find((one) => one === user.role)
  if (email === null) return refuse({ code: 'bad-email', email: user.email })
  if (!role) return refuse({ code: 'unknown-role', role: user.role })
  const now = ctx.clock.now()
  return ctx.db.transaction(async (db) => {
    const allowed = role === 'resident' ? [] : allowedScopes[role]
    const wanted = user.scope ?? (allowed.length === 1 && allowed[0] === 'city' ? 'city' : null)
    if (wanted === null && allowed.length) return refuse({ code: 'scope-needed', role, allowed })
    const scope = wanted === null ? null : await scopeOf(db, wanted)
    if (wanted !== null && !scope) return refuse({ code: 'unknown-scope', scope: wanted })
    if (scope && (role === 'resident' || !scopeAllowed(role, scope.scopeKind))) return refuse({ code: 'scope-not-allowed', role, allowed })

    const known = await personByEmail(db, email)
    const name = known?.name || nameField.safeParse(user.name).data
    if (!name) return refuse({ code: 'name-needed' })
    const person = await personFor(db, { email, name, language: 'fi' }, now)
    if (person.name !== name) await db.update(persons).set({ name }).where(eq(persons.id, person.id)).returning({ id: persons.id })
    if (scope && role !== 'resident') {
      const given = await db.insert(staffRoles).values({ id: nanoId(), personId: person.id, role, ...scope }).onConflictDoNothing().returning({ id: staffRoles.id })
      if (given.length) await record(db, { at: now, actor: 'system', what: 'person.role-given', subject: person.id, particulars: { role, scope: wanted } })
    }
    const stored = await personByEmail(db, email)
    return { ok: true, person: stored ?? person, isNew: !known }
  })
}
