import { remembering } from '../remembering.ts'
import type { Language } from './text.ts'
import { translators } from './messages.ts'

/** Dates, times and money as people say them. Formatters are made once: a new one costs 20 times a page (stack.md §6). */
const zone = 'Europe/Helsinki'
const locales: Record<Language, string> = { fi: 'fi-FI', sv: 'sv-FI', en: 'en-GB' }

function formattersFor(language: Language) {
  const locale = locales[language]
  const make = (options: Intl.DateTimeFormatOptions) => {
    const formatter = new Intl.DateTimeFormat(locale, { timeZone: zone, ...options })
    return remembering((at) => formatter.format(at))
  }
  // Figures alone are read the wrong way round by half of those who read English.
  const month = language === 'en' ? 'short' : 'numeric'
  const date = make({ weekday: 'short', day: 'numeric', month })
  const longDate = make({ weekday: 'long', day: 'numeric', month: language === 'en' ? 'long' : 'numeric', year: 'numeric' })
  const shortDate = make({ day: 'numeric', month })
  const fullDate = make({ day: 'numeric', month, year: 'numeric' })
  const weekdayShort = make({ weekday: 'short' })
  const weekdayLong = make({ weekday: 'long' })
  const monthYear = make({ month: 'long', year: 'numeric' })
  const clockOf = new Intl.DateTimeFormat('en-GB', { timeZone: zone, hour: '2-digit', minute: '2-digit', hourCycle: 'h23' })
  const counting = (options: Intl.NumberFormatOptions = {}) => {
    const formatter = new Intl.NumberFormat(locale, options)
    return remembering((value) => formatter.format(value))
  }
  const money = counting({ style: 'currency', currency: 'EUR' })
  const wholeMoney = counting({ style: 'currency', currency: 'EUR', maximumFractionDigits: 0 })
  const number = counting()
  const collator = new Intl.Collator(language === 'en' ? 'fi' : language, { numeric: true })
  const t = translators[language]

  /** `18`, `18.30` in Finnish and Swedish, `18:00` in English. */
  const time = remembering((at) => {
    const [hours = '', minutes = ''] = clockOf.format(at).split(':')
    if (language === 'en') return `${hours}:${minutes}`
    return minutes === '00' ? String(Number(hours)) : `${Number(hours)}.${minutes}`
  })
  const timeRange = (start: number, end: number): string => t('format.timeRange', { from: time(start), to: time(end) === '0' ? '24' : time(end) })

  return {
    time,
    timeRange,
    /** `ti 24.11.` */
    date,
    /** `tiistai 24.11.2026` */
    longDate,
    shortDate,
    fullDate,
    weekdayShort,
    weekdayLong,
    /** `marraskuu 2026` */
    month: monthYear,
    /** `ti 24.11. klo 18–20` */
    when: (start: number, end: number): string => t('format.when', { date: date(start), time: timeRange(start, end) }),
    whenLong: (start: number, end: number): string => t('format.when', { date: longDate(start), time: timeRange(start, end) }),
    /** Instants with date and time of day, for instance a deadline. */
    moment: (at: number): string => t('format.moment', { date: date(at), time: time(at) }),
    money: (cents: number): string => (cents % 100 === 0 ? wholeMoney : money)(cents / 100),
    /** `maksuton` for nothing, else the sum. */
    price: (cents: number): string => (cents === 0 ? t('format.free') : (cents % 100 === 0 ? wholeMoney : money)(cents / 100)),
    /** `1 h 30 min` */
    minutes: (minutes: number): string => {
      const [hours, rest] = [Math.floor(minutes / 60), minutes % 60]
      return [hours ? `${hours} h` : '', rest || !hours ? `${rest} min` : ''].filter(Boolean).join(' ')
    },
    number,
    /** `350 m`, `1,2 km`; as the crow flies nobody needs it finer. */
    distance: (metres: number): string => (metres < 950 ? `${Math.max(50, Math.round(metres / 50) * 50)} m` : `${number(Math.round(metres / 100) / 10)} km`),
    compare: (a: string, b: string): number => collator.compare(a, b),
    /** A noon inside the local date, for formatting a date that has no time. */
    ofDate: (localDate: string): number => Date.parse(`${localDate}T10:00:00Z`),
  }
}
export type Format = ReturnType<typeof formattersFor>

export const formats: Record<Language, Format> = { fi: formattersFor('fi'), sv: formattersFor('sv'), en: formattersFor('en') }
