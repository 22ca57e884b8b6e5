import type { ExplanationWords } from './explanation-words-pages.ts'

export type TitledList = { title: string; items: string[] }

/** What would change the outcome, under the titles and in the order of the pages: what hangs on missing facts, the better, and the others. */
export function changesTold({ titles, changes }: Pick<ExplanationWords, 'titles' | 'changes'>): TitledList[] {
  const list = (title: string, is: (one: ExplanationWords['changes'][number]) => boolean): TitledList =>
    ({ title, items: changes.filter(is).map(({ text, outcome }) => `${text}: ${outcome}`) })
  return [
    list(titles.assumed, ({ assumed }) => assumed),
    list(titles.better, ({ better }) => better),
    list(titles.changes, ({ assumed, better }) => !assumed && !better),
  ].filter(({ items }) => items.length > 0)
}
