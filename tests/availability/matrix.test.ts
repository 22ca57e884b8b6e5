import { describe, expect, test } from 'vitest'
import { freeDay, withHolds } from '../../src/availability/free-day.ts'
import { matrixView } from '../../src/availability/matrix-view.ts'
import { inFull, roomsOf } from '../../src/availability/rooms.ts'
import { searchOf, searchQuery } from '../../src/availability/search-query.ts'
import type { Taken } from '../../src/availability/taken.ts'
import type { Listed, Unit } from '../../src/spaces/catalogue.ts'
import type { Opening } from '../../src/spaces/opening.ts'
import type { Space } from '../../src/spaces/space.ts'
import { foundAmong } from './found.ts'
import { at, calendar, opening, schedule, taken } from './sample.ts'

const limits = { handlingWorkingDays: 7 }
const unit = { id: 'school', slug: 'school', kind: 'school', name: { fi: 'Koulu' }, areaIds: [] } as unknown as Unit

type Own = { space?: Partial<Space>; openings?: Opening[]; busy?: Taken[] }

function matrixOf(all: Own[], query: Record<string, string> = {}, now = at('2026-11-23T09:00')) {
  const listed = all.map(({ space, openings = [opening()] }, position): Listed =>
    ({ position, room: position, space: schedule({ space: { id: `s${position}`, slug: `s${position}`, ...space } }).space, unit, openings, closures: [], calendar, words: '' }))
  const busy = new Map(all.map(({ busy = [] }, i) => [`s${i}`, busy]))
  const search = searchOf(searchQuery.parse({ date: '2026-11-24', ...query }), now)
  const day = withHolds(freeDay(listed, busy, search.on), listed, busy)
  const { found, hitOf } = foundAmong(listed, [day], search, now, limits)
  return matrixView(inFull(roomsOf(found).heads, listed, hitOf), day, { search, now, limits, language: 'fi' })
}
const cells = (matrix: ReturnType<typeof matrixOf>, row = 0): string[] =>
  matrix.rows[row]!.cells.map((cell) => (cell.is === 'free' ? `${cell.is} ${new Date(cell.start).toISOString().slice(11, 16)}` : `${cell.is} ${cell.from}+${cell.hours}`))

describe('spaces by hours', () => {
  test('an hour is free where a time of the wished length starts in it; neighbours that are not are one cell', () => {
    const busy = [taken('2026-11-24T18:30', '2026-11-24T20:00')]
    // 16–22 in Helsinki is 14–20 UTC.
    expect(cells(matrixOf([{ busy }]))).toEqual(['free 14:00', 'free 15:00', 'short 18+1', 'taken 19+1', 'free 18:00', 'free 19:00'])
    expect(cells(matrixOf([{ busy }], { minutes: '120' }))).toEqual(['free 14:00', 'short 17+2', 'taken 19+1', 'free 18:00', 'short 21+1'])
  })
  test('a start in the middle of an hour is that hour’s time', () => {
    expect(cells(matrixOf([{ busy: [taken('2026-11-24T16:00', '2026-11-24T17:30')] }])).slice(0, 3)).toEqual(['taken 16+1', 'free 15:30', 'free 16:00'])
  })
  test('hours begin with the first opening of any space and end with the last', () => {
    const matrix = matrixOf([{}, { openings: [opening({ from: 9 * 60, to: 12 * 60 })] }])
    expect(matrix.hours).toEqual([9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21])
    expect(cells(matrix)[0]).toBe('closed 9+7')
    expect(cells(matrix, 1).at(-1)).toBe('closed 12+10')
    expect(matrixOf([{ openings: [] }]).hours).toEqual([])
  })
  test('hours that are over, and those too near for a person to decide, are too late', () => {
    expect(cells(matrixOf([{}], {}, at('2026-11-24T17:40'))).slice(0, 3)).toEqual(['late 16+1', 'short 17+1', 'free 16:00'])
    expect(cells(matrixOf([{ space: { approval: 'person' } }]))).toEqual(['late 16+6'])
  })
  test('the clock’s lost hour has no column, the doubled one is one', () => {
    const night = [{ openings: [opening({ from: 0, to: 6 * 60 })] }]
    expect(matrixOf(night, { date: '2027-03-28' }, at('2027-03-01T09:00')).hours).toEqual([0, 1, 2, 4, 5])
    const autumn = matrixOf(night, { date: '2026-10-25' }, at('2026-10-20T09:00'))
    expect(autumn.hours).toEqual([0, 1, 2, 3, 4, 5])
    expect(cells(autumn)).toEqual(['free 21:00', 'free 22:00', 'free 23:00', 'free 00:00', 'free 02:00', 'free 03:00'])
  })
  test('of several dates one is shown, with the way to the ones beside it', () => {
    const days = { dateTo: '2026-11-26', view: 'matrix' }
    expect(matrixOf([{}], days)).toMatchObject({ date: '2026-11-24', previous: null })
    const middle = matrixOf([{}], { ...days, on: '2026-11-25' })
    expect(new URL(`http://x${middle.previous}`).searchParams.get('on')).toBe('2026-11-24')
    expect(new URL(`http://x${middle.next}`).searchParams.get('on')).toBe('2026-11-26')
    expect(matrixOf([{}]).next).toBeNull()
  })
})
