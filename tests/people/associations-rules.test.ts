import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { invitationFault, invitingRefusal, openInvitationsAtMost } from '../../src/people/invitation.ts'
import { endsManaging, memberRights, suggestedRights, wider, type Holder } from '../../src/people/member.ts'
import { visible } from '../../src/people/person.ts'
import { matches } from '../../src/people/register.ts'
import { mayVerify, scopeKinds, type StaffRole } from '../../src/people/roles.ts'

const manager = (personId: string): Holder => ({ personId, rights: 'manages' })
const booker = (personId: string): Holder => ({ personId, rights: 'books' })

describe('somebody manages', () => {
  test.each<[string, Holder[], 'books' | 'manages' | null, boolean]>([
    ['the last manager leaves others behind', [manager('a'), booker('b')], null, true],
    ['the last manager gives the right up', [manager('a'), booker('b')], 'books', true],
    ['even one who is alone cannot give it up', [manager('a')], 'books', true],
    ['who is alone may leave', [manager('a')], null, false],
    ['another one manages too', [manager('a'), manager('b')], null, false],
    ['the manager stays what they are', [manager('a'), booker('b')], 'manages', false],
    ['who does not manage may leave, also where nobody does', [booker('a'), booker('b')], null, false],
    ['a stranger changes nothing', [manager('b')], null, false],
  ])('%s', (_, members, to, ends) => {
    expect(endsManaging(members, 'a', to)).toBe(ends)
  })

  test('after any change that is let through, unless nobody did before or nobody is left', () => {
    const people = fc.uniqueArray(fc.record({ personId: fc.constantFrom('a', 'b', 'c', 'd'), rights: fc.constantFrom(...memberRights) }), { selector: (one) => one.personId })
    fc.assert(fc.property(people, fc.constantFrom('a', 'b', 'c', 'd'), fc.constantFrom(...memberRights, null), (members, who, to) => {
      if (endsManaging(members, who, to)) return
      const after = members.flatMap((one) => (one.personId !== who ? [one] : to === null ? [] : [{ ...one, rights: to }]))
      const managed = (some: Holder[]): boolean => some.some(({ rights }) => rights === 'manages')
      expect(managed(after) || after.length === 0 || !managed(members)).toBe(true)
    }))
  })

  test('is suggested of the first one confirmed, and of nobody after', () => {
    expect([suggestedRights([]), suggestedRights([booker('a')]), suggestedRights([manager('a')])]).toEqual(['manages', 'manages', 'books'])
    expect([wider('books', 'manages'), wider('manages', 'books'), wider('books', 'books')]).toEqual(['manages', 'manages', 'books'])
  })
})

describe('an invitation', () => {
  const sent = { id: 'i', associationId: 's', email: 'olli@example.org', rights: 'books' as const, invitedById: 'm', createdAt: 0, expiresAt: 100, acceptedAt: null, revokedAt: null }

  test.each([
    ['is good until it runs out', sent, 99, null],
    ['runs out to the millisecond', sent, 100, 'expired'],
    ['works once', { ...sent, acceptedAt: 5 }, 50, 'used'],
    ['used and run out is used', { ...sent, acceptedAt: 5 }, 500, 'used'],
    ['was taken back', { ...sent, revokedAt: 5 }, 50, 'revoked'],
    ['for another tells nothing, not even that it is over', { ...sent, email: 'maija@example.org', revokedAt: 5, expiresAt: 1 }, 50, 'not-yours'],
    ['nobody sent', null, 50, 'unknown'],
  ])('%s', (_, invitation, now, fault) => {
    expect(invitationFault(invitation, 'olli@example.org', now)).toBe(fault)
  })

  test('goes to nobody who is in, has one, or is one too many', () => {
    const open = Array.from({ length: openInvitationsAtMost }, (_, i) => ({ email: `${i}@example.org` }))
    expect(invitingRefusal('a@example.org', [{ email: 'a@example.org' }], open)).toEqual({ code: 'member-already' })
    expect(invitingRefusal('3@example.org', [], open)).toEqual({ code: 'invited-already' })
    expect(invitingRefusal('b@example.org', [], open)).toEqual({ code: 'too-many-invitations', limit: 20 })
    expect(invitingRefusal('b@example.org', [], open.slice(1))).toBeNull()
  })
})

test('the register is kept by coordinators and admins, whatever their scope', () => {
  const held = (role: StaffRole['role']) => scopeKinds.map((scopeKind): StaffRole => ({ role, scopeKind, scopeId: 'x' }))
  for (const role of ['coordinator', 'admin'] as const) for (const one of held(role)) expect(mayVerify([one])).toBe(true)
  expect(mayVerify([...held('manager'), ...held('caretaker')])).toBe(false)
  expect(mayVerify([])).toBe(false)
})

describe('searching the register', () => {
  const sulka = { name: 'Kallion Sulka ry', registerNumber: '123456', businessId: null, verifiedAt: 1 }
  const soitto = { name: 'Töölön Soitto ry', registerNumber: null, businessId: '0201256-6', verifiedAt: null }
  test.each([
    [sulka, { q: 'SULKA' }, true], [sulka, { q: '123.456' }, true], [sulka, { q: '1234' }, true], [sulka, { q: '3456' }, false], [sulka, { q: 'soitto' }, false],
    [soitto, { q: 'toolon' }, true], [soitto, { q: 'FI02012566' }, true], [soitto, { q: '0201256–6' }, true], [soitto, { q: '020' }, true],
    [sulka, {}, true], [sulka, { q: '  ' }, true], [sulka, { standing: 'verified' as const }, true], [sulka, { standing: 'declared' as const }, false],
    [soitto, { standing: 'declared' as const, q: 'sulka' }, false], [soitto, { q: 'ry 1' }, false],
  ])('%o %o %s', (entry, asked, found) => {
    expect(matches(entry, asked)).toBe(found)
  })
})

test('what cannot be seen in a name is left out', () => {
  expect(visible(' Kerho\r\nBcc: x@y\u2028\u202E ry ')).toBe('Kerho Bcc: x@y ry')
})
