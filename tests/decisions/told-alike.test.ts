import supertest from 'supertest'
import { describe, expect, test } from 'vitest'
import { approve, decline } from '../../src/bookings/decision-actions.ts'
import type { Booking } from '../../src/bookings/store.ts'
import { openapi } from '../../src/about/openapi.ts'
import { issueToken } from '../../src/people/user-actions.ts'
import { languages, type Language } from '../../src/platform/i18n/text.ts'
import { send, wordsIn } from '../bookings/form-reader.ts'
import { departures } from '../contract/described.ts'
import { world, type World } from '../support/world.ts'
import { asks, booked, bookingNow, documents, given, party, persona, requested, speaks, wordsOf } from './town.ts'

/** One sentence in each language, as the API has it. */
type Sentence = Record<Language | 'plain', string>
type Told = {
  decided: { text: Sentence; source: string | null }
  passedOver: { name: Sentence; needed: Sentence }[]
  otherRules: { text: Sentence } | null
  changes: { text: Sentence; outcome: Sentence; charge: string }[]
  beside: Sentence | null
}

/** Words without what only one of the places sets between them. */
const spoken = (text: string): string => text.replaceAll('\u00a0', ' ').replace(/\s*\n\s*– /g, ' ').replace(/\s+/g, ' ')

async function throughApi(the: World, ref: string): Promise<Told> {
  const { token } = await issueToken(the.ctx, the.cast.olli, 'testi')
  const { body } = await supertest(the.app).get(`/api/v1/bookings/${ref}`).set('Authorization', `Bearer ${token}`).expect(200)
  expect(departures(openapi('http://tilavuoro.test'), { $ref: '#/components/schemas/Booking' }, body)).toEqual([])
  return (body as { explanation: Told }).explanation
}

/** All that is told of a decision: what stands beside the rules, the deciding one, those passed over and why, and what would change it. */
function sentences({ decided, passedOver, otherRules, changes, beside }: Told, lang: Language | 'plain'): string[] {
  return [
    ...(beside ? [beside[lang]] : []), decided.text[lang], ...(decided.source ? [decided.source] : []),
    ...passedOver.map(({ name, needed }) => `${name[lang].replace(/\.$/, '')}. ${needed[lang]}`), ...(otherRules ? [otherRules.text[lang]] : []),
    ...changes.map(({ text, outcome }) => `${text[lang]}: ${outcome[lang]}`),
  ].map(spoken)
}

/** The booking's page, the last mail in both its parts, and the decision document. */
async function places(the: World, { ref }: Booking, lang: Language): Promise<Record<string, string>> {
  await the.settle()
  const olli = await the.client('olli')
  const prefix = lang === 'fi' ? '' : `/${lang}`
  const mail = the.mails().filter(({ text }) => text.includes(ref)).at(-1)!
  await speaks(the, 'olli', lang)
  const document = given(await asks(the, 'olli', ref))
  const page = (await olli.get(`${prefix}/decisions/${document.ref}`).expect(200)).text
  return {
    booking: wordsIn((await olli.get(`${prefix}/bookings/${ref}`).expect(200)).text),
    'mail as text': mail.text, 'mail as HTML': wordsIn(mail.html), document: wordsIn(/<article[\s\S]*<\/article>/.exec(page)![0]),
  }
}

async function alike(the: World, booking: Booking, lang: Language): Promise<Told> {
  const found = await places(the, booking, lang)
  const told = await throughApi(the, booking.ref)
  expect(told.passedOver.length).toBeGreaterThan(3)
  for (const [place, text] of Object.entries(found)) for (const words of sentences(told, lang)) expect(spoken(text), place).toContain(words)
  return told
}

const onForm = (query: string): string => `/bookings/new?date=2026-12-10&from=18:00&to=20:00&${query}&step=wish`

