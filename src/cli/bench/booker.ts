import { text } from 'node:stream/consumers'
import Handle from 'better-sqlite3'
import { pino } from 'pino'
import { boot } from '../../boot.ts'
import { book } from '../../bookings/actions.ts'
import { readConfig } from '../../config.ts'
import { personById } from '../../people/store.ts'
import type { Figure } from './load.ts'
import { percentile } from './percentile.ts'
import { bareWriter } from './bare-booking.ts'
import { factsAsked, type Wish } from './wishes.ts'

export type BookerPlan = { wishes: Wish[]; seconds: number }
export type Booked = { action: Figure; bare: Figure }

/**
 * Books through the action, one after the other, in a process that does nothing else; then takes the rows away and
 * writes the very same rows with prepared statements in bare transactions. Turn by turn, so that both meet the same machine.
 */
const { wishes, seconds } = JSON.parse(await text(process.stdin)) as BookerPlan
const config = readConfig(process.env)
const { ctx } = await boot(config, pino({ level: 'silent' }))
ctx.wake = () => undefined
const handle = new Handle(config.databaseUrl.slice('file:'.length), { timeout: 10_000 })
const bare = bareWriter(handle)
const atOnce = 50

const took = { action: [] as number[], bare: [] as number[] }
const cpu = { action: 0, bare: 0 }
const cpuNow = (): number => (({ user, system }) => (user + system) / 1000)(process.cpuUsage())
const faults: Record<string, number> = {}
const start = performance.now()
for (let i = 0; i < wishes.length && performance.now() - start < seconds * 2000; i += atOnce) {
  const made: string[] = []
  const some = wishes.slice(i, i + atOnce)
  const people = await Promise.all(some.map(({ person }) => personById(ctx.db, person.id)))
  const beforeAll = cpuNow()
  for (const [n, { space, start, end }] of some.entries()) {
    const person = people[n]
    if (!person) throw new Error('a booker is missing')
    const before = performance.now()
    const done = await book(ctx, person, {
      space, start, end, title: 'Lukupiiri', public: true, facts: { ...factsAsked, groups: [], activities: [] },
      responsible: { name: person.name, phone: '040 000 0000' },
    }, { language: 'fi' })
    took.action.push(performance.now() - before)
    if (done.ok) made.push(done.booking.id)
    else for (const { code } of done.refusals) faults[code] = (faults[code] ?? 0) + 1
  }
  cpu.action += cpuNow() - beforeAll
  const taken = bare.takeAway(made)
  const beforeBare = cpuNow()
  for (const rows of taken) {
    const before = performance.now()
    bare.write(rows)
    took.bare.push(performance.now() - before)
  }
  cpu.bare += cpuNow() - beforeBare
}
handle.close()
await ctx.db.close()

const figureOf = (values: number[], cpu: number, faults: Record<string, number>): Figure => ({
  perSecond: (values.length * 1000) / values.reduce((sum, ms) => sum + ms, 0), p50: percentile(values, 0.5), p95: percentile(values, 0.95),
  all: values.length, faults, cpu: cpu / values.length,
})
process.stdout.write(JSON.stringify({ action: figureOf(took.action, cpu.action, faults), bare: figureOf(took.bare, cpu.bare, {}) } satisfies Booked))
