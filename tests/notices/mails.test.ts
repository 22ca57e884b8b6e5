import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { SMTPServer } from 'smtp-server'
import { describe, expect, onTestFinished, test } from 'vitest'
import { book } from '../../src/bookings/actions.ts'
import { cancel } from '../../src/bookings/ending-actions.ts'
import { approve, decline } from '../../src/bookings/decision-actions.ts'
import { ownBooking } from '../../src/bookings/store.ts'
import { personById } from '../../src/people/store.ts'
import { waiting } from '../../src/platform/jobs/queue.ts'
import type { Name } from '../support/cast.ts'
import { world, type World } from '../support/world.ts'
import { wordsIn } from '../bookings/form-reader.ts'
import { wishFor } from '../bookings/wishes.ts'

const person = async ({ ctx }: World, name: Name) => (await personById(ctx.db, name))!
const canteen = wishFor('ruokasali', '2026-12-09T18:00', '2026-12-09T20:00')

async function ask(the: World, language: 'fi' | 'sv' | 'en' = 'fi', wish = canteen) {
  const done = await book(the.ctx, await person(the, 'olli'), wish, { language })
  if (!done.ok) throw new Error(JSON.stringify(done.refusals))
  await the.settle()
  return done.booking
}

test('each step of a request is told once, in the language it was made in, with the calendar file', async () => {
  const the = await world()
  const request = await ask(the, 'sv')
  await approve(the.ctx, await person(the, 'kalle'), request.ref, { reason: 'Välkommen!' })
  await the.settle()
  await cancel(the.ctx, (db) => ownBooking(db, 'olli', request.ref), { person: await person(the, 'olli'), mover: 'owner', reason: null })
  await the.settle()
  await the.settle()
  const mails = the.mails()
  expect(mails.map(({ to }) => to)).toEqual(['olli@example.org', 'olli@example.org', 'olli@example.org'])
  const of = (status: string) => mails.find(({ calendar }) => calendar?.includes(`STATUS:${status}`))
  expect(of('TENTATIVE')?.text).toContain('Matsal')
  expect(of('CONFIRMED')?.text).toContain('Välkommen!')
  expect(of('CANCELLED')?.text).toContain(request.ref)
  const uids = new Set(mails.map(({ calendar }) => /UID:(\S+)/.exec(calendar ?? '')?.[1]))
  expect([...uids]).toEqual([request.uid])
  expect(mails.every(({ text }) => text.includes(`http://tilavuoro.test/sv/bookings/${request.ref}`))).toBe(true)
})

test('a declined request carries its reason, and markup in it stays text', async () => {
  const the = await world()
  const request = await ask(the)
  await decline(the.ctx, await person(the, 'kalle'), request.ref, 'Sali on <b>remontissa</b> & kiinni.')
  await the.settle()
  const mail = the.mails().find(({ text }) => text.includes('remontissa'))
  expect(mail?.text).toContain('Sali on <b>remontissa</b> & kiinni.')
  expect(mail?.html).toContain('Sali on &lt;b&gt;remontissa&lt;/b&gt; &amp; kiinni.')
})

