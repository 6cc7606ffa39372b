import { TextField, type TextFieldProps } from './TextField.tsx';

/** A field for an e-mail address, as phones and password managers like it. */
export function EmailField(props: Omit<TextFieldProps, 'type' | 'inputMode'>) {
  return (
    <TextField
      name="email"
      autoComplete="username"
      autoCapitalize="none"
      spellCheck={false}
      required
      {...props}
      type="email"
      inputMode="email"
    />
  );
}
