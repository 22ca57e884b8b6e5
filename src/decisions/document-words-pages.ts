import { slotOf } from '../bookings/judgement.ts'
import { editionWords } from '../bookings/explained-pages.ts'
import { refusalText } from '../bookings/refusal-words.ts'
import { formats } from '../platform/i18n/format.ts'
import { translators } from '../platform/i18n/messages.ts'
import { textIn, type Text } from '../platform/i18n/text.ts'
import { tariffFor } from '../rulebook/price.ts'
import { closingOf, editionSaid, noticeOf } from './closing-words-pages.ts'
import type { Matter } from './decision.ts'
import type { Bill, DocumentText, Part, Passage, Said } from './document.ts'
import { reasonsOf } from './reasons-words-pages.ts'

/** A matter as a document in the party's language: who, what, why, by whom, and how to have it reviewed (hallintolaki 44–47 §). */
export function documentOf(matter: Matter): DocumentText {
  const { kind, language: lang, ref, edition, listed: { space, unit }, startsAt, endsAt, party, booking, decided, reason, refusals, bans, decider, mailbox } = matter
  const [t, f] = [translators[lang], formats[lang]]
  const { quote, given } = decided
  const slot = slotOf(matter)
  const when = f.whenLong(startsAt, endsAt)
  const named = (name: Text) => textIn(name, lang).text
  const place = { space: named(space.name), unit: named(unit.name), when }
  const row = (term: string, ...text: string[]): Said => ({ term, text })
  const marked = (term: string, name: Text, ...more: string[]): Said => {
    const said = textIn(name, lang)
    return { term, text: [said.text, ...more], ...(said.lang === lang ? {} : { marked: said.lang }) }
  }
  const automatic = decider === null

  function outcome(): string {
    if (kind === 'refusal') return t('decisions.outcome.refused', place)
    if (kind === 'cancellation') return t('decisions.outcome.cancelled', place)
    const cents = booking?.totalCents ?? 0
    if (kind === 'approval') return cents > 0 ? t('decisions.outcome.paid', { ...place, price: f.money(cents) }) : t('decisions.outcome.free', place)
    const group = groupName()
    return group === null
      ? t('decisions.outcome.price', { ...place, price: f.money(cents) })
      : t('decisions.outcome.class', { ...place, price: f.money(cents), group: group.charAt(0).toLocaleLowerCase(lang) + group.slice(1) })
  }

  /** What the class of the price is called in the price list that counted. */
  function groupName(): string | null {
    const priceClass = given ? given.priceClass : quote.priceClass
    const groups = [...tariffFor(edition, slot.date).edition.priceList.groups, ...edition.priceList.groups]
    return groups.find(({ id }) => id === priceClass)?.text[lang] ?? null
  }

  function parties(): Said[] {
    const { association } = party
    if (!association) return [row(t('decisions.fact.applicant'), party.name)]
    const { name, number, kind: register, verified } = association
    return [
      row(t('decisions.fact.applicant'), party.name),
      row(
        t('bookings.fact.association'), ...(name ? [name] : []),
        t(register === 'register_number' ? 'people.associations.registerNumber' : 'people.associations.businessId', { number }),
        t(verified ? 'decisions.party.verified' : 'decisions.party.declared'),
      ),
    ]
  }

  const notAllowed = quote.charge === 'not_allowed'
  /** What the rules say to it: why they decided so, or what they would have said beside an official's refusal or other obstacles. */
  const byRules = (plain = false): Part[] => (kind === 'cancellation' ? [] : reasonsOf(matter, plain))
  /** Official's words are in the language that the desk asked for, which need not be the document's of today. */
  const inOwn = booking && booking.language !== lang ? { lang: booking.language } : {}

  /** What the rules decided has its grounds in them; what the official wrote beside it is not one. */
  const isMessage = (kind === 'approval' || kind === 'price') && !given

  function reasons(): Part[] {
    return [
      ...(reason && !isMessage ? [{ title: t('decisions.reasons.official'), paragraphs: [reason], ...inOwn }] : []),
      ...(refusals.length ? [{
        title: t('decisions.reasons.refusals'), list: refusals.map((one) => refusalText(one, { lang, t, f })),
        paragraphs: [
          ...bans.map(({ ref: cited, rule }) => t('decisions.reasons.ban', { ref: cited, rule: rule[lang] })),
          ...(notAllowed && refusals.length === 1 ? [] : [t('decisions.reasons.limits')]),
        ],
      }] : []),
      ...byRules(),
      {
        title: t('decisions.reasons.edition'),
        paragraphs: [
          ...editionSaid(edition, lang),
          ...(price().some(({ bill }) => bill) ? [editionWords(decided, { t, f })] : []),
        ],
      },
    ]
  }

  function price(): Passage[] {
    if (kind === 'refusal' || kind === 'cancellation' || !booking) return []
    const group = groupName()
    return [{
      is: 'price', title: t('decisions.passage.price'), paragraphs: given ? [t('decisions.price.given')] : [],
      facts: [
        row(t('decisions.fact.charge'), t(`site.charge.${booking.charge}`)),
        ...(group === null ? [] : [row(t('decisions.fact.class'), group)]),
      ],
      ...(booking.totalCents ? { bill: bill(booking.totalCents) } : {}),
    }]
  }

  function bill(totalCents: number): Bill {
    return {
      lines: (given?.lines ?? quote.lines).map(({ text, minutes, cents }) => ({ text: text[lang], length: minutes ? f.minutes(minutes) : '', sum: f.money(cents) })),
      totalText: t('decisions.price.total'), total: f.money(totalCents), note: t('bookings.quote.vat'),
    }
  }

  return {
    authority: [matter.city, place.unit],
    title: t(`decisions.title.${kind}`),
    notice: noticeOf(edition, lang),
    facts: [
      row(t('decisions.fact.number'), ref),
      ...(automatic && !booking ? [] : [row(t('decisions.fact.decided'), f.fullDate(matter.decidedAt))]),
      row(t('decisions.fact.issued'), f.fullDate(matter.issuedAt)),
      ...(matter.replaces.length ? [row(t('decisions.fact.replaces'), ...matter.replaces)] : []),
    ],
    passages: [
      { is: 'parties', title: t('decisions.passage.parties'), paragraphs: [], facts: parties() },
      {
        is: 'matter', title: t('decisions.passage.matter'), paragraphs: [],
        facts: [
          marked(t('decisions.fact.space'), space.name),
          marked(t('bookings.fact.where'), unit.name, ...(unit.address ? [unit.address] : [])),
          row(t('bookings.fact.when'), when),
          ...(booking ? [row(t('decisions.fact.booking'), booking.title, booking.ref), row(t('decisions.fact.asked'), f.fullDate(booking.createdAt))] : []),
        ],
      },
      { is: 'outcome', title: t('decisions.passage.outcome'), paragraphs: [outcome()] },
      { is: 'reasons', title: t('decisions.passage.reasons'), paragraphs: [], parts: reasons() },
      ...price(),
      ...(reason && isMessage ? [{ is: 'message' as const, title: t('decisions.passage.message'), paragraphs: [], quoted: { text: reason, ...inOwn } }] : []),
      ...closingOf({ ref, edition, mailbox, decider, language: lang }),
    ],
    ...(lang === 'fi' && kind !== 'cancellation' ? { easy: byRules(true) } : {}),
  }
}
