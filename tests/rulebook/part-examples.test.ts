import { describe, expect, test } from 'vitest'
import { readEdition, type EditionFile } from '../../src/rulebook/edition.ts'
import { conditionExamples, partExamples, type PartExample } from '../../src/rulebook/part-examples.ts'
import { jsonParts, type JsonPart } from '../../src/rulebook/parts.ts'
import { prove } from '../../src/rulebook/proof.ts'
import { example, exampleJson } from './example.ts'
import espoo from './editions/espoo.json' with { type: 'json' }

const parts = Object.keys(jsonParts) as JsonPart[]

/** The edition's file with an example where somebody would put it: a rule of which the first decides before the others, all else at the end. */
function withExample(file: EditionFile, { path, name, entry }: PartExample): unknown {
  const copy = structuredClone(file) as unknown as Record<string, unknown>
  const holder = path.slice(0, -1).reduce((at, key) => at[key] as Record<string, unknown>, copy)
  const last = path.at(-1)!
  const list = holder[last] ?? []
  holder[last] = name !== undefined ? { ...list as object, [name]: entry } : ['supervisionRules', 'cancellations'].includes(last) ? [entry, ...list as unknown[]] : [...list as unknown[], entry]
  return copy
}
const nothing: EditionFile = { ...exampleJson(), exceptions: [], applicantGroups: [], purposes: [] }

describe.each(parts)('the examples of %s', (part) => {
  test('are there, and can be read in the shipped edition when they are added to it', () => {
    expect(partExamples({ ...example, ...nothing }, part, 'koulu').length).toBeGreaterThanOrEqual(jsonParts[part].length)
    for (const one of partExamples({ ...example, ...nothing }, part, 'koulu')) {
      const read = readEdition(withExample(nothing, one))
      expect([one.path.join('.'), read.ok ? [] : read.faults]).toEqual([one.path.join('.'), []])
    }
  })

  test('leave no gap: only what nothing uses yet is found', () => {
    for (const one of partExamples(example, part, 'koulu')) {
      const read = readEdition(withExample(exampleJson(), one))
      const before = prove(example).faults.map(({ path }) => path)
      const found = read.ok ? prove(read.edition).faults.filter(({ path }) => !before.includes(path)).map(({ code }) => code) : ['unreadable']
      expect([one.path.join('.'), found.filter((code) => code !== 'unused')]).toEqual([one.path.join('.'), []])
    }
  })
})

test('are written in the names of the edition at hand', () => {
  const read = readEdition({ ...espoo, status: 'draft', decision: null })
  if (!read.ok) throw new Error('espoo cannot be read')
  for (const part of parts) {
    for (const one of partExamples(read.edition, part, 'koulu')) expect([one.path.join('.'), readEdition(withExample(read.edition, one)).ok]).toEqual([one.path.join('.'), true])
  }
})

test('there is none of a list that holds all there can be', () => {
  expect(partExamples(example, 'groups', 'koulu')).toEqual([])
  expect(partExamples({ ...example, purposes: example.purposes.slice(1) }, 'groups', 'koulu').map(({ path, entry }) => [path, (entry as { id: string }).id])).toEqual([[['purposes'], 'meeting']])
})

test('conditions to start from can all be read', () => {
  for (const when of conditionExamples(example)) {
    const read = readEdition({ ...exampleJson(), approvalRules: [...example.approvalRules, { id: 'tried', when, text: example.approvalRules[0]!.text }] })
    expect([when, read.ok]).toEqual([when, true])
  }
})
