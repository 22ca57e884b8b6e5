import { parseEdition, type Edition } from '../../src/rulebook/edition.ts'
import { editions } from '../../src/rulebook/table.ts'
import type { World } from '../support/world.ts'
import { exampleJson } from './example.ts'

const said = (words: string): Edition['name'] => ({ fi: words, sv: `${words} (sv)`, en: `${words} (en)`, plain: `${words} (selko)` })

let made = 0

/**
 * Puts an adopted edition, or a draft, beside the example: the example's content but for what is special about it. What is
 * read of an edition is remembered by its id and moment, so each is made at a moment of its own.
 */
export async function withEdition({ ctx }: World, id: string, validFrom: string, special: { [part in keyof Edition]?: Edition[part] | undefined } = {}, status: 'adopted' | 'draft' = 'adopted'): Promise<Edition> {
  const content = parseEdition({
    ...exampleJson(), id, status, validFrom, name: said(`Säännöt ${validFrom.slice(0, 4)}`),
    decision: status === 'adopted' ? { number: 'HEL 2026-001234', date: '2026-11-10', body: said('Kaupunginhallitus') } : null, ...special,
  })
  const now = ctx.clock.now()
  await ctx.db.transaction((db) => db.insert(editions).values({
    id, status, validFrom, content, createdAt: now - 60_000 + ++made, ...(status === 'adopted' && { adoptedAt: now }),
  }).returning())
  return content
}

export { said }
