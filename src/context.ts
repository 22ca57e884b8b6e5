import type { Logger } from 'pino'
import type { Config } from './config.ts'
import type { Database } from './platform/db/database.ts'
import type { Mailer } from './platform/mail/mailer.ts'

/** Where the time comes from; epoch milliseconds. */
export type Clock = { now(): number }

/** Everything the outside world is. */
export type Context = {
  config: Config
  db: Database
  clock: Clock
  mailer: Mailer
  log: Logger
  /** Tells the worker that a commit left work in the queue. */
  wake: () => void
}

/** The real clock, or one that started at `startAt` when the process did. */
export function clockFrom(startAt: number | null): Clock {
  const shift = startAt === null ? 0 : startAt - Date.now()
  return { now: () => Date.now() + shift }
}
