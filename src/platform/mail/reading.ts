/** What a person reads of a mail: three headers and its plain text. */
export type ReadableMail = { to: string; subject: string; date: string; text: string }

const bytesOf = (quoted: string): Buffer =>
  Buffer.from(quoted.replace(/=([0-9A-Fa-f]{2})/g, (_, hex: string) => String.fromCharCode(parseInt(hex, 16))), 'latin1')

/** Encoded words (RFC 2047) as text. */
const words = (header: string): string =>
  header.replace(/\?=\s+=\?/g, '?==?').replace(/=\?utf-8\?([bq])\?([^?]*)\?=/gi, (_, kind: string, text: string) =>
    (kind.toLowerCase() === 'b' ? Buffer.from(text, 'base64') : bytesOf(text.replace(/_/g, ' '))).toString('utf8'))

function split(mime: string): { header: (name: string) => string; body: string } {
  const cut = mime.search(/\r?\n\r?\n/)
  const headers = (cut < 0 ? mime : mime.slice(0, cut)).replace(/\r?\n[ \t]+/g, ' ')
  return {
    header: (name) => new RegExp(`^${name}:[ \\t]*(.*?)\\r?$`, 'im').exec(headers)?.[1] ?? '',
    body: cut < 0 ? '' : mime.slice(cut).replace(/^\r?\n\r?\n/, ''),
  }
}

/** The first plain text of a part or of the parts in it. */
function plainText(mime: string): string | null {
  const { header, body } = split(mime)
  const boundary = /boundary="?([^";]+)"?/i.exec(header('Content-Type'))?.[1]
  if (boundary !== undefined) {
    for (const part of body.split(`--${boundary}`).slice(1, -1)) {
      const text = plainText(part.replace(/^\r?\n/, ''))
      if (text !== null) return text
    }
    return null
  }
  if (!/^(text\/plain|$)/i.test(header('Content-Type'))) return null
  const coding = header('Content-Transfer-Encoding').toLowerCase()
  if (coding === 'base64') return Buffer.from(body, 'base64').toString('utf8')
  return (coding === 'quoted-printable' ? bytesOf(body.replace(/=\r?\n/g, '')) : Buffer.from(body, 'latin1')).toString('utf8')
}

/** Reads a mail that our own mailer wrote; `eml` holds one character a byte (latin1). */
export function readMail(eml: string): ReadableMail {
  const { header } = split(eml)
  return { to: words(header('To')), subject: words(header('Subject')), date: header('Date'), text: `${(plainText(eml) ?? '').replace(/\r\n/g, '\n').trimEnd()}\n` }
}
