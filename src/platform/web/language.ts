import type { RequestHandler } from 'express'
import { formats } from '../i18n/format.ts'
import { translators } from '../i18n/messages.ts'
import { languages, type Language } from '../i18n/text.ts'

export const withPrefix = (lang: Language, path: string): string =>
  lang === 'fi' ? path : path === '/' ? `/${lang}` : `/${lang}${path}`

/** Two slashes at the start, or a whole address, would make a link out of a path that leads to another site. */
const asPath = (url: string): string => `/${url.replace(/^[/\\]+/, '')}`

/** Takes `/sv` or `/en` off the address; Finnish lives at the root. */
export function language(): RequestHandler {
  return (req, res, next) => {
    const found = /^\/(sv|en)(?=\/|\?|$)/.exec(req.url)
    const lang = (found?.[1] ?? 'fi') as Language
    if (found) {
      const rest = req.url.slice(found[0].length)
      req.url = rest.startsWith('/') ? rest : `/${rest}`
    }
    Object.assign(res.locals, {
      lang,
      t: translators[lang],
      f: formats[lang],
      path: asPath(req.url),
      url: (path: string) => withPrefix(lang, path),
    })
    next()
  }
}

/** The same page in the other languages, for the switch and for hreflang. */
export function alternates(path: string): { lang: Language; href: string; name: string }[] {
  const names: Record<Language, string> = { fi: 'Suomi', sv: 'Svenska', en: 'English' }
  return languages.map((lang) => ({ lang, href: withPrefix(lang, path), name: names[lang] }))
}
