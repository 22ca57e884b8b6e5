import * as about from '../../src/about/table.ts'
import * as availability from '../../src/availability/table.ts'
import * as bookings from '../../src/bookings/table.ts'
import * as calendars from '../../src/calendars/table.ts'
import * as decisions from '../../src/decisions/table.ts'
import * as history from '../../src/history/table.ts'
import * as notices from '../../src/notices/table.ts'
import * as people from '../../src/people/table.ts'
import type { Database } from '../../src/platform/db/database.ts'
import * as queue from '../../src/platform/jobs/table.ts'
import * as rulebook from '../../src/rulebook/table.ts'
import * as spaces from '../../src/spaces/table.ts'
import * as time from '../../src/time/table.ts'
import * as trials from '../../src/trials/table.ts'

/** Every table, children before their parents. */
export const tables = [
  calendars.feedTags, calendars.eventTexts, calendars.feedAddresses, decisions.decisions, people.bans, trials.trials, bookings.occupancies, bookings.holds, bookings.bookings,
  bookings.idempotentAnswers, availability.occupiedDays, availability.savedSearches, about.contactMessages, notices.banners, people.invitations, people.memberships, people.associations, people.staffRoles, people.apiTokens, people.sessions,
  people.signInLinks, people.persons, history.events, queue.jobs, rulebook.editionWithdrawals, rulebook.editions, spaces.slugRedirects, spaces.catalogueVersion,
  spaces.closures, spaces.restrictions, spaces.openings, spaces.spaceParts, spaces.parts, spaces.spaces, spaces.unitBuildings, spaces.units,
  spaces.buildings, spaces.areaShapes, spaces.areas, time.terms, time.holidays,
]

/** Deletes every row of every table. */
export async function emptied(db: Database): Promise<void> {
  await db.transaction(async (db) => {
    for (const table of tables) await db.delete(table)
  })
}
