import { describe, expect, test } from 'vitest'
import { sameTimeOn, otherTimes } from '../../src/bookings/alternatives.ts'
import { asked, unanswered } from '../../src/bookings/asking.ts'
import { draftOf, draftOfLink, hiddenFields, joined, queryOf } from '../../src/bookings/draft.ts'
import { associationForm, detailsForm, factsSaid, payerForm, understood, wishForm } from '../../src/bookings/form.ts'
import { isAboutTime, type BookingRefusal } from '../../src/bookings/refusal.ts'
import { refusalText } from '../../src/bookings/refusal-words.ts'
import { clockOf, stretchOf } from '../../src/bookings/when.ts'
import { formats } from '../../src/platform/i18n/format.ts'
import { translators } from '../../src/platform/i18n/messages.ts'
import { languages } from '../../src/platform/i18n/text.ts'
import { parseForm } from '../../src/platform/web/forms.ts'
import { quote } from '../../src/rulebook/quote.ts'
import { anHour } from '../../src/rulebook/typical.ts'
import { classroom, example } from '../rulebook/example.ts'
import { at } from './wishes.ts'

const whole = {
  date: '2026-11-24', from: '18:00', to: '20:00', applicant: 'private_person', purpose: 'hobby', people: '12', openToAll: 'yes',
}
const faults = (read: ReturnType<typeof parseForm>): string[] => (read.ok ? [] : read.errors.map(({ field, key }) => `${field}: ${key}`))

describe('the answers as typed', () => {
  test.each([
    ['what nobody asked is dropped', { space: 'sali', id: '7', state: 'confirmed', personId: 'x' }, { space: 'sali' }],
    ['texts are trimmed', { title: '  Kerho ' }, { title: 'Kerho' }],
    ['one of several is a list too', { groups: 'children' }, { groups: ['children'] }],
    ['of a repeated single field the first counts', { people: ['3', '4'] }, { people: '3' }],
    ['what is no text is no answer', { people: { $gt: 1 }, title: 7 }, {}],
    ['nothing at all', undefined, {}],
  ])('%s', (_, source, draft) => {
    expect(draftOf(source)).toEqual(draft)
  })

  test('a very long answer is cut, and so is a long list', () => {
    const draft = draftOf({ title: 'x'.repeat(5000), groups: Array.from({ length: 50 }, () => 'children') })
    expect(draft['title']).toHaveLength(1000)
    expect(draft['groups']).toHaveLength(20)
  })

  test("a link's own words are understood", () => {
    expect(draftOfLink({ space: 'sali', people: '20', openToAll: '1', entryFee: 'false', youthShare: '0.75', localShare: '1' }))
      .toEqual({ space: 'sali', people: '20', openToAll: 'yes', entryFee: 'no', locals: '20', youths: '15' })
    expect(draftOfLink({ people: 'many', youthShare: 'x' })).toEqual({ people: 'many' })
  })

  test('kept answers fill in what the address does not say; a wish in the address wins as a whole', () => {
    const kept = { ...whole, groups: ['children'], title: 'Kerho', responsiblePhone: '040 1' }
    expect(joined({ space: 'sali', date: '2026-11-24' }, kept)).toEqual({ ...kept, space: 'sali' })
    expect(joined({ space: 'sali', people: '3' }, kept)).toEqual({ space: 'sali', people: '3', title: 'Kerho', responsiblePhone: '040 1' })
    expect(joined({ space: 'sali' }, null)).toEqual({ space: 'sali' })
  })

  test('an address carries the wish and nothing personal', () => {
    const query = queryOf({ space: 'sali', people: '3', groups: ['children', 'pensioners'], openToAll: '', title: 'Salainen', responsiblePhone: '040' })
    expect(query).toBe('space=sali&people=3&groups=children&groups=pensioners')
  })

  test('hidden fields carry everything else', () => {
    expect(hiddenFields({ people: '3', groups: ['a', 'b'], title: 'T' }, ['title']))
      .toEqual([{ name: 'people', value: '3' }, { name: 'groups', value: 'a' }, { name: 'groups', value: 'b' }])
  })
})

