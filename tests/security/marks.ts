import { mark, numbered, owners, type Town } from './town.ts'

/** A private word that was found somewhere: what it is and whose. */
export type Sight = { kind: string; of: string }

/** The first word of each mark, and the first digits of those that are numbers, in small letters. */
const kinds = Object.entries(mark).map(([kind, of]) => ({ kind, starts: of('olli').toLowerCase().replaceAll(' ', '').replace(/-olli.*|\d\d$/, '') }))
const words = Object.fromEntries(kinds.map(({ kind, starts }) => [starts, kind]))
const isNumber = (starts: string): boolean => /^\d/.test(starts)

const word = new RegExp(`(?<![\\w-])(${Object.keys(words).filter((starts) => !isNumber(starts)).join('|')})-([a-z]+)`, 'gi')
const figures = new RegExp(`(?<!\\w)(${Object.keys(words).filter(isNumber).join('|')})(\\d\\d)(?!\\w)`, 'g')
const reference = /TVP?-\w{4}-\w{4}/gi
const secret = /(?<![\w-])(?:tv_)?[\w-]{32,}(?![\w-])/g

/** Finds every mark of a town in a text, however it was folded or spaced. */
export function finder({ things, refs, approved, document, lifted, sulka, staffFeeds }: Town) {
  const named = new Map<string, Sight>()
  for (const of of owners) {
    const { request, given, cookie, bearer, feed, link, session, invited, decision, banned } = things[of]
    for (const ref of [request.ref, given.ref]) named.set(ref, { kind: 'ref', of })
    for (const ref of [decision, banned]) named.set(ref, { kind: 'document', of })
    const secrets = { session: cookie.slice('sid='.length), bearer, feed, link, otherSession: session, invitation: invited }
    for (const [kind, value] of Object.entries(secrets)) named.set(value, { kind, of })
  }
  for (const ref of Object.values(refs)) named.set(ref, { kind: 'ref', of: 'olli' })
  named.set(approved, { kind: 'ref', of: 'maija' })
  for (const ref of [document, lifted.document]) named.set(ref, { kind: 'document', of: 'olli' })
  for (const value of [sulka.feed, ...staffFeeds]) named.set(value, { kind: 'feed', of: 'staff' })

  return (text: string): Sight[] => {
    const whole = text.replace(/\r\n[ \t]/g, '')
    const found = new Map<string, Sight>()
    const add = (sight: Sight | undefined): void => void (sight && found.set(`${sight.kind} ${sight.of}`, sight))
    for (const [, what = '', of = ''] of whole.matchAll(word)) add({ kind: words[what.toLowerCase()]!, of: of.toLowerCase() })
    const closed = whole.replace(/(?<=\d)(?:\s|&nbsp;|%20|\+)+(?=\d)/g, '')
    for (const [, what = '', number] of closed.matchAll(figures)) add({ kind: words[what]!, of: numbered[Number(number) - 10] ?? String(number) })
    for (const pattern of [reference, secret]) for (const [value] of whole.matchAll(pattern)) add(named.get(value) ?? named.get(value.toUpperCase()))
    return [...found.values()]
  }
}
