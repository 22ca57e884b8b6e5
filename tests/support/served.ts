import type { Browser } from 'playwright-core'
import { afterAll, beforeAll } from 'vitest'
import { launch } from './browser.ts'
import { startService, type Service } from './service.ts'

/** A browser and the built service, there while the tests of the file that imports them run. */
export let browser: Browser
export let service: Service
beforeAll(async () => {
  [browser, service] = await Promise.all([launch(), startService()])
})
afterAll(async () => {
  await browser?.close()
  await service?.stop()
})
