import path from 'node:path'
import { pino, type Logger } from 'pino'
import { WrongSetting, type Config } from './config.ts'
import { clockFrom, type Context } from './context.ts'
import { handlers } from './jobs.ts'
import type { Database } from './platform/db/database.ts'
import { openDatabase } from './platform/db/open.ts'
import { faultOf } from './platform/faults.ts'
import { standOrFall } from './platform/jobs/queue.ts'
import { createWorker, type Worker } from './platform/jobs/worker.ts'
import { createMailer } from './platform/mail/mailer.ts'
import { schedule } from './schedule.ts'

/** Opens the database (migrating it) and joins everything the outside world is; nothing listens or works yet. */
export async function boot(
  config: Config,
  log: Logger = writingLater(config.logLevel),
  opened?: Database,
): Promise<{ ctx: Context; worker: Worker }> {
  const db = opened ?? (await openDatabase(config.databaseUrl).catch(unopened))
  const ctx: Context = {
    config,
    db,
    clock: clockFrom(config.startAt),
    mailer: createMailer({
      from: config.mailFrom, smtpUrl: config.smtpUrl, outbox: path.join(config.dataDir, 'outbox'), host: new URL(config.baseUrl).hostname,
      standOrFall: (id) => standOrFall(db, id),
    }),
    log,
    wake: () => undefined,
  }
  const worker = createWorker({ db, clock: ctx.clock, log, handlers: handlers(ctx), schedule: schedule(ctx) })
  ctx.wake = worker.wake
  return { ctx, worker }
}

const flushEveryMs = 1_000

/**
 * Lines are gathered for up to a second: a write for each request is felt in a small one. An error is
 * written at once with everything before it, and so is the rest when the process ends by itself.
 */
function writingLater(level: string): Logger {
  const destination = pino.destination({ sync: false, minLength: 8_192 })
  const log = pino({ level, hooks: { logMethod(args, method, number) {
    method.apply(this, args)
    if (number >= 50) destination.flush()
  } } }, destination)
  setInterval(() => destination.flush(), flushEveryMs).unref()
  return log
}

/** A database that is away or not ours is told in one sentence, without the address, which may hold a password. */
function unopened(error: unknown): never {
  const { message, code } = faultOf(error)
  throw new WrongSetting(`DATABASE_URL: the database cannot be opened (${message || code})`, { cause: error })
}
