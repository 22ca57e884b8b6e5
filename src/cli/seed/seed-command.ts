import type { Context } from '../../context.ts'
import { CliError } from '../cli-error.ts'
import { readOptions } from '../options.ts'
import { bulkWriter } from './bulk-writer.ts'
import { seedBookings, type NotSeeded, type Wanted } from './bulk.ts'
import { progress } from './progress.ts'
import { seedCity } from './seed.ts'
import { seedShapes } from './shapes.ts'

const help = `seed [--bookings N [--people N] [--spaces N]]

Loads the bundled premises, holidays, terms and the example rule book into an empty database. In one that has premises
already it only adds the outlines of the bundled areas, where the map lacks them.

  --bookings  makes up so many bookings of two years, one back and one ahead; not in production
  --people    by so many invented people, 10,000 unless said
  --spaces    in so many of the spaces, all of them unless said`

const amount = (name: string, text: string): number => {
  const number = Number(text)
  if (!Number.isInteger(number) || number < 1) throw new CliError(`--${name} must be a whole number from 1.`)
  return number
}

/** `seed`: the city, and on top of it a crowd with bookings when asked. */
export async function seed(ctx: Context, args: string[]): Promise<void> {
  const { values, positionals } = readOptions(args, {
    help: { type: 'boolean', short: 'h' }, bookings: { type: 'string' }, people: { type: 'string' }, spaces: { type: 'string' },
  })
  if (values.help) return console.log(help)
  if (positionals.length) throw new CliError('seed takes no words.')
  const { bookings, people, spaces } = values
  if (bookings === undefined && (people ?? spaces) !== undefined) throw new CliError('--people and --spaces go with --bookings.')
  const wanted: Wanted | null = bookings === undefined
    ? null
    : { bookings: amount('bookings', bookings), people: amount('people', people ?? '10000'), spaces: spaces === undefined ? undefined : amount('spaces', spaces) }
  if (wanted && ctx.config.production) throw new CliError('Invented people and bookings are not for production.')
  const seeded = await seedCity(ctx.db, ctx.clock.now())
  console.log(seeded ? `Loaded ${seeded.units} premises with ${seeded.spaces} example spaces.` : 'The database has premises already; they were not changed.')
  const outlined = seeded ? 0 : await ctx.db.transaction(seedShapes)
  if (outlined) console.log(`Added the outlines of ${outlined} areas, for the map.`)
  if (wanted) await fill(ctx, wanted)
}

async function fill(ctx: Context, wanted: Wanted): Promise<void> {
  const writer = bulkWriter(ctx.config.databaseUrl, ctx.db)
  try {
    const done = await seedBookings(writer, wanted, ctx.clock.now(), progress('bookings', wanted.bookings))
    if (!done.ok) throw new CliError(sentence(done))
    console.log(`Made up ${wanted.bookings} bookings by ${wanted.people} people.`)
  } finally {
    writer.close()
  }
}

function sentence(why: NotSeeded): string {
  switch (why.code) {
    case 'no-premises': return 'There are no premises or no rule book to book by.'
    case 'has-bookings': return 'The database has bookings already; made-up ones go into one that has none.'
    case 'too-many-spaces': return `There are ${why.most} spaces; ask for so many at most.`
    case 'too-few-people': return `It takes ${why.least} people at least.`
    case 'too-many-bookings': return `There is room for ${why.most} bookings in these spaces; ask for so many at most.`
  }
}
