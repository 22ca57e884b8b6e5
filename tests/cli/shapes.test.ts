import { expect, test } from 'vitest'
import { seedPremises } from '../../src/cli/seed/premises.ts'
import { seedShapes } from '../../src/cli/seed/shapes.ts'
import { catalogueOf } from '../../src/spaces/store.ts'
import { areaShapes } from '../../src/spaces/table.ts'
import { emptied } from '../support/emptied.ts'
import { world } from '../support/world.ts'

test('the seeded city has its outlines, and one seeded before there were any gets them once', async () => {
  const { ctx: { db } } = await world()
  await emptied(db)
  await db.transaction((db) => seedPremises(db, Date.parse('2026-11-23T09:00:00+02:00')))
  const { shapes } = await catalogueOf(db)
  expect(shapes.size).toBe(190)

  await db.transaction((db) => db.delete(areaShapes))
  expect(await db.transaction(seedShapes)).toBe(190)
  expect((await catalogueOf(db)).shapes).toEqual(shapes)
  expect(await db.transaction(seedShapes)).toBe(0)
})

test('a city of other areas gets none', async () => {
  const { ctx: { db } } = await world()
  const { version } = await catalogueOf(db)
  expect(await db.transaction(seedShapes)).toBe(0)
  expect(await catalogueOf(db)).toMatchObject({ version, shapes: new Map() })
})
