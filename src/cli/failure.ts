/** What the user asked for cannot be done; said in one sentence, without where in our code that was found out. */
export class Failure extends Error {
  override readonly name = 'Failure';
}
