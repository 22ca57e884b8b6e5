import type { Format } from '../i18n/format.ts'
import type { Translate } from '../i18n/messages.ts'
import type { Language } from '../i18n/text.ts'

/** Who looks at the page, as the layout and the guards need it; nouns keep the whole person under `person`. */
export type Viewer = {
  id: string; name: string; email: string; desk: boolean
  /** Keeps what is the whole city's: associations, notices to everybody. */
  coordinator: boolean
  /** Sets what is announced on top of every page. */
  announces: boolean
  /** Decides about bookings somewhere; a caretaker only sees them. */
  decides: boolean
  /** Keeps the rule book. */
  rules: boolean
  requestsWaiting?: number
}

declare global {
  // Express declares its open types in this namespace.
  // eslint-disable-next-line @typescript-eslint/no-namespace
  namespace Express {
    interface Locals {
      lang: Language
      t: Translate
      f: Format
      /** Adds the language prefix to a path of ours. */
      url: (path: string) => string
      /** The path without the language prefix, with its query. */
      path: string
      requestId: string
      viewer: Viewer | null
      site: { name: string; city: string; contact: string; demo: boolean; baseUrl: string }
      now: number
      /** Whether the footer names Helsinki's and Statistics Finland's open data; it does where this is not known yet. */
      openData?: boolean
      /** What is announced on top of this page, the gravest first; not known yet when a request cannot be read. */
      banners?: { level: string; text: string; lang: Language }[]
    }
  }
}
