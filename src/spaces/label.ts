import type { Spot } from './plane.ts'

/** Of a letter in a name on the narrowest screen, where names are largest; and the height of a line there. */
const [letter, line] = [15, 25]
const edge = 24
const steps = [0, 1, -1, 2, -2, 3, -3]

type Box = { left: number; right: number; top: number; bottom: number }
const boxOf = ({ x, y }: Spot, half: number): Box => ({ left: x - half, right: x + half, top: y - line, bottom: y + line / 4 })
const meet = (a: Box, b: Box): boolean => a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom

/** `holds` says whether a spot still lies on what is named. */
export type Nameable = { name: string; middle: Spot; holds: (spot: Spot) => boolean }

/**
 * Where names stand: at the middle of what they name, or a line or three above or below it on the same, where dots or
 * earlier names are in the way. Null for a name whose middle lies at the edge of the drawing, or that has no room.
 */
export function labelsOf(
  named: readonly Nameable[], dots: readonly Spot[], { width, height }: { width: number; height: number },
): (Spot | null)[] {
  const taken: Box[] = []
  return named.map(({ name, middle, holds }) => {
    if (middle.x < 2 * edge || middle.x > width - 2 * edge || middle.y < edge || middle.y > height - edge) return null
    const half = (letter * name.length) / 2
    const x = Math.min(Math.max(middle.x, half), width - half)
    const free = steps
      .filter((step) => step === 0 || holds({ x: middle.x, y: middle.y + (step - 1 / 4) * line }))
      .map((step) => ({ x, y: Math.round(middle.y + step * line) }))
      .filter((spot) => spot.y > line && spot.y < height - line / 4 && !taken.some((box) => meet(box, boxOf(spot, half))))
      .map((spot, moved) => ({ spot, hidden: dots.filter((dot) => meet(boxOf(spot, half), boxOfDot(dot))).length + moved / 2 }))
    const best = free.reduce<(typeof free)[number] | null>((least, one) => (least && least.hidden <= one.hidden ? least : one), null)
    if (best) taken.push(boxOf(best.spot, half))
    return best?.spot ?? null
  })
}

const boxOfDot = ({ x, y }: Spot): Box => ({ left: x - 5, right: x + 5, top: y - 5, bottom: y + 5 })
