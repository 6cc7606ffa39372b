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

export type BulkTierUpgradeRequestResult = {
  code?: Maybe<Scalars['String']['output']>;
  message?: Maybe<Scalars['String']['output']>;
  requestId: Scalars['uuid']['output'];
  success: Scalars['Boolean']['output'];
};

export type BulkTierUpgradeRequestsPayload = {
  failed: Scalars['Int']['output'];
  message: Scalars['String']['output'];
  results: Array<BulkTierUpgradeRequestResult>;
  succeeded: Scalars['Int']['output'];
  success: Scalars['Boolean']['output'];
};

export type DonePayload = {
  message: Scalars['String']['output'];
  success: Scalars['Boolean']['output'];
};

export type EmailDeliveryPayload = {
  deliveryId: Scalars['uuid']['output'];
  message: Scalars['String']['output'];
  success: Scalars['Boolean']['output'];
};

export type FeatureAudience =
  | 'all'
  | 'beta'
  | 'none';

export type Mutation = {
  approveTierUpgradeRequest: TierUpgradeRequestPayload;
  bulkApproveTierUpgradeRequests: BulkTierUpgradeRequestsPayload;
  bulkRejectTierUpgradeRequests: BulkTierUpgradeRequestsPayload;
  cancelTierUpgradeRequest: TierUpgradeRequestPayload;
  changePassword: SessionPayload;
  login: SessionPayload;
  logout: DonePayload;
  refreshSession: SessionPayload;
  rejectTierUpgradeRequest: TierUpgradeRequestPayload;
  requestPasswordReset: DonePayload;
  resetPassword: DonePayload;
  retryEmailDelivery: EmailDeliveryPayload;
  setFeatureFlag: DonePayload;
  setUserDisabled: UserPayload;
  setVendorBeta: VendorPayload;
  submitTierUpgradeRequest: SubmitTierUpgradeRequestPayload;
  updateVendorTier: VendorPayload;
};


export type MutationApproveTierUpgradeRequestArgs = {
  adminNotes?: InputMaybe<Scalars['String']['input']>;
  requestId: Scalars['uuid']['input'];
};


export type MutationBulkApproveTierUpgradeRequestsArgs = {
  adminNotes?: InputMaybe<Scalars['String']['input']>;
  atomic?: InputMaybe<Scalars['Boolean']['input']>;
  requestIds: Array<Scalars['uuid']['input']>;
};


export type MutationBulkRejectTierUpgradeRequestsArgs = {
  adminNotes?: InputMaybe<Scalars['String']['input']>;
  atomic?: InputMaybe<Scalars['Boolean']['input']>;
  rejectionReason: Scalars['String']['input'];
  requestIds: Array<Scalars['uuid']['input']>;
};


export type MutationCancelTierUpgradeRequestArgs = {
  requestId: Scalars['uuid']['input'];
};


export type MutationChangePasswordArgs = {
  currentPassword: Scalars['String']['input'];
  newPassword: Scalars['String']['input'];
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


export type MutationRequestPasswordResetArgs = {
  email: Scalars['String']['input'];
};


export type MutationResetPasswordArgs = {
  newPassword: Scalars['String']['input'];
  token: Scalars['String']['input'];
};


export type MutationRetryEmailDeliveryArgs = {
  deliveryId: Scalars['uuid']['input'];
};


export type MutationSetFeatureFlagArgs = {
  audience: FeatureAudience;
  key: Scalars['String']['input'];
};


export type MutationSetUserDisabledArgs = {
  disabled: Scalars['Boolean']['input'];
  userId: Scalars['uuid']['input'];
};


export type MutationSetVendorBetaArgs = {
  isBeta: Scalars['Boolean']['input'];
  vendorId: Scalars['uuid']['input'];
};


export type MutationSubmitTierUpgradeRequestArgs = {
  businessJustification: Scalars['String']['input'];
  targetTier: Scalars['Int']['input'];
  vendorId?: InputMaybe<Scalars['uuid']['input']>;
};


export type MutationUpdateVendorTierArgs = {
  reason?: InputMaybe<Scalars['String']['input']>;
  tier: Scalars['Int']['input'];
  vendorId: Scalars['uuid']['input'];
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

export type UserPayload = {
  message: Scalars['String']['output'];
  success: Scalars['Boolean']['output'];
  userId: Scalars['uuid']['output'];
};

export type VendorPayload = {
  message: Scalars['String']['output'];
  success: Scalars['Boolean']['output'];
  vendorId: Scalars['uuid']['output'];
};
