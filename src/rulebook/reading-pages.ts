import type { Request, Response } from 'express'
import { z } from 'zod'
import type { Context } from '../context.ts'
import type { Translate } from '../platform/i18n/messages.ts'
import type { PlainText } from '../platform/i18n/text.ts'
import { HttpError } from '../platform/web/errors.ts'
import { localDateOf } from '../time/wallclock.ts'
import type { Edition } from './edition.ts'
import type { Reading } from './edition-view-pages.ts'
import { voiceOf } from './leaf-words-pages.ts'
import { neverInForce, type Published } from './published.ts'
import { publishedEditions } from './published-store.ts'

const plainQuery = z.object({ plain: z.literal('1') })

/** `t` says the page's own words, `say` an edition's, and `way` leads to a page that is read in the same way. */
export type Reader = Reading & { t: Translate; say: (text: PlainText) => string; way: (path: string) => string }

/** Who reads: easy Finnish is a kind of Finnish, the other languages have none. */
export function readingOf(req: Request, res: Response): Reader {
  const { lang, url } = res.locals
  const plain = lang === 'fi' && plainQuery.safeParse(req.query).success
  return {
    lang, plain, t: voiceOf({ lang, plain }), say: (text) => (plain ? text.plain : text[lang]),
    way: (path) => url(plain ? path.replace(/#|$/, (end) => `${path.includes('?') ? '&' : '?'}plain=1${end}`) : path),
  }
}

/** Every public edition as of today, the newest first. */
export const published = (ctx: Context): Promise<Published[]> => publishedEditions(ctx.db, localDateOf(ctx.clock.now()))

/** The one in force; 503 while there is none. */
export function inForce(all: readonly Published[]): Edition {
  const found = all.find(({ state }) => state === 'in_force')
  if (!found) throw new HttpError(503, 'no-rule-book')
  return found.edition
}

/** What stands on top of whatever is said of an edition. */
export const headOf = ({ id, name, status, decision, validFrom, summary }: Edition, { say }: Reader) =>
  ({ id, name: say(name), status, decision, validFrom, summary: summary && say(summary) })

export const lineOf = (one: Published, reader: Reader) => ({
  ...headOf(one.edition, reader), state: one.state, validFrom: one.validFrom, validTo: one.validTo, never: neverInForce(one),
  withdrawal: one.withdrawal && { ...one.withdrawal.decision, body: reader.say(one.withdrawal.decision.body), reason: reader.say(one.withdrawal.reason) },
})
