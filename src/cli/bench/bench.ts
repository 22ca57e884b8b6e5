import { spawn } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { text } from 'node:stream/consumers'
import { root } from '../../platform/root.ts'
import { CliError } from '../cli-error.ts'
import { readOptions } from '../options.ts'
import type { Booked, BookerPlan } from './booker.ts'
import type { Ruled } from './ruler.ts'
import { journeysOf, withTags, type Journey } from './journeys.ts'
import { measure, type Figure, type Plan } from './load.ts'
import { percentile } from './percentile.ts'
import { machine, ruleLines, table, type Line } from './report.ts'
import { startBare, startService, type Service } from './service.ts'
import { benchNow, openTown, type Town } from './town.ts'
import { wishesOf, type Wish } from './wishes.ts'

const help = `bench [--seconds N] [--bookings N] [--people N] [--spaces N] [--growth] [--keep <folder>] [--only <text>] [--profile <folder>]

Seeds a town of so many bookings, starts the built service on it, and loads its hot paths from another process: with ten
connections, and by one alone who waits for each answer; "inside" is how long the service itself was busy with those.
Beside them stand a route behind the same middleware that does nothing, bare Express, and for bookings the bare
transaction of the same rows. Nothing passes or fails: compare ratios.

  --seconds   a row, 5 unless said
  --bookings  over two years, 5,000 unless said; the full measure is 500,000 (several minutes, some gigabytes)
  --people    a fiftieth of the bookings unless said
  --growth    measures a tenth of the bookings first, and prints how many times longer each path takes
  --keep      keeps the seeded towns in a folder for the next run
  --only      rows whose name holds the text, and the limit
  --profile   writes the service's CPU profile to a folder`

const connections = 10
type Asked = { seconds: number; keep: string; only: string; profile: string | undefined }

/** Measures and prints one table. */
export async function bench(args: string[]): Promise<void> {
  const { values, positionals } = readOptions(args, {
    help: { type: 'boolean', short: 'h' }, seconds: { type: 'string', default: '5' }, bookings: { type: 'string', default: '5000' },
    people: { type: 'string' }, spaces: { type: 'string' }, growth: { type: 'boolean' }, keep: { type: 'string' }, only: { type: 'string' }, profile: { type: 'string' },
  })
  if (values.help) return console.log(help)
  if (positionals.length) throw new CliError('bench takes no words.')
  const seconds = whole('seconds', values.seconds, 1, 120)
  const bookings = whole('bookings', values.bookings, 100, 1_000_000)
  const people = values.people === undefined ? undefined : whole('people', values.people, 2, 1_000_000)
  const spaces = values.spaces === undefined ? undefined : whole('spaces', values.spaces, 1, 100_000)
  const scratch = mkdtempSync(path.join(tmpdir(), 'tilavuoro-bench-'))
  const asked: Asked = { seconds, keep: values.keep ?? scratch, only: values.only ?? '', profile: values.profile }
  const townOf = (bookings: number) => ({ bookings, people: people ?? Math.max(100, Math.round(bookings / 50)), spaces })
  try {
    const fewer = values.growth ? await run(townOf(Math.round(bookings / 10)), asked) : null
    const full = await run(townOf(bookings), asked)
    console.log(table(full.lines, fewer ? { bookings: Math.round(bookings / 10), lines: fewer.lines } : undefined))
    const { memory, start, ruled } = full
    if (ruled) console.log(`\n${ruleLines(ruled).join('\n')}`)
    console.log(`\n${bookings.toLocaleString('en')} bookings in ${full.spaces.toLocaleString('en')} spaces. Resident memory after the load ${Math.round(memory / 1e6)} MB. ` +
      `Ready ${Math.round(start)} ms after the start${asked.only ? '.' : `; a first start, which seeds, answers after ${await firstStart(scratch)}.`}`)
    console.log(`${seconds} s a row, ${connections} connections, clock at ${benchNow}. ${machine()}.`)
  } finally {
    rmSync(scratch, { recursive: true, force: true })
  }
}

function whole(name: string, text: string, from: number, to: number): number {
  const number = Number(text)
  if (!Number.isInteger(number) || number < from || number > to) throw new CliError(`--${name} must be a whole number from ${from} to ${to}.`)
  return number
}

type Run = { lines: Line[]; memory: number; start: number; spaces: number; ruled: Ruled | null }

