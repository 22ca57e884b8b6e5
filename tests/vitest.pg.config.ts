import path from 'node:path'
import { defineConfig } from 'vitest/config'

/** Stores, actions and the pages over them on PostgreSQL: PGlite, one instance a worker. */
export default defineConfig({
  test: {
    root: path.resolve(import.meta.dirname, '..'),
    include: ['tests/{people,bookings,calendars,notices,about,trials,decisions}/*.test.ts', 'tests/rulebook/{desk,editions}.test.ts', 'tests/availability/saved-searches.test.ts', 'tests/*/{pages,space-page,api}.test.ts', 'tests/cli/import.test.ts', 'tests/spaces/restrictions.test.ts'],
    exclude: ['tests/browser/**', 'node_modules/**'],
    env: { DATABASE_URL: 'pglite:' },
    // The first test of a worker waits for its PGlite.
    testTimeout: 120_000,
    hookTimeout: 120_000,
    isolate: false,
    maxWorkers: '100%',
  },
})
