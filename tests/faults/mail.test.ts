import { eq } from 'drizzle-orm'
import { describe, expect, test, vi } from 'vitest'
import { book } from '../../src/bookings/actions.ts'
import { personById } from '../../src/people/store.ts'
import { jobs as jobsCommand } from '../../src/cli/jobs.ts'
import { troubled, waiting } from '../../src/platform/jobs/queue.ts'
import { jobs } from '../../src/platform/jobs/table.ts'
import { wishFor } from '../bookings/wishes.ts'
import type { Name } from '../support/cast.ts'
import { idsOf, mailServer } from '../support/mail-server.ts'
import { world, type World } from '../support/world.ts'

const minute = 60_000

/** A free evening for somebody, which is told by one mail. */
async function booked(the: World, name: Name, day: string): Promise<void> {
  const done = await book(the.ctx, (await personById(the.ctx.db, name))!, wishFor('luokka', `2026-11-${day}T18:00`, `2026-11-${day}T19:00`), { language: 'fi' })
  if (!done.ok) throw new Error(JSON.stringify(done.refusals))
}
const notices = ({ ctx }: World) => ctx.db.select().from(jobs).where(eq(jobs.name, 'notices.booking'))
const gauges = async (the: World): Promise<Record<string, number>> => {
  const { text } = await (await the.client()).get('/metrics').expect(200)
  return Object.fromEntries([...text.matchAll(/^tilavuoro_(jobs_\w+) (\d+)$/gm)].map(([, name = '', value]) => [name, Number(value)]))
}
/** What the command `jobs` says. */
async function said(the: World, ...words: string[]): Promise<string> {
  let text = ''
  const write = vi.spyOn(process.stdout, 'write').mockImplementation((part) => {
    text += String(part)
    return true
  })
  try {
    await jobsCommand(the.ctx, words)
  } finally {
    write.mockRestore()
  }
  return text
}
const later = (the: World, minutes: number): void => the.clock.set(the.clock.now() + minutes * minute)

/** A place where nobody answers: the port of a server that is no more. */
async function downAt(): Promise<{ url: string; port: number }> {
  const server = await mailServer()
  await server.close()
  return server
}

describe('while the mail server is down', () => {
  test('mails wait with growing pauses where the gauges show them, and go out once when it is back', async () => {
    const { url, port } = await downAt()
    const the = await world({ env: { SMTP_URL: url } })
    for (const day of ['24', '25', '26']) await booked(the, 'olli', day)
    const pauses: number[] = []
    for (let i = 0; i < 6; i++) {
      await the.settle()
      const [next] = (await notices(the)).map(({ runAt }) => runAt).sort((a, b) => a - b)
      pauses.push(Math.round((next! - the.clock.now()) / 1000))
      expect(await gauges(the)).toEqual({ jobs_waiting: 3, jobs_failing: 3, jobs_unclear: 0 })
      the.clock.set(next!)
    }
    expect(pauses).toEqual([30, 60, 120, 240, 480, 960])
    expect((await notices(the)).map(({ lastError }) => lastError)).toEqual(Array.from({ length: 3 }, () => expect.stringContaining('ECONNREFUSED')))

    const back = await mailServer({ port })
    await the.settle()
    later(the, 60)
    await the.settle()
    expect(idsOf(back.taken).sort()).toEqual((await notices(the)).map(({ id }) => id).sort())
    expect(await gauges(the)).toEqual({ jobs_waiting: 0, jobs_failing: 0, jobs_unclear: 0 })
  })

  test('the pause stops growing at an hour', async () => {
    const the = await world({ env: { SMTP_URL: (await downAt()).url } })
    await booked(the, 'olli', '24')
    for (let i = 0; i < 14; i++) {
      await the.settle()
      const [{ runAt } = { runAt: 0 }] = await notices(the)
      expect(runAt - the.clock.now()).toBeLessThanOrEqual(60 * minute)
      the.clock.set(runAt)
    }
    expect(await notices(the)).toMatchObject([{ attempts: 14, doneAt: null }])
  })
})

