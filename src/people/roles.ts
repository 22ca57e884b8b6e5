/** Roles and scopes (rulings 17). A person may hold several. */
export const roles = ['resident', 'caretaker', 'manager', 'coordinator', 'admin'] as const
export type Role = (typeof roles)[number]
export const scopeKinds = ['unit', 'area', 'city'] as const
export type ScopeKind = (typeof scopeKinds)[number]
export type StaffRole = { role: Exclude<Role, 'resident'>; scopeKind: ScopeKind; scopeId: string }

/** Where an object lies: its unit and the unit's area with everything above it. */
export type Place = { unitId: string; areaIds: readonly string[] }

/** What each role may be given for. */
export const allowedScopes: Record<StaffRole['role'], readonly ScopeKind[]> = {
  caretaker: ['unit', 'area'],
  manager: ['unit', 'area'],
  coordinator: ['area', 'city'],
  admin: ['city'],
}
export const scopeAllowed = (role: StaffRole['role'], scope: ScopeKind): boolean => allowedScopes[role].includes(scope)

const covers = (held: StaffRole, place: Place): boolean =>
  held.scopeKind === 'city' ||
  (held.scopeKind === 'unit' ? held.scopeId === place.unitId : place.areaIds.includes(held.scopeId))

const may = (held: readonly StaffRole[], place: Place, wanted: readonly StaffRole['role'][]): boolean =>
  held.some((one) => wanted.includes(one.role) && covers(one, place))

/** Sees bookings and phone numbers here. */
export const maySee = (held: readonly StaffRole[], place: Place): boolean =>
  may(held, place, ['caretaker', 'manager', 'coordinator', 'admin'])

/** Verifies associations and confirms their members. An association lies nowhere, so the role's scope does not matter. */
export const mayVerify = (held: readonly StaffRole[]): boolean =>
  held.some(({ role }) => role === 'coordinator' || role === 'admin')

/** Approves, declines and cancels here. */
export const mayDecide = (held: readonly StaffRole[], place: Place): boolean =>
  may(held, place, ['manager', 'coordinator', 'admin'])

/** As what somebody decides here, the nearest role first; null when they do not. */
export const decidingRole = (held: readonly StaffRole[], place: Place): StaffRole['role'] | null =>
  (['manager', 'coordinator', 'admin'] as const).find((role) => may(held, place, [role])) ?? null

/** Decides somewhere: has requests, and bans, of their own to look at. */
export const decidesSomewhere = (held: readonly StaffRole[]): boolean => held.some(({ role }) => role !== 'caretaker')

/** Sets what is announced on top of every page. All of the city sees it, so that an area's coordinator does not. */
export const mayAnnounce = (held: readonly StaffRole[]): boolean =>
  held.some(({ role, scopeKind }) => (role === 'coordinator' || role === 'admin') && scopeKind === 'city')

/** Keeps the rule book: drafts, compares and adopts its editions. The rules are the whole city's. */
export const mayRule = mayAnnounce

/** Keeps somebody from booking anywhere in the city; from the places of a unit everybody may who decides there. */
export const mayBanInCity = mayAnnounce

/** Of somebody's roles those that make them a place's own decider, who is told each morning what waits. */
export const managing = (held: readonly StaffRole[]): StaffRole[] => held.filter(({ role }) => role === 'manager')
