import { copyFileSync, existsSync, rmSync } from 'node:fs'
import path from 'node:path'
import Handle from 'better-sqlite3'
import type { Config } from '../config.ts'
import { CliError } from './cli-error.ts'

function fileOf(config: Config): string {
  if (!config.databaseUrl.startsWith('file:')) throw new CliError('backup and restore are for SQLite; use pg_dump and pg_restore.')
  return path.resolve(config.databaseUrl.slice('file:'.length))
}

function check(file: string): void {
  const handle = new Handle(file, { readonly: true, fileMustExist: true })
  try {
    const [{ integrity_check: state } = { integrity_check: 'unread' }] = handle.pragma('integrity_check') as { integrity_check: string }[]
    if (state !== 'ok') throw new Error(state)
    handle.prepare('select count(*) from bookings').get()
  } finally {
    handle.close()
  }
}

/** A whole copy, page by page, while the service writes; checked before it counts. */
export async function backup(config: Config, [target, ...more]: string[]): Promise<void> {
  if (target === '--help') return console.log('backup <file>: writes a checked copy of the database; the service may run')
  if (!target || more.length) throw new CliError('backup needs one word: the file to write.')
  if (existsSync(target)) throw new CliError(`${target} exists; name a new file.`)
  const source = fileOf(config)
  if (!existsSync(source)) throw new CliError('There is no database to copy yet.')
  const handle = new Handle(source, { readonly: true })
  try {
    await handle.backup(target)
  } finally {
    handle.close()
  }
  check(target)
  console.log(`Wrote ${target}.`)
}

/** Puts a checked copy in the database's place. The service must stand: its writes would go to the file that is gone. */
export function restore(config: Config, [source, ...more]: string[]): void {
  if (source === '--help') return console.log('restore <file>: puts a copy in the place of the database; stop the service first')
  if (!source || more.length) throw new CliError('restore needs one word: the file to read.')
  if (!existsSync(source)) throw new CliError(`There is no file ${source}.`)
  try {
    check(source)
  } catch (error) {
    throw new CliError(`${source} is no copy of a Tilavuoro database: ${(error as Error).message}`)
  }
  const target = fileOf(config)
  const part = `${target}.part`
  copyFileSync(source, part)
  for (const tail of ['-wal', '-shm']) rmSync(`${target}${tail}`, { force: true })
  copyFileSync(part, target)
  rmSync(part)
  console.log(`Restored from ${source}.`)
}
