import { createHash, createHmac, randomBytes, randomFillSync, timingSafeEqual } from 'node:crypto'

// A booking needs five of them, and asking the system costs much the same for many bytes as for few.
const pool = Buffer.alloc(8_192)
let used = pool.length

function random(bytes: number): Buffer {
  if (used + bytes > pool.length) {
    randomFillSync(pool)
    used = 0
  }
  return pool.subarray(used, (used += bytes))
}

/** Twelve random bytes as text: an id nobody can guess or count. */
export const nanoId = (): string => random(12).toString('base64url')

/** A secret of 192 bits for links, cookies, feeds and API tokens. Only its hash is stored. */
export const secretToken = (): string => randomBytes(24).toString('base64url')

/** What is stored of a secret. The secrets are long and random, so a plain hash suffices. */
export const hashOf = (secret: string): string => createHash('sha256').update(secret).digest('base64url')

/** Keyed, for values that could be guessed (network addresses). */
export const keyedHash = (key: string, value: string): string => createHmac('sha256', key).update(value).digest('base64url')

export function sameText(a: string, b: string): boolean {
  const [left, right] = [Buffer.from(a), Buffer.from(b)]
  return left.length === right.length && timingSafeEqual(left, right)
}

const spoken = '23456789ABCDEFGHJKMNPQRSTVWXYZ'

/** A reference, easy to say aloud: no 0/O, 1/I/L or U. 30^8 ≈ 6.5·10^11. Bookings begin with TV, decision documents with TVP. */
export function newRef(prefix: 'TV' | 'TVP' = 'TV'): string {
  const letters = Array.from(random(8), (byte) => spoken[byte % spoken.length])
  return `${prefix}-${letters.slice(0, 4).join('')}-${letters.slice(4).join('')}`
}
