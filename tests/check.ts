import { spawn } from 'node:child_process'
import { existsSync, mkdtempSync, rmSync, statfsSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'

/**
 * Everything a change must pass, stage by stage; what fails ends it after its stage. What is missing is said, never
 * skipped. The steps of a stage keep one core busy each and run beside each other; vitest takes every core by itself.
 */
type Step = { name: string; command: string[]; env?: Record<string, string> }

const vitest = (config: string, ...more: string[]): string[] => ['npx', 'vitest', 'run', '--config', `tests/${config}`, ...more]

/** More than half of the time of all tests, and what they ask hangs least on a time zone: once is enough. */
const besidesHammers = ['security', 'faults', 'race', 'contract', 'cli'].flatMap((folder) => ['--exclude', `tests/${folder}/**`])

const stages: Step[][] = [
  [
    { name: 'types', command: ['npx', 'tsc', '--noEmit', '-p', '.'] },
    { name: 'lint', command: ['npx', 'eslint', '--config', 'tests/eslint.config.js', '.'] },
  ],
  // The types are known to be right.
  [{ name: 'build', command: ['npm', 'run', '--silent', 'build', '--', '--noCheck'] }],
  [{ name: 'tests, in Newfoundland', command: vitest('vitest.config.ts'), env: { TZ: 'America/St_Johns' } }],
  [{ name: 'tests but for attacks, faults and races, in Helsinki', command: vitest('vitest.config.ts', ...besidesHammers), env: { TZ: 'Europe/Helsinki' } }],
  [{ name: 'time, in UTC', command: vitest('vitest.config.ts', 'tests/time', 'tests/availability'), env: { TZ: 'UTC' } }],
  [{ name: 'stores and actions on PostgreSQL', command: vitest('vitest.pg.config.ts') }],
  [{ name: 'browser and other calendar programs', command: vitest('vitest.browser.config.ts') }],
]

const needed = [
  ['/usr/bin/chromium', 'chromium'], ['/usr/bin/khal', 'khal'], ['/usr/bin/vdirsyncer', 'vdirsyncer'],
  ['/usr/lib/python3/dist-packages/icalendar', 'python3-icalendar'],
  ['/usr/share/fonts/truetype/dejavu/DejaVuSans.ttf', 'fonts-dejavu'],
]
const missing = needed.filter(([file = '']) => !existsSync(file)).map(([, name]) => name)
if (missing.length) {
  console.error(`The check needs Debian's ${missing.join(', ')}: apt-get install ${missing.join(' ')}`)
  process.exit(1)
}

/**
 * Every commit waits for the disk, which is a fifth of the heaviest tests' time. What they prove, a process that is killed
 * and not a power cut, is as true in memory; so their files lie there if it has four gigabytes to spare.
 */
function folderOfTests(): string {
  const memory = '/dev/shm'
  const { bavail = 0, bsize = 0 } = existsSync(memory) ? statfsSync(memory) : {}
  return mkdtempSync(path.join(bavail * bsize >= 4 * 1024 ** 3 ? memory : tmpdir(), 'tilavuoro-check-'))
}
const TMPDIR = folderOfTests()
process.once('exit', () => rmSync(TMPDIR, { recursive: true, force: true }))

/** Runs one step to its end; one that runs beside others tells what it said when it is done. */
async function passes({ command: [program = '', ...args], env, name }: Step, alone: boolean): Promise<boolean> {
  const start = Date.now()
  if (alone) console.log(`\n== ${name}`)
  const child = spawn(program, args, { stdio: ['inherit', alone ? 'inherit' : 'pipe', alone ? 'inherit' : 'pipe'], env: { ...process.env, TMPDIR, ...env } })
  const said: Buffer[] = []
  for (const stream of [child.stdout, child.stderr]) stream?.on('data', (part: Buffer) => said.push(part))
  const status = await new Promise<number | null>((resolve, reject) => child.once('close', resolve).once('error', reject))
  if (!alone) process.stdout.write(`\n== ${name}\n${Buffer.concat(said).toString()}`)
  console.log(status === 0 ? `== ${name}: ${Math.round((Date.now() - start) / 1000)} s` : `\n${name}: failed`)
  return status === 0
}

for (const stage of stages) {
  const passed = await Promise.all(stage.map((step) => passes(step, stage.length === 1)))
  if (passed.includes(false)) process.exit(1)
}
console.log('\nAll checks passed.')
