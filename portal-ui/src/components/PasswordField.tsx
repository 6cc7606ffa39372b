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
        <Button
          kind="quiet"
          small
          aria-label={isShown ? login.hidePassword : login.showPassword}
          onClick={() => setShown(!isShown)}
        >
          {isShown ? login.hide : login.show}
        </Button>
      }
    />
  );
}
