import { and, eq } from 'drizzle-orm'
import type { MemberRights } from '../../src/people/member.ts'
import { associations, memberships, persons } from '../../src/people/table.ts'
import type { Name } from '../support/cast.ts'
import type { World } from '../support/world.ts'

/** Gives a confirmed member of Kallion Sulka ry these rights. */
export const gives = ({ ctx }: World, name: Name, rights: MemberRights): Promise<unknown> =>
  ctx.db.transaction((db) => db.update(memberships).set({ rights })
    .where(and(eq(memberships.associationId, 'sulka'), eq(memberships.personId, name))).returning())

/** Kallion Sulka ry as Maija manages it; Kalle only books. */
export async function club(the: World): Promise<void> {
  await gives(the, 'maija', 'manages')
}

/** Somebody only says that they belong to Kallion Sulka ry. */
export async function declares({ client }: World, name: Name, called = 'Sulkaveikot'): Promise<void> {
  await (await client(name)).post('/associations').type('form').send({ identifier: '123456', name: called }).expect(303)
}

/** Who belongs to Kallion Sulka ry: those confirmed with their rights, the others as declared. */
export async function belonging({ ctx }: World, id = 'sulka'): Promise<Record<string, MemberRights | 'declared'>> {
  const rows = await ctx.db.select().from(memberships).where(eq(memberships.associationId, id))
  return Object.fromEntries(rows.map(({ personId, confirmedAt, rights }) => [personId, confirmedAt === null ? 'declared' : rights]))
}

export const clubNow = async ({ ctx }: World) => (await ctx.db.select().from(associations).where(eq(associations.id, 'sulka')))[0]!

export const speaks = ({ ctx }: World, name: Name, language: 'fi' | 'sv' | 'en'): Promise<unknown> =>
  ctx.db.transaction((db) => db.update(persons).set({ language }).where(eq(persons.id, name)).returning())

export const renames = ({ ctx }: World, id: Name, name: string): Promise<unknown> =>
  ctx.db.transaction((db) => db.update(persons).set({ name }).where(eq(persons.id, id)).returning())
