import { knockAt, objectsOf } from './asking.ts'
import { routesOf, type Reply, type Route } from './knocking.ts'
import type { Knocker, Town } from './town.ts'

/** An answer and the page it is of: a mounted path, with the status when it is one of an error. */
export type Page = { where: string; asked: string; reply: Reply }

/** What pages are asked besides. */
const queries: Record<string, string[]> = {
  '/spaces': ['?date=2026-11-26&from=17:00&to=21:00', '?q=Julkinen'],
  '/spaces/:slug': ['?week=2026-11-23', '?week=2026-12-07', '?month=2026-12', '?at=2026-11-26T18:00&minutes=120', '?at=2026-12-07T19:00&applicant=company&people=20'],
  '/desk': ['?date=2026-11-26', '?date=2026-12-08', '?date=2026-12-16'],
  '/desk/requests': ['?unit=kallion-koulu', '?overdue=1'],
  '/desk/associations': ['?q=Seura', '?standing=declared'],
  '/api/v1/spaces/:slug/availability': ['?from=2026-11-23&to=2026-12-20'],
  '/api/v1/search': ['?date=2026-11-26'],
  '/calendars': ['?area=kallio'],
  '/sign-in': ['?return=/bookings'],
}
const slugs: Record<string, string[]> = {
  spaces: ['luokka', 'ruokasali', 'nuorisosali', 'keittio'], units: ['kallion-koulu', 'itiksen-nuorisotila'], areas: ['kallio', 'itainen'],
}

/** The secret in the address lets anybody in, so that these say nothing of who looks. */
const keyed = /\/calendars\/f\/|\/sign-in\/:token/

const bare = (address: string): string => (address.split(/[?#]/)[0] ?? '').replace(/^\/(sv|en)(?=\/|$)/, '') || '/'
const unescaped = (text: string): string => text.replaceAll('&amp;', '&').replaceAll('&#39;', "'").replaceAll('&quot;', '"')

/** Where a page of ours leads to, but for files. */
const linksIn = (html: string): string[] =>
  [...html.matchAll(/\s(?:href|hx-get)="(?:http:\/\/tilavuoro\.test)?(\/(?!\/)[^"#]*)/g)].map(([, link = '']) => unescaped(link))
    .filter((link) => !/^\/(static|(sv\/|en\/)?dev)\//.test(link))

/** The mounted GET routes with a way to tell which of them an address is. */
export function siteOf({ the }: Town) {
  const routes = routesOf(the).filter(({ method, path }) => method === 'GET' && !path.startsWith('/dev'))
  const known = routes.map(({ path }) => ({ path, is: new RegExp(`^${path.replaceAll('.', '\\.').replaceAll(/:\w+/g, '[^/]+')}$`) }))
  const pathOf = (address: string): string => known.find(({ is }) => is.test(bare(address)))?.path ?? 'nothing'
  /** The page that a form belongs to and is answered with. */
  const pageOf = ({ path }: Route): string => known.map((one) => one.path).filter((one) => path.startsWith(one)).sort((a, b) => b.length - a.length)[0]!
  return { routes, pathOf, pageOf }
}

export const whereOf = (path: string, { status }: Reply): string => (status < 400 || status === 409 || status === 422 ? path : `${path} ${status}`)

function seedsFor(town: Town, viewer: Knocker, routes: Route[]): string[] {
  const { things, refs, approved, document, lifted, draft, waiting } = town
  const asked = routes.filter(({ path }) => !keyed.test(path)).flatMap((route) => {
    const [, kind = ''] = /(\w+)\/:slug/.exec(route.path) ?? []
    const paths = objectsOf(route).map((object) => knockAt(town, route, viewer, object).path)
      .flatMap((path) => slugs[kind]?.map((slug) => path.replace(/(?<=(spaces|units|areas)\/)[\w-]+/, slug)) ?? [path])
    return paths.flatMap((path) => [path, ...(queries[route.path] ?? []).map((query) => path.replace(/\?.*|$/, query))])
  })
  const others = [things.olli, things.aino].flatMap(({ request, given, banned }) => [
    `/decisions/${banned}`,
    `/bookings/${given.ref}`, `/bookings/new?space=ruokasali&again=${request.ref}`,
    `/bookings/new/details?space=luokka&date=2026-12-22&from=18:00&to=20:00&again=${request.ref}`,
  ])
  const decided = [...Object.values(refs), approved].flatMap((ref) => [`/bookings/${ref}`, `/desk/requests/${ref}`, `/api/v1/bookings/${ref}`])
  return [...new Set([...asked, ...others, ...decided, `/decisions/${document}`, `/decisions/${lifted.document}`, `/desk/bans/${lifted.ban}`, `/desk/rules/${draft}/trials/${waiting}`, '/bookings/new/details?space=luokka&date=2026-11-27&from=18:00&to=20:00', '/nothing', '/%E0%A4%A'])]
}

/** One of each kind of knocker also asks for parts of pages, as htmx does, and reads the other languages. */
const thorough: readonly Knocker[] = ['anonymous', 'olli', 'kalle', 'kerttu']

/** Looks as one knocker at everything: every mounted page with everybody's things, and whatever links lead to, one address of each shape. */
export async function crawl(town: Town, viewer: Knocker): Promise<Page[]> {
  const { routes, pathOf } = siteOf(town)
  const seeds = seedsFor(town, viewer, routes)
  const [waiting, pages] = [[...seeds], [] as Page[]]
  const fieldsOf = (address: string): string => [...new URLSearchParams(address.split('?')[1]).keys()].sort().join()
  const shapeOf = (address: string): string => `${/^\/(sv|en)\b/.exec(address)?.[1] ?? ''} ${pathOf(address)} ${fieldsOf(address)}`
  const [shapes, met] = [new Set(seeds.map(shapeOf)), new Set<string>()]

  async function look(asked: string, more: Record<string, string>): Promise<void> {
    const reply = await town.knock({ path: asked, headers: { ...town.keyOf(viewer, asked), ...more } })
    pages.push({ where: whereOf(pathOf(asked), reply), asked, reply })
    const { location } = reply.headers
    for (const link of [...linksIn(reply.text), ...(location?.startsWith('/') ? [location] : [])]) {
      if (met.has(link)) continue
      met.add(link)
      if (shapes.has(shapeOf(link)) || (/^\/(sv|en)\b/.test(link) && !thorough.includes(viewer)) || keyed.test(pathOf(link))) continue
      shapes.add(shapeOf(link))
      waiting.push(link)
    }
  }
  for (const asked of thorough.includes(viewer) ? seeds : []) if (!/^\/api\/|\.ics|\.txt|\.xml|z$|\.ico/.test(asked)) await look(asked, { 'hx-request': 'true' })
  for (let asked = waiting.shift(); asked !== undefined; asked = waiting.shift()) await look(asked, {})
  return pages
}
