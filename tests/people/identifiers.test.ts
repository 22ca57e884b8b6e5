import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { isBusinessId, parseAssociation } from '../../src/people/identifiers.ts'

describe('an association is named by', () => {
  test.each([
    ['its Business ID', '0201256-6', '0201256-6'],
    ['the same with spaces', ' 0201256 - 6 ', '0201256-6'],
    ['the same with another dash', '0201256–6', '0201256-6'],
    ['the same without a dash', '02012566', '0201256-6'],
    ['its VAT number', 'FI02012566', '0201256-6'],
    ['an old Business ID of six digits', '201256-6', '0201256-6'],
    ['the same without a dash', '2012566', '0201256-6'],
  ])('%s: %s', (_, typed, value) => {
    expect(parseAssociation(typed)).toEqual({ kind: 'business_id', value })
  })

  test.each([
    ['its register number', '123456', '123456'],
    ['the same as printed', '123.456', '123456'],
    ['the same with a space', '123 456', '123456'],
    ['an old short one', '42', '42'],
    ['one with zeros in front', '000042', '42'],
  ])('%s: %s', (_, typed, value) => {
    expect(parseAssociation(typed)).toEqual({ kind: 'register_number', value })
  })

  test.each([
    '', ' ', '0', '000000', '0201256-7', '201256-5', '1234567', '02012567', '123456789', '12345-6', '0201256-66', 'yhdistys', '12a34', '-6',
  ])('nothing: "%s"', typed => {
    expect(parseAssociation(typed)).toBeNull()
  })
})

describe('the check digit of a Business ID', () => {
  test('a number whose remainder is one has none', () => {
    const issued = (digits: string) => [...'0123456789'].filter(check => isBusinessId(`${digits}-${check}`))
    // 2 × 6 = 12, and 12 mod 11 = 1.
    expect(issued('0000006')).toEqual([])
    expect(issued('0201256')).toEqual(['6'])
  })

  test('catches any one wrong digit', () => {
    fc.assert(fc.property(fc.integer({ min: 0, max: 6 }), fc.integer({ min: 1, max: 9 }), (at, shift) => {
      const digits = [...'0201256']
      digits[at] = String((Number(digits[at]) + shift) % 10)
      expect(isBusinessId(`${digits.join('')}-6`)).toBe(false)
    }))
  })
})
