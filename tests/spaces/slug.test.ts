import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { fold, slugOf } from '../../src/spaces/slug.ts'

describe('a slug', () => {
  it.each([
    ['Oulunkylän ala-asteen koulu', 'oulunkylan-ala-asteen-koulu'],
    ['Åshöjdens grundskola', 'ashojdens-grundskola'],
    ['Perhetalo Naapuri / Asukastila Kivenkolo', 'perhetalo-naapuri-asukastila-kivenkolo'],
    ['Malmitalo, Helsingin työväenopisto', 'malmitalo-helsingin-tyovaenopisto'],
    ['  Café  Ünter–Æro & Söhne ', 'cafe-unter-aero-sohne'],
    ['—', ''],
  ])('of %s is %s', (text, slug) => expect(slugOf(text)).toBe(slug))

  it('has only letters, digits and single hyphens inside, and is its own slug', () => {
    fc.assert(fc.property(fc.string({ unit: 'grapheme' }), (text) => {
      const slug = slugOf(text)
      expect(slug).toMatch(/^([a-z0-9]+(-[a-z0-9]+)*)?$/)
      expect(slugOf(slug)).toBe(slug)
    }))
  })
})

describe('folding', () => {
  it('lets people search without the marks, however they were typed', () => {
    expect(fold('Töölö')).toBe('toolo')
    expect(fold('Töölö')).toBe(fold('To\u0308o\u0308lo\u0308'))
    expect(fold('Sörnäisten RANTATIE 22 / Kaasutehtaankatu')).toBe('sornaisten rantatie 22 / kaasutehtaankatu')
  })
})