describe('the first step', () => {
  test('reads a whole wish', () => {
    expect(parseForm(wishForm, whole)).toEqual({
      ok: true,
      value: { date: '2026-11-24', from: 1080, to: 1200, applicant: 'private_person', purpose: 'hobby', people: 12, openToAll: true, groups: [], activities: [] },
    })
  })

  test.each([
    ['everything is missing', {}, ['date', 'from', 'to', 'applicant', 'purpose', 'people'].map((name) => `${name}: bookings.error.${name}`)],
    ['a day that does not exist', { ...whole, date: '2026-02-30' }, ['date: bookings.error.date']],
    ['a time that does not exist', { ...whole, from: '25:00' }, ['from: bookings.error.from']],
    ['nobody comes', { ...whole, people: '0' }, ['people: bookings.error.people']],
    ['a number with words', { ...whole, people: '12 tai 13' }, ['people: bookings.error.people']],
    ['an unknown applicant', { ...whole, applicant: 'king' }, ['applicant: bookings.error.applicant']],
    ['more young than people', { ...whole, youths: '13' }, ['youths: bookings.error.tooManyHeads']],
    ['more locals than people', { ...whole, locals: '99' }, ['locals: bookings.error.tooManyHeads']],
    ['an unknown group', { ...whole, groups: ['kings'] }, ['groups: site.error.field']],
  ])('%s', (_, draft, expected) => {
    expect(faults(parseForm(wishForm, draft))).toEqual(expected)
  })

  test('half an answer is understood as far as it goes', () => {
    expect(understood({ date: 'tomorrow', from: '18', people: '5', openToAll: 'no', groups: [] })).toEqual({ from: 1080, people: 5, openToAll: false, groups: [], activities: [] })
  })

  test('heads become shares, and silence stays silence', () => {
    expect(factsSaid({ applicant: 'other', purpose: 'hobby', people: 8, youths: 6, locals: 8 }))
      .toEqual({ applicant: 'other', purpose: 'hobby', people: 8, youthShare: 0.75, localShare: 1, groups: [], activities: [] })
    expect(factsSaid({ applicant: 'other', purpose: 'hobby' })).toBeNull()
  })
})

describe('the second step', () => {
  const details = { title: 'Kerho', responsibleName: 'Maija', responsiblePhone: '040 123 4567' }
  test('reads the event and who answers for it', () => {
    expect(parseForm(detailsForm, details)).toEqual({ ok: true, value: { title: 'Kerho', public: false, responsible: { name: 'Maija', phone: '040 123 4567' } } })
    expect(parseForm(detailsForm, { ...details, public: '1' })).toMatchObject({ value: { public: true } })
  })

  test.each([
    ['nothing', {}, ['title: bookings.error.title', 'responsibleName: people.error.name', 'responsiblePhone: people.error.phone']],
    ['a second line in the title', { ...details, title: 'Kerho\r\nATTENDEE:x' }, ['title: bookings.error.title']],
    ['a separator nobody sees', { ...details, title: 'Ker\u2028ho' }, ['title: bookings.error.title']],
    ['words for a phone number', { ...details, responsiblePhone: 'soita' }, ['responsiblePhone: people.error.phone']],
  ])('%s', (_, draft, expected) => {
    expect(faults(parseForm(detailsForm, draft))).toEqual(expected)
  })

  test.each([
    ['one of mine', { association: 'register_number:123456' }, { kind: 'register_number', value: '123456' }],
    ['another by Business ID', { association: 'other', associationNumber: 'FI02012566', associationName: 'Kaupunki' }, { kind: 'business_id', value: '0201256-6', name: 'Kaupunki' }],
    ['another by register number', { association: 'other', associationNumber: '123.456', associationName: 'Sulka' }, { kind: 'register_number', value: '123456', name: 'Sulka' }],
  ])('an association: %s', (_, draft, value) => {
    expect(parseForm(associationForm, draft)).toEqual({ ok: true, value })
  })

  test.each([
    ['neither number nor name', {}, ['associationNumber: bookings.error.associationNumber', 'associationName: bookings.error.associationName']],
    ['a wrong check digit', { associationNumber: '0201256-7', associationName: 'X' }, ['associationNumber: bookings.error.associationNumber']],
    ['a made-up choice', { association: 'register_number:abc', associationName: 'X' }, ['associationNumber: bookings.error.associationNumber']],
  ])('no association: %s', (_, draft, expected) => {
    expect(faults(parseForm(associationForm, draft))).toEqual(expected)
  })

  test('a payer has a name and an address of several lines', () => {
    expect(parseForm(payerForm, { payerName: 'Maija', payerAddress: 'Katu 1\r\n00530 Helsinki' })).toEqual({ ok: true, value: { name: 'Maija', address: 'Katu 1\r\n00530 Helsinki' } })
    expect(faults(parseForm(payerForm, {}))).toEqual(['payerName: bookings.error.payerName', 'payerAddress: bookings.error.payerAddress'])
  })
})

