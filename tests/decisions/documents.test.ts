import { eq } from 'drizzle-orm'
import { describe, expect, test } from 'vitest'
import { bookingInScope, decline } from '../../src/bookings/decision-actions.ts'
import { cancel } from '../../src/bookings/ending-actions.ts'
import { move } from '../../src/bookings/move-actions.ts'
import { ownBooking } from '../../src/bookings/store.ts'
import { decisions } from '../../src/decisions/table.ts'
import { eventsOf } from '../../src/history/store.ts'
import { associations, memberships, staffRoles } from '../../src/people/table.ts'
import { languages } from '../../src/platform/i18n/text.ts'
import { editions } from '../../src/rulebook/table.ts'
import { parseEdition } from '../../src/rulebook/edition.ts'
import { markCatalogueChanged } from '../../src/spaces/store.ts'
import { spaces } from '../../src/spaces/table.ts'
import { at } from '../bookings/wishes.ts'
import { wordsIn } from '../bookings/form-reader.ts'
import { exampleJson } from '../rulebook/example.ts'
import { world, type World } from '../support/world.ts'
import { approved, asks, booked, bookingNow, documents, forSulka, given, gives, party, persona, requested, speaks, wordsOf } from './town.ts'

const byCity = async (the: World, ref: string): Promise<void> => {
  const kalle = await persona(the, 'kalle')
  await cancel(the.ctx, async (db) => (await bookingInScope(db, kalle, ref))?.booking ?? null, { person: kalle, mover: 'official', reason: 'Vesivahinko.' })
}

