import { useDraft } from '../preferences/useDraft.ts';

/** What a person has written about one request and not sent. */
export interface DecisionDraft {
  readonly reason: string;
  readonly notes: string;
  readonly isEmpty: boolean;
  readonly setReason: (reason: string) => void;
  readonly setNotes: (notes: string) => void;
  readonly clear: () => void;
}

/** The half-written decision of a request, kept until it is sent or thrown away. */
export function useDecisionDraft(requestId: string): DecisionDraft {
  const reason = useDraft(`reason-${requestId}`);
  const notes = useDraft(`notes-${requestId}`);
  return {
    reason: reason.text,
    notes: notes.text,
    isEmpty: reason.text.trim() === '' && notes.text.trim() === '',
    setReason: reason.set,
    setNotes: notes.set,
    clear: () => {
      reason.clear();
      notes.clear();
    },
  };
}
