import { spawn, type ChildProcess } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { mailsIn, type ReadMail } from './mail.ts'

export type Service = { address: string; dataDir: string; mails(): ReadMail[]; stop(): Promise<void> }

/** The built service as anybody would start it: real premises, its own folder, a free port. The clock starts on a Monday in term. */
export async function startService(env: Record<string, string> = {}): Promise<Service> {
  const dataDir = mkdtempSync(path.join(tmpdir(), 'tilavuoro-service-'))
  const { PATH, TZ } = process.env
  const child: ChildProcess = spawn(process.execPath, ['dist/src/main.js'], {
    env: { PATH, TZ, DATA_DIR: dataDir, PORT: '0', HOST: '127.0.0.1', LOG_LEVEL: 'warn', TILAVUORO_NOW: '2026-11-23T09:00:00+02:00', DEMO_BOOKINGS: 'false', ...env },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  let said = ''
  const address = await new Promise<string>((resolve, reject) => {
    child.once('exit', (code) => reject(new Error(`the service ended with ${code}: ${said}`)))
    child.stdout?.on('data', (chunk: Buffer) => {
      said += String(chunk)
      const port = /serves at http:\/\/[^:]+:(\d+)/.exec(said)?.[1]
      if (port) resolve(`http://127.0.0.1:${port}`)
    })
  })
  return {
    address,
    dataDir,
    mails: () => mailsIn(path.join(dataDir, 'outbox')),
    async stop() {
      child.removeAllListeners('exit')
      const ended = new Promise((resolve) => child.once('exit', resolve))
      child.kill('SIGTERM')
      await ended
      rmSync(dataDir, { recursive: true, force: true })
    },
  }
}

/** Asks until the answer is there; the deadline is the test's own. */
export async function until<T>(ask: () => T | undefined | Promise<T | undefined>): Promise<T> {
  for (;;) {
    const found = await ask()
    if (found !== undefined) return found
    await new Promise((resolve) => setTimeout(resolve, 25))
  }
}
