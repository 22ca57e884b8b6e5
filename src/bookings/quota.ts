/**
 * How many bookings a person may have open at once, and how many are: coming ones and requests nobody has decided.
 * `freesAt` is the instant from which one more fits, or from which one of the used places is free again when some are
 * left; null while none is used. Cancelling frees a place at once.
 */
export type Quota = { used: number; limit: number; left: number; freesAt: number | null }

/** From the instants at which the open bookings end; an ended one no longer counts. */
export function quotaOf(ends: readonly number[], limit: number): Quota {
  const inOrder = ends.toSorted((a, b) => a - b)
  const used = inOrder.length
  // Over the limit (it may have been lowered) more than one has to end before another fits.
  return { used, limit, left: Math.max(0, limit - used), freesAt: inOrder[Math.max(0, used - limit)] ?? null }
}
