import { z } from 'zod'
import { condition } from './condition.ts'
import { editionSchema, type Edition, type EditionFile } from './edition.ts'
import { neverInForce, type Published } from './published.ts'
import { plainText } from './shape.ts'

/** An edition as its file says it, without what is added to the one in force. */
export function editionFile({ later: _, pricedAsOf: __, ...file }: Edition): EditionFile {
  return file
}

/** One line of the list of editions, for machines; `validTo` is the last day, null while nothing follows. */
export function editionLine(published: Published, address: string) {
  const { edition: { id, name, status, decision }, state, validFrom, validTo, withdrawal } = published
  return {
    id, name, status: state, example: status === 'example', everInForce: state !== 'coming' && !neverInForce(published), validFrom,
    validTo: neverInForce(published) ? null : validTo, decision,
    withdrawal: withdrawal && { decision: withdrawal.decision, reason: withdrawal.reason }, href: `${address}/editions/${id}`,
  }
}

const names = z.registry<{ id: string }>()
names.add(condition, { id: 'Condition' })
names.add(plainText, { id: 'Sentence' })

/**
 * What an edition's file looks like, as JSON Schema (draft 2020-12). What goes beyond shapes (that rules name prices that
 * exist, that the last one always holds, that every wish has one outcome) is checked when an edition is read and adopted.
 */
export function editionJsonSchema(address: string): Record<string, unknown> {
  const { $schema, properties, ...schema } = z.toJSONSchema(editionSchema, { io: 'input', target: 'draft-2020-12', metadata: names })
  return {
    $schema,
    $id: `${address}/schema`,
    title: 'An edition of the rule book',
    description: 'The shape of an edition’s file. Whether its rules, prices and texts fit together is checked when it is read and before it is adopted.',
    ...schema,
    properties: {
      version: { type: 'string', description: 'Only in the answer of /rules: the id once more. Whoever reads a file passes it over.' },
      ...properties,
    },
  }
}
