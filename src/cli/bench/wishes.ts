import { freeTimes, groundOf } from '../../availability/actions.ts'
import { isLength, stepUp } from '../../availability/length.ts'
import { addDays, isoWithOffset, localDateOf, minuteMs } from '../../time/wallclock.ts'
import { createDice } from '../seed/dice.ts'
import type { Booker, Town } from './town.ts'

/** A wish that can be granted, and who wishes; every space and time comes once. */
export type Wish = { person: Booker; space: string; start: number; end: number }

const bookingsEach = 3
const hour = 60

/** An open reading circle, free of charge in most spaces. */
export const factsAsked = { applicant: 'unregistered_group', purpose: 'hobby', people: 8, openToAll: true, localShare: 1, groups: [], activities: [] } as const

/** Free hours of the coming weeks in spaces that cost nothing, one in each free stretch, in no order. */
export async function wishesOf({ ctx, bookers }: Town, howMany: number): Promise<Wish[]> {
  const ground = await groundOf(ctx)
  const listed = ground.catalogue.spaces.filter(({ space }) => space.wholeId === null && !space.alwaysPaid && space.people >= factsAsked.people && isLength(space, hour))
  const today = localDateOf(ground.now)
  const answers = await freeTimes(ctx.db, ground, listed, { from: addDays(today, 14), to: addDays(today, 80) })
  const times = answers.flatMap(({ free }, i) => {
    const { space } = listed[i]!
    return free.flatMap((gap) => {
      const start = stepUp(gap.start, space.stepMinutes)
      return start + hour * minuteMs <= gap.end ? [{ space: space.slug, start, end: start + hour * minuteMs }] : []
    })
  })
  const dice = createDice(2)
  for (let i = times.length - 1; i > 0; i--) {
    const j = dice.below(i + 1)
    ;[times[i], times[j]] = [times[j]!, times[i]!]
  }
  return times.slice(0, Math.min(howMany, bookers.length * bookingsEach))
    .map((time, i) => ({ ...time, person: bookers[Math.floor(i / bookingsEach)]! }))
}

/** As a body of `POST /api/v1/bookings`; the first fields are a quote's too. */
export const bodyOf = ({ space, start, end }: Wish): string => JSON.stringify({
  ...factsAsked, space, start: isoWithOffset(start), end: isoWithOffset(end), title: 'Lukupiiri', public: true,
  responsible: { name: 'Mittaaja Malli', phone: '040 000 0000' }, acceptTerms: true,
})
