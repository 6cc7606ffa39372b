declare module 'virtual:tierline-tokens.css';
declare module '*.css';
