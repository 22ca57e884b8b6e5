import type { BookingState } from '../../bookings/booking.ts'
import type { Dice } from './dice.ts'

type Fate = { state: BookingState; weight: number }

/** What becomes of bookings; `asked` when a person decides. Some of what is past is still only confirmed: nobody noted its use. */
const fates: Record<'over' | 'coming', Record<'automatic' | 'asked', Fate[]>> = {
  over: {
    automatic: [{ state: 'used', weight: 60 }, { state: 'confirmed', weight: 22 }, { state: 'cancelled', weight: 14 }, { state: 'no_show', weight: 4 }],
    asked: [
      { state: 'used', weight: 52 }, { state: 'confirmed', weight: 18 }, { state: 'cancelled', weight: 12 }, { state: 'declined', weight: 8 },
      { state: 'withdrawn', weight: 5 }, { state: 'no_show', weight: 3 }, { state: 'expired', weight: 2 },
    ],
  },
  coming: {
    automatic: [{ state: 'confirmed', weight: 90 }, { state: 'cancelled', weight: 10 }],
    asked: [
      { state: 'confirmed', weight: 80 }, { state: 'requested', weight: 3 }, { state: 'cancelled', weight: 8 }, { state: 'declined', weight: 6 },
      { state: 'withdrawn', weight: 3 },
    ],
  },
}

const day = 86_400_000
/** A request just made is not for tomorrow: deciding takes its days. */
const handling = 14 * day

type Asked = { start: number; end: number; approval: 'automatic' | 'person'; now: number }

export function fateOf({ start, end, approval, now }: Asked, dice: Dice): BookingState {
  const options = fates[end <= now ? 'over' : 'coming'][approval === 'person' ? 'asked' : 'automatic']
  const { state } = dice.weighed(options)
  return state === 'requested' && start < now + handling ? 'confirmed' : state
}

/** When it was asked for: up to two months ahead, and never later than now. */
export const askedAt = (start: number, now: number, dice: Dice): number =>
  Math.min(start - day, now) - Math.floor(dice.next() * 60 * day)
