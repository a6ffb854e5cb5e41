/** Version of the house recipe: raised whenever the same source would be packaged into other bytes. */
export const recipe = 'house-5';
