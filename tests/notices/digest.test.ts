import { eq } from 'drizzle-orm'
import { describe, expect, test } from 'vitest'
import { book } from '../../src/bookings/actions.ts'
import { approve } from '../../src/bookings/decision-actions.ts'
import { move } from '../../src/bookings/move-actions.ts'
import { digestDate } from '../../src/notices/digest.ts'
import { personById } from '../../src/people/store.ts'
import { memberships, persons, staffRoles } from '../../src/people/table.ts'
import { jobs } from '../../src/platform/jobs/table.ts'
import { yearCalendar } from '../../src/time/holidays.ts'
import { formIn, send } from '../bookings/form-reader.ts'
import { at, wishFor } from '../bookings/wishes.ts'
import type { Name } from '../support/cast.ts'
import { world, type World } from '../support/world.ts'

const person = async ({ ctx }: World, name: Name) => (await personById(ctx.db, name))!

async function asked(the: World, name: Name, day: string, { space = 'ruokasali', ...own }: { space?: string } & Parameters<typeof wishFor>[3] = {}) {
  const done = await book(the.ctx, await person(the, name), wishFor(space, `${day}T18:00`, `${day}T20:00`, { title: 'Salainen kyläjuhla', ...own }), { language: 'fi', muted: true })
  if (!done.ok) throw new Error(JSON.stringify(done.refusals))
  return done.booking
}

/** Sets the clock, lets the worker run, and says who has got how many mails so far. */
async function passed(the: World, time: string): Promise<Record<string, number>> {
  the.clock.set(time)
  await the.settle()
  await the.settle()
  const count: Record<string, number> = {}
  for (const { to } of the.mails()) count[to.split('@')[0]!] = (count[to.split('@')[0]!] ?? 0) + 1
  return count
}

