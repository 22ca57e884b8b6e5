import { isoWithOffset } from '../time/wallclock.ts'

/** Where there is nothing to find: for machines, for staff, for one person, or only with a secret. */
const closed = ['/associations', '/bookings', '/calendars/f/', '/desk', '/dev/', '/me', '/sign-in', '/sign-out']
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

const open = ['/', '/spaces', '/rules', '/calendars', '/help', '/contact', '/about-data', '/accessibility', '/privacy']

const xml = (text: string): string => text.replace(/&/g, '&amp;').replace(/</g, '&lt;')

/** The pages worth finding, in Finnish; each names its other languages itself. */
export const sitemapText = (baseUrl: string, slugs: { units: Iterable<string>; spaces: Iterable<string> }): string => [
  '<?xml version="1.0" encoding="UTF-8"?>',
  '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">',
  ...[...open, ...Array.from(slugs.units, (slug) => `/units/${slug}`), ...Array.from(slugs.spaces, (slug) => `/spaces/${slug}`)]
    .map((path) => `<url><loc>${xml(`${baseUrl}${path}`)}</loc></url>`),
  '</urlset>',
  '',
].join('\n')

/** Where to tell of a hole (RFC 9116). `expires` is an instant. */
export const securityText = ({ baseUrl, contact }: { baseUrl: string; contact: string }, expires: number): string => [
  `Contact: mailto:${contact}`,
  `Expires: ${isoWithOffset(expires)}`,
  'Preferred-Languages: fi, sv, en',
  `Canonical: ${baseUrl}/.well-known/security.txt`,
  '',
].join('\n')
