import { once } from 'node:events'
import type { AddressInfo, Socket } from 'node:net'
import { SMTPServer, type SMTPServerOptions } from 'smtp-server'
import { onTestFinished } from 'vitest'

export type MailServer = {
  url: string
  port: number
  /** The mails given to it, whole ones only. */
  taken: string[]
  /** Breaks off every conversation. */
  hangUp(): void
  close(): Promise<void>
}
type Say = (error?: Error) => void

/** A real SMTP server that keeps what it takes. `answer` is called when it has a whole mail and decides when, or that, it says so. */
export async function mailServer(options: SMTPServerOptions & { port?: number; answer?: (say: Say) => void } = {}): Promise<MailServer> {
  const { port = 0, answer = (say) => say(), ...more } = options
  const taken: string[] = []
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    onData(stream, _session, done) {
      let text = ''
      stream.on('data', (chunk: Buffer) => { text += String(chunk) }).on('end', () => {
        taken.push(text)
        answer(done)
      })
    },
    ...more,
  })
  server.on('error', () => undefined)
  const calls = new Set<Socket>()
  server.server.on('connection', (call: Socket) => {
    calls.add(call)
    call.once('close', () => calls.delete(call))
  })
  const hangUp = (): void => calls.forEach((call) => call.destroy())
  server.listen(port, '127.0.0.1')
  await once(server.server, 'listening')
  const at = (server.server.address() as AddressInfo).port
  const close = () => new Promise<void>((resolve) => server.close(() => resolve()))
  onTestFinished(close)
  return { url: `smtp://127.0.0.1:${at}`, port: at, taken, hangUp, close }
}

/** The ids of the jobs that mails were made by. */
export const idsOf = (mails: readonly string[]): string[] => mails.map((mail) => /^Message-ID: <([^@>]+)@/im.exec(mail)?.[1] ?? 'none')
