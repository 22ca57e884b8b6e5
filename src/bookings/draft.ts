/** The form's answers as typed, kept with the hold through Back and sign-in; parsed again on every use. */
export type DraftAnswers = Record<string, string | string[]>
