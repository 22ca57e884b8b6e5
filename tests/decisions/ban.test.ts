import { eq } from 'drizzle-orm'
import { describe, expect, test } from 'vitest'
import { decisions } from '../../src/decisions/table.ts'
import { eventsOf } from '../../src/history/store.ts'
import { bans, memberships, persons } from '../../src/people/table.ts'
import { languages } from '../../src/platform/i18n/text.ts'
import { jobs } from '../../src/platform/jobs/table.ts'
import { parseEdition } from '../../src/rulebook/edition.ts'
import { editions } from '../../src/rulebook/table.ts'
import { formIn, wordsIn } from '../bookings/form-reader.ts'
import { belonging, club, declares } from '../people/club.ts'
import { exampleJson } from '../rulebook/example.ts'
import type { Name } from '../support/cast.ts'
import { world, type World } from '../support/world.ts'
import { allBans, banish, codesOf, done, lifts, usual } from './bans.ts'
import { booked, documents, forSulka, requested, speaks, wordsOf } from './town.ts'

/** Olli has booked in Kalle's school. */
async function guilty() {
  const the = await world()
  return { the, ref: (await booked(the)).ref }
}

describe('the document', () => {
  test('says authority, party, place and days, what is banned, why, by which rule, how they were heard, by whom, and how to have it reviewed', async () => {
    const { the, ref } = await guilty()
    const ban = done(await banish(the, 'kalle', ref))
    const [document, ...more] = await documents(the)
    expect(more).toEqual([])
    expect(document).toMatchObject({
      kind: 'ban', language: 'fi', personId: 'olli', bookingId: null, banId: ban.id, decidedById: 'kalle',
      content: {
        edition: 'example-4', reason: usual.reason, replaces: [],
        ban: { whose: 'person', unitId: 'koulu', from: '2026-11-23', to: '2027-02-22', sanction: 'ban', heardOn: '2026-11-20', hearing: usual.hearing },
      },
    })
    expect(document!.ref).toMatch(/^TVP-\w{4}-\w{4}$/)
    const { text } = document!.content
    expect(text).toMatchObject({ authority: ['Helsinki', 'Kallion koulu'], title: 'Päätös varauskiellosta' })
    expect(text.passages.map(({ is }) => is)).toEqual(['parties', 'matter', 'outcome', 'reasons', 'hearing', 'decider', 'contact', 'review'])
    expect(text.passages.find(({ is }) => is === 'outcome')!.paragraphs).toEqual([
      'Et voi varata tiloja paikassa Kallion koulu 23.11.2026–22.2.2027. Molemmat päivät kuuluvat kieltoon.',
      'Kielto koskee kaikkia varauksia, jotka teet itse, myös yhdistyksen nimissä. Kiellon aikana ei voi myöskään siirtää varausta toiseen aikaan.',
      'Jo tehdyt varaukset pysyvät voimassa.',
    ])
    for (const words of [
      'Henkilö\nOlli Mallikas', usual.reason, 'Kolmannesta merkinnästä 12 kuukauden aikana menetät oikeuden varata tiloja 3 kuukaudeksi.', 'Edellytys: 3 merkintää 12 kuukauden aikana.', 'Kielto kestää enintään 3 kuukautta.', '(example-4)',
      'Kaupunki kuuli sinua 20.11.2026 ennen päätöstä (hallintolaki 34 §). Vastaus:\nUnohdin perua varaukset.',
      'Päätöksen teki Kalle Mallikas, tilavastaava.', 'Tee oikaisuvaatimus 14 päivän kuluessa', document!.ref, the.ctx.config.contact,
      'Kukaan ei ole hyväksynyt sääntökirjaa example-4.',
    ]) expect(wordsOf(document!)).toContain(words)
    expect(await eventsOf(the.ctx.db, ban.id)).toMatchObject([{ actor: 'kalle', what: 'ban.issued', particulars: { personId: 'olli', unitId: 'koulu' } }])
  })

  test('tells why nobody was heard, and of the whole city', async () => {
    const { the, ref } = await guilty()
    done(await banish(the, 'kerttu', ref, { where: 'city', heardOn: null, hearing: 'Kuulematta: henkilöä ei tavoitettu.' }))
    const [document] = await documents(the)
    expect(document!.content.text.authority).toEqual(['Helsinki'])
    expect(wordsOf(document!)).toContain('Et voi varata mitään kaupungin tilaa 23.11.2026–22.2.2027.')
    await the.settle()
    expect(the.mails().find(({ subject }) => subject === 'Päätös varauskiellosta')!.text).toContain('Et voi varata mitään kaupungin tilaa. Kielto on voimassa')
    expect(wordsOf(document!)).toContain('Kuuleminen ennen päätöstä oli ilmeisen tarpeetonta (hallintolaki 34 §). Syy:\nKuulematta: henkilöä ei tavoitettu.')
    expect(wordsOf(document!)).toContain('Päätöksen teki Kerttu Mallikas, koordinaattori.')
  })

  test.each(languages)('is in the party’s language (%s), and so is the mail that leads to it', async (language) => {
    const { the, ref } = await guilty()
    await the.ctx.db.transaction((db) => db.update(persons).set({ language }).where(eq(persons.id, 'olli')).returning())
    done(await banish(the, 'kalle', ref))
    const [document] = await documents(the)
    const titles = { fi: 'Päätös varauskiellosta', sv: 'Beslut om bokningsförbud', en: 'Decision on a booking ban' }
    expect([document!.language, document!.content.text.title]).toEqual([language, titles[language]])
    await the.settle()
    const mail = the.mails().find(({ subject }) => subject === titles[language])
    expect(mail?.to).toContain('olli@example.org')
    expect(mail?.text).toContain(`${language === 'fi' ? '' : `/${language}`}/decisions/${document!.ref}`)
    const said = {
      fi: 'Et voi varata tiloja paikassa Kallion koulu.', sv: 'Du kan inte boka lokaler på Kallion koulu.', en: 'You cannot book spaces at Kallio School.',
    }
    expect(mail?.text).toContain(said[language])
    const rule = parseEdition(exampleJson()).sanctions.find(({ id }) => id === 'ban')!.text.plain
    expect(document!.content.text.easy).toEqual(language === 'fi' ? [{ title: 'Sääntö, johon kielto perustuu', paragraphs: [rule] }] : undefined)
    const olli = await the.client('olli')
    expect((await olli.get(`/decisions/${document!.ref}`).expect(200)).text).toContain(`<article class="decision" lang="${language}">`)
  })

  test('never changes, nor does the ban but for its lifting', async () => {
    const { the, ref } = await guilty()
    const { id } = done(await banish(the, 'kalle', ref))
    const write = (work: Parameters<typeof the.ctx.db.transaction>[0]) => the.ctx.db.transaction(work)
      .catch((error: Error) => Promise.reject(new Error(error.cause instanceof Error ? error.cause.message : error.message)))
    const changed = 'never changed'
    await expect(write((db) => db.update(decisions).set({ kind: 'approval' }).where(eq(decisions.banId, id)).returning())).rejects.toThrow(changed)
    await expect(write((db) => db.update(bans).set({ to: '2028-01-01' }).where(eq(bans.id, id)).returning())).rejects.toThrow(changed)
    await expect(write((db) => db.update(bans).set({ reason: 'Muu' }).where(eq(bans.id, id)).returning())).rejects.toThrow(changed)
    done(await lifts(the, 'kalle', id))
    await expect(write((db) => db.update(bans).set({ liftedAt: null }).where(eq(bans.id, id)).returning())).rejects.toThrow(changed)
    const [ban] = await allBans(the)
    // Of a person or of an association: never of both, never of nobody.
    for (const who of [{ personId: 'olli', associationId: 'sulka' }, { personId: null, associationId: null }]) {
      await expect(write((db) => db.insert(bans).values({ ...ban!, id: 'x', ...who }).returning())).rejects.toThrow()
    }
  })
})

