import Button from '@mui/material/Button';
import { useNotify } from 'ra-core';
import { useText } from '../i18n/use-text.ts';

/** Puts a text into the clipboard; where the browser does not let a page do that, the text is there to be selected. */
export function CopyButton({ value }: { readonly value: string }) {
  const text = useText();
  const notify = useNotify();
  const clipboard = navigator.clipboard as Clipboard | undefined;
  if (!clipboard) return null;
  return (
    <Button
      onClick={() => {
        clipboard.writeText(value).then(
          () => notify(text('decision.textCopied'), { type: 'success' }),
          () => notify(text('decision.copyByHand'), { type: 'warning' }),
        );
      }}
    >
      {text('decision.copyText')}
    </Button>
  );
}
