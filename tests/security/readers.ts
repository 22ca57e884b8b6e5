import type { Sight } from './marks.ts'
import type { Knocker } from './town.ts'

/** Everybody who may knock, and two who only get mails: the city's mailbox, and whom Marko invited. */
export type Viewer = Knocker | 'city' | 'invited'

const isPerson = (viewer: Viewer): boolean => !['anonymous', 'city', 'invited'].includes(viewer)

/** Who reads something of somebody's, or of an association's. */
const readers: Record<string, (viewer: Viewer, of: string) => boolean> = {
  anybody: () => true,
  themselves: (viewer, of) => viewer === of,
  /** Who sees the bookings of the place: Aino's are in the youth centre, the others' in the school. */
  'the place’s staff': (viewer, of) => ['kerttu', 'ada', ...(of === 'aino' ? ['mona'] : ['taru', 'kalle'])].includes(viewer),
  'the place’s deciders': (viewer, of) => ['kerttu', 'ada', of === 'aino' ? 'mona' : 'kalle'].includes(viewer),
  /** Olli books for Kallion Sulka ry. */
  'staff where it books': (viewer, of) => of === 'sulka' && ['taru', 'kalle', 'kerttu', 'ada'].includes(viewer),
  'deciders where it books': (viewer, of) => of === 'sulka' && ['kalle', 'kerttu', 'ada'].includes(viewer),
  coordinators: (viewer) => ['kerttu', 'ada'].includes(viewer),
  members: (viewer, of) => viewer === of || (of === 'sulka' && ['bea', 'marko'].includes(viewer)),
  managers: (viewer, of) => viewer === of || (of === 'sulka' && viewer === 'marko'),
  /** Heta belongs to every association. */
  'fellow members': (viewer, of) => (of === 'heta' && isPerson(viewer)) || (['bea', 'marko'].includes(of) && ['bea', 'marko'].includes(viewer)),
  'their association’s managers': (viewer, of) => (of === 'heta' && isPerson(viewer)) || (['bea', 'nimeton'].includes(of) && viewer === 'marko'),
  /** Everybody has been invited by Aino, for Puisto ry. */
  'who was invited': (viewer, of) => isPerson(viewer) && ['puisto', 'aino'].includes(of),
  /** Everybody but Kerttu by Kerttu, and she by Ada. */
  'who reads of a ban': (viewer, of) => isPerson(viewer) && ['kerttu', 'ada'].includes(of),
  'for whom Kalle decided': (viewer, of) => viewer === 'olli' && of === 'kalle',
  'who said so': (viewer, of) => viewer === 'olli' && of === 'sulka',
  'the city’s mailbox': (viewer) => viewer === 'city',
  'whom Marko invited': (viewer, of) => viewer === 'invited' && ['sulka', 'marko'].includes(of),
}

type Rule = { reader: string; kinds: string[]; places: string[] }
const rule = (reader: string, kinds: string, ...places: string[]): Rule => ({ reader, kinds: kinds.split(' '), places })

const [mine, one, file, known, again] = ['/bookings', '/bookings/:ref', '/bookings/:ref/booking.ics', '/bookings/new', '/bookings/new/details'] as const
const [desk, request, inApi, decision] = ['/desk', '/desk/requests/:ref', '/api/v1/bookings/:ref', '/decisions/:ref'] as const
const [bans, ban, banning] = ['/desk/bans', '/desk/bans/:id', '/desk/requests/:ref/ban'] as const

