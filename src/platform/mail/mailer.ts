import { mkdir, rename, writeFile } from 'node:fs/promises'
import path from 'node:path'
import nodemailer from 'nodemailer'

export type Mail = {
  /** Stable per notice: the Message-ID and the file name come from it, so a retry is the same mail. */
  id: string
  to: string
  subject: string
  text: string
  html: string
  calendar?: { filename: string; content: string }
}

export type Mailer = { send(mail: Mail): Promise<void> }

type Options = { from: string; smtpUrl: string | null; outbox: string; host: string }

/** Sends by SMTP, or without `smtpUrl` writes each mail as `<id>.eml` into `outbox`. Throws when the mail was not taken. */
export function createMailer({ from, smtpUrl, outbox, host }: Options): Mailer {
  const transport = smtpUrl
    ? nodemailer.createTransport(smtpUrl, { connectionTimeout: 10_000, socketTimeout: 20_000 } as never)
    : nodemailer.createTransport({ streamTransport: true, buffer: true, newline: 'windows' })
  return {
    async send(mail) {
      const sent = await transport.sendMail({
        from,
        to: { name: '', address: mail.to },
        subject: mail.subject,
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
      if (smtpUrl) return
      await mkdir(outbox, { recursive: true })
      const file = path.join(outbox, `${mail.id}.eml`)
      await writeFile(`${file}.part`, (sent as unknown as { message: Buffer }).message)
      await rename(`${file}.part`, file)
    },
  }
}
