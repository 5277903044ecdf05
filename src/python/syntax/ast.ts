import type { Chunk } from './chunk';

/**
 * The part of Python's grammar that decides values. Offsets are relative to the start of the top-level statement
 * (`Chunk`) in which a node stands, so that an edit elsewhere leaves the nodes valid.
 */
interface Node {
  readonly start: number;
  readonly end: number;
}

export type Expression =
  | Name
  | Attribute
  | Call
  | Lambda
  | Comprehension
  | (Node & { readonly kind: 'number'; readonly value: number; readonly float: boolean })
  | (Node & { readonly kind: 'string'; readonly value: string })
  /** A template is a text that is not put together, `t"…"`. */
  | (Node & { readonly kind: 'fstring' | 'template'; readonly parts: readonly (string | Expression)[] })
  /** A part of such a text that is not simply shown. */
  | (Node & {
      readonly kind: 'formatted';
      readonly value: Expression;
      readonly conversion?: 'r' | 's' | 'a';
      readonly spec: readonly (string | Expression)[];
    })
  | (Node & { readonly kind: 'constant'; readonly value: boolean | null })
  | (Node & { readonly kind: 'ellipsis' })
  | (Node & { readonly kind: 'tuple' | 'list' | 'set'; readonly items: readonly Expression[] })
  | (Node & {
      readonly kind: 'dict';
      readonly entries: readonly (readonly [key: Expression | undefined, value: Expression])[];
    })
  | (Node & { readonly kind: 'subscript'; readonly object: Expression; readonly index: Expression })
  | (Node & {
      readonly kind: 'slice';
      readonly lower?: Expression;
      readonly upper?: Expression;
      readonly step?: Expression;
    })
  | (Node & { readonly kind: 'unary'; readonly operator: UnaryOperator; readonly operand: Expression })
  | (Node & {
      readonly kind: 'binary';
      readonly operator: BinaryOperator;
      readonly left: Expression;
      readonly right: Expression;
    })
  | (Node & {
      readonly kind: 'logic';
      readonly operator: 'and' | 'or';
      readonly left: Expression;
      readonly right: Expression;
    })
  | (Node & {
      readonly kind: 'compare';
      readonly first: Expression;
      readonly rest: readonly (readonly [CompareOperator, Expression])[];
    })
  | (Node & {
      readonly kind: 'conditional';
      readonly test: Expression;
      readonly then: Expression;
      readonly otherwise: Expression;
    })
  | (Node & { readonly kind: 'starred'; readonly value: Expression })
  | (Node & { readonly kind: 'named'; readonly target: Expression; readonly value: Expression })
  | (Node & { readonly kind: 'yield'; readonly value?: Expression; readonly from: boolean })
  | (Node & { readonly kind: 'unreadable' });

export type UnaryOperator = '-' | '+' | '~' | 'not';
export type BinaryOperator = '+' | '-' | '*' | '/' | '//' | '%' | '**' | '@' | '<<' | '>>' | '&' | '|' | '^';
export type CompareOperator = '<' | '>' | '<=' | '>=' | '==' | '!=' | 'in' | 'not in' | 'is' | 'is not';

export interface Name extends Node {
  readonly kind: 'name';
  readonly name: string;
}

export interface Attribute extends Node {
  readonly kind: 'attribute';
  readonly object: Expression;
  readonly name: string;
}

export interface Argument {
  readonly name?: string;
  readonly star?: '*' | '**';
  readonly value: Expression;
}

export interface Call extends Node {
  readonly kind: 'call';
  readonly callee: Expression;
  readonly arguments: readonly Argument[];
  /** Just before the closing parenthesis. */
  readonly insertAt: number;
  readonly chunk: Chunk;
}

export interface Parameter {
  readonly name: string;
  readonly kind: 'plain' | 'keywordOnly' | 'star' | 'doubleStar';
  /** Before a `/`: never given by name. */
  readonly positionalOnly?: boolean;
  readonly initial?: Expression;
  readonly annotation?: Expression;
  readonly start: number;
  readonly end: number;
}

export interface Lambda extends Node {
  readonly kind: 'lambda';
  readonly parameters: readonly Parameter[];
  readonly body: Expression;
}

export interface ComprehensionClause {
  readonly target: Expression;
  readonly iterable: Expression;
  readonly conditions: readonly Expression[];
}

export interface Comprehension extends Node {
  readonly kind: 'comprehension';
  readonly result: 'list' | 'set' | 'generator' | 'dict';
  readonly key?: Expression;
  readonly element: Expression;
  readonly clauses: readonly ComprehensionClause[];
}

