import type { Refusal } from '../availability/refusals.ts'

const dayMs = 86_400_000

/** How pressing a request is: its day of decision is over, is today or tomorrow, or lies further off. */
export function urgencyOf({ decideBy }: { decideBy: number | null }, now: number): 'overdue' | 'soon' | 'calm' {
  if (decideBy === null) return 'calm'
  return decideBy <= now ? 'overdue' : decideBy - now <= 2 * dayMs ? 'soon' : 'calm'
}

/** What the rules look at before a person does. */
export type CheckName = 'people' | 'opening' | 'neighbours' | 'time'
const checkOf: Record<Refusal['code'], CheckName> = {
  'too-many-people': 'people', closed: 'opening', closure: 'opening', taken: 'neighbours', 'end-before-start': 'time', 'no-such-time': 'time',
  'ambiguous-time': 'time', 'in-the-past': 'time', 'too-late': 'time', 'too-early': 'time', 'too-short': 'time', 'too-long': 'time', 'off-step': 'time',
  'not-allowed': 'time', 'open-bookings': 'time', banned: 'time',
}
const checkNames: readonly CheckName[] = ['people', 'opening', 'neighbours', 'time']

/** Each check with what speaks against the request there; nothing when it passes. */
export const checksOf = (refusals: readonly Refusal[]): { name: CheckName; against: Refusal[] }[] =>
  checkNames.map((name) => ({ name, against: refusals.filter(({ code }) => checkOf[code] === name) }))

/** How a person has used the spaces so far, by the states of their other bookings. */
export function recordOf(states: readonly { state: string; endsAt: number }[], now: number) {
  const count = (wanted: (one: { state: string; endsAt: number }) => boolean): number => states.filter(wanted).length
  return {
    coming: count(({ state, endsAt }) => (state === 'confirmed' || state === 'requested') && endsAt > now),
    past: count(({ state, endsAt }) => state === 'used' || (state === 'confirmed' && endsAt <= now)),
    cancelled: count(({ state }) => state === 'cancelled' || state === 'withdrawn'),
    noShow: count(({ state }) => state === 'no_show'),
  }
}
