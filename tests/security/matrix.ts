import { who } from './town.ts'

/**
 * What every knocker (town.ts) gets at every route, in this order: anonymous, Olli, Maija, Bea, Marko, Taru, Kalle, Mona,
 * Kerttu, Ada. `+` where something was written. `own` is the knocker’s own thing; `here` is Olli’s, in Kalle’s and Taru’s
 * school or of Bea’s and Marko’s association; `there` is Aino’s, in Mona’s youth centre or of an association of nobody
 * here; `-` where nothing is named. A lone status is everybody’s.
 */
const table = `
# Who watches the service; the service is not ready here, as no worker runs.
GET /healthz                                              -     200
GET /readyz                                               -     503
GET /metrics                                              -     200
# For everybody.
GET /                                                     -     200
GET /spaces/:slug                                         -     200
GET /units/:slug                                          -     200
GET /spaces                                               -     200
GET /rules                                                -     200
GET /rules/editions                                       -     200
GET /rules/editions/:id                                   -     200
GET /rules/restrictions                                   -     200
GET /rules/procedure                                      -     200
GET /rules/terms                                          -     200
GET /contact                                              -     200
POST /contact                                             -     200+
GET /robots.txt                                           -     200
GET /sitemap.xml                                          -     200
GET /.well-known/security.txt                             -     200
GET /favicon.ico                                          -     200
GET /accessibility                                        -     200
GET /privacy                                              -     200
GET /help                                                 -     200
GET /about-data                                           -     200
# Signing in and out. The link’s secret is the key, whoever brings it.
GET /sign-in                                              -     200  303  303  303  303  303  303  303  303  303
POST /sign-in                                             -     200+
GET /sign-in/:token                                       own   200
GET /sign-in/:token                                       here  200
GET /sign-in/:token                                       there 200
POST /sign-in/:token                                      own   303+
POST /sign-in/:token                                      here  303+
POST /sign-in/:token                                      there 303+
POST /sign-out                                            -     303  303+ 303+ 303+ 303+ 303+ 303+ 303+ 303+ 303+
# Not mounted in production.
GET /dev/sign-in                                          -     200
POST /dev/sign-in                                         -     303+
GET /dev/outbox                                           -     200
GET /dev/outbox/:file                                     -     404
GET /styleguide                                           -     200
GET /styleguide/errors/:code                              -     404
# One’s own account.
GET /me                                                   -     303  200  200  200  200  200  200  200  200  200
POST /me                                                  -     303  303+ 303+ 303+ 303+ 303+ 303+ 303+ 303+ 303+
POST /me/sessions/:id/revocation                          own   303  303+ 303+ 303+ 303+ 303+ 303+ 303+ 303+ 303+
POST /me/sessions/:id/revocation                          here  303  303+ 404  404  404  404  404  404  404  404
POST /me/sessions/:id/revocation                          there 303  404  404  404  404  404  404  404  404  404
POST /me/digest                                           -     303  403  403  403  403  303+ 303+ 303+ 303+ 303+
POST /me/tokens                                           -     303  200+ 200+ 200+ 200+ 200+ 200+ 200+ 200+ 200+
POST /me/tokens/:id/revocation                            own   303  303+ 303+ 303+ 303+ 303+ 303+ 303+ 303+ 303+
POST /me/tokens/:id/revocation                            here  303  303+ 404  404  404  404  404  404  404  404
POST /me/tokens/:id/revocation                            there 303  404  404  404  404  404  404  404  404  404
GET /saved-searches                                       -     303  200  200  200  200  200  200  200  200  200
POST /saved-searches                                      -     303  303+ 303+ 303+ 303+ 303+ 303+ 303+ 303+ 303+
POST /saved-searches/:id/name                             own   303  303+ 303+ 303+ 303+ 303+ 303+ 303+ 303+ 303+
POST /saved-searches/:id/name                             here  303  303+ 404  404  404  404  404  404  404  404
POST /saved-searches/:id/name                             there 303  404  404  404  404  404  404  404  404  404
POST /saved-searches/:id/deletion                         own   303  303+ 303+ 303+ 303+ 303+ 303+ 303+ 303+ 303+
POST /saved-searches/:id/deletion                         here  303  303+ 404  404  404  404  404  404  404  404
POST /saved-searches/:id/deletion                         there 303  404  404  404  404  404  404  404  404  404
# Associations. Olli only says that he belongs to Kallion Sulka ry, and the last who manages one stays.
GET /associations/invitations/:token                      own   303  200  200  200  200  200  200  200  200  200
GET /associations/invitations/:token                      here  303  200  403  403  403  403  403  403  403  403
GET /associations/invitations/:token                      there 303  403  403  403  403  403  403  403  403  403
POST /associations/invitations/:token                     own   303  303+ 303+ 303+ 303+ 303+ 303+ 303+ 303+ 303+
POST /associations/invitations/:token                     here  303  303+ 403  403  403  403  403  403  403  403
POST /associations/invitations/:token                     there 303  403  403  403  403  403  403  403  403  403
GET /associations                                         -     303  200  200  200  200  200  200  200  200  200
POST /associations                                        -     303  303+ 303+ 303+ 303+ 303+ 303+ 303+ 303+ 303+
GET /associations/:id                                     own   303  200  200  200  200  200  200  200  200  200
GET /associations/:id                                     here  303  404  404  200  200  404  404  404  404  404
GET /associations/:id                                     there 303  404  404  404  404  404  404  404  404  404
POST /associations/:id/departure                          own   303  409  409  409  409  409  409  409  409  409
POST /associations/:id/departure                          here  303  303+ 404  303+ 409  404  404  404  404  404
POST /associations/:id/departure                          there 303  404  404  404  404  404  404  404  404  404
POST /associations/:id/members/:person/rights             own   303  303+ 303+ 303+ 303+ 303+ 303+ 303+ 303+ 303+
POST /associations/:id/members/:person/rights             here  303  404  404  404  303+ 404  404  404  404  404
POST /associations/:id/members/:person/rights             there 303  404  404  404  404  404  404  404  404  404
POST /associations/:id/members/:person/removal            own   303  303+ 303+ 303+ 303+ 303+ 303+ 303+ 303+ 303+
POST /associations/:id/members/:person/removal            here  303  404  404  404  303+ 404  404  404  404  404
POST /associations/:id/members/:person/removal            there 303  404  404  404  404  404  404  404  404  404
POST /associations/:id/invitations                        own   303  303+ 303+ 303+ 303+ 303+ 303+ 303+ 303+ 303+
POST /associations/:id/invitations                        here  303  404  404  404  303+ 404  404  404  404  404
POST /associations/:id/invitations                        there 303  404  404  404  404  404  404  404  404  404
POST /associations/:id/invitations/:invitation/revocation own   303  303+ 303+ 303+ 303+ 303+ 303+ 303+ 303+ 303+
POST /associations/:id/invitations/:invitation/revocation here  303  404  404  404  303+ 404  404  404  404  404
POST /associations/:id/invitations/:invitation/revocation there 303  404  404  404  404  404  404  404  404  404
# Booking, and one’s own bookings.
GET /bookings/:ref/booking.ics                            own   303  200  200  200  200  200  200  200  200  200
GET /bookings/:ref/booking.ics                            here  303  200  404  404  404  200  200  404  200  200
GET /bookings/:ref/booking.ics                            there 303  404  404  404  404  404  404  200  200  200
GET /bookings/new                                         -     200
POST /bookings/new                                        -     303+
GET /bookings/new/details                                 -     200
POST /bookings/new/details                                -     303  303+ 303+ 303+ 303+ 303+ 303+ 303+ 303+ 303+
GET /bookings/new/check                                   -     303  200  303  303  303  303  303  303  303  303
POST /bookings/new/check                                  -     303  303+ 303+ 303+ 303+ 303+ 303+ 303+ 303+ 303+
POST /bookings/new/release                                -     303  303+ 303  303  303  303  303  303  303  303
GET /bookings/:ref/move                                   own   303  200  200  200  200  200  200  200  200  200
GET /bookings/:ref/move                                   here  303  200  404  404  404  404  404  404  404  404
GET /bookings/:ref/move                                   there 303  404  404  404  404  404  404  404  404  404
POST /bookings/:ref/move                                  own   303  303+ 303+ 303+ 303+ 303+ 303+ 303+ 303+ 303+
POST /bookings/:ref/move                                  here  303  303+ 404  404  404  404  404  404  404  404
POST /bookings/:ref/move                                  there 303  404  404  404  404  404  404  404  404  404
GET /bookings                                             -     303  200  200  200  200  200  200  200  200  200
GET /bookings/:ref                                        own   303  200  200  200  200  200  200  200  200  200
GET /bookings/:ref                                        here  303  200  404  404  404  404  404  404  404  404
GET /bookings/:ref                                        there 303  404  404  404  404  404  404  404  404  404
POST /bookings/:ref/payer                                 own   303  303+ 303+ 303+ 303+ 303+ 303+ 303+ 303+ 303+
POST /bookings/:ref/payer                                 here  303  303+ 404  404  404  404  404  404  404  404
POST /bookings/:ref/payer                                 there 303  404  404  404  404  404  404  404  404  404
POST /bookings/:ref/cancellation                          own   303  303+ 303+ 303+ 303+ 303+ 303+ 303+ 303+ 303+
POST /bookings/:ref/cancellation                          here  303  303+ 404  404  404  404  404  404  404  404
POST /bookings/:ref/cancellation                          there 303  404  404  404  404  404  404  404  404  404
# Decisions in writing: for their party and who decides at their place; a caretaker only sees bookings.
GET /decisions/:ref                                       own   303  200  200  200  200  200  200  200  200  200
GET /decisions/:ref                                       here  303  200  404  404  404  404  200  404  200  200
GET /decisions/:ref                                       there 303  404  404  404  404  404  404  200  200  200
POST /decisions                                           -     303  303+ 303+ 303+ 303+ 303+ 303+ 303+ 303+ 303+
POST /bookings/:ref/decisions                             own   303  303+ 303+ 303+ 303+ 303+ 303+ 303+ 303+ 303+
POST /bookings/:ref/decisions                             here  303  303+ 404  404  404  404  404  404  404  404
POST /bookings/:ref/decisions                             there 303  404  404  404  404  404  404  404  404  404
# Calendars. A secret address is its own key. POST /calendars/own: of one’s own bookings, the school’s, the youth centre’s,
# Kallion Sulka ry’s.
GET /calendars/spaces/:slug.ics                           -     200
GET /calendars/units/:slug.ics                            -     200
GET /calendars/areas/:slug.ics                            -     200
GET /calendars/f/:token.ics                               own   200
GET /calendars/f/:token.ics                               here  200
GET /calendars/f/:token.ics                               there 200
GET /calendars                                            -     200
POST /calendars/own                                       own   303  200+ 200+ 200+ 200+ 200+ 200+ 200+ 200+ 200+
POST /calendars/own                                       here  303  404  404  404  404  200+ 200+ 404  200+ 200+
POST /calendars/own                                       there 303  404  404  404  404  404  404  200+ 200+ 200+
POST /calendars/own                                       club  303  404  404  200+ 200+ 404  404  404  404  404
POST /calendars/own/:id/rotation                          own   303  200+ 200+ 200+ 200+ 200+ 200+ 200+ 200+ 200+
POST /calendars/own/:id/rotation                          here  303  200+ 404  404  404  404  404  404  404  404
POST /calendars/own/:id/rotation                          there 303  404  404  404  404  404  404  404  404  404
POST /calendars/own/:id/revocation                        own   303  303+ 303+ 303+ 303+ 303+ 303+ 303+ 303+ 303+
POST /calendars/own/:id/revocation                        here  303  303+ 404  404  404  404  404  404  404  404
POST /calendars/own/:id/revocation                        there 303  404  404  404  404  404  404  404  404  404
# The desk. Nobody decides their own request, or verifies their own association.
GET /desk                                                 -     303  403  403  403  403  200  200  200  200  200
GET /desk/requests                                        -     303  403  403  403  403  200  200  200  200  200
GET /desk/requests/:ref                                   own   303  403  403  403  403  200  200  404  200  200
GET /desk/requests/:ref                                   here  303  403  403  403  403  200  200  404  200  200
GET /desk/requests/:ref                                   there 303  403  403  403  403  404  404  200  200  200
POST /desk/requests/:ref/approval                         own   303  403  403  403  403  404  409  404  409  409
POST /desk/requests/:ref/approval                         here  303  403  403  403  403  404  303+ 404  303+ 303+
POST /desk/requests/:ref/approval                         there 303  403  403  403  403  404  404  303+ 303+ 303+
POST /desk/requests/:ref/rejection                        own   303  403  403  403  403  404  409  404  409  409
POST /desk/requests/:ref/rejection                        here  303  403  403  403  403  404  303+ 404  303+ 303+
POST /desk/requests/:ref/rejection                        there 303  403  403  403  403  404  404  303+ 303+ 303+
POST /desk/requests/:ref/cancellation                     own   303  403  403  403  403  404  409  404  409  409
POST /desk/requests/:ref/cancellation                     here  303  403  403  403  403  404  303+ 404  303+ 303+
POST /desk/requests/:ref/cancellation                     there 303  403  403  403  403  404  404  303+ 303+ 303+
POST /desk/requests/:ref/decisions                        own   303  403  403  403  403  404  409  404  409  409
POST /desk/requests/:ref/decisions                        here  303  403  403  403  403  404  303+ 404  303+ 303+
POST /desk/requests/:ref/decisions                        there 303  403  403  403  403  404  404  303+ 303+ 303+
# Bans: who decides there, and nobody about themselves.
GET /desk/bans                                            -     303  403  403  403  403  403  200  200  200  200
GET /desk/bans/:id                                        own   303  403  403  403  403  403  200  404  200  200
GET /desk/bans/:id                                        here  303  403  403  403  403  403  200  404  200  200
GET /desk/bans/:id                                        there 303  403  403  403  403  403  404  200  200  200
POST /desk/bans/:id/lifting                               own   303  403  403  403  403  403  409  404  409  409
POST /desk/bans/:id/lifting                               here  303  403  403  403  403  403  303+ 404  303+ 303+
POST /desk/bans/:id/lifting                               there 303  403  403  403  403  403  404  303+ 303+ 303+
GET /desk/requests/:ref/ban                               own   303  403  403  403  403  404  200  404  200  200
GET /desk/requests/:ref/ban                               here  303  403  403  403  403  404  200  404  200  200
GET /desk/requests/:ref/ban                               there 303  403  403  403  403  404  404  200  200  200
POST /desk/requests/:ref/ban                              own   303  403  403  403  403  404  409  404  409  409
POST /desk/requests/:ref/ban                              here  303  403  403  403  403  404  303+ 404  303+ 303+
POST /desk/requests/:ref/ban                              there 303  403  403  403  403  404  404  303+ 303+ 303+
GET /desk/associations                                    -     303  403  403  403  403  403  403  403  200  200
GET /desk/associations/:id                                own   303  403  403  403  403  403  403  403  200  200
GET /desk/associations/:id                                here  303  403  403  403  403  403  403  403  200  200
GET /desk/associations/:id                                there 303  403  403  403  403  403  403  403  200  200
POST /desk/associations/:id/verification                  own   303  403  403  403  403  403  403  403  409  409
POST /desk/associations/:id/verification                  here  303  403  403  403  403  403  403  403  303+ 303+
POST /desk/associations/:id/verification                  there 303  403  403  403  403  403  403  403  303+ 303+
POST /desk/associations/:id/name                          own   303  403  403  403  403  403  403  403  409  409
POST /desk/associations/:id/name                          here  303  403  403  403  403  403  403  403  303+ 303+
POST /desk/associations/:id/name                          there 303  403  403  403  403  403  403  403  303+ 303+
POST /desk/associations/:id/verification/revocation       own   303  403  403  403  403  403  403  403  409  409
POST /desk/associations/:id/verification/revocation       here  303  403  403  403  403  403  403  403  303+ 303+
POST /desk/associations/:id/verification/revocation       there 303  403  403  403  403  403  403  403  303  303
POST /desk/associations/:id/members/:person/confirmation  own   303  403  403  403  403  403  403  403  409  409
POST /desk/associations/:id/members/:person/confirmation  here  303  403  403  403  403  403  403  403  303+ 303+
POST /desk/associations/:id/members/:person/confirmation  there 303  403  403  403  403  403  403  403  303+ 303+
POST /desk/associations/:id/members/:person/removal       own   303  403  403  403  403  403  403  403  409  409
POST /desk/associations/:id/members/:person/removal       here  303  403  403  403  403  403  403  403  303+ 303+
POST /desk/associations/:id/members/:person/removal       there 303  403  403  403  403  403  403  403  303+ 303+
GET /desk/banners                                         -     303  403  403  403  403  403  403  403  200  200
GET /desk/banners/new                                     -     303  403  403  403  403  403  403  403  200  200
POST /desk/banners                                        -     303  403  403  403  403  403  403  403  303+ 303+
GET /desk/banners/:id                                     -     303  403  403  403  403  403  403  403  200  200
POST /desk/banners/:id                                    -     303  403  403  403  403  403  403  403  303+ 303+
POST /desk/banners/:id/ending                             -     303  403  403  403  403  403  403  403  303+ 303+
GET /desk/restrictions                                    -     303  403  403  403  403  403  403  403  200  200
GET /desk/restrictions/new                                -     303  403  403  403  403  403  403  403  200  200
POST /desk/restrictions                                   -     303  403  403  403  403  403  403  403  303+ 303+
GET /desk/restrictions/:id                                -     303  403  403  403  403  403  403  403  200  200
POST /desk/restrictions/:id/ending                        -     303  403  403  403  403  403  403  403  303+ 303+
# The rule book; what stands on the draft of somebody is every coordinator’s of the whole city.
GET /desk/rules                                           -     303  403  403  403  403  403  403  403  200  200
GET /desk/rules/new                                       -     303  403  403  403  403  403  403  403  200  200
POST /desk/rules/copy                                     -     303  403  403  403  403  403  403  403  303+ 303+
POST /desk/rules/file                                     -     303  403  403  403  403  403  403  403  303+ 303+
GET /desk/rules/comparison                                -     303  403  403  403  403  403  403  403  200  200
GET /desk/rules/:id                                       -     303  403  403  403  403  403  403  403  200  200
GET /desk/rules/:id/file                                  -     303  403  403  403  403  403  403  403  200  200
GET /desk/rules/:id/check                                 -     303  403  403  403  403  403  403  403  200  200
POST /desk/rules/:id/deletion                             -     303  403  403  403  403  403  403  403  303+ 303+
GET /desk/rules/:id/adoption                              -     303  403  403  403  403  403  403  403  200  200
POST /desk/rules/:id/adoption                             -     303  403  403  403  403  403  403  403  303+ 303+
GET /desk/rules/:id/withdrawal                            -     303  403  403  403  403  403  403  403  200  200
POST /desk/rules/:id/withdrawal                           -     303  403  403  403  403  403  403  403  303+ 303+
GET /desk/rules/:id/parts/:part                           -     303  403  403  403  403  403  403  403  200  200
POST /desk/rules/:id/parts/:part                          -     303  403  403  403  403  403  403  403  303+ 303+
GET /desk/rules/:id/entries/:list                         -     303  403  403  403  403  403  403  403  200  200
POST /desk/rules/:id/entries/:list                        -     303  403  403  403  403  403  403  403  303+ 303+
GET /desk/rules/:id/entries/:list/:entry                  -     303  403  403  403  403  403  403  403  200  200
POST /desk/rules/:id/entries/:list/:entry                 -     303  403  403  403  403  403  403  403  303+ 303+
POST /desk/rules/:id/entries/:list/:entry/deletion        -     303  403  403  403  403  403  403  403  303+ 303+
GET /desk/rules/:id/rules                                 -     303  403  403  403  403  403  403  403  200  200
POST /desk/rules/:id/rules                                -     303  403  403  403  403  403  403  403  303+ 303+
GET /desk/rules/:id/rules/:rule                           -     303  403  403  403  403  403  403  403  200  200
POST /desk/rules/:id/rules/:rule                          -     303  403  403  403  403  403  403  403  303+ 303+
POST /desk/rules/:id/rules/:rule/place                    -     303  403  403  403  403  403  403  403  303+ 303+
POST /desk/rules/:id/rules/:rule/deletion                 -     303  403  403  403  403  403  403  403  303+ 303+
GET /desk/rules/:id/trials                                -     303  403  403  403  403  403  403  403  200  200
POST /desk/rules/:id/trials                               -     303  403  403  403  403  403  403  403  303+ 303+
GET /desk/rules/:id/trials/:trial                         -     303  403  403  403  403  403  403  403  200  200
POST /desk/rules/:id/trials/:trial/cancellation           -     303  403  403  403  403  403  403  403  303+ 303+
GET /desk/rules/:id/trials/:trial/table.csv               -     303  403  403  403  403  403  403  403  200  200
# The API, asked with tokens.
GET /api/v1/openapi.json                                  -     200
GET /api/v1/units                                         -     200
GET /api/v1/spaces                                        -     200
GET /api/v1/spaces/:slug/availability                     -     200
GET /api/v1/search                                        -     200
GET /api/v1/rules                                         -     200
GET /api/v1/rules/editions                                -     200
GET /api/v1/rules/editions/:id                            -     200
GET /api/v1/rules/schema                                  -     200
POST /api/v1/quotes                                       -     200
POST /api/v1/bookings                                     -     401  201+ 201+ 201+ 201+ 201+ 201+ 201+ 201+ 201+
GET /api/v1/bookings/:ref                                 own   401  200  200  200  200  200  200  200  200  200
GET /api/v1/bookings/:ref                                 here  401  200  404  404  404  200  200  404  200  200
GET /api/v1/bookings/:ref                                 there 401  404  404  404  404  404  404  200  200  200
DELETE /api/v1/bookings/:ref                              own   401  200+ 200+ 200+ 200+ 200+ 200+ 200+ 200+ 200+
DELETE /api/v1/bookings/:ref                              here  401  200+ 404  404  404  404  200+ 404  200+ 200+
DELETE /api/v1/bookings/:ref                              there 401  404  404  404  404  404  404  200+ 200+ 200+
POST /api/v1/bookings/:ref/move                           own   401  200+ 200+ 200+ 200+ 200+ 200+ 200+ 200+ 200+
POST /api/v1/bookings/:ref/move                           here  401  200+ 404  404  404  404  404  404  404  404
POST /api/v1/bookings/:ref/move                           there 401  404  404  404  404  404  404  404  404  404
POST /api/v1/bookings/:ref/approval                       own   401  404  404  404  404  404  409  404  409  409
POST /api/v1/bookings/:ref/approval                       here  401  404  404  404  404  404  200+ 404  200+ 200+
POST /api/v1/bookings/:ref/approval                       there 401  404  404  404  404  404  404  200+ 200+ 200+
POST /api/v1/bookings/:ref/rejection                      own   401  404  404  404  404  404  409  404  409  409
POST /api/v1/bookings/:ref/rejection                      here  401  404  404  404  404  404  200+ 404  200+ 200+
POST /api/v1/bookings/:ref/rejection                      there 401  404  404  404  404  404  404  200+ 200+ 200+
`

/** The statuses by route and object: `GET /bookings/:ref own`. */
export const matrix: Record<string, string> = Object.fromEntries(table.split('\n').flatMap((line) => {
  const [, route, object, cells] = /^(\S+ \S+) +(\S+) +(.*)$/.exec(line.startsWith('#') ? '' : line) ?? []
  if (cells === undefined) return []
  const each = cells.split(/ +/)
  return [[`${route} ${object}`, each.length === 1 ? who.map(() => each[0]).join(' ') : each.join(' ')]]
}))
