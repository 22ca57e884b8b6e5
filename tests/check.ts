import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'

/** Everything a change must pass, step by step; the first that fails ends it. What is missing is said, never skipped. */
type Step = { name: string; command: string[]; env?: Record<string, string> }

const vitest = (config: string, ...more: string[]): string[] => ['npx', 'vitest', 'run', '--config', `tests/${config}`, ...more]

const steps: Step[] = [
  { name: 'types', command: ['npx', 'tsc', '--noEmit', '-p', '.'] },
  { name: 'lint', command: ['npx', 'eslint', '--config', 'tests/eslint.config.js', '.'] },
  { name: 'build', command: ['npm', 'run', '--silent', 'build'] },
  { name: 'tests with coverage, in Newfoundland', command: vitest('vitest.config.ts', '--coverage'), env: { TZ: 'America/St_Johns' } },
  { name: 'time, in UTC', command: vitest('vitest.config.ts', 'tests/time', 'tests/availability'), env: { TZ: 'UTC' } },
  { name: 'time, in Helsinki', command: vitest('vitest.config.ts', 'tests/time', 'tests/availability'), env: { TZ: 'Europe/Helsinki' } },
  { name: 'stores and actions on PostgreSQL', command: vitest('vitest.pg.config.ts') },
  { name: 'browser and other calendar programs', command: vitest('vitest.browser.config.ts') },
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

for (const { name, command: [program = '', ...args], env } of steps) {
  console.log(`\n== ${name}`)
  const start = Date.now()
  const { status } = spawnSync(program, args, { stdio: 'inherit', env: { ...process.env, ...env } })
  if (status !== 0) {
    console.error(`\n${name}: failed`)
    process.exit(1)
  }
  console.log(`== ${name}: ${Math.round((Date.now() - start) / 1000)} s`)
}
console.log('\nAll checks passed.')