describe('a mail about a booking', () => {
  const closed = wishFor('ruokasali', '2026-12-09T18:00', '2026-12-09T20:00', { facts: { people: 40, openToAll: false } })
  const spoken = (text: string): string => text.replaceAll('\u00a0', ' ').replaceAll('\r\n', '\n')

  test.each([
    ['fi', [
      'Näin tämä ratkesi',
      'Sääntö, joka ratkaisi: Et ole ilmoittanut toimintaa kaikille avoimeksi, joten henkilökunta päättää, maksatko tilasta.',
      'Tiedot, jotka ratkaisivat: Varaaja: oma porukka tai ryhmä; Käyttötarkoitus: harrastus tai kerho; Väkeä: 40; Kaikille avoin: Ei.',
      'Puuttuvat tiedot: Pääsymaksu, Alle 20-vuotiaita, Kaupungin asukkaita.',
      '',
      'Vastaus muuttuu, jos puuttuva tieto on tämä',
      '- pääsymaksu: 24 €',
      '- kaupungin asukkaita alle 50 %: 48 €',
      '',
      'Saisit tilan edullisemmin, jos tieto olisi tämä',
      '- kaikille avointa: Maksuton',
      '- alle 20-vuotiaita vähintään kaksi kolmasosaa: Maksuton',
      '',
      'Lue koko selitys varauksen sivulta:',
    ]],
    ['sv', [
      'Så här avgjordes det',
      'Regeln som avgjorde: Du har inte uppgett att verksamheten är öppen för alla, så personalen avgör om du betalar för lokalen.',
      'Uppgifter som avgjorde: Den som bokar: egen grupp; Ändamål: hobby eller klubb; Antal personer: 40; Öppet för alla: Nej.',
      'Uppgifter som saknas: Inträdesavgift, Under 20 år, Stadsbor.',
      '',
      'Svaret ändras om uppgiften som saknas är den här',
      '- inträdesavgift: 24 €',
      '- under 50 % stadsbor: 48 €',
      '',
      'Du skulle få lokalen billigare om uppgiften var den här',
      '- öppet för alla: Avgiftsfri',
      '- minst två tredjedelar yngre än 20 år: Avgiftsfri',
      '',
      'Läs hela förklaringen på bokningens sida:',
    ]],
    ['en', [
      'How this was decided',
      'The rule that decided: You have not said that the activity is open to everyone, so staff decide whether you pay for the space.',
      'Facts that counted: Who books: own group; Purpose: hobby or club; People: 40; Open to everyone: No.',
      'Not stated: Entry fee, Under 20, City residents.',
      '',
      'The answer changes if what you left out is this',
      '- an entry fee: €24',
      '- under 50% city residents: €48',
      '',
      'You would get the space on better terms if this were so',
      '- open to everyone: Free of charge',
      '- at least two thirds younger than 20: Free of charge',
      '',
      'Read the whole explanation on the booking’s page:',
    ]],
  ] as const)('says in short which rule decided by which facts, and what would change it, kinder and dearer, in text and HTML (%s)', async (language, lines) => {
    const the = await world()
    const { ref } = await ask(the, language, closed)
    const [mail] = the.mails()
    const href = `http://tilavuoro.test${language === 'fi' ? '' : `/${language}`}/bookings/${ref}#why`
    expect(spoken(mail!.text)).toContain([...lines, href, ''].join('\n'))
    const html = spoken(wordsIn(mail!.html))
    for (const line of lines) expect(html).toContain(line.replace(/^- /, '').replace(/:$/, ''))
    expect(mail!.html).toContain(`href="${href}"`)
    const rules = {
      fi: ['Nämä säännöt tulevat ensin, mutta ne eivät sopineet', 'Vähintään 200 ihmisen tilaisuudet. Vaatisi: väkeä vähintään 200.', 'Muut aiemmat säännöt koskevat muita hakijoita tai käyttötarkoituksia: ', 'Tämä ratkesi sääntökirjan mukaan: Esimerkkisääntökirja (example-4).'],
      sv: ['De här reglerna kommer först, men de passade inte', 'Skulle kräva: minst 200 personer.', 'De andra tidigare reglerna gäller andra sökande eller ändamål: ', 'Regelboken som avgjorde: Exempel på en regelbok (example-4).'],
      en: ['These rules come first but did not fit', 'It would need: at least 200 people.', 'The other earlier rules are for other applicants or purposes: ', 'Decided under the rule book: Example rule book (example-4).'],
    }[language]
    for (const words of rules) for (const part of [spoken(mail!.text), html]) expect(part).toContain(words)
    expect(mail!.text.indexOf(rules[0]!)).toBeGreaterThan(mail!.text.indexOf(href))
    // The sentence of the deciding rule is said once.
    expect(html.split(lines[1].slice(lines[1].indexOf(':') + 2))).toHaveLength(2)
  })

  test('of something that costs names the price list and its day', async () => {
    const the = await world()
    await ask(the, 'fi', wishFor('ruokasali', '2026-12-10T18:00', '2026-12-10T20:00', {
      facts: { applicant: 'private_person', purpose: 'private_party', openToAll: false, people: 20 }, payer: { name: 'Olli Mallikas', address: 'Katu 1' },
    }))
    expect(spoken(the.mails()[0]!.text)).toContain('Hinta on tästä hinnastosta: Esimerkkisääntökirja (example-4), sellaisena kuin se on voimassa 10.12.2026.')
  })

  test('tells what would make a free booking cost, and beside an official’s price or refusal what the rules alone would have given, without promising that the decision would change', async () => {
    const the = await world()
    const request = await ask(the, 'fi', closed)
    await approve(the.ctx, await person(the, 'kalle'), request.ref, { reason: 'Ryhmä on pieni.', charge: { charge: 'paid', priceClass: 'basic' } })
    const free = await ask(the, 'fi', wishFor('luokka', '2026-12-10T18:00', '2026-12-10T19:00'))
    const refused = await ask(the, 'fi', wishFor('ruokasali', '2026-12-11T18:00', '2026-12-11T20:00'))
    await decline(the.ctx, await person(the, 'kalle'), refused.ref, 'Oma juhla.')
    await the.settle()
    const mails = the.mails().map(({ subject, text }) => ({ subject, text: spoken(text) }))
    const of = (subject: string, ref: string) => mails.find((one) => one.subject.startsWith(subject) && one.text.includes(ref))!.text
    expect(of('Saimme varauspyyntösi', request.ref)).toContain('Saisit tilan edullisemmin')
    const confirmed = of('Varaus vahvistettu', free.ref)
    expect(confirmed).toContain('Näin tämä ratkesi\nSääntö, joka ratkaisi: ')
    expect(confirmed).toMatch(/- pääsymaksu: \d+ €\n/)
    const tail = 'Toiset tiedot muuttaisivat sääntöjen tuloksen, mutta ne eivät yksin muuta viranhaltijan päätöstä.\n'
    const given = of('Varauspyyntö hyväksytty', request.ref)
    expect(given).toContain(`Mitä säännöt sanovat\nViranhaltija päätti hinnan. Säännöt jättivät hinnan viranhaltijan päätettäväksi. ${tail}Sääntö, joka ratkaisi: `)
    expect(given).toContain('\n\nPerustelu: Ryhmä on pieni.\n\n')
    expect(given).toContain('Säännöt antaisivat edullisemman tuloksen, jos tieto olisi tämä\n- kaikille avointa: Maksuton\n')
    expect(given).toContain('Sääntöjen tulos muuttuu, jos puuttuva tieto on tämä\n- pääsymaksu: 24 €\n')
    const declined = of('Varauspyyntöä ei hyväksytty', refused.ref)
    expect(declined).toContain('Perustelu: Oma juhla.')
    expect(declined).toContain(`Mitä säännöt sanovat\nViranhaltija ei hyväksynyt pyyntöä. Sääntöjen mukaan tila on maksuton, mutta varauksesta päättää henkilökunta. ${tail}Sääntö, joka ratkaisisi hinnan: `)
    expect(declined).toContain('- pääsymaksu: 24 €')
    expect(declined).toContain('Muut aiemmat säännöt koskevat')
    for (const text of [given, declined]) for (const promise of ['Näin tämä ratkesi', 'Saisit tilan', 'muuttaisivat hinnan']) expect(text).not.toContain(promise)
  })
})

