import { z } from 'zod'
import { banParties, type BanDateRefusal, type BanDates, type BanParty } from '../people/ban.ts'
import type { Ban } from '../people/ban-store.ts'
import { mayBanInCity, mayDecide, type StaffRole } from '../people/roles.ts'
import type { Language } from '../platform/i18n/text.ts'
import type { Edition } from '../rulebook/edition.ts'
import type { Catalogue, Unit } from '../spaces/catalogue.ts'
import { isLocalDate, type LocalDate } from '../time/wallclock.ts'
import type { Decider } from './decision.ts'
import type { DocumentText } from './document.ts'

type Sanction = Edition['sanctions'][number]
/** A step of the rule book by which somebody may be banned, and for how long at most. */
export type BanStep = Sanction & { months: number }

/** The bans that an edition knows; one without a length is none, as nobody could say when it is over. */
export const banStepsOf = ({ sanctions }: Pick<Edition, 'sanctions'>): BanStep[] =>
  sanctions.flatMap((one) => (one.step === 'ban' && one.months !== undefined ? [{ ...one, months: one.months }] : []))

/** Whether somebody decides about bans of the unit, or with null of the whole city. */
export function decidesBan(held: readonly StaffRole[], { units }: Pick<Catalogue, 'units'>, unitId: string | null): boolean {
  if (unitId === null) return mayBanInCity(held)
  const unit = units.get(unitId)
  return unit !== undefined && mayDecide(held, { unitId, areaIds: unit.areaIds })
}

/** What an official decides: whom, where, from when until when, why, and how the party was heard. */
export type BanWish = BanDates & {
  whose: BanParty
  where: 'unit' | 'city'
  /** The step of the rule book; the first ban when none is said. */
  sanction?: string | undefined
  reason: string
  /** Null where hearing was manifestly unnecessary; `hearing` says why then, else what the party said. */
  heardOn: LocalDate | null
  hearing: string
}

/** Why a ban is not issued or lifted. */
export type BanRefusal =
  | BanDateRefusal
  /** Nobody decides about themselves, their own association or its members (hallintolaki 27–30 §). */
  | { code: 'own-party' }
  /** The rule book in force knows no such ban. */
  | { code: 'no-ban-step' }
  /** Only who decides for the whole city bans there. */
  | { code: 'unit-only' }
  /** The booking is for no association, or nobody has confirmed that its maker belongs to it. */
  | { code: 'not-member' }
  /** The reason is only the rule's own text: what happened is owed too (hallintolaki 45 §). */
  | { code: 'only-rule' }
  | { code: 'already-banned'; from: LocalDate; to: LocalDate }
  | { code: 'heard-later' }
  /** It has ended by itself. */
  | { code: 'ban-over' }

const longest = 2000
const words = (missing: string) => z.string(missing).trim().min(1, missing).max(longest, 'desk.bans.error.long')
const date = z.string('desk.bans.error.date').refine(isLocalDate, 'desk.bans.error.date')
/** The fields of the way of hearing that was not chosen do not matter. */
const way = z.discriminatedUnion('heard', [
  z.object({ heard: z.literal('yes'), heardOn: date, said: words('desk.bans.error.said') }),
  z.object({ heard: z.literal('no'), unheard: words('desk.bans.error.unheard') }),
], 'desk.bans.error.heard')

export const banForm = z.object({
  whose: z.enum(banParties, 'desk.bans.error.whose'),
  where: z.enum(['unit', 'city'], 'desk.bans.error.where'),
  sanction: z.string().max(100).optional(),
  from: date, to: date,
  reason: words('desk.bans.error.reason'),
}).and(way).transform(({ whose, where, sanction, from, to, reason, ...heard }): BanWish => ({
  whose, where, sanction, from, to, reason,
  ...(heard.heard === 'yes' ? { heardOn: heard.heardOn, hearing: heard.said } : { heardOn: null, hearing: heard.unheard }),
}))

export const liftingForm = z.object({ reason: words('desk.bans.error.reason') })

/** Everything that the document of a ban tells, or with `lifted` that of its lifting. */
export type BanMatter = {
  ref: string
  language: Language
  issuedAt: number
  replaces: string[]
  city: string
  mailbox: string
  edition: Edition
  step: Sanction
  ban: Ban
  /** Null: the whole city. */
  unit: Unit | null
  /** Who gets the document; for their association where that is banned. */
  to: { name: string; association: { name: string; number: string; kind: 'register_number' | 'business_id' } | null }
  decider: Decider
  lifted: { at: number; reason: string; language: Language } | null
  /** The language that the official was asked to write the reasons of the ban in; null for earlier bans. */
  written: Language | null
}
export type BanTelling = (matter: BanMatter) => DocumentText
