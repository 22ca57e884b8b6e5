import ICAL from 'ical.js'
import { expect } from 'vitest'

export type ReadEvent = {
  uid: string
  sequence: number
  status: string
  summary: string
  location: string
  start: string
  end: string
  class: string
  description: string | null
  url: string | null
  names: string[]
}

/** A calendar as an independent parser reads it; also checks what every calendar owes: CRLF, 75 octets, no control characters. */
export function readCalendar(text: string) {
  expect(text.endsWith('END:VCALENDAR\r\n')).toBe(true)
  expect(text.replaceAll('\r\n', '')).not.toMatch(/\p{Cc}/u)
  for (const line of text.split('\r\n')) expect(Buffer.byteLength(line)).toBeLessThanOrEqual(75)
  const calendar = new ICAL.Component(ICAL.parse(text) as never)
  const value = (name: string): string => String(calendar.getFirstPropertyValue(name) ?? '')
  // The parser leaves X- properties escaped.
  const name = value('x-wr-calname').replace(/\\([\\,;])/g, '$1')
  return { name, method: value('method'), value, events: calendar.getAllSubcomponents().map(readEvent) }
}

function readEvent(component: ICAL.Component): ReadEvent {
  expect(component.name).toBe('vevent')
  const value = (name: string): string | null => {
    const found = component.getAllProperties(name)
    expect(found.length, name).toBeLessThanOrEqual(1)
    return found[0] ? String(found[0].getFirstValue()) : null
  }
  const must = (name: string): string => {
    const found = value(name)
    expect(found, name).not.toBeNull()
    return found ?? ''
  }
  expect(must('dtstamp')).toBe(must('last-modified'))
  return {
    uid: must('uid'), sequence: Number(must('sequence')), status: must('status'), summary: must('summary'), location: must('location'),
    start: must('dtstart'), end: must('dtend'), class: must('class'), description: value('description'), url: value('url'),
    names: component.getAllProperties().map((property) => property.name).sort(),
  }
}
