import type { Context } from '../context.ts'
import { eventsOf, record } from '../history/store.ts'
import type { PlainText } from '../platform/i18n/text.ts'
import type { Reads, Writes } from '../platform/db/database.ts'
import { isUniqueViolation } from '../platform/db/dialect.ts'
import { catalogueOf } from '../spaces/store.ts'
import { addDays, localDateOf, type LocalDate } from '../time/wallclock.ts'
import { same } from './differences.ts'
import { draftFaults } from './draft-faults.ts'
import { faultAt, type Fault } from './edition-fault.ts'
import { readEdition, type Edition } from './edition.ts'
import { editionRow, editionRows, lastDecided, lockEdition, removeDraft, updateEdition } from './edition-store.ts'
import type { Written } from './parts.ts'
import { prove, type Proof } from './proof.ts'
import { editionInForce, type EditionRow } from './store.ts'
import { editions } from './table.ts'

export type { Fault }

export type EditionRefusal =
  | { code: 'id-taken' }
  | { code: 'unreadable'; faults: Fault[] }
  /** Somebody else has changed the draft; `edition` is how it is now. */
  | { code: 'changed-meanwhile'; edition: Edition; revision: number }
  | { code: 'not-a-draft' }
  | { code: 'in-the-way'; of: Obstacle[] }
/** What keeps a draft from being adopted. */
export type Obstacle =
  | { code: 'too-early'; earliest: LocalDate }
  | { code: 'unreadable'; faults: Fault[] }
  | { code: 'not-proven'; proof: Proof; edition: Edition }
  /** Other terms have been adopted under the same version. */
  | { code: 'terms-version'; version: string }
  /** What is still said with another edition's words, and must be this one's own. */
  | { code: 'still-copied'; of: Copied[] }
  /** Rows of units that the city does not have. */
  | { code: 'unknown-units'; units: string[] }
/** Where the words are, the part of the draft that they are written in, and the edition that they are of. */
export type Copied = { path: string; part: 'general' | 'procedure' | 'review'; of: string }
type Refused = { ok: false; refusal: EditionRefusal }
/** Null means that there is no such edition. */
export type Done = { ok: true; revision: number } | Refused | null
export type Read = { ok: true; edition: Edition } | { ok: false; refusal: { code: 'unreadable'; faults: Fault[] } }

const refused = (refusal: EditionRefusal): Refused => ({ ok: false, refusal })
/** Addresses of the desk. */
const reserved = ['new', 'comparison']

/** Reads an edition's file. The API's answer about the edition in force is one too: the id that it says once more is passed over. */
export function read(json: unknown): Read {
  const found = readEdition(withoutVersion(json))
  return found.ok ? found : { ok: false, refusal: { code: 'unreadable', faults: found.faults } }
}

function withoutVersion(json: unknown): unknown {
  if (typeof json !== 'object' || json === null || !('version' in json) || typeof json.version !== 'string') return json
  const { version: _, ...file } = json
  return file
}

/** The same of what becomes a draft. */
function readDraft(json: unknown): Read {
  const found = read(json)
  const faults = found.ok ? draftFaults(found.edition) : []
  return faults.length > 0 ? { ok: false, refusal: { code: 'unreadable', faults } } : found
}

/** A file as a draft of this id: whoever decided it decided it elsewhere. */
const asDraft = (json: unknown, id: string): unknown =>
  typeof json === 'object' && json !== null && !Array.isArray(json) ? { ...json, id, status: 'draft', decision: null } : json

/** The id that a file names itself by. */
export const ownId = (json: unknown): string | null => {
  const id = typeof json === 'object' && json !== null && 'id' in json ? json.id : null
  return typeof id === 'string' ? id : null
}