async function run(wanted: { bookings: number; people: number; spaces: number | undefined }, asked: Asked): Promise<Run> {
  const { seconds } = asked
  // As many wishes as a quick machine might grant in the time.
  const [byHttp, byAction] = [seconds * 500, seconds * 700]
  const town = await openTown(asked.keep, wanted, Math.ceil((byHttp + byAction) / 3))
  try {
    const wishes = await wishesOf(town, byHttp + byAction)
    const split = Math.floor((wishes.length * byHttp) / (byHttp + byAction) / 3) * 3
    const journeys = await journeysOf(town, { quotes: wishes.slice(0, 60), bookings: wishes.slice(0, split) })
    const service = await startService(town.env, asked.profile)
    const lines: Line[] = []
    try {
      if (!asked.only) lines.push(await bareLine(seconds))
      for (const journey of journeys) {
        if (!journey.name.startsWith('limit') && !journey.name.includes(asked.only)) continue
        lines.push(await lineOf(service, journey, seconds))
      }
      const memory = await service.memory()
      await service.stop()
      if ('booking by action'.includes(asked.only)) lines.push(...(await bookingLines(town, wishes.slice(split), seconds)))
      const ruled = 'rule book'.includes(asked.only) ? await ruledBy(town) : null
      return { ruled, lines: lines.map((line) => (line.name === 'booking by HTTP' ? { ...line, of: 'bare booking' } : line)), memory, start: service.readyAfter, spaces: town.spaces }
    } finally {
      await service.stop()
    }
  } finally {
    await town.close()
  }
}

type Measured = Pick<Service, 'address' | 'cpu'> & { took?: Service['took'] }
const tell = (text: string): void => void process.stderr.write(`${text}\n`)

async function lineOf({ address, cpu, took }: Measured, { name, requests: shots, once = false, alone = false }: Journey, seconds: number): Promise<Line> {
  tell(`measuring: ${name}`)
  const requests = shots.some(({ expect }) => expect === 304) ? await withTags(address, shots) : shots
  const plan: Plan = { address, connections, seconds, warmSeconds: Math.min(1, seconds / 3), once, requests }
  const one: Plan = { ...plan, connections: 1, warmSeconds: 0.2 }
  const before = cpu()
  const first = await (alone ? measureInside({ ...one, seconds: 60 }, took) : measure(plan))
  const after = cpu()
  if (before !== null && after !== null) first.cpu = (after - before) / first.all
  const [loaded, single] = alone ? [null, first] : [first, once ? null : await measureInside(one, took)]
  return { name, loaded, alone: single, of: 'limit' }
}

/** With what the service says of the same requests, where it keeps a log. */
async function measureInside(plan: Plan, took: Measured['took']): Promise<Figure> {
  await took?.()
  const figure = await measure(plan)
  const inside = (await took?.())?.slice(-figure.all) ?? []
  return inside.length === 0 ? figure : { ...figure, inside: { p50: percentile(inside, 0.5), p95: percentile(inside, 0.95) } }
}

async function bareLine(seconds: number): Promise<Line> {
  const bare = await startBare()
  try {
    return await lineOf(bare, { name: 'bare Express, the same page', requests: [{ path: '/' }] }, seconds)
  } finally {
    await bare.stop()
  }
}

async function bookingLines(town: Town, wishes: Wish[], seconds: number): Promise<Line[]> {
  tell('measuring: booking by action, and the bare transaction of the same rows')
  const child = spawn(process.execPath, [root('dist/src/cli/bench/booker.js')], {
    env: { PATH: process.env['PATH'], ...town.env }, stdio: ['pipe', 'pipe', 'inherit'],
  })
  child.stdin.end(JSON.stringify({ wishes, seconds } satisfies BookerPlan))
  const { action, bare } = JSON.parse(await text(child.stdout)) as Booked
  const line = (name: string, figure: Figure): Line => ({ name, loaded: figure, alone: null, of: 'bare booking' })
  return [line('booking by action', action), line('bare transaction of the same rows', bare)]
}

async function ruledBy(town: Town): Promise<Ruled> {
  tell('measuring: rule book')
  const child = spawn(process.execPath, [root('dist/src/cli/bench/ruler.js')], { env: { PATH: process.env['PATH'], ...town.env }, stdio: ['ignore', 'pipe', 'inherit'] })
  return JSON.parse(await text(child.stdout)) as Ruled
}

async function firstStart(scratch: string): Promise<string> {
  const folder = path.join(scratch, 'first')
  mkdirSync(folder)
  const service = await startService({ DATA_DIR: folder, TILAVUORO_NOW: benchNow })
  await service.stop()
  return `${Math.round(service.answersAfter)} ms and is ready after ${Math.round(service.readyAfter)} ms`
}
