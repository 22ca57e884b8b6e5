import { z } from 'zod'
import type { Text } from '../platform/i18n/text.ts'
import { instantAt, isLocalDate, parseMinute, type Reading } from '../time/wallclock.ts'

export const bannerAudiences = ['everybody', 'residents', 'staff'] as const
export type BannerAudience = (typeof bannerAudiences)[number]
/** From the gravest on, the order they are shown in. */
export const bannerLevels = ['danger', 'warning', 'info'] as const
export type BannerLevel = (typeof bannerLevels)[number]

/** A word on top of the pages, from `startsAt` until `endsAt` (instants). */
export type Banner = { id: string; audience: BannerAudience; level: BannerLevel; text: Text; startsAt: number; endsAt: number }

export type BannerState = 'coming' | 'current' | 'past'
export const stateOf = ({ startsAt, endsAt }: Pick<Banner, 'startsAt' | 'endsAt'>, now: number): BannerState =>
  endsAt <= now ? 'past' : startsAt > now ? 'coming' : 'current'

/** What somebody sees now: staff are those with desk rights, residents everybody else. */
export function bannersFor(known: readonly Banner[], viewer: { desk: boolean }, now: number): Banner[] {
  const audience = viewer.desk ? 'staff' : 'residents'
  return known
    .filter((banner) => (banner.audience === 'everybody' || banner.audience === audience) && stateOf(banner, now) === 'current')
    .sort((a, b) => bannerLevels.indexOf(a.level) - bannerLevels.indexOf(b.level) || a.startsAt - b.startsAt)
}

const longest = 300
const sentence = z.string('desk.banners.error.text').transform((text) => text.replace(/\s+/g, ' ').trim())
  .pipe(z.string().min(1, 'desk.banners.error.text').max(longest, 'desk.banners.error.long'))
const date = z.string('desk.banners.error.date').refine(isLocalDate, 'desk.banners.error.date')
const minute = z.string('desk.banners.error.time').transform((text, check) => {
  const minute = parseMinute(text)
  if (minute === null) check.addIssue({ code: 'custom', message: 'desk.banners.error.time' })
  return minute ?? z.NEVER
})

/** Why a wall-clock time is no instant: in spring an hour is left out, in autumn one comes twice. */
const unclear = (reading: Reading): string | null =>
  reading.kind === 'none' ? 'desk.banners.error.noSuchTime' : reading.kind === 'two' ? 'desk.banners.error.twice' : null

/** A banner as the form says it, in all languages; it must not be over already at `now`. */
export const bannerForm = (now: number) => z.object({
  audience: z.enum(bannerAudiences, 'desk.banners.error.audience'),
  level: z.enum(bannerLevels, 'desk.banners.error.level'),
  textFi: sentence, textSv: sentence, textEn: sentence,
  startDate: date, startTime: minute, endDate: date, endTime: minute,
}).transform(({ audience, level, textFi, textSv, textEn, startDate, startTime, endDate, endTime }, check) => {
  const [start, end] = [instantAt(startDate, startTime), instantAt(endDate, endTime)]
  const against = (field: string, message: string): void => check.addIssue({ code: 'custom', path: [field], message })
  for (const [field, reading] of [['startTime', start], ['endTime', end]] as const) {
    const why = unclear(reading)
    if (why) against(field, why)
  }
  if (start.kind !== 'one' || end.kind !== 'one') return z.NEVER
  if (end.at <= start.at) against('endTime', 'desk.banners.error.order')
  else if (end.at <= now) against('endTime', 'desk.banners.error.over')
  return { audience, level, text: { fi: textFi, sv: textSv, en: textEn }, startsAt: start.at, endsAt: end.at }
})
export type BannerWish = Omit<Banner, 'id'>
