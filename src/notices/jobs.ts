import { z } from 'zod'
import { mailToCity } from '../about/actions.ts'
import { explainedInWords } from '../bookings/explained-pages.ts'
import type { Context } from '../context.ts'
import type { Handlers } from '../platform/jobs/worker.ts'
import { sendBookingNotice, sendDecisionNotice, sendSignInLink } from './actions.ts'
import { sendDigest } from './digest-actions.ts'
import { sendInvitation } from './invitation-actions.ts'
import { tellings } from './notice.ts'

const link = z.object({ linkId: z.string() })
const invited = z.object({ invitationId: z.string() })
const told = z.object({ bookingId: z.string(), what: z.string().transform((what) => what.replace(/^booking\./, '')).pipe(z.enum(tellings)) })
const issued = z.object({ decisionId: z.string() })
const contact = z.object({ messageId: z.string() })
const morning = z.object({ personId: z.string(), since: z.number().nullable(), until: z.number() })

export const jobs = (ctx: Context): Handlers => ({
  'notices.sign-in': (data, job) => sendSignInLink(ctx, link.parse(data).linkId, job.id),
  'notices.contact': (data, job) => mailToCity(ctx, contact.parse(data).messageId, job.id),
  'notices.invitation': (data, job) => sendInvitation(ctx, invited.parse(data).invitationId, job.id),
  'notices.decision': (data, job) => sendDecisionNotice(ctx, issued.parse(data).decisionId, job.id),
  'notices.digest': (data, job) => {
    const { personId, ...news } = morning.parse(data)
    return sendDigest(ctx, personId, news, job.id)
  },
  'notices.booking': (data, job) => {
    const { bookingId, what } = told.parse(data)
    return sendBookingNotice(ctx, bookingId, { what, id: job.id, explaining: explainedInWords })
  },
})
