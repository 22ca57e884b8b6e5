/** Bad input on the command line: one clear sentence, exit 2. */
export class CliError extends Error {
  override name = 'CliError'
}
