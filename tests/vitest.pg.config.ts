import path from 'node:path'
import { defineConfig } from 'vitest/config'

/** Store and action tests on PGlite, one instance a worker. */
export default defineConfig({
  test: {
    root: path.resolve(import.meta.dirname, '..'),
    include: ['tests/*/{store,actions,*-store,*-actions}.test.ts'],
    env: { DATABASE_URL: 'pglite:' },
    testTimeout: 60_000,
    hookTimeout: 120_000,
    isolate: false,
    maxWorkers: 1,
  },
})
