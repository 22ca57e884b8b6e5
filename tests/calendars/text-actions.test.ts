import fc from 'fast-check'
import ical, { ICalEventClass, ICalEventStatus, ICalEventTransparency } from 'ical-generator'
import { describe, expect, test } from 'vitest'
import { bookingStates } from '../../src/bookings/booking.ts'
import { icsOf } from '../../src/calendars/actions.ts'
import { clean, plainSummary, statusOf, type Audience, type Booked } from '../../src/calendars/event.ts'
import { eventTexts } from '../../src/calendars/table.ts'
import { eventText } from '../../src/calendars/text-actions.ts'
import { catalogueOf } from '../../src/spaces/store.ts'
import { world } from '../support/world.ts'
import { anyText } from './any-text.ts'
import { readCalendar } from './reader.ts'
import { at, placed } from './town.ts'

const hostile = [
  'Kuoro\rATTENDEE:mailto:x@example.org', 'Kuoro\nEND:VEVENT\nBEGIN:VEVENT\nSUMMARY:toinen', 'Kuoro\r\nEND:VCALENDAR\r\n', 'Kuoro\u2028X-EVIL:1\u2029Y:2\u0085Z:3',
  'a;b,c\\d\\nE\\;f', 'END:VEVENT', 'BEGIN:VEVENT', '@SUMMARY:x', ':;="', '"; X-PARAM=1:', 'x'.repeat(500), '😀'.repeat(500), 'ä'.repeat(200), '👨‍👩‍👧'.repeat(60),
  '\u0001\u0007\u001b[31m\u007f', 'ab\u202Ecd', '$& $1 $` $\'', '\\', ' \t ', 'SUMMARY:\r\nSUMMARY:', '%0D%0AX:1', '<img src=x onerror=alert(1)>', '{{7*7}}',
]

describe('a title can be anything', () => {
  test('and no calendar gets another event, property or line for it', async () => {
    const town = await world()
    const start = at('2026-11-24T12:00Z')
    for (const [i, title] of hostile.entries()) {
      await placed(town, { spaceId: 'luokka', startsAt: start + i * 3_600_000, endsAt: start + (i + 1) * 3_600_000, title, public: true })
    }
    const { text } = await (await town.client()).get('/calendars/spaces/luokka.ics')
    const { events } = readCalendar(text)
    const names = events[0]?.names
    expect(events.map((one) => one.summary)).toEqual(hostile.map((title) => clean(title) || 'Varattu'))
    for (const one of events) expect(one.names).toEqual(names)
    await town.settle()
    expect((await town.ctx.db.select().from(eventTexts)).filter((one) => one.audience === 'private')).toHaveLength(hostile.length)
  })

  test('whatever it is, one event comes out with it inside', async () => {
    const town = await world()
    const booking = await placed(town, { spaceId: 'luokka', startsAt: at('2026-11-24T12:00Z'), endsAt: at('2026-11-24T13:00Z') })
    const listed = (await catalogueOf(town.ctx.db)).spaceById.get('luokka')
    if (!listed) throw new Error('no classroom')
    const states = fc.constantFrom('confirmed' as const, 'requested' as const, 'cancelled' as const)
    await fc.assert(fc.asyncProperty(anyText, states, async (title, state) => {
      const { events } = readCalendar(await icsOf(town.ctx, { ...booking, title, state }, listed, 'en'))
      expect(events).toHaveLength(1)
      const word = { confirmed: 'Confirmed', requested: 'Waiting for a decision', cancelled: 'Cancelled' }[state]
      const shown = clean(title)
      expect(events[0]?.summary).toBe(shown === '' ? word : state === 'confirmed' ? shown : `${word}: ${shown}`)
    }))
  })
})

/** The same event as an iCalendar library writes it. A title may say END:VEVENT; the last one is the event's own. */
function byLibrary(booking: Booked, audience: Audience): string {
  const summary = plainSummary(booking, audience)
  const status = statusOf(booking.state)
  const { id, stamp, start, end } = { id: booking.uid, stamp: new Date(booking.updatedAt), start: new Date(booking.startsAt), end: new Date(booking.endsAt) }
  const text = ical({
    events: [{
      id, stamp, lastModified: stamp, start, end, sequence: booking.sequence, summary: summary ?? '', status: ICalEventStatus[status],
      transparency: status === 'CANCELLED' ? ICalEventTransparency.TRANSPARENT : ICalEventTransparency.OPAQUE,
      class: audience === 'public' && summary !== null ? ICalEventClass.PUBLIC : ICalEventClass.PRIVATE,
    }],
  }).toString()
  return text.slice(text.indexOf('BEGIN:VEVENT'), text.lastIndexOf('END:VEVENT')).replace('\r\nSUMMARY:\r\n', '\r\n')
}

test('an event is written as an iCalendar library writes it, byte for byte', () => {
  const instant = fc.integer({ min: at('2000-01-01T00:00Z'), max: at('2100-12-31T00:00Z') })
  const booking = fc.record<Booked>({
    id: fc.constant('b1'), ref: fc.constant('TV-7K3M-9QXP'), spaceId: fc.constant('sali'), state: fc.constantFrom(...bookingStates),
    startsAt: instant, endsAt: instant, updatedAt: instant, title: fc.oneof(anyText, fc.constantFrom(...hostile)), public: fc.boolean(), people: fc.nat(),
    uid: fc.stringMatching(/^[\w-]{16}@tilavuoro$/), sequence: fc.nat(),
  })
  fc.assert(fc.property(booking, fc.integer({ min: 1, max: 86_400_000 }), fc.constantFrom<Audience[]>('public', 'private'), (made, length, audience) => {
    const one = { ...made, endsAt: made.startsAt + length }
    expect(eventText(one, audience)).toBe(byLibrary(one, audience))
  }))
})
