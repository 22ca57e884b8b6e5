import { execFile } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { promisify } from 'node:util'
import Handle from 'better-sqlite3'
import { expect, onTestFinished, test } from 'vitest'
import { openDatabase } from '../../src/platform/db/open.ts'
import { persons } from '../../src/people/table.ts'
import { seedCast } from '../support/cast.ts'
import { monday, seedSmallCity } from '../support/premises.ts'

const run = promisify(execFile)
const [processes, attempts, peopleEach] = [8, 400, 12]

test('eight processes fight for five spaces, and nobody gets a time twice', { timeout: 150_000 }, async () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'tilavuoro-race-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  const file = path.join(folder, 'race.db')
  const db = await openDatabase(`file:${file}`)
  const crowd = Array.from({ length: processes * peopleEach }, (_, i) => `p${i}`)
  await db.transaction(async (db) => {
    await seedSmallCity(db, monday)
    await seedCast(db, monday)
    await db.insert(persons).values(crowd.map((id) => ({ id, email: `${id}@example.org`, name: id, language: 'fi' as const, createdAt: monday }))).returning()
  })
  await db.close()

  const { PATH, TZ } = process.env
  const env = { PATH, TZ, DATABASE_URL: `file:${file}`, DATA_DIR: folder, LOG_LEVEL: 'silent' }
  const answers = await Promise.all(Array.from({ length: processes }, async (_, i) => {
    const mine = crowd.slice(i * peopleEach, (i + 1) * peopleEach)
    const { stdout } = await run('node', ['--import', 'tsx', 'tests/race/contender.ts', String(i + 1), String(attempts), ...mine], { env })
    return JSON.parse(stdout) as { tally: Record<string, number>; failures: string[] }
  }))
  const sum: Record<string, number> = {}
  for (const { tally } of answers) for (const [what, n] of Object.entries(tally)) sum[what] = (sum[what] ?? 0) + n

  expect(answers.flatMap(({ failures }) => failures)).toEqual([])
  // The fight was real: times were won, lost, given up and approved.
  for (const what of ['confirmed', 'requested', 'taken', 'gave up', 'approved']) expect(sum[what], what).toBeGreaterThan(20)

  const sqlite = new Handle(file, { readonly: true })
  onTestFinished(() => { sqlite.close() })
  const rows = (sql: string): unknown[] => sqlite.prepare(sql).all()
  expect(rows(`select a.id from occupancies a join occupancies b on a.part_id = b.part_id and a.id < b.id
    and a.starts_at < b.ends_at and b.starts_at < a.ends_at`)).toEqual([])
  const needed = `(select count(*) from space_parts p where p.space_id = b.space_id)`
  const held = `(select count(*) from occupancies o where o.booking_id = b.id and o.starts_at = b.starts_at and o.ends_at = b.ends_at)`
  expect(rows(`select b.ref from bookings b where b.state in ('requested','confirmed') and ${held} <> ${needed}`)).toEqual([])
  expect(rows(`select b.ref from bookings b where b.state not in ('requested','confirmed') and ${held} <> 0`)).toEqual([])
  // The canteen asks for half an hour between two bookings.
  expect(rows(`select a.id from occupancies a join occupancies b on a.part_id = b.part_id and a.part_id = 'ruokasali'
    and a.starts_at < b.starts_at and b.starts_at - a.ends_at < 1800000`)).toEqual([])
  expect(rows(`select person_id from bookings where state in ('requested','confirmed') group by person_id having count(*) > 4`)).toEqual([])
  expect(rows('pragma integrity_check')).toEqual([{ integrity_check: 'ok' }])
})
