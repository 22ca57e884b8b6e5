import { eq } from 'drizzle-orm'
import supertest from 'supertest'
import { describe, expect, test } from 'vitest'
import { openapi } from '../../src/about/openapi.ts'
import { book } from '../../src/bookings/actions.ts'
import { approve } from '../../src/bookings/decision-actions.ts'
import type { Booking } from '../../src/bookings/store.ts'
import { bookings } from '../../src/bookings/table.ts'
import { personById } from '../../src/people/store.ts'
import { issueToken } from '../../src/people/user-actions.ts'
import type { Language } from '../../src/platform/i18n/text.ts'
import { condition } from '../../src/rulebook/condition.ts'
import { catalogueVersion, spaces } from '../../src/spaces/table.ts'
import { departures } from '../contract/described.ts'
import { asks, given, speaks } from '../decisions/town.ts'
import { withEdition } from '../rulebook/adopted.ts'
import { exampleJson } from '../rulebook/example.ts'
import { world, type World } from '../support/world.ts'
import { wordsIn } from './form-reader.ts'
import { at, wishFor } from './wishes.ts'

/** Forty of their own group in the canteen: a person decides the price, and being open to everyone would make it free. */
const closed = wishFor('ruokasali', '2026-12-09T18:00', '2026-12-09T20:00', { facts: { people: 40, openToAll: false } })
const formPath = '/bookings/new?space=ruokasali&date=2026-12-09&from=18:00&to=20:00&applicant=unregistered_group&purpose=hobby&people=40&openToAll=0&step=wish'

async function asked({ ctx }: World, language: Language = 'fi', wish = closed): Promise<Booking> {
  const done = await book(ctx, (await personById(ctx.db, 'olli'))!, wish, { language })
  if (!done.ok) throw new Error(JSON.stringify(done.refusals))
  return done.booking
}
/** How the sentence about rules for others begins. */
const others: Record<Language, string> = {
  fi: 'Muut aiemmat säännöt koskevat muita hakijoita tai käyttötarkoituksia: Kaupungin ja koulujen oma toiminta;',
  sv: 'De andra tidigare reglerna gäller andra sökande eller ändamål: ',
  en: 'The other earlier rules are for other applicants or purposes: ',
}
const spoken = (text: string): string => text.replaceAll('\u00a0', ' ').replace(/\s+/g, ' ')

type Explained = {
  edition: string
  decided: { rule: string; text: Record<string, string> }
  passedOver: { rule: string; needed: Record<string, string>; unmet: unknown }[]
  otherRules: { text: Record<string, string>; rules: string[] } | null
  changes: { text: Record<string, string>; charge: string }[]
}
async function throughApi(the: World, ref: string): Promise<Explained | null> {
  const { token } = await issueToken(the.ctx, the.cast.olli, 'testi')
  const { body } = await supertest(the.app).get(`/api/v1/bookings/${ref}`).set('Authorization', `Bearer ${token}`).expect(200)
  expect(departures(openapi('http://tilavuoro.test'), { $ref: '#/components/schemas/Booking' }, body)).toEqual([])
  return (body as { explanation: Explained | null }).explanation
}

