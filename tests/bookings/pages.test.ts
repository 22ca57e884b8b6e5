import { describe, expect, test } from 'vitest'
import { holds, bookings, occupancies } from '../../src/bookings/table.ts'
import { world, type World } from '../support/world.ts'
import { formIn, linksTo, send, wordsIn, type Agent, type Fields } from './form-reader.ts'

const evening = 'space=luokka&date=2026-11-24&from=18:00&to=20:00'
const hobby = { applicant: 'unregistered_group', purpose: 'hobby', people: '10', openToAll: 'yes', entryFee: 'no' }
const paths = { wish: '/bookings/new', details: '/bookings/new/details', check: '/bookings/new/check' }
const words = async (agent: Agent, path: string): Promise<string> => wordsIn((await agent.get(path).expect(200)).text)

/** Sends the first step, also where known answers would leave it out; a wish whose questions came up on the way is sent again with the same answers. */
async function wishSent(agent: Agent, query: string, own: Fields) {
  const page = await agent.get(`/bookings/new?${query}&step=wish`)
  const first = await send(agent, page.text, paths.wish, own)
  return first.status === 422 ? send(agent, first.text, paths.wish, own) : first
}

/** From the link to the page that waits for the last button. */
async function toCheck(agent: Agent, query: string, own: Fields, details: Fields = {}) {
  const kept = await wishSent(agent, query, own)
  expect(kept.status, wordsIn(kept.text)).toBe(303)
  const form = await agent.get(kept.headers['location']!)
  const given = await send(agent, form.text, paths.details, { title: 'Neulekerho', ...details })
  expect(given.status, wordsIn(given.text)).toBe(303)
  return agent.get(given.headers['location']!)
}

async function booked(agent: Agent, query = evening, own: Fields = hobby, details: Fields = {}): Promise<string> {
  const page = await toCheck(agent, query, own, details)
  const done = await send(agent, page.text, paths.check, { terms: 'example-1' })
  expect(done.status, wordsIn(done.text)).toBe(303)
  return done.headers['location']!
}
const rows = async ({ ctx: { db } }: World) => ({ bookings: await db.select().from(bookings), holds: await db.select().from(holds), parts: await db.select().from(occupancies) })