describe('what is said', () => {
  test('of a booking that the rules confirmed: parties, decision, facts, rule with its source, automatically, and how to have it reviewed', async () => {
    const the = await world()
    const { ref } = await booked(the, 'maija', forSulka)
    const document = given(await asks(the, 'maija', ref))
    expect(document).toMatchObject({ kind: 'approval', language: 'fi', personId: 'maija', decidedById: null, content: { bookingRef: ref, replaces: [] } })
    expect(document.ref).toMatch(/^TVP-\w{4}-\w{4}$/)
    expect(document.content.text).toMatchObject({ authority: ['Helsinki', 'Kallion koulu'], title: 'Päätös varauksesta' })
    expect(document.content.text.passages.map(({ is }) => is)).toEqual(['parties', 'matter', 'outcome', 'reasons', 'price', 'decider', 'contact', 'review'])
    const said = wordsOf(document)
    for (const words of [
      'Maija Mallikas', 'Kallion Sulka ry', 'Rekisterinumero 123456', 'kaupunki on tarkistanut yhdistyksen ja hakijan jäsenyyden', ref,
      'saat tilan Luokka 101 (Kallion koulu) käyttöösi torstaina 10.12.2026 klo 18–20 maksutta.', 'Lähde: HEL 2018-001310',
      'Palvelu teki päätöksen automaattisesti julkaistujen sääntöjen mukaan.', 'Sinulla on oikeus saada ihminen käsittelemään asiasi.', '/rules/procedure',
      'Tee oikaisuvaatimus 14 päivän kuluessa', 'kolmantena päivänä', 'seitsemäntenä päivänä', document.ref, the.ctx.config.contact,
    ]) expect(said).toContain(words)
  })

  test('by whom, when an official approved, with the price and its class', async () => {
    const the = await world()
    const { ref } = await requested(the, 'olli', party)
    the.clock.set('2026-11-24T10:00:00+02:00')
    await approved(the, ref, 'kerttu', { reason: 'Tervetuloa.' })
    const document = given(await asks(the, 'olli', ref))
    expect(document).toMatchObject({ kind: 'approval', decidedById: 'kerttu', content: { decidedAt: Date.parse('2026-11-24T10:00:00+02:00'), reason: 'Tervetuloa.' } })
    // The grounds are the rules'; what the official wrote beside them is none.
    const { passages } = document.content.text
    expect(passages.map(({ is }) => is)).toEqual(['parties', 'matter', 'outcome', 'reasons', 'price', 'message', 'decider', 'contact', 'review'])
    expect(passages.find(({ is }) => is === 'message')).toEqual({ is: 'message', title: 'Päättäjän viesti', paragraphs: [], quoted: { text: 'Tervetuloa.' } })
    expect(JSON.stringify(passages.find(({ is }) => is === 'reasons'))).not.toMatch(/Tervetuloa|Päättäjän/)
    for (const words of ['hinta on 48 €', 'Päätöksen teki Kerttu Mallikas, koordinaattori.', 'Tervetuloa.', 'Tilan vuokra, täysi hinta', 'Hinnat sisältävät arvonlisäveron.']) {
      expect(wordsOf(document)).toContain(words)
    }
    expect(wordsOf(document)).not.toContain('automaattisesti')
    const price = given(await asks(the, 'olli', ref, 'price'))
    expect(price).toMatchObject({ kind: 'price', content: { replaces: [] } })
    expect(wordsOf(price)).toContain('maksaa 48 €. Hintaryhmä: tilan vuokra, täysi hinta.')
  })

  test('with the price that an official gave where the rules left it open', async () => {
    const the = await world()
    const unsure = { facts: { applicant: 'unregistered_group', openToAll: false, people: 60 } } as const
    const { ref, charge } = await requested(the, 'olli', unsure)
    expect(charge).toBe('needs_person')
    await approved(the, ref, 'kerttu', { reason: 'Ryhmä on pieni.', charge: { charge: 'paid', priceClass: 'basic' } })
    const document = given(await asks(the, 'olli', ref, 'price'))
    const { passages } = document.content.text
    expect(passages.find(({ is }) => is === 'reasons')!.parts![0]).toEqual({ title: 'Päättäjän perustelu', paragraphs: ['Ryhmä on pieni.'] })
    expect(passages.map(({ is }) => is)).not.toContain('message')
    const said = wordsOf(document)
    expect(said).toContain('Sääntöjen mukaan hinnasta päättää viranhaltija.')
    expect(said).toContain('Hintaryhmä: tilan vuokra, perushinta.')
  })

  test.each([
    ['fi', 'Viranhaltija ei hyväksynyt pyyntöä. Säännöt antoivat hinnan 48 € ja jättivät varauksen henkilökunnan päätettäväksi.'],
    ['sv', 'En tjänsteinnehavare godkände inte förfrågan. Reglerna gav priset 48 € och överlät bokningen åt personalen att besluta om.'],
    ['en', 'An official did not accept the request. The rules gave the price €48 and left the booking for staff to decide.'],
  ] as const)('of a declined party: the price that the rules gave, the choice that they left, and nothing of other facts where none would change it (%s)', async (language, sentence) => {
    const the = await world()
    await speaks(the, 'olli', language)
    const { ref } = await requested(the, 'olli', party)
    await decline(the.ctx, await persona(the, 'kalle'), ref, 'Remontti.')
    const { content: { text } } = given(await asks(the, 'olli', ref))
    const parts = text.passages.find(({ is }) => is === 'reasons')!.parts!
    const said = (paragraph: string): string => paragraph.replaceAll('\u00a0', ' ')
    expect(parts[0]!.paragraphs).toEqual(['Remontti.'])
    expect(parts[1]!.paragraphs.map(said)).toEqual([sentence])
    if (language === 'fi') expect(text.easy![0]!.paragraphs.map(said)).toEqual(['Kaupungin työntekijä ei hyväksynyt pyyntöäsi. Sääntöjen mukaan hinta on 48 €. Työntekijä päättää, saatko tilan.'])
  })

  test('of what was declined or cancelled, with the official’s own words', async () => {
    const the = await world()
    const [no, yes] = [await requested(the), await booked(the, 'olli', { day: '2026-12-11' })]
    await decline(the.ctx, await persona(the, 'kalle'), no.ref, 'Koululla on oma juhla.')
    await byCity(the, yes.ref)
    const [refusal, cancellation] = [given(await asks(the, 'olli', no.ref)), given(await asks(the, 'olli', yes.ref))]
    expect([refusal.kind, cancellation.kind, refusal.decidedById, cancellation.decidedById]).toEqual(['refusal', 'cancellation', 'kalle', 'kalle'])
    expect(wordsOf(refusal)).toContain('Et saa tilaa Ruokasali (Kallion koulu) käyttöösi torstaina 10.12.2026 klo 18–20.')
    expect(wordsOf(refusal)).toContain('Koululla on oma juhla.')
    expect(wordsOf(cancellation)).toContain('Kaupunki perui varauksesi: Luokka 101 (Kallion koulu), perjantaina 11.12.2026 klo 18–20.')
    expect(wordsOf(cancellation)).toContain('Vesivahinko.')
    for (const one of [refusal, cancellation]) expect(wordsOf(one)).toContain('Päätöksen teki Kalle Mallikas, tilavastaava.')
  })

  test('is said to be an example while nobody has decided the rules, and which decision they rest on when somebody has', async () => {
    const the = await world()
    const first = given(await asks(the, 'olli', (await booked(the)).ref))
    expect(first.content.text.notice?.text).toBe('Kukaan ei ole hyväksynyt sääntökirjaa example-4. Siksi tämä asiakirja ei ole pätevä hallintopäätös.')
    const body = { fi: 'Kaupunginhallitus', sv: 'Stadsstyrelsen', en: 'City Board', plain: 'Kaupungin johtajat' }
    const { review: _, procedure: __, ...rest } = exampleJson()
    const content = parseEdition({ ...rest, id: 'hyvaksytty', status: 'adopted', validFrom: '2026-11-01', decision: { number: 'HEL 2026-001234', date: '2026-10-05', body } })
    await the.ctx.db.transaction((db) => db.insert(editions)
      .values({ id: content.id, status: 'adopted', validFrom: content.validFrom, content, createdAt: 1, adoptedAt: 1 }).returning())
    const second = given(await asks(the, 'olli', (await booked(the, 'olli', { day: '2026-12-11' })).ref))
    expect(second.content.text.notice).toBeNull()
    expect(wordsOf(second)).toContain('Sääntökirjan hyväksyi Kaupunginhallitus 5.10.2026 päätöksellä HEL 2026-001234')
    expect(wordsOf(second)).toContain(`Sääntökirja ei kerro, kuka käsittelee oikaisuvaatimuksen ja mihin lähetät sen. Kysy sitä kaupungilta: ${the.ctx.config.contact}`)
    expect(wordsOf(second)).toContain('14 päivän kuluessa')
  })

  test.each(languages)('in the applicant’s language of today (%s), whatever they booked in and the page’s is, and names of another language say so', async (language) => {
    const the = await world()
    const { ref } = await booked(the, 'olli', { language: language === 'fi' ? 'sv' : 'fi' })
    await speaks(the, 'olli', language)
    const document = given(await asks(the, 'olli', ref))
    const titles = { fi: 'Päätös varauksesta', sv: 'Beslut om bokning', en: 'Decision on a booking' }
    const olli = await the.client('olli')
    for (const page of languages) {
      const { text } = await olli.get(`${page === 'fi' ? '' : `/${page}`}/decisions/${document.ref}`).expect(200)
      expect(text).toContain(`<html lang="${page}">`)
      expect(text).toContain(`<article class="decision" lang="${language}">`)
      expect(text).toContain(`<h1>${titles[language]}</h1>`)
      expect(text).toContain(`href="${language === 'fi' ? '' : `/${language}`}/rules/procedure"`)
    }
    expect(document.content.text.passages[1]!.facts![1]!.marked).toBe(language === 'sv' ? 'fi' : undefined)
  })

  test('of the rules that came first: each with what it would have needed, the kinder before the others, and in one sentence those for others; and once more in plain Finnish', async () => {
    const the = await world()
    const paid = { ...forSulka, facts: { ...forSulka.facts, entryFee: true }, payer: party.payer }
    const { ref } = await booked(the, 'maija', paid)
    const document = given(await asks(the, 'maija', ref))
    const { text } = document.content
    const parts = text.passages.find(({ is }) => is === 'reasons')!.parts!
    const rules = exampleJson().chargeRules
    const elsewhere = ['own_activity', 'arts_education', 'parents', 'unconfirmed_applicant', 'commercial', 'private_event', 'other_applicant']
    const before = rules.slice(0, rules.findIndex(({ id }) => id === 'entry_fee'))
    const named = (ids: (id: string) => boolean) => before.filter(({ id }) => ids(id)).map(({ name }) => name!)
    const free = named((id) => id === 'after_school')
    const dearer = named((id) => id !== 'after_school' && !elsewhere.includes(id))
    const passedOver = parts.find(({ title }) => title === 'Nämä säännöt tulevat ensin, mutta ne eivät sopineet')!
    expect(passedOver.list!.map((line) => line.slice(0, line.indexOf('. ')))).toEqual([...free, ...dearer].map(({ fi }) => fi))
    for (const line of passedOver.list!) expect(line).toMatch(/\. Vaatisi: .+\.$/)
    expect(passedOver.list![0]).toBe('Koululaisten aamu- ja iltapäivätoiminta. Vaatisi: mukana koululaisten aamu- tai iltapäivätoimintaa.')
    expect(passedOver.paragraphs).toEqual([
      `Muut aiemmat säännöt koskevat muita hakijoita tai käyttötarkoituksia: ${named((id) => elsewhere.includes(id)).map(({ fi }) => fi).join('; ')}.`,
    ])
    expect(dearer.length).toBeGreaterThan(7)

    const easy = text.easy!
    expect(easy.map(({ title }) => title).slice(0, 2)).toEqual(['Nämä tiedot olivat tärkeitä', 'Tämä sääntö ratkaisi asian'])
    expect(easy[1]!.paragraphs).toEqual([rules.find(({ id }) => id === 'entry_fee')!.text.plain])
    const easier = easy.find(({ title }) => title === 'Nämä säännöt eivät sopineet')!
    expect(easier.list![0]).toBe('Koululaisten kerhot ennen koulua ja koulun jälkeen. Sääntö sopii, jos mukana on koululaisten kerhoja.')
    expect([easier.list!.length, easier.paragraphs[0]]).toEqual([passedOver.list!.length, expect.stringMatching(/^Muut säännöt ovat muille tai muuhun käyttöön: /)])
    const { text: page } = await (await the.client('maija')).get(`/decisions/${document.ref}`).expect(200)
    const [official, beside = ''] = page.split('</article>')
    expect(official).not.toContain('Nämä säännöt eivät sopineet')
    expect(wordsIn(beside)).toContain('Tämä selittää päätöksen selkosuomeksi. Itse päätös on yllä.')
    expect(wordsIn(beside)).toContain('Nämä säännöt eivät sopineet')
  })

  test.each(['sv', 'en'] as const)('in another language (%s) not in plain Finnish, and a cancellation has no reasons of the rules', async (language) => {
    const the = await world()
    await speaks(the, 'olli', language)
    const { ref } = await booked(the, 'olli')
    expect(given(await asks(the, 'olli', ref)).content.text.easy).toBeUndefined()
    const cancelled = await booked(the, 'olli', { day: '2026-12-11' })
    await byCity(the, cancelled.ref)
    expect(given(await asks(the, 'olli', cancelled.ref)).content.text.easy).toBeUndefined()
  })

  test('of an association only what its maker may know', async () => {
    const the = await world()
    const declared = await booked(the, 'olli', { ...forSulka, association: { ...forSulka.association, name: 'Sulka' }, facts: { ...forSulka.facts } })
    const said = wordsOf(given(await asks(the, 'olli', declared.ref)))
    expect(said).toContain('Sulka\nRekisterinumero 123456\nhakijan oma ilmoitus, jota kaupunki ei ole tarkistanut')
    expect(said).not.toContain('Kallion Sulka')
    const left = await booked(the, 'maija', { ...forSulka, day: '2026-12-11' })
    await the.ctx.db.transaction(async (db) => void (await db.delete(memberships).where(eq(memberships.personId, 'maija'))))
    expect(wordsOf(given(await asks(the, 'maija', left.ref)))).toContain('Yhdistys\nRekisterinumero 123456\nhakijan oma ilmoitus')
  })
})

