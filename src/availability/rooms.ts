import type { Listed } from '../spaces/catalogue.ts'
import type { SpaceKind } from '../spaces/space.ts'
import { never } from './search.ts'
import type { Found, Hit } from './search.ts'
import type { Sort } from './search-query.ts'

/**
 * Spaces that are one room, a divisible hall with its halves (rulings 13) or a space alone, each by one of its spaces:
 * the whole, or else the first half that passed.
 */
export type Rooms = {
  /** One a room, in the order of the list. */
  heads: readonly Listed[]
  /** When the first time of any of its spaces starts, or `never`; by the position of the room (`Listed.room`). */
  first: Float64Array
}

/** The rooms of what was found. One whose whole did not pass stands alone or with the other half. */
export function roomsOf({ passed, starts }: Found): Rooms {
  const heads: Listed[] = []
  const first = new Float64Array(starts.length)
  for (const listed of passed) {
    const { position, room, space } = listed
    if (first[room] === 0) {
      first[room] = starts[position]!
      heads.push(listed)
    } else {
      first[room] = Math.min(first[room]!, starts[position]!)
      if (space.wholeId === null) heads[heads.findLastIndex((one) => one.room === room)] = listed
    }
  }
  return { heads, first }
}

/** The rooms that have a time. */
export const fitting = ({ heads, first }: Rooms): Listed[] => heads.filter(({ room }) => first[room] !== never)

/** A room as a page shows it, with its halves under it. */
export type Room = { head: Hit; halves: readonly Hit[] }

/** When the first time in the room starts; null when none fits. */
export function firstOf({ first }: Rooms, { room }: Listed): number | null {
  const start = first[room]!
  return start === never ? null : start
}

/** The rooms of these heads in full. */
export function inFull(heads: readonly Listed[], passed: readonly Listed[], hitOf: (listed: Listed) => Hit): Room[] {
  const halves = new Map(heads.map(({ room }): [number, Hit[]] => [room, []]))
  for (const listed of passed) {
    const found = halves.get(listed.room)
    if (found && !heads.includes(listed)) found.push(hitOf(listed))
  }
  return heads.map((head) => ({ head: hitOf(head), halves: halves.get(head.room)! }))
}

/** What rooms are put in order by besides their times: metres from the place asked about, cents for the one who asks, people, and the kinds that suit the purpose, the likeliest first. */
export type Measures = {
  metres?: ((listed: Listed) => number) | undefined
  cents: (listed: Listed) => number | null
  people: number | undefined
  suited: readonly SpaceKind[] | null
}

/** Those that fit come first, by what was asked; then the earliest, of these the likeliest kind; equals and the rest stay in the order of the list. */
export function inOrder(heads: readonly Listed[], { first }: Rooms, sort: Sort, measures: Measures): Listed[] {
  const { suited } = measures
  const weigh = weightOf(sort, measures)
  const weights = weigh && new Float64Array(first.length)
  if (weights) for (const head of heads) weights[head.room] = weigh(head)
  return heads.toSorted(({ room: a, space: one }, { room: b, space: other }) =>
    (weights ? Number(first[a] === never) - Number(first[b] === never) || weights[a]! - weights[b]! : 0)
    || first[a]! - first[b]! || (suited ? suited.indexOf(one.kind) - suited.indexOf(other.kind) : 0))
}

/** What no number is known for comes after what has one. */
const heaviest = Number.MAX_SAFE_INTEGER

/** Null where the order is that of the times alone. */
function weightOf(sort: Sort, { metres, cents, people }: Measures): ((head: Listed) => number) | null {
  if (sort === 'nearest' && metres) return metres
  if (sort === 'price') return (head) => cents(head) ?? heaviest
  // A room for 30 fits twelve better than a hall for 300 does.
  if (sort === 'size') return ({ space }) => (space.people >= (people ?? 0) ? space.people - (people ?? 0) : heaviest)
  return null
}