describe('a newcomer without scripts', () => {
  test('books a library room from a link, through signing in, to the confirmation', async () => {
    const the = await world()
    const agent = await the.client()
    const link = '/bookings/new?space=kokoushuone&date=2026-11-24&from=18:00&to=19:00'
    const first = await agent.get(link).expect(200)
    expect(formIn(first.text, paths.wish)).toMatchObject({ space: 'kokoushuone', date: '2026-11-24', from: '18:00', to: '19:00', applicant: '' })
    expect((await rows(the)).holds).toEqual([])

    const reader = { applicant: 'private_person', purpose: 'hobby', people: '8' }
    const asked = await send(agent, first.text, paths.wish, reader).expect(422)
    expect(wordsIn(asked.text)).toContain('Kerro, saako kuka tahansa tulla mukaan.')
    expect(formIn(asked.text, paths.wish)).toMatchObject(reader)
    const kept = await send(agent, asked.text, paths.wish, { openToAll: 'yes', entryFee: 'no' }).expect(303)
    expect((await rows(the)).holds).toMatchObject([{ spaceId: 'kokoushuone', expiresAt: the.clock.now() + 15 * 60_000 }])

    const second = await agent.get(kept.headers['location']!).expect(200)
    expect(wordsIn(second.text)).toContain('Pidämme ajan sinulle klo 9.15 asti.')
    expect(wordsIn(second.text)).toContain('Maksuton')
    const [signIn = ''] = linksTo(second.text, 'Kirjaudu ja jatka')
    const askLink = await agent.get(signIn).expect(200)
    await send(agent, askLink.text, '/sign-in', { email: 'uusi@example.org' }).expect(200)
    await the.settle()
    const [, token = ''] = /\/sign-in\/([\w-]+)/.exec(the.mails()[0]!.text) ?? []
    const back = await agent.post(`/sign-in/${token}`).expect(303)
    expect(back.headers['location']).toBe(kept.headers['location'])

    const form = await agent.get(back.headers['location']!).expect(200)
    expect(wordsIn(form.text)).toContain('Pidämme ajan sinulle klo 9.15 asti.')
    const details = { title: 'Lukupiiri', responsibleName: 'Uusi Asukas', responsiblePhone: '040 765 4321', public: '1' }
    const given = await send(agent, form.text, paths.details, details).expect(303)
    const check = await agent.get(given.headers['location']!).expect(200)
    for (const said of ['Lukupiiri', 'Uusi Asukas', 'tiistaina 24.11.2026 klo 18–19', 'Varaus vahvistuu heti']) expect(wordsIn(check.text)).toContain(said)

    const refused = await send(agent, check.text, paths.check).expect(422)
    expect(wordsIn(refused.text)).toContain('Lue ehdot ja hyväksy ne.')
    const done = await send(agent, refused.text, paths.check, { terms: 'example-1' }).expect(303)
    const page = await agent.get(done.headers['location']!).expect(200)
    for (const said of ['Varaus on vahvistettu.', 'Lukupiiri', 'Vahvistettu', 'Muista nämä', 'Lisää kalenteriin']) expect(wordsIn(page.text)).toContain(said)

    const after = await rows(the)
    expect(after.bookings).toMatchObject([{ state: 'confirmed', title: 'Lukupiiri', public: true, people: 8, responsiblePhone: '040 765 4321', termsVersion: 'example-1' }])
    expect(after.holds).toEqual([])
    expect(after.parts).toMatchObject([{ partId: 'kokoushuone', bookingId: after.bookings[0]!.id, holdId: null }])
    await the.settle()
    expect(the.mails().some((mail) => mail.subject.startsWith('Varaus vahvistettu'))).toBe(true)
  })

  test('looking changes nothing, however often', async () => {
    const the = await world()
    const agent = await the.client('olli')
    for (const step of Object.values(paths)) await agent.get(`${step}?${evening}&${new URLSearchParams(hobby).toString()}`)
    expect(await rows(the)).toEqual({ bookings: [], holds: [], parts: [] })
  })

  test('lets the time go again', async () => {
    const the = await world()
    const agent = await the.client()
    const kept = await wishSent(agent, evening, hobby)
    const page = await agent.get(kept.headers['location']!)
    await send(agent, page.text, '/bookings/new/release').expect(303).expect('Location', '/spaces/luokka')
    expect(await rows(the)).toMatchObject({ holds: [], parts: [] })
  })
})

