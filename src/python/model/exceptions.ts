/** Python's own exceptions, each with the one above it; the others stand below `Exception`. */
const ABOVE: Readonly<Record<string, string>> = {
  BaseException: 'object',
  Exception: 'BaseException',
  KeyboardInterrupt: 'BaseException',
  SystemExit: 'BaseException',
  GeneratorExit: 'BaseException',
  BaseExceptionGroup: 'BaseException',
  ExceptionGroup: 'Exception',
  ZeroDivisionError: 'ArithmeticError',
  OverflowError: 'ArithmeticError',
  FloatingPointError: 'ArithmeticError',
  KeyError: 'LookupError',
  IndexError: 'LookupError',
  ModuleNotFoundError: 'ImportError',
  NotImplementedError: 'RuntimeError',
  RecursionError: 'RuntimeError',
  UnboundLocalError: 'NameError',
  FileNotFoundError: 'OSError',
  FileExistsError: 'OSError',
  IsADirectoryError: 'OSError',
  NotADirectoryError: 'OSError',
  PermissionError: 'OSError',
  ConnectionError: 'OSError',
  TimeoutError: 'OSError',
  UnicodeError: 'ValueError',
  UnicodeDecodeError: 'UnicodeError',
  UnicodeEncodeError: 'UnicodeError',
  DeprecationWarning: 'Warning',
  FutureWarning: 'Warning',
  UserWarning: 'Warning',
  RuntimeWarning: 'Warning',
};

const DIRECT =
  'ArithmeticError AssertionError AttributeError BufferError EOFError ImportError LookupError MemoryError NameError ' +
  'OSError ReferenceError RuntimeError StopIteration StopAsyncIteration SyntaxError SystemError TypeError ValueError ' +
  'Warning';

export const EXCEPTIONS: readonly string[] = [...Object.keys(ABOVE), ...DIRECT.split(' ')];
const names = new Set(EXCEPTIONS);

/** An exception of Python's and all above it; `undefined` where it is none. */
export function exceptionsAbove(name: string): readonly string[] | undefined {
  if (!names.has(name)) return undefined;
  const above: string[] = [];
  for (let at = name; at !== 'object'; at = ABOVE[at] ?? 'Exception') above.push(at);
  return above;
}
