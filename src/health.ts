import { Router } from 'express'
import type { Context } from './context.ts'
import { waiting } from './platform/jobs/queue.ts'
import type { Metrics } from './platform/web/metrics.ts'
import { open } from './platform/web/guard.ts'

const loopback = /^(127\.|::1$|::ffff:127\.)/

/** For the machines that watch: alive, ready (database answers, worker ran), and counters for this machine only. */
export function health(ctx: Context, worker: { lastPass(): number | null }, metrics: Metrics): Router {
  const router = Router()
  router.get('/healthz', open, (_req, res) => {
    res.type('text/plain').send('ok\n')
  })
  router.get('/readyz', open, async (_req, res) => {
    const database = await ctx.db.ping().then(() => true, () => false)
    const ready = database && worker.lastPass() !== null
    res.status(ready ? 200 : 503).json({ ready, database, worker: worker.lastPass() !== null })
  })
  router.get('/metrics', open, async (req, res) => {
    if (!ctx.config.metricsPublic && !loopback.test(req.ip ?? '')) return void res.status(404).type('text/plain').send('not found\n')
    const jobs = await waiting(ctx.db)
    res.type('text/plain; version=0.0.4').send(metrics.text({
      jobs_waiting: jobs.waiting, jobs_failing: jobs.failing, jobs_unclear: jobs.unclear, memory_bytes: process.memoryUsage().rss,
    }))
  })
  return router
}
