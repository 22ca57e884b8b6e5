import { z } from 'zod'
import type { EditionFile } from '../rulebook/edition.ts'
import { isLocalDate, type LocalDate } from '../time/wallclock.ts'

type Dated = Pick<EditionFile, 'validFrom' | 'exceptions' | 'priceList'>

/**
 * The day whose prices and exceptions a trial takes, unless another is asked: the edition's first day, if it is still to come;
 * of an edition whose first day is behind, the next on which a price or an exception begins; else today.
 */
export function usualDay({ validFrom, exceptions, priceList: { prices } }: Dated, today: LocalDate): LocalDate {
  if (validFrom >= today) return validFrom
  const coming = [...prices, ...exceptions].map((one) => one.validFrom).filter((date) => date > today)
  return coming.reduce((first, date) => (date < first ? date : first), coming[0] ?? today)
}

const years = 2
/** The same day of another year; of a leap day one that no year has, which in text order stands where it should. */
const yearsFrom = (date: LocalDate, by: number): string => `${Number(date.slice(0, 4)) + by}${date.slice(4)}`

/** The form that starts a trial. A day left out is `usual`, which may be asked however far away it is. */
export const trialForm = (usual: LocalDate, today: LocalDate) => z.object({
  day: z.string('desk.trials.error.day').trim().default('').transform((day) => day || usual).refine(
    (day) => day === usual || (isLocalDate(day) && day >= yearsFrom(today, -years) && day <= yearsFrom(today, years)),
    'desk.trials.error.day',
  ),
})
