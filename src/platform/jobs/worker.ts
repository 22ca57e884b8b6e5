import type { Logger } from 'pino'
import type { Database } from '../db/database.ts'
import { faultOf } from '../faults.ts'
import { finish, keepDue, lease, OutcomeUnknown, putBack, type Job } from './queue.ts'

export type Handlers = Record<string, (data: Record<string, unknown>, job: Job) => Promise<void>>
/** Work by the clock: runs when at least `everyMs` passed since the last run of this process. */
export type Scheduled = { name: string; everyMs: number; run: () => Promise<void> }

type Options = { db: Database; clock: { now(): number }; log: Logger; handlers: Handlers; schedule: Scheduled[] }

/** Works off the queue inside the server's process, so that nothing depends on a cron (study/peers.md §4 #18). */
export function createWorker({ db, clock, log, handlers, schedule }: Options) {
  const lastRun = new Map<string, number>()
  let stopped = false
  let running: Promise<void> | null = null
  let again = false
  let timer: NodeJS.Timeout | null = null
  let lastPass: number | null = null
  let latest = -Infinity

  /** Ends of work that could not be written yet, for instance on a full disk: written before anything else is begun. */
  const ends: (() => Promise<void>)[] = []
  async function writeEnds(): Promise<void> {
    for (let write = ends[0]; write; write = ends[0]) {
      await write()
      ends.shift()
    }
  }

  async function work(job: Job): Promise<void> {
    const told = { job: job.name, id: job.id, attempts: job.attempts }
    try {
      const handler = handlers[job.name]
      if (!handler) throw new Error(`no handler for job ${job.name}`)
      await handler(job.data, job)
      ends.push(() => finish(db, job, clock.now()))
    } catch (error) {
      const err = faultOf(error)
      if (error instanceof OutcomeUnknown) return log.error({ ...told, err }, 'job may have been done or not, waits for a person')
      log.error({ ...told, err }, 'job failed, will retry')
      ends.push(() => putBack(db, job, clock.now(), err.message))
    }
    await writeEnds()
  }

  /** Runs what is due by the clock; a clock set back must not let anything wait for the time it has lived through already. */
  async function byTheClock(): Promise<void> {
    const now = clock.now()
    if (now < latest) {
      lastRun.clear()
      await keepDue(db, now, latest)
    }
    latest = now
    for (const item of schedule) {
      if (now - (lastRun.get(item.name) ?? -Infinity) < item.everyMs) continue
      lastRun.set(item.name, now)
      await item.run().catch((error: unknown) => log.error({ item: item.name, err: faultOf(error) }, 'scheduled work failed'))
    }
  }

  async function pass(): Promise<void> {
    await writeEnds()
    while (!stopped) {
      // Between any two jobs: a mail server that never answers must not keep requests from expiring.
      await byTheClock()
      const job = await lease(db, clock.now())
      lastPass = clock.now()
      if (!job) break
      await work(job)
    }
  }

  /** Runs passes until nothing is due; concurrent calls share one. */
  function settle(): Promise<void> {
    if (running) {
      again = true
      return running
    }
    running = (async () => {
      try {
        do {
          again = false
          await pass()
        } while (again && !stopped)
      } catch (error) {
        log.error({ err: faultOf(error) }, 'worker pass failed')
      } finally {
        running = null
      }
    })()
    return running
  }

  return {
    settle,
    wake: () => void settle(),
    start(everyMs = 1_000) {
      timer = setInterval(() => void settle(), everyMs)
      void settle()
    },
    async stop() {
      stopped = true
      if (timer) clearInterval(timer)
      await running
    },
    lastPass: () => lastPass,
  }
}
export type Worker = ReturnType<typeof createWorker>
