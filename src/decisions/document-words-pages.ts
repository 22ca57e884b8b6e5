import { slotOf } from '../bookings/judgement.ts'
import { editionWords } from '../bookings/explained-pages.ts'
import { refusalText } from '../bookings/refusal-words.ts'
import { formats } from '../platform/i18n/format.ts'
import { translators } from '../platform/i18n/messages.ts'
import { textIn, type Text } from '../platform/i18n/text.ts'
import { explanation } from '../rulebook/explanation.ts'
import { explanationWords } from '../rulebook/explanation-words-pages.ts'
import { tariffFor } from '../rulebook/price.ts'
import type { Matter } from './decision.ts'
import type { Bill, DocumentText, Passage, Said } from './document.ts'

/** When a request for review must be made, where an edition does not say (kuntalaki 134 §). */
const usualReviewDays = 14

/** A matter as a document in the party's language: who, what, why, by whom, and how to have it reviewed (hallintolaki 44–47 §). */
export function documentOf(matter: Matter): DocumentText {
  const { kind, language: lang, ref, edition, listed: { space, unit }, startsAt, endsAt, party, booking, decided, reason, refusals, decider, mailbox } = matter
  const [t, f] = [translators[lang], formats[lang]]
  const { facts, quote, given } = decided
  const slot = slotOf(matter)
  const found = explanation(edition, facts, decided.space, slot)
  // Of the rules that did not fit, those are told that would have been kinder.
  const kinder = quote.charge === 'free' ? [] : found.passedOver.filter(({ rule }) => rule.charge === 'free')
  const why = explanationWords({ edition, facts, lang, explanation: { ...found, passedOver: kinder } })
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

  const sourced = (text: string, source: string | null): string => (source ? `${text} ${t('rulebook.why.source', { source })}` : text)

  type Part = NonNullable<Passage['parts']>[number]
  function reasons(): Part[] {
    const byRule: Part[] = [
      { title: t('rulebook.why.decided'), paragraphs: [sourced(why.decided.text, why.decided.source), ...(quote.contact ? [quote.contact[lang]] : [])] },
      ...listPart(t('decisions.reasons.others'), quote.because.slice(1).map(({ text }) => text[lang])),
      ...listPart(t('rulebook.why.passedOver'), why.passedOver.map(({ name, needed }) => `${name}. ${t('rulebook.why.needed', { what: needed.join('; ') })}`)),
      ...(given ? [] : listPart(t('rulebook.why.better'), why.changes.filter(({ better }) => better).map(({ text, outcome }) => `${text}: ${outcome}`))),
    ]
    const applied = listPart(t('decisions.reasons.applied'), quote.because.map(({ rule, text }) => sourced(text[lang], rule === why.decided.rule ? why.decided.source : null)))
    const factPart: Part = {
      title: t('decisions.reasons.facts'), facts: why.facts.map(({ term, text }) => row(term, text)),
      paragraphs: why.unsaid.length ? [t('rulebook.why.unsaid', { what: why.unsaid.join(', ') })] : [],
    }
    const notAllowed = quote.charge === 'not_allowed'
    return [
      ...(reason ? [{ title: t('decisions.reasons.official'), paragraphs: [reason] }] : []),
      ...(refusals.length ? [{
        title: t('decisions.reasons.refusals'), list: refusals.map((one) => refusalText(one, { lang, t, f })),
        paragraphs: notAllowed && refusals.length === 1 ? [] : [t('decisions.reasons.limits')],
      }] : []),
      ...(kind === 'cancellation' ? [] : [factPart, ...(kind !== 'refusal' || notAllowed ? byRule : booking ? applied : [])]),
      {
        title: t('decisions.reasons.edition'),
        paragraphs: [
          `${edition.name[lang]} (${edition.id})`,
          edition.decision
            ? t('decisions.reasons.adopted', { body: edition.decision.body[lang], date: f.fullDate(f.ofDate(edition.decision.date)), number: edition.decision.number })
            : t('decisions.reasons.example'),
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

  function whoDecided(): Passage {
    const { procedure } = edition
    const title = t('decisions.passage.decider')
    if (decider) {
      const role = decider.role && t(`people.role.${decider.role}`)
      const said = role
        ? t('decisions.decider.official', { name: decider.name, role: role.charAt(0).toLocaleLowerCase(lang) + role.slice(1) })
        : t('decisions.decider.unnamed', { name: decider.name })
      return { is: 'decider', title, paragraphs: [said] }
    }
    return {
      is: 'decider', title,
      paragraphs: [
        t('decisions.decider.automatic'), t('decisions.decider.person'),
        ...(procedure ? [t('decisions.decider.responsible', { responsible: procedure.responsible[lang] })] : []),
      ],
      links: [{ text: t('decisions.decider.procedure'), path: '/rules/procedure' }],
    }
  }

  function review(): Passage {
    const { review } = edition
    return {
      is: 'review', title: t('decisions.passage.review'),
      paragraphs: [
        t('decisions.review.who'),
        ...(review
          ? [t('decisions.review.body', { body: review.body[lang] }), t('decisions.review.where', { contact: review.contact[lang] })]
          : [t('decisions.review.unknown', { contact: mailbox })]),
        t('decisions.review.days', { days: review?.days ?? usualReviewDays }),
        t('decisions.review.notice'), t('decisions.review.what', { ref }), t('decisions.review.free'),
      ],
    }
  }

  return {
    authority: [matter.city, place.unit],
    title: t(`decisions.title.${kind}`),
    notice: edition.decision ? null : { title: t('decisions.notice.title'), text: t('decisions.notice.text', { edition: edition.id }) },
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
      whoDecided(),
      { is: 'contact', title: t('decisions.passage.contact'), paragraphs: [t('decisions.contact.text', { contact: mailbox })] },
      review(),
    ],
  }
}

const listPart = (title: string, list: string[]) => (list.length ? [{ title, paragraphs: [], list }] : [])
