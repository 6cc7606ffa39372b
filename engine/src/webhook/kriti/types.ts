/** Infix operators of a template. */
export type KritiOperator = '==' | '!=' | '<' | '<=' | '>' | '>=' | '&&' | '||' | '??' | 'in';

/** A part of a parsed template. */
export type KritiNode =
  | { readonly kind: 'literal'; readonly value: unknown }
  /** A text with values put into it. */
  | { readonly kind: 'text'; readonly parts: readonly (string | KritiNode)[] }
  | { readonly kind: 'object'; readonly members: readonly (readonly [KritiNode, KritiNode])[] }
  | { readonly kind: 'array'; readonly items: readonly KritiNode[] }
  | { readonly kind: 'path'; readonly root: string; readonly steps: readonly KritiStep[] }
  | { readonly kind: 'call'; readonly name: string; readonly argument: KritiNode }
  | {
      readonly kind: 'binary';
      readonly operator: KritiOperator;
      readonly left: KritiNode;
      readonly right: KritiNode;
    }
  | {
      readonly kind: 'if';
      readonly branches: readonly { readonly condition: KritiNode; readonly value: KritiNode }[];
      readonly otherwise: KritiNode;
    }
  | {
      readonly kind: 'range';
      /** Null where the template does not ask for it. */
      readonly index: string | null;
      readonly item: string;
      readonly list: KritiNode;
      readonly body: KritiNode;
    };

/** One step of a path; an optional one answers null where there is nothing, and ends the path there. */
export interface KritiStep {
  readonly key: string | number;
  readonly isOptional: boolean;
}

/** What a template may speak of; anything else in it is refused when it is parsed. */
export interface KritiScope {
  readonly variables: ReadonlySet<string>;
  readonly functions: ReadonlySet<string>;
}

/** A template that cannot be parsed, or that does not fit the values it was given. */
export class KritiError extends Error {
  override readonly name = 'KritiError';
}
