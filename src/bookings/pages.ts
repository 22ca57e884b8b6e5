import { Router } from 'express'
import type { Context } from '../context.ts'
import { formPages } from './form-pages.ts'
import { movePages } from './move-pages.ts'
import { ownPages } from './own-pages.ts'

/** Booking and one's own bookings. The form comes first: `new` is no reference. */
export function pages(ctx: Context): Router {
  return Router().use(formPages(ctx), movePages(ctx), ownPages(ctx))
}
