/** The contract's sentences about one field (media/contract), by pattern. */
export const fieldMessages: readonly (readonly [RegExp, string])[] = [
  [/^Write at least one character/, '请填写。'],
  [/^Write at most \d+ characters/, '太长了，请缩短。'],
  [/^Remove control and invisible/, '含有看不见的特殊字符，请删去后重新输入。'],
  [/^Remove the stacked accents/, '含有叠加符号，请删去。'],
  [/^Use 2 to 32 letters/, '请用 2 到 32 个字母、汉字、数字、点、短横线或下划线。'],
  [/^Use at least 8 characters/, '至少 8 个字符。'],
  [/^Use at most 128 characters/, '最多 128 个字符。'],
  [/^Everybody tries this password/, '这个密码太常见，请换一个，例如您记得住的三个词。'],
  [/^A code begins with a letter/, '代码以小写字母开头，最多 32 个小写字母、数字和短横线。'],
  [/^That code is reserved/, '这个代码不能用，请换一个。'],
  [/^Digits, spaces/, '只能用数字、空格、加号和短横线。'],
  [/^Say why/, '请写明原因。'],
  [/^Write the date as/, '日期请写成 2026-12-01。'],
  [/^An id has/, '编号不正确。'],
  [/^Too small/, '数值太小。'],
  [/^Too big/, '数值太大。'],
];
