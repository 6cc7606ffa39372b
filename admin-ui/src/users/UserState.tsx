import { Mark } from '../components/Mark.tsx';
import { useText } from '../i18n/use-text.ts';

/** Whether the user may sign in. */
export function UserState({ disabledAt }: { readonly disabledAt: string | null }) {
  const text = useText();
  return disabledAt ? (
    <Mark kind="danger" icon="slash">
      {text('users.disabled')}
    </Mark>
  ) : (
    <Mark kind="success" icon="check">
      {text('users.enabled')}
    </Mark>
  );
}
