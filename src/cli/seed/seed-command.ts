import type { Context } from '../../context.ts'
import { readOptions } from '../options.ts'
import { CliError } from '../cli-error.ts'
import { seedCity } from './seed.ts'

const help = 'seed: loads the bundled premises, holidays, terms and the example rule book into an empty database'

export async function seed(ctx: Context, args: string[]): Promise<void> {
  const { values, positionals } = readOptions(args, { help: { type: 'boolean' } })
  if (values.help) return console.log(help)
  if (positionals.length) throw new CliError('seed takes no words.')
  const seeded = await seedCity(ctx.db, ctx.clock.now())
  console.log(seeded ? `Loaded ${seeded.units} premises with ${seeded.spaces} example spaces.` : 'The database has premises already; nothing was changed.')
}