describe('a working morning', () => {
  test('tells each manager, once, what came to their own units', async () => {
    const the = await world()
    const { ref } = await asked(the, 'olli', '2026-12-10')
    const elsewhere = await asked(the, 'olli', '2026-12-11', { space: 'nuorisosali' })
    expect(await passed(the, '2026-11-24T07:29:00+02:00')).toEqual({})
    expect(await passed(the, '2026-11-24T07:30:00+02:00')).toEqual({ kalle: 1, mona: 1 })
    for (const time of ['2026-11-24T07:31:00+02:00', '2026-11-24T12:00:00+02:00', '2026-11-24T23:59:00+02:00']) expect(await passed(the, time)).toEqual({ kalle: 1, mona: 1 })
    const mail = the.mails().find(({ to }) => to === 'kalle@example.org')!
    expect(mail.subject).toBe('1 uusi varauspyyntö odottaa päätöstäsi')
    const text = mail.text.replaceAll('\r\n', '\n')
    expect(text).toContain(`- ${ref}: Ruokasali, Kallion koulu, to 10.12. klo 18–20. Oma porukka tai ryhmä. Päätös viimeistään ma 30.11.\n  http://tilavuoro.test/desk/requests/${ref}`)
    expect(text).toContain('http://tilavuoro.test/desk/requests\n')
    expect(mail.html).toContain(`<a href="http://tilavuoro.test/desk/requests/${ref}">`)
    expect(mail.text).not.toContain(elsewhere.ref)
    expect(mail.text).toContain('http://tilavuoro.test/me')
  })

  test('says it in the manager’s language, and says no title, person or number', async () => {
    const the = await world()
    await asked(the, 'olli', '2026-12-10', { space: 'nuorisosali' })
    await passed(the, '2026-11-24T08:00:00+02:00')
    const [mail] = the.mails()
    expect(mail?.to).toBe('mona@example.org')
    expect(mail?.subject).toBe('1 ny bokningsförfrågan väntar på ditt beslut')
    expect(mail?.text).toContain('http://tilavuoro.test/sv/desk/requests/')
    for (const secret of ['Salainen', 'Olli', 'Maija', 'olli@', '040']) expect(mail?.raw + (mail?.text ?? '') + (mail?.html ?? '')).not.toContain(secret)
  })

  test('names the association that asks', async () => {
    const the = await world()
    const association = { kind: 'register_number', value: '123456' } as const
    await the.ctx.db.transaction((db) => db.delete(memberships).where(eq(memberships.personId, 'kalle')).returning())
    await asked(the, 'maija', '2026-12-10', { association, facts: { applicant: 'registered_association', purpose: 'meeting', people: 40 } })
    await passed(the, '2026-11-24T08:00:00+02:00')
    expect(the.mails().map(({ text }) => text).join()).toContain('klo 18–20. Kallion Sulka ry. Päätös')
  })

  test('leaves out what was decided meanwhile, and sends nothing when nothing waits', async () => {
    const the = await world()
    const first = await asked(the, 'olli', '2026-12-10')
    await approve(the.ctx, await person(the, 'kalle'), first.ref, { reason: null })
    expect(await passed(the, '2026-11-24T08:00:00+02:00')).toEqual({})
    await asked(the, 'olli', '2026-12-11')
    expect(await passed(the, '2026-11-24T12:00:00+02:00')).toEqual({})
    expect(await passed(the, '2026-11-25T08:00:00+02:00')).toEqual({ kalle: 1 })
  })

  test('tells a request as new once, and again each morning when it is late, the one due first on top', async () => {
    const the = await world()
    const first = await asked(the, 'olli', '2026-12-16')
    await passed(the, '2026-11-24T08:00:00+02:00')
    the.clock.set('2026-11-24T08:30:00+02:00')
    const second = await asked(the, 'olli', '2026-12-17')
    expect(await passed(the, '2026-11-25T07:30:00+02:00')).toEqual({ kalle: 2 })
    expect(await passed(the, '2026-11-26T07:30:00+02:00')).toEqual({ kalle: 2 })
    the.clock.set('2026-12-01T12:00:00+02:00')
    const third = await asked(the, 'maija', '2026-12-18')
    expect(await passed(the, '2026-12-02T07:30:00+02:00')).toEqual({ kalle: 3 })
    const last = the.mails().find(({ subject }) => subject.includes('myöhässä'))!
    expect(last.subject).toBe('3 varauspyyntöä odottaa päätöstäsi, myöhässä 2')
    expect([...last.text.matchAll(/^- (TV-\S+):/gm)].map(([, ref]) => ref)).toEqual([first.ref, second.ref, third.ref])
    expect(last.text).toContain('yhteensä 3 varauspyyntöä')
    expect(await passed(the, '2026-12-03T07:30:00+02:00')).toEqual({ kalle: 4 })
  })

  test('a request that is moved is news again', async () => {
    const the = await world()
    const { ref } = await asked(the, 'olli', '2026-12-16')
    await passed(the, '2026-11-24T08:00:00+02:00')
    the.clock.set('2026-11-24T09:00:00+02:00')
    const moved = await move(the.ctx, await person(the, 'olli'), ref, { start: at('2026-12-17T18:00'), end: at('2026-12-17T20:00') })
    expect(moved?.ok).toBe(true)
    await passed(the, '2026-11-25T08:00:00+02:00')
    const told = the.mails().filter(({ to, text }) => to === 'kalle@example.org' && text.includes(ref))
    expect(told.map(({ text }) => /klo 18–20/.test(text) && text.includes('17.12.'))).toContain(true)
    expect(told).toHaveLength(2)
  })

  test('does not remind anybody of their own or their association’s request', async () => {
    const the = await world()
    await asked(the, 'kalle', '2026-12-10')
    await asked(the, 'maija', '2026-12-11', { association: { kind: 'register_number', value: '123456' }, facts: { applicant: 'registered_association', purpose: 'meeting', people: 40 } })
    expect(await passed(the, '2026-11-24T08:00:00+02:00')).toEqual({})
  })
})

