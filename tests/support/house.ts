import { readdirSync, readFileSync, statSync } from 'node:fs'
import path from 'node:path'

const root = path.resolve(import.meta.dirname, '../..')

export const text = (file: string): string => readFileSync(path.join(root, file), 'utf8')

export const filesIn = (folder: string): string[] =>
  readdirSync(path.join(root, folder)).sort().flatMap((name) => {
    const file = path.posix.join(folder, name)
    return statSync(path.join(root, file)).isDirectory() ? filesIn(file) : [file]
  })

/** From the ground up; a later noun may import an earlier one (house.md, rulings 9). */
const nouns = [['time'], ['spaces', 'people', 'history'], ['rulebook'], ['availability'], ['bookings'], ['supervision', 'seasons', 'trials', 'decisions'], ['calendars'], ['notices', 'reports'], ['about']]
const storeys = ['pure', 'table', 'store', 'actions', 'edge']
const edges = ['pages', 'desk', 'feed', 'api', 'jobs']

export type Place = { noun: string | null; rank: number; role: string; storey: number }

/** A file's noun and role. The role is the last word of its name: `hold-actions.ts` is an actions file. */
export function placeOf(file: string): Place {
  const [, folder = '', ...rest] = file.split('/')
  const rank = nouns.findIndex((names) => names.includes(folder))
  if (rank < 0 || rest.length === 0) return { noun: null, rank: -1, role: 'frame', storey: storeys.length }
  const last = path.basename(file, '.ts').split('-').at(-1) ?? ''
  const role = edges.includes(last) ? 'edge' : storeys.includes(last) ? last : 'pure'
  return { noun: folder, rank, role, storey: storeys.indexOf(role) }
}

export type Import = { from: string; to: string; typeOnly: boolean }

/** The imports of a TypeScript file; relative ones as paths from the project's folder. */
export function importsOf(file: string): Import[] {
  const found = text(file).matchAll(/^(?:import|export)\s+(type\s+)?(?:[\w*{}\s,$]+?\sfrom\s+)?'([^']+)'/gms)
  return [...found].map(([, type, to = '']) => ({
    from: file,
    to: to.startsWith('.') ? path.posix.normalize(path.posix.join(path.posix.dirname(file), to)) : to,
    typeOnly: type !== undefined,
  }))
}

const pureMachinery = ['src/platform/i18n/text.ts', 'src/platform/remembering.ts']

/** Why an import is against the house's arrows, or null. */
export function againstArrows({ from, to, typeOnly }: Import): string | null {
  const [here, there] = [placeOf(from), placeOf(to)]
  if (from.startsWith('src/platform/')) return there.noun && !to.startsWith('src/messages/') ? 'platform imports no noun' : null
  if (!here.noun) return null
  if (to.startsWith('src/cli/') || ['src/app.ts', 'src/main.ts', 'src/boot.ts'].includes(to)) return 'only the frame knows the app'
  if (here.role === 'pure') {
    if (typeOnly || pureMachinery.includes(to)) return null
    if (to.startsWith('src/')) return there.role === 'pure' && there.rank <= here.rank ? null : 'a pure file imports only pure files of its own or earlier nouns'
    return ['zod', 'd3-geo'].includes(to) || to.startsWith('date-fns/') || to.startsWith('@date-fns/') ? null : 'a pure file imports no machinery'
  }
  if (!there.noun || typeOnly || here.role === 'edge') return null
  if (there.storey > here.storey) return `${here.role} may not import ${there.role}`
  // Tables are the ground floor: any store may join any table.
  if (there.rank > here.rank && !(here.role === 'store' && there.role === 'table')) return 'an earlier noun may not import a later one'
  return null
}

/** What a pure file may not contain: waiting, the clock, the process. */
export const impurities = (file: string): string[] =>
  [/\bawait\b/, /\basync\b/, /new Date\(\)/, /Date\.now\(/, /\bprocess\./, /Math\.random\(/]
    .filter((sign) => sign.test(text(file).replace(/\/\*[\s\S]*?\*\/|\/\/.*$/gm, '')))
    .map((sign) => `${file}: ${sign.source}`)