test('an address that is refused for good does not hold up the others', async () => {
  const server = await mailServer({
    onRcptTo({ address }, _session, done) {
      done(address.startsWith('olli@') ? Object.assign(new Error('no such mailbox'), { responseCode: 550 }) : undefined)
    },
  })
  const the = await world({ env: { SMTP_URL: server.url } })
  await booked(the, 'olli', '24')
  await booked(the, 'maija', '25')
  await booked(the, 'olli', '26')
  await booked(the, 'kerttu', '27')
  await the.settle()
  expect(server.taken.map((mail) => /^To: (.*)$/m.exec(mail)?.[1]?.trim()).sort()).toEqual(['kerttu@example.org', 'maija@example.org'])
  expect(await gauges(the)).toEqual({ jobs_waiting: 2, jobs_failing: 2, jobs_unclear: 0 })
  expect((await troubled(the.ctx.db)).map(({ lastError, unclear }) => [lastError?.includes('550'), unclear])).toEqual([[true, false], [true, false]])
})

describe('a mail server that does not say whether it took a mail', () => {
  test('is not given it again, until a person has said so', async () => {
    const server = await mailServer({ answer: () => server.hangUp() })
    const the = await world({ env: { SMTP_URL: server.url } })
    await booked(the, 'olli', '24')
    await the.settle()
    later(the, 24 * 60)
    await the.settle()
    expect(server.taken).toHaveLength(1)
    expect(await gauges(the)).toEqual({ jobs_waiting: 1, jobs_failing: 0, jobs_unclear: 1 })
    const [waits] = await troubled(the.ctx.db)
    expect(waits?.unclear).toBe(true)
    const id = waits!.id

    expect(await said(the)).toMatch(new RegExp(`^${id}  notices\\.booking  1  waits for your word  .+\n$`))
    await expect(said(the, 'again', 'other')).rejects.toThrow('Nothing waits by the id "other".')
    await expect(said(the, 'burn', id)).rejects.toThrow('jobs knows')
    await said(the, 'again', id)
    await the.settle()
    expect(idsOf(server.taken)).toEqual([id, id])
    await said(the, 'done', id)
    expect(await waiting(the.ctx.db)).toEqual({ waiting: 0, failing: 0, unclear: 0 })
    await expect(said(the, 'again', id)).rejects.toThrow('Nothing waits')
    expect(await said(the)).toBe('Nothing waits that has failed.\n')
  })

  test('is told from one that refuses the content, which gets it again later', async () => {
    let refusals = 0
    const server = await mailServer({ answer: (say) => (refusals++ ? say() : say(Object.assign(new Error('no room'), { responseCode: 452 }))) })
    const the = await world({ env: { SMTP_URL: server.url } })
    await booked(the, 'olli', '24')
    await the.settle()
    expect(await gauges(the)).toEqual({ jobs_waiting: 1, jobs_failing: 1, jobs_unclear: 0 })
    later(the, 1)
    await the.settle()
    expect(await waiting(the.ctx.db)).toEqual({ waiting: 0, failing: 0, unclear: 0 })
    expect(server.taken).toHaveLength(2)
  })

  test('is told from one that goes away before the content', async () => {
    const server = await mailServer({ onRcptTo: () => server.hangUp() })
    const the = await world({ env: { SMTP_URL: server.url } })
    await booked(the, 'olli', '24')
    await the.settle()
    expect(await gauges(the)).toEqual({ jobs_waiting: 1, jobs_failing: 1, jobs_unclear: 0 })
  })
})

test('a mail that was taken while the end could not be written is not sent again', async () => {
  const server = await mailServer()
  const the = await world({ env: { SMTP_URL: server.url } })
  await booked(the, 'olli', '24')
  const { transaction } = the.ctx.db
  // Right after the mail the disk is full for a while.
  let full = false
  the.ctx.db.transaction = (work) => (full ? Promise.reject(new Error('full')) : transaction(work))
  const { length } = server.taken
  const send = the.ctx.mailer.send
  the.ctx.mailer.send = async (mail) => {
    await send(mail)
    full = true
  }
  await the.settle()
  await the.settle()
  later(the, 5)
  await the.settle()
  expect(server.taken.length - length).toBe(1)
  expect((await notices(the)).map(({ doneAt }) => doneAt)).toEqual([null])
  full = false
  await the.settle()
  expect(server.taken.length - length).toBe(1)
  expect(await waiting(the.ctx.db)).toEqual({ waiting: 0, failing: 0, unclear: 0 })
})