describe('the form', () => {
  test('tells all faults at once, first and beside their fields, and loses nothing', async () => {
    const the = await world()
    const agent = await the.client('olli')
    const kept = await wishSent(agent, evening, hobby)
    const form = await agent.get(kept.headers['location']!)
    const wrong = await send(agent, form.text, paths.details, { title: '', responsibleName: 'Olli', responsiblePhone: 'ei ole' }).expect(422)
    expect(wrong.text).toContain('<title>Virhe:')
    expect([...wrong.text.matchAll(/<a href="#(\w+)">/g)].map(([, field]) => field)).toEqual(['title', 'responsiblePhone'])
    expect(formIn(wrong.text, paths.details)).toMatchObject({ ...hobby, responsibleName: 'Olli', responsiblePhone: 'ei ole' })
  })

  test('asks who pays only when it costs something, and keeps it', async () => {
    const the = await world()
    const agent = await the.client('olli')
    const party = { applicant: 'private_person', purpose: 'private_party', people: '10', entryFee: 'no' }
    const kept = await wishSent(agent, evening, party)
    const form = await agent.get(kept.headers['location']!)
    const wrong = await send(agent, form.text, paths.details, { title: 'Juhlat', payerName: '' }).expect(422)
    expect(wordsIn(wrong.text)).toContain('Kirjoita laskutusosoite.')
    const page = await booked(agent, evening, party, { payerName: 'Olli Maksaja', payerAddress: 'Katu 1\r\n00530 Helsinki' })
    expect(await words(agent, page)).toMatch(/Olli Maksaja Katu 1 00530 Helsinki/)
    expect((await rows(the)).bookings).toMatchObject([{ charge: 'paid', payerName: 'Olli Maksaja' }])
  })

  test('offers a member their own association', async () => {
    const the = await world()
    const agent = await the.client('maija')
    const meeting = { applicant: 'registered_association', purpose: 'meeting', people: '20', openToAll: 'yes', entryFee: 'no' }
    const kept = await wishSent(agent, evening, meeting)
    const form = await agent.get(kept.headers['location']!)
    expect(formIn(form.text, paths.details)['association']).toBe('register_number:123456')
    const page = await booked(agent, evening, meeting)
    expect(await words(agent, page)).toContain('Kallion Sulka ry')
    expect((await rows(the)).bookings).toMatchObject([{ associationId: 'sulka', decided: { facts: { association: 'verified' } } }])
  })

  test('keeps what was said in the second step when the first is changed', async () => {
    const the = await world()
    const agent = await the.client('olli')
    await toCheck(agent, evening, hobby, { title: 'Shakkikerho' })
    const again = await wishSent(agent, evening.replace('20:00', '19:00'), hobby)
    const form = await agent.get(again.headers['location']!)
    expect(formIn(form.text, paths.details)).toMatchObject({ title: 'Shakkikerho', to: '19:00' })
    expect((await rows(the)).parts).toHaveLength(1)
  })

  test('answers htmx with the step alone and the address of what was said', async () => {
    const the = await world()
    const agent = await the.client()
    const part = await agent.get(`/bookings/new?${evening}&${new URLSearchParams(hobby).toString()}`).set('HX-Request', 'true').expect(200)
    expect(part.text.trimStart()).toMatch(/^<div class="sidebar" id="wish">/)
    expect(part.headers['hx-replace-url']).toContain('applicant=unregistered_group')
    expect(wordsIn(part.text)).toContain('Maksuton')
  })

  test('sent twice makes one booking, told twice', async () => {
    const the = await world()
    const agent = await the.client('olli')
    const page = await toCheck(agent, evening, hobby)
    const both = await Promise.all([1, 2].map(() => send(agent, page.text, paths.check, { terms: 'example-1' })))
    expect(both.map(({ status }) => status)).toEqual([303, 303])
    expect(new Set(both.map(({ headers }) => headers['location'])).size).toBe(1)
    expect((await rows(the)).bookings).toHaveLength(1)
  })

  test('without a space leads to the search, and an unknown one is unknown', async () => {
    const the = await world()
    const agent = await the.client()
    await agent.get('/bookings/new').expect(303).expect('Location', '/')
    await agent.get('/bookings/new?space=linna').expect(404)
    await agent.post('/bookings/new').type('form').send('space=linna').expect(404)
  })

  test('shows what is typed as text, whatever it is', async () => {
    const the = await world()
    const agent = await the.client('olli')
    const page = await booked(agent, evening, hobby, { title: '<img src=x onerror=alert(1)>"{{7*7}}' })
    for (const path of [page, '/bookings']) {
      const { text } = await agent.get(path)
      expect(text).not.toContain('<img src=x')
      expect(text).toContain('&lt;img src=x onerror=alert(1)&gt;')
    }
  })

  test.each(['', '/sv', '/en'])('speaks every language in every step (%s)', async (prefix) => {
    const the = await world()
    const agent = await the.client('olli')
    for (const step of ['', '/details']) {
      const { text } = await agent.get(`${prefix}/bookings/new${step}?${evening}&${new URLSearchParams(hobby).toString()}`).expect(200)
      expect(text).toContain(`<html lang="${prefix.slice(1) || 'fi'}">`)
    }
    const page = await booked(agent)
    await agent.get(`${prefix}${page}`).expect(200)
    await agent.get(`${prefix}/bookings`).expect(200)
  })
})

