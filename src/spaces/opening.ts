import type { Text } from '../platform/i18n/text.ts'

/**
 * A weekly opening in local time. It belongs to the date it starts on: `from` 0–1439, `to` up to 2880 (past midnight).
 * `when` ties it to the school year: always, only in term, only outside term.
 */
export type Opening = {
  /** ISO weekdays, 1 = Monday. */
  weekdays: number[]
  from: number
  to: number
  when: 'always' | 'term' | 'break'
  onHolidays: boolean
  validFrom: string | null
  validTo: string | null
}

/** A closure is an instant range with a public reason. */
export type Closure = { start: number; end: number; reason: Text }
