import Holidays from 'date-holidays'
import type { Holiday } from '../../time/holidays.ts'

/**
 * Finland's public holidays of the years, Sundays included, and the three eves when premises are closed all the same
 * (`bank`: Midsummer, Christmas and New Year's Eve). Mother's and Father's Day are no holidays.
 */
export function finnishHolidays(years: readonly number[]): Holiday[] {
  return years.flatMap((year) => {
    const fi = namesOf(year, 'fi')
    const sv = namesOf(year, 'sv')
    return of(year, 'en').flatMap(({ date, name, type, rule }) => {
      if (type !== 'public' && type !== 'bank') return []
      const day = date.slice(0, 10)
      // The list has one Finnish name with a capital, which it should not have.
      return [{ date: day, name: { fi: fi.get(rule)?.toLowerCase(), sv: sv.get(rule), en: name }, kind: type }]
    })
  })
}

const calendar = new Holidays('FI')

function of(year: number, language: string) {
  return calendar.getHolidays(year, language)
}

function namesOf(year: number, language: string): Map<string, string> {
  return new Map(of(year, language).map(({ rule, name }) => [rule, name]))
}
