import type { Response } from 'express'
import { askerFields, formLink, withQuery } from '../availability/form-link.ts'
import type { Context } from '../context.ts'
import { personOf } from '../people/pages.ts'
import type { Listed } from '../spaces/catalogue.ts'
import { timeAgain } from './again-store.ts'
import type { Booking } from './store.ts'

/** The way to book the same again: the form with a time that can be had and the earlier answers, or the space's free times. */
export async function againView(ctx: Context, res: Response, booking: Booking, { space }: Listed): Promise<{ href: string; when: string | null }> {
  const time = await timeAgain(ctx.db, personOf(res), booking, ctx.clock.now())
  if (time) return { href: `${formLink(space.slug, time, { who: null })}&again=${booking.ref}`, when: res.locals.f.when(time.start, time.end) }
  const { applicant, purpose, openToAll = false } = booking.decided.facts
  return { href: withQuery(`/spaces/${space.slug}`, askerFields({ who: { applicant, purpose, openToAll }, people: booking.people })), when: null }
}
