import { readFileSync, writeFileSync } from 'node:fs'
import type { Context } from '../context.ts'
import { draftFaults } from '../rulebook/draft-faults.ts'
import { draftEdition, ownId, read, type Fault } from '../rulebook/edition-actions.ts'
import { editionRow } from '../rulebook/edition-store.ts'
import { faultLine } from '../rulebook/edition-fault.ts'
import type { Edition } from '../rulebook/edition.ts'
import { readJson } from '../rulebook/json-text.ts'
import { kindsFound, proofWords } from '../rulebook/proof-words-pages.ts'
import { prove } from '../rulebook/proof.ts'
import { CliError } from './cli-error.ts'
import { readOptions } from './options.ts'

const help = `Editions of the rule book as files.

  rules import <file> [--id <id>]   makes a draft of a file; --id where its own is in use already
  rules export <id> [<file>]        writes an edition to a file, or prints it
  rules check <id or file>          proves that every wish has one answer, a price and its texts

Drafts are changed and adopted at /desk/rules.`

const say = (text: string): void => void process.stdout.write(`${text}\n`)

/** `rules`: `argv` is what follows this word. Throws `CliError` on bad input; then nothing is written. */
export async function rules(ctx: Context, argv: string[]): Promise<void> {
  const { values, positionals: [word, what, file, ...more] } = readOptions(argv, { id: { type: 'string' }, help: { type: 'boolean', short: 'h' } })
  if (values.help) return say(help)
  if (!what || more.length || (file !== undefined && word !== 'export') || (values.id !== undefined && word !== 'import')) throw new CliError('rules knows: rules import <file>, rules export <id> [<file>], rules check <id or file>. See rules --help.')
  if (word === 'import') return importEdition(ctx, what, values.id)
  if (word === 'export') return exportEdition(ctx, what, file)
  if (word === 'check') return check(ctx, what)
  throw new CliError(`rules has no word ${word ?? ''}; see rules --help.`)
}

function textOf(file: string): string | null {
  try {
    return readFileSync(file, 'utf8')
  } catch {
    return null
  }
}

function jsonOf(file: string): unknown {
  const text = textOf(file)
  if (text === null) throw new CliError(`There is no file ${file}.`)
  const json = readJson(text)
  if (!json) throw new CliError(`${file} is not JSON.`)
  return json.value
}

const list = (faults: readonly Fault[]): string => faults.map((one) => `  ${faultLine(one)}`).join('\n')

async function importEdition(ctx: Context, file: string, id: string | undefined): Promise<void> {
  const json = jsonOf(file)
  const made = await draftEdition(ctx, 'system', { id: id ?? ownId(json) ?? '', json, basedOn: null })
  if (made.ok) return say(`Made the draft ${made.id}; see /desk/rules/${made.id}.`)
  if (made.refusal.code === 'unreadable') throw new CliError(`${file} is no edition of the rule book:\n${list(made.refusal.faults)}`)
  throw new CliError(`The id ${id ?? ownId(json) ?? ''} is in use already; choose another with --id.`)
}

async function exportEdition(ctx: Context, id: string, file: string | undefined): Promise<void> {
  const row = await editionRow(ctx.db, id)
  if (!row) throw new CliError(`There is no edition ${id}.`)
  const text = JSON.stringify(row.content, null, 2)
  if (file === undefined) return say(text)
  writeFileSync(file, `${text}\n`)
  say(`Wrote ${id} to ${file}.`)
}

async function check(ctx: Context, what: string): Promise<void> {
  const found = read((await editionRow(ctx.db, what))?.content ?? jsonOf(what))
  if (!found.ok) throw new CliError(`${what} cannot be read:\n${list(found.refusal.faults)}`)
  const faults = draftFaults(found.edition)
  if (faults.length > 0) throw new CliError(`${what} cannot be adopted:\n${list(faults)}`)
  report(what, found.edition)
}

function report(what: string, edition: Edition): void {
  const proof = prove(edition)
  if (proof.ok) return say(`${what} is proven: ${proof.combinations} combinations, each with one answer.`)
  const faults = proofWords(proof, edition, 'en').map(({ path, text, example }) =>
    `  ${path}: ${text}${example.length ? `\n    ${example.map((one) => `${one.term}: ${one.text}`).join('; ')}` : ''}`)
  throw new CliError(`${what} has faults (${kindsFound(proof, 'en')}):\n${faults.join('\n')}`)
}