/** A comment that states a shape: `# x: (N, 3, 64, 64)`, or `# shape: (…)` without a name. */
export interface ShapeNote {
  readonly name?: string;
  /** What stands before the colon and may be the name of a variable, or none: `inputs`, `size`. */
  readonly word?: string;
  readonly dims: readonly (number | string)[];
  /** The comment is nothing but the shape: `# (B, 64, H/2, W/2)`. */
  readonly bare?: true;
  /** On the same line as the end of the statement, or on a line of its own before it. */
  readonly trailing: boolean;
}

export interface FunctionDefinition extends Node {
  readonly kind: 'function';
  readonly name: string;
  readonly nameStart: number;
  readonly parameters: readonly Parameter[];
  readonly decorators: readonly Expression[];
  /** What is written behind `->`. */
  readonly returns?: Expression;
  readonly body: () => readonly Statement[];
  /** Where what follows the head begins. */
  readonly bodyStart: number;
  readonly chunk: Chunk;
  readonly isAsync: boolean;
}

export interface ClassDefinition extends Node {
  readonly kind: 'class';
  readonly name: string;
  readonly bases: readonly Argument[];
  readonly decorators: readonly Expression[];
  readonly body: readonly Statement[];
  readonly chunk: Chunk;
}

export interface ImportedName {
  /** Dotted. */
  readonly name: string;
  readonly alias?: string;
}

type Plain =
  | FunctionDefinition
  | ClassDefinition
  | (Node & {
      readonly kind: 'assign';
      readonly targets: readonly Expression[];
      readonly value?: Expression;
      readonly annotation?: Expression;
    })
  | (Node & {
      readonly kind: 'update';
      readonly target: Expression;
      readonly operator: BinaryOperator;
      readonly value: Expression;
    })
  | (Node & { readonly kind: 'expression'; readonly value: Expression })
  | (Node & { readonly kind: 'return'; readonly value?: Expression })
  | (Node & { readonly kind: 'if'; readonly branches: readonly IfBranch[]; readonly otherwise: readonly Statement[] })
  | (Node & {
      readonly kind: 'for';
      readonly target: Expression;
      readonly iterable: Expression;
      readonly body: readonly Statement[];
      readonly otherwise: readonly Statement[];
    })
  | (Node & {
      readonly kind: 'while';
      readonly test: Expression;
      readonly body: readonly Statement[];
      readonly otherwise: readonly Statement[];
    })
  | (Node & {
      readonly kind: 'with';
      readonly items: readonly (readonly [Expression, Expression | undefined])[];
      readonly body: readonly Statement[];
    })
  | (Node & {
      readonly kind: 'try';
      readonly body: readonly Statement[];
      readonly handlers: readonly (readonly Statement[])[];
      /** What each handler is for, and the name that it gives it. */
      readonly caught: readonly { readonly type?: Expression; readonly name?: string }[];
      readonly otherwise: readonly Statement[];
      readonly final: readonly Statement[];
    })
  | (Node & { readonly kind: 'import'; readonly names: readonly ImportedName[] })
  | (Node & {
      readonly kind: 'from';
      readonly module: string;
      readonly level: number;
      readonly names: readonly ImportedName[] | '*';
    })
  | (Node & { readonly kind: 'delete'; readonly targets: readonly Expression[] })
  | (Node & { readonly kind: 'scope'; readonly scope: 'global' | 'nonlocal'; readonly names: readonly string[] })
  | (Node & { readonly kind: 'assert'; readonly test: Expression })
  | (Node & { readonly kind: 'match'; readonly subject: Expression; readonly cases: readonly MatchCase[] })
  | (Node & { readonly kind: 'type'; readonly name: string; readonly value: Expression })
  | (Node & { readonly kind: 'raise'; readonly value?: Expression })
  | (Node & { readonly kind: 'break' | 'continue' | 'pass' | 'unreadable' });

export interface IfBranch {
  readonly test: Expression;
  readonly body: readonly Statement[];
}

export interface MatchCase {
  readonly pattern: Pattern;
  readonly guard?: Expression;
  readonly body: readonly Statement[];
}

export type Pattern =
  | { readonly kind: 'wildcard' }
  | { readonly kind: 'capture'; readonly name: string }
  /** A literal, or a dotted name: compared. */
  | { readonly kind: 'value'; readonly value: Expression }
  | { readonly kind: 'sequence'; readonly items: readonly Pattern[] }
  /** `*name` in a sequence; `*_` has none. */
  | { readonly kind: 'rest'; readonly name?: string }
  | {
      readonly kind: 'mapping';
      readonly entries: readonly (readonly [key: Expression, Pattern])[];
      readonly rest?: string;
    }
  | {
      readonly kind: 'class';
      readonly type: Expression;
      readonly positional: readonly Pattern[];
      readonly keywords: readonly (readonly [name: string, Pattern])[];
    }
  | { readonly kind: 'or'; readonly options: readonly Pattern[] }
  | { readonly kind: 'as'; readonly pattern: Pattern; readonly name: string };

export type Statement = Plain & { readonly notes?: readonly ShapeNote[] };
