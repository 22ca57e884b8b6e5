import { expect, test } from 'vitest'
import { linksTo } from '../bookings/form-reader.ts'
import { world } from '../support/world.ts'

test('of the spaces that are free at the same time, the likeliest for the purpose is named first', async () => {
  const the = await world()
  const agent = await the.client()
  const bookable = async (purpose: string): Promise<string[]> => {
    const { text } = await agent.get(`/spaces?purpose=${purpose}&date=2026-11-24&from=17:00&minutes=60`).expect(200)
    return [...new Set(linksTo(text, 'ti 24.11. klo 17–18').map((href) => /space=([\w-]+)/.exec(href)![1]!))]
  }
  expect(await bookable('meeting')).toEqual(['kokoushuone', 'luokka'])
  expect(await bookable('training')).toEqual(['luokka', 'kokoushuone'])
})