describe('an association’s', () => {
  test('goes to those who manage it, each in their language, and nobody else reads it but who decides there', async () => {
    const the = await world()
    await club(the)
    await declares(the, 'olli')
    const { ref } = await booked(the, 'maija', forSulka)
    const ban = done(await banish(the, 'kerttu', ref, { whose: 'association' }))
    expect(ban).toMatchObject({ personId: null, associationId: 'sulka', unitId: 'koulu' })
    const [document, ...more] = await documents(the)
    expect([document!.personId, more]).toEqual(['maija', []])
    expect(wordsOf(document!)).toContain('Yhdistyksen Kallion Sulka ry nimissä ei voi varata tiloja paikassa Kallion koulu 23.11.2026–22.2.2027.')
    expect(wordsOf(document!)).toContain('Kallion Sulka ry\nRekisterinumero 123456')
    expect(wordsOf(document!)).toContain('Kaupunki kuuli yhdistystä 20.11.2026 ennen päätöstä')
    done(await lifts(the, 'kerttu', ban.id))
    await the.settle()
    const mailed = the.mails().map(({ text }) => text).join('\n')
    expect(mailed).toContain('Yhdistyksen Kallion Sulka ry nimissä ei voi varata tiloja paikassa Kallion koulu. Kielto on voimassa 23.11.2026–22.2.2027, molemmat päivät mukaan lukien.')
    expect(mailed).toContain('Kaupunki kumosi yhdistyksen Kallion Sulka ry varauskiellon 23.11.2026–22.2.2027. Paikan Kallion koulu tiloja voi taas varata.')
    const readers = []
    for (const name of ['maija', 'olli', 'kalle', 'mona', 'kerttu'] as const) {
      if ((await (await the.client(name)).get(`/decisions/${document!.ref}`)).status === 200) readers.push(name)
    }
    expect(readers).toEqual(['maija', 'kalle', 'kerttu'])
    // Who comes to manage it later reads it too.
    await the.ctx.db.transaction((db) => db.update(memberships).set({ confirmedAt: 1, rights: 'manages' }).where(eq(memberships.personId, 'olli')).returning())
    await (await the.client('olli')).get(`/decisions/${document!.ref}`).expect(200)
  })

  test('goes to all confirmed members while nobody manages it', async () => {
    const the = await world()
    const { ref } = await booked(the, 'maija', forSulka)
    done(await banish(the, 'kerttu', ref, { whose: 'association' }))
    expect((await documents(the)).map(({ personId }) => personId).sort()).toEqual(['kalle', 'maija'])
  })

  test('is none where nobody has confirmed that the maker belongs to it, or where it is for none', async () => {
    const the = await world()
    const declared = await booked(the, 'olli', { ...forSulka, association: { ...forSulka.association, name: 'Sulka' } })
    expect(await belonging(the)).toMatchObject({ olli: 'declared' })
    expect(codesOf(await banish(the, 'kerttu', declared.ref, { whose: 'association' }))).toEqual(['not-member'])
    const alone = await booked(the, 'olli', { day: '2026-12-11' })
    expect(codesOf(await banish(the, 'kerttu', alone.ref, { whose: 'association' }))).toEqual(['not-member'])
    expect(await allBans(the)).toEqual([])
  })
})

