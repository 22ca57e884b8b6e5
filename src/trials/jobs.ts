import { z } from 'zod'
import type { Context } from '../context.ts'
import type { Handlers } from '../platform/jobs/worker.ts'
import { runTrial } from './actions.ts'

const wanted = z.object({ editionId: z.string(), trialId: z.string(), asOf: z.string().optional() })

export const jobs = (ctx: Context): Handlers => ({
  'trials.run': (data) => runTrial(ctx, wanted.parse(data)),
})
