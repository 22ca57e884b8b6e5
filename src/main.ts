import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { createApp } from './app.ts'
import { boot } from './boot.ts'
import { makeDemoBookings } from './cli/seed/demo-bookings.ts'
import { seedDemo } from './cli/seed/seed.ts'
import { readConfig, WrongSetting } from './config.ts'

const graceMs = 10_000

async function main(): Promise<void> {
  const config = readConfig(process.env)
  const { ctx, worker } = await boot(config)
  const seeded = config.production ? null : await seedDemo(ctx.db, ctx.clock.now())
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
      const made = await makeDemoBookings(ctx)
      console.log(`Made ${made} example bookings.`)
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

main().catch((error: unknown) => {
  console.error(error instanceof WrongSetting ? error.message : error)
  process.exit(1)
})
