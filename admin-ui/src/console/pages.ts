import { lazy } from 'react';

// Every page but those of the queue arrives when it is first opened.
export const VendorList = lazy(async () => ({
  default: (await import('../vendors/VendorList.tsx')).VendorList,
}));
export const VendorShow = lazy(async () => ({
  default: (await import('../vendors/VendorShow.tsx')).VendorShow,
}));
export const UserList = lazy(async () => ({ default: (await import('../users/UserList.tsx')).UserList }));
export const UserShow = lazy(async () => ({ default: (await import('../users/UserShow.tsx')).UserShow }));
export const DeliveryList = lazy(async () => ({
  default: (await import('../deliveries/DeliveryList.tsx')).DeliveryList,
}));
export const Figures = lazy(async () => ({ default: (await import('../figures/Figures.tsx')).Figures }));
export const AuditTimeline = lazy(async () => ({
  default: (await import('../audit/AuditTimeline.tsx')).AuditTimeline,
}));
export const NotificationList = lazy(async () => ({
  default: (await import('../notifications/NotificationList.tsx')).NotificationList,
}));
export const FlagList = lazy(async () => ({ default: (await import('../flags/FlagList.tsx')).FlagList }));
export const SettingsPage = lazy(async () => ({
  default: (await import('../settings/SettingsPage.tsx')).SettingsPage,
}));
