import type { BookingWish } from '../../src/bookings/wish.ts'

export const at = (text: string): number => Date.parse(`${text}:00+02:00`)

/** An open, free hobby evening in the classroom; each story changes what it is about. */
export function wishFor(space: string, start: string, end: string, own: Partial<Omit<BookingWish, 'facts'>> & { facts?: Partial<BookingWish['facts']> } = {}): BookingWish {
  const { facts, ...rest } = own
  return {
    space, start: at(start), end: at(end), title: 'Sulkapallovuoro', public: false,
    responsible: { name: 'Maija Mallikas', phone: '040 123 4567' },
    ...rest,
    facts: { applicant: 'unregistered_group', purpose: 'hobby', people: 10, openToAll: true, groups: [], activities: [], ...facts },
  }
}
