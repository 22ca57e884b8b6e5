import type { Facts } from '../rulebook/facts.ts'

/** What somebody asks for: which space, when, for what, and who answers for it. Instants are epoch ms. */
export type BookingWish = {
  space: string
  start: number
  end: number
  facts: Omit<Facts, 'association' | 'granted'>
  /** Register number or Y-tunnus, when asked for an association. */
  association?: { kind: 'business_id' | 'register_number'; value: string; name?: string }
  title: string
  public: boolean
  responsible: { name: string; phone: string }
  payer?: { name: string; address: string }
}

type Rights = { grantedCityUnit: boolean; grantedSchool: boolean }

/** The facts the rules see: what was said, and what we know of who said it (rulings 4). */
export function factsOf(
  said: BookingWish['facts'],
  rights: Rights | null,
  association: 'verified' | 'declared' | undefined,
): Facts {
  const granted = said.applicant === 'city_unit' ? rights?.grantedCityUnit : said.applicant === 'school' ? rights?.grantedSchool : false
  return { ...said, granted: granted ?? false, ...(association ? { association } : {}) }
}
