import { ApolloError } from '@apollo/client';
import { GraphQLError } from 'graphql';

/** A refusal as Apollo hands it over. */
export function refusal(
  code: string,
  message = 'No.',
  extensions: Record<string, unknown> = {},
): ApolloError {
  return new ApolloError({
    graphQLErrors: [new GraphQLError(message, { extensions: { code, ...extensions } })],
  });
}
