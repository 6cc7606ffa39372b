import { useEffect, useRef, useState } from 'react';
import { Button } from '../../components/Button.tsx';
import { DialogActions } from '../../components/DialogActions.tsx';
import { Notice } from '../../components/Notice.tsx';
import type { ApiProblem } from '../../lib/api-error.ts';
import { problemText } from '../../lib/problem-text.ts';
import { useMessages } from '../../messages/messages.tsx';
import type { HigherTier, TierAccess } from '../tiers/tier-access.ts';
import { saysTheSame } from './answer.ts';
import { JustificationField } from './JustificationField.tsx';
import { readJustification } from './justification.ts';
import { Reason } from './Reason.tsx';
import styles from './RequestForm.module.css';
import { readDraft, removeDraft, writeDraft } from './request-draft.ts';
import { TierChoice } from './TierChoice.tsx';
import type { UpgradeRequest } from './upgrade-request.ts';
import { useSubmitRequest } from './useSubmitRequest.ts';

/** What a new request takes over from an earlier one. */
type Again = Pick<UpgradeRequest, 'id' | 'target_tier' | 'business_justification' | 'rejection_reason'>;

/** Props of the form in which a vendor asks for a higher tier. */
export interface RequestFormProps {
  userId: string;
  access: TierAccess;
  /** The newest request the page knows of; while it is pending there is nothing to ask. */
  newest: UpgradeRequest | undefined;
  /** The tier above the vendor's own; it is chosen unless another one was. */
  nearest: HigherTier;
  /** An earlier request whose text this one starts from. */
  again: Again | undefined;
  /** One to start from was asked for, and is not there. */
  isAgainGone: boolean;
  /** The tier chosen at first. */
  wantedTier: number | null;
  onClose: () => void;
  /** The request is there; `submitsLeft` is null when it is not known how many more may follow. */
  onSent: (submitsLeft: number | null) => void;
}