describe.each(languages)('the same sentences everywhere (%s)', (lang) => {
  const prefix = lang === 'fi' ? '' : `/${lang}`

  test('of a free booking, what would make it cost, also on the form', async () => {
    const the = await world()
    const told = await alike(the, await booked(the, 'olli', { language: lang }), lang)
    expect(told.changes.map(({ charge }) => charge)).toContain('paid')
    expect(told.beside).toBeNull()
    const form = spoken(wordsIn((await (await the.client()).get(`${prefix}${onForm('space=luokka&applicant=unregistered_group&purpose=hobby&people=10&openToAll=yes')}`).expect(200)).text))
    for (const words of sentences(told, lang)) expect(form).toContain(words)
  })

  test('of a booking that costs, the kinder and the dearer', async () => {
    const the = await world()
    const told = await alike(the, await booked(the, 'olli', { ...party, language: lang, facts: { applicant: 'unregistered_group', purpose: 'hobby', openToAll: true, entryFee: true, people: 20 } }), lang)
    expect(told.changes.map(({ charge }) => charge)).toEqual(expect.arrayContaining(['free', 'paid']))
  })

  test('where an official gave the price, or refused, with what the rules alone would have given', async () => {
    const the = await world()
    const kalle = await persona(the, 'kalle')
    const unsure = { applicant: 'unregistered_group', openToAll: false, people: 60 } as const
    const open = await requested(the, 'olli', { language: lang, facts: unsure })
    await approve(the.ctx, kalle, open.ref, { reason: 'Ryhmä on pieni.', charge: { charge: 'paid', priceClass: 'basic' } })
    const priced = await alike(the, open, lang)
    const refused = await requested(the, 'olli', { language: lang, day: '2026-12-11', facts: { people: 60 } })
    await decline(the.ctx, kalle, refused.ref, 'Sali.')
    const declined = await alike(the, refused, lang)
    const outcomes = {
      fi: ['Säännöt jättivät hinnan viranhaltijan päätettäväksi. Toiset tiedot', 'Sääntöjen mukaan tila on maksuton, mutta varauksesta päättää henkilökunta. Toiset tiedot'],
      sv: ['Reglerna överlät priset åt en tjänsteinnehavare att besluta om. Andra uppgifter', 'Enligt reglerna är lokalen avgiftsfri, men personalen beslutar om bokningen. Andra uppgifter'],
      en: ['The rules left the price for an official to decide. Other facts', 'By the rules the space is free of charge, but staff decide on the booking. Other facts'],
    }[lang]
    expect(priced.beside![lang]).toContain(outcomes[0])
    expect(declined.beside![lang]).toContain(outcomes[1])
    for (const { changes } of [priced, declined]) expect(changes.length).toBeGreaterThan(1)
    // Nothing is promised of the official's own decision.
    const promises = { fi: 'Saisit tilan', sv: 'Du skulle få lokalen', en: 'You would get the space' }
    for (const { ref } of [open, refused]) {
      for (const text of Object.values(await places(the, await bookingNow(the, ref), lang))) expect(text).not.toContain(promises[lang])
    }
  })

  test('where the rules refuse a wish that never became a booking: on the form and in the document', async () => {
    const the = await world()
    await speaks(the, 'olli', lang)
    const olli = await the.client('olli')
    const crowd = 'space=luokka&applicant=unregistered_group&purpose=hobby&openToAll=yes&entryFee=yes'
    for (const [people, beside] of [[60, true], [250, false]] as const) {
      const page = (await olli.get(`${prefix}${onForm(`${crowd}&people=${people}`)}`).expect(200)).text
      await send(olli, page, `${prefix}/decisions`, {})
      const document = (await documents(the)).at(-1)!
      const said = wordsOf(document).replaceAll('\n', ' ')
      const [, list = ''] = /<details class="ds-details explained">([\s\S]*?)<\/details>/.exec(page) ?? []
      const items = [...list.matchAll(/<li>([\s\S]*?)<\/li>/g), ...page.matchAll(/<li>([^<]+: <strong>[^<]+<\/strong>)<\/li>/g)].map(([, item]) => spoken(wordsIn(item!)).trim())
      expect(items.length > 10).toBe(beside)
      for (const item of items) expect(spoken(said), `${people}`).toContain(item)
      const sentence = { fi: 'Ilman niitä sääntöjen tulos olisi tämä: ', sv: 'Utan hindren skulle reglerna ge det här resultatet: ', en: 'Without that the rules would give this outcome: ' }[lang]
      expect(said.includes(sentence)).toBe(beside)
      expect(said).not.toContain({ fi: 'Voisit varata', sv: 'Du skulle kunna boka', en: 'You could book' }[lang])
    }
  })
})

