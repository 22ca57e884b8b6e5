import { inArray } from 'drizzle-orm'
import type { Reads } from '../platform/db/database.ts'
import { addDays, type LocalDate } from '../time/wallclock.ts'
import { standings } from './edition-life.ts'
import { withdrawals } from './edition-store.ts'
import type { Published, PublishedState } from './published.ts'
import { editionById } from './store.ts'
import { editions } from './table.ts'

/** Every edition that is no draft, as its file says it, with where it stands on a date; the newest first. */
export async function publishedEditions(db: Reads, date: LocalDate): Promise<Published[]> {
  const rows = await db.select({
    id: editions.id, status: editions.status, validFrom: editions.validFrom, createdAt: editions.createdAt, adoptedAt: editions.adoptedAt,
  }).from(editions).where(inArray(editions.status, ['example', 'adopted']))
  const withdrawn = await withdrawals(db)
  const found = standings(rows, date, withdrawn).map(async ({ row, state, endsOn }) => ({
    edition: (await editionById(db, row.id))!, state: state as PublishedState, validFrom: row.validFrom, validTo: endsOn && addDays(endsOn, -1), withdrawal: withdrawn.get(row.id) ?? null,
  }))
  return (await Promise.all(found)).reverse()
}
