/** A row of the chart: how many bookings would lose (to the left) and gain (to the right), as widths of half the chart. */
export type Bar = { name: string; y: number; losing: number; gaining: number; losingWidth: number; gainingWidth: number }
export type Bars = { width: number; height: number; middle: number; bars: Bar[] }

const [width, rowHeight, labelHeight] = [360, 46, 20]
const half = width / 2 - 4
/** A row with anything to show is seen, however small beside the biggest. */
const least = 2

/** Diverging bars around the middle, all on one scale. */
export function barsOf(rows: readonly { name: string; losing: number; gaining: number }[]): Bars {
  const most = Math.max(1, ...rows.flatMap(({ losing, gaining }) => [losing, gaining]))
  const widthOf = (count: number): number => (count === 0 ? 0 : Math.max(least, Math.round((count / most) * half)))
  return {
    width, middle: width / 2, height: rows.length * rowHeight,
    bars: rows.map(({ name, losing, gaining }, at) => ({
      name, losing, gaining, y: at * rowHeight + labelHeight, losingWidth: widthOf(losing), gainingWidth: widthOf(gaining),
    })),
  }
}
