import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { bookingStates, type BookingState } from '../../src/bookings/booking.ts'
import {
  clean, description, eventMadeFrom, pathFor, plainSummary, spokenSummary, statusOf, windowOn, type Audience, type Booked,
} from '../../src/calendars/event.ts'
import { translators } from '../../src/platform/i18n/messages.ts'
import { anyText } from './any-text.ts'

const booked = (given: Partial<Booked> = {}): Booked => ({
  id: 'b1', ref: 'TV-7K3M-9QXP', spaceId: 'sali', state: 'confirmed', startsAt: Date.parse('2026-11-24T16:00Z'),
  endsAt: Date.parse('2026-11-24T18:00Z'), title: 'Kuoron harjoitus', public: false, people: 12, uid: 'u1@tilavuoro', sequence: 0, updatedAt: 0, ...given,
})

const summary = (booking: Booked, audience: Audience): string =>
  plainSummary(booking, audience) ?? spokenSummary(booking, audience, translators.fi)

describe('what an event says', () => {
  test('its status follows the state', () => {
    expect(bookingStates.map((state) => [state, statusOf(state)])).toEqual([
      ['requested', 'TENTATIVE'], ['confirmed', 'CONFIRMED'], ['declined', 'CANCELLED'], ['withdrawn', 'CANCELLED'],
      ['cancelled', 'CANCELLED'], ['expired', 'CANCELLED'], ['used', 'CONFIRMED'], ['no_show', 'CONFIRMED'],
    ])
  })

  const said = (given: Partial<Booked>, audience: Audience) =>
    Object.fromEntries(bookingStates.map((state: BookingState) => [state, summary(booked({ ...given, state }), audience)]))

  test('the public learns that a space is busy, and nothing else', () => {
    expect(said({}, 'public')).toEqual({
      requested: 'Varattu', confirmed: 'Varattu', used: 'Varattu', no_show: 'Varattu',
      declined: 'Peruttu', withdrawn: 'Peruttu', cancelled: 'Peruttu', expired: 'Peruttu',
    })
  })

  test('the title of a booking marked public is shown once it is confirmed, and that of a request nobody granted is not', () => {
    expect(said({ public: true }, 'public')).toEqual({
      requested: 'Varattu', confirmed: 'Kuoron harjoitus', used: 'Kuoron harjoitus', no_show: 'Kuoron harjoitus',
      cancelled: 'Peruttu: Kuoron harjoitus', declined: 'Peruttu', withdrawn: 'Peruttu', expired: 'Peruttu',
    })
  })

  test('its maker reads the title, with the state where it is not simply held', () => {
    expect(said({}, 'private')).toEqual({
      requested: 'Odottaa päätöstä: Kuoron harjoitus', confirmed: 'Kuoron harjoitus', used: 'Kuoron harjoitus', no_show: 'Kuoron harjoitus',
      declined: 'Ei hyväksytty: Kuoron harjoitus', withdrawn: 'Pyyntö peruttu: Kuoron harjoitus',
      cancelled: 'Peruttu: Kuoron harjoitus', expired: 'Vanhentunut: Kuoron harjoitus',
    })
    expect(description(booked(), 'owner', 'https://x.test/bookings/TV-7K3M-9QXP', translators.sv))
      .toBe('Bekräftad\nBokning TV-7K3M-9QXP\nhttps://x.test/bookings/TV-7K3M-9QXP')
  })

  test('a kept text is stale when the sequence or the time of change is another', () => {
    const first = eventMadeFrom(booked())
    expect(eventMadeFrom(booked({ title: 'Muu' }))).toBe(first)
    expect(eventMadeFrom(booked({ sequence: 1 }))).not.toBe(first)
    expect(eventMadeFrom(booked({ updatedAt: 1 }))).not.toBe(first)
  })
})

test.each([
  ['over the autumn, when the clock is turned back', '2026-11-23', ['2026-08-24T21:00Z', '2027-11-24T22:00Z', '2026-09-23T21:00Z']],
  ['over the spring, when it is turned forward', '2027-04-15', ['2027-01-14T22:00Z', '2028-04-15T21:00Z', '2027-02-13T22:00Z']],
  ['on the long day itself', '2026-10-25', ['2026-07-26T21:00Z', '2027-10-26T21:00Z', '2026-08-25T21:00Z']],
  ['on the short day itself', '2027-03-28', ['2026-12-27T22:00Z', '2028-03-28T21:00Z', '2027-01-26T22:00Z']],
  ['before a leap day', '2027-02-28', ['2026-11-29T22:00Z', '2028-02-29T22:00Z', '2026-12-29T22:00Z']],
])('the window opens and closes at local midnights %s', (_, today, expected) => {
  const { from, to, givenUpSince } = windowOn(today)
  expect([from, to, givenUpSince]).toEqual(expected.map((text) => Date.parse(text)))
})

test.each([
  ['owner', 'Odottaa päätöstä\nVaraus TV-7K3M-9QXP\nhttps://x.test/bookings/TV-7K3M-9QXP'],
  ['member', 'Odottaa päätöstä\nVaraus TV-7K3M-9QXP'],
  ['staff', 'Odottaa päätöstä\nVaraus TV-7K3M-9QXP\n12 henkilöä\nhttps://x.test/desk/requests/TV-7K3M-9QXP'],
] as const)('below the title a reader who is %s finds what is theirs to know', (reader, expected) => {
  const booking = booked({ state: 'requested' })
  const path = pathFor(reader, booking)
  expect(description(booking, reader, path && `https://x.test${path}`, translators.fi)).toBe(expected)
})

describe('text that a calendar may carry', () => {
  test('every line break becomes one, what cannot be shown goes', () => {
    expect(clean('a\rb\r\nc\nd\u2028e\u2029f\u0085g\vh\fi')).toBe('a\nb\nc\nd\ne\nf\ng\nh\ni')
    expect(clean('\u0000a\u0007\tb\u001b[31m\u007f\u009f\ud800c')).toBe('a b[31mc')
    expect(clean('äö 🏳️‍🌈 👨‍👩‍👧')).toBe('äö 🏳️‍🌈 👨‍👩‍👧')
  })

  test('whatever comes in', () => {
    fc.assert(fc.property(anyText, (text) => {
      const cleaned = clean(text)
      expect(cleaned).not.toMatch(/[^\n\P{Cc}]|\p{Cs}|[\u2028\u2029]/u)
      expect(clean(cleaned)).toBe(cleaned)
    }))
  })
})