describe('clock times', () => {
  test.each([['18', 1080], ['9.30', 570], ['18:05', 1085], ['00:00', 0], ['24:00', 1440]])('%s is a time', (text, minute) => {
    expect(clockOf(text)).toBe(minute)
  })
  test.each([['24:01'], ['18:60'], ['25'], ['-1'], ['kuusi'], [''], ['18:0']])('%s is none', (text) => {
    expect(clockOf(text)).toBeNull()
  })

  const evening = { date: '2026-11-24', from: 1080, to: 1200 }
  test('an evening is one stretch', () => {
    expect(stretchOf(evening, false)).toEqual({ ok: true, start: at('2026-11-24T18:00'), end: at('2026-11-24T20:00') })
  })
  test('until 00:00 is until midnight', () => {
    expect(stretchOf({ ...evening, to: 0 }, false)).toMatchObject({ end: at('2026-11-25T00:00') })
  })
  test('an end before the start is the next night only where it is open into the night', () => {
    expect(stretchOf({ ...evening, to: 60 }, true)).toMatchObject({ end: at('2026-11-25T01:00') })
    expect(stretchOf({ ...evening, to: 60 }, false)).toMatchObject({ start: at('2026-11-24T18:00'), end: at('2026-11-24T01:00') })
  })
  test('the spring hour does not exist', () => {
    expect(stretchOf({ date: '2027-03-28', from: 210, to: 300 }, false))
      .toEqual({ ok: false, refusals: [{ code: 'no-such-time', edge: 'start', next: Date.parse('2027-03-28T01:00Z') }] })
  })
  test('the autumn hour comes twice, and either can be chosen', () => {
    const [first, second] = [Date.parse('2026-10-25T00:30Z'), Date.parse('2026-10-25T01:30Z')]
    const night = { date: '2026-10-25', from: 210, to: 300 }
    expect(stretchOf(night, false)).toEqual({ ok: false, refusals: [{ code: 'ambiguous-time', edge: 'start', first, second }] })
    expect(stretchOf({ ...night, fromTurn: 'second' }, false)).toMatchObject({ ok: true, start: second })
    expect(stretchOf({ ...night, from: 120, to: 210, toTurn: 'first' }, false)).toMatchObject({ ok: true, end: first })
  })
  test('a turn means nothing on an ordinary night', () => {
    expect(stretchOf({ ...evening, fromTurn: 'second' }, false)).toMatchObject({ ok: true, start: at('2026-11-24T18:00') })
  })
})

describe('other times', () => {
  const space = { minMinutes: 60, maxMinutes: 180, stepMinutes: 30 }
  const slot = (start: string, end: string) => ({ start: at(`2026-11-24T${start}`), end: at(`2026-11-24T${end}`) })
  test('are as long as wanted, nearest first and told in order', () => {
    const free = [slot('17:00', '18:30'), slot('19:30', '22:00')]
    expect(otherTimes(free, slot('18:00', '19:00'), space, 3)).toEqual([slot('17:00', '18:00'), slot('20:00', '21:00'), slot('21:00', '22:00')])
  })
  test('are shorter when nothing so long is left', () => {
    expect(otherTimes([slot('17:00', '18:30')], slot('18:00', '21:00'), space)).toEqual([slot('17:00', '18:30')])
  })
  test('never break the limits of the space', () => {
    expect(otherTimes([slot('17:00', '17:30')], slot('18:00', '19:00'), space)).toEqual([])
    expect(otherTimes([slot('09:00', '21:00')], slot('10:10', '10:20'), space, 1)).toEqual([slot('10:00', '11:00')])
    expect(otherTimes([slot('09:00', '21:00')], slot('10:00', '20:00'), space, 1)).toEqual([slot('10:00', '13:00')])
    expect(otherTimes([slot('09:00', '21:00')], slot('20:00', '10:00'), space, 1)).toEqual([slot('20:00', '21:00')])
  })
  test('on other days keep the clock time, over the winter change too', () => {
    const free = [{ start: Date.parse('2026-10-23T00:00+03:00'), end: Date.parse('2026-10-28T00:00+02:00') }]
    const wanted = { start: Date.parse('2026-10-24T18:00+03:00'), end: Date.parse('2026-10-24T19:00+03:00') }
    expect(sameTimeOn(['2026-10-24', '2026-10-25', '2026-10-26'], free, wanted, space))
      .toEqual(['2026-10-25', '2026-10-26'].map((date) => ({ start: Date.parse(`${date}T18:00+02:00`), end: Date.parse(`${date}T19:00+02:00`) })))
  })
})