describe('who decides', () => {
  test('only at their place, and for the whole city only who keeps all of it', async () => {
    const { the, ref } = await guilty()
    expect(await banish(the, 'mona', ref)).toBeNull()
    expect(await banish(the, 'maija', ref)).toBeNull()
    expect(codesOf(await banish(the, 'kalle', ref, { where: 'city' }))).toEqual(['unit-only'])
    expect(await documents(the)).toEqual([])
    done(await banish(the, 'kerttu', ref, { where: 'city' }))
    const [ban] = await allBans(the)
    expect(await lifts(the, 'kalle', ban!.id)).toBeNull()
    expect(done(await lifts(the, 'kerttu', ban!.id)).liftReason).toBe('Asia selvisi.')
  })

  /** Kalle belongs to Kallion Sulka ry, as Maija does. */
  test.each([
    ['themselves', async (the: World) => (await booked(the, 'kalle')).ref, {}],
    ['their association', async (the: World) => (await booked(the, 'maija', forSulka)).ref, { whose: 'association' }],
    ['who booked for their association', async (the: World) => (await booked(the, 'maija', forSulka)).ref, {}],
    ['a member of it who booked for herself', async (the: World) => (await booked(the, 'maija')).ref, {}],
  ] as const)('an official steps aside for %s', async (_, make, own) => {
    const the = await world()
    const ref = await make(the)
    expect(codesOf(await banish(the, 'kalle', ref, own))).toEqual(['own-party'])
    const kalle = await the.client('kalle')
    const page = await kalle.get(`/desk/requests/${ref}/ban`).expect(200)
    expect(wordsIn(page.text)).toContain('Asia koskee sinua, omaa yhdistystäsi tai sen jäsentä.')
    expect(page.text).not.toContain('name="whose"')
    expect(await allBans(the)).toEqual([])
    // A colleague may; lifting is deciding too.
    const { id } = done(await banish(the, 'kerttu', ref, own))
    expect(codesOf(await lifts(the, 'kalle', id))).toEqual(['own-party'])
    expect(wordsIn((await kalle.get(`/desk/bans/${id}`).expect(200)).text)).toContain('Asia koskee sinua')
  })

  test('nobody makes an official step aside by only saying that they share an association', async () => {
    const the = await world()
    await declares(the, 'olli')
    done(await banish(the, 'kalle', (await booked(the)).ref))
  })
})

