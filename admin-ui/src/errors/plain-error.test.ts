import { ApolloError } from '@apollo/client';
import { HttpError } from 'ra-core';
import { describe, expect, it } from 'vitest';
import { consoleTexts } from '../i18n/console.en.ts';
import { englishI18nProvider } from '../i18n/i18n-provider.ts';
import type { Text } from '../i18n/use-text.ts';
import { SessionEndedError } from '../session/session.ts';
import { refusal } from '../testing/errors.ts';
import { UnknownOutcome } from './outcome.ts';
import { toPlainError } from './plain-error.ts';

const text: Text = (key, values) => englishI18nProvider.translate(`tierline.${key}`, values);

/** The codes of the contract that an administrator can meet here. */
const contractCodes = [
  'UNAUTHORIZED',
  'FORBIDDEN',
  'INVALID_INPUT',
  'CANNOT_DOWNGRADE',
  'SELF_APPROVAL_FORBIDDEN',
  'REQUEST_NOT_PENDING',
  'REQUEST_NOT_FOUND',
  'VENDOR_NOT_FOUND',
  'RATE_LIMIT_EXCEEDED',
  'DATABASE_ERROR',
  'INTERNAL_ERROR',
];

describe('toPlainError', () => {
  it.each(contractCodes)('says %s in a sentence without the code', (code) => {
    const plain = toPlainError(refusal(code), text);
    expect(plain.code).toBe(code);
    expect(plain.message).toMatch(/^[A-Z].+/);
    expect(plain.message).not.toContain(code);
    expect(plain.message).not.toContain('%{');
  });

  it('finds the error that ra-data-graphql wrapped', () => {
    const wrapped = new HttpError('No.', 200, refusal('REQUEST_NOT_PENDING'));
    expect(toPlainError(wrapped, text).message).toBe(consoleTexts.errors.REQUEST_NOT_PENDING);
  });

  it('names the fields the server named, and keeps its words to itself', () => {
    const errors = [{ field: 'rejectionReason', message: 'Write at least 10 characters.' }];
    const plain = toPlainError(refusal('INVALID_INPUT', 'Invalid', { errors }), text);
    expect(plain.fields).toEqual({ rejectionReason: 'Write at least 10 characters.' });
    expect(plain.message).not.toContain('Write at least');
  });

  it('says when to come back', () => {
    expect(toPlainError(refusal('RATE_LIMIT_EXCEEDED', 'x', { retryAfter: 130 }), text).message).toContain(
      '3 minutes',
    );
  });

  it('gives a code it does not know in a sentence, without the words of the engine', () => {
    const { message } = toPlainError(refusal('validation-failed', 'field "x" is unknown'), text);
    expect(message).toContain('validation-failed');
    expect(message).not.toContain('field "x"');
  });

  it('calls an unknown outcome unknown', () => {
    expect(toPlainError(new UnknownOutcome(new TypeError('Failed to fetch')), text)).toMatchObject({
      code: 'noAnswer',
      message: expect.stringContaining('It may have been done'),
    });
  });

  it('tells an unreachable server from one in trouble', () => {
    const offline = new ApolloError({ networkError: new TypeError('Failed to fetch') });
    expect(toPlainError(offline, text).code).toBe('offline');
    expect(toPlainError(new HttpError('Load failed', undefined), text).code).toBe('offline');
    expect(toPlainError(new HttpError('Bad gateway', 502), text).code).toBe('server');
  });

  it('knows the end of a session through every wrapping', () => {
    const ended = new SessionEndedError();
    expect(toPlainError(ended, text).code).toBe('UNAUTHORIZED');
    expect(toPlainError(new ApolloError({ networkError: ended }), text).code).toBe('UNAUTHORIZED');
    expect(toPlainError(new HttpError(ended.message, undefined), text).code).toBe('UNAUTHORIZED');
  });

  it('does not take an inherited property for a known code', () => {
    expect(toPlainError(refusal('constructor', 'odd'), text).message).toContain('cannot do this');
  });
});
