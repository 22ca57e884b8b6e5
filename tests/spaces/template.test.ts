import { describe, expect, it } from 'vitest'
import { between, chance, pick } from '../../src/spaces/chance.ts'
import { spaceKinds } from '../../src/spaces/space.ts'
import { spacesOf } from '../../src/spaces/template.ts'
import { parseTemplates } from '../../src/spaces/templates.ts'
import { helsinki, templates } from './seed.ts'

const lends = (unit: { restrictions: readonly { effect: string }[] }) => unit.restrictions.every(({ effect }) => effect !== 'not_lent')
const plans = helsinki.units.filter(lends).map((unit) => ({ unit, ...spacesOf(unit, templates) }))
const spaces = plans.flatMap((plan) => plan.spaces)
const wholes = spaces.filter(({ wholeId }) => wholeId === null)
const parts = plans.flatMap((plan) => plan.parts)
const openings = plans.flatMap((plan) => plan.openings)
const planOf = (slug: string) => plans.find(({ unit }) => unit.slug === slug)

describe('the spaces of Helsinki', () => {
  it('are 933 by template, less 75 of the units that lend nothing', () => {
    const open = helsinki.units.map((unit) => spacesOf(unit, templates))
    expect(open.flatMap((plan) => plan.spaces).filter(({ wholeId }) => wholeId === null).length).toBe(933)
    expect(wholes.length).toBe(858)
    expect(spaces.length).toBe(858 + 2 * 75)
    expect(parts.length).toBe(858 + 75)
    const lending = (kind: string) => plans.filter(({ unit }) => unit.kind === kind)
    const each = { school: 5, library: 3, youth_centre: 3, playground_house: 1, culture: 4, adult_education: 3 }
    for (const [kind, count] of Object.entries(each)) {
      for (const plan of lending(kind)) expect(plan.spaces.filter(({ wholeId }) => wholeId === null).length).toBe(count)
    }
    expect(new Set(spaces.map(({ kind }) => kind))).toEqual(new Set(spaceKinds))
  })

  it('have slugs, ids, parts and openings of their own', () => {
    for (const keys of [spaces.map(({ slug }) => slug), spaces.map(({ id }) => id), parts.map(({ id }) => id), openings.map(({ id }) => id)]) {
      expect(new Set(keys).size).toBe(keys.length)
    }
    for (const plan of plans) {
      expect(plan.spaces.map(({ position }) => position)).toEqual(plan.spaces.map((_, i) => i))
      expect(new Set(plan.spaces.flatMap(({ partIds }) => partIds))).toEqual(new Set(plan.parts.map(({ id }) => id)))
    }
  })

  it('are the same each time, and the same whichever other units there are', () => {
    for (const { unit, ...plan } of plans) expect(spacesOf(structuredClone(unit), templates)).toMatchObject(plan)
  })

  it('keep their ids when the unit is renamed', () => {
    const unit = helsinki.units.find(({ slug }) => slug === 'viikin-kirjasto')
    if (!unit) throw new Error('no such unit')
    const renamed = spacesOf({ ...unit, slug: 'uusi-nimi', name: { fi: 'Uusi nimi' } }, templates)
    expect(renamed.spaces.map(({ id }) => id)).toEqual(spacesOf(unit, templates).spaces.map(({ id }) => id))
    expect(renamed.spaces[0]?.slug).toBe('uusi-nimi-kokoushuone')
  })
})

