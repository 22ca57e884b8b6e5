import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { setFlagsFromString } from 'node:v8'
import { createApp } from './app.ts'
import { boot } from './boot.ts'
import { readConfig, WrongSetting } from './config.ts'
import type { Context } from './context.ts'
import { peopleToTry } from './people/store.ts'
import { faultOf } from './platform/faults.ts'
import { catalogueOf } from './spaces/store.ts'

const graceMs = 10_000

// V8 lets rubbish grow to three times of what lives before it tidies up, which is a third of the process under load. As
// much as lives is enough.
setFlagsFromString('--heap-growing-percent=100')

async function main(): Promise<void> {
  const config = readConfig(process.env)
  const { ctx, worker } = await boot(config)
  const seeded = config.production ? null : await seedWhenEmpty(ctx)
  if (seeded) console.log(`Loaded ${seeded.units} premises with ${seeded.spaces} example spaces.`)

  const server = createServer(createApp(ctx, worker))
  server.listen(config.port, config.host, () => {
    const { port } = server.address() as AddressInfo
    const address = config.port === 0 ? config.baseUrl.replace(/:0$/, `:${port}`) : config.baseUrl
    console.log(`Tilavuoro serves at ${address}`)
    if (!config.production) console.log(`Sign in as a demo person: ${address}/dev/sign-in`)
    void begin()
  })
  server.on('error', (error: NodeJS.ErrnoException) => {
    console.error(error.code === 'EADDRINUSE' ? `Port ${config.port} is taken; set PORT to another.` : error.message)
    process.exit(1)
  })

  /** The worker's first pass makes the service ready: an empty city is filled before. */
  async function begin(): Promise<void> {
    if (seeded && config.demoBookings) {
      const { makeDemoBookings } = await import('./cli/seed/demo-bookings.ts')
      await makeDemoBookings(ctx).then(
        (made) => console.log(`Made ${made} example bookings.`),
        (error: unknown) => ctx.log.error({ err: faultOf(error) }, 'example bookings were not made'),
      )
    }
    worker.start()
  }

  /** Finishes what runs, lets the worker end its job, closes the database. */
  async function stop(): Promise<void> {
    setTimeout(() => process.exit(1), graceMs).unref()
    server.closeIdleConnections()
    await new Promise((resolve) => server.close(resolve))
    await worker.stop()
    await ctx.db.close()
    process.exit(0)
  }
  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, () => void stop())
}

/**
 * What seeding needs (holidays of a whole world) is large, and no later start has use for it. A city that was seeded
 * before the map came gets its outlines.
 */
async function seedWhenEmpty(ctx: Context): Promise<{ units: number; spaces: number } | null> {
  const { units, shapes } = await catalogueOf(ctx.db)
  if (units.size > 0 && (await peopleToTry(ctx.db)).length > 0) {
    if (shapes.size === 0) await ctx.db.transaction((await import('./cli/seed/shapes.ts')).seedShapes)
    return null
  }
  const { seedDemo } = await import('./cli/seed/seed.ts')
  return seedDemo(ctx.db, ctx.clock.now())
}

main().catch((error: unknown) => {
  console.error(error instanceof WrongSetting ? error.message : error)
  process.exit(1)
})
