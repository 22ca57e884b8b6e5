import { expect, test } from 'vitest'
import { world } from '../support/world.ts'
import { knockAt, objectsOf, type Object } from './asking.ts'
import { routesOf, type Knock, type Route } from './knocking.ts'
import { matrix } from './matrix.ts'
import { remembered } from './state.ts'
import { town, who, type Knocker, type Town } from './town.ts'

const nameOf = ({ method, path }: Route, object: Object): string => `${method} ${path} ${object}`
const inApi = ({ path }: Route): boolean => path.startsWith('/api/')
const isLooking = ({ method }: Route): boolean => method === 'GET'

/** Knocks, says what came of it (`+` where something was written) and makes everything as it was. */
async function tried({ the, knock }: Town) {
  const { changed, restore } = await remembered(the)
  async function cell(one: Knock): Promise<string> {
    const { status } = await knock(one)
    if (one.method === 'GET' || !(await changed())) return String(status)
    await restore()
    return `${status}+`
  }
  return { changed, cell }
}

test('everybody gets at every mounted route, for every object, what the table says, and what is refused writes nothing', { timeout: 240_000 }, async () => {
  const here = await town()
  const { cell, changed } = await tried(here)
  const found: Record<string, string> = {}
  for (const route of routesOf(here.the)) {
    for (const object of objectsOf(route)) {
      const cells: string[] = []
      for (const [i, name] of who.entries()) cells.push(await cell(knockAt(here, route, name, object, 100 * Object.keys(found).length + i)))
      found[nameOf(route, object)] = cells.join(' ')
      if (isLooking(route)) expect(await changed(), nameOf(route, object)).toBe(false)
    }
  }
  expect(found).toEqual(matrix)
})

test('the table itself gives nothing to those it must not', () => {
  const cells = Object.entries(matrix).flatMap(([route, row]) => row.split(' ').map((cell, i) => ({ route, name: who[i]!, cell })))
  expect(cells.filter(({ cell }) => /^[45].*\+$/.test(cell))).toEqual([])
  // Olli is who `here` belongs to; nobody is Aino.
  const residents: Knocker[] = ['anonymous', 'maija']
  const keys = /calendars\/f|sign-in\/:token/
  const theirs = cells.filter(({ route, name }) => / (here|there)$/.test(route) && residents.includes(name) && !keys.test(route))
  expect(theirs.filter(({ cell }) => !/^(303|401|403|404)$/.test(cell))).toEqual([])
  const desk = cells.filter(({ route, name }) => route.includes(' /desk') && ['anonymous', 'olli', 'maija', 'bea', 'marko'].includes(name))
  expect(desk.filter(({ cell }) => !/^(303|403)$/.test(cell))).toEqual([])
})

test('a guard is open exactly where somebody without a name comes in, and production mounts nothing more', async () => {
  const here = await world()
  const routes = routesOf(here)
  const open = routes.filter(({ guard }) => guard === 'open' || guard === 'development')
  // An empty kept time can be let go of by anybody; without a session there is nothing to sign out of.
  const leads = ['POST /bookings/new', 'POST /bookings/new/release', 'POST /sign-in/:token', 'POST /sign-out', 'POST /dev/sign-in']
  const letsIn = (route: Route): boolean => objectsOf(route).some((object) => /^(200|404|503)/.test(matrix[nameOf(route, object)]!))
  expect(open.filter((route) => !letsIn(route)).map(({ method, path }) => `${method} ${path}`).sort()).toEqual(leads.sort())
  expect(routes.filter((route) => !open.includes(route) && letsIn(route))).toEqual([])
  const abroad = routesOf(await world({ env: { NODE_ENV: 'production' } }))
  expect(abroad).toEqual(routes.filter(({ guard }) => guard !== 'development'))
})

test('only machines bring tokens, only browsers bring sessions, and nobody brings made-up ones', { timeout: 240_000 }, async () => {
  const here = await town()
  const { cell, changed } = await tried(here)
  const { cookie, bearer } = here.things.kerttu
  const other = (route: Route): Record<string, string> => (inApi(route) ? { cookie } : { authorization: `Bearer ${bearer}` })
  const forged: Record<string, string>[] = [
    { cookie: 'sid=forged' }, { cookie: 'sid=' }, { authorization: 'Bearer forged' }, { authorization: 'Basic bWFpamE6' }, { 'x-forwarded-user': 'maija' },
    { cookie: `sid=${bearer}` }, { authorization: `Bearer ${cookie.slice(4)}` },
  ]
  const wrong: string[] = []
  for (const route of routesOf(here.the).filter(({ guard }) => guard !== 'open' && guard !== 'development')) {
    const object: Object = objectsOf(route).includes('here') ? 'here' : '-'
    const [nobodys] = matrix[nameOf(route, object)]!.split(' ')
    for (const headers of [other(route), ...forged]) {
      const knock = knockAt(here, route, 'anonymous', object)
      const got = await cell({ ...knock, headers: { ...knock.headers, ...headers } })
      if (got !== nobodys) wrong.push(`${nameOf(route, object)} ${JSON.stringify(headers)}: ${got}`)
    }
  }
  expect([wrong, await changed()]).toEqual([[], false])
})

test('what is somebody else’s answers as what is not there: same status, same words', async () => {
  const { knock, things, keyOf } = await town()
  const [theirs, nobodys] = [
    { ref: things.olli.request.ref, id: 'sulka', decision: things.olli.decision }, { ref: 'TV-AAAA-AAAA', id: 'nowhere', decision: 'TVP-AAAA-AAAA' },
  ]
  const own = ['/bookings/:ref', '/bookings/:ref/move', '/bookings/:ref/booking.ics', '/api/v1/bookings/:ref']
  const asked: [Knocker, string][] = [
    ...(['maija', 'bea', 'mona'] as const).flatMap((name) => own.map((path): [Knocker, string] => [name, path])),
    ...(['maija', 'bea', 'taru', 'mona'] as const).map((name): [Knocker, string] => [name, '/decisions/:decision']),
    ['mona', '/desk/requests/:ref'], ['olli', '/associations/:id'], ['maija', '/associations/:id'], ['kerttu', '/associations/:id'],
  ]
  for (const [name, path] of asked) {
    const [found, none] = await Promise.all([theirs, nobodys].map(async ({ ref, id, decision }) => {
      const { status, text } = await knock({ path: path.replace(':ref', ref).replace(':id', id).replace(':decision', decision), headers: keyOf(name, path) })
      return [name, path, status, text.replaceAll(ref, '·').replaceAll(id, '·').replaceAll(decision, '·').replaceAll(/[\w-]{36}/g, '·')]
    }))
    expect(found).toEqual(none)
    expect(found?.[2]).toBe(404)
  }
})
