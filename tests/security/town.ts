import { eq } from 'drizzle-orm'
import { writeToCity } from '../../src/about/actions.ts'
import { saveSearch } from '../../src/availability/saved-actions.ts'
import { searchSaid } from '../../src/availability/saved-search.ts'
import { savedOf } from '../../src/availability/saved-store.ts'
import { book } from '../../src/bookings/actions.ts'
import { approve, decline } from '../../src/bookings/decision-actions.ts'
import { bookedJson } from '../../src/bookings/booking-json.ts'
import { cancel } from '../../src/bookings/ending-actions.ts'
import { placeHold } from '../../src/bookings/hold-actions.ts'
import { ownBooking, type Booking } from '../../src/bookings/store.ts'
import { idempotentAnswers } from '../../src/bookings/table.ts'
import { makeFeed } from '../../src/calendars/address-actions.ts'
import { addressesOf } from '../../src/calendars/address-store.ts'
import { issueForWish, issueFromDesk, type Issued } from '../../src/decisions/actions.ts'
import { endBan, issueBan } from '../../src/decisions/ban-actions.ts'
import { banDocumentOf } from '../../src/decisions/ban-document-words-pages.ts'
import { documentOf } from '../../src/decisions/document-words-pages.ts'
import { decisionsOnBan } from '../../src/decisions/store.ts'
import { makeBanner } from '../../src/notices/banner-actions.ts'
import { restrict } from '../../src/spaces/restriction-actions.ts'
import { askSignInLink, signInAs, signInToken } from '../../src/people/actions.ts'
import { invitationToken, invite } from '../../src/people/invitation-actions.ts'
import { openInvitationsOf } from '../../src/people/invitation-store.ts'
import { personById } from '../../src/people/store.ts'
import { associations, invitations, memberships, persons, signInLinks, staffRoles } from '../../src/people/table.ts'
import type { Person } from '../../src/people/person.ts'
import { issueToken } from '../../src/people/user-actions.ts'
import { hashOf } from '../../src/platform/ids.ts'
import { markCatalogueChanged } from '../../src/spaces/store.ts'
import { spaces } from '../../src/spaces/table.ts'
import { runTrial, startTrial } from '../../src/trials/actions.ts'
import { at, wishFor } from '../bookings/wishes.ts'
import { adopted, drafted, ownWords } from '../rulebook/editions.ts'
import { world, type World } from '../support/world.ts'
import { doorOf, type Knock, type Reply } from './knocking.ts'

/**
 * Everybody who may knock. Olli books in Kalle's school, also for Kallion Sulka ry; Aino, who never knocks, in Mona's
 * youth centre, and manages Puisto ry. Heta belongs to every association; one member of Kallion Sulka ry has told no name.
 */
export const knockers = {
  anonymous: 'nobody signed in',
  olli: 'a resident, whose things the others try',
  maija: 'another resident',
  bea: 'books for Kallion Sulka ry',
  marko: 'manages Kallion Sulka ry',
  taru: 'caretaker of the school',
  kalle: 'manages the school',
  mona: 'manages the youth centre',
  kerttu: 'coordinator of the city',
  ada: 'admin',
} as const
export type Knocker = keyof typeof knockers
export const who = Object.keys(knockers) as Knocker[]
export const owners = ['olli', 'maija', 'bea', 'marko', 'taru', 'kalle', 'mona', 'kerttu', 'ada', 'aino'] as const
export type Owner = (typeof owners)[number]

