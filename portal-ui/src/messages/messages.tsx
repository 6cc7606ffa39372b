import { createContext, type ReactNode, use, useCallback, useEffect, useMemo, useState } from 'react';
import { en, type Messages } from './en.ts';
import { type Language, loadMessages, rememberLanguage } from './languages.ts';

/** The texts of one language, for everything below. */
export const MessagesContext = createContext<Messages>(en);

/** The texts in the reader's language. */
export function useMessages(): Messages {
  return use(MessagesContext);
}

interface Choice {
  readonly language: Language;
  readonly choose: (language: Language) => Promise<void>;
}

const LanguageContext = createContext<Choice>({ language: 'en', choose: async () => {} });

/** The language that is spoken, and how to change it. */
export function useLanguage(): Choice {
  return use(LanguageContext);
}

/** What the page begins with; loaded before the first drawing, so that no other language flashes by. */
export interface FirstLanguage {
  readonly language: Language;
  readonly messages: Messages;
}

/** Speaks one language to everything below and changes it without a reload. */
export function LanguageProvider({ first, children }: { first: FirstLanguage; children: ReactNode }) {
  const [{ language, messages }, setSpoken] = useState(first);
  const choose = useCallback(async (next: Language) => {
    const texts = await loadMessages(next);
    rememberLanguage(next);
    setSpoken({ language: next, messages: texts });
  }, []);
  useEffect(() => {
    document.documentElement.lang = language;
  }, [language]);
  const choice = useMemo(() => ({ language, choose }), [language, choose]);
  return (
    <LanguageContext value={choice}>
      <MessagesContext value={messages}>{children}</MessagesContext>
    </LanguageContext>
  );
}
