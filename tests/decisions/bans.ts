import { endBan, issueBan, type BanDone } from '../../src/decisions/ban-actions.ts'
import type { BanWish } from '../../src/decisions/ban.ts'
import { banDocumentOf } from '../../src/decisions/ban-document-words-pages.ts'
import type { Ban } from '../../src/people/ban-store.ts'
import { bans } from '../../src/people/table.ts'
import type { Name } from '../support/cast.ts'
import type { World } from '../support/world.ts'
import { persona } from './town.ts'

/** The longest that the example knows, from today (Monday 23 November 2026) on, in the unit of the booking. */
export const usual: BanWish = {
  whose: 'person', where: 'unit', from: '2026-11-23', to: '2027-02-22', reason: 'Kolme varausta jäi käyttämättä: 2.11., 9.11. ja 16.11.',
  heardOn: '2026-11-20', hearing: 'Unohdin perua varaukset.',
}
export const banish = async (the: World, by: Name, ref: string, own: Partial<BanWish> = {}): Promise<BanDone | null> =>
  issueBan(the.ctx, await persona(the, by), ref, { ...usual, ...own }, banDocumentOf)
export const lifts = async (the: World, by: Name, id: string, reason = 'Asia selvisi.'): Promise<BanDone | null> =>
  endBan(the.ctx, await persona(the, by), id, reason, banDocumentOf)

/** The ban of an issuing or lifting that succeeded. */
export function done(result: BanDone | null): Ban {
  if (!result?.ok) throw new Error(`no ban: ${JSON.stringify(result)}`)
  return result.ban
}
export const codesOf = (result: BanDone | null): string[] | null => result && (result.ok ? [] : result.refusals.map(({ code }) => code))
export const allBans = ({ ctx }: World): Promise<Ban[]> => ctx.db.select().from(bans)
