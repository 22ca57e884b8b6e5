type Fault = { type: string; message: string; code?: string | number; stack?: string }

const address = /[^\s<>"'(),;:]+@[^\s<>"'(),;:]+/g

/**
 * What a log may tell of something thrown: the innermost reason and where it happened. A failed query names its values
 * and a mail server the recipient, so neither the outer messages nor other fields nor mail addresses go along.
 */
export function faultOf(thrown: unknown): Fault {
  let inner = thrown
  while (inner instanceof Error && inner.cause instanceof Error) inner = inner.cause
  if (!(inner instanceof Error)) return { type: typeof inner, message: 'not an error' }
  const { code } = inner as { code?: unknown }
  const frames = thrown instanceof Error ? thrown.stack?.match(/^ {4}at .*$/gm)?.join('\n') : undefined
  return {
    type: inner.name,
    message: inner.message.replace(address, '…@…'),
    ...(typeof code === 'string' || typeof code === 'number' ? { code } : {}),
    ...(frames ? { stack: frames } : {}),
  }
}
