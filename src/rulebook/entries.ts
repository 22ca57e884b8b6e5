import type { EditionFile } from './edition.ts'
import type { Fault } from './edition-fault.ts'
import { applicants, purposes } from './facts.ts'
import type { JsonPart, Written } from './parts.ts'
import { conditionOf, type Ticked } from './ticked-condition.ts'

/** The lists of an edition whose entries have a form of their own, and the part that each belongs to. */
export const entryLists = {
  exceptions: 'exceptions', quotas: 'quotas', extras: 'extras', approvalRules: 'approval', applicantGroups: 'groups', purposes: 'groups',
} as const satisfies Partial<Record<keyof EditionFile, JsonPart>>
export type EntryList = keyof typeof entryLists
export type Entry = EditionFile[EntryList][number]

export const isEntryList = (list: string): list is EntryList => Object.hasOwn(entryLists, list)
export const listsOf = (part: string): EntryList[] => (Object.keys(entryLists) as EntryList[]).filter((list) => entryLists[list] === part)

export const entryOf = (edition: EditionFile, list: EntryList, id: string): Entry | undefined =>
  (edition[list] as readonly Entry[]).find((one) => one.id === id)

/** What of a fixed list an edition does not have yet; null of a list whose entries anybody may name. */
export function unlisted(edition: EditionFile, list: EntryList): string[] | null {
  const all: readonly string[] | null = list === 'applicantGroups' ? applicants : list === 'purposes' ? purposes : null
  return all && all.filter((id) => !entryOf(edition, list, id))
}

/** An entry as its form says it: `ticked` is its condition, where it has one; `id` only where it is chosen. */
export type EntrySaid = { id?: string | undefined; ticked?: Ticked | undefined; fields: Record<string, unknown> }

/** The edition with an entry in the place of the one of this id or, of a new one, after the last. */
export function withEntry(edition: EditionFile, list: EntryList, id: string | null, said: EntrySaid): Written {
  const before = id === null ? undefined : entryOf(edition, list, id)
  const when = said.ticked && { when: conditionOf(said.ticked, before && 'when' in before ? before.when : undefined) }
  const entry = { id: before?.id ?? newId(edition, list, said), ...when, ...said.fields }
  const entries: readonly Entry[] = edition[list]
  return { ...edition, [list]: before ? entries.map((one) => (one === before ? entry : one)) : [...entries, entry] }
}

export const withoutEntry = (edition: EditionFile, list: EntryList, id: string): Written =>
  ({ ...edition, [list]: (edition[list] as readonly Entry[]).filter((one) => one.id !== id) })

/** An id that nobody has to invent: from what an entry is about, with a number where that is taken. */
export function newId(edition: EditionFile, list: EntryList, { id, fields }: EntrySaid): string {
  if (id !== undefined) return id
  const { unit, validFrom, whose, within, per, text } = fields as Partial<Record<string, string>> & { text?: { en: string } }
  const about = list === 'exceptions' ? [unit, validFrom] : list === 'quotas' ? [whose, within, per] : [text?.en.slice(0, 40)]
  const base = about.join('_').toLowerCase().replace(/[^a-z0-9]+/g, '_').replace(/^[^a-z]+|_+$/g, '').slice(0, 50) || 'entry'
  // Rules of all kinds are told apart by their ids, in one edition.
  const { chargeRules, exceptions, approvalRules, supervisionRules, extras } = edition
  const taken = new Set([...chargeRules, ...exceptions, ...approvalRules, ...supervisionRules, ...extras, ...edition[list]].map((one) => one.id))
  let free = base
  for (let n = 2; taken.has(free); n++) free = `${base}_${n}`
  return free
}

/** The faults of what was written that a form can show at a field, by the field's name, and those that it cannot. */
export function faultsByField(faults: readonly Fault[], edition: Written, list: EntryList, id: string, fields: readonly string[]): { field: string; fault: Fault }[] {
  const place = (edition[list] as readonly Entry[]).findIndex((one) => one.id === id)
  return faults.flatMap((fault) => {
    const [top, at, name = '', tongue] = fault.path.split('.')
    const own = top === list && at === String(place)
    const field = fault.code === 'twice' && fault.values['name'] === id ? 'id' : !own ? '' : name === 'when' ? 'whenMore' : fieldOf(name, tongue, fields)
    return fields.includes(field) ? [{ field, fault }] : []
  })
}

function fieldOf(name: string, tongue: string | undefined, fields: readonly string[]): string {
  if (fields.includes(name)) return name
  return `${name}${tongue === undefined ? 'Fi' : `${tongue.charAt(0).toUpperCase()}${tongue.slice(1)}`}`
}