/** Every private word says what it is and whose, so that a page that shows it tells on itself. */
export const mark = {
  name: (of: string) => `Nimi-${of}`,
  email: (of: string) => `posti-${of}@example.org`,
  phone: (of: string) => `040 555 01${number(of)}`,
  request: (of: string) => `Toive-${of}`,
  private: (of: string) => `Yksityinen-${of}`,
  public: (of: string) => `Julkinen-${of}`,
  cancelled: (of: string) => `Peruttu-${of}`,
  declined: (of: string) => `Torjuttu-${of}`,
  responsible: (of: string) => `Vastaava-${of}`,
  responsiblePhone: (of: string) => `050 777 02${number(of)}`,
  payer: (of: string) => `Maksaja-${of}`,
  payerAddress: (of: string) => `Laskukatu-${of}`,
  whyCancelled: (of: string) => `Perumissyy-${of}`,
  whyDeclined: (of: string) => `Torjumissyy-${of}`,
  whyApproved: (of: string) => `Puoltosyy-${of}`,
  whyStopped: (of: string) => `Keskeytyssyy-${of}`,
  held: (of: string) => `Pidetty-${of}`,
  device: (of: string) => `Laite-${of}`,
  program: (of: string) => `Ohjelma-${of}`,
  message: (of: string) => `Viesti-${of}`,
  answerTo: (of: string) => `vastaus-${of}@example.org`,
  club: (of: string) => `Seura-${of}`,
  called: (of: string) => `Kutsumanimi-${of}`,
  invited: (of: string) => `kutsu-${of}@example.org`,
  registerNumber: (of: string) => `9001${number(of)}`,
  businessId: (of: string) => `7001${number(of)}`,
  search: (of: string) => `Hakuni-${of}`,
  sought: (of: string) => `Etsitty-${of}`,
  whyBanned: (of: string) => `Kieltosyy-${of}`,
  heard: (of: string) => `Kuultu-${of}`,
  whyLifted: (of: string) => `Purkusyy-${of}`,
  drafted: (of: string) => `Luonnossana-${of}`,
}
/** Whose marks end in a number: the first one's in 10. */
export const numbered: readonly string[] = [...owners, 'sulka', 'puisto', 'heta', 'nimeton']
const number = (of: string): string => String(10 + numbered.indexOf(of))

/** What somebody has: each thing by what names it in an address. */
export type Things = {
  request: Booking
  given: Booking
  cookie: string
  bearer: string
  session: string
  token: string
  address: string
  feed: string
  link: string
  club: string
  invitation: string
  invited: string
  search: string
  /** A decision in writing on a wish that the rules refuse; Olli's for Kallion Sulka ry. */
  decision: string
  /** A ban to come, and its document. Kerttu banned everybody but herself, whom Ada did. */
  ban: string
  banned: string
}
export type Town = {
  the: World
  knock: (knock: Knock) => Promise<Reply>
  things: Record<Owner, Things>
  /** The other things of Olli's: bookings of every kind, by reference. */
  refs: Record<'public' | 'cancelled' | 'declined' | 'stopped', string>
  /** Maija's booking that Kalle approved with a word. */
  approved: string
  /** A decision that Kalle has issued to Olli: why he declined. */
  document: string
  /** Another ban of Olli's, lifted by Kerttu, with the document that says so. */
  lifted: { ban: string; document: string }
  sulka: { invitation: string; feed: string }
  /** Feeds of the school and of the youth centre for their staff. */
  staffFeeds: string[]
  banner: string
  /** A limit on the school's classroom that is decided for later. */
  restriction: string
  /** A draft of the rule book, with a trial of it that is done and one that waits. */
  draft: string
  trial: string
  waiting: string
  /** An adopted edition whose day has not come. */
  coming: string
  /** What lets somebody in: a session on pages, a token on the API. */
  keyOf(name: Knocker, path: string): Record<string, string>
}

