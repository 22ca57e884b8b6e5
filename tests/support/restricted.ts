import type { Context } from '../../src/context.ts'
import { stateOn, type Restriction } from '../../src/spaces/restriction.ts'
import { markCatalogueChanged } from '../../src/spaces/store.ts'
import { restrictions } from '../../src/spaces/table.ts'
import { localDateOf } from '../../src/time/wallclock.ts'

type Told = Pick<Restriction, 'unitId' | 'reason'> & Partial<Restriction>

/** Limits on premises as an import or a seed leaves them: since August, by staff and without a decision where nothing else is said. */
export async function restricted({ db, clock }: Pick<Context, 'db' | 'clock'>, ...told: Told[]): Promise<void> {
  const today = localDateOf(clock.now())
  const rows = told.map((one, n) => {
    const row = { id: `${one.unitId}/${n}/${one.reason.fi}`, spaceId: null, effect: 'by_staff' as const, what: { fi: 'Tilojen varaaminen' }, validFrom: '2026-08-01', validTo: null, decision: null, ...one }
    return { ...row, state: one.state ?? stateOn(today, row) }
  })
  await db.transaction(async (db) => {
    await db.insert(restrictions).values(rows).returning()
    await markCatalogueChanged(db)
  })
}
