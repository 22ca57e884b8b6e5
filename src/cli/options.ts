import { parseArgs, type ParseArgsConfig } from 'node:util'
import { CliError } from './cli-error.ts'

/** Reads a command's options and words; unknown ones are a `CliError` in one sentence. */
export function readOptions<T extends NonNullable<ParseArgsConfig['options']>>(args: string[], options: T) {
  try {
    return parseArgs({ args, options, allowPositionals: true, strict: true })
  } catch (error) {
    throw new CliError(`${(error as Error).message.split('. ')[0]}; see --help.`)
  }
}
