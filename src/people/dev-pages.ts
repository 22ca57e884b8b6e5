import { readdir, readFile, stat } from 'node:fs/promises'
import path from 'node:path'
import { Router } from 'express'
import type { Context } from '../context.ts'
import { hashOf } from '../platform/ids.ts'
import { readMail } from '../platform/mail/reading.ts'
import { readCookie } from '../platform/web/cookies.ts'
import { NotFound } from '../platform/web/errors.ts'
import { development } from '../platform/web/guard.ts'
import { goTo, show } from '../platform/web/respond.ts'
import { signInAs } from './actions.ts'
import { cookieName } from './cookies.ts'
import { normalEmail } from './person.ts'
import { localPath } from './return-to.ts'
import { browserOf, welcome, type Hooks } from './sign-in-pages.ts'
import { peopleToTry, personByEmail } from './store.ts'

const mailsAtMost = 100

/** Outside production: sign in as anybody, and read the mails that were not sent. */
export function devPages(ctx: Context, hooks: Hooks): Router {
  const router = Router()
  const outbox = path.join(ctx.config.dataDir, 'outbox')

  router.get('/dev/sign-in', development, async (req, res) => {
    show(req, res, 'people/dev-sign-in', { people: await peopleToTry(ctx.db), returnTo: localPath(req.query['return']) })
  })

  router.post('/dev/sign-in', development, async (req, res) => {
    const { email, return: wanted } = (req.body ?? {}) as Record<string, unknown>
    const person = await personByEmail(ctx.db, normalEmail(String(email)) ?? '')
    if (!person) throw new NotFound()
    const session = await signInAs(ctx, person, browserOf(req, res))
    const pre = readCookie(req, cookieName('pre', false))
    await welcome(res, { production: false, session, personId: person.id, presessionHash: pre && hashOf(pre), hooks })
    goTo(res, localPath(wanted), { kind: 'success', key: 'flash.people.signedIn' })
  })

  async function mails() {
    const files = (await readdir(outbox).catch(() => [])).filter((file) => file.endsWith('.eml'))
    const dated = await Promise.all(files.map(async (file) => ({ file, at: (await stat(path.join(outbox, file))).mtimeMs })))
    const newest = dated.sort((a, b) => b.at - a.at).slice(0, mailsAtMost)
    return Promise.all(newest.map(async (mail) => ({ ...mail, ...readMail(await readFile(path.join(outbox, mail.file), 'latin1')) })))
  }

  router.get('/dev/outbox', development, async (req, res) => {
    show(req, res, 'people/dev-outbox', { mails: await mails() })
  })

  router.get('/dev/outbox/:file', development, async (req, res) => {
    const file = String(req.params['file'])
    if (!/^[\w-][\w.:@-]*\.eml$/.test(file)) throw new NotFound()
    const eml = await readFile(path.join(outbox, file), 'latin1').catch(() => null)
    if (eml === null) throw new NotFound()
    const { to, subject, date, text } = readMail(eml)
    res.type('text/plain').send(`To: ${to}\nSubject: ${subject}\nDate: ${date}\n\n${text}`)
  })
  return router
}
