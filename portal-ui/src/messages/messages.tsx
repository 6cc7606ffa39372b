import { createContext, use } from 'react';
import { en, type Messages } from './en.ts';

const MessagesContext = createContext<Messages>(en);

/** Provides the texts of one language to everything below it. */
export const MessagesProvider = MessagesContext;

/** The texts in the reader's language. */
export function useMessages(): Messages {
  return use(MessagesContext);
}
