import { cpus, loadavg } from 'node:os'
import type { Figure } from './load.ts'
import type { Ruled } from './ruler.ts'

/** One line of the table: under load, and asked by one alone. `of` is what a hundred per cent are. */
export type Line = { name: string; loaded: Figure | null; alone: Figure | null; of: 'limit' | 'bare booking' | null }

const ms = (value: number | undefined): string => (value === undefined ? '' : value < 10 ? value.toFixed(1) : String(Math.round(value)))
const rate = (value: number | undefined): string => (value === undefined ? '' : value < 10 ? value.toFixed(1) : String(Math.round(value)))

/** A markdown table of one run; with an earlier run of fewer bookings also how many times longer one request takes now. */
export function table(lines: readonly Line[], fewer?: { bookings: number; lines: readonly Line[] }): string {
  const hundred = { limit: rateOf(lines, 'limit'), 'bare booking': rateOf(lines, 'bare transaction') }
  const before = new Map(fewer?.lines.map((line) => [kindOf(line.name), line]))
  const head = ['path', 'requests/s', 'p50 ms', 'p95 ms', 'alone p50', 'alone p95', 'inside p50', 'inside p95', 'CPU ms', 'of the limit', ...(fewer ? [`× from ${fewer.bookings.toLocaleString('en')}`] : [])]
  const rows = lines.map(({ name, loaded, alone, of }) => {
    const whole = of && hundred[of]
    const then = before.get(kindOf(name))
    return [
      name + faultsOf(loaded ?? alone), rate(loaded?.perSecond), ms(loaded?.p50), ms(loaded?.p95), ms(alone?.p50), ms(alone?.p95), ms(alone?.inside?.p50), ms(alone?.inside?.p95), (loaded ?? alone)?.cpu?.toFixed(2) ?? '',
      whole && loaded ? `${Math.round((100 * loaded.perSecond) / whole)} %${of === 'limit' ? '' : ' of bare'}` : '',
      ...(fewer ? [times(cost(loaded ?? alone, name), cost(then?.loaded ?? then?.alone ?? null, then?.name ?? ''))] : []),
    ]
  })
  return [head, head.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n')
}

/** Feeds differ in length between two towns; what they are called before the number is the same. */
const kindOf = (name: string): string => name.replace(/\d+/g, 'N')
const rateOf = (lines: readonly Line[], start: string): number | null => lines.find(({ name }) => name.startsWith(start))?.loaded?.perSecond ?? null
/** What one request costs, of a feed one event: feeds of a fuller town are longer, and are meant to be. */
function cost(figure: Figure | null, name: string): { cpu: number | null; ms: number } | null {
  if (!figure) return null
  const events = Number(/(\d+) events/.exec(name)?.[1] ?? 1)
  return { cpu: figure.cpu === undefined ? null : figure.cpu / events, ms: 1000 / figure.perSecond / events }
}

/** By processor time where it is known: the two runs lie minutes apart, and the machine may have been busier in one. */
function times(now: ReturnType<typeof cost>, then: ReturnType<typeof cost>): string {
  if (!now || !then) return ''
  return (now.cpu !== null && then.cpu !== null ? now.cpu / then.cpu : now.ms / then.ms).toFixed(2)
}

function faultsOf(figure: Figure | null): string {
  const faults = Object.entries(figure?.faults ?? {})
  return faults.length ? ` (${faults.map(([what, n]) => `${n} × ${what}`).join(', ')})` : ''
}

const count = (value: number): string => Math.round(value).toLocaleString('en')

/** The rule book by itself, as sentences below the table. */
export const ruleLines = ({ settled, quoted, proof, trial }: Ruled): string[] => [
  `Rule book in pure code: ${count(settled)} wishes settled a second, ${count(quoted)} with what would help them.`,
  `Its proof: ${count(proof.combinations)} combinations in ${count(proof.ms)} ms, ${proof.faults} faults.`,
  `A trial over twelve months: ${count(trial.bookings)} bookings in ${(trial.ms / 1000).toFixed(1)} s; the longest time the server did not answer others was ${count(trial.longestStop)} ms.`,
]

/** What the figures were taken on, and how busy it was besides. */
export const machine = (): string =>
  `${cpus().length} × ${cpus()[0]?.model.trim() ?? 'unknown processor'}, Node ${process.version}, load average ${loadavg().map((load) => load.toFixed(1)).join(' ')}`