describe('what is refused', () => {
  const cases: [string, Parameters<typeof banish>[3], string[]][] = [
    ['longer than the rules say', { to: '2027-02-23' }, ['ban-too-long']],
    ['backwards and over', { from: '2026-11-22', to: '2026-11-21' }, ['ban-backwards', 'ban-in-the-past']],
    ['by a step that the rules do not know', { sanction: 'warning' }, ['no-ban-step']],
    ['heard tomorrow', { heardOn: '2026-11-24' }, ['heard-later']],
    ['all at once', { where: 'city', to: '2028-01-01', heardOn: '2026-11-24' }, ['unit-only', 'ban-too-long', 'heard-later']],
  ]
  test.each(cases)('%s', async (_, own, codes) => {
    const { the, ref } = await guilty()
    expect(codesOf(await banish(the, 'kalle', ref, own))).toEqual(codes)
    expect([await allBans(the), await documents(the)]).toEqual([[], []])
  })

  test('any, where the rule book in force has no ban', async () => {
    const { the, ref } = await guilty()
    const { sanctions: _, ...rest } = exampleJson()
    const content = parseEdition({ ...rest, id: 'ilman', status: 'adopted', validFrom: '2026-11-01', decision: { number: 'HEL 1', date: '2026-10-05', body: { fi: 'a', sv: 'b', en: 'c', plain: 'd' } } })
    await the.ctx.db.transaction((db) => db.insert(editions).values({ id: content.id, status: 'adopted', validFrom: content.validFrom, content, createdAt: 1, adoptedAt: 1 }).returning())
    expect(codesOf(await banish(the, 'kalle', ref))).toEqual(['no-ban-step'])
    expect(wordsIn((await (await the.client('kalle')).get(`/desk/requests/${ref}/ban`).expect(200)).text)).toContain('Voimassa oleva sääntökirja ei tunne')
  })

  test('a second one of the same place and days; the very same is one', async () => {
    const { the, ref } = await guilty()
    const first = done(await banish(the, 'kalle', ref))
    expect(await banish(the, 'kalle', ref)).toEqual({ ok: true, ban: first, isNew: false })
    expect(codesOf(await banish(the, 'kalle', ref, { reason: 'Muu syy', from: '2026-12-24', to: '2027-03-01' }))).toEqual(['already-banned'])
    expect(codesOf(await banish(the, 'kerttu', ref))).toEqual(['already-banned'])
    // In the whole city it is another one, and after the first has been lifted a new one.
    done(await banish(the, 'kerttu', ref, { where: 'city' }))
    done(await lifts(the, 'kalle', first.id))
    done(await banish(the, 'kalle', ref))
    expect(await allBans(the)).toHaveLength(3)
  })

  test('sent four times at once makes one, one document and one mail', async () => {
    const { the, ref } = await guilty()
    const all = await Promise.all(Array.from({ length: 4 }, () => banish(the, 'kalle', ref)))
    expect(all.map(codesOf)).toEqual([[], [], [], []])
    expect(all.map((one) => one?.ok && one.isNew).sort()).toEqual([false, false, false, true])
    const queued = (await the.ctx.db.select().from(jobs)).filter(({ name }) => name === 'notices.decision')
    expect([(await allBans(the)).length, (await documents(the)).length, queued.length]).toEqual([1, 1, 1])
  })
})

