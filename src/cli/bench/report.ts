import { cpus, loadavg } from 'node:os'
import type { Figure } from './load.ts'
import type { Ruled } from './ruler.ts'

/** One line of the table: under load, and asked by one alone. `of` is what a hundred per cent are. */
export type Line = { name: string; loaded: Figure | null; alone: Figure | null; of: 'limit' | 'bare booking' | null }

const ms = (value: number | undefined): string => (value === undefined ? '' : value < 10 ? value.toFixed(1) : String(Math.round(value)))
const rate = (value: number | undefined): string => (value === undefined ? '' : value < 10 ? value.toFixed(1) : String(Math.round(value)))

/**
 * A markdown table of one run; with an earlier run of fewer bookings also how many times longer one request takes now, beside
 * what it is measured by, as the two runs lie minutes apart on a machine whose pace changes. The limit and the bare lines tell their own.
 */
export function table(lines: readonly Line[], fewer?: { bookings: number; lines: readonly Line[] }): string {
  const hundred = { limit: rateOf(lines, rulers.limit), 'bare booking': rateOf(lines, rulers['bare booking']) }
  const before = new Map(fewer?.lines.map((line) => [kindOf(line.name), line]))
  const grown = (line: Line | undefined): number | null => (line ? times(costOf(line), costOf(before.get(kindOf(line.name)))) : null)
  const pace = { limit: grown(found(lines, rulers.limit)), 'bare booking': grown(found(lines, rulers['bare booking'])) }
  const growth = (line: Line): string => {
    const raw = grown(line)
    const own = line.name.startsWith('bare') || line.name.startsWith(rulers.limit) ? 1 : pace[line.of ?? 'limit']
    return raw === null ? '' : (raw / (own ?? 1)).toFixed(2)
  }
  const head = ['path', 'requests/s', 'p50 ms', 'p95 ms', 'alone p50', 'alone p95', 'inside p50', 'inside p95', 'CPU ms', 'of the limit', ...(fewer ? [`× from ${fewer.bookings.toLocaleString('en')}`] : [])]
  const rows = lines.map((line) => {
    const { name, loaded, alone, of } = line
    const whole = of && hundred[of]
    return [
      name + faultsOf(loaded ?? alone), rate(loaded?.perSecond), ms(loaded?.p50), ms(loaded?.p95), ms(alone?.p50), ms(alone?.p95), ms(alone?.inside?.p50), ms(alone?.inside?.p95), (loaded ?? alone)?.cpu?.toFixed(2) ?? '',
      whole && loaded ? `${Math.round((100 * loaded.perSecond) / whole)} %${of === 'limit' ? '' : ' of bare'}` : '',
      ...(fewer ? [growth(line)] : []),
    ]
  })
  return [head, head.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n')
}

/** Feeds differ in length between two towns; what they are called before the number is the same. */
const kindOf = (name: string): string => name.replace(/\d+/g, 'N')
/** How the lines begin that others are measured by. */
const rulers = { limit: 'limit', 'bare booking': 'bare transaction' } as const
const found = (lines: readonly Line[], start: string): Line | undefined => lines.find(({ name }) => name.startsWith(start))
const rateOf = (lines: readonly Line[], start: string): number | null => found(lines, start)?.loaded?.perSecond ?? null

type Cost = { cpu: number | null; ms: number } | null
/** What one request costs, of a feed one event: feeds of a fuller town are longer, and are meant to be. */
function costOf(line: Line | undefined): Cost {
  const figure = line?.loaded ?? line?.alone
  if (!line || !figure) return null
  const { name } = line
  const events = Number(/(\d+) events/.exec(name)?.[1] ?? 1)
  return { cpu: figure.cpu === undefined ? null : figure.cpu / events, ms: 1000 / figure.perSecond / events }
}

/** By processor time where it is known: the machine may have been busier in one run. */
function times(now: Cost, then: Cost): number | null {
  if (!now || !then) return null
  return now.cpu !== null && then.cpu !== null ? now.cpu / then.cpu : now.ms / then.ms
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
