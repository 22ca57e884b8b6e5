/**
 * A stretch of time in epoch milliseconds, half-open: `start` belongs to it, `end` does not.
 * An interval holds something: `start < end`. Lists named *sorted* are in order and neither overlap nor touch,
 * as `union` returns them; the functions on them take one walk.
 */
export type Interval = { start: number; end: number }

/** Whether two intervals share an instant. Neighbours that only touch do not. */
export const overlaps = (a: Interval, b: Interval): boolean => a.start < b.end && b.start < a.end

/** Whether `inner` lies wholly inside `outer`; equal edges are inside. */
export const contains = (outer: Interval, inner: Interval): boolean =>
  outer.start <= inner.start && inner.end <= outer.end

/** Any intervals as a sorted list: overlapping and touching ones become one, empty ones disappear. */
export function union(intervals: readonly Interval[]): Interval[] {
  const merged: Interval[] = []
  let last: Interval | undefined
  for (const { start, end } of inOrder(intervals)) {
    if (start >= end) continue
    if (last && start <= last.end) {
      if (end > last.end) last.end = end
    } else {
      last = { start, end }
      merged.push(last)
    }
  }
  return merged
}

function inOrder(intervals: readonly Interval[]): readonly Interval[] {
  for (let i = 1; i < intervals.length; i++) {
    if (intervals[i]!.start < intervals[i - 1]!.start) return intervals.toSorted((a, b) => a.start - b.start)
  }
  return intervals
}

/** What is left of a sorted list when another sorted list is taken away. */
export function subtract(from: readonly Interval[], away: readonly Interval[]): Interval[] {
  const left: Interval[] = []
  let next = 0
  for (const { start, end } of from) {
    let at = start
    while (next < away.length && away[next]!.end <= at) next++
    while (next < away.length && away[next]!.start < end) {
      const hole = away[next]!
      if (hole.start > at) left.push({ start: at, end: hole.start })
      at = hole.end
      if (at > end) break
      next++
    }
    if (at < end) left.push({ start: at, end })
  }
  return left
}

/** What two sorted lists have in common. */
export function intersect(a: readonly Interval[], b: readonly Interval[]): Interval[] {
  const common: Interval[] = []
  for (let i = 0, j = 0; i < a.length && j < b.length;) {
    const one = a[i]!
    const other = b[j]!
    const start = Math.max(one.start, other.start)
    const end = Math.min(one.end, other.end)
    if (start < end) common.push({ start, end })
    if (one.end < other.end) i++
    else j++
  }
  return common
}

/** The parts of a sorted list that lie inside one interval. */
export const clip = (intervals: readonly Interval[], to: Interval): Interval[] => intersect(intervals, [to])

/** The interval of a sorted list that holds the instant, or null; found by halving. */
export function holding(intervals: readonly Interval[], instant: number): Interval | null {
  let low = 0
  let high = intervals.length
  while (low < high) {
    const middle = (low + high) >>> 1
    if (intervals[middle]!.end <= instant) low = middle + 1
    else high = middle
  }
  const found = intervals[low]
  return found && found.start <= instant ? found : null
}
