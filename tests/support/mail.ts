import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'

export type ReadMail = { to: string; subject: string; text: string; html: string; calendar: string | null; raw: string }

const word = (text: string): string =>
  text.replace(/\?=\s+=\?/g, '?==?').replace(/=\?utf-8\?([QB])\?([^?]*)\?=/gi, (_, how: string, data: string) =>
    how.toUpperCase() === 'B' ? Buffer.from(data, 'base64').toString() : quoted(data.replace(/_/g, ' ')))

const quoted = (text: string): string =>
  Buffer.from(text.replace(/=\r?\n/g, '').replace(/=([0-9A-F]{2})/gi, (_, hex: string) => String.fromCharCode(parseInt(hex, 16))), 'latin1').toString()

type Part = { headers: string; body: string }

function split(raw: string): Part[] {
  const cut = raw.indexOf('\r\n\r\n')
  const headers = raw.slice(0, cut).replace(/\r\n[ \t]+/g, ' ')
  const body = raw.slice(cut + 4)
  const boundary = /boundary="?([^";\r\n]+)/.exec(headers)?.[1]
  if (!boundary) return [{ headers, body }]
  return body.split(`--${boundary}`).slice(1, -1).flatMap((part) => split(part.replace(/^\r\n/, '')))
}

function decoded({ headers, body }: Part): string {
  if (/transfer-encoding: base64/i.test(headers)) return Buffer.from(body, 'base64').toString()
  return /transfer-encoding: quoted-printable/i.test(headers) ? quoted(body) : body
}

/** The mails in an outbox folder, as a reader would see them. */
export function mailsIn(folder: string): ReadMail[] {
  let files: string[] = []
  try {
    files = readdirSync(folder).filter((name) => name.endsWith('.eml'))
  } catch {
    return []
  }
  return files.map((name) => {
    const raw = readFileSync(path.join(folder, name), 'latin1')
    const head = raw.slice(0, raw.indexOf('\r\n\r\n')).replace(/\r\n[ \t]+/g, ' ')
    const header = (key: string): string => word(new RegExp(`^${key}: (.*)$`, 'im').exec(head)?.[1]?.trim() ?? '')
    const parts = split(raw)
    const of = (type: string): string | null => {
      const found = parts.find((part) => new RegExp(`^content-type: ${type}`, 'im').test(part.headers))
      return found ? decoded(found) : null
    }
    return { to: header('To'), subject: header('Subject'), text: of('text/plain') ?? '', html: of('text/html') ?? '', calendar: of('text/calendar'), raw }
  })
}
