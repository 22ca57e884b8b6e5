import { expect, test } from 'vitest'
import { placeHold } from '../../src/bookings/hold-actions.ts'
import { at } from '../bookings/wishes.ts'
import { world, type World } from '../support/world.ts'

/** Monday 23 November and seven working days to handle a request: 2 December is the first day on which staff can decide. */
const tooLate = 'Varauksesi voi olla aikaisintaan keskiviikkona 2.12.2026.'

const read = async (w: World, path: string): Promise<string> =>
  (await (await w.client()).get(path)).text.replace(/<script[\s\S]*?<\/script>|<[^>]+>/g, ' ').replace(/\s+/g, ' ')

test('where a rule leaves a kind of space to staff, every page says so before anybody has said who they are, and why', async () => {
  const w = await world()
  expect(await read(w, '/spaces?kind=canteen&date=2026-12-10')).toMatch(/Ruokasali .*Henkilökunta hyväksyy/)
  expect(await read(w, '/spaces?kind=gym&date=2026-12-10')).not.toContain('Henkilökunta hyväksyy')
  expect(await read(w, '/units/kallion-koulu')).toMatch(/Luokka 101 (?:(?!Ruokasali).)*Vahvistuu heti .*Ruokasali (?:(?!Vahvistuu).)*Henkilökunta hyväksyy/)
  const page = await read(w, '/spaces/ruokasali')
  expect(page).toContain('Vahvistus Henkilökunta hyväksyy')
  expect(page).toContain('Henkilökunta päättää 5 arkipäivän kuluessa. Keittiössä ja ruokasalissa on koneita,')
  expect(await read(w, '/sv/spaces/ruokasali')).toContain('I kök och matsalar finns det maskiner,')
  expect(await read(w, '/en/spaces/nuorisosali')).toContain('The building’s own open programme is held in the hall too.')
  expect(await read(w, '/spaces/luokka')).toContain('Tavallinen varaus vahvistuu heti.')
})

test('a time that leaves staff none to decide is refused wherever it is asked about', async () => {
  const w = await world()
  const asked = (date: string) => read(w, `/spaces/ruokasali?at=${date}T18:00&minutes=60`)
  expect(await asked('2026-12-01')).toContain(tooLate)
  expect(await asked('2026-12-02')).not.toContain(tooLate)
  expect(await asked('2026-12-02')).toContain('Voit pyytää tätä aikaa. Henkilökunta päättää 5 arkipäivän kuluessa.')
  const form = (date: string) => read(w, `/bookings/new?space=ruokasali&date=${date}&from=18:00&to=19:00`)
  expect(await form('2026-12-01')).toContain(tooLate)
  expect(await form('2026-12-02')).not.toContain(tooLate)
  const kept = (date: string) => placeHold(w.ctx, { hash: date, addressHash: 'here' }, { space: 'ruokasali', start: at(`${date}T18:00`), end: at(`${date}T19:00`) }, {})
  expect(await kept('2026-12-01')).toEqual({ ok: false, refusals: [{ code: 'too-late', firstDate: '2026-12-02' }] })
  expect(await kept('2026-12-02')).toMatchObject({ ok: true })
})