describe('lifting', () => {
  test('is told in a document that takes the place of the first', async () => {
    const { the, ref } = await guilty()
    const { id } = done(await banish(the, 'kalle', ref))
    the.clock.set('2026-12-01T12:00:00+02:00')
    done(await lifts(the, 'kerttu', id, 'Kaksi merkintää oli virheellisiä.'))
    const [first, second, ...more] = (await documents(the)).toSorted((a, b) => a.issuedAt - b.issuedAt)
    expect(more).toEqual([])
    expect(second).toMatchObject({ kind: 'ban_lifting', banId: id, personId: 'olli', decidedById: 'kerttu', content: { replaces: [first!.ref], reason: 'Kaksi merkintää oli virheellisiä.' } })
    for (const words of [
      'Päätös varauskiellon kumoamisesta', 'Varauskieltosi (23.11.2026–22.2.2027) on kumottu 1.12.2026 alkaen. Paikan Kallion koulu tiloja voi taas varata.',
      'Kaksi merkintää oli virheellisiä.', `Korvaa asiakirjan\n${first!.ref}`, 'Päätöksen teki Kerttu Mallikas, koordinaattori.', 'Oikaisuvaatimusohje',
    ]) expect(wordsOf(second!)).toContain(words)
    const olli = await the.client('olli')
    expect((await olli.get(`/decisions/${first!.ref}`)).text).toContain(`href="/decisions/${second!.ref}"`)
    const mine = wordsIn((await olli.get('/bookings')).text)
    for (const { ref } of [first!, second!]) expect(mine).toContain(ref)
    await the.settle()
    expect(the.mails().map(({ subject }) => subject)).toContain('Varauskielto on kumottu')
    // Once.
    expect(await lifts(the, 'kalle', id)).toMatchObject({ ok: true, isNew: false })
    expect(await documents(the)).toHaveLength(2)
    expect((await eventsOf(the.ctx.db, id)).map(({ what }) => what)).toEqual(['ban.issued', 'ban.lifted'])
  })

  test('is refused when the ban is over', async () => {
    const { the, ref } = await guilty()
    const { id } = done(await banish(the, 'kalle', ref, { to: '2026-11-30' }))
    the.clock.set('2026-12-01T00:00:00+02:00')
    expect(codesOf(await lifts(the, 'kalle', id))).toEqual(['ban-over'])
  })
})

