import { readFileSync } from 'node:fs'
import type { Writes } from '../../platform/db/database.ts'
import { root } from '../../platform/root.ts'
import { parseEdition } from '../../rulebook/edition.ts'
import { editions } from '../../rulebook/table.ts'
import type { Term } from '../../time/holidays.ts'
import { holidays, terms } from '../../time/table.ts'
import { finnishHolidays } from './holidays.ts'

const read = (file: string): unknown => JSON.parse(readFileSync(root('drizzle/seed', file), 'utf8'))

/** Holidays for six years, school terms, and the example rule book: what every city needs before its premises. */
export async function seedReference(db: Writes, now: number): Promise<void> {
  const year = new Date(now).getUTCFullYear()
  const days = finnishHolidays([-1, 0, 1, 2, 3, 4].map((after) => year + after))
  await db.insert(holidays).values(days).onConflictDoNothing().returning({ date: holidays.date })
  const { terms: rows } = read('terms.json') as { terms: (Term & { id: string })[] }
  await db.insert(terms).values(rows).onConflictDoNothing().returning({ id: terms.id })
  const content = read('rulebook.example.json')
  const { id, status, validFrom } = parseEdition(content)
  await db.insert(editions).values({ id, status, validFrom, content, createdAt: now }).onConflictDoNothing().returning({ id: editions.id })
}
