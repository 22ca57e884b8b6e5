import type { Edition } from '../rulebook/edition.ts'
import type { Catalogue } from '../spaces/catalogue.ts'
import { endOf, localDateOf } from '../time/wallclock.ts'
import { addWorkingDays } from '../time/working-days.ts'

/** When a request made now must be decided: five working days in the shipped edition, counted from the day after; the end of that day. */
export const decideBy = ({ calendar }: Pick<Catalogue, 'calendar'>, { limits }: Pick<Edition, 'limits'>, now: number): number =>
  endOf(addWorkingDays(localDateOf(now), limits.decisionWorkingDays, calendar))
