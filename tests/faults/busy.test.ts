import path from 'node:path'
import Handle from 'better-sqlite3'
import supertest from 'supertest'
import { expect, onTestFinished, test } from 'vitest'
import { idempotentAnswers } from '../../src/bookings/table.ts'
import { issueToken } from '../../src/people/user-actions.ts'
import { world } from '../support/world.ts'

test('while another process keeps the database locked, booking says when to come back, reading goes on, and the key stays free', async () => {
  const the = await world()
  const { token } = await issueToken(the.ctx, 'olli', 'test')
  const ask = (own: object = {}) => supertest(the.app).post('/api/v1/bookings').set('Authorization', `Bearer ${token}`).set('Idempotency-Key', 'k').send({
    space: 'luokka', start: '2026-12-08T18:00', end: '2026-12-08T19:00', applicant: 'unregistered_group', purpose: 'hobby', people: 10, openToAll: true,
    title: 'Neulekerho', public: true, responsible: { name: 'Olli', phone: '040 123 4567' }, acceptTerms: true, ...own,
  })
  await ask({ people: 0 }).expect(422)
  await ask({ space: 'linna' }).expect(404)
  const other = new Handle(path.join(the.dataDir, 'tilavuoro.db'))
  onTestFinished(() => { other.close() })
  other.exec('begin immediate')
  const waiting = ask().then((told) => told)
  await supertest(the.app).get('/spaces/luokka').expect(200)
  const told = await waiting
  expect([told.status, told.headers['retry-after'], told.body]).toMatchObject([503, '2', { code: 'busy', requestId: expect.any(String) }])
  other.exec('rollback')
  expect(await the.ctx.db.select().from(idempotentAnswers)).toEqual([])
  await ask().expect(201)
})
