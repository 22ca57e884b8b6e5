import { createServer, request, Agent, type IncomingHttpHeaders } from 'node:http'
import type { AddressInfo } from 'node:net'
import { onTestFinished } from 'vitest'
import { bookings, holds, occupancies } from '../../src/bookings/table.ts'
import { signInAs } from '../../src/people/actions.ts'
import { personById } from '../../src/people/store.ts'
import { issueToken } from '../../src/people/user-actions.ts'
import type { Name } from '../support/cast.ts'
import type { World } from '../support/world.ts'

export type Route = { method: 'GET' | 'POST' | 'DELETE'; path: string; guard: string }
type Layer = {
  route?: { path: string; methods: Record<string, boolean>; stack: { handle: { guard?: string } }[] }
  handle: { stack?: Layer[] }
  slash: boolean
  match(path: string): boolean
}

const mounts = ['/api/v1', '/static']

/** Every route the service mounts, with the path a visitor would ask for. Throws on a mount it does not know. */
export function routesOf({ app }: World): Route[] {
  const walk = (layers: Layer[], at: string): Route[] => layers.flatMap((layer): Route[] => {
    if (layer.route) {
      const { path, methods, stack } = layer.route
      return Object.keys(methods).map((method) =>
        ({ method: method.toUpperCase() as Route['method'], path: at + path, guard: stack[0]?.handle.guard ?? 'none' }))
    }
    if (!layer.handle.stack) return []
    const mount = layer.slash ? '' : mounts.find((one) => layer.match(one))
    if (mount === undefined) throw new Error('a router is mounted at a place this walk does not know')
    return walk(layer.handle.stack, at + mount)
  })
  return walk((app as unknown as { router: { stack: Layer[] } }).router.stack, '')
}

export type Knock = { method?: string; path: string; headers?: Record<string, string>; body?: string | Buffer }
export type Reply = { status: number; headers: IncomingHttpHeaders; text: string }

/** A door to knock at with any bytes: paths are sent as they are, nothing is followed and no cookie is kept. */
export async function doorOf({ app }: World): Promise<(knock: Knock) => Promise<Reply>> {
  const server = createServer(app)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  const agent = new Agent({ keepAlive: true, maxSockets: 8 })
  onTestFinished(() => {
    agent.destroy()
    server.closeAllConnections()
    server.close()
  })
  return ({ method = 'GET', path, headers = {}, body = '' }) => new Promise((resolve, reject) => {
    const sent = { ...headers, ...(method === 'GET' ? {} : { 'content-length': String(Buffer.byteLength(body)) }) }
    const call = request({ host: '127.0.0.1', port, agent, method, path, headers: sent, maxHeaderSize: 1_000_000 }, (res) => {
      const chunks: Buffer[] = []
      res.on('data', (chunk: Buffer) => chunks.push(chunk))
      res.on('end', () => resolve({ status: res.statusCode ?? 0, headers: res.headers, text: Buffer.concat(chunks).toString() }))
    })
    call.on('error', reject)
    call.end(method === 'GET' ? undefined : body)
  })
}

/** The header of somebody signed in. */
export async function cookieOf({ ctx, cast }: World, name: Name): Promise<{ cookie: string }> {
  const person = await personById(ctx.db, cast[name])
  return { cookie: `sid=${await signInAs(ctx, person!, { device: 'test' })}` }
}

/** The header of a machine that acts for somebody. */
export async function tokenOf({ ctx, cast }: World, name: Name): Promise<{ authorization: string }> {
  return { authorization: `Bearer ${(await issueToken(ctx, cast[name], 'test')).token}` }
}

export const form = { 'content-type': 'application/x-www-form-urlencoded' }
export const json = { 'content-type': 'application/json' }

/** What is booked, kept and occupied: nothing of it may change when a request is refused. */
export const booked = async ({ ctx: { db } }: World) =>
  ({ bookings: await db.select().from(bookings), holds: await db.select().from(holds), occupancies: await db.select().from(occupancies) })
