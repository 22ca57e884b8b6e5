import { z } from 'zod'
import type { Context } from '../context.ts'
import type { Handlers } from '../platform/jobs/worker.ts'
import { sendBookingNotice, sendSignInLink } from './actions.ts'
import { tellings } from './notice.ts'

const link = z.object({ linkId: z.string() })
const told = z.object({ bookingId: z.string(), what: z.string().transform((what) => what.replace(/^booking\./, '')).pipe(z.enum(tellings)) })

export const jobs = (ctx: Context): Handlers => ({
  'notices.sign-in': (data, job) => sendSignInLink(ctx, link.parse(data).linkId, job.id),
  'notices.booking': (data, job) => {
    const { bookingId, what } = told.parse(data)
    return sendBookingNotice(ctx, bookingId, what, job.id)
  },
})
