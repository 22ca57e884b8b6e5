import { describe, expect, test } from 'vitest'
import { placeWords } from '../../src/platform/web/place-words.ts'
import { filesIn, text } from '../support/house.ts'
import { world } from '../support/world.ts'

test('the words of a place’s address, and of no other', () => {
  expect(placeWords('/spaces/kalion-koulu-liikunta-sali?week=2026-11-23')).toEqual(['kalion', 'koulu', 'liikunta', 'sali'])
  expect(placeWords('/units/t%C3%B6%C3%B6l%C3%B6n+kirjasto/nothing')).toEqual(['töölön', 'kirjasto'])
  expect(placeWords('/spaces/%C3%28-a-sali-SALI')).toEqual(['c3', '28', 'sali'])
  expect(placeWords(`/spaces/${'a'.repeat(500)}-${'sana-'.repeat(50)}`)).toEqual(['a'.repeat(40), 'sana'])
  for (const path of ['/', '/spaces', '/spaces?q=a-b', '/bookings/TV-AAAA-BBBB', '/no-such-page']) expect(placeWords(path)).toEqual([])
})

const faults = { 'malformed': 400, 'forbidden': 403, 'not-found': 404, 'too-many-requests': 429, 'failure': 500, 'busy': 503, 'storage-full': 503, 'no-rule-book': 503 }

describe.each(['', '/sv', '/en'])('every error page%s', (prefix) => {
  test.each(Object.entries(faults))('%s says what happened and leads on', async (code, status) => {
    const the = await world()
    const res = await (await the.client()).get(`${prefix}/styleguide/errors/${code}`)
    const main = res.text.slice(res.text.indexOf('<main'), res.text.indexOf('</main>'))
    expect(res.status).toBe(status)
    expect(main).toMatch(/<h1>[^<]{5,60}<\/h1>\s*<p class="lead">[^<]{20,}<\/p>/)
    expect([...main.matchAll(/class="ds-button"/g)].length).toBeGreaterThan(0)
    expect(main).toContain(`href="${prefix}/help"`)
    if (code === 'too-many-requests') expect(main).toContain('4 min')
  })
})

test('a mistyped address of a space offers a search with its words, and what is typed stays text', async () => {
  const the = await world()
  const agent = await the.client()
  const { status, text } = await agent.get('/en/spaces/kalion-koulu-sali')
  expect(status).toBe(404)
  expect(text).toContain('action="/en/spaces"')
  expect(text).toContain('value="kalion koulu sali"')
  expect(text).toContain('href="/en/spaces?q=koulu"')
  expect((await agent.get('/en/spaces?q=koulu')).status).toBe(200)
  const hostile = (await agent.get('/spaces/%22%3E%3Cscript%3Ealert(1)%3C%2Fscript%3E')).text
  expect(hostile).not.toContain('<script>alert')
  expect((await agent.get('/no-such-page')).text).toMatch(/type="search" value=""/)
})

describe('the styleguide', () => {
  test('shows every part there is', async () => {
    // What only a whole page has: the frame around the parts, and the body of the error pages, which are linked.
    const frame = ['attrs', 'desk-nav', 'error-page', 'flash', 'footer', 'head', 'header']
    // Some parts are shown inside others, or by a name put together.
    const shown = filesIn('views/styleguide').map(text).join('\n') + ['radios', 'checkboxes', 'explained', 'explained-changes'].map((part) => `/parts/${part}'`).join()
    const missing = filesIn('views/parts').map((file) => /parts\/([\w-]+)\.eta$/.exec(file)![1]!).filter((part) => !frame.includes(part) && !shown.includes(`/parts/${part}'`))
    expect(missing).toEqual([])
  })

  test('is there in three languages, and nowhere in production', async () => {
    const the = await world()
    const agent = await the.client()
    for (const prefix of ['', '/sv', '/en']) {
      const { status, text } = await agent.get(`${prefix}/styleguide`)
      expect([prefix, status, text.match(/<section class="stack guide"/g)?.length]).toEqual([prefix, 200, 15])
    }
    expect((await agent.get('/styleguide/errors/nothing')).status).toBe(404)
    const production = await world({ env: { NODE_ENV: 'production', BASE_URL: 'https://tilat.example', SESSION_SECRET: 'a secret for tests, 32 characters or more' } })
    for (const path of ['/styleguide', '/styleguide/errors/busy']) expect([path, (await (await production.client()).get(path)).status]).toEqual([path, 404])
  })
})

test('every picture says how large it is, so that nothing moves when it comes', () => {
  const sizeless = filesIn('views').flatMap((file) => [...text(file).matchAll(/<img\b(?:<%.*?%>|[^>])*>/g)].map(([tag]) => tag)
    .filter((tag) => !/ width="/.test(tag) || !/ height="/.test(tag)).map((tag) => `${file}: ${tag}`))
  expect(sizeless).toEqual([])
})
