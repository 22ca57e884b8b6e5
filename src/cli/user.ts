import { parseArgs } from 'node:util'
import type { Context } from '../context.ts'
import { addUser, issueToken, type UserRefusal } from '../people/user-actions.ts'
import { roles } from '../people/roles.ts'
import { CliError } from './cli-error.ts'

const help = `Adds a person, or a role to the person who has the address already.

  user add --email E --name N --role ${roles.join('|')}
           [--scope unit:<slug>|area:<slug>|city] [--token]

  --email   the address they sign in with
  --name    needed for a new person; a known person keeps their own
  --role    a caretaker or manager has a unit or an area, a coordinator an area or the city, an admin the city
  --scope   for example unit:kallion-ala-asteen-koulu, area:kallio, city
  --token   prints a bearer token for the API, alone on standard output; it is not shown again
`

function read(argv: string[]) {
  try {
    return parseArgs({
      args: argv,
      options: {
        email: { type: 'string' }, name: { type: 'string' }, role: { type: 'string' }, scope: { type: 'string' },
        token: { type: 'boolean' }, help: { type: 'boolean', short: 'h' },
      },
    }).values
  } catch (error) {
    throw new CliError(`${(error as Error).message.split('. ')[0]}. See user add --help.`)
  }
}

function sentence(refusal: UserRefusal): string {
  switch (refusal.code) {
    case 'bad-email': return `${JSON.stringify(refusal.email)} is not an e-mail address.`
    case 'name-needed': return 'A new person needs --name, at most 100 characters.'
    case 'unknown-role': return `There is no role ${JSON.stringify(refusal.role)}; choose one of ${roles.join(', ')}.`
    case 'scope-needed': return `The role ${refusal.role} needs --scope: ${refusal.allowed.join(' or ')}.`
    case 'scope-not-allowed':
      return refusal.allowed.length ? `The role ${refusal.role} is given for ${refusal.allowed.join(' or ')} only.` : `The role ${refusal.role} has no scope.`
    case 'unknown-scope': return `There is no place ${JSON.stringify(refusal.scope)}; a scope is unit:<slug>, area:<slug> or city.`
  }
}

/** `user add`: `argv` is what follows these words. Throws `CliError` on bad input. */
export async function userAdd(ctx: Context, argv: string[]): Promise<void> {
  const options = read(argv)
  if (options.help) return void process.stdout.write(help)
  const { email, name = '', role, scope } = options
  if (email === undefined || role === undefined) throw new CliError(`--${email === undefined ? 'email' : 'role'} is missing. See user add --help.`)
  const added = await addUser(ctx, { email, name, role, scope })
  if (!added.ok) throw new CliError(sentence(added.refusal))
  if (options.token) {
    const { token } = await issueToken(ctx, added.person.id, 'user add')
    return void process.stdout.write(`${token}\n`)
  }
  const as = role === 'resident' ? 'a resident' : `${role}${scope ? ` of ${scope}` : ''}`
  process.stdout.write(`${added.isNew ? 'Added' : 'Already known:'} ${added.person.name} <${added.person.email}>, ${as}.\n`)
}
