import { spawn, type ChildProcess } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { root } from '../../platform/root.ts'
import { CliError } from '../cli-error.ts'
import { readOptions } from '../options.ts'
import { measure, type Figure } from './load.ts'
import { benchDate, journeys } from './journeys.ts'

const help = `bench [--seconds N]: starts the built service on the bundled premises in a folder of its own, loads it from another
process, and prints requests/s and latencies of its hot paths beside a limit route behind the same middleware and a bare
Express route in the same run. Ratios are what to compare; the figures are this machine's.`

const freePort = (): Promise<number> => new Promise((resolve, reject) => {
  const probe = createServer().once('error', reject).listen(0, '127.0.0.1', () => {
    const { port } = probe.address() as { port: number }
    probe.close(() => resolve(port))
  })
})

async function ready(address: string, child: ChildProcess): Promise<number> {
  const start = performance.now()
  while (performance.now() - start < 60_000) {
    if (child.exitCode !== null) throw new CliError('The service did not start; run npm run build first.')
    const answer = await fetch(`${address}/readyz`).catch(() => null)
    if (answer?.ok) return performance.now() - start
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
  throw new CliError('The service was not ready in a minute.')
}

/** Measures and prints one table. Nothing here passes or fails: a number is judged by a reader, as a ratio. */
export async function bench(args: string[]): Promise<void> {
  const { values } = readOptions(args, { help: { type: 'boolean' }, seconds: { type: 'string', default: '5' } })
  if (values.help) return console.log(help)
  const seconds = Number(values.seconds)
  if (!(seconds >= 1 && seconds <= 120)) throw new CliError('--seconds must be from 1 to 120.')

  const dataDir = mkdtempSync(path.join(tmpdir(), 'tilavuoro-bench-'))
  const [port, barePort] = [await freePort(), await freePort()]
  const env = {
    PATH: process.env['PATH'], DATA_DIR: dataDir, PORT: String(port), HOST: '127.0.0.1', BASE_URL: `http://127.0.0.1:${port}`,
    LOG_LEVEL: 'info', BENCH_LIMIT_ROUTE: 'true',
  }
  const child = spawn(process.execPath, [root('dist/src/main.js')], { env, stdio: ['ignore', 'ignore', 'inherit'] })
  const bare = spawn(process.execPath, [root('dist/src/cli/bench/bare.js'), String(barePort)], { stdio: 'ignore' })
  try {
    const address = `http://127.0.0.1:${port}`
    const first = await ready(address, child)
    const figures: Figure[] = [await measure('bare Express, 35 kB from memory', `http://127.0.0.1:${barePort}`, { path: '/' }, seconds)]
    for (const { name, request } of await journeys(address)) figures.push(await measure(name, address, request, seconds))
    print(figures)
    console.log(`\nFirst start with seeding: ${Math.round(first)} ms. Searches ask for ${benchDate()}. Node ${process.version}, ${seconds} s a row, 10 connections.`)
  } finally {
    child.kill('SIGTERM')
    bare.kill('SIGTERM')
    rmSync(dataDir, { recursive: true, force: true })
  }
}

function print(figures: Figure[]): void {
  const limit = figures.find(({ name }) => name.startsWith('limit'))
  console.log('| path | requests/s | p50 ms | p97.5 ms | of the limit |\n|---|---|---|---|---|')
  for (const { name, perSecond, p50, p975, faults } of figures) {
    const ratio = limit ? `${Math.round((100 * perSecond) / limit.perSecond)} %` : ''
    console.log(`| ${name}${faults ? ` (${faults} faults)` : ''} | ${Math.round(perSecond)} | ${p50} | ${p975} | ${ratio} |`)
  }
}
