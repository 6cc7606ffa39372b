import { currentLocale } from '../i18n/locale.ts';

/** A whole number with the separators of the current language. */
export function formatNumber(value: number): string {
  return value.toLocaleString(currentLocale());
}

/** A share of one as a percentage without decimals: 0.734 reads `73%`. */
export function formatPercent(share: number): string {
  return share.toLocaleString(currentLocale(), { style: 'percent', maximumFractionDigits: 0 });
}

/** Hours as people say them: minutes under one hour, one decimal under ten, days from two days on. */
export function formatHours(hours: number): string {
  const unit = hours < 1 ? 'minute' : hours < 48 ? 'hour' : 'day';
  const value = hours < 1 ? hours * 60 : hours < 48 ? hours : hours / 24;
  return value.toLocaleString(currentLocale(), {
    style: 'unit',
    unit,
    unitDisplay: unit === 'day' ? 'long' : 'short',
    maximumFractionDigits: value < 10 && unit !== 'minute' ? 1 : 0,
  });
}
