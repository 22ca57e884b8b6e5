import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { book } from '../../src/bookings/actions.ts'
import { bookings } from '../../src/bookings/table.ts'
import { quotaOf } from '../../src/bookings/quota.ts'
import { refusalJson } from '../../src/bookings/refusal-json.ts'
import { refusalText } from '../../src/bookings/refusal-words.ts'
import { personById } from '../../src/people/store.ts'
import { formats } from '../../src/platform/i18n/format.ts'
import { translators } from '../../src/platform/i18n/messages.ts'
import { world, type World } from '../support/world.ts'
import { wordsIn } from './form-reader.ts'
import { at, wishFor } from './wishes.ts'

describe('the quota', () => {
  test.each([
    ['nothing open', [], { used: 0, limit: 4, left: 4, freesAt: null }],
    ['some open: the earliest end frees a place', [30, 10, 20], { used: 3, limit: 4, left: 1, freesAt: 10 }],
    ['all in use: the earliest end lets one more in', [40, 10, 30, 20], { used: 4, limit: 4, left: 0, freesAt: 10 }],
    ['more than the limit, which was lowered: several must end first', [10, 20, 30, 40, 50, 60], { used: 6, limit: 4, left: 0, freesAt: 30 }],
  ])('%s', (_, ends, quota) => {
    expect(quotaOf(ends, 4)).toEqual(quota)
  })

  test('says the first instant from which one more fits, and none before it', () => {
    fc.assert(fc.property(fc.array(fc.integer({ min: 1, max: 50 }), { maxLength: 9 }), fc.integer({ min: 1, max: 6 }), (ends, limit) => {
      const { left, freesAt, used } = quotaOf(ends, limit)
      const openAt = (now: number): number => ends.filter((end) => end > now).length
      expect([used, left]).toEqual([ends.length, Math.max(0, limit - ends.length)])
      if (left > 0 || freesAt === null) return
      expect(openAt(freesAt)).toBeLessThan(limit)
      expect(openAt(freesAt - 1)).toBeGreaterThanOrEqual(limit)
    }))
  })

  test('is told in a refusal, with when a place frees', () => {
    const refusal = { code: 'open-bookings' as const, limit: 4, used: 4, freesAt: at('2026-11-24T19:00') }
    const said = (lang: 'fi' | 'sv' | 'en') => refusalText(refusal, { lang, t: translators[lang], f: formats[lang] })
    expect(said('fi')).toContain('(4/4 käytössä)')
    expect(said('fi')).toMatch(/Paikka vapautuu viimeistään ti 24\.11\. klo 19\.$/)
    expect(said('en')).toMatch(/A place frees up by Tue,? 24 Nov at 19:00\.$/)
    expect(refusalJson(refusal)).toEqual({ code: 'open-bookings', limit: 4, used: 4, freesAt: '2026-11-24T19:00:00+02:00' })
    expect(refusalJson({ code: 'open-bookings', limit: 4, used: 4 })).toEqual({ code: 'open-bookings', limit: 4, used: 4 })
  })
})

async function booked(the: World, ...days: string[]): Promise<void> {
  const olli = (await personById(the.ctx.db, 'olli'))!
  for (const day of days) {
    const done = await book(the.ctx, olli, wishFor('luokka', `2026-11-${day}T18:00`, `2026-11-${day}T19:00`), { language: 'fi' })
    if (!done.ok) throw new Error(JSON.stringify(done.refusals))
  }
}

describe('the quota on the pages', () => {
  test('is above my bookings, and a place frees when a booking is over', async () => {
    const the = await world()
    const olli = await the.client('olli')
    const mine = async (): Promise<string> => wordsIn((await olli.get('/bookings').expect(200)).text)
    expect(await mine()).toContain('Varauksia 0/4 käytössä')
    expect(await mine()).not.toContain('vapautuu')
    await booked(the, '25', '24')
    expect(await mine()).toMatch(/Varauksia 2\/4 käytössä .* Seuraava paikka vapautuu viimeistään ti 24\.11\. klo 19, tai heti/)
    await booked(the, '26', '27')
    expect(await mine()).toMatch(/Varauksia 4\/4 käytössä .* Paikka vapautuu viimeistään ti 24\.11\. klo 19, tai heti/)
    the.clock.set(at('2026-11-24T19:00'))
    expect(await mine()).toMatch(/Varauksia 3\/4 käytössä .* viimeistään ke 25\.11\. klo 19, tai heti/)
    expect(wordsIn((await olli.get('/en/bookings')).text)).toContain('3/4 bookings in use')
  })

  test('is on the form before anything is sent, for the one who is signed in', async () => {
    const the = await world()
    const link = '/bookings/new?space=luokka&date=2026-11-30&from=18:00&to=19:00&applicant=unregistered_group&purpose=hobby&people=10&openToAll=1'
    await booked(the, '24')
    expect(wordsIn((await (await the.client('olli')).get(link).expect(200)).text)).toContain('Varauksia 1/4 käytössä')
    expect(wordsIn((await (await the.client()).get(link).expect(200)).text)).not.toContain('/4 käytössä')
  })

  test('refuses the fifth with its words, and nothing is booked', async () => {
    const the = await world()
    await booked(the, '24', '25', '26', '27')
    const link = '/bookings/new?space=luokka&date=2026-11-30&from=18:00&to=19:00&applicant=unregistered_group&purpose=hobby&people=10&openToAll=1'
    const page = wordsIn((await (await the.client('olli')).get(link).expect(200)).text)
    expect(page).toContain('(4/4 käytössä)')
    expect(page).toContain('Paikka vapautuu viimeistään ti 24.11. klo 19.')
    expect(await the.ctx.db.select().from(bookings)).toHaveLength(4)
  })
})