/** Makes a draft of what a file says. `actor` is a person's id or 'system'; `basedOn` the edition that it is a copy of. */
export async function draftEdition(
  ctx: Context, actor: string, { id, json, basedOn }: { id: string; json: unknown; basedOn: string | null },
): Promise<{ ok: true; id: string } | Refused> {
  const found = readDraft(asDraft(json, id))
  if (!found.ok) return found
  const at = ctx.clock.now()
  try {
    return await ctx.db.transaction(async (db) => {
      if (reserved.includes(id) || await editionRow(db, id)) return refused({ code: 'id-taken' })
      // A draft of this id may have been deleted: its revisions are not counted anew, as what is read of each is remembered.
      const revision = (await eventsOf(db, id)).length
      const { later: _, pricedAsOf: __, ...content } = found.edition
      await db.insert(editions).values({ id, status: 'draft', validFrom: content.validFrom, content, basedOn, revision, createdAt: at, updatedAt: at })
        .returning({ id: editions.id })
      await record(db, { at, actor, what: 'edition.drafted', subject: id, particulars: { from: basedOn } })
      return { ok: true, id } as const
    })
  } catch (error) {
    if (isUniqueViolation(error)) return refused({ code: 'id-taken' })
    throw error
  }
}

/** Makes a draft that says what another edition says; null when there is no such edition. */
export async function copyEdition(ctx: Context, actor: string, { id, from }: { id: string; from: string }) {
  const row = await editionRow(ctx.db, from)
  if (!row) return null
  // What was new in the one is not what is new in the other.
  const { summary: _, ...content } = row.content as Edition
  return draftEdition(ctx, actor, { id, json: content, basedOn: from })
}

type Draft = { row: EditionRow; edition: Edition }

/** The draft as it was when its form was opened, locked; or why nothing can be done to it. */
async function draftAt(db: Writes, id: string, revision: number): Promise<Draft | Refused | null> {
  const row = await lockEdition(db, id)
  if (!row) return null
  if (row.status !== 'draft') return refused({ code: 'not-a-draft' })
  const found = read(row.content)
  if (!found.ok) throw new Error(`the draft ${id} cannot be read`)
  if (row.revision !== revision) return refused({ code: 'changed-meanwhile', edition: found.edition, revision: row.revision })
  return { row, edition: found.edition }
}

/** What is written of a draft: which part, and of a charge rule which and what was done to it. */
export type Change = { revision: number; part: string; rule?: string; deed?: 'added' | 'removed' | 'moved'; to: (edition: Edition) => Written }

/** Writes a part of a draft. What the checker would still find may be saved, what cannot be read not. */
export async function changeDraft(ctx: Context, actor: string, id: string, { revision, to, ...particulars }: Change): Promise<Done> {
  const at = ctx.clock.now()
  return ctx.db.transaction(async (db): Promise<Done> => {
    const draft = await draftAt(db, id, revision)
    if (!draft || 'ok' in draft) return draft
    const found = readDraft({ ...to(draft.edition), id, status: 'draft', decision: null })
    if (!found.ok) return found
    if (same(found.edition, draft.edition)) return { ok: true, revision }
    await updateEdition(db, id, { content: found.edition, validFrom: found.edition.validFrom, revision: revision + 1, updatedAt: at })
    await record(db, { at, actor, what: 'edition.changed', subject: id, particulars })
    return { ok: true, revision: revision + 1 }
  })
}

/** Deletes a draft with its trials; what was adopted stays. */
export async function deleteDraft(ctx: Context, actor: string, id: string, revision: number): Promise<Done> {
  return ctx.db.transaction(async (db): Promise<Done> => {
    const draft = await draftAt(db, id, revision)
    if (!draft || 'ok' in draft) return draft
    await removeDraft(db, id)
    await record(db, { at: ctx.clock.now(), actor, what: 'edition.deleted', subject: id })
    return { ok: true, revision }
  })
}

/**
 * The first local date from which an edition may be in force: tomorrow, as today's wishes have been decided already; today
 * where nobody has adopted anything yet.
 */
export async function earliestStart(db: Reads, now: number): Promise<LocalDate> {
  const today = localDateOf(now)
  const present = await editionInForce(db, today)
  const first = present?.status === 'adopted' ? addDays(today, 1) : today
  const decided = await lastDecided(db, first)
  return decided === null ? first : addDays(decided, 1)
}

export type Adoption = { revision: number; decision: { number: string; date: LocalDate; body: PlainText }; validFrom: LocalDate }

/**
 * Makes a draft the edition that is in force from a date, or tells all that is in the way. It is proven as it will be,
 * before the transaction, since that takes its time; that it is still what was proven is looked at inside.
 */
