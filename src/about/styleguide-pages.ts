import { readdirSync, readFileSync } from 'node:fs'
import { Router } from 'express'
import { bookingStates } from '../bookings/booking.ts'
import { bannerLevels } from '../notices/banner.ts'
import { HttpError, NotFound } from '../platform/web/errors.ts'
import { development } from '../platform/web/guard.ts'
import { show } from '../platform/web/respond.ts'
import { root } from '../platform/root.ts'
import { charges } from '../rulebook/edition.ts'
import { spaceKinds, supervisionModes, unitKinds } from '../spaces/space.ts'

/** The faults that have a page of their own, and the status they are told with. */
const faults = {
  'malformed': 400, 'forbidden': 403, 'not-found': 404, 'too-many-requests': 429, 'failure': 500, 'busy': 503, 'storage-full': 503, 'no-rule-book': 503,
} as const

const found = (text: string, pattern: RegExp): string[] => [...new Set([...text.matchAll(pattern)].map(([, name = '']) => name))]

/** What there is to show is read from the files themselves, so that the page cannot lag behind them. */
function inventory(): object {
  const theme = readFileSync(root('static/css/theme.css'), 'utf8')
  return {
    icons: found(readFileSync(root('static/icons/sprite.svg'), 'utf8'), /<symbol id="([\w-]+)"/g),
    plans: readdirSync(root('static/illustrations')).filter((file) => file.endsWith('.svg')),
    colours: found(theme, /--ds-color-(accent|neutral|info|success|warning|danger)-/g),
    roles: found(theme, /--ds-color-accent-([\w-]+):/g),
    sizes: [1, 2, 3, 4, 5, 6, 8, 10, 14, 18, 22],
    charges, spaceKinds, unitKinds, supervisionModes, bookingStates, bannerLevels, faults,
  }
}

/** Outside production: every part in every state, for people who change the looks and for the tests that watch them. */
export function styleguidePages(): Router {
  const router = Router()
  router.get('/styleguide', development, (req, res) => show(req, res, 'styleguide/styleguide', inventory()))

  router.get('/styleguide/errors/:code', development, (req, res) => {
    const code = String(req.params['code'])
    if (!Object.hasOwn(faults, code)) throw new NotFound()
    if (code === 'too-many-requests') res.set('Retry-After', '240')
    throw new HttpError(faults[code as keyof typeof faults], code)
  })
  return router
}
