import type { Format } from '../platform/i18n/format.ts'
import type { Translate } from '../platform/i18n/messages.ts'
import { textIn, type Language } from '../platform/i18n/text.ts'
import { addDays, localDateOf } from '../time/wallclock.ts'
import { sameSubject, valueOf, type Subject } from './subject.ts'
import type { Named } from './subject-store.ts'

type Words = { t: Translate; f: Format; lang: Language }

/** What a secret address tells, as its list and its form call it. */
export const subjectName = ({ kind, name }: Named, { t, lang }: Words): string =>
  kind === 'person' ? t('calendars.own.kind.person') : typeof name === 'string' ? name : textIn(name, lang).text

/** The choices of the form, one's own bookings first. */
export const subjectOptions = (subjects: readonly Named[], words: Words) =>
  subjects
    .map((one) => ({ value: valueOf(one), text: subjectName(one, words), group: one.kind === 'person' ? '' : words.t(`calendars.own.kind.${one.kind}`) }))
    .toSorted((a, b) => Number(a.group !== '') - Number(b.group !== '') || words.f.compare(a.group, b.group) || words.f.compare(a.text, b.text))

/** A past moment as people say it: today and yesterday by name, then its date. */
export function lately(at: number, now: number, { t, f }: Words): string {
  const [date, today] = [localDateOf(at), localDateOf(now)]
  if (date === today) return t('calendars.lately.today', { time: f.time(at) })
  return date === addDays(today, -1) ? t('calendars.lately.yesterday', { time: f.time(at) }) : f.fullDate(at)
}

type Kept = Subject & { id: string; language: Language; createdAt: number; lastUsedAt: number | null }

/** One address in the list. Who has lost the right to what it tells reads why, and no name any more. */
export function addressRow(address: Kept, subjects: readonly Named[], now: number, words: Words) {
  const { t, f } = words
  const { id, kind, language, createdAt, lastUsedAt } = address
  const subject = subjects.find((one) => sameSubject(one, address))
  return {
    id,
    name: subject ? subjectName(subject, words) : t(`calendars.own.kind.${kind}`),
    ended: subject || kind === 'person' ? null : t(`calendars.own.ended.${kind}`),
    facts: [
      t(`calendars.own.tells.${kind}`),
      t(`calendars.language.${language}`),
      t('calendars.own.made', { when: f.fullDate(createdAt) }),
      lastUsedAt === null ? t('calendars.own.unused') : t('calendars.own.used', { when: lately(lastUsedAt, now, words) }),
    ],
  }
}
