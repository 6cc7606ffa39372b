import { useState } from 'react';
import { useMessages } from '../messages/messages.tsx';
import { Button } from './Button.tsx';
import { TextField, type TextFieldProps } from './TextField.tsx';

/** A password field with a button that shows what was typed. */
export function PasswordField(props: Omit<TextFieldProps, 'type' | 'end'>) {
  const { login } = useMessages();
  const [isShown, setShown] = useState(false);
  return (
    <TextField
      {...props}
      type={isShown ? 'text' : 'password'}
      required
      end={
        <Button kind="quiet" small onClick={() => setShown(!isShown)}>
          <span aria-hidden="true">{isShown ? login.hide : login.show}</span>
          {/* Text, not a label: what is labelled as the password is the field alone. */}
          <span className="visually-hidden">{isShown ? login.hidePassword : login.showPassword}</span>
        </Button>
      }
    />
  );
}
