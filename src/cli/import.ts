import path from 'node:path'
import { createInterface } from 'node:readline/promises'
import type { Context } from '../context.ts'
import type { Writes } from '../platform/db/database.ts'
import { editions } from '../rulebook/table.ts'
import { areaId } from '../spaces/area.ts'
import { importPremises } from '../spaces/import-actions.ts'
import { planPremises, type PremisesPlan } from '../spaces/premises-plan.ts'
import { knownPremises } from '../spaces/premises-store.ts'
import { parseAreas, parsePremises } from '../spaces/premises.ts'
import type { Problem } from '../spaces/record.ts'
import { localDateOf } from '../time/wallclock.ts'
import { CliError } from './cli-error.ts'
import { progressEvery, readHierarchyFile, readPremisesFile } from './import-file.ts'
import { isEmpty, problemList, report } from './import-report.ts'
import { readOptions } from './options.ts'
import { bundledExceptions, bundledTemplates } from './seed/premises.ts'
import { seedReference } from './seed/reference.ts'

const help = `Brings areas, buildings and units to what a file says. Shows what would change, and asks before it writes.

  import premises <file.csv> [--areas <areas.csv>] [--template] [--open-data] [--yes] [--dry-run]

  --areas      a file of districts, where the units lie in areas that the database does not know
  --template   give units that have no spaces the example spaces of their kind, marked as made up
  --open-data  mark what changes as open data; without it, as the city's own
  --yes        write without asking; needed where nobody can answer
  --dry-run    only show

The columns are those of drizzle/seed/premises.csv and drizzle/seed/areas.csv, in any order; UTF-8, separated by commas.
A unit is known by its id, so the same file twice changes nothing. One bad line, and nothing is written. Units that the
file lacks are listed and stay. A renamed unit keeps its address on the web; a unit whose street, number or point (by more
than 60 m) changes moves to another building from today.`

/** What the command says and asks; a test listens and answers. */
export type Talk = {
  say: (text: string) => void
  /** Progress: not part of the answer. */
  tell: (text: string) => void
  /** Null where nobody can answer. */
  agree: (() => Promise<boolean>) | null
}

/** `import`: `argv` is what follows this word. Throws `CliError` on bad input; then nothing is written. */
export async function importFile(ctx: Context, argv: string[], talk: Talk = terminal()): Promise<void> {
  const { values, positionals: [what, file, ...more] } = readOptions(argv, {
    areas: { type: 'string' }, template: { type: 'boolean' }, 'open-data': { type: 'boolean' },
    yes: { type: 'boolean' }, 'dry-run': { type: 'boolean' }, help: { type: 'boolean', short: 'h' },
  })
  if (values.help) return talk.say(help)
  if (what !== 'premises') throw new CliError('import knows one word: premises. See import --help.')
  if (!file || more.length) throw new CliError('import premises needs one word: the file to read. See import --help.')
  const now = ctx.clock.now()
  const known = await knownPremises(ctx.db)
  const { file: told, chains } = read(file, values.areas, known, talk)
  const plan = planPremises({ units: told.units, chains }, known, {
    today: localDateOf(now), source: values['open-data'] ? 'open_data' : 'import', templates: values.template ? bundledTemplates() : null,
  })
  talk.say(report(plan, told.notOwn))
  if (isEmpty(plan)) return talk.say('Nothing to change: the database says what the file says.')
  const [rules] = await ctx.db.select({ id: editions.id }).from(editions).limit(1)
  if (!rules) talk.say('The database has no rule book yet: holidays, school terms and the example rule book come with it.')
  if (values['dry-run']) return talk.say('Nothing was written, as --dry-run says.')
  if (!values.yes && !talk.agree) return talk.say('Nothing was written. Add --yes to write it.')
  if (!values.yes && !(await talk.agree?.())) return talk.say('Nothing was written.')

  await ctx.db.transaction((db) => write(db, plan, {
    version: known.version, file: path.basename(file), at: now, withReference: !rules,
    progress: progressIn(talk, 'rows written'),
  }))
  talk.say('Imported.')
}

/** Whatever is thrown here undoes the whole import. */
async function write(
  db: Writes,
  plan: PremisesPlan,
  { withReference, ...how }: Parameters<typeof importPremises>[2] & { withReference: boolean },
): Promise<void> {
  const done = await importPremises(db, plan, how)
  if (!done.ok) throw new CliError('The premises changed while you were reading; nothing was written. Run the command again.')
  if (withReference) await seedReference(db, how.at)
}

function read(file: string, areasFile: string | undefined, known: Awaited<ReturnType<typeof knownPremises>>, talk: Talk) {
  if (areasFile === undefined && !known.areas.length) throw new CliError('The database knows no areas yet; give a file of them with --areas.')
  const hierarchy = areasFile === undefined ? null : readHierarchyFile(areasFile)
  const areas = hierarchy && parseAreas(hierarchy.records)
  if (hierarchy && areas) refuse(areasFile ?? '', [...hierarchy.problems, ...areas.problems])
  const split = readPremisesFile(file, progressIn(talk, 'rows read'))
  const told = parsePremises(split.records, {
    areas: new Set([...known.areas.map(({ id }) => id), ...(areas?.chains ?? []).map(({ subdistrict }) => areaId('subdistrict', subdistrict.id))]),
    exceptions: bundledExceptions(),
    around: known.units,
  })
  refuse(file, [...split.problems, ...told.problems])
  return { file: told, chains: areas?.chains ?? null }
}

function refuse(file: string, problems: Problem[]): void {
  if (problems.length) throw new CliError(problemList(path.basename(file), problems.toSorted((a, b) => a.line - b.line)))
}

/** Says how far it has come: every hundred rows, and in a long file every thousand, then every ten thousand. */
function progressIn({ tell }: Talk, what: string): (rows: number) => void {
  let next = progressEvery
  return (rows) => {
    if (rows < next) return
    next = rows + Math.max(progressEvery, 10 ** Math.floor(Math.log10(rows)))
    tell(`${rows} ${what} …`)
  }
}

const terminal = (): Talk => ({
  say: (text) => console.log(text),
  tell: (text) => console.error(text),
  agree: process.stdin.isTTY ? askTerminal : null,
})

/** The question goes beside the answer, so that the preview can be kept in a file. No answer is no. */
async function askTerminal(): Promise<boolean> {
  const reader = createInterface({ input: process.stdin, output: process.stderr })
  try {
    const closed = new Promise<string>((resolve) => reader.once('close', () => resolve('')))
    const answer = await Promise.race([reader.question('Proceed? [y/N] '), closed])
    return /^\s*y(es)?\s*$/i.test(answer)
  } finally {
    reader.close()
  }
}
