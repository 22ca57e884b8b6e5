import { AsyncLocalStorage } from 'node:async_hooks'
import Handle from 'better-sqlite3'
import { drizzle } from 'drizzle-orm/better-sqlite3'
import { Busy, Overlap, StorageFull, type Database, type Reads, type Writes } from './database.ts'
import { isBusy, isFull, isOverlap } from './dialect.ts'

/** The driver waits synchronously and freezes the event loop, so it waits little and we retry (rulings 23). */
const driverWaitMs = 20
const giveUpAfterMs = 8_000

function open(file: string, readonly: boolean): Handle.Database {
  const handle = new Handle(file, { timeout: driverWaitMs, readonly })
  if (!readonly) handle.pragma('journal_mode = WAL')
  // A confirmed booking must survive a power cut; in WAL the driver's default is NORMAL.
  handle.pragma('synchronous = FULL')
  handle.pragma('foreign_keys = ON')
  return handle
}

/**
 * Two handles on one file: a read-only reader, so that no query lands inside another request's half-done transaction,
 * and a writer that is only used inside `transaction`, one at a time.
 */
export function openSqlite(file: string): Database & { reader: Handle.Database } {
  const writer = open(file, false)
  const reader = open(file, true)
  const read = drizzle(reader) as unknown as Reads
  const write = drizzle(writer) as unknown as Writes
  const inside = new AsyncLocalStorage<true>()
  let queue: Promise<unknown> = Promise.resolve()

  async function begin(): Promise<void> {
    const start = performance.now()
    for (let attempt = 1; ; attempt++) {
      try {
        writer.exec('BEGIN IMMEDIATE')
        return
      } catch (error) {
        if (!isBusy(error)) throw error
        if (performance.now() - start > giveUpAfterMs) throw new Busy('the database stayed locked', { cause: error })
        await new Promise((resolve) => setTimeout(resolve, Math.random() * Math.min(4 * attempt, 50)))
      }
    }
  }

  async function run<T>(work: (db: Writes) => Promise<T>): Promise<T> {
    try {
      await begin()
      const result = await inside.run(true, () => work(write))
      writer.exec('COMMIT')
      return result
    } catch (error) {
      if (writer.inTransaction) writer.exec('ROLLBACK')
      if (isOverlap(error)) throw new Overlap('two occupancies of one part', { cause: error })
      if (isBusy(error)) throw new Busy('the database stayed locked', { cause: error })
      if (isFull(error)) throw new StorageFull('no room left to write in', { cause: error })
      throw error
    }
  }

  return {
    select: read.select.bind(read),
    selectDistinct: read.selectDistinct.bind(read),
    reader,
    transaction(work) {
      if (inside.getStore()) throw new Error('a transaction inside a transaction')
      const mine = queue.then(() => run(work))
      queue = mine.catch(() => undefined)
      return mine
    },
    async ping() {
      reader.prepare('select 1').get()
    },
    async close() {
      await queue
      reader.close()
      writer.close()
    },
  }
}
