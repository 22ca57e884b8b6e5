import { pino } from 'pino'
import { boot } from '../boot.ts'
import { readConfig, WrongSetting } from '../config.ts'
import { backup, restore } from './backup.ts'
import { bench } from './bench/bench.ts'
import { CliError } from './cli-error.ts'
import { importFile } from './import.ts'
import { jobs } from './jobs.ts'
import { migrate } from './migrate.ts'
import { rules } from './rules.ts'
import { seed } from './seed/seed-command.ts'
import { userAdd } from './user.ts'

const help = `tilavuoro <command>

  migrate                     bring the database to the newest schema
  seed [--bookings N]         load the bundled premises, holidays, terms and the example rule book into an empty database,
                              and on demand made-up bookings
  import premises <file.csv>  bring areas, buildings and units to what a file says; shows the difference first
  user add --email E --name N --role resident|caretaker|manager|coordinator|admin
           [--scope unit:<slug>|area:<slug>|city] [--token]
  jobs [again|done <id>]      show and settle mails and other work that could not be done yet
  rules import|export|check   editions of the rule book as files
  backup <file>               write a copy of the database while the service runs
  restore <file>              put a copy in the place of the database while the service stands
  bench [--seconds N] [--bookings N] [--growth] [--keep <folder>]
                              measure the service on this machine

Each takes --help.`

async function run([command, ...rest]: string[]): Promise<void> {
  if (command === undefined || command === '--help' || command === '-h' || command === 'help') return console.log(help)
  const config = readConfig(process.env)
  if (command === 'bench') return bench(rest)
  if (command === 'backup') return backup(config, rest)
  if (command === 'restore') return restore(config, rest)
  if (!['migrate', 'seed', 'import', 'user', 'jobs', 'rules'].includes(command)) throw new CliError(`There is no command ${command}; see --help.`)
  const { ctx } = await boot(config, pino({ level: 'warn' }, process.stderr))
  try {
    if (command === 'migrate') return migrate(rest)
    if (command === 'seed') return await seed(ctx, rest)
    if (command === 'import') return await importFile(ctx, rest)
    if (command === 'jobs') return await jobs(ctx, rest)
    if (command === 'rules') return await rules(ctx, rest)
    if (['--help', '-h'].includes(rest[0] ?? '')) return console.log(help)
    if (rest[0] !== 'add') throw new CliError('user knows one word: add. See user add --help.')
    await userAdd(ctx, rest.slice(1))
  } finally {
    await ctx.db.close()
  }
}

run(process.argv.slice(2)).catch((error: unknown) => {
  const told = error instanceof CliError || error instanceof WrongSetting
  console.error(told ? error.message : error)
  process.exitCode = told ? 2 : 1
})
