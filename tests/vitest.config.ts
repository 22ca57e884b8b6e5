import path from 'node:path'
import { defineConfig } from 'vitest/config'

/** Pure, store, action and HTTP tests on SQLite, and the race. No browser, no server (rulings 21). */
export default defineConfig({
  test: {
    root: path.resolve(import.meta.dirname, '..'),
    include: ['tests/**/*.test.ts'],
    exclude: ['tests/browser/**', 'tests/external/**', 'node_modules/**'],
    // Left to itself vitest keeps one core free, which of two is half of the time.
    maxWorkers: '100%',
    // A worker loads the service once, not once a file: half of the time. Each test has a world of its own all the same.
    isolate: false,
    testTimeout: 60_000,
    hookTimeout: 60_000,
    coverage: { provider: 'v8', include: ['src/**/*.ts'], exclude: ['src/cli/bench/**'], reporter: ['text-summary'] },
  },
})