describe('each space', () => {
  it('has a name in three languages, room for people and its source', () => {
    for (const { name, people, areaM2, source } of spaces) {
      expect([name.fi, name.sv, name.en].every(Boolean)).toBe(true)
      expect(people).toBeGreaterThan(0)
      expect(people).toBeLessThan(areaM2)
      expect(source).toBe('synthetic')
    }
  })

  it('has lengths that fit its step, and a mode of supervision', () => {
    for (const { minMinutes, maxMinutes, stepMinutes, bufferBefore, bufferAfter, daysAhead, supervision, equipment } of spaces) {
      expect(minMinutes).toBeLessThanOrEqual(maxMinutes)
      expect([minMinutes % stepMinutes, maxMinutes % stepMinutes]).toEqual([0, 0])
      expect(Math.min(bufferBefore, bufferAfter)).toBeGreaterThanOrEqual(0)
      expect(daysAhead).toBeGreaterThanOrEqual(90)
      expect(supervision.length).toBeGreaterThan(0)
      expect(new Set(equipment).size).toBe(equipment.length)
    }
  })

  it('opens some time for at least its shortest booking, never twice at once', () => {
    for (const space of spaces) {
      const own = openings.filter(({ spaceId }) => spaceId === space.id)
      expect(own.length).toBeGreaterThan(0)
      for (const { from, to, onHolidays } of own) {
        expect(from).toBeGreaterThanOrEqual(0)
        expect(from).toBeLessThan(1440)
        expect(to).toBeLessThanOrEqual(2880)
        expect(to - from).toBeGreaterThanOrEqual(space.minMinutes)
        expect(onHolidays).toBe(false)
      }
      for (const one of own) {
        for (const other of own) {
          const together = one.when === other.when || one.when === 'always' || other.when === 'always'
          if (one === other || !together || !one.weekdays.some((day) => other.weekdays.includes(day))) continue
          expect(one.to <= other.from || other.to <= one.from).toBe(true)
        }
      }
    }
  })

  it('is never said to be reachable by more than the whole building is', () => {
    for (const plan of plans) expect(new Set(plan.spaces.map(({ accessibility }) => accessibility.wheelchair)).size).toBeLessThanOrEqual(1)
    for (const { equipment, accessibility } of spaces) {
      expect(accessibility.hearing_aid).toBe(equipment.includes('hearing_loop') ? 'yes' : 'unknown')
      expect(accessibility.visually_impaired).toBe('unknown')
    }
  })
})

describe('gyms', () => {
  const gyms = wholes.filter(({ kind }) => kind === 'gym')

  it('fall in the three bands by the size of the school', () => {
    const band = (least: number, below: number) => gyms.filter(({ areaM2 }) => areaM2 >= least && areaM2 < below).length
    expect([band(0, 300), band(300, 600), band(600, Infinity)]).toEqual([35, 56, 19])
    for (const { unit, spaces: own } of plans) {
      if (/ala-aste|lågstadie/i.test(unit.name.fi ?? unit.name.sv ?? '')) expect(own[0]?.areaM2 ?? 0).toBeLessThanOrEqual(420)
    }
  })

  it('of 300 m² or more are three spaces over two parts', () => {
    const plan = planOf('mansas-lagstadieskola')
    expect(plan?.spaces.slice(0, 3).map(({ id, slug, name, people, areaM2, partIds, wholeId }) =>
      ({ id, slug, name: name.sv, people, areaM2, partIds, wholeId }))).toEqual([
      {
        id: 'tprek:7024/liikuntasali', slug: 'mansas-lagstadieskola-liikuntasali', name: 'Gymnastiksal', people: 100, areaM2: 404,
        partIds: ['tprek:7024/liikuntasali-a', 'tprek:7024/liikuntasali-b'], wholeId: null,
      },
      {
        id: 'tprek:7024/liikuntasali-a', slug: 'mansas-lagstadieskola-liikuntasali-a', name: 'Gymnastiksal, del A', people: 50, areaM2: 202,
        partIds: ['tprek:7024/liikuntasali-a'], wholeId: 'tprek:7024/liikuntasali',
      },
      {
        id: 'tprek:7024/liikuntasali-b', slug: 'mansas-lagstadieskola-liikuntasali-b', name: 'Gymnastiksal, del B', people: 50, areaM2: 202,
        partIds: ['tprek:7024/liikuntasali-b'], wholeId: 'tprek:7024/liikuntasali',
      },
    ])
    for (const { id, areaM2, partIds } of gyms) {
      expect(partIds).toEqual(areaM2 >= 300 ? [`${id}-a`, `${id}-b`] : [id])
    }
  })
})

