import { AsyncLocalStorage } from 'node:async_hooks'
import Handle from 'better-sqlite3'
import { drizzle } from 'drizzle-orm/better-sqlite3'
import { Busy, Overlap, StorageFull, type Database, type Reads, type Writes } from './database.ts'
import { isBusy, isFull, isOverlap } from './dialect.ts'

/** The driver waits synchronously and freezes the event loop, so it waits little and we retry (rulings 23). */
const driverWaitMs = 20
const giveUpAfterMs = 8_000

const keptStatements = 300

/** Remembers compiled statements by their text: Drizzle compiles each query anew. */
function rememberStatements(handle: Handle.Database): void {
  const compile = handle.prepare.bind(handle)
  const known = new Map<string, Handle.Statement>()
  handle.prepare = ((text: string) => {
    let statement = known.get(text)
    if (!statement) {
      if (known.size >= keptStatements) known.clear()
      known.set(text, (statement = compile(text)))
    }
    return statement
  }) as typeof handle.prepare
}

function open(file: string, readonly: boolean): Handle.Database {
  const handle = new Handle(file, { timeout: driverWaitMs, readonly })
  if (!readonly) handle.pragma('journal_mode = WAL')
  // A confirmed booking must survive a power cut; in WAL the driver's default is NORMAL.
  handle.pragma('synchronous = FULL')
  handle.pragma('foreign_keys = ON')
  // In kB; two megabytes, the default, are read again and again once a city has years of bookings.
  handle.pragma('cache_size = -8000')
  rememberStatements(handle)
  return handle
}

/** Plain rows, for what every page asks: a statement that gives rows is kept apart from those that Drizzle asks for. */
function rowsOf(handle: Handle.Database): (text: string, values: readonly (string | number)[]) => Promise<unknown[]> {
  const known = new Map<string, Handle.Statement>()
  return async (text, values) => {
    let statement = known.get(text)
    if (!statement) {
      if (known.size >= keptStatements) known.clear()
      known.set(text, (statement = handle.prepare(text).raw(true)))
    }
    return statement.all(values)
  }
}

/**
 * Two handles on one file: a read-only reader, so that no query lands inside another request's half-done transaction,
 * and a writer that is only used inside `transaction`, one at a time.
 */
export function openSqlite(file: string): Database & { reader: Handle.Database } {
  const writer = open(file, false)
  const reader = open(file, true)
  const read = Object.assign(drizzle(reader), { rows: rowsOf(reader) }) as unknown as Reads
  const write = Object.assign(drizzle(writer), { rows: rowsOf(writer) }) as unknown as Writes
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
    rows: read.rows,
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