/** Choose a tier, say why, send. What is typed is kept on the device until it is sent. */
export function RequestForm(props: RequestFormProps) {
  const { userId, access, newest, nearest, again, isAgainGone, wantedTier, onClose, onSent } = props;
  const messages = useMessages();
  const { dialog } = messages;
  const againId = again?.id ?? null;
  const [start] = useState(() => readDraft(userId, againId));
  const [chosen, setChosen] = useState(start?.targetTier ?? wantedTier ?? again?.target_tier ?? null);
  const [text, setText] = useState(start?.text ?? again?.business_justification ?? '');
  const [isKept, setKept] = useState(start !== undefined);
  const [isTouched, setTouched] = useState(false);
  const [problem, setProblem] = useState<ApiProblem>();
  const form = useRef<HTMLFormElement>(null);
  const field = useRef<HTMLTextAreaElement>(null);
  const reason = useRef<HTMLQuoteElement>(null);
  const [isSameQuestioned, setSameQuestioned] = useState(false);
  const { submit, phase } = useSubmitRequest(newest?.id ?? null);

  const target = access.higher.find(({ level }) => level === chosen) ?? nearest;
  const justification = readJustification(text);
  const declined = again ?? (newest?.status === 'rejected' ? newest : undefined);
  const isSame = declined !== undefined && saysTheSame(declined.business_justification, text);
  const isWaiting = newest?.status === 'pending';
  const isOurs =
    isWaiting && newest.target_tier === target.level && newest.business_justification === justification.text;

  function keep(nextTier: number | null, nextText: string) {
    setChosen(nextTier);
    setText(nextText);
    setProblem(undefined);
    setSameQuestioned(false);
    setKept(writeDraft(userId, againId, { targetTier: nextTier, text: nextText }));
  }

  function startEmpty() {
    removeDraft(userId, againId);
    setKept(false);
    setText('');
    setTouched(false);
    setProblem(undefined);
    setSameQuestioned(false);
    field.current?.focus();
  }

  function finish(submitsLeft: number | null) {
    removeDraft(userId, againId);
    onSent(submitsLeft);
  }

  // The page may hear of the request over the live line before the lost answer is made up for.
  const isSentAfterAll = isOurs && phase === 'idle' && problem !== undefined;
  useEffect(() => {
    if (!isSentAfterAll) return;
    removeDraft(userId, againId);
    onSent(null);
  }, [isSentAfterAll, userId, againId, onSent]);

  // The form may come a moment after the dialog that it is in.
  useEffect(() => {
    if (reason.current) {
      // Whoever asks again begins at what the answer said, with the cursor behind what they wrote.
      const { current: text } = field;
      text?.focus({ preventScroll: true });
      text?.setSelectionRange(text.value.length, text.value.length);
      reason.current.scrollIntoView({ block: 'start' });
    } else form.current?.querySelector<HTMLElement>('[data-autofocus]')?.focus();
  }, []);

  async function send(isMeant: boolean) {
    setTouched(true);
    setProblem(undefined);
    if (justification.problem) return field.current?.focus();
    if (isSame && !isMeant) {
      setSameQuestioned(true);
      return;
    }
    setSameQuestioned(false);
    const outcome = await submit({ targetTier: target.level, text: justification.text });
    if (!outcome) return;
    if (outcome.sent) finish(outcome.submitsLeft);
    else setProblem(outcome.problem);
  }

  const isSending = phase !== 'idle';
  const tierChoice = (
    <TierChoice
      own={access.name}
      tiers={access.higher}
      chosen={target.level}
      onChoose={(level) => keep(level, text)}
      isFirst={!again}
    />
  );
  return (
    <form
      ref={form}
      className={styles.form}
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        void send(false);
      }}
    >
      <p className={styles.lead}>{dialog.lead}</p>
      {!again && tierChoice}
      {again?.rejection_reason && <Reason ref={reason} text={again.rejection_reason} />}
      {isAgainGone && <Notice tone="warning">{dialog.againGone}</Notice>}
      {start ? (
        <Notice
          tone="info"
          icon="note"
          action={
            <Button kind="quiet" small onClick={startEmpty}>
              {dialog.discardDraft}
            </Button>
          }
        >
          {dialog.draftRestored}
        </Notice>
      ) : (
        again && (
          <Notice tone="info" icon="note">
            {dialog.draftAgain}
          </Notice>
        )
      )}
      <JustificationField
        ref={field}
        value={text}
        justification={justification}
        isChecked={isTouched}
        problem={fieldProblem(problem, messages)}
        isKept={isKept}
        onChange={(next) => keep(target.level, next)}
        onLeave={() => setTouched(text.trim() !== '')}
      />
      {again && tierChoice}
      {/* What happened to the request is said where the button is, which is always in sight. */}
      <div className={styles.end}>
        {phase === 'checking' && (
          <Notice tone="info" role="status" icon="refresh">
            {dialog.checking}
          </Notice>
        )}
        {problem && !fieldProblem(problem, messages) && (
          <Notice tone="danger" role="alert">
            {problem.code === 'FORBIDDEN' ? dialog.notAvailable : problemText(problem, messages)}
          </Notice>
        )}
        {isWaiting && !isOurs && !problem && <Notice tone="warning">{dialog.alreadyPending}</Notice>}
        {isSameQuestioned && (
          <Notice
            tone="warning"
            role="alert"
            action={
              <Button small busy={isSending} onClick={() => void send(true)}>
                {dialog.sendSame}
              </Button>
            }
          >
            <strong>{dialog.sameTitle}</strong> {dialog.sameBody}
          </Notice>
        )}
        <DialogActions>
          <Button onClick={onClose}>{messages.common.close}</Button>
          <Button kind="primary" type="submit" busy={isSending}>
            {isSending ? dialog.submitting : problem ? messages.common.retry : dialog.submit}
          </Button>
        </DialogActions>
      </div>
    </form>
  );
}

/** The server's word on the text itself, shown at the field rather than below the form. */
function fieldProblem(
  problem: ApiProblem | undefined,
  messages: ReturnType<typeof useMessages>,
): string | undefined {
  switch (problem?.code) {
    case 'JUSTIFICATION_TOO_SHORT':
    case 'JUSTIFICATION_TOO_LONG':
      return problemText(problem, messages);
    case 'INVALID_INPUT':
      // What else could be wrong with it is measured here before; the server's words are English.
      return problem.fields.some(({ field }) => field === 'businessJustification')
        ? messages.dialog.invalidText
        : undefined;
    default:
      return undefined;
  }
}
