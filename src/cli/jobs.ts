import type { Context } from '../context.ts'
import { settleByHand, troubled } from '../platform/jobs/queue.ts'
import { isoWithOffset } from '../time/wallclock.ts'
import { CliError } from './cli-error.ts'

const help = `Shows and settles queued work (mails, calendar texts) that could not be done yet.

  jobs                list it: id, what, tries, when it is tried again, why it failed
  jobs again <id>     try it now
  jobs done <id>      it was done; do not try it again

A mail whose server did not say whether it took it waits for your word, as it must not go out twice. The id is the
first part of the mail's Message-ID: look for it in the mail server's log.
`

/** `jobs [again|done <id>]`. Throws `CliError` on bad input. */
export async function jobs(ctx: Context, argv: string[]): Promise<void> {
  const [word, id, ...more] = argv
  if (word === '--help' || word === '-h') return void process.stdout.write(help)
  if (word === undefined) return list(ctx)
  if ((word !== 'again' && word !== 'done') || id === undefined || more.length) throw new CliError('jobs knows: jobs, jobs again <id>, jobs done <id>. See jobs --help.')
  if (!(await settleByHand(ctx.db, id, word, ctx.clock.now()))) throw new CliError(`Nothing waits by the id ${JSON.stringify(id)}.`)
  process.stdout.write(word === 'done' ? 'Marked as done.\n' : 'It is tried at once by the running service.\n')
}

async function list(ctx: Context): Promise<void> {
  const found = await troubled(ctx.db)
  if (found.length === 0) return void process.stdout.write('Nothing waits that has failed.\n')
  for (const { id, name, attempts, runAt, lastError, unclear } of found) {
    process.stdout.write(`${id}  ${name}  ${attempts}  ${unclear ? 'waits for your word' : isoWithOffset(runAt)}  ${lastError}\n`)
  }
}
