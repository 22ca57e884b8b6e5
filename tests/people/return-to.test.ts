import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { localPath } from '../../src/people/return-to.ts'

describe('where signing in leads back to', () => {
  test.each([
    ['/bookings/new?space=sali&date=2026-11-24', '/bookings/new?space=sali&date=2026-11-24'],
    ['/spaces?q=a%2Fb%20c', '/spaces?q=a%2Fb%20c'],
    ['/sv/bookings', '/bookings'],
    ['/en', '/'],
    ['/sv?q=1', '/?q=1'],
    ['/svenska', '/svenska'],
  ])('%s is ours: %s', (wanted, path) => {
    expect(localPath(wanted)).toBe(path)
  })

  test.each([
    '//evil.example', '/\\evil.example', '\\\\evil.example', '/\\/evil.example', '%2f%2fevil.example', '/%2fevil.example', '/%5cevil.example',
    '/sv//evil.example', '/en/%2f%2fevil.example', 'https://evil.example', 'javascript:alert(1)', 'evil.example', '/\t/evil.example', '/a\r\nSet-Cookie: x=1',
    '/%0d%0aSet-Cookie:x', '/\u0000', '/%zz', '', 'sv', '/sign-in', '/sign-in/token', '/sv/sign-in?return=/', '/sign-out', `/${'a'.repeat(2000)}`,
    undefined, null, 7, ['/me'], { path: '/me' },
  ])('%j leads home', (wanted) => {
    expect(localPath(wanted)).toBe('/')
  })

  test('never leads to another site, whatever is asked', () => {
    const piece = fc.constantFrom('/', '\\', '%2f', '%5c', '.', '..', '@', ':', 'evil.example', 'http', 'sv', 'en', '\t', '\n', '%0a', '?', '#', ' ', '\u2028', 'ä')
    fc.assert(fc.property(fc.array(piece, { maxLength: 8 }), (pieces) => {
      const path = localPath(pieces.join(''))
      for (const prefix of ['', '/sv']) {
        expect(new URL(`${prefix}${path}`, 'https://tilavuoro.test/sign-in').origin).toBe('https://tilavuoro.test')
      }
      expect(path.startsWith('/')).toBe(true)
      expect(path.startsWith('//')).toBe(false)
    }), { numRuns: 2000 })
  })
})
