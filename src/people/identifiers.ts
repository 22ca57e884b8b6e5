/** How an association is named: by its Business ID (Y-tunnus) or by its number in the register of associations. */
export type AssociationId = { kind: 'business_id' | 'register_number'; value: string }

const weights = [7, 9, 10, 5, 8, 4, 2] as const

/**
 * Reads what a person typed. Spaces, dots, any dash and the VAT form `FI12345678` are accepted, and Business IDs of the
 * time when they had six digits. The value comes out as `0201256-6` or as the bare register number. Null when it is
 * neither, or when the check digit is wrong. A register number has no check digit: only the register tells if it exists.
 */
export function parseAssociation(text: string): AssociationId | null {
  const typed = text.trim().replace(/[\u2010-\u2015\u2212]/g, '-').replace(/[\s.]/g, '').replace(/^FI(?=\d)/i, '')
  const business = /^(\d{6,7})-(\d)$/.exec(typed) ?? /^(\d{6,7})(\d)$/.exec(typed)
  if (business) {
    const value = `${business[1]!.padStart(7, '0')}-${business[2]}`
    return isBusinessId(value) ? { kind: 'business_id', value } : null
  }
  const register = /^0*([1-9]\d{0,5})$/.exec(typed)
  return register ? { kind: 'register_number', value: register[1]! } : null
}

/** Whether the text is a Business ID in its printed form, with the right check digit. */
export function isBusinessId(text: string): boolean {
  const [, digits, check] = /^(\d{7})-(\d)$/.exec(text) ?? []
  if (digits === undefined) return false
  const rest = weights.reduce((sum, weight, at) => sum + weight * Number(digits[at]), 0) % 11
  // A remainder of 1 would need the digit 10, which no check digit equals: such numbers are not issued.
  return Number(check) === (rest === 0 ? 0 : 11 - rest)
}
