/** The wall clock read straight from Intl, minute by minute: slow, obvious, and not the code under test. */
const format = new Intl.DateTimeFormat('sv-SE', {
  timeZone: 'Europe/Helsinki', hourCycle: 'h23',
  year: 'numeric', month: '2-digit', day: '2-digit', hour: '2-digit', minute: '2-digit',
})

const read = new Map<number, string>()

/** `YYYY-MM-DD HH:MM` at an instant. */
export function wall(instant: number): string {
  let text = read.get(instant)
  if (text === undefined) {
    text = format.format(instant)
    read.set(instant, text)
  }
  return text
}

export const wallDate = (instant: number): string => wall(instant).slice(0, 10)
export const wallMinute = (instant: number): number => Number(wall(instant).slice(11, 13)) * 60 + Number(wall(instant).slice(14))

/** All instants of whole minutes at which Helsinki's clocks show the text. */
export function instantsShowing(text: string): number[] {
  const near = Date.parse(`${text.replace(' ', 'T')}Z`)
  return Array.from({ length: 5 * 60 }, (_, i) => near + (i - 240) * 60_000).filter((instant) => wall(instant) === text)
}