describe('on the desk', () => {
  const fields = {
    whose: 'person', where: 'unit', sanction: 'ban', from: '2026-11-23', to: '2027-01-31', reason: 'Kolme käyttämätöntä varausta.', heard: 'yes', heardOn: '2026-11-20', said: 'Unohdin.', unheard: '',
  }
  const agent = async (the: World, name: Name) => the.client(name)

  test('a ban is given from a booking, found in the list, and lifted', async () => {
    const { the, ref } = await guilty()
    const kalle = await agent(the, 'kalle')
    expect((await kalle.get(`/desk/requests/${ref}`)).text).toContain(`href="/desk/requests/${ref}/ban"`)
    const form = wordsIn((await kalle.get(`/desk/requests/${ref}/ban`).expect(200)).text)
    expect(form).toContain('Olli Mallikas')
    expect(form).toContain('Enintään 3 kuukautta: jos kielto alkaa tänään, se voi kestää 22.2.2027 saakka.')
    expect(form).not.toContain('Kaupungin kaikki tilat')
    const issued = await kalle.post(`/desk/requests/${ref}/ban`).type('form').send(fields).expect(303)
    const [ban] = await allBans(the)
    expect(issued.headers['location']).toBe(`/desk/bans/${ban!.id}`)
    expect(wordsIn((await kalle.get('/desk/bans')).text)).toContain('Olli Mallikas')
    expect(wordsIn((await kalle.get(`/desk/requests/${ref}`)).text)).toContain('Varaajalla on varauskielto tässä paikassa: 23.11.2026–31.1.2027')
    const again = await kalle.post(`/desk/requests/${ref}/ban`).type('form').send(fields).expect(303)
    expect(again.headers['location']).toBe(`/desk/bans/${ban!.id}`)
    await kalle.post(`/desk/bans/${ban!.id}/lifting`).type('form').send({ reason: ' ' }).expect(422)
    await kalle.post(`/desk/bans/${ban!.id}/lifting`).type('form').send({ reason: 'Selvisi.' }).expect(303)
    expect(wordsIn((await kalle.get('/desk/bans')).text)).toContain('kumottu 23.11.2026')
    // Of another's place nothing is seen.
    const mona = await agent(the, 'mona')
    expect(wordsIn((await mona.get('/sv/desk/bans').expect(200)).text)).not.toContain('Olli')
    for (const path of [`/desk/bans/${ban!.id}`, `/desk/requests/${ref}/ban`]) await mona.get(path).expect(404)
    await mona.post(`/desk/bans/${ban!.id}/lifting`).type('form').send({ reason: 'x' }).expect(404)
  })

  test.each([
    ['nothing', {}, ['whose', 'where', 'from', 'to', 'reason', 'heard']],
    ['another’s field', { ...fields, whose: 'kalle', where: 'moon', from: '2026-02-30', to: 'x' }, ['whose', 'where', 'from', 'to']],
    ['no reason', { ...fields, reason: '  ' }, ['reason']],
    ['heard without a day and words', { ...fields, heardOn: '', said: '' }, ['heardOn', 'said']],
    ['not heard without a reason', { ...fields, heard: 'no' }, ['unheard']],
    ['words without end', { ...fields, reason: 'a'.repeat(2001) }, ['reason']],
  ] as const)('%s is told beside the fields', async (_, said, wrong) => {
    const { the, ref } = await guilty()
    const { text } = await (await agent(the, 'kalle')).post(`/desk/requests/${ref}/ban`).type('form').send(said).expect(422)
    expect([...text.matchAll(/<li><a href="#(\w+)">/g)].map(([, field]) => field)).toEqual(wrong)
    for (const field of wrong) expect(text).toContain(`id="${field}"`)
    expect(await allBans(the)).toEqual([])
  })

  test('what the rules refuse is told on the form, with what was typed', async () => {
    const { the, ref } = await guilty()
    const { text } = await (await agent(the, 'kalle')).post(`/desk/requests/${ref}/ban`).type('form').send({ ...fields, to: '2027-06-01' }).expect(409)
    expect(wordsIn(text)).toContain('Sääntöjen mukaan kielto kestää enintään 3 kuukautta: viimeistään maanantaina 22.2.2027.')
    expect(text).toContain('Kolme käyttämätöntä varausta.')
  })

  test('says in which language its party reads, with the rule’s words ready in it, and wants more than those', async () => {
    const { the, ref } = await guilty()
    await speaks(the, 'olli', 'sv')
    const kalle = await agent(the, 'kalle')
    const { text } = await kalle.get(`/desk/requests/${ref}/ban`).expect(200)
    const ready = parseEdition(exampleJson()).sanctions.find(({ id }) => id === 'ban')!.text.sv
    expect(formIn(text, `/desk/requests/${ref}/ban`)['reason']).toBe(ready)
    for (const field of ['reason', 'said', 'unheard']) expect(text).toMatch(new RegExp(`<textarea [^>]*id="${field}"[^>]* lang="sv"`))
    expect(wordsIn(text).split('Kiellon saaja lukee päätöksen ruotsiksi. Kirjoita perustelut ruotsiksi.')).toHaveLength(4)
    const lazy = await kalle.post(`/desk/requests/${ref}/ban`).type('form').send({ ...fields, reason: ready }).expect(409)
    expect(wordsIn(lazy.text)).toContain('Perustelussa on vain säännön teksti. Kerro myös, mitä tapahtui ja milloin.')
    expect(await allBans(the)).toEqual([])
    await kalle.post(`/desk/requests/${ref}/ban`).type('form').send({ ...fields, reason: `${ready} Tre bokningar användes inte.`, said: 'Jag glömde.' }).expect(303)
    const [ban] = await allBans(the)
    const page = (await kalle.get(`/desk/bans/${ban!.id}`).expect(200)).text
    expect(page).toContain(`<dd lang="sv">${ready} Tre bokningar användes inte.</dd>`)
    expect(page).toContain('<dd lang="sv">Jag glömde.</dd>')
    expect(page).toMatch(/<textarea [^>]*lang="sv"/)
    // Who reads the document in another language by then hears the words in their own one.
    const [document] = await documents(the)
    expect(document!.content).toMatchObject({ ban: { language: 'sv' } })
    expect(wordsOf(document!)).not.toContain('\nsv')
    expect(wordsOf(document!).split(ready)).toHaveLength(2)
    expect(wordsOf(document!)).toContain('Ett förbud gäller högst 3 månader.')
    await speaks(the, 'olli', 'en')
    await kalle.post(`/desk/bans/${ban!.id}/lifting`).type('form').send({ reason: 'It was a mistake.' }).expect(303)
    const lifting = (await documents(the)).find(({ kind }) => kind === 'ban_lifting')!
    const read = (await (await agent(the, 'olli')).get(`/decisions/${lifting.ref}`).expect(200)).text
    expect(read).toContain('<p>It was a mistake.</p>')
    expect(read).toContain(`<p lang="sv">${ready} Tre bokningar användes inte.</p>`)
    expect((await kalle.get(`/desk/bans/${ban!.id}`).expect(200)).text).toContain('<dd lang="en">It was a mistake.</dd>')
  })

  test('of an association: the words stay in the language they were asked for, whoever gets the document', async () => {
    const the = await world()
    await speaks(the, 'kalle', 'sv')
    const { ref } = await booked(the, 'maija', forSulka)
    done(await banish(the, 'kerttu', ref, { whose: 'association' }))
    const own = (await documents(the)).find(({ personId }) => personId === 'kalle')!
    const { text } = await (await agent(the, 'kalle')).get(`/decisions/${own.ref}`).expect(200)
    expect(text).toContain(`<p lang="fi">${usual.reason}</p>`)
    expect(text).toContain(`<p lang="fi">${usual.hearing}</p>`)
  })

  test('a request that waits is still decided, and the official sees the ban', async () => {
    const the = await world()
    const { ref } = await requested(the)
    done(await banish(the, 'kalle', ref))
    const kalle = await agent(the, 'kalle')
    expect(wordsIn((await kalle.get(`/desk/requests/${ref}`)).text)).toContain('Varaajalla on varauskielto')
    await kalle.post(`/desk/requests/${ref}/approval`).type('form').send({}).expect(303)
  })
})