async function peopled({ ctx }: World): Promise<void> {
  const { db, clock } = ctx
  const createdAt = clock.now()
  await db.transaction(async (db) => {
    const newcomers = ['bea', 'marko', 'taru', 'ada', 'aino', 'heta', 'nimeton'].map((id) => ({ id, email: id, name: id, language: 'fi' as const, createdAt }))
    await db.insert(persons).values(newcomers).returning()
    for (const id of [...owners, 'heta', 'nimeton']) {
      const name = id === 'nimeton' ? '' : mark.name(id)
      await db.update(persons).set({ email: mark.email(id), name, phone: mark.phone(id) }).where(eq(persons.id, id)).returning()
    }
    await db.insert(staffRoles).values([
      { id: 'r4', personId: 'taru', role: 'caretaker', scopeKind: 'unit', scopeId: 'koulu' },
      { id: 'r5', personId: 'ada', role: 'admin', scopeKind: 'city', scopeId: '' },
    ]).returning()
    await db.delete(memberships)
    const known = { name: mark.club('sulka'), registerNumber: mark.registerNumber('sulka'), verifiedById: 'kerttu' }
    await db.update(associations).set(known).where(eq(associations.id, 'sulka')).returning()
    const clubs = ['puisto', ...owners]
    // Kerttu's own is in the trade register instead.
    const numberOf = (id: string) => (id === 'kerttu' ? { businessId: mark.businessId(id) } : { registerNumber: mark.registerNumber(id) })
    await db.insert(associations).values(clubs.map((id) => ({ id, name: mark.club(id), ...numberOf(id), createdAt }))).returning()
    const member = (associationId: string, personId: string, rights: 'books' | 'manages') => ({ associationId, personId, rights, createdAt, confirmedAt: createdAt })
    await db.insert(memberships).values([
      member('sulka', 'bea', 'books'), member('sulka', 'marko', 'manages'), member('sulka', 'nimeton', 'books'),
      member('puisto', 'aino', 'manages'),
      ...owners.map((id) => member(id, id, 'manages')), ...['sulka', ...clubs].map((id) => member(id, 'heta', 'books')),
    ]).returning()
  })
}

/** Sends nobody anything: an invitation as it lies in the table, with the secret that its mail would carry. */
async function invited({ ctx }: World, id: string, associationId: string, invitedById: string, email: string): Promise<{ id: string; secret: string }> {
  const secret = invitationToken(ctx.config.sessionSecret, id)
  const now = ctx.clock.now()
  await ctx.db.transaction((db) => db.insert(invitations).values({
    id, tokenHash: hashOf(secret), associationId, email, rights: 'books', invitedById, createdAt: now, expiresAt: now + 86_400_000,
  }).returning())
  return { id, secret }
}

function issued(done: Issued | null): string {
  if (!done?.ok) throw new Error(`no decision: ${JSON.stringify(done)}`)
  return done.decision.ref
}

