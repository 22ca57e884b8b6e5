import { isoWithOffset } from '../time/wallclock.ts'

/** Where there is nothing to find: for machines, for staff, for one person, or only with a secret. */
const closed = ['/associations', '/bookings', '/calendars/f/', '/desk', '/dev/', '/me', '/saved-searches', '/sign-in', '/sign-out']
const prefixes = ['', '/sv', '/en']

/**
 * What search engines may read (RFC 9309): pages, not what forms and calendars lead to. Dates and filters, which live in
 * the query, make addresses without end; only the files of pages carry a query that means nothing.
 */
export const robotsText = (baseUrl: string): string => [
  'User-agent: *',
  'Allow: /static/',
  'Disallow: /*?',
  'Disallow: /api/',
  ...prefixes.flatMap((prefix) => closed.map((path) => `Disallow: ${prefix}${path}`)),
  '',
  `Sitemap: ${baseUrl}/sitemap.xml`,
  '',
].join('\n')

const open = [
  '/', '/spaces', '/rules', '/rules/editions', '/rules/restrictions', '/rules/procedure', '/rules/terms', '/calendars', '/help', '/contact', '/about-data', '/accessibility',
  '/privacy',
]

const xml = (text: string): string => text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/"/g, '&quot;')

/** The languages of our pages as search engines ask for them, each with the path that a page of it begins with. */
const versions = [['fi', ''], ['sv', '/sv'], ['en', '/en'], ['x-default', '']] as const

/** The pages worth finding, in each language, and beside each the same page in the others. */
export function sitemapText(baseUrl: string, slugs: { units: Iterable<string>; spaces: Iterable<string>; editions: Iterable<string> }): string {
  const paths = [
    ...open, ...Array.from(slugs.editions, (id) => `/rules/editions/${id}`),
    ...Array.from(slugs.units, (slug) => `/units/${slug}`), ...Array.from(slugs.spaces, (slug) => `/spaces/${slug}`),
  ]
  const addressOf = (prefix: string, path: string): string => xml(`${baseUrl}${prefix && path === '/' ? prefix : `${prefix}${path}`}`)
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:xhtml="http://www.w3.org/1999/xhtml">',
    ...paths.flatMap((path) => {
      const others = versions.map(([lang, prefix]) => `<xhtml:link rel="alternate" hreflang="${lang}" href="${addressOf(prefix, path)}"/>`).join('')
      return prefixes.map((prefix) => `<url><loc>${addressOf(prefix, path)}</loc>${others}</url>`)
    }),
    '</urlset>',
    '',
  ].join('\n')
}

/** Where to tell of a hole (RFC 9116). `expires` is an instant. */
export const securityText = ({ baseUrl, contact }: { baseUrl: string; contact: string }, expires: number): string => [
  `Contact: mailto:${contact}`,
  `Expires: ${isoWithOffset(expires)}`,
  'Preferred-Languages: fi, sv, en',
  `Canonical: ${baseUrl}/.well-known/security.txt`,
  '',
].join('\n')
