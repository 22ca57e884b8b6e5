import { defineConfig } from 'drizzle-kit'

const postgres = /^postgres/.test(process.env['DATABASE_URL'] ?? '')

export default defineConfig({
  dialect: postgres ? 'postgresql' : 'sqlite',
  schema: ['./src/*/table.ts', './src/platform/jobs/table.ts'],
  out: postgres ? './drizzle/pg' : './drizzle/sqlite',
})
