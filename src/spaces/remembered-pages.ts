import type { Response } from 'express'
import type { Ground } from '../availability/actions.ts'
import { unitVersion } from '../availability/unit-version-store.ts'
import type { Context } from '../context.ts'
import { inOnePiece } from '../platform/web/kept-fragment.ts'
import { minuteMs } from '../time/wallclock.ts'

/** Ready HTML: what a page says, and what it says to machines. */
export type Told = { main: string; data: string }

type Remembered = { of: readonly unknown[]; told: Told }
const known = new WeakMap<Context['db'], Map<string, Remembered>>()
const rememberAtMost = 100

const quarterMs = 15 * minuteMs

const flat = ({ main, data }: Told): Told => ({ main: inOnePiece(main), data: inOnePiece(data) })

/**
 * What the page of a space or a unit tells everybody who asks nothing, worked out once while nothing of it changes: a place
 * that is talked about is opened by many in a row. It hangs on the premises, the rules, the bookings of its unit and the
 * time, which moves it by quarters of an hour: openings, bookings and midnight begin and end at one. Nothing of the viewer
 * may be in it, nor of an address that is not the page's own (`path`): such a page is worked out for itself.
 */
export async function remembered(
  { ctx: { db, config }, res: { locals }, ground: { catalogue, edition, now } }: { ctx: Context; res: Response; ground: Ground },
  { path, unitId }: { path: string; unitId: string }, tell: () => Promise<Told>,
): Promise<Told> {
  if (locals.path !== path) return tell()
  let all = known.get(db)
  if (!all) known.set(db, (all = new Map()))
  const version = await unitVersion(db, unitId, now)
  if (version === null) return tell()
  const key = `${locals.lang} ${path}`
  const of = [version, Math.floor(now / quarterMs), Math.ceil(now / quarterMs), catalogue, edition, config.baseUrl]
  const found = all.get(key)
  all.delete(key)
  const current = found?.of.every((one, i) => one === of[i]) ? found : { of, told: flat(await tell()) }
  // Somebody may have booked or begun to while this was worked out.
  if (current === found || (await unitVersion(db, unitId, now)) === version) all.set(key, current)
  if (all.size > rememberAtMost) all.delete(all.keys().next().value!)
  return current.told
}