describe('a time that cannot be had', () => {
  test('is told with the nearest other times', async () => {
    const the = await world()
    await wishSent(await the.client(), evening, hobby)
    const agent = await the.client()
    const taken = await wishSent(agent, evening, hobby)
    expect(taken.status).toBe(409)
    expect(wordsIn(taken.text)).toContain('Tila on jo varattu klo 18–20.')
    expect(linksTo(taken.text, '17–18')).toEqual(['/bookings/new?space=luokka&date=2026-11-24&from=17%3A00&to=18%3A00&applicant=unregistered_group&purpose=hobby&people=10&openToAll=yes&entryFee=no&step=wish'])
    expect(linksTo(taken.text, 'ke 25.11. klo 18–20')).toHaveLength(1)
    expect(linksTo(taken.text, 'Etsi toinen tila')[0]).toBe('/spaces?date=2026-11-24&from=18%3A00&to=20%3A00&minutes=120&fits=1&people=10&applicant=unregistered_group&purpose=hobby&openToAll=1')
    const other = await agent.get(linksTo(taken.text, 'ke 25.11. klo 18–20')[0]!)
    await send(agent, other.text, paths.wish).expect(303)
  })

  test('taken between the last look and the last button, keeps the form', async () => {
    const the = await world()
    const [agent, rival] = [await the.client('olli'), await the.client('maija')]
    const page = await toCheck(agent, evening, hobby)
    the.clock.set(the.clock.now() + 16 * 60_000)
    await booked(rival)
    const late = await send(agent, page.text, paths.check, { terms: 'example-1' }).expect(409)
    expect(wordsIn(late.text)).toContain('Tila on jo varattu klo 18–20.')
    expect(formIn(late.text, paths.check)).toMatchObject({ title: 'Neulekerho', ...hobby })
  })

  test('a hold that ran out is told kindly and tried again', async () => {
    const the = await world()
    const agent = await the.client('olli')
    const kept = await wishSent(agent, evening, hobby)
    the.clock.set(the.clock.now() + 16 * 60_000)
    const form = await agent.get(kept.headers['location']!).expect(200)
    expect(wordsIn(form.text)).toContain('Emme enää pidä aikaa sinulle')
    await send(agent, form.text, paths.details, { title: 'Neulekerho' }).expect(303)
    expect((await rows(the)).holds).toMatchObject([{ expiresAt: the.clock.now() + 15 * 60_000 }])
  })

  test.each([
    ['a person decides and it is too late', 'space=ruokasali&date=2026-11-24&from=18:00&to=20:00', 'Varauksesi voi olla aikaisintaan keskiviikkona 2.12.2026.', 'ke 2.12. klo 18–20'],
    ['it is closed', 'space=luokka&date=2026-11-24&from=12:00&to=14:00', 'Tila on sinä päivänä auki klo 17–21.', '17–19'],
    ['it is closed all day', 'space=luokka&date=2026-12-25&from=18:00&to=20:00', 'Tila on kiinni sinä päivänä.', 'la 26.12. klo 18–20'],
    ['it is too long', 'space=kokoushuone&date=2026-11-24&from=13:00&to=19:00', 'Pisin varaus tähän tilaan on 4 h.', '13–17'],
    ['it is over', 'space=luokka&date=2026-11-22&from=18:00&to=20:00', 'Tämä aika on jo mennyt.', 'ma 23.11. klo 18–20'],
    ['it is too far ahead', 'space=luokka&date=2027-06-01&from=18:00&to=20:00', 'Tänään varaus voi olla viimeistään sunnuntaina 21.2.2027.', 'klo 18–20'],
    ['it starts between the steps', 'space=luokka&date=2026-11-24&from=18:10&to=19:10', 'Varaus alkaa ja päättyy tasalta tai puolelta.', '17–18'],
  ])('when %s', async (_, query, says, nearest) => {
    const the = await world()
    const refused = await wishSent(await the.client(), query, hobby)
    expect(refused.status).toBe(409)
    expect(wordsIn(refused.text)).toContain(says)
    expect(linksTo(refused.text, nearest).length).toBeGreaterThan(0)
    expect((await rows(the)).holds).toEqual([])
  })

  test('too many people, and a use that is not allowed, say whom to ask instead of another time', async () => {
    const the = await world()
    const crowd = await wishSent(await the.client(), evening, { ...hobby, people: '31' })
    expect(crowd.status).toBe(409)
    expect(wordsIn(crowd.text)).toContain('Tilaan mahtuu enintään 30 henkeä.')
    expect(wordsIn(crowd.text)).not.toContain('Vapaata samana päivänä')
    const fire = await wishSent(await the.client(), evening, { ...hobby, activities: ['open_fire'] })
    expect(fire.status).toBe(409)
    expect(wordsIn(fire.text)).toContain('Sovi avotulesta')
  })

  test('a fifth open booking is one too many, and the way to the others is shown', async () => {
    const the = await world()
    const agent = await the.client('olli')
    for (const day of ['24', '25', '26', '27']) await booked(agent, evening.replace('-24', `-${day}`))
    const fifth = await wishSent(agent, evening.replace('-24', '-30'), hobby)
    expect(fifth.status).toBe(409)
    expect(wordsIn(fifth.text)).toContain('Sinulla on jo 4 tulevaa varausta')
    expect(linksTo(fifth.text, 'Omat varaukset')).toContain('/bookings')
  })

  test('the spring hour that does not exist, and the autumn one that comes twice', async () => {
    const the = await world()
    const agent = await the.client()
    the.clock.set('2027-03-20T09:00:00+02:00')
    const spring = await wishSent(agent, 'space=nuorisosali&date=2027-03-28&from=03:30&to=05:00', hobby)
    expect(spring.status).toBe(409)
    expect(wordsIn(spring.text)).toContain('Seuraava aika on su 28.3. klo 4.')
    the.clock.set('2026-10-01T09:00:00+03:00')
    const night = 'space=nuorisosali&date=2026-10-25&from=01:00&to=03:30'
    const autumn = await wishSent(agent, night, hobby)
    expect(autumn.status).toBe(409)
    expect(wordsIn(autumn.text)).toContain('Kumpaa loppuaikaa tarkoitat?')
    const chosen = await send(agent, autumn.text, paths.wish, { toTurn: 'second' }).expect(409)
    expect(wordsIn(chosen.text)).not.toContain('Kumpaa')
    expect(formIn(chosen.text, paths.wish)['toTurn']).toBe('second')
  })
})

