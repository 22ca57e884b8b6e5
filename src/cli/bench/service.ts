import { spawn, type ChildProcess } from 'node:child_process'
import { closeSync, mkdtempSync, openSync, readFileSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { setTimeout } from 'node:timers/promises'
import { root } from '../../platform/root.ts'
import { CliError } from '../cli-error.ts'

export type Service = {
  address: string
  /** From the start of the process to the first answer, and until it says that it is ready (ms). */
  answersAfter: number
  readyAfter: number
  /** Processor time used so far (ms); null where the system does not tell. */
  cpu(): number | null
  /** How long it was busy with each request (ms), from its first byte until the last of the answer was handed on: what its log says since this was asked last. */
  took(): Promise<number[]>
  /** Resident memory in bytes. */
  memory(): Promise<number>
  stop(): Promise<void>
}

/** The service writes the lines of its log together, at most a second late. */
const logLagMs = 1_200

export const freePort = (): Promise<number> => new Promise((resolve, reject) => {
  const probe = createServer().once('error', reject).listen(0, '127.0.0.1', () => {
    const { port } = probe.address() as { port: number }
    probe.close(() => resolve(port))
  })
})

/** What `npm start` tells Node before the program. */
function nodeFlags(): string[] {
  const { scripts } = JSON.parse(readFileSync(root('package.json'), 'utf8')) as { scripts: { start: string } }
  const [, flags] = / node (.*)dist\/src\/main\.js$/.exec(scripts.start) ?? []
  if (flags === undefined) throw new CliError('package.json: its start does not end with node … dist/src/main.js')
  return flags.split(' ').filter(Boolean)
}

/** Starts the built service as anybody would, with its log in a file; `profile` is a folder for V8's CPU profile. */
export async function startService(env: Record<string, string>, profile?: string): Promise<Service> {
  const port = await freePort()
  const address = `http://127.0.0.1:${port}`
  const folder = mkdtempSync(path.join(tmpdir(), 'tilavuoro-log-'))
  const file = path.join(folder, 'log')
  const log = openSync(file, 'a')
  let read = 0
  const flags = [...nodeFlags(), ...(profile ? ['--cpu-prof', `--cpu-prof-dir=${profile}`] : [])]
  const start = performance.now()
  const child = spawn(process.execPath, [...flags, root('dist/src/main.js')], {
    env: { PATH: process.env['PATH'], PORT: String(port), HOST: '127.0.0.1', BASE_URL: address, LOG_LEVEL: 'info', BENCH_LIMIT_ROUTE: 'true', ...env },
    stdio: ['ignore', log, 'inherit'],
  })
  closeSync(log)
  child.once('exit', () => rmSync(folder, { recursive: true, force: true }))
  await ok(`${address}/healthz`, child)
  const answersAfter = performance.now() - start
  await ok(`${address}/readyz`, child)
  return {
    address, answersAfter, readyAfter: performance.now() - start,
    cpu: () => cpuOf(child),
    async took() {
      await setTimeout(logLagMs)
      const lines = readFileSync(file).subarray(read)
      read += lines.length
      return [...lines.toString().matchAll(/"ms":([\d.]+),"msg":"request"/g)].map(([, ms]) => Number(ms))
    },
    async memory() {
      const text = await (await fetch(`${address}/metrics`)).text()
      return Number(/^tilavuoro_memory_bytes (\d+)/m.exec(text)?.[1])
    },
    async stop() {
      if (child.exitCode !== null || child.signalCode !== null) return
      const ended = new Promise((resolve) => child.once('exit', resolve))
      child.kill('SIGTERM')
      await ended
    },
  }
}

/** Of `/proc/<pid>/stat`, the 14th and 15th field in hundredths of a second (proc_pid_stat(5)); Linux only. */
function cpuOf({ pid }: ChildProcess): number | null {
  try {
    const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]!.split(' ')
    return (Number(fields[11]) + Number(fields[12])) * 10
  } catch {
    return null
  }
}

async function ok(url: string, child: ChildProcess): Promise<void> {
  const start = performance.now()
  while (performance.now() - start < 120_000) {
    if (child.exitCode !== null) throw new CliError('The service did not start; run npm run build first.')
    if ((await fetch(url).catch(() => null))?.ok) return
    await setTimeout(10)
  }
  child.kill('SIGTERM')
  throw new CliError('The service was not ready in two minutes.')
}

/** Express alone, for scale. */
export async function startBare(): Promise<Pick<Service, 'address' | 'cpu' | 'stop'>> {
  const port = await freePort()
  const child = spawn(process.execPath, [root('dist/src/cli/bench/bare.js'), String(port)], { stdio: 'ignore' })
  const address = `http://127.0.0.1:${port}`
  await ok(address, child)
  return { address, cpu: () => cpuOf(child), stop: async () => void child.kill('SIGTERM') }
}