describe('whom and when', () => {
  test('neither caretakers nor coordinators are told, and a manager of a whole area is', async () => {
    const the = await world()
    await asked(the, 'olli', '2026-12-10')
    await the.ctx.db.transaction((db) => db.insert(staffRoles).values([
      { id: 'r8', personId: 'maija', role: 'caretaker', scopeKind: 'unit', scopeId: 'koulu' },
      { id: 'r9', personId: 'mona', role: 'manager', scopeKind: 'area', scopeId: 'keskinen' },
    ]).returning())
    expect(await passed(the, '2026-11-24T08:00:00+02:00')).toEqual({ kalle: 1, mona: 1 })
  })

  test('who turns it off gets none, and turned on again is told what came meanwhile', async () => {
    const the = await world()
    const kalle = await the.client('kalle')
    expect(formIn((await kalle.get('/me').expect(200)).text, '/me/digest')).toEqual({ digest: '1' })
    await kalle.post('/me/digest').type('form').send({}).expect(303)
    const off = await kalle.get('/me').expect(200)
    expect(formIn(off.text, '/me/digest')).toEqual({})
    await asked(the, 'olli', '2026-12-10')
    expect(await passed(the, '2026-11-24T08:00:00+02:00')).toEqual({})
    await send(kalle, off.text, '/me/digest', { digest: '1' }).expect(303)
    expect(await passed(the, '2026-11-25T08:00:00+02:00')).toEqual({ kalle: 1 })
  })

  test('a change of mind after half past seven counts too', async () => {
    const the = await world()
    await asked(the, 'olli', '2026-12-10')
    the.ctx.mailer.send = () => Promise.reject(new Error('the mail server is down'))
    expect(await passed(the, '2026-11-24T07:30:00+02:00')).toEqual({})
    await the.ctx.db.transaction((db) => db.update(persons).set({ digest: false }).where(eq(persons.id, 'kalle')).returning())
    the.ctx.mailer.send = () => Promise.reject(new Error('nobody is to be told'))
    await passed(the, '2026-11-24T08:30:00+02:00')
    expect((await the.ctx.db.select().from(jobs).where(eq(jobs.name, 'notices.digest'))).map(({ doneAt }) => doneAt !== null)).toEqual([true, true])
  })

  test('only managers find the switch, and only staff may turn it', async () => {
    const the = await world()
    for (const name of ['olli', 'kerttu'] as const) expect((await (await the.client(name)).get('/me')).text).not.toContain('/me/digest')
    await (await the.client('olli')).post('/me/digest').type('form').send({}).expect(403)
    expect(await person(the, 'olli')).toMatchObject({ digest: true })
  })

  test('a service that slept over the morning tells it the same day, and one that slept for days loses nothing', async () => {
    const the = await world()
    await asked(the, 'olli', '2026-12-16')
    expect(await passed(the, '2026-11-24T23:50:00+02:00')).toEqual({ kalle: 1 })
    the.clock.set('2026-11-25T09:00:00+02:00')
    await asked(the, 'olli', '2026-12-17')
    await the.ctx.db.transaction((db) => db.delete(jobs).where(eq(jobs.key, 'digest:kalle:2026-11-25')).returning())
    expect(await passed(the, '2026-11-29T12:00:00+02:00')).toEqual({ kalle: 1 })
    expect(await passed(the, '2026-11-30T07:30:00+02:00')).toEqual({ kalle: 2 })
  })

  test('weekends and holidays are quiet, and what came then is told on the next working day', async () => {
    const the = await world()
    the.clock.set('2026-12-18T16:00:00+02:00')
    await asked(the, 'olli', '2027-01-15', { space: 'nuorisosali' })
    for (const day of ['19', '20']) expect(await passed(the, `2026-12-${day}T09:00:00+02:00`)).toEqual({})
    expect(await passed(the, '2026-12-21T07:30:00+02:00')).toEqual({ mona: 1 })
    the.clock.set('2026-12-23T16:00:00+02:00')
    await asked(the, 'olli', '2027-01-16', { space: 'nuorisosali' })
    for (const day of ['24', '25', '26', '27']) expect(await passed(the, `2026-12-${day}T09:00:00+02:00`)).toEqual({ mona: 1 })
    expect(await passed(the, '2026-12-28T07:30:00+02:00')).toEqual({ mona: 2 })
  })

  test.each([
    ['before the autumn change', '2026-10-23', '+03:00'], ['after it', '2026-10-26', '+02:00'],
    ['before the spring change', '2027-03-24', '+02:00'], ['after it', '2027-03-30', '+03:00'],
  ])('%s it is half past seven by the clock on the wall (%s)', (_, date, offset) => {
    const calendar = yearCalendar([], [])
    expect(digestDate(Date.parse(`${date}T07:29:59${offset}`), calendar)).toBeNull()
    expect(digestDate(Date.parse(`${date}T07:30:00${offset}`), calendar)).toBe(date)
    expect(digestDate(Date.parse(`${date}T23:59:59${offset}`), calendar)).toBe(date)
  })

  test('over the autumn night one mail a working day', async () => {
    const the = await world()
    the.clock.set('2026-10-23T16:00:00+03:00')
    await asked(the, 'olli', '2026-11-12')
    for (const time of ['2026-10-25T03:30:00+03:00', '2026-10-25T03:30:00+02:00', '2026-10-26T07:29:00+02:00']) expect(await passed(the, time)).toEqual({})
    expect(await passed(the, '2026-10-26T07:30:00+02:00')).toEqual({ kalle: 1 })
    expect(await passed(the, '2026-10-26T08:30:00+02:00')).toEqual({ kalle: 1 })
  })

  test('over the spring night too', async () => {
    const the = await world()
    the.clock.set('2027-03-26T16:00:00+02:00')
    await asked(the, 'olli', '2027-04-15', { space: 'nuorisosali' })
    expect(await passed(the, '2027-03-28T12:00:00+03:00')).toEqual({})
    expect(await passed(the, '2027-03-29T07:29:00+03:00')).toEqual({})
    expect(await passed(the, '2027-03-29T07:30:00+03:00')).toEqual({ mona: 1 })
  })
})
