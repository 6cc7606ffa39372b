export type Maybe<T> = T | null;
export type InputMaybe<T> = Maybe<T>;
/** All built-in and custom scalars, mapped to their actual values */
export type Scalars = {
  ID: { input: string; output: string; }
  String: { input: string; output: string; }
  Boolean: { input: boolean; output: boolean; }
  Int: { input: number; output: number; }
  Float: { input: number; output: number; }
  timestamptz: { input: string; output: string; }
  uuid: { input: string; output: string; }
};

export type DonePayload = {
  message: Scalars['String']['output'];
  success: Scalars['Boolean']['output'];
};

export type Mutation = {
  approveTierUpgradeRequest: TierUpgradeRequestPayload;
  cancelTierUpgradeRequest: TierUpgradeRequestPayload;
  login: SessionPayload;
  logout: DonePayload;
  refreshSession: SessionPayload;
  rejectTierUpgradeRequest: TierUpgradeRequestPayload;
  submitTierUpgradeRequest: SubmitTierUpgradeRequestPayload;
};


export type MutationApproveTierUpgradeRequestArgs = {
  adminNotes?: InputMaybe<Scalars['String']['input']>;
  requestId: Scalars['uuid']['input'];
};


export type MutationCancelTierUpgradeRequestArgs = {
  requestId: Scalars['uuid']['input'];
};


export type MutationLoginArgs = {
  email: Scalars['String']['input'];
  password: Scalars['String']['input'];
};


export type MutationLogoutArgs = {
  everywhere?: InputMaybe<Scalars['Boolean']['input']>;
  refreshToken: Scalars['String']['input'];
};


export type MutationRefreshSessionArgs = {
  refreshToken: Scalars['String']['input'];
};


export type MutationRejectTierUpgradeRequestArgs = {
  adminNotes?: InputMaybe<Scalars['String']['input']>;
  rejectionReason: Scalars['String']['input'];
  requestId: Scalars['uuid']['input'];
};


export type MutationSubmitTierUpgradeRequestArgs = {
  businessJustification: Scalars['String']['input'];
  targetTier: Scalars['Int']['input'];
  vendorId?: InputMaybe<Scalars['uuid']['input']>;
};

export type SessionPayload = {
  accessToken: Scalars['String']['output'];
  expiresAt: Scalars['timestamptz']['output'];
  refreshToken: Scalars['String']['output'];
  role: Scalars['String']['output'];
  user: SessionUser;
};

export type SessionUser = {
  email: Scalars['String']['output'];
  id: Scalars['uuid']['output'];
  vendorId?: Maybe<Scalars['uuid']['output']>;
};

export type SubmitTierUpgradeRequestPayload = {
  message: Scalars['String']['output'];
  requestId: Scalars['uuid']['output'];
  submitsLeft?: Maybe<Scalars['Int']['output']>;
  success: Scalars['Boolean']['output'];
};

export type TierUpgradeRequestPayload = {
  message: Scalars['String']['output'];
  requestId: Scalars['uuid']['output'];
  success: Scalars['Boolean']['output'];
};
