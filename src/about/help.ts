import type { Edition } from '../rulebook/edition.ts'

/** Points that tell a limit of the rule book; they are left out while none is in force. */
const withLimits = new Set(['book.open', 'request.decision', 'hold.kept'])

type Section = { id: string; points: readonly string[]; links: readonly { href: string; key: string }[] }

/** The help in reading order. A point's text is the message `help.<section>.<point>`, a heading's `help.<section>.title`. */
const sections: readonly Section[] = [
  { id: 'find', points: ['search', 'card', 'week', 'closed'], links: [{ href: '/spaces', key: 'site.nav.spaces' }] },
  { id: 'book', points: ['steps', 'signIn', 'terms', 'refused', 'open'], links: [] },
  { id: 'request', points: ['now', 'waits', 'decision', 'expires'], links: [] },
  { id: 'hold', points: ['kept', 'over', 'release'], links: [] },
  { id: 'price', points: ['rules', 'calculator', 'bill', 'person'], links: [{ href: '/rules', key: 'site.nav.rules' }] },
  { id: 'door', points: ['staffed', 'self', 'key', 'duties'], links: [] },
  { id: 'change', points: ['where', 'move', 'moveRequest', 'cancel', 'fee', 'history'], links: [{ href: '/bookings', key: 'site.nav.mine' }] },
  { id: 'calendars', points: ['public', 'own', 'file'], links: [{ href: '/calendars', key: 'site.nav.calendars' }] },
  { id: 'associations', points: ['add', 'declared'], links: [{ href: '/associations', key: 'site.nav.associations' }] },
  { id: 'ways', points: ['script', 'keyboard', 'languages', 'plain'], links: [{ href: '/accessibility', key: 'about.accessibility.title' }] },
  { id: 'who', points: ['rules', 'staff', 'own', 'reasons'], links: [] },
  { id: 'complain', points: ['ask', 'review', 'where', 'also'], links: [] },
  { id: 'contact', points: ['form', 'fault', 'emergency'], links: [{ href: '/contact', key: 'site.footer.contactLink' }] },
]

export const helpOf = (limits: Edition['limits'] | null): readonly Section[] =>
  limits ? sections : sections.map((section) => ({ ...section, points: section.points.filter((point) => !withLimits.has(`${section.id}.${point}`)) }))
