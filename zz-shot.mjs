import { chromium } from 'playwright-core'
const base = process.env.BASE ?? 'http://localhost:3451'
const [, , out, widths, ...paths] = process.argv
const browser = await chromium.launch({ executablePath: '/usr/bin/chromium', args: ['--headless','--no-sandbox','--disable-gpu','--disable-quic','--no-first-run','--disable-background-networking','--disable-component-update','--disable-sync'] })
for (const w of widths.split(',')) {
  const dark = w.endsWith('d'); const width = parseInt(w)
  const ctx = await browser.newContext({ viewport: { width, height: 900 }, colorScheme: dark ? 'dark' : 'light' })
  const page = await ctx.newPage()
  page.on('console', (m) => { if (['error','warning'].includes(m.type())) console.log('console', m.text()) })
  for (const p of paths) {
    await page.goto(base + p)
    const over = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)
    if (over > 0) console.log(p, w, 'overflows', over)
    const name = `${out}/${p.replace(/[^a-z0-9]+/gi, '_').slice(0, 40)}-${w}.png`
    await page.screenshot({ path: name, fullPage: process.env.FULL !== '0' })
    console.log(name)
  }
  await ctx.close()
}
await browser.close()
