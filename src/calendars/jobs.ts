import { z } from 'zod'
import type { Context } from '../context.ts'
import type { Handlers } from '../platform/jobs/worker.ts'
import { keepEvent } from './actions.ts'

const changed = z.object({ bookingId: z.string() })

export const jobs = (ctx: Context): Handlers => ({
  'calendars.event': (data) => keepEvent(ctx, changed.parse(data).bookingId),
})
