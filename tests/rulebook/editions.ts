import { eventsOf } from '../../src/history/store.ts'
import { adoptDraft, changeDraft, draftEdition, type Adoption } from '../../src/rulebook/edition-actions.ts'
import { editionRow } from '../../src/rulebook/edition-store.ts'
import type { Edition } from '../../src/rulebook/edition.ts'
import { example } from './example.ts'
import type { World } from '../support/world.ts'

/** Words of a board that decides. */
export const body = { fi: 'Kaupunginhallitus', sv: 'Stadsstyrelsen', en: 'City Board', plain: 'Kaupungin hallitus' }
export const decision = { number: 'HEL 2026-001234', date: '2026-11-20', body }

let ticks = 0
/** Time goes on by some milliseconds, other ones in each city: what was done is in order, and no two cities' drafts are made at once. */
export const tick = ({ clock }: World): void => clock.set(clock.now() + ++ticks)

const words = (fi: string, sv: string, en: string, plain: string) => ({ fi, sv, en, plain })

/** What a city has to say itself: its edition's name, who answers for it, and where a review is asked. */
export const ownWords = (id: string): Pick<Edition, 'name' | 'procedure' | 'review'> => ({
  name: words(`Säännöt ${id}`, `Reglerna ${id}`, `The rules ${id}`, `Tilojen säännöt ${id}`),
  procedure: { ...example.procedure!, responsible: words('Tilapäällikkö', 'Lokalchefen', 'The head of premises', 'Tilojen päällikkö') },
  review: { ...example.review!, body: words('Kulttuurilautakunta', 'Kulturnämnden', 'The culture committee', 'Lautakunta'), contact: words('Kirjaamo, PL 1', 'Registratorskontoret, PB 1', 'The registry, PO Box 1', 'Kirjaamo') },
})

/** Kerttu's draft: the example in the city's own words. */
export async function drafted(the: World, id = 'saannot-2027', own: object = ownWords(id)): Promise<string> {
  tick(the)
  const { summary: _, ...copied } = example
  const made = await draftEdition(the.ctx, 'kerttu', { id, json: { ...copied, ...own }, basedOn: example.id })
  if (!made.ok) throw new Error(`no draft ${id}: ${JSON.stringify(made)}`)
  return id
}

export const revisionOf = async ({ ctx }: World, id: string): Promise<number> => (await editionRow(ctx.db, id))!.revision
export const contentOf = async ({ ctx }: World, id: string): Promise<Edition> => (await editionRow(ctx.db, id))!.content as Edition

export async function changed(the: World, id: string, to: (edition: Edition) => object) {
  tick(the)
  return changeDraft(the.ctx, 'kerttu', id, { revision: await revisionOf(the, id), part: 'general', to: (edition) => ({ ...edition, ...to(edition) }) })
}

export async function adopted(the: World, id: string, own: Partial<Adoption> = {}) {
  tick(the)
  return adoptDraft(the.ctx, 'kerttu', id, { revision: await revisionOf(the, id), decision, validFrom: '2027-01-01', ...own })
}

export const deeds = async ({ ctx }: World, id: string) => (await eventsOf(ctx.db, id)).map(({ what, actor, particulars }) => [what, actor, particulars])
