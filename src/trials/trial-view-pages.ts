import type { Format } from '../platform/i18n/format.ts'
import type { Key, Translate } from '../platform/i18n/messages.ts'
import type { Language } from '../platform/i18n/text.ts'
import type { Catalogue } from '../spaces/catalogue.ts'
import { shown } from '../spaces/shown.ts'
import { barsOf } from './bars.ts'
import { gaining, losing, type Outcome, type Tally } from './outcome.ts'

type Words = { lang: Language; t: Translate; f: Format }
type Ways = 'applicant' | 'area' | 'kind'
const ways = ['applicant', 'area', 'kind'] as const satisfies readonly Ways[]

/** The rows of one way of adding up, those who lose most first. */
function rowsOf(outcome: Outcome, way: Ways, { areaBySlug }: Pick<Catalogue, 'areaBySlug'>, { lang, t }: Words) {
  const tallies: Record<string, Tally> = { applicant: outcome.byApplicant, area: outcome.byArea, kind: outcome.byKind }[way]
  const nameOf = (key: string): string => {
    if (way === 'area') return shown(areaBySlug.get(key)?.name ?? {}, lang).text || t('desk.trials.noArea')
    return t((way === 'applicant' ? `rulebook.applicant.${key}` : `spaces.kind.${key}`) as Key)
  }
  return Object.entries(tallies).map(([key, tally]) => ({ key, name: nameOf(key), tally, losing: losing(tally), gaining: gaining(tally) }))
    .sort((a, b) => b.losing - a.losing || b.gaining - a.gaining || b.tally.bookings - a.tally.bookings || a.key.localeCompare(b.key))
}

/** Which day's prices and exceptions a trial took. */
const asOfText = ({ asOf }: Outcome, { t, f }: Words): string | undefined => asOf && t('desk.trials.asOf', { date: f.fullDate(f.ofDate(asOf)) })

/** What a trial found, ready for the template. */
export function outcomeView(outcome: Outcome, catalogue: Pick<Catalogue, 'areaBySlug'>, words: Words) {
  return {
    ...outcome,
    asOfText: asOfText(outcome, words),
    losing: losing(outcome.all), gaining: gaining(outcome.all),
    cents: outcome.all.centsAfter - outcome.all.centsBefore + outcome.all.centsOpen,
    tables: ways.map((way) => {
      const rows = rowsOf(outcome, way, catalogue, words)
      return { way, rows, bars: barsOf(rows) }
    }),
  }
}

const figures = [
  'bookings', 'becameFree', 'becamePaid', 'becamePerson', 'becameNotAllowed', 'cheaper', 'dearer', 'toStaff', 'fromStaff', 'centsBefore', 'centsAfter', 'centsOpen',
] as const satisfies readonly (keyof Tally)[]

const isCents = (figure: (typeof figures)[number]) => figure === 'centsBefore' || figure === 'centsAfter' || figure === 'centsOpen'

/** A table for spreadsheets: one line for each group, area and kind, euros as plain numbers; the day of the prices last, as wide as the rest. */
export function csvRows(outcome: Outcome, catalogue: Pick<Catalogue, 'areaBySlug'>, words: Words): (string | number)[][] {
  const { t } = words
  const asOf = asOfText(outcome, words)
  const numbers = (tally: Tally) => figures.map((figure) => (isCents(figure) ? tally[figure] / 100 : tally[figure] ?? ''))
  return [
    [t('desk.trials.csv.way'), t('desk.trials.csv.name'), ...figures.map((figure) => t(`desk.trials.column.${figure}`))],
    [t('desk.trials.all'), '', ...numbers(outcome.all)],
    ...ways.flatMap((way) => rowsOf(outcome, way, catalogue, words).map(({ name, tally }) => [t(`desk.trials.by.${way}`), name, ...numbers(tally)])),
    ...(asOf ? [[asOf, '', ...figures.map(() => '')]] : []),
  ]
}
