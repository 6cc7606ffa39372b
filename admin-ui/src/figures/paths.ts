export const figuresPath = '/figures';
