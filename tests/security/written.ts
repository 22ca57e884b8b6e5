import { eq } from 'drizzle-orm'
import { writeToCity } from '../../src/about/actions.ts'
import { book } from '../../src/bookings/actions.ts'
import { approve, decline } from '../../src/bookings/decision-actions.ts'
import { cancel } from '../../src/bookings/ending-actions.ts'
import { placeHold } from '../../src/bookings/hold-actions.ts'
import { ownBooking } from '../../src/bookings/store.ts'
import { makeFeed } from '../../src/calendars/address-actions.ts'
import { queueDigests } from '../../src/notices/digest-actions.ts'
import { issueForWish, issueFromDesk } from '../../src/decisions/actions.ts'
import { issueBan } from '../../src/decisions/ban-actions.ts'
import { banDocumentOf } from '../../src/decisions/ban-document-words-pages.ts'
import { documentOf } from '../../src/decisions/document-words-pages.ts'
import { decisionsOnBan } from '../../src/decisions/store.ts'
import { makeBanner } from '../../src/notices/banner-actions.ts'
import { askSignInLink, signInAs } from '../../src/people/actions.ts'
import { invite } from '../../src/people/invitation-actions.ts'
import { personById } from '../../src/people/store.ts'
import { associations, persons, signInLinks } from '../../src/people/table.ts'
import { issueToken } from '../../src/people/user-actions.ts'
import { renameAssociation } from '../../src/people/verification-actions.ts'
import { markCatalogueChanged } from '../../src/spaces/store.ts'
import { areas, spaces, units } from '../../src/spaces/table.ts'
import { club } from '../people/club.ts'
import { at, wishFor } from '../bookings/wishes.ts'
import type { Name } from '../support/cast.ts'
import { world } from '../support/world.ts'
import { cookieOf, doorOf } from './knocking.ts'

/**
 * A city in which the text stands wherever anybody or any file may write one, past every form: names of people, places and
 * associations, titles, payers, reasons, messages, banners, kept answers. What a form would refuse comes by a file or a slip.
 */
