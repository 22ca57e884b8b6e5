import { forgetOldMessages } from './about/actions.ts'
import { expireRequests } from './bookings/ending-actions.ts'
import { forgetHolds } from './bookings/hold-actions.ts'
import { dropOldEvents } from './calendars/actions.ts'
import type { Context } from './context.ts'
import { queueDigests } from './notices/digest-actions.ts'
import { forgetOldSignIns } from './people/actions.ts'
import { forgetOldInvitations } from './people/invitation-actions.ts'
import { forgetOld } from './platform/jobs/queue.ts'
import type { Scheduled } from './platform/jobs/worker.ts'
import { settleRestrictions } from './spaces/restriction-actions.ts'

const minute = 60_000

/** What runs by the clock, inside the server's process. */
export const schedule = (ctx: Context): Scheduled[] => [
  { name: 'expire requests nobody decided', everyMs: minute, run: () => expireRequests(ctx) },
  { name: 'let kept times go that ran out', everyMs: minute, run: () => forgetHolds(ctx) },
  { name: 'begin and end restrictions on their days', everyMs: minute, run: () => settleRestrictions(ctx) },
  { name: 'tell managers in the morning what waits', everyMs: minute, run: () => queueDigests(ctx) },
  { name: 'forget sign-in links nobody used', everyMs: 60 * minute, run: () => forgetOldSignIns(ctx) },
  { name: 'forget invitations that ran out a month ago', everyMs: 60 * minute, run: () => forgetOldInvitations(ctx) },
  { name: 'drop event texts no feed tells', everyMs: 24 * 60 * minute, run: () => dropOldEvents(ctx) },
  { name: 'forget messages to the city after a year', everyMs: 24 * 60 * minute, run: () => forgetOldMessages(ctx) },
  { name: 'forget work done a month ago', everyMs: 60 * minute, run: () => forgetOld(ctx.db, ctx.clock.now()) },
]
