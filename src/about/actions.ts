import { lte } from 'drizzle-orm'
import type { Context } from '../context.ts'
import { setting, wordsIn } from '../notices/actions.ts'
import type { Language } from '../platform/i18n/text.ts'
import { withPrefix } from '../platform/web/language.ts'
import { keyedHash, nanoId } from '../platform/ids.ts'
import { enqueue } from '../platform/jobs/queue.ts'
import { addDays, localDateOf, startOf } from '../time/wallclock.ts'
import { contactNotice } from './contact-notice.ts'
import { answerDays, type Message } from './message.ts'
import { messageById } from './store.ts'
import { contactMessages } from './table.ts'

/** Keeps a message and sends it to the city. The same message out of the same copy of the form is taken once. */
export async function writeToCity(ctx: Context, message: Message, form: string | null, language: Language): Promise<void> {
  const { topic, text, email, page } = message
  const now = ctx.clock.now()
  const id = form === null ? nanoId() : keyedHash(ctx.config.sessionSecret, `message:${JSON.stringify([form, topic, text, email, page])}`)
  await ctx.db.transaction(async (db) => {
    const [kept] = await db.insert(contactMessages).values({ id, topic, text, email, page, language, createdAt: now })
      .onConflictDoNothing().returning({ id: contactMessages.id })
    if (kept) await enqueue(db, 'notices.contact', { messageId: id }, { key: `contact:${id}`, runAt: now })
  })
  ctx.wake()
}

/** Mails a message to the city's contact address, in Finnish around the writer's own words. `id` names the mail. */
export async function mailToCity(ctx: Context, messageId: string, id: string): Promise<void> {
  const message = await messageById(ctx.db, messageId)
  if (!message) return
  const dueOn = startOf(addDays(localDateOf(message.createdAt), answerDays))
  const page = `${ctx.config.baseUrl}${withPrefix(message.language, message.page ?? '/')}`
  await ctx.mailer.send({
    id, to: ctx.config.contact, ...(message.email ? { replyTo: message.email } : {}), ...setting(contactNotice(wordsIn(ctx, 'fi'), message, { dueOn, page }), 'fi'),
  })
}

const keptMs = 365 * 86_400_000

/** Forgets messages after a year, as the privacy page promises. Runs by the clock. */
export async function forgetOldMessages(ctx: Context): Promise<void> {
  await ctx.db.transaction((db) =>
    db.delete(contactMessages).where(lte(contactMessages.createdAt, ctx.clock.now() - keptMs)).returning({ id: contactMessages.id }))
}
