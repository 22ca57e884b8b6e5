import { z } from 'zod'

const prefix = 'from:'

/** Where the next piece of a list begins, as text that clients hand back and do not read. */
export const cursorOf = (offset: number): string =>
  btoa(`${prefix}${offset}`).replaceAll('+', '-').replaceAll('/', '_').replace(/=+$/, '')

/** The offset in a cursor of ours, or null. */
export function offsetOf(cursor: string): number | null {
  if (!/^[\w-]{1,40}$/.test(cursor)) return null
  const [, offset] = /^from:(\d{1,9})$/.exec(decoded(cursor)) ?? []
  return offset === undefined ? null : Number(offset)
}

function decoded(text: string): string {
  try {
    return atob(text.replaceAll('-', '+').replaceAll('_', '/'))
  } catch {
    return ''
  }
}

/** The fields of a list's piece; `cursor` comes out as an offset. */
export const pagingFields = {
  limit: z.string().regex(/^\d{1,3}$/).transform(Number).pipe(z.number().min(1).max(100)).default(100),
  cursor: z.string().transform((text, check) => {
    const offset = offsetOf(text)
    if (offset === null) check.addIssue({ code: 'custom', message: 'not a cursor of ours' })
    return offset ?? z.NEVER
  }).default(0),
}

/** One piece of a list, and the cursor of the next one or null. */
export function piece<T>(all: readonly T[], { limit, cursor }: { limit: number; cursor: number }): { items: T[]; next: string | null } {
  const end = cursor + limit
  return { items: all.slice(cursor, end), next: end < all.length ? cursorOf(end) : null }
}
