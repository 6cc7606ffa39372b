import { EngineError } from '../../errors.ts';
import {
  type CompiledRequestTransform,
  type CompiledResponseTransform,
  compileRequestTransform,
  compileResponseTransform,
} from './compile.ts';

const requests = new WeakMap<object, CompiledRequestTransform>();
const responses = new WeakMap<object, CompiledResponseTransform>();

/** The parsed form of a transform of served metadata, which was checked when it was loaded. */
export function requestTransformOf(raw: object): CompiledRequestTransform {
  return remembered(requests, raw, compileRequestTransform);
}

/** The same for answers. */
export function responseTransformOf(raw: object): CompiledResponseTransform {
  return remembered(responses, raw, compileResponseTransform);
}

function remembered<Transform extends object>(
  cache: WeakMap<object, Transform>,
  raw: object,
  compile: (raw: unknown) => {
    readonly transform: Transform | null;
    readonly mistakes: readonly { message: string }[];
  },
): Transform {
  const known = cache.get(raw);
  if (known) return known;
  const { transform, mistakes } = compile(raw);
  if (transform === null) {
    throw new EngineError('unexpected', mistakes[0]?.message ?? 'the transform cannot be used', {
      status: 500,
    });
  }
  cache.set(raw, transform);
  return transform;
}