export async function written(text: string) {
  const the = await world()
  const { ctx } = the
  const { db, clock } = ctx
  const now = clock.now()
  const words = { fi: text, sv: text, en: text }
  // No file of premises may bring half a character.
  const place = text.replace(/\p{Cs}/gu, '')
  const name = { fi: place, sv: place, en: place }
  await db.transaction(async (db) => {
    for (const id of ['olli', 'maija', 'kalle', 'kerttu']) await db.update(persons).set({ name: text }).where(eq(persons.id, id)).returning()
    await db.update(associations).set({ name: text }).where(eq(associations.id, 'sulka')).returning()
    await db.update(units).set({ name, address: place, neighbourhood: name }).where(eq(units.id, 'koulu')).returning()
    await db.update(spaces).set({ name }).where(eq(spaces.id, 'ruokasali')).returning()
    await db.update(areas).set({ name }).where(eq(areas.id, 'torkkelinmaki')).returning()
    await markCatalogueChanged(db)
  })
  await club(the)
  const [olli, maija, kalle, kerttu] = await Promise.all(['olli', 'maija', 'kalle', 'kerttu'].map(async (id) => (await personById(db, id))!))
  const request = async (day: string, shown: boolean, who = olli!, value = '654321'): Promise<string> => {
    const made = await book(ctx, who, wishFor('ruokasali', `2026-12-${day}T18:00`, `2026-12-${day}T20:00`, {
      title: text, public: shown, responsible: { name: text, phone: '040 123 4567' }, payer: { name: text, address: text },
      facts: { applicant: 'registered_association', purpose: 'commercial', people: 20, openToAll: false }, association: { kind: 'register_number', value, name: text },
    }), { language: 'fi' })
    if (!made.ok) throw new Error(`no request on ${day}`)
    return made.booking.ref
  }
  const [waiting, declined, granted, cancelled] = [await request('10', true), await request('11', false), await request('14', true), await request('15', true)]
  const clubs = await request('16', true, maija, '123456')
  await decline(ctx, kerttu!, declined, text)
  for (const ref of [granted, cancelled]) await approve(ctx, kerttu!, ref, { reason: text })
  await cancel(ctx, (db) => ownBooking(db, 'olli', cancelled), { person: olli!, mover: 'owner', reason: text })
  const refusal = await issueFromDesk(ctx, kerttu!, declined, { tell: documentOf })
  const crowd = wishFor('ruokasali', '2026-12-18T18:00', '2026-12-18T20:00', {
    facts: { applicant: 'registered_association', people: 900 }, association: { kind: 'register_number', value: '654321', name: text },
  })
  const unfit = await issueForWish(ctx, olli!, crowd, { tell: documentOf, holdOwner: null })
  const banned = await issueBan(ctx, kerttu!, waiting, {
    whose: 'person', where: 'unit', from: '2026-12-23', to: '2026-12-31', reason: text, heardOn: null, hearing: text,
  }, banDocumentOf)
  const ban = banned?.ok ? banned.ban.id : ''
  const [onBan] = await decisionsOnBan(db, ban)
  const documents = [refusal, unfit].map((issued) => (issued?.ok ? `/decisions/${issued.decision.ref}` : ''))
  await placeHold(ctx, { hash: 'person:maija', addressHash: 'x' }, { space: 'luokka', start: at('2026-11-27T18:00'), end: at('2026-11-27T20:00') }, {
    space: 'luokka', date: '2026-11-27', from: '18:00', to: '20:00', applicant: 'private_person', purpose: 'hobby', people: '5',
    openToAll: 'yes', entryFee: 'no',
    title: text, responsibleName: text, responsiblePhone: '040 123 4567', payerName: text, payerAddress: text, associationName: text,
  })
  await writeToCity(ctx, { topic: 'idea', text, email: 'olli@example.org', page: '/spaces' }, null, 'fi')
  await makeBanner(ctx, kerttu!, { audience: 'everybody', level: 'danger', text: words, startsAt: now, endsAt: now + 3_600_000 })
  await issueToken(ctx, 'maija', text)
  await signInAs(ctx, maija!, { device: text })
  await invite(ctx, maija!, 'sulka', { email: 'olli@example.org', rights: 'books' })
  await askSignInLink(ctx, { email: 'olli@example.org', language: 'fi', returnTo: text })
  const [link] = await db.select().from(signInLinks)
  const subjects = [[olli!, 'person', ''], [maija!, 'association', 'sulka'], [kalle!, 'unit', 'koulu']] as const
  const feeds = await Promise.all(subjects.map(async ([person, kind, subjectId]) => {
    const made = await makeFeed(ctx, person, 'fi', { kind, subjectId })
    return made.ok ? `/calendars/f/${made.secret}.ics` : ''
  }))
  const other = (await db.select().from(associations)).find(({ registerNumber }) => registerNumber === '654321')!
  await renameAssociation(ctx, kerttu!, other.id, text)
  the.clock.set(now + 120_000)
  await queueDigests(ctx)
  await the.settle()

  const knock = await doorOf(the)
  const keys = Object.fromEntries(await Promise.all((['olli', 'maija', 'kalle', 'kerttu'] as const).map(async (one) => [one, await cookieOf(the, one)] as const)))
  const look = async (path: string, who?: Name): Promise<string> => {
    const { status, text } = await knock({ path, headers: who ? keys[who]! : {} })
    // Kept answers that no form takes lead back to their form.
    if (status > 303 && path !== '/nothing') throw new Error(`${path} is answered with ${status}`)
    return text
  }
  const pages: [string, Name?][] = [
    ['/'], ['/spaces'], ['/spaces?area=torkkelinmaki'], ['/spaces/ruokasali?week=2026-12-14'], ['/units/kallion-koulu'],
    ['/calendars?area=torkkelinmaki'], ['/about-data'], ['/nothing'], ['/rules?place=ruokasali'],
    ['/bookings', 'olli'], [`/bookings/${waiting}`, 'olli'], [`/bookings/${declined}`, 'olli'], [`/bookings/${granted}`, 'olli'],
    [`/bookings/${cancelled}`, 'olli'], [`/bookings/${granted}/move`, 'olli'],
    ['/associations', 'olli'], ['/me', 'maija'], ['/calendars', 'maija'], ['/associations', 'maija'], ['/associations/sulka', 'maija'],
    ['/bookings', 'maija'], ...documents.map((path): [string, Name] => [path, 'olli']), ...documents.map((path): [string, Name] => [path, 'kalle']),
    ['/bookings/new?space=luokka&date=2026-11-27&from=18:00&to=20:00', 'maija'],
    ['/bookings/new/details?space=luokka&date=2026-11-27&from=18:00&to=20:00', 'maija'],
    ['/bookings/new/check?space=luokka&date=2026-11-27&from=18:00&to=20:00', 'maija'],
    [`/bookings/new/details?space=ruokasali&date=2026-12-18&from=18:00&to=20:00&again=${granted}`, 'olli'],
    ['/bookings/new?space=ruokasali&date=2026-12-18&from=18:00&to=20:00&purpose=commercial', 'olli'],
    ['/me', 'olli'], [`/decisions/${onBan!.ref}`, 'olli'], ['/desk/bans', 'kalle'], [`/desk/bans/${ban}`, 'kalle'], [`/desk/requests/${waiting}/ban`, 'kalle'],
    ['/desk?date=2026-12-10', 'kalle'], ['/desk/requests', 'kalle'], [`/desk/requests/${waiting}`, 'kalle'],
    [`/desk/requests/${clubs}`, 'kalle'],
    [`/desk/requests/${granted}`, 'kerttu'], ['/desk/associations', 'kerttu'], [`/desk/associations/${other.id}`, 'kerttu'],
    ['/desk/associations/sulka', 'kerttu'], ['/desk/banners', 'kerttu'],
  ]
  const calendars: [string, Name?][] = [
    ['/calendars/spaces/ruokasali.ics'], ['/calendars/units/kallion-koulu.ics'], ['/calendars/areas/torkkelinmaki.ics?lang=sv'],
    ...feeds.map((path): [string] => [path]), [`/bookings/${granted}/booking.ics`, 'olli'],
  ]
  return { the, knock, keys, look, pages, calendars, refs: { waiting, declined, granted, cancelled }, link: link! }
}
