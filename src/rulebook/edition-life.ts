import type { EditionStatus } from './edition.ts'

/** Where an edition stands on a date: drafts and what was withdrawn never come by themselves, and of several of one day the last adopted counts. */
export const editionStates = ['in_force', 'coming', 'draft', 'replaced', 'withdrawn'] as const
export type EditionState = (typeof editionStates)[number]

type Dated = { id: string; status: EditionStatus; validFrom: string; createdAt: number; adoptedAt: number | null }
export type Standing<Row> = { row: Row; state: EditionState; /** The day from which another is in force. */ endsOn: string | null }

/** Editions with their state on a local date, by their days; then what was `withdrawn` (by id), drafts last. */
export function standings<Row extends Dated>(rows: readonly Row[], date: string, withdrawn: Pick<ReadonlySet<string>, 'has'> = new Set()): Standing<Row>[] {
  const byDay = rows.filter(({ status }) => status !== 'draft').sort((a, b) => compareText(a.validFrom, b.validFrom)
    || (a.adoptedAt ?? a.createdAt) - (b.adoptedAt ?? b.createdAt) || compareText(a.id, b.id))
  const inTime = byDay.filter(({ id }) => !withdrawn.has(id))
  const present = inTime.findLastIndex(({ validFrom }) => validFrom <= date)
  return [
    ...inTime.map((row, at): Standing<Row> => {
      const next = inTime[at + 1]?.validFrom ?? null
      const state = at === present ? 'in_force' : at < present || next === row.validFrom ? 'replaced' : 'coming'
      return { row, state, endsOn: next }
    }),
    ...byDay.filter(({ id }) => withdrawn.has(id)).map((row): Standing<Row> => ({ row, state: 'withdrawn', endsOn: null })),
    ...rows.filter(({ status }) => status === 'draft').sort((a, b) => b.createdAt - a.createdAt || compareText(a.id, b.id))
      .map((row): Standing<Row> => ({ row, state: 'draft', endsOn: null })),
  ]
}

const compareText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)
