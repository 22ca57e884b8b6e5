import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { book } from '../../src/bookings/actions.ts'
import { personById } from '../../src/people/store.ts'
import { wishFor } from '../bookings/wishes.ts'
import { world } from '../support/world.ts'

test('python-icalendar and khal read the feed of a space with the right times', async () => {
  const the = await world()
  const olli = (await personById(the.ctx.db, 'olli'))!
  const done = await book(the.ctx, olli, wishFor('luokka', '2026-11-24T18:00', '2026-11-24T20:00', { title: 'Kässäilta; kaikille, tervetuloa', public: true }), { language: 'fi' })
  expect(done.ok).toBe(true)
  await the.settle()
  const client = await the.client()
  const { text } = await client.get('/calendars/spaces/luokka.ics').expect(200)

  const folder = mkdtempSync(path.join(tmpdir(), 'tilavuoro-ics-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  const file = path.join(folder, 'feed.ics')
  writeFileSync(file, text)
  const read = execFileSync('/usr/bin/python3', ['-c', `
import sys, json, icalendar
calendar = icalendar.Calendar.from_ical(open(sys.argv[1], 'rb').read())
print(json.dumps([[str(e['SUMMARY']), e['DTSTART'].dt.isoformat(), e['DTEND'].dt.isoformat(), str(e['STATUS'])] for e in calendar.walk('VEVENT')]))
`, file], { encoding: 'utf8' })
  expect(JSON.parse(read)).toEqual([['Kässäilta; kaikille, tervetuloa', '2026-11-24T16:00:00+00:00', '2026-11-24T18:00:00+00:00', 'CONFIRMED']])

  const configured = path.join(folder, 'khal.conf')
  writeFileSync(configured, `[calendars]\n[[one]]\npath = ${folder}\n[locale]\nlocal_timezone = Europe/Helsinki\ndefault_timezone = Europe/Helsinki\ntimeformat = %H:%M\ndateformat = %d.%m.\nlongdateformat = %d.%m.%Y\ndatetimeformat = %d.%m. %H:%M\nlongdatetimeformat = %d.%m.%Y %H:%M\n`)
  const shown = execFileSync('/usr/bin/khal', ['-c', configured, 'printics', '-f', '{start}|{title}', file], {
    encoding: 'utf8', env: { PATH: process.env['PATH'], HOME: folder, TZ: 'Europe/Helsinki', LC_ALL: 'C.UTF-8', XDG_CONFIG_HOME: folder, XDG_DATA_HOME: folder },
  })
  expect(shown).toContain('24.11. 18:00|Kässäilta; kaikille, tervetuloa')
})
