import type { PlainText } from '../platform/i18n/text.ts'
import { supervisionModes } from '../spaces/space.ts'
import type { SupervisionMode } from '../spaces/space.ts'
import type { Duty, Edition } from './edition.ts'

const phases = ['before', 'during', 'after'] as const satisfies readonly Duty['phase'][]

export type ModeDuties = { mode: SupervisionMode; phases: { phase: Duty['phase']; duties: PlainText[] }[] }

/** What one must do under each of the modes, before, during and after the use. */
export function dutiesByMode({ duties }: Pick<Edition, 'duties'>, modes: readonly SupervisionMode[]): ModeDuties[] {
  return supervisionModes.filter((mode) => modes.includes(mode)).map((mode) => ({
    mode,
    phases: phases.map((phase) => ({
      phase,
      duties: duties.filter((duty) => duty.phase === phase && duty.modes.includes(mode)).map(({ text }) => text),
    })).filter((one) => one.duties.length > 0),
  }))
}
