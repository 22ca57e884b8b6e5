import type { SpaceKind } from '../spaces/space.ts'
import type { Hit } from './search.ts'
import type { Sort } from './search-query.ts'

/** Spaces that are one room: a divisible hall with its halves under it (rulings 13), or a space alone. */
export type Room = {
  head: Hit
  halves: Hit[]
  /** When the first time of any of them starts; null when none fits. */
  first: number | null
}

/** One room after the other, in the order of the list. Halves follow their whole there; one whose whole did not pass stands alone or with the other half. */
export function roomsOf(hits: readonly Hit[]): Room[] {
  const rooms: (Room | undefined)[] = []
  const found: Room[] = []
  for (const hit of hits) {
    const { room: at } = hit.listed
    const room = rooms[at]
    if (room) {
      join(room, hit)
    } else {
      const alone = { head: hit, halves: [], first: hit.first?.start ?? null }
      rooms[at] = alone
      found.push(alone)
    }
  }
  return found
}

function join(room: Room, hit: Hit): void {
  if (hit.listed.space.wholeId === null) {
    room.halves = [room.head, ...room.halves]
    room.head = hit
  } else {
    room.halves.push(hit)
  }
  if (hit.first && (room.first === null || hit.first.start < room.first)) room.first = hit.first.start
}

/** What rooms are put in order by besides their times: metres from the place asked about, cents for the one who asks, people, and the kinds that suit the purpose, the likeliest first. */
export type Measures = {
  metres?: ((hit: Hit) => number) | undefined
  cents: (hit: Hit) => number | null
  people: number | undefined
  suited: readonly SpaceKind[] | null
}

/** Those that fit come first, by what was asked; then the earliest, of these the likeliest kind; equals and the rest stay in the order of the list. */
export function inOrder(rooms: readonly Room[], sort: Sort, measures: Measures): Room[] {
  const weigh = weightOf(sort, measures)
  return rooms
    .map((room) => ({ room, out: room.first === null ? 1 : 0, weight: weigh(room), first: room.first ?? 0, kind: measures.suited?.indexOf(room.head.listed.space.kind) ?? 0 }))
    .sort((a, b) => a.out - b.out || a.weight - b.weight || a.first - b.first || a.kind - b.kind)
    .map(({ room }) => room)
}

/** What no number is known for comes after what has one. */
const heaviest = Number.MAX_SAFE_INTEGER

function weightOf(sort: Sort, { metres, cents, people }: Measures): (room: Room) => number {
  if (sort === 'nearest' && metres) return ({ head }) => metres(head)
  if (sort === 'price') return ({ head }) => cents(head) ?? heaviest
  // A room for 30 fits twelve better than a hall for 300 does.
  if (sort === 'size') return ({ head: { listed: { space } } }) => (space.people >= (people ?? 0) ? space.people - (people ?? 0) : heaviest)
  return () => 0
}
