import { chromium } from 'playwright-core'
import { AxeBuilder } from '@axe-core/playwright'
const browser = await chromium.launch({ executablePath: '/usr/bin/chromium', args: ['--headless','--no-sandbox','--disable-gpu','--disable-quic','--no-first-run','--disable-background-networking','--disable-component-update','--disable-sync'] })
for (const scheme of ['light', 'dark']) for (const width of [360, 768, 1280]) {
  const ctx = await browser.newContext({ viewport: { width, height: 900 }, colorScheme: scheme })
  const page = await ctx.newPage()
  page.on('console', (m) => { if (m.type() === 'error') console.log('console', m.text()) })
  for (const p of ['/', '/spaces?date=2026-11-24&q=kallio&applicant=company', '/spaces?people=x', '/spaces?q=xyzzy&kind=gym', '/spaces/aleksis-kiven-peruskoulu-liikuntasali?applicant=company', '/sv/units/stoa', '/units/karviaistien-koulu', '/rules?applicant=company&people=30&place=gym-large', '/about-data', '/privacy', '/accessibility']) {
    await page.goto('http://localhost:3451' + p)
    const over = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)
    if (over > 0) console.log(p, width, 'overflows', over)
    if (width === 768) continue
    const r = await new AxeBuilder({ page }).withTags(['wcag2a','wcag2aa','wcag21a','wcag21aa','wcag22aa','best-practice']).analyze()
    for (const v of r.violations) console.log(scheme, width, p, v.id, v.nodes.length, v.nodes[0].target.join(' '), v.nodes[0].failureSummary.split('\n')[1])
  }
  await ctx.close()
}
await browser.close()
