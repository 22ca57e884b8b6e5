/** The form's answers as typed, kept with the hold through Back and sign-in; parsed again on every use. */
export type DraftAnswers = Record<string, string | string[]>

const single = [
  'date', 'from', 'to', 'fromTurn', 'toTurn', 'applicant', 'purpose', 'people', 'openToAll', 'entryFee', 'locals', 'youths', 'again',
] as const
const several = ['groups', 'activities'] as const
const details = [
  'title', 'public', 'responsibleName', 'responsiblePhone', 'association', 'associationNumber', 'associationName', 'payerName',
  'payerAddress',
] as const

/** What the first step asks, and which earlier booking the rest comes from: nothing personal, so that it may stand in an address. */
const wishNames: readonly string[] = ['space', ...single, ...several]
const names: readonly string[] = [...wishNames, ...details]
const longest = 1000

const texts = (value: unknown): string[] =>
  [value].flat().filter((one): one is string => typeof one === 'string').slice(0, 20).map((one) => one.trim().slice(0, longest))

/** The answers in a query or a form's body; what nobody asked is dropped. */
export function draftOf(source: unknown): DraftAnswers {
  const given = Object.entries((source ?? {}) as Record<string, unknown>).filter(([name]) => names.includes(name))
  const draft: DraftAnswers = {}
  for (const [name, value] of given) {
    const said = texts(value)
    if ((several as readonly string[]).includes(name)) draft[name] = said
    else if (said[0] !== undefined) draft[name] = said[0]
  }
  return draft
}

/** A link's answers: what others call true, and shares as heads, are read as the form's own. */
export function draftOfLink(query: unknown): DraftAnswers {
  const given = (query ?? {}) as Record<string, unknown>
  const draft = draftOf(given)
  for (const name of ['openToAll', 'entryFee'] as const) {
    if (draft[name] === 'true' || draft[name] === '1') draft[name] = 'yes'
    if (draft[name] === 'false' || draft[name] === '0') draft[name] = 'no'
  }
  for (const [name, shareName] of [['locals', 'localShare'], ['youths', 'youthShare']] as const) {
    const heads = Number(given[shareName]) * Number(draft['people'])
    if (draft[name] === undefined && Number.isFinite(heads) && heads >= 0) draft[name] = String(Math.round(heads))
  }
  return draft
}

const only = (draft: DraftAnswers | null, wanted: readonly string[]): DraftAnswers =>
  Object.fromEntries(Object.entries(draft ?? {}).filter(([name]) => wanted.includes(name)))

/** What is known of a wish: as said just now, and what was kept with the hold where nothing is said of it. */
export function joined(said: DraftAnswers, kept: DraftAnswers | null): DraftAnswers {
  const wish = said['applicant'] || said['purpose'] || said['people'] ? said : { ...only(kept, wishNames), ...said }
  return { ...only(kept, details), ...wish }
}

/**
 * What is said, and where nothing is said what is known from an earlier time; of other people the same shares live in the
 * city and are young. A link that names the applicant and not openness was priced as closed: then only a person says otherwise.
 */
export function filledIn(said: DraftAnswers, { openToAll, ...known }: DraftAnswers): DraftAnswers {
  const spoken = Object.fromEntries(Object.entries(said).filter(([, value]) => value.length > 0))
  const change = Number(spoken['people']) / Number(known['people'])
  const heads = (['locals', 'youths'] as const).filter((name) => known[name] && Number.isFinite(change))
    .map((name) => [name, String(Math.round(Number(known[name]) * change))])
  const open = openToAll && !(spoken['applicant'] && openToAll === 'yes') ? { openToAll } : {}
  return { ...known, ...Object.fromEntries(heads), ...open, ...spoken }
}

/** The earlier answers to the second step, and which booking they are from, where nothing is said yet. */
export const detailsFrom = (known: DraftAnswers, said: DraftAnswers): DraftAnswers => ({ ...only(known, [...details, 'again']), ...said })

/** The first step's answers as a query string; empty ones are left out. */
export function queryOf(draft: DraftAnswers): string {
  const query = new URLSearchParams()
  for (const name of wishNames) {
    for (const value of [draft[name] ?? []].flat()) if (value !== '') query.append(name, value)
  }
  return query.toString()
}

/** The address of the first step with its answers, even where the form knows enough to leave it out. */
export const wishPath = (draft: DraftAnswers): string => `/bookings/new?${queryOf(draft)}&step=wish`

/** The answers as the hidden fields of a later step's form. */
export const hiddenFields = (draft: DraftAnswers, except: readonly string[] = []): { name: string; value: string }[] =>
  Object.entries(draft).filter(([name]) => !except.includes(name)).flatMap(([name, value]) => [value].flat().map((one) => ({ name, value: one })))

/** An own association as the form's radio button names it. */
export const associationChoice = ({ businessId, registerNumber }: { businessId: string | null; registerNumber: string | null }): string =>
  (registerNumber ? `register_number:${registerNumber}` : `business_id:${businessId ?? ''}`)
