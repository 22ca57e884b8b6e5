import { randomBytes } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { z } from 'zod'
import type { Language } from './platform/i18n/text.ts'
import { root } from './platform/root.ts'

/** A wrong setting: one clear sentence and exit 1. */
export class WrongSetting extends Error {
  override name = 'WrongSetting'
}

const blankIsUnset = (value: unknown): unknown => (value === '' ? undefined : value)
const setting = <T extends z.ZodType>(schema: T) => z.preprocess(blankIsUnset, schema)

function whole(from: number, to: number) {
  const error = `must be a whole number from ${from} to ${to}`
  return z.coerce.number({ error }).int({ error }).min(from, { error }).max(to, { error })
}

/** `a@b` or `Name <a@b>`. */
const mailbox = /^([^<>@\r\n]*<[^<>@\s]+@[^<>@\s]+>|[^<>@\s]+@[^<>@\s]+)$/

const schema = z.object({
  NODE_ENV: setting(z.enum(['production', 'development', 'test'], 'must be production, development or test').default('development')),
  PORT: setting(whole(0, 65535).default(3000)),
  HOST: setting(z.string().default('0.0.0.0')),
  BASE_URL: setting(z.url({ protocol: /^https?$/, error: 'must be http://… or https://…' }).optional()),
  DATA_DIR: setting(z.string().default(root('data'))),
  DATABASE_URL: setting(z.string().regex(/^(file:.+|postgres(ql)?:\/\/.+|pglite:)$/, 'must be file:<path> or postgres://…').optional()),
  SMTP_URL: setting(z.url({ protocol: /^smtps?$/, error: 'must be smtp://… or smtps://…' }).optional()),
  SESSION_SECRET: setting(z.string().min(32, 'must have at least 32 characters').optional()),
  TILAVUORO_NOW: setting(z.iso.datetime({ offset: true, error: 'must be an instant such as 2026-11-22T10:00:00+02:00' }).optional()),
  LOG_LEVEL: setting(z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent']).default('info')),
  TRUST_PROXY: setting(whole(0, 10).default(0)),
  MAIL_FROM: setting(z.string().regex(mailbox, 'must be a sender such as Tilavuoro <tilavuoro@example.org>').default('Tilavuoro <tilavuoro@example.org>')),
  CITY_NAME: setting(z.string().optional()),
  CITY_NAME_SV: setting(z.string().optional()),
  CITY_NAME_EN: setting(z.string().optional()),
  CITY_CONTACT: setting(z.email('must be an e-mail address').default('tilavuoro@example.org')),
  METRICS_PUBLIC: setting(z.enum(['true', 'false']).default('false')),
  DEMO_BOOKINGS: setting(z.enum(['true', 'false']).default('true')),
  BENCH_LIMIT_ROUTE: setting(z.enum(['true', 'false']).default('false')),
})

/** A city with one name has it in every language; the shipped premises are of one with two. */
function namesOf({ CITY_NAME: fi, CITY_NAME_SV: sv, CITY_NAME_EN: en }: { CITY_NAME?: string | undefined; CITY_NAME_SV?: string | undefined; CITY_NAME_EN?: string | undefined }): Record<Language, string> {
  return fi === undefined ? { fi: 'Helsinki', sv: sv ?? 'Helsingfors', en: en ?? 'Helsinki' } : { fi, sv: sv ?? fi, en: en ?? fi }
}

export type Config = {
  production: boolean
  port: number
  host: string
  /** Absolute address without a trailing slash; in mails and feeds. */
  baseUrl: string
  dataDir: string
  databaseUrl: string
  smtpUrl: string | null
  sessionSecret: string
  /** Outside production the clock may start elsewhere. */
  startAt: number | null
  logLevel: string
  /** How many proxies stand in front; 0 trusts no forwarded header. */
  trustProxy: number
  mailFrom: string
  /** The city's name in each language. */
  city: Record<Language, string>
  contact: string
  metricsPublic: boolean
  /** Fills an empty city with some weeks of bookings; never in production. */
  demoBookings: boolean
  /** Serves the page that `bench` compares with; never in production. */
  benchLimitRoute: boolean
}

function keptSecret(dataDir: string): string {
  const file = path.join(dataDir, 'session-secret')
  if (existsSync(file)) return readFileSync(file, 'utf8').trim()
  const secret = randomBytes(32).toString('base64url')
  try {
    mkdirSync(dataDir, { recursive: true })
    writeFileSync(file, secret, { mode: 0o600 })
  } catch (error) {
    throw new WrongSetting(`DATA_DIR: cannot be written (${(error as NodeJS.ErrnoException).code})`)
  }
  return secret
}

/** Reads the environment once. Throws `WrongSetting` with one sentence that names the setting. */
export function readConfig(env: NodeJS.ProcessEnv): Config {
  const parsed = schema.safeParse(env)
  if (!parsed.success) {
    const [first] = parsed.error.issues
    throw new WrongSetting(`${String(first?.path[0])}: ${first?.message ?? 'wrong value'}`)
  }
  const set = parsed.data
  const production = set.NODE_ENV === 'production'
  if (production && !set.SESSION_SECRET) throw new WrongSetting('SESSION_SECRET: required in production')
  if (production && !set.BASE_URL) throw new WrongSetting('BASE_URL: required in production')
  if (production && set.TILAVUORO_NOW) throw new WrongSetting('TILAVUORO_NOW: not allowed in production')
  return {
    production,
    port: set.PORT,
    host: set.HOST,
    baseUrl: (set.BASE_URL ?? `http://localhost:${set.PORT}`).replace(/\/$/, ''),
    dataDir: set.DATA_DIR,
    databaseUrl: set.DATABASE_URL ?? `file:${path.join(set.DATA_DIR, 'tilavuoro.db')}`,
    smtpUrl: set.SMTP_URL ?? null,
    sessionSecret: set.SESSION_SECRET ?? keptSecret(set.DATA_DIR),
    startAt: set.TILAVUORO_NOW ? Date.parse(set.TILAVUORO_NOW) : null,
    logLevel: set.LOG_LEVEL,
    trustProxy: set.TRUST_PROXY,
    mailFrom: set.MAIL_FROM,
    city: namesOf(set),
    contact: set.CITY_CONTACT,
    metricsPublic: set.METRICS_PUBLIC === 'true',
    demoBookings: !production && set.DEMO_BOOKINGS === 'true',
    benchLimitRoute: !production && set.BENCH_LIMIT_ROUTE === 'true',
  }
}