/** Which private word may be read where, and by whom; nothing else may, and each of these must be. `*` is the head of every page. */
export const rules: Rule[] = [
  rule('themselves', 'name', '*'),
  rule('themselves', 'email', '/me', '/contact', '/associations/:id', '/associations/invitations/:token 403'),
  rule('themselves', 'phone', '/me'),
  rule('themselves', 'device program otherSession', '/me'),
  rule('themselves', 'ref', mine, known, again, 'mail'),
  rule('themselves', 'request', mine, one, '/bookings/:ref/move', file, known, again, inApi, 'mail'),
  rule('themselves', 'private public cancelled declined', mine, one, 'mail'),
  rule('themselves', 'private', known, again, inApi),
  rule('themselves', 'whyCancelled whyDeclined whyApproved whyStopped', one, inApi, 'mail'),
  rule('themselves', 'cancelled declined public', inApi),
  rule('themselves', 'responsible responsiblePhone', one, known, again, '/bookings/new/check', inApi),
  rule('themselves', 'payer payerAddress', one, known, again),
  rule('themselves', 'held', again, '/bookings/new/check'),
  rule('themselves', 'called', '/associations', one, known, again),
  rule('themselves', 'link', 'mail'),
  rule('themselves', 'search', '/saved-searches', '/spaces'),
  rule('themselves', 'sought', '/saved-searches'),
  rule('themselves', 'document', mine, one, 'mail'),
  rule('themselves', 'declined whyDeclined ref called', decision),
  rule('themselves', 'document', '/me'),
  rule('themselves', 'whyBanned heard whyLifted', decision),
  rule('who reads of a ban', 'name', decision, bans, ban),
  rule('the place’s deciders', 'whyBanned heard whyLifted', decision, ban),
  rule('the place’s deciders', 'name', bans, ban, banning),
  rule('the place’s deciders', 'document', ban),
  rule('the place’s deciders', 'request', banning),
  rule('for whom Kalle decided', 'name', decision),
  rule('who said so', 'registerNumber', decision),
  rule('the place’s deciders', 'document', request),
  rule('the place’s deciders', 'name declined whyDeclined ref called', decision),
  rule('deciders where it books', 'registerNumber', decision),
  rule('anybody', 'public', '/calendars/spaces/:slug.ics', '/calendars/units/:slug.ics', '/calendars/areas/:slug.ics', '/spaces/:slug', '/units/:slug'),
  rule('the place’s staff', 'request private public ref responsible responsiblePhone', desk),
  rule('the place’s staff', 'request', request, inApi, file),
  rule('the place’s staff', 'responsible responsiblePhone private public cancelled declined whyCancelled whyDeclined whyApproved whyStopped', request, inApi),
  rule('the place’s staff', 'name email called', request),
  rule('the place’s deciders', 'request', '/desk/requests'),
  rule('the place’s deciders', 'ref', '/desk/requests', 'mail'),
  rule('the place’s deciders', 'name', '/desk/requests'),
  rule('the place’s deciders', 'payer payerAddress', request),
  rule('staff where it books', 'club registerNumber', request),
  rule('deciders where it books', 'club', '/desk/requests', 'mail'),
  rule('members', 'club', '/associations', '/associations/:id', '/calendars', again),
  rule('members', 'registerNumber', '/associations', '/associations/:id', again),
  rule('members', 'businessId', '/associations', '/associations/:id'),
  rule('who said so', 'registerNumber', '/associations', known, again),
  rule('fellow members', 'name', '/associations/:id'),
  rule('their association’s managers', 'email', '/associations/:id'),
  rule('managers', 'invited', '/associations/:id'),
  rule('who was invited', 'club registerNumber name', '/associations/invitations/:token'),
  rule('coordinators', 'club registerNumber businessId', '/desk/associations', '/desk/associations/:id'),
  rule('coordinators', 'drafted', ...['', '/new', '/comparison', '/:id', '/:id/adoption', '/:id/check', '/:id/entries/:list', '/:id/entries/:list/:entry', '/:id/file', '/:id/parts/:part', '/:id/rules', '/:id/rules/:rule', '/:id/trials', '/:id/trials/:trial'].map((at) => `/desk/rules${at}`)),
  rule('coordinators', 'name email called', '/desk/associations/:id'),
  rule('coordinators', 'name', '/desk/associations', '/desk/banners', '/desk/restrictions/:id', '/desk/rules/:id', '/desk/rules/:id/trials/:trial'),
  rule('the city’s mailbox', 'message answerTo', 'mail'),
  rule('whom Marko invited', 'club name', 'mail'),
]

/** The rules by which a viewer reads this there, as `reader kind place`. */
export const allowing = (viewer: Viewer, where: string, { kind, of }: Sight): string[] =>
  rules.filter(({ reader, kinds, places }) => kinds.includes(kind) && (places.includes(where) || places.includes('*')) && readers[reader]!(viewer, of))
    .map(({ reader, places }) => `${reader} ${kind} ${places.includes('*') ? '*' : where}`)

/** Every permission there is, in the same words. */
export const permissions: string[] = rules.flatMap(({ reader, kinds, places }) => kinds.flatMap((kind) => places.map((place) => `${reader} ${kind} ${place}`)))
