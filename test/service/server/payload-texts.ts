/** Texts that look like code: kept and shown as they are. */
export const kept = [
  '<script>alert(1)</script>',
  '</title><script src=//x.cn></script>',
  '"><img src=x onerror=alert(1)>',
  "'><svg/onload=alert(1)>",
  '<math><mi xlink:href="data:x,1">水</mi>',
  'javascript:alert(document.domain)',
  '{{7*7}} ${7*7} #{7*7} <%= 7 %>',
  '&lt;script&gt;alert(1)&lt;/script&gt;',
  '&#60;b&#62; &amp;amp; &nbsp; &x;',
  ']]><!--><programme>',
  '<!DOCTYPE a [<!ENTITY b "c">]>&b;',
  '_x003C_b_x003E_ 水稻',
  '$& $1 $` \\n \\u003c %0d%0a%00',
  'a\\,b;c:d=e',
  '../../etc/passwd\\..\\win.ini',
] as const;
/** As those before, but defused in a cell of CSV. */
export const formulas = ['=1+1', '+cmd|calc!A0', '-2+3', '@SUM(A1)', '＝HYPERLINK("x")'] as const;
/** All that is shown literally. */
export const shown = [...kept, ...formulas];
