import path from 'node:path'
import { defineConfig } from 'vitest/config'

/** Journeys in Debian's chromium against the built service, and other people's calendar programs. */
export default defineConfig({
  test: {
    root: path.resolve(import.meta.dirname, '..'),
    include: ['tests/browser/**/*.test.ts', 'tests/external/**/*.test.ts'],
    testTimeout: 240_000,
    hookTimeout: 120_000,
    maxWorkers: '100%',
  },
})