describe('why it was decided so', () => {
  test.each<[Language, string, string, string]>([
    ['fi', '', 'kaikille avointa: Maksuton', 'Vaatisi: paikkana nuorisotila, ja lisäksi käyttötarkoituksena vaalitilaisuus tai mukana vaalityötä.'],
    ['sv', '/sv', 'öppet för alla: Avgiftsfri', 'Skulle kräva: ungdomsgård som plats, och dessutom valevenemang som ändamål eller valarbete ingår.'],
    ['en', '/en', 'open to everyone: Free of charge', 'It would need: youth centre as the place, and also election event as the purpose or election campaigning included.'],
  ])('is told in the same words on the form, the booking, its moving, the desk, in the mail, the document and the API (%s)', async (lang, prefix, better, needed) => {
    const the = await world()
    const booking = await asked(the, lang)
    await the.settle()
    const rule = booking.decided.quote.because[0]!.text[lang]
    const [olli, kalle] = [await the.client('olli'), await the.client('kalle')]
    for (const [agent, path] of [[await the.client(), formPath], [olli, `/bookings/${booking.ref}`], [olli, `/bookings/${booking.ref}/move?date=2026-12-10&from=18:00&to=20:00`], [kalle, `/desk/requests/${booking.ref}`]] as const) {
      const page = spoken(wordsIn((await agent.get(`${prefix}${path}`).expect(200)).text))
      for (const words of [rule, better, needed, others[lang]]) expect(page, path).toContain(words)
    }

    const mail = the.mails().find(({ text }) => text.includes(booking.ref))!
    for (const words of [rule, better, needed, others[lang], `http://tilavuoro.test${prefix}/bookings/${booking.ref}#why`]) {
      expect(spoken(mail.text)).toContain(words)
      expect(spoken(mail.html)).toContain(words)
    }

    const told = (await throughApi(the, booking.ref))!
    expect(told.decided).toMatchObject({ rule: 'closed_group', text: { [lang]: rule } })
    expect(told.passedOver.find((one) => one.rule === 'election_in_youth_premises')!.needed[lang]).toBe(needed)
    for (const { unmet } of told.passedOver) expect(condition.safeParse(unmet).success).toBe(true)
    expect(better).toContain(told.changes[0]!.text[lang]!)
    const closing = told.otherRules!.text[lang]!
    expect(closing).toContain(others[lang])
    expect(spoken(mail.text)).toContain(spoken(closing))
    expect(told.otherRules!.rules).toContain('own_activity')
    expect(told.changes[0]!.charge).toBe('free')

    await approve(the.ctx, (await personById(the.ctx.db, 'kalle'))!, booking.ref, { reason: 'Ryhmä on pieni.', charge: { charge: 'free' } })
    await speaks(the, 'olli', lang)
    const issued = given(await asks(the, 'olli', booking.ref))
    const document = spoken(wordsIn((await olli.get(`${prefix}/decisions/${issued.ref}`).expect(200)).text))
    expect(document).toContain(rule)
    const kinder = told.passedOver.find((one) => one.rule === 'open_activity')!
    expect(document).toContain(kinder.needed[lang])
    for (const words of [needed, spoken(closing)]) expect(document).toContain(words)
    const places = told.passedOver.map((one) => document.indexOf(spoken(one.needed[lang]!)))
    expect(places.every((at) => at >= 0)).toBe(true)
    // Those that would make it free come first everywhere.
    expect(document.indexOf(kinder.needed[lang]!)).toBeLessThan(document.indexOf(needed))
    expect(told.passedOver.findIndex((one) => one.rule === 'open_activity')).toBeLessThan(told.passedOver.findIndex((one) => one.rule === 'election_in_youth_premises'))
  })

  test('can be opened in plain Finnish below the Finnish, whatever has been filled in, and nowhere else', async () => {
    const the = await world()
    const { ref } = await asked(the)
    const easy = ['Sama selkosuomeksi', 'Kaikki saavat tulla mukaan: et maksa tilasta', 'Sääntö sopii, jos ihmisiä on vähintään 200.']
    const olli = await the.client('olli')
    for (const [path, agent] of [[formPath, await the.client()], [`/bookings/${ref}`, olli]] as const) {
      const html = (await agent.get(path).expect(200)).text
      for (const words of easy) expect(wordsIn(html), path).toContain(words)
      expect(html.match(/id="why"/g)).toHaveLength(1)
      for (const prefix of ['/sv', '/en']) {
        const other = wordsIn((await agent.get(`${prefix}${path}`).expect(200)).text)
        for (const words of easy) expect(other).not.toContain(words)
      }
    }
  })

  test('stays as it was then, whatever has been adopted and rebuilt since', async () => {
    const the = await world()
    const { ref } = await asked(the)
    const then = await throughApi(the, ref)
    the.clock.set(at('2026-11-23T12:00'))
    await withEdition(the, 'aivan-toinen', '2026-11-24', { chargeRules: exampleJson().chargeRules.filter(({ id }) => id !== 'closed_group') })
    await rebuilt(the)
    the.clock.set(at('2026-11-25T12:00'))
    expect(await throughApi(the, ref)).toEqual(then)
    expect(then).toMatchObject({ edition: 'example-4', decided: { rule: 'closed_group' } })
  })

  test('is not told of an old booking whose space was not kept and would be decided by another rule today', async () => {
    const the = await world()
    const booking = await asked(the)
    await the.ctx.db.transaction(async (db) => {
      const [row] = await db.select().from(bookings).where(eq(bookings.ref, booking.ref))
      const { space: _, ...decided } = row!.decided
      await db.update(bookings).set({ decided }).where(eq(bookings.ref, booking.ref)).returning()
    })
    expect(await throughApi(the, booking.ref)).toMatchObject({ decided: { rule: 'closed_group' } })
    await rebuilt(the)
    expect(await throughApi(the, booking.ref)).toBeNull()
    const page = wordsIn((await (await the.client('olli')).get(`/bookings/${booking.ref}`).expect(200)).text)
    expect(page).toContain(booking.decided.quote.because[0]!.text.fi)
    expect(page).not.toContain('Näin tämä ratkesi')
    await (await the.client('kalle')).get(`/desk/requests/${booking.ref}`).expect(200)
  })
})

/** The canteen has become a hall that always costs. */
const rebuilt = ({ ctx }: World): Promise<void> => ctx.db.transaction(async (db) => {
  await db.update(spaces).set({ kind: 'gym', areaM2: 900, alwaysPaid: true }).where(eq(spaces.id, 'ruokasali')).returning()
  await db.update(catalogueVersion).set({ version: 'uusi' }).returning()
})