/** A town in which everybody has one of everything, under words that are found again. With `log` its log goes there. */
export async function town(options: { log?: string[] } = {}): Promise<Town> {
  const the = await world(options)
  const { ctx } = the
  await peopled(the)
  // Kitchens are left to staff; here somebody books the youth centre without being asked.
  await ctx.db.transaction(async (db) => {
    await db.update(spaces).set({ kind: 'studio' }).where(eq(spaces.id, 'keittio')).returning()
    await markCatalogueChanged(db)
  })
  const persona = async (id: string): Promise<Person> => (await personById(ctx.db, id))!
  const booked = async (of: Owner, space: string, day: string, own: Parameters<typeof wishFor>[3]): Promise<Booking> => {
    const responsible = { name: mark.responsible(of), phone: mark.responsiblePhone(of) }
    const wish = wishFor(space, `2026-${day}T18:00`, `2026-${day}T20:00`, { responsible, ...own })
    const done = await book(ctx, await persona(of), wish, { language: 'fi' })
    if (!done.ok) throw new Error(`${of} gets no ${space} on ${day}: ${JSON.stringify(done.refusals)}`)
    return done.booking
  }
  const feedOf = async (of: Owner, kind: 'person' | 'association' | 'unit' = 'person', subjectId = ''): Promise<string> => {
    const made = await makeFeed(ctx, await persona(of), 'fi', { kind, subjectId })
    if (!made.ok) throw new Error(`${of} gets no feed of ${kind} ${subjectId}`)
    return made.secret
  }

  /** A request that somebody pays for, in the school's canteen or the youth centre's hall, and a booking that nobody needed to approve. */
  async function equipped(of: Owner, i: number): Promise<Things> {
    const day = String(7 + i).padStart(2, '0')
    const [hall, room] = of === 'aino' ? ['nuorisosali', 'keittio'] : ['ruokasali', 'luokka']
    const payer = { name: mark.payer(of), address: mark.payerAddress(of) }
    const sulka = of === 'olli' ? { association: { kind: 'register_number' as const, value: mark.registerNumber('sulka'), name: mark.called(of) } } : {}
    const paid = of === 'olli'
      ? { applicant: 'registered_association' as const, purpose: 'commercial' as const }
      : { applicant: 'private_person' as const, purpose: 'private_party' as const }
    const request = await booked(of, hall, `12-${day}`, { title: mark.request(of), public: true, payer, ...sulka, facts: { ...paid, people: 20, openToAll: false } })
    const given = await booked(of, room, `12-${day}`, { title: mark.private(of), ...(of === 'aino' ? { payer } : {}) })
    const session = await signInAs(ctx, await persona(of), { device: mark.device(of) })
    const token = await issueToken(ctx, of, mark.program(of))
    const feed = await feedOf(of)
    const [address] = await addressesOf(ctx.db, of)
    await askSignInLink(ctx, { email: mark.email(of), language: 'fi', returnTo: '/bookings' })
    const link = (await ctx.db.select().from(signInLinks).where(eq(signInLinks.email, mark.email(of))))[0]!
    const open = await invited(the, `invitation-of-${of}`, of, of, mark.invited(of))
    const toThem = await invited(the, `invitation-to-${of}`, 'puisto', 'aino', mark.email(of))
    await saveSearch(ctx, await persona(of), searchSaid('people=9&access=wheelchair&date=2026-11-26&from=18:00&to=20:00', ctx.clock.now())!, mark.search(of))
    const [search] = await savedOf(ctx.db, of)
    await saveSearch(ctx, await persona(of), searchSaid(`q=${mark.sought(of)}`, ctx.clock.now())!, `${mark.search(of)} 2`)
    const crowd = wishFor(room, `2026-12-${day}T18:00`, `2026-12-${day}T20:00`, { ...sulka, facts: { people: 300, ...(of === 'olli' ? { applicant: 'registered_association' } : {}) } })
    const decision = issued(await issueForWish(ctx, await persona(of), crowd, { tell: documentOf, holdOwner: null }))
    const ban = await issueBan(ctx, await persona(of === 'kerttu' ? 'ada' : 'kerttu'), request.ref, {
      whose: 'person', where: 'unit', from: '2026-12-23', to: '2026-12-31', reason: mark.whyBanned(of), heardOn: '2026-11-20', hearing: mark.heard(of),
    }, banDocumentOf)
    if (!ban?.ok) throw new Error(`no ban: ${JSON.stringify(ban)}`)
    const [banned] = await decisionsOnBan(ctx.db, ban.ban.id)
    return {
      ban: ban.ban.id, banned: banned!.ref, request, given, cookie: `sid=${await signInAs(ctx, await persona(of), { device: mark.device(of) })}`, bearer: token.token,
      session: hashOf(session), token: token.id,
      address: address!.id, feed, link: signInToken(ctx.config.sessionSecret, link.id), club: of, invitation: open.id,
      invited: toThem.secret, search: search!.id, decision,
    }
  }

  /** Aino's program once booked this, and would get the same answer again. */
  const keptAnswerOf = (booking: Booking): Promise<unknown> => ctx.db.transaction((db) => db.insert(idempotentAnswers).values({
    personId: booking.personId, key: 'kept', bodyHash: hashOf('kept'), status: 201, answer: bookedJson(booking, ctx.config.baseUrl), createdAt: ctx.clock.now(),
  }).returning())

  const things = {} as Record<Owner, Things>
  for (const [i, of] of owners.entries()) things[of] = await equipped(of, i)
  const [olli, kalle] = [await persona('olli'), await persona('kalle')]
  const over = await booked('olli', 'luokka', '11-25', { title: mark.cancelled('olli') })
  await cancel(ctx, (db) => ownBooking(db, 'olli', over.ref), { person: olli, mover: 'owner', reason: mark.whyCancelled('olli') })
  const no = await booked('olli', 'ruokasali', '12-20', { title: mark.declined('olli'), public: true })
  await decline(ctx, kalle, no.ref, mark.whyDeclined('olli'))
  const document = issued(await issueFromDesk(ctx, kalle, no.ref, { tell: documentOf }))
  const stopped = await booked('olli', 'luokka', '11-30', { title: mark.private('olli') })
  await cancel(ctx, (db) => ownBooking(db, 'olli', stopped.ref), { person: kalle, mover: 'official', reason: mark.whyStopped('olli') })
  const approved = await booked('maija', 'ruokasali', '12-21', { title: mark.private('maija') })
  if (!(await approve(ctx, kalle, approved.ref, { reason: mark.whyApproved('maija') }))?.ok) throw new Error('Kalle approves nothing')
  const kerttu = await persona('kerttu')
  const ban = await issueBan(ctx, kerttu, things.olli.request.ref, {
    whose: 'person', where: 'unit', from: '2026-12-10', to: '2026-12-20', reason: mark.whyBanned('olli'), heardOn: null, hearing: mark.heard('olli'),
  }, banDocumentOf)
  if (!ban?.ok) throw new Error(`no ban to lift: ${JSON.stringify(ban)}`)
  await endBan(ctx, kerttu, ban.ban.id, mark.whyLifted('olli'), banDocumentOf)
  const lifting = (await decisionsOnBan(ctx.db, ban.ban.id)).find(({ kind }) => kind === 'ban_lifting')!
  const shown = await booked('olli', 'luokka', '11-26', { title: mark.public('olli'), public: true })
  await placeHold(ctx, { hash: 'person:olli', addressHash: 'x' }, { space: 'luokka', start: at('2026-11-27T18:00'), end: at('2026-11-27T20:00') }, {
    space: 'luokka', date: '2026-11-27', from: '18:00', to: '20:00', title: mark.held('olli'), responsibleName: mark.responsible('olli'),
    responsiblePhone: mark.responsiblePhone('olli'),
  })
  await writeToCity(ctx, { topic: 'question', text: mark.message('olli'), email: mark.answerTo('olli'), page: null }, null, 'fi')
  await invite(ctx, await persona('marko'), 'sulka', { email: mark.invited('sulka'), rights: 'books' })
  const [open] = await openInvitationsOf(ctx.db, 'sulka', ctx.clock.now())
  const sulka = { invitation: open!.id, feed: await feedOf('marko', 'association', 'sulka') }
  await invited(the, 'invitation-of-puisto', 'puisto', 'aino', mark.invited('puisto'))
  const words = { fi: 'Huolto yöllä', sv: 'Service i natt', en: 'Maintenance tonight' }
  const now = ctx.clock.now()
  const banner = await makeBanner(ctx, await persona('kerttu'), { audience: 'everybody', level: 'info', text: words, startsAt: now, endsAt: now + 3_600_000 })
  const restriction = await restrict(ctx, kerttu.id, {
    unitId: 'koulu', spaceId: 'luokka', effect: 'by_staff', what: words, reason: words, validFrom: '2030-01-01', validTo: '2030-12-31', decision: { number: 'HEL 5', date: '2026-11-20', body: words },
  })
  const draft = 'luonnos'
  await drafted(the, draft, { ...ownWords(draft), name: Object.fromEntries(['fi', 'sv', 'en', 'plain'].map((tongue) => [tongue, mark.drafted('kerttu')])) })
  const coming = await drafted(the, 'tulossa')
  await adopted(the, coming, { validFrom: '2030-01-01' })
  await keptAnswerOf(things.aino.given)
  const [done, waits] = [await startTrial(ctx, kerttu, { id: draft, revision: 0 }), await startTrial(ctx, kerttu, { id: draft, revision: 0 })]
  await runTrial(ctx, { editionId: draft, trialId: done!.id })
  const [trial, waiting] = [done!.id, waits!.id]
  return {
    the, things, document, lifted: { ban: ban.ban.id, document: lifting.ref }, sulka, banner, restriction, draft, coming, trial, waiting, knock: await doorOf(the),
    refs: { public: shown.ref, cancelled: over.ref, declined: no.ref, stopped: stopped.ref }, approved: approved.ref,
    staffFeeds: [await feedOf('taru', 'unit', 'koulu'), await feedOf('mona', 'unit', 'nuoriso')],
    keyOf(name, path): Record<string, string> {
      if (name === 'anonymous') return {}
      const { cookie, bearer } = things[name]
      return path.startsWith('/api/') ? { authorization: `Bearer ${bearer}` } : { cookie }
    },
  }
}
