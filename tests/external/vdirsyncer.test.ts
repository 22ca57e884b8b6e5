import { execFileSync } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest'
import { startService, until, type Service } from '../support/service.ts'

let service: Service
beforeAll(async () => {
  service = await startService()
  await until(async () => ((await fetch(`${service.address}/readyz`)).ok ? true : undefined))
})
afterAll(() => service?.stop())

const email = 'kalenterin.lukija@example.org'

/** Signs in by the mailed link, as a browser would, and returns the session's cookie. */
async function signedIn(): Promise<string> {
  const post = (to: string, fields: Record<string, string>) =>
    fetch(service.address + to, { method: 'POST', body: new URLSearchParams(fields), redirect: 'manual', headers: { 'Sec-Fetch-Site': 'same-origin' } })
  await post('/sign-in', { email })
  const mail = await until(() => service.mails().find(({ to }) => to.includes(email)))
  const { pathname } = new URL(/https?:\/\/\S+\/sign-in\/\S+/.exec(mail.text)?.[0] ?? '')
  const answer = await post(pathname, {})
  return /sid=[^;]+/.exec(answer.headers.get('set-cookie') ?? '')?.[0] ?? ''
}

/** A program that books for the same person, with a token made on the command line. */
function machine() {
  const token = execFileSync(process.execPath, [
    'dist/src/cli/index.js', 'user', 'add', '--email', email, '--name', 'Kalenterin Lukija', '--role', 'resident', '--token',
  ], { encoding: 'utf8', env: { PATH: process.env['PATH'], DATA_DIR: service.dataDir } }).trim()
  return async (method: string, to: string, body?: object) => {
    const answer = await fetch(`${service.address}/api/v1${to}`, {
      method,
      // Other programs run for seconds in between, in which this one cannot hear that an idle connection was closed.
      headers: { 'Connection': 'close', 'Authorization': `Bearer ${token}`, 'Content-Type': 'application/json', 'Idempotency-Key': randomUUID() },
      ...(body && { body: JSON.stringify(body) }),
    })
    const said: unknown = await answer.json()
    if (!answer.ok) throw new Error(`${method} ${to}: ${answer.status} ${JSON.stringify(said)}`)
    return said
  }
}

/** A calendar program of its own: vdirsyncer fetches the address into a folder, khal reads the folder. */
function reader(address: string) {
  const folder = mkdtempSync(path.join(tmpdir(), 'tilavuoro-vdir-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  const events = path.join(folder, 'events')
  mkdirSync(events)
  const [syncing, listing] = [path.join(folder, 'vdirsyncer.conf'), path.join(folder, 'khal.conf')]
  writeFileSync(syncing, `[general]
status_path = "${folder}/status"
[pair feed]
a = "there"
b = "here"
collections = null
[storage there]
type = "http"
url = "${address}"
[storage here]
type = "filesystem"
path = "${events}"
fileext = ".ics"
`)
  writeFileSync(listing, `[calendars]
[[feed]]
path = ${events}
readonly = True
[sqlite]
path = ${folder}/khal.db
[locale]
local_timezone = Europe/Helsinki
default_timezone = Europe/Helsinki
timeformat = %H:%M
dateformat = %d.%m.
longdateformat = %d.%m.%Y
datetimeformat = %d.%m. %H:%M
longdatetimeformat = %d.%m.%Y %H:%M
`)
  const env = { PATH: '/usr/bin:/bin', HOME: folder, XDG_CONFIG_HOME: folder, XDG_DATA_HOME: folder, TZ: 'Europe/Helsinki', LC_ALL: 'C.UTF-8', VDIRSYNCER_CONFIG: syncing }
  const run = (program: string, ...args: string[]): string => execFileSync(`/usr/bin/${program}`, args, { encoding: 'utf8', env, stdio: ['ignore', 'pipe', 'pipe'] })
  run('vdirsyncer', 'discover')
  return {
    sync: () => run('vdirsyncer', 'sync'),
    /** What stands in the calendar, a line an event. */
    listed: (from: string, to: string): string[] => run('khal', '-c', listing, 'list', '--day-format', '', '--format', '{start-long-full}–{end-time} {cancelled}{title}', from, to)
      .split('\n').filter((one) => one.trim() !== ''),
    files: () => readdirSync(events).filter((name) => name.endsWith('.ics')),
  }
}

type Found = { items: { space: { slug: string; name: { fi: string } }; first: { start: string } }[] }
const hour = 3_600_000
const iso = (at: number): string => new Date(at).toISOString()
const clock = (at: number): string => new Intl.DateTimeFormat('fi-FI', { timeZone: 'Europe/Helsinki', hour: '2-digit', minute: '2-digit' }).format(at).replace('.', ':')
const week = ['23.11.2026', '30.11.2026'] as const

test('vdirsyncer and khal see a booking added, moved and cancelled, in the person’s own feed and in the area’s', async () => {
  const call = machine()
  const made = await fetch(`${service.address}/calendars/own`, { method: 'POST', headers: { 'Cookie': await signedIn(), 'Sec-Fetch-Site': 'same-origin' } })
  const secret = /\/calendars\/f\/[\w-]{32}\.ics/.exec(await made.text())?.[0] ?? ''
  const own = reader(service.address + secret)
  own.sync()
  expect(own.listed(...week)).toEqual([])

  const { items } = (await call('GET', '/search?date=2026-11-26&from=17:00&to=21:00&minutes=180&people=8&kind=classroom&area=kallio')) as Found
  const [{ space, first }] = items as [Found['items'][number]]
  const start = Date.parse(first.start)
  const line = (at: number, title: string): string => `26.11.2026 ${clock(at)}–${clock(at + hour)} ${title}`
  const booking = await call('POST', '/bookings', {
    space: space.slug, start: iso(start), end: iso(start + hour), applicant: 'unregistered_group', purpose: 'hobby', people: 8, openToAll: true, entryFee: false,
    title: 'Äänikirjapiiri; kaikille', public: false, responsible: { name: 'Kalenterin Lukija', phone: '040 123 4567' }, acceptTerms: true,
  }) as { ref: string; state: string }
  expect(booking.state).toBe('confirmed')
  own.sync()
  expect(own.listed(...week)).toEqual([line(start, 'Äänikirjapiiri; kaikille')])
  expect(own.files()).toHaveLength(1)

  const area = reader(`${service.address}/calendars/areas/kallio.ics`)
  area.sync()
  expect(area.listed(...week)).toContain(line(start, 'Varattu'))
  expect(area.listed(...week).join()).not.toContain('Äänikirjapiiri')
  const others = area.listed(...week).filter((one) => one === line(start, 'Varattu')).length - 1

  await call('POST', `/bookings/${booking.ref}/move`, { start: iso(start + 2 * hour), end: iso(start + 3 * hour) })
  own.sync()
  area.sync()
  expect(own.listed(...week)).toEqual([line(start + 2 * hour, 'Äänikirjapiiri; kaikille')])
  expect(own.files()).toHaveLength(1)
  expect(area.listed(...week).filter((one) => one === line(start, 'Varattu'))).toHaveLength(others)
  expect(area.listed(...week)).toContain(line(start + 2 * hour, 'Varattu'))

  await call('DELETE', `/bookings/${booking.ref}`, { reason: 'Sairastuin' })
  own.sync()
  area.sync()
  expect(own.listed(...week)).toEqual([line(start + 2 * hour, 'CANCELLED Peruttu: Äänikirjapiiri; kaikille')])
  expect(area.listed(...week)).toContain(line(start + 2 * hour, 'CANCELLED Peruttu'))
})
