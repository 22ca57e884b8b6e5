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
import { wrongsIn } from '../support/wrongs.ts'

const run = promisify(execFile)
/** More attempts by `RACE_ATTEMPTS=2000`. */
const [processes, attempts, peopleEach] = [8, Number(process.env['RACE_ATTEMPTS'] ?? 300), 12]

test('eight processes fight for five spaces, and nobody gets a time twice', { timeout: 90_000 + attempts * 250 }, async () => {
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
  if (process.env['RACE_ATTEMPTS']) console.log(sum)
  for (const what of ['confirmed', 'requested', 'taken', 'moved', 'stayed', 'gave up', 'approved']) expect(sum[what], what).toBeGreaterThan(5)

  const sqlite = new Handle(file, { readonly: true })
  onTestFinished(() => { sqlite.close() })
  expect(wrongsIn(sqlite)).toEqual([])
})
