/** Chances that a seed repeats. */
export function dice(seed: number) {
  let state = seed * 2_654_435_761
  function random(below: number): number {
    state = (Math.imul(state ^ (state >>> 15), 1 | state) + 0x6d2b79f5) >>> 0
    return ((state ^ (state >>> 14)) >>> 0) % below
  }
  return { random, one: <T>(list: readonly T[]): T => list[random(list.length)] as T }
}
