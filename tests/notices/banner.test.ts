import { describe, expect, test } from 'vitest'
import { eventsOf } from '../../src/history/store.ts'
import { bannersFor, type Banner } from '../../src/notices/banner.ts'
import { changeBanner, endBanner, makeBanner } from '../../src/notices/banner-actions.ts'
import { banners } from '../../src/notices/table.ts'
import { personById } from '../../src/people/store.ts'
import { mayAnnounce, type StaffRole } from '../../src/people/roles.ts'
import { staffRoles } from '../../src/people/table.ts'
import { formIn, linksTo, send, wordsIn } from '../bookings/form-reader.ts'
import { world, type World } from '../support/world.ts'

const hour = 3_600_000
const at = (text: string): number => Date.parse(text)
const [nine, noon] = [at('2026-11-23T09:00:00+02:00'), at('2026-11-23T12:00:00+02:00')]
const text = { fi: 'Palvelu on kiinni yöllä.', sv: 'Tjänsten är stängd i natt.', en: 'The service is closed tonight.' }
const wish = { audience: 'everybody' as const, level: 'warning' as const, text, startsAt: nine, endsAt: noon }
const fields = {
  audience: 'everybody', level: 'warning', textFi: text.fi, textSv: text.sv, textEn: text.en,
  startDate: '2026-11-23', startTime: '09:00', endDate: '2026-11-23', endTime: '12:00',
}
const kerttu = async ({ ctx }: World) => (await personById(ctx.db, 'kerttu'))!
const kept = ({ ctx }: World) => ctx.db.select().from(banners)

