import type { Format } from '../platform/i18n/format.ts'
import type { Translate } from '../platform/i18n/messages.ts'
import type { Language } from '../platform/i18n/text.ts'
import type { Edition } from '../rulebook/edition.ts'
import { explanation } from '../rulebook/explanation.ts'
import { explanationWords, type ExplanationWords } from '../rulebook/explanation-words-pages.ts'
import type { Listed } from '../spaces/catalogue.ts'
import { traitsOf } from '../rulebook/traits.ts'
import { startOf } from '../time/wallclock.ts'
import type { DecidedBy } from './booking.ts'
import { slotOf } from './judgement.ts'
import type { Booking } from './store.ts'

/** Why a booking was decided as it was, by the facts, the space and the rules of then. */
export function explainedBooking(edition: Edition, { decided: { facts, space }, ...times }: Booking, listed: Listed, lang: Language): ExplanationWords {
  return explanationWords({ edition, facts, lang, explanation: explanation(edition, facts, space ?? traitsOf(listed), slotOf(times)) })
}

/** Which edition decided, and which day's price list counted. */
export function editionWords({ edition, tariff }: Pick<DecidedBy, 'edition' | 'tariff'>, { t, f }: { t: Translate; f: Format }): string {
  return tariff
    ? t('bookings.decided.both', { edition, tariff: tariff.edition, date: f.fullDate(startOf(tariff.date)) })
    : t('bookings.decided.edition', { edition })
}
