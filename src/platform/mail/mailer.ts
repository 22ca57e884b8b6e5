import { mkdir, rename, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { Readable } from 'node:stream'
import nodemailer, { type SendMailOptions } from 'nodemailer'
import { OutcomeUnknown } from '../jobs/queue.ts'

export type Mail = {
  /** The job's id. The Message-ID and the file name come from it: a retry is the same mail, which a receiver can tell. */
  id: string
  to: string
  /** Where an answer goes, when not to the sender. */
  replyTo?: string
  subject: string
  text: string
  html: string
  calendar?: { filename: string; content: string }
}

export type Mailer = { send(mail: Mail): Promise<void> }

type Options = {
  from: string
  smtpUrl: string | null
  outbox: string
  host: string
  /** Told just before a mail server is given the last line of a mail, after which nobody can say that it was not sent. */
  standOrFall: (id: string) => Promise<void>
}

/** A name that looks like an encoded word (RFC 2047) would be read as what it encodes; in plain ASCII it is sent as it stands. */
const unencoded = (text: string): string => text.replaceAll('=?', '= ?')

/**
 * Sends by SMTP, or without `smtpUrl` writes each mail as `<id>.eml` into `outbox`, where writing twice is writing once.
 * Throws when the mail was not taken, and `OutcomeUnknown` when the server did not say.
 */
export function createMailer({ from, smtpUrl, outbox, host, standOrFall }: Options): Mailer {
  const compose = (mail: Mail) => ({
    from,
    to: { name: '', address: mail.to },
    ...(mail.replyTo ? { replyTo: { name: '', address: mail.replyTo } } : {}),
    subject: unencoded(mail.subject),
    text: mail.text,
    html: mail.html,
    messageId: `<${mail.id}@${host}>`,
    headers: { 'Auto-Submitted': 'auto-generated' },
    disableFileAccess: true,
    disableUrlAccess: true,
    ...(mail.calendar
      ? { attachments: [{ filename: mail.calendar.filename, content: mail.calendar.content, contentType: 'text/calendar; charset=utf-8' }] }
      : {}),
  })
  if (smtpUrl) return { send: (mail) => sendBySmtp(smtpUrl, compose(mail), () => standOrFall(mail.id)) }
  const transport = nodemailer.createTransport({ streamTransport: true, buffer: true, newline: 'windows' })
  return {
    async send(mail) {
      const { message } = await transport.sendMail(compose(mail))
      await mkdir(outbox, { recursive: true })
      const file = path.join(outbox, `${mail.id}.eml`)
      const part = `${file}.${process.pid}.part`
      await writeFile(part, message as Buffer)
      await rename(part, file)
    },
  }
}

async function sendBySmtp(url: string, letter: SendMailOptions, standOrFall: () => Promise<void>): Promise<void> {
  const transport = nodemailer.createTransport(url, { connectionTimeout: 10_000, socketTimeout: 20_000 } as never)
  const said: { all: boolean; stop?: Error } = { all: false }
  /** Read when the server has agreed to take the content; the line that ends a mail is sent when this ends. */
  async function* content(mail: Readable): AsyncGenerator<Buffer> {
    yield* mail as AsyncIterable<Buffer>
    await standOrFall().catch((error: Error) => {
      said.stop = error
      throw error
    })
    said.all = true
  }
  transport.use('stream', ({ message }, done) => {
    message.processFunc((mail) => Readable.from(content(mail), { objectMode: false }))
    done()
  })
  try {
    await transport.sendMail(letter)
  } catch (error) {
    if (said.stop) throw said.stop
    const answered = (error as { responseCode?: unknown }).responseCode !== undefined
    throw said.all && !answered ? new OutcomeUnknown('the mail server did not say whether it took the mail', { cause: error }) : error
  }
}
