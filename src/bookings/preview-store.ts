import type { Person } from '../people/person.ts'
import { associationsOf } from '../people/store.ts'
import type { Reads } from '../platform/db/database.ts'
import type { Edition } from '../rulebook/edition.ts'
import type { Unit } from '../spaces/catalogue.ts'
import type { QuoteBody } from './body.ts'
import type { Quoted } from './preview.ts'
import { standingOf } from './quota-store.ts'

/**
 * What counts of whoever asks for a quote, as when they book. Of one who has not said who they are, and of an association
 * that has not confirmed them as its member, nothing is known: the association counts as declared, whatever it is.
 */
export async function quotedAs(
  db: Reads, person: Person | null, { association: named }: Pick<QuoteBody, 'association'>, { unit, edition, now }: { unit: Unit; edition: Edition; now: number },
): Promise<Quoted> {
  if (!person) return { rights: null, association: named ? 'declared' : null }
  const own = named && (await associationsOf(db, person.id))
    .find((one) => one.rights !== null && one[named.kind === 'business_id' ? 'businessId' : 'registerNumber'] === named.value)
  const limit = edition.limits.openBookingsPerPerson
  return {
    rights: person,
    association: named ? own?.standing ?? 'declared' : null,
    standing: await standingOf(db, { personId: person.id, associationId: own?.id ?? null, unit, limit, now }),
  }
}