describe('hours', () => {
  const spacesOpen = (test: (one: (typeof openings)[number]) => boolean) => new Set(openings.filter(test).map(({ spaceId }) => spaceId)).size

  it('go past midnight in a handful of youth halls', () => {
    expect(spacesOpen(({ to }) => to > 1440)).toBe(4)
    expect(openings.filter(({ to }) => to > 1440).every(({ to, weekdays }) => to === 1500 && weekdays.every((day) => day === 5 || day === 6))).toBe(true)
  })

  it('come several a day in some gyms and libraries', () => {
    expect(spacesOpen(({ from, to }) => from === 360 && to === 450)).toBeGreaterThan(20)
    expect(spacesOpen(({ from, to }) => from === 540 && to === 720)).toBeGreaterThan(5)
  })

  it('are in term only for most school rooms, and outside it too in some gyms', () => {
    expect(spacesOpen(({ when }) => when === 'term')).toBeGreaterThan(500)
    expect(spacesOpen(({ when }) => when === 'break')).toBeGreaterThan(20)
  })
})

describe('a template file', () => {
  const broken = (change: (file: ReturnType<typeof raw>) => void) => {
    const file = raw()
    change(file)
    return () => parseTemplates(file)
  }
  const raw = () => {
    const space = {
      key: 'sali', kind: 'hall', name: { fi: 'Sali', sv: 'Sal', en: 'Hall' }, areaM2: [{ from: 50, to: 60 }] as object[], m2PerPerson: 2,
      peopleStep: 1, equipment: [], supervision: [{ modes: ['staffed'], weight: 1 }], alwaysPaid: false,
      minutes: { min: 60, max: 120, step: 30 }, buffers: { before: 0, after: 0 }, daysAhead: 90, openings: [{ set: 'day' }],
    }
    const unit = { stepFree: [{ value: 'yes', weight: 1 }], slots: [[space]] }
    return {
      source: 'synthetic', note: '', sizes: { small: [], large: [] },
      openings: { day: [{ weekdays: [1], from: '09:00', to: '24:00', when: 'always' }] },
      units: {
        school: structuredClone(unit), library: unit, youth_centre: unit, playground_house: unit, culture: unit, adult_education: unit,
      },
    }
  }
  const firstOf = (file: ReturnType<typeof raw>) => file.units.school.slots[0]?.[0] ?? expect.fail('no space')

  it('is read with its hours as minutes', () => {
    expect(parseTemplates(raw()).openings.day).toEqual([
      { weekdays: [1], from: 540, to: 1440, when: 'always', onHolidays: false, validFrom: null, validTo: null },
    ])
  })

  it('is refused with the place of the fault', () => {
    expect(broken((file) => { firstOf(file).minutes.max = 100 })).toThrow('must be multiples of the step')
    expect(broken((file) => { firstOf(file).openings = [{ set: 'night' }] })).toThrow('school, sali: no opening set night')
    expect(broken((file) => { firstOf(file).areaM2 = [{ sizes: ['small'], from: 1, to: 2 }] })).toThrow('school, slot 1: nothing for a medium unit')
    expect(broken((file) => { file.openings.day = [{ weekdays: [1], from: '10:00', to: '09:00', when: 'always' }] })).toThrow('must end after it begins')
    expect(broken((file) => { file.openings.day = [{ weekdays: [1], from: '10:00', to: '48:30', when: 'always' }] })).toThrow('must be 48:00 or before')
  })
})

describe('chance', () => {
  it('is even enough over ids that follow each other', () => {
    const tenths = Array.from({ length: 10 }, () => 0)
    for (let i = 0; i < 10_000; i += 1) {
      const tenth = Math.floor(chance(`tprek:${i}`) * 10)
      tenths[tenth] = (tenths[tenth] ?? 0) + 1
    }
    for (const count of tenths) expect(Math.abs(count - 1000)).toBeLessThan(150)
  })

  it('picks by weight and counts both ends', () => {
    const options = [{ name: 'a', weight: 3 }, { name: 'b', weight: 1 }]
    const picked = Array.from({ length: 4000 }, (_, i) => pick(options, `${i}`).name)
    expect(Math.abs(picked.filter((name) => name === 'a').length - 3000)).toBeLessThan(150)
    expect(new Set(Array.from({ length: 200 }, (_, i) => between(1, 3, `${i}`)))).toEqual(new Set([1, 2, 3]))
    expect(() => pick([], 'x')).toThrow('nothing to pick from: x')
  })
})
