import { eq } from 'drizzle-orm'
import { book } from '../../src/bookings/actions.ts'
import { approve } from '../../src/bookings/decision-actions.ts'
import { bookingByRef, type Booking } from '../../src/bookings/store.ts'
import { issueFromDesk, issueToMaker, type Issued } from '../../src/decisions/actions.ts'
import type { BookingContent, DecisionKind } from '../../src/decisions/decision.ts'
import { documentOf } from '../../src/decisions/document-words-pages.ts'
import type { Decision } from '../../src/decisions/store.ts'
import { decisions } from '../../src/decisions/table.ts'
import { personById } from '../../src/people/store.ts'
import type { Person } from '../../src/people/person.ts'
import { persons } from '../../src/people/table.ts'
import type { Language } from '../../src/platform/i18n/text.ts'
import { wishFor } from '../bookings/wishes.ts'
import type { Name } from '../support/cast.ts'
import type { World } from '../support/world.ts'

/** Short ways through a decision's stories. */

export const persona = async ({ ctx }: World, name: Name): Promise<Person> => (await personById(ctx.db, name))!

/** Changes the language that a person is written to in. */
export const speaks = ({ ctx }: World, name: Name, language: Language): Promise<unknown> =>
  ctx.db.transaction((db) => db.update(persons).set({ language }).where(eq(persons.id, name)).returning())

type Own = Parameters<typeof wishFor>[3] & { language?: Language; space?: string; day?: string }

/** A booking made: by default Olli's open evening in the school's classroom, confirmed by the rules. */
export async function booked(the: World, name: Name = 'olli', { language = 'fi', space = 'luokka', day = '2026-12-10', ...own }: Own = {}): Promise<Booking> {
  const wish = wishFor(space, `${day}T18:00`, `${day}T20:00`, { title: 'Kyläjuhla', ...own })
  const done = await book(the.ctx, await persona(the, name), wish, { language })
  if (!done.ok) throw new Error(JSON.stringify(done.refusals))
  return done.booking
}
/** In the canteen, where an official approves. */
export const requested = (the: World, name: Name = 'olli', own: Own = {}): Promise<Booking> => booked(the, name, { space: 'ruokasali', ...own })
/** For Kallion Sulka ry, which Maija and Kalle belong to. */
export const forSulka = { association: { kind: 'register_number', value: '123456' }, facts: { applicant: 'registered_association', purpose: 'meeting' } } as const
/** Something that is paid for. */
export const party = { facts: { applicant: 'private_person', purpose: 'private_party', openToAll: false, people: 20 }, payer: { name: 'Olli Mallikas', address: 'Katu 1' } } as const

export async function approved(the: World, ref: string, by: Name = 'kerttu', own: Parameters<typeof approve>[3] = { reason: null }): Promise<Booking> {
  const done = await approve(the.ctx, await persona(the, by), ref, own)
  if (!done?.ok) throw new Error(`not approved: ${JSON.stringify(done)}`)
  return done.booking
}

export const asks = async (the: World, name: Name, ref: string, kind?: DecisionKind): Promise<Issued | null> =>
  issueToMaker(the.ctx, await persona(the, name), ref, { tell: documentOf, ...(kind ? { kind } : {}) })
export const gives = async (the: World, name: Name, ref: string, kind?: DecisionKind): Promise<Issued | null> =>
  issueFromDesk(the.ctx, await persona(the, name), ref, { tell: documentOf, ...(kind ? { kind } : {}) })

/** The document of an issuing that succeeded. */
export function given(issued: Issued | null): Decision {
  if (!issued?.ok) throw new Error(`nothing issued: ${JSON.stringify(issued)}`)
  return issued.decision
}
export const documents = ({ ctx }: World): Promise<Decision[]> => ctx.db.select().from(decisions)
/** What a document of a booking or a wish rests on. */
export function contentOf({ content }: Decision): BookingContent {
  if ('ban' in content) throw new Error('a document of a ban')
  return content
}
export const bookingNow = async ({ ctx }: World, ref: string): Promise<Booking> => (await bookingByRef(ctx.db, ref))!
/** All sentences of a document, one a line; what somebody said below what it follows, as PostgreSQL keeps no order of fields. */
export const wordsOf = ({ content: { text } }: Decision): string => {
  const found: string[] = []
  const walk = (value: unknown): void => {
    if (typeof value === 'string') found.push(value.replaceAll('\u00a0', ' '))
    else if (value && typeof value === 'object') Object.entries(value).sort(([a], [b]) => Number(a === 'quoted') - Number(b === 'quoted')).forEach(([, part]) => walk(part))
  }
  walk(text)
  return found.join('\n')
}