/** What a page announces, in the order it is shown. */
const announced = (html: string): string[] =>
  [...(/<section class="banners[\s\S]*?<\/section>/.exec(html)?.[0] ?? '').matchAll(/<div class="ds-alert" data-color="(\w+)" role="(\w+)">([\s\S]*?)<\/div>/g)]
    .map(([, level, role, words = '']) => `${level} ${role} ${wordsIn(words).trim()}`)
const seenBy = async (the: World, path: string, name?: 'olli' | 'kalle' | 'kerttu') => announced((await (await the.client(name)).get(path)).text)

describe('who may announce', () => {
  const role = (role: StaffRole['role'], scopeKind: StaffRole['scopeKind']): StaffRole[] => [{ role, scopeKind, scopeId: '' }]
  test('is a coordinator or an admin of the whole city', () => {
    expect([[], role('caretaker', 'unit'), role('manager', 'area'), role('coordinator', 'area'), role('coordinator', 'city'), role('admin', 'city')].map(mayAnnounce))
      .toEqual([false, false, false, false, true, true])
  })

  const routes = [['get', '/desk/banners'], ['get', '/desk/banners/new'], ['post', '/desk/banners'], ['get', '/desk/banners/it'], ['post', '/desk/banners/it'], ['post', '/desk/banners/it/ending']] as const
  test.each(routes)('others are told no, and nothing changes: %s %s', async (method, path) => {
    const the = await world()
    const id = await makeBanner(the.ctx, await kerttu(the), wish)
    await the.ctx.db.transaction(async (db) => {
      await db.insert(staffRoles).values({ id: 'r9', personId: 'mona', role: 'coordinator', scopeKind: 'area', scopeId: 'kallio' }).returning()
    })
    const before = await kept(the)
    const statuses: number[] = []
    for (const name of [undefined, 'olli', 'kalle', 'mona'] as const) {
      const agent = await the.client(name)
      statuses.push((await (method === 'get' ? agent.get(path.replace('it', id)) : agent.post(path.replace('it', id)).type('form').send(fields))).status)
    }
    expect(statuses).toEqual([303, 403, 403, 403])
    expect(await kept(the)).toEqual(before)
    expect(linksTo((await (await the.client('kalle')).get('/desk')).text, 'Tiedotteet')).toEqual([])
  })
})

describe('a coordinator', () => {
  test('makes a banner, changes it and takes it down; each is on the next page at once, and in the ledger', async () => {
    const the = await world()
    const agent = await the.client('kerttu')
    expect(await seenBy(the, '/')).toEqual([])
    const [link] = linksTo((await agent.get('/desk')).text, 'Tiedotteet')
    const [make] = linksTo((await agent.get(link!)).text, 'Uusi tiedote')
    const form = (await agent.get(make!)).text
    expect(formIn(form, '/desk/banners')).toMatchObject({ audience: 'everybody', level: 'info', startDate: '2026-11-23', startTime: '09:00', endDate: '' })
    const done = await send(agent, form, '/desk/banners', fields)
    expect([done.status, done.headers['location']]).toEqual([303, '/desk/banners'])
    expect(await seenBy(the, '/')).toEqual(['warning status Huomaa: Palvelu on kiinni yöllä.'])
    expect(await seenBy(the, '/sv/spaces')).toEqual(['warning status Obs: Tjänsten är stängd i natt.'])
    expect(await seenBy(the, '/en/nothing')).toEqual(['warning status Please note: The service is closed tonight.'])
    expect(await seenBy(the, '/desk', 'kerttu')).toEqual(['warning status Huomaa: Palvelu on kiinni yöllä.'])

    const [{ id } = { id: '' }] = await kept(the)
    the.clock.set(nine + 1000)
    const edit = (await agent.get(`/desk/banners/${id}`)).text
    expect(formIn(edit, `/desk/banners/${id}`)).toEqual(fields)
    expect((await send(agent, edit, `/desk/banners/${id}`, { level: 'danger', textFi: 'Palvelu on kiinni.' })).status).toBe(303)
    expect(await seenBy(the, '/')).toEqual(['danger alert Tärkeää: Palvelu on kiinni.'])

    the.clock.set(nine + 2000)
    const list = (await agent.get('/desk/banners')).text
    expect((await send(agent, list, `/desk/banners/${id}/ending`)).status).toBe(303)
    expect(await seenBy(the, '/')).toEqual([])
    expect((await eventsOf(the.ctx.db, id)).map(({ actor, what }) => [actor, what]))
      .toEqual([['kerttu', 'banner.made'], ['kerttu', 'banner.changed'], ['kerttu', 'banner.ended']])
    // Pressed twice: still ended. What is over is history and cannot be changed.
    expect((await agent.post(`/desk/banners/${id}/ending`)).status).toBe(303)
    expect([(await agent.get(`/desk/banners/${id}`)).status, (await agent.post(`/desk/banners/${id}`).type('form').send(fields)).status]).toEqual([404, 404])
    expect((await agent.post('/desk/banners/none/ending')).status).toBe(404)
    expect(wordsIn((await agent.get('/desk/banners')).text)).toMatch(/Nyt näkyvissä Ei tiedotteita\. Tulossa Ei tiedotteita\. Menneet .*Palvelu on kiinni\./)
  })

  test('takes back one that has not started: it was never shown', async () => {
    const the = await world()
    const id = await makeBanner(the.ctx, await kerttu(the), { ...wish, startsAt: noon, endsAt: noon + hour })
    expect(await endBanner(the.ctx, await kerttu(the), id)).toBe(true)
    expect(await kept(the)).toMatchObject([{ startsAt: nine, endsAt: nine }])
    the.clock.set(noon)
    expect(await seenBy(the, '/')).toEqual([])
    expect(wordsIn((await (await the.client('kerttu')).get('/desk/banners')).text)).toContain('Ei ehtinyt näkyä')
    expect(await changeBanner(the.ctx, await kerttu(the), id, wish)).toBe(false)
  })

  test.each(['', '/sv', '/en'])('finds the pages in every language%s', async (prefix) => {
    const the = await world()
    const id = await makeBanner(the.ctx, await kerttu(the), wish)
    const agent = await the.client('kerttu')
    for (const path of ['/desk/banners', '/desk/banners/new', `/desk/banners/${id}`]) expect((await agent.get(`${prefix}${path}`)).status).toBe(200)
  })
})

describe('the form', () => {
  const faults = async (changes: Record<string, string>): Promise<(string | undefined)[]> => {
    const the = await world()
    const agent = await the.client('kerttu')
    const { status, text } = await send(agent, (await agent.get('/desk/banners/new')).text, '/desk/banners', { ...fields, ...changes })
    expect([status, await kept(the)]).toEqual([422, []])
    for (const [name, value] of Object.entries(changes)) if (name !== 'level' && name !== 'audience') expect(formIn(text, '/desk/banners')[name]).toBe(value)
    return [...text.matchAll(/<li><a href="#(\w+)">/g)].map(([, field]) => field)
  }

  test.each<[string[], Record<string, string>]>([
    [['textSv', 'textEn'], { textSv: ' ', textEn: '' }],
    [['textFi'], { textFi: 'x'.repeat(301) }],
    [['level'], { level: 'evil' }],
    [['audience'], { audience: '' }],
    [['startDate'], { startDate: '2026-02-30' }],
    [['endTime'], { endTime: '25:00' }],
    [['endTime'], { endTime: '09:00' }],
    [['endTime'], { startDate: '2026-11-20', endDate: '2026-11-22' }],
    // The spring night has no half past three, the autumn night has two.
    [['startTime'], { startDate: '2027-03-28', startTime: '03:30', endDate: '2027-03-29' }],
    [['endTime'], { endDate: '2027-10-31', endTime: '03:30' }],
    [['startTime', 'endTime'], { startDate: '2027-03-28', startTime: '03:00', endDate: '2027-10-31', endTime: '03:59' }],
  ])('refuses, naming the fields: %j', async (against, changes) => {
    expect(await faults(changes)).toEqual(against)
  })

  test('counts its hours on the wall: a night with 25 hours ends after one with the same clock', async () => {
    const the = await world()
    const agent = await the.client('kerttu')
    await send(agent, (await agent.get('/desk/banners/new')).text, '/desk/banners', { ...fields, startDate: '2027-10-30', startTime: '12:00', endDate: '2027-10-31', endTime: '24:00' })
    expect(await kept(the)).toMatchObject([{ startsAt: at('2027-10-30T12:00:00+03:00'), endsAt: at('2027-11-01T00:00:00+02:00') }])
  })

  test.each(['<b>Kiinni</b> & "auki"', '<script>alert(1)</script>', '<%= 7*7 %> {x} ${y}', "' onmouseover='x"])('shows markup as text: %s', async (said) => {
    const the = await world()
    const agent = await the.client('kerttu')
    await send(agent, (await agent.get('/desk/banners/new')).text, '/desk/banners', { ...fields, textFi: `a\r\n${said}` })
    expect(await seenBy(the, '/')).toEqual([`warning status Huomaa: a ${said}`])
    for (const path of ['/', '/desk/banners']) expect((await agent.get(path)).text).not.toMatch(/<b>Kiinni|<script>alert|' onmouseover='/)
  })
})

describe('a page announces', () => {
  const banner = (id: string, more: Partial<Banner>): Banner => ({ id, ...wish, ...more })
  test('what is on now for its reader, the gravest first', () => {
    const all = [
      banner('info', { level: 'info' }), banner('over', { endsAt: nine }), banner('later', { startsAt: nine + 1 }), banner('danger', { level: 'danger' }),
      banner('residents', { audience: 'residents' }), banner('staff', { audience: 'staff', startsAt: nine - hour }), banner('from now', { startsAt: nine }),
    ]
    const ids = (desk: boolean): string[] => bannersFor(all, { desk }, nine).map(({ id }) => id)
    expect(ids(false)).toEqual(['danger', 'residents', 'from now', 'info'])
    expect(ids(true)).toEqual(['danger', 'staff', 'from now', 'info'])
  })

  test('to residents and to staff what is theirs', async () => {
    const the = await world()
    for (const audience of ['everybody', 'residents', 'staff'] as const) {
      await makeBanner(the.ctx, await kerttu(the), { ...wish, audience, text: { ...text, fi: audience }, startsAt: nine })
    }
    const words = async (name?: 'olli' | 'kalle') => (await seenBy(the, '/spaces', name)).map((one) => one.split(' ').at(-1)).sort()
    expect([await words(), await words('olli'), await words('kalle')]).toEqual([['everybody', 'residents'], ['everybody', 'residents'], ['everybody', 'staff']])
  })

  test('from its first minute to its last, by the clock and not by the memory', async () => {
    const the = await world()
    await makeBanner(the.ctx, await kerttu(the), { ...wish, startsAt: nine + 10_000, endsAt: nine + 20_000 })
    const seen: number[] = []
    for (const ms of [0, 9_999, 10_000, 19_999, 20_000]) {
      the.clock.set(nine + ms)
      seen.push((await seenBy(the, '/')).length)
    }
    expect(seen).toEqual([0, 0, 1, 1, 0])
  })

  test('what another process set within 30 seconds, and asks the database no oftener', async () => {
    const the = await world()
    expect(await seenBy(the, '/')).toEqual([])
    await the.ctx.db.transaction(async (db) => {
      await db.insert(banners).values({ id: 'other', ...wish, madeById: 'kerttu', createdAt: nine }).returning()
    })
    const seen: number[] = []
    for (const seconds of [0, 29, 30]) {
      the.clock.set(nine + seconds * 1000)
      seen.push((await seenBy(the, '/')).length)
    }
    expect(seen).toEqual([0, 0, 1])
  })

  test('what it knew while the database does not answer', async () => {
    const the = await world()
    await makeBanner(the.ctx, await kerttu(the), wish)
    the.clock.set(nine + 31_000)
    const { select } = the.ctx.db
    let asked = 0
    the.ctx.db.select = (() => { asked++; throw new Error('away') }) as never
    expect(announced((await (await the.client()).get('/accessibility')).text)).toEqual(['warning status Huomaa: Palvelu on kiinni yöllä.'])
    the.ctx.db.select = select
    expect(asked).toBeGreaterThan(0)
  })
})