test('a muted booking tells nobody', async () => {
  const the = await world()
  await book(the.ctx, await person(the, 'olli'), canteen, { language: 'fi', muted: true })
  await the.settle()
  expect(the.mails()).toEqual([])
})

/** A real SMTP server that keeps what it gets. */
const mailServer = (received: string[]): SMTPServer => new SMTPServer({
  authOptional: true,
  disabledCommands: ['STARTTLS'],
  onData(stream, _session, done) {
    let text = ''
    stream.on('data', (chunk: Buffer) => { text += String(chunk) }).on('end', () => { received.push(text); done() })
  },
})

test('while the mail server is down a mail waits in the queue, and goes out once when it is back', async () => {
  const received: string[] = []
  const server = mailServer(received)
  server.listen(0, '127.0.0.1')
  await once(server.server, 'listening')
  const { port } = server.server.address() as AddressInfo
  await new Promise<void>((resolve) => server.close(() => resolve()))

  const the = await world({ env: { SMTP_URL: `smtp://127.0.0.1:${port}` } })
  const booking = await ask(the, 'fi', wishFor('luokka', '2026-11-24T18:00', '2026-11-24T19:00'))
  expect(booking.state).toBe('confirmed')
  expect(await waiting(the.ctx.db)).toEqual({ waiting: 1, failing: 1, unclear: 0 })

  const back = mailServer(received)
  back.listen(port, '127.0.0.1')
  await once(back.server, 'listening')
  onTestFinished(() => new Promise<void>((resolve) => back.close(() => resolve())))
  the.clock.set('2026-11-23T09:05:00+02:00')
  await the.settle()
  await the.settle()
  expect(received).toHaveLength(1)
  expect(received[0]).toContain('To: olli@example.org')
  expect(received[0]).toContain('text/calendar')
  expect(await waiting(the.ctx.db)).toEqual({ waiting: 0, failing: 0, unclear: 0 })
})