describe('my bookings', () => {
  test('are a list of what comes and what is over', async () => {
    const the = await world()
    const agent = await the.client('olli')
    expect(await words(agent, '/bookings')).toContain('Sinulla ei ole vielä varauksia')
    const page = await booked(agent)
    expect(await words(agent, '/bookings')).toMatch(/Tulossa ti 24\.11\. klo 18–20 Neulekerho Luokka 101, Kallion koulu/)
    the.clock.set('2026-11-25T09:00:00+02:00')
    expect(await words(agent, '/bookings')).toContain('Menneet ja perutut')
    expect(await words(agent, page)).not.toContain('Peru varaus')
  })

  test('are cancelled with a reason, once', async () => {
    const the = await world()
    const agent = await the.client('olli')
    const page = await booked(agent)
    const { text } = await agent.get(page)
    await send(agent, text, `${page}/cancellation`, { reason: 'Olen kipeä' }).expect(303)
    const after = await words(agent, page)
    for (const said of ['Varaus on peruttu, ja aika on vapaa muille.', 'Peruttu', 'Olen kipeä']) expect(after).toContain(said)
    const again = await send(agent, text, `${page}/cancellation`).expect(409)
    expect(wordsIn(again.text)).toContain('Varauksen tilanne nyt: Peruttu.')
    expect((await rows(the)).parts).toEqual([])
    await booked(await the.client('maija'))
  })

  test('a request is withdrawn, and says until then who decides and by when', async () => {
    const the = await world()
    const agent = await the.client('olli')
    const page = await booked(agent, 'space=ruokasali&date=2026-12-10&from=18:00&to=20:00')
    const waiting = await words(agent, page)
    expect(waiting).toContain('Saimme varauspyyntösi.')
    expect(waiting).toContain('viimeistään maanantaina 30.11.2026')
    const { text } = await agent.get(page)
    await send(agent, text, `${page}/cancellation`).expect(303)
    expect((await rows(the)).bookings).toMatchObject([{ state: 'withdrawn', reason: null }])
  })

  test("are nobody else's", async () => {
    const the = await world()
    const page = await booked(await the.client('olli'))
    const other = await the.client('maija')
    for (const path of [page, '/bookings/TV-AAAA-AAAA']) {
      await other.get(path).expect(404)
      await other.post(`${path}/cancellation`).type('form').send('').expect(404)
    }
    const stranger = await the.client()
    await stranger.get(page).expect(303).expect('Location', `/sign-in?return=${encodeURIComponent(page)}`)
    expect((await rows(the)).bookings).toMatchObject([{ state: 'confirmed' }])
  })

  test('an unfinished one can be gone on with', async () => {
    const the = await world()
    const agent = await the.client('olli')
    await wishSent(agent, evening, hobby)
    const { text } = await agent.get('/bookings')
    await agent.get(linksTo(text, 'Jatka varaamista')[0]!).expect(200)
  })
})