describe('issuing', () => {
  test('nothing while a person has yet to decide, or when its maker gave it up', async () => {
    const the = await world()
    const waiting = await requested(the)
    expect(await asks(the, 'olli', waiting.ref)).toEqual({ ok: false, refusals: [{ code: 'still-waiting' }] })
    expect(await gives(the, 'kerttu', waiting.ref)).toEqual({ ok: false, refusals: [{ code: 'still-waiting' }] })
    const given = await booked(the, 'olli', { day: '2026-12-11' })
    for (const { ref } of [waiting, given]) await cancel(the.ctx, (db) => ownBooking(db, 'olli', ref), { person: await persona(the, 'olli'), mover: 'owner', reason: 'Sairaus' })
    for (const { ref } of [waiting, given]) expect(await asks(the, 'olli', ref)).toEqual({ ok: false, refusals: [{ code: 'no-decision' }] })
    expect(await documents(the)).toEqual([])
  })

  test('the same decision once, whoever asks: the second asking leads to the first', async () => {
    const the = await world()
    const { ref, id } = await requested(the, 'olli', party)
    await approved(the, ref)
    const first = await gives(the, 'kalle', ref)
    expect(first).toMatchObject({ ok: true, isNew: true })
    the.clock.set('2026-11-25T09:00:00+02:00')
    expect(await asks(the, 'olli', ref)).toEqual({ ok: true, isNew: false, decision: given(first) })
    // What no such booking can have is the main decision.
    expect(await asks(the, 'olli', ref, 'cancellation')).toEqual({ ok: true, isNew: false, decision: given(first) })
    const price = await Promise.all([asks(the, 'olli', ref, 'price'), asks(the, 'olli', ref, 'price')])
    expect(new Set(price.map((one) => given(one).ref)).size).toBe(1)
    expect(await documents(the)).toHaveLength(2)
    const told = (await eventsOf(the.ctx.db, id)).filter(({ what }) => what === 'decision.issued')
    expect(told.map(({ actor, particulars }) => [actor, particulars])).toEqual([
      ['kalle', { decision: given(first).ref, kind: 'approval' }], ['olli', { decision: given(price[0]).ref, kind: 'price' }],
    ])
  })

  test('a later decision gives a new document, which names those it takes the place of', async () => {
    const the = await world()
    const { ref } = await booked(the, 'olli', party)
    const [approval, price] = [given(await asks(the, 'olli', ref)), given(await asks(the, 'olli', ref, 'price'))]
    the.clock.set('2026-11-24T09:00:00+02:00')
    const to = { start: at('2026-12-10T17:00'), end: at('2026-12-10T20:00') }
    expect((await move(the.ctx, await persona(the, 'olli'), ref, to))?.ok).toBe(true)
    const newPrice = given(await asks(the, 'olli', ref, 'price'))
    expect(newPrice.content.replaces).toEqual([price.ref])
    const newApproval = given(await asks(the, 'olli', ref))
    expect(newApproval.content.replaces).toEqual([approval.ref])
    await byCityAt(the, ref)
    const last = given(await asks(the, 'olli', ref))
    expect([last.kind, [...last.content.replaces].sort()]).toEqual(['cancellation', [newPrice.ref, newApproval.ref].sort()])
    expect(wordsOf(last)).toContain(newApproval.ref)
    const page = await (await the.client('olli')).get(`/decisions/${approval.ref}`).expect(200)
    expect(wordsIn(page.text)).toContain(`Lue uusin: ${newApproval.ref}`)
  })
  const byCityAt = async (the: World, ref: string): Promise<void> => {
    const kalle = await persona(the, 'kalle')
    await cancel(the.ctx, async (db) => (await bookingInScope(db, kalle, ref))?.booking ?? null, { person: kalle, mover: 'official', reason: 'Remontti.' })
  }

  test('never changes what was said: not by a cancelling, a new name of space, person’s role or association, or other rules', async () => {
    const the = await world()
    const { ref } = await requested(the, 'maija', forSulka)
    await approved(the, ref)
    const before = given(await asks(the, 'maija', ref))
    const olli = await the.client('maija')
    const article = async (): Promise<string> => /<article[\s\S]*<\/article>/.exec((await olli.get(`/decisions/${before.ref}`).expect(200)).text)![0]
    const read = await article()
    await byCityThroughKerttu(the, ref)
    await the.ctx.db.transaction(async (db) => {
      await db.update(spaces).set({ name: { fi: 'Aivan muu' } }).where(eq(spaces.id, 'ruokasali')).returning()
      await db.update(associations).set({ name: 'Toinen ry' }).where(eq(associations.id, 'sulka')).returning()
      await db.delete(staffRoles).where(eq(staffRoles.personId, 'kerttu')).returning()
      const content = parseEdition({ ...exampleJson(), id: 'uudempi', validFrom: '2026-11-01' })
      await db.insert(editions).values({ id: content.id, status: 'example', validFrom: content.validFrom, content, createdAt: 1 }).returning()
      await markCatalogueChanged(db)
    })
    expect(await article()).toBe(read)
    expect(read).toContain('Ruokasali')
    await expect(the.ctx.db.transaction(async (db) => void (await db.update(decisions).set({ language: 'sv' }).returning()))).rejects.toThrow()
  })
  const byCityThroughKerttu = async (the: World, ref: string): Promise<void> => {
    const kerttu = await persona(the, 'kerttu')
    await cancel(the.ctx, async (db) => (await bookingInScope(db, kerttu, ref))?.booking ?? null, { person: kerttu, mover: 'official', reason: 'Remontti.' })
    expect((await bookingNow(the, ref)).state).toBe('cancelled')
  }
})