describe('the questions', () => {
  const ask = (answers: Parameters<typeof factsSaid>[0]) => {
    const facts = factsSaid(answers)
    return asked(example, classroom, answers, facts && quote(example, facts, classroom, anHour('2026-11-24')))
  }
  const hobby = { applicant: 'private_person', purpose: 'hobby', people: 12 } as const
  test('start with what will be done, whoever asks', () => {
    expect(ask({})).toEqual(['activities'])
  })
  test('openness comes before the rest', () => {
    expect(ask(hobby)).toEqual(['openToAll', 'entryFee', 'activities'])
  })
  test('who is open to all is asked no more', () => {
    expect(ask({ ...hobby, openToAll: true })).toEqual(['openToAll', 'entryFee', 'activities'])
  })
  test('who is not is asked what else could make it free', () => {
    expect(ask({ ...hobby, openToAll: false, entryFee: false })).toEqual(['openToAll', 'entryFee', 'locals', 'youths', 'groups', 'activities'])
  })
  test('a party is a party, whatever else', () => {
    expect(ask({ ...hobby, purpose: 'private_party' })).toEqual(['entryFee', 'activities'])
  })
  test('an answer given stays on the page', () => {
    expect(ask({ ...hobby, openToAll: true, locals: 5 })).toContain('locals')
  })
  test('yes or no must be said', () => {
    expect(unanswered(['openToAll', 'entryFee', 'locals'], { openToAll: false })).toEqual(['entryFee'])
  })
})

describe('refusals in words', () => {
  const start = at('2026-11-24T18:00')
  const busy = [{ start, end: at('2026-11-24T20:00') }]
  const all: BookingRefusal[] = [
    { code: 'end-before-start' }, { code: 'no-such-time', edge: 'start', next: start }, { code: 'ambiguous-time', edge: 'start', first: start, second: start },
    { code: 'ambiguous-time', edge: 'end', first: start, second: start }, { code: 'in-the-past' }, { code: 'too-late', firstDate: '2026-12-02' },
    { code: 'too-early', lastDate: '2027-02-21' }, { code: 'too-short', minutes: 60 }, { code: 'too-long', minutes: 180 }, { code: 'off-step', minutes: 15 },
    { code: 'off-step', minutes: 30 }, { code: 'off-step', minutes: 60 }, { code: 'closed', opensAt: busy }, { code: 'closed', opensAt: [] },
    { code: 'closure', reason: { fi: 'Remontti', sv: 'Renovering', en: 'Repairs' }, start, end: start + 3_600_000 },
    { code: 'taken', busy, gap: false }, { code: 'taken', busy: [], gap: false }, { code: 'taken', busy, gap: true, minutes: 30 },
    { code: 'too-many-people', people: 30 }, { code: 'not-allowed', rule: 'big_event' }, { code: 'open-bookings', limit: 4, used: 4 },
    { code: 'wrong-state', state: 'declined' }, { code: 'already-started' }, { code: 'own-request' }, { code: 'charge-needed' }, { code: 'reason-needed' },
    ...(['person', 'association'] as const).flatMap((whose) => [null, { slug: 'koulu', name: { fi: 'Koulu' } }].map((unit) => ({ code: 'banned' as const, until: '2027-02-21', unit, whose }))),
    { code: 'too-many-holds', limit: 10 }, { code: 'hold-expired' }, { code: 'no-rule-book' },
  ]
  test.each(languages)('every one has a sentence of its own (%s)', (lang) => {
    const said = all.map((one) => refusalText(one, { lang, t: translators[lang], f: formats[lang] }))
    expect(said.every((text) => /[.?!]$|Remontti$|Renovering$|Repairs$/.test(text) && !/[{}]/.test(text))).toBe(true)
    expect(new Set(said).size).toBe(all.length)
  })
  test('says the first possible day and others’ hours', () => {
    const fi = { lang: 'fi', t: translators.fi, f: formats.fi } as const
    expect(refusalText({ code: 'too-late', firstDate: '2026-12-02' }, fi)).toContain('2.12.2026')
    expect(refusalText({ code: 'taken', busy, gap: false }, fi)).toBe('Tila on jo varattu klo 18–20.')
  })
  test('knows when another time could help', () => {
    expect(isAboutTime({ code: 'taken', busy, gap: false })).toBe(true)
    expect(isAboutTime({ code: 'too-many-people', people: 30 })).toBe(false)
  })
})
