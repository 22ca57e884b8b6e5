import { chromium } from 'playwright-core'
const [, , path, width, y, h, out, scheme] = process.argv
const browser = await chromium.launch({ executablePath: '/usr/bin/chromium', args: ['--headless','--no-sandbox','--disable-gpu','--disable-quic','--no-first-run','--disable-background-networking','--disable-component-update','--disable-sync'] })
const page = await (await browser.newContext({ viewport: { width: +width, height: +h }, colorScheme: scheme ?? 'light' })).newPage()
await page.goto('http://localhost:3451' + path)
await page.evaluate((y) => window.scrollTo(0, y), +y)
await page.waitForTimeout(400)
await page.screenshot({ path: out })
await browser.close()