export async function adoptDraft(ctx: Context, actor: string, id: string, { revision, decision, validFrom }: Adoption): Promise<Done> {
  const now = ctx.clock.now()
  const row = await editionRow(ctx.db, id)
  if (!row) return null
  if (row.status !== 'draft') return refused({ code: 'not-a-draft' })
  const found = read({ ...(row.content as object), status: 'adopted', decision, validFrom })
  const proof = found.ok ? prove(found.edition) : null
  return ctx.db.transaction(async (db): Promise<Done> => {
    const draft = await draftAt(db, id, revision)
    if (!draft || 'ok' in draft) return draft
    if (draft.row.revision !== row.revision) return refused({ code: 'changed-meanwhile', edition: draft.edition, revision: draft.row.revision })
    const earliest = await earliestStart(db, now)
    const early: Obstacle[] = validFrom < earliest ? [{ code: 'too-early', earliest }] : []
    if (!found.ok) return refused({ code: 'in-the-way', of: [...early, found.refusal, ...await obstaclesTo(db, draft.edition, prove(draft.edition))] })
    const of = [...early, ...await obstaclesTo(db, found.edition, proof!)]
    if (of.length > 0) return refused({ code: 'in-the-way', of })
    await updateEdition(db, id, { status: 'adopted', content: found.edition, validFrom, revision: revision + 1, updatedAt: now, adoptedAt: now })
    await record(db, { at: now, actor, what: 'edition.adopted', subject: id, particulars: { number: decision.number, date: decision.date, validFrom } })
    return { ok: true, revision: revision + 1 }
  })
}

/**
 * What keeps an edition from being adopted, whatever is decided: what it promises, what its proof found, and what it says of
 * things beside it (the words and terms of other editions, the city's units).
 */
export async function obstaclesTo(db: Reads, edition: Edition, proof: Proof): Promise<Obstacle[]> {
  const { id, terms, exceptions, priceList } = edition
  const { decisionDaysAtMost, decisionWorkingDays } = edition.limits
  const others = (await editionRows(db)).filter((row) => row.id !== id && row.status !== 'draft').map(({ content }) => content as Edition)
  const copied = copiedWords(edition, others)
  const { unitBySlug } = await catalogueOf(db)
  const units = [...exceptions, ...priceList.prices].flatMap(({ unit }) => (unit === undefined || unitBySlug.has(unit) ? [] : [unit]))
  const misread = draftFaults(edition)
  const found: (Obstacle | false)[] = [
    misread.length > 0 && { code: 'unreadable', faults: misread },
    // No fault of reading: what was adopted before this was asked must still be read.
    decisionDaysAtMost !== undefined && decisionDaysAtMost < decisionWorkingDays
      && { code: 'unreadable', faults: [faultAt('limits.decisionDaysAtMost', 'promise-short', { days: decisionWorkingDays })] },
    !proof.ok && { code: 'not-proven', proof, edition },
    others.some(({ terms: { version, text } }) => version === terms.version && !same(text, terms.text)) && { code: 'terms-version', version: terms.version },
    units.length > 0 && { code: 'unknown-units', units: [...new Set(units)] },
    copied.length > 0 && { code: 'still-copied', of: copied },
  ]
  return found.filter((one) => one !== false)
}

/**
 * A name that another edition bears already, and words that an example has only to show where a city's own belong: who
 * answers for the decisions, who reviews them, and where that is asked.
 */
function copiedWords(edition: Edition, others: readonly Edition[]): Copied[] {
  const alike = (a: PlainText | undefined, b: PlainText | undefined): boolean => (['fi', 'sv', 'en', 'plain'] as const).some((tongue) => a !== undefined && a[tongue] === b?.[tongue])
  return others.flatMap((other): Copied[] => [
    ...(alike(edition.name, other.name) ? [{ path: 'name', part: 'general', of: other.id } as const] : []),
    ...(other.status !== 'example' ? [] : [
      ...(alike(edition.procedure?.responsible, other.procedure?.responsible) ? [{ path: 'procedure.responsible', part: 'procedure', of: other.id } as const] : []),
      ...(alike(edition.review?.body, other.review?.body) ? [{ path: 'review.body', part: 'review', of: other.id } as const] : []),
      ...(alike(edition.review?.contact, other.review?.contact) ? [{ path: 'review.contact', part: 'review', of: other.id } as const] : []),
    ]),
  ])
}
