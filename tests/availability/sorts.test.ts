import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { approvalOf, peopleMeant, quoteFor } from '../../src/availability/asker.ts'
import { bySort, sortsOf } from '../../src/availability/sorts.ts'
import { parseEdition } from '../../src/rulebook/edition.ts'
import type { Edition } from '../../src/rulebook/edition.ts'
import { applicants, purposes } from '../../src/rulebook/facts.ts'
import { totalOf } from '../../src/rulebook/quote.ts'
import { traitsOf } from '../../src/rulebook/traits.ts'
import { hourlyRange } from '../../src/rulebook/typical.ts'
import { assumedFacts } from '../../src/rulebook/who.ts'
import { helsinki } from '../spaces/helsinki.ts'
import { at } from './sample.ts'

const example = parseEdition(JSON.parse(readFileSync(new URL('../../drizzle/seed/rulebook.example.json', import.meta.url), 'utf8')))
const { spaces } = helsinki
const school = spaces[0]!.unit.slug
const first = example.priceList.prices[0]!
const text = { fi: 'x', sv: 'x', en: 'x', plain: 'x' }

const priced: Edition = { ...example, priceList: { ...example.priceList, prices: [...example.priceList.prices, { ...first, unit: school, centsPerHour: 9_900 }] } }
/** Editions that look at more of a space than the shipped one does. */
const editions: Record<string, Edition> = {
  example,
  'an exception of one unit': { ...example, exceptions: [{ id: 'one', text, unit: school, when: { all: [] }, charge: 'needs_person', source: null, validFrom: '2026-01-01', validTo: '2026-12-31' }] },
  'a price of one unit': priced,
  'a coming price of one unit': { ...example, later: [{ ...priced, validFrom: '2026-11-01' }] },
  'a rule about size': { ...example, approvalRules: [...example.approvalRules, { id: 'large', text, when: { space: 'areaM2', atLeast: 61 } }] },
  'a rule about people': { ...example, approvalRules: [...example.approvalRules, { id: 'many', text, when: { not: { space: 'people', below: 80 } } }] },
}

/** Of one kind, as these are most alike. */
const sample = spaces.filter(({ space }) => space.kind === spaces[0]!.space.kind).slice(0, 50)

const slot = { start: at('2026-11-24T17:00'), end: at('2026-11-24T18:00'), date: '2026-11-24' }

test.each(Object.entries(editions))('a space is answered as the first of its sort: %s', (_, edition) => {
  const sorts = sortsOf(edition, spaces)
  expect(sortsOf(edition, spaces)).toBe(sorts)
  fc.assert(fc.property(
    fc.constantFrom(...applicants), fc.constantFrom(...purposes), fc.boolean(), fc.option(fc.integer({ min: 1, max: 300 }), { nil: undefined }),
    (applicant, purpose, openToAll, people) => {
      const who = { applicant, purpose, openToAll }
      const approval = bySort(sorts, (listed) => approvalOf({ edition }, listed, { who, people }))
      const quote = bySort(sorts, (listed) => quoteFor(edition, listed, who, people, slot))
      const range = bySort(sorts, (listed) => ({ of: hourlyRange(edition, traitsOf(listed), slot.date) }))
      for (const listed of sample) {
        expect(approval(listed)).toBe(approvalOf({ edition }, listed, { who, people }))
        expect(quote(listed)).toEqual(quoteFor(edition, listed, who, people, slot))
        expect(quote(listed).totalCents).toBe(totalOf(edition, assumedFacts(who, peopleMeant(people, listed)), traitsOf(listed), slot))
        expect(range(listed).of).toEqual(hourlyRange(edition, traitsOf(listed), slot.date))
      }
    },
  ), { numRuns: 25 })
})

test('a city has few sorts, and what an edition names makes more', () => {
  const many = (edition: Edition): number => new Set(sortsOf(edition, spaces)).size
  expect(many(example)).toBeLessThan(spaces.length / 5)
  for (const [name, edition] of Object.entries(editions)) if (edition !== example) expect(many(edition), name).toBeGreaterThan(many(example))
})
