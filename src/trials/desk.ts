import { stringify } from 'csv-stringify/sync'
import { Router, type Request, type Response } from 'express'
import type { Context } from '../context.ts'
import { personOf } from '../people/pages.ts'
import { personById } from '../people/store.ts'
import { callName } from '../people/person.ts'
import { NotFound } from '../platform/web/errors.ts'
import { parseForm, type FieldError } from '../platform/web/forms.ts'
import { staff } from '../platform/web/guard.ts'
import { goTo, show } from '../platform/web/respond.ts'
import { rulers } from '../rulebook/draft-desk.ts'
import type { Edition } from '../rulebook/edition.ts'
import { editionRow } from '../rulebook/edition-store.ts'
import { editionById } from '../rulebook/store.ts'
import { catalogueOf } from '../spaces/store.ts'
import { localDateOf, type LocalDate } from '../time/wallclock.ts'
import { cancelTrial, startTrial } from './actions.ts'
import { trialById, trialsOf, type Trial } from './store.ts'
import { trialForm, usualDay } from './trial-day.ts'
import { csvRows, outcomeView } from './trial-view-pages.ts'

type Problems = { values?: object; errors?: readonly FieldError[] }

/** What an edition would have meant to the bookings of the last twelve months. */
export function desk(ctx: Context): Router {
  const router = Router()

  const path = (req: Request, trial?: string): string => `/desk/rules/${param(req, 'id')}/trials${trial === undefined ? '' : `/${trial}`}`

  async function found(req: Request): Promise<Trial> {
    const trial = await trialById(ctx.db, param(req, 'id'), param(req, 'trial'))
    if (!trial) throw new NotFound()
    return trial
  }

  const today = (): LocalDate => localDateOf(ctx.clock.now())

  async function showAll(req: Request, res: Response, edition: Edition, problems: Problems = {}, status = 200): Promise<void> {
    const values = { day: usualDay(edition, today()) }
    show(req, res, 'desk/rules/trials', { edition, trials: await trialsOf(ctx.db, edition.id), values, ...problems }, { status })
  }

  router.get('/desk/rules/:id/trials', staff, rulers, async (req, res) => {
    const edition = await editionById(ctx.db, param(req, 'id'))
    if (!edition) throw new NotFound()
    await showAll(req, res, edition)
  })

  router.post('/desk/rules/:id/trials', staff, rulers, async (req, res) => {
    const row = await editionRow(ctx.db, param(req, 'id'))
    const edition = row && (await editionById(ctx.db, row.id))
    if (!edition) throw new NotFound()
    const form = parseForm(trialForm(usualDay(edition, today()), today()), req.body)
    if (!form.ok) return showAll(req, res, edition, { values: req.body as object, errors: form.errors }, 422)
    const trial = await startTrial(ctx, personOf(res), row, form.value.day)
    if (!trial) throw new NotFound()
    goTo(res, path(req, trial.id))
  })

  router.get('/desk/rules/:id/trials/:trial', staff, rulers, async (req, res) => {
    const trial = await found(req)
    const edition = await editionById(ctx.db, trial.editionId)
    if (!edition) throw new NotFound()
    const row = await editionRow(ctx.db, trial.editionId)
    const by = await personById(ctx.db, trial.startedById)
    show(req, res, 'desk/rules/trial', {
      edition, trial, by: by && callName(by), path: path(req, trial.id),
      changedSince: row !== null && row.revision !== trial.revision,
      outcome: trial.outcome && outcomeView(trial.outcome, await catalogueOf(ctx.db), res.locals),
    }, { fragment: 'desk/rules/_trial' })
  })

  router.post('/desk/rules/:id/trials/:trial/cancellation', staff, rulers, async (req, res) => {
    const trial = await found(req)
    const stopped = await cancelTrial(ctx, trial.id)
    goTo(res, path(req, trial.id), stopped ? { kind: 'info', key: 'flash.trials.cancelled' } : undefined)
  })

  router.get('/desk/rules/:id/trials/:trial/table.csv', staff, rulers, async (req, res) => {
    const trial = await found(req)
    if (!trial.outcome) throw new NotFound()
    sendCsv(res, `${trial.editionId}-${trial.outcome.from}-${trial.outcome.to}.csv`, csvRows(trial.outcome, await catalogueOf(ctx.db), res.locals))
  })

  return router
}

/**
 * As spreadsheets of the reader's language open it: Finnish and Swedish ones take semicolons and a decimal comma. With a byte
 * order mark, as they take a file without one for Latin letters; a cell that begins like a formula is text.
 */
function sendCsv(res: Response, name: string, rows: (string | number)[][]): void {
  const local = res.locals.lang === 'en' ? {} : { delimiter: ';', cast: { number: (value: number) => String(value).replace('.', ',') } }
  res.attachment(name).type('text/csv; charset=utf-8').send(stringify(rows, { bom: true, escape_formulas: true, record_delimiter: 'windows', ...local }))
}

const param = (req: Request, name: string): string => String(req.params[name])
