import type { Format } from '../platform/i18n/format.ts'
import type { Translate } from '../platform/i18n/messages.ts'
import type { Language, PlainText } from '../platform/i18n/text.ts'
import type { Edition } from '../rulebook/edition.ts'
import { explanation, type Explanation } from '../rulebook/explanation.ts'
import { explanationJson, type ExplanationJson } from '../rulebook/explanation-json-pages.ts'
import type { Facts } from '../rulebook/facts.ts'
import { wholeView, wholeWords, type WholeView } from '../rulebook/rules-before-words-pages.ts'
import { traitsOf } from '../rulebook/traits.ts'
import type { Listed } from '../spaces/catalogue.ts'
import type { Interval } from '../time/interval.ts'
import { startOf } from '../time/wallclock.ts'
import type { DecidedBy } from './booking.ts'
import { besideOf, besideRules, type ToldWords } from './beside-words-pages.ts'
import { slotOf } from './judgement.ts'
import type { Booking } from './store.ts'

/**
 * Why a booking was decided as it was, by the facts, the space and the rules of then. Null for one of before spaces were
 * kept with bookings, when its space has changed so that another rule would decide today.
 */
function explained(edition: Edition, { decided: { facts, space, quote }, ...times }: Booking, listed: Listed): Explanation | null {
  const found = explanation(edition, facts, space ?? traitsOf(listed), slotOf(times))
  return found.decided.id === quote.because[0]?.rule ? found : null
}

/** Of a wish that is still being made or moved, as a booking would be decided now. */
export function explainedWish({ edition, listed }: { edition: Edition; listed: Listed }, facts: Facts, { start, end }: Interval, lang: Language): WholeView {
  const found = explanation(edition, facts, traitsOf(listed), slotOf({ startsAt: start, endsAt: end }))
  return wholeView({ edition, facts, lang, explanation: found })
}

/** On a booking's page, with the same in plain Finnish. */
export function explainedBooking(edition: Edition, booking: Booking, listed: Listed, lang: Language): (ToldWords & { easy: ToldWords | null }) | null {
  const found = explained(edition, booking, listed)
  if (!found) return null
  const { easy, ...words } = wholeView({ edition, facts: booking.decided.facts, lang, explanation: found })
  const telling = { beside: besideOf(booking), quote: booking.decided.quote, lang }
  return { ...besideRules(words, telling), easy: easy && besideRules(easy, { ...telling, plain: true }) }
}

/** In the words of one language, for a mail; or in plain Finnish. */
export function explainedInWords(edition: Edition, booking: Booking, listed: Listed, lang: Language, plain = false): ToldWords | null {
  const found = explained(edition, booking, listed)
  return found && besideRules(wholeWords({ edition, facts: booking.decided.facts, lang, plain, explanation: found }), {
    beside: besideOf(booking), quote: booking.decided.quote, lang, plain,
  })
}

/** For machines; `beside` is null where the rules alone decided. */
export function explainedForMachines(edition: Edition, booking: Booking, listed: Listed): (ExplanationJson & { beside: PlainText | null }) | null {
  const found = explained(edition, booking, listed)
  if (!found) return null
  const said = (lang: Language, plain = false): string => explainedInWords(edition, booking, listed, lang, plain)?.beside ?? ''
  return {
    ...explanationJson({ edition, facts: booking.decided.facts, explanation: found }),
    beside: besideOf(booking) && { fi: said('fi'), sv: said('sv'), en: said('en'), plain: said('fi', true) },
  }
}

/** Which edition decided, and which day's price list counted. */
export function editionWords({ edition, tariff }: Pick<DecidedBy, 'edition' | 'tariff'>, { t, f }: { t: Translate; f: Format }): string {
  return tariff
    ? t('bookings.decided.both', { edition, tariff: tariff.edition, date: f.fullDate(startOf(tariff.date)) })
    : t('bookings.decided.edition', { edition })
}
