import type { Logger } from 'pino'
import type { Database } from '../db/database.ts'
import { faultOf } from '../faults.ts'
import { finish, lease, putBack, type Job } from './queue.ts'

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

  async function work(job: Job): Promise<void> {
    const handler = handlers[job.name]
    try {
      if (!handler) throw new Error(`no handler for job ${job.name}`)
      await handler(job.data, job)
      await finish(db, job, clock.now())
    } catch (error) {
      const err = faultOf(error)
      log.error({ job: job.name, id: job.id, attempts: job.attempts, err }, 'job failed, will retry')
      await putBack(db, job, clock.now(), err.message)
    }
  }

  async function pass(): Promise<void> {
    for (const item of schedule) {
      const now = clock.now()
      if (now - (lastRun.get(item.name) ?? -Infinity) < item.everyMs) continue
      lastRun.set(item.name, now)
      await item.run()
    }
    while (!stopped) {
      const job = await lease(db, clock.now())
      if (!job) break
      await work(job)
    }
    lastPass = clock.now()
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
