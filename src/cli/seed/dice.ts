const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_'
const spoken = '23456789ABCDEFGHJKMNPQRSTVWXYZ'

/** Chance that falls the same way every time: what is made up must not differ between two seedings. */
export type Dice = {
  /** 0–1, 1 excluded. */
  next(): number
  /** A whole number from 0, `most` excluded. */
  below(most: number): number
  of<T>(list: readonly T[]): T
  /** One of the options by their weights. */
  weighed<T extends { weight: number }>(options: readonly T[]): T
  /** Looks like `nanoId`; no secret. */
  id(): string
  /** Looks like `newRef`. */
  ref(): string
}

/** Mulberry32 over a seed. */
export function createDice(seed: number): Dice {
  let state = seed
  function word(): number {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return (mixed ^ (mixed >>> 14)) >>> 0
  }
  const next = (): number => word() / 2 ** 32
  const below = (most: number): number => Math.floor(next() * most)
  const of = <T>(list: readonly T[]): T => list[below(list.length)] as T
  return {
    next,
    below,
    of,
    weighed(options) {
      let left = next() * options.reduce((sum, { weight }) => sum + weight, 0)
      return options.find(({ weight }) => (left -= weight) < 0) ?? of(options)
    },
    id() {
      let text = ''
      for (let i = 0; i < 4; i++) {
        const bits = word()
        text += letters[bits & 63]! + letters[(bits >>> 6) & 63]! + letters[(bits >>> 12) & 63]! + letters[(bits >>> 18) & 63]!
      }
      return text
    },
    ref() {
      const four = (): string => of([...spoken]) + of([...spoken]) + of([...spoken]) + of([...spoken])
      return `TV-${four()}-${four()}`
    },
  }
}
