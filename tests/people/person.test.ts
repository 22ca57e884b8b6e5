import { describe, expect, test } from 'vitest'
import { callName, detailsForm, deviceOf, normalEmail } from '../../src/people/person.ts'

describe('an e-mail address', () => {
  test.each([
    ['maija@example.org', 'maija@example.org'],
    ['  Maija.Meikalainen+tila@Example.ORG \n', 'maija.meikalainen+tila@example.org'],
    [`${'a'.repeat(64)}@${'b'.repeat(60)}.${'c'.repeat(60)}.fi`, `${'a'.repeat(64)}@${'b'.repeat(60)}.${'c'.repeat(60)}.fi`],
  ])('%j is kept as %s', (typed, email) => {
    expect(normalEmail(typed)).toBe(email)
  })

  test.each([
    '', 'maija', 'maija@', '@example.org', 'maija@example', 'ma ija@example.org', 'maija@exa mple.org',
    'maija@example.org\r\nBcc: all@example.org', 'maija@example.org\nBcc: all@example.org', 'maija@example.org, kalle@example.org',
    'Maija <maija@example.org>', 'maija@example.org\u0000', 'ma\u200bija@example.org', 'ma\u202eija@example.org', 'maija@example.org;kalle@example.org',
    `${'a'.repeat(250)}@b.fi`,
    // The Kelvin sign becomes a k when lower-cased: it must not sign in as somebody else.
    '\u212Aalle@example.org',
  ])('%j is none', (typed) => {
    expect(normalEmail(typed)).toBeNull()
  })
})

describe('own details', () => {
  test('are trimmed; an empty phone is none', () => {
    expect(detailsForm.parse({ name: ' Maija Jäsen ', phone: ' ', language: 'sv' })).toEqual({ name: 'Maija Jäsen', phone: null, language: 'sv' })
    expect(detailsForm.parse({ name: 'Maija', phone: '+358 (0)40 123-4567', language: 'fi' }).phone).toBe('+358 (0)40 123-4567')
    expect(detailsForm.parse({ name: 'Maija', language: 'fi' }).phone).toBeNull()
  })

  test('every fault is named', () => {
    const faults = detailsForm.safeParse({ name: 'a\r\nb', phone: 'call me', language: 'de' }).error?.issues.map((issue) => issue.message)
    expect(faults).toEqual(['people.error.name', 'people.error.phone', 'people.error.language'])
  })

  test('who has no name yet is called by the address', () => {
    expect(callName({ name: '', email: 'a@example.org' })).toBe('a@example.org')
    expect(callName({ name: 'Maija', email: 'a@example.org' })).toBe('Maija')
  })
})

test.each([
  ['Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0', 'Firefox, Linux'],
  ['Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36 Edg/140.0.0.0', 'Edge, Windows'],
  ['Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.0 Mobile/15E148 Safari/604.1', 'Safari, iPhone'],
  ['Mozilla/5.0 (Linux; Android 15; SM-S921B) AppleWebKit/537.36 (KHTML, like Gecko) SamsungBrowser/27.0 Chrome/125.0.0.0 Mobile Safari/537.36', 'Samsung Internet, Android'],
  ['curl/8.5.0', ''],
  ['', ''],
])('%s reads as %j', (userAgent, device) => {
  expect(deviceOf(userAgent)).toBe(device)
})
