/**
 * A number 0–1 (1 excluded) that is always the same for the same words: FNV-1a over code points, then mixed, as
 * neighbouring ids would otherwise land near each other. What is synthesised must not change between two imports.
 */
export function chance(...words: string[]): number {
  let hash = 0x811c9dc5
  for (const letter of words.join('\n')) {
    hash = Math.imul(hash ^ (letter.codePointAt(0) ?? 0), 0x01000193)
  }
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b)
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35)
  return ((hash ^ (hash >>> 16)) >>> 0) / 2 ** 32
}

/** One of the options by their weights; throws on an empty list. */
export function pick<T extends { weight: number }>(options: readonly T[], ...words: string[]): T {
  const total = options.reduce((sum, option) => sum + option.weight, 0)
  let left = chance(...words) * total
  for (const option of options) {
    left -= option.weight
    if (left < 0) return option
  }
  const last = options.at(-1)
  if (!last) throw new Error(`nothing to pick from: ${words.join(' ')}`)
  return last
}

/** A whole number from `from` to `to`, both included. */
export function between(from: number, to: number, ...words: string[]): number {
  return from + Math.floor(chance(...words) * (to - from + 1))
}
