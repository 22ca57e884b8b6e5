import { CliError } from './cli-error.ts'

/** Opening the database has migrated it already; this command is for doing only that. */
export function migrate(args: string[]): void {
  if (args.includes('--help')) return console.log('migrate: brings the database named by DATABASE_URL to the newest schema')
  if (args.length) throw new CliError('migrate takes no words.')
  console.log('The database has the newest schema.')
}
