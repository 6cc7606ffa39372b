import { useGetIdentity } from 'ra-core';
import { useEffect, useRef } from 'react';
import { Notice } from '../components/Notice.tsx';
import { useText } from '../i18n/use-text.ts';
import { describeDecision } from './describe-decision.ts';
import { closingOf, type MaybeFullRequest } from './types.ts';

interface DecisionOvertakenProps {
  readonly request: MaybeFullRequest;
  readonly hasText: boolean;
}

/** Says that the request was decided while one was preparing something else, by whom and when, and that no text is lost. */
export function DecisionOvertaken({ request, hasText }: DecisionOvertakenProps) {
  const text = useText();
  const me = useGetIdentity().identity?.id;
  const closing = closingOf(request);
  const sentence = describeDecision(
    {
      status: request.status,
      reviewer: request.reviewer ?? closing?.actor ?? null,
      at: request.reviewed_at ?? closing?.at ?? request.updated_at,
      isByVendor: closing === undefined || closing.actor_role === 'vendor',
    },
    me,
    text,
  );
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => {
    // Only where the focus has just been lost with a button that went; a field that is being typed in keeps it.
    const { activeElement } = document;
    if (activeElement === null || activeElement === document.body)
      box.current?.focus({ preventScroll: true });
  }, []);
  return (
    <div ref={box} tabIndex={-1}>
      <Notice kind="info" role="alert">
        {sentence} {text(hasText ? 'decision.overtaken.kept' : 'decision.overtaken.nothing')}
      </Notice>
    </div>
  );
}
