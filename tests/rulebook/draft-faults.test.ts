import { expect, test } from 'vitest'
import type { Condition } from '../../src/rulebook/condition.ts'
import { draftFaults } from '../../src/rulebook/draft-faults.ts'
import { parseEdition } from '../../src/rulebook/edition.ts'
import { world } from '../support/world.ts'
import { example, exampleJson } from './example.ts'

const season = (from: string, to: string) => ({ ...example, seasons: [{ ...example.seasons[0]!, from, to }] })

test.each([
  ['01-31', '02-29', []], ['09-01', '05-31', []], ['02-30', '03-01', ['seasons.0.from']], ['09-31', '04-31', ['seasons.0.from', 'seasons.0.to']], ['06-30', '11-31', ['seasons.0.to']],
])('a season from %s to %s', (from, to, paths) => {
  expect(draftFaults(season(from, to)).map(({ path, code }) => [path, code])).toEqual(paths.map((path) => [path, 'no-such-day']))
})

test('the shipped edition has none, and a condition nobody can read is one', () => {
  expect(draftFaults(example)).toEqual([])
  const long: Condition = { not: { any: Array.from({ length: 501 }, () => ({ fact: 'people', atLeast: 3 })) } }
  expect(draftFaults({ ...example, approvalRules: [{ ...example.approvalRules[0]!, when: long }], definitions: { ...example.definitions, long } }).map(({ path, code }) => [path, code]))
    .toEqual([['definitions.long', 'too-long'], ['approvalRules.0.when', 'too-long']])
})

test('a file with such a day is refused with its place, and what was adopted with one is read for ever', async () => {
  const w = await world()
  const json = exampleJson()
  json.seasons[0]!.from = '09-31'
  const kerttu = await w.client('kerttu')
  const { text } = await kerttu.post('/desk/rules/file').type('form').send({ id: 'tuotu', file: JSON.stringify(json) }).expect(422)
  expect(text).toContain('seasons.0.from')
  expect(text).toContain('Tällaista päivää ei ole.')
  await kerttu.get('/desk/rules/tuotu').expect(404)
  expect(parseEdition(json).seasons[0]!.from).toBe('09-31')
})
