import * as calendars from './calendars/jobs.ts'
import type { Context } from './context.ts'
import * as notices from './notices/jobs.ts'
import type { Handlers } from './platform/jobs/worker.ts'
import * as trials from './trials/jobs.ts'

/** Every kind of queued work and who does it. */
export const handlers = (ctx: Context): Handlers => ({ ...calendars.jobs(ctx), ...notices.jobs(ctx), ...trials.jobs(ctx) })
