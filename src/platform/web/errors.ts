/** What is thrown on the way to an answer. Refusals of the domain are values, never these. */
export class HttpError extends Error {
  constructor(readonly status: number, readonly code: string, message?: string) {
    super(message ?? code)
  }
}
/** Unknown, or not the viewer's: the two are never told apart. */
export class NotFound extends HttpError {
  constructor() {
    super(404, 'not-found')
  }
}
export class Forbidden extends HttpError {
  constructor() {
    super(403, 'forbidden')
  }
}
/** A query string or JSON that cannot be read. */
export class Malformed extends HttpError {
  constructor(readonly issues: { path: string; code: string }[] = []) {
    super(400, 'malformed')
  }
}
/** A page for signed-in people was asked by somebody who is not. */
export class SignInNeeded extends HttpError {
  constructor() {
    super(401, 'sign-in-needed')
  }
}
