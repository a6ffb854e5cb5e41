/** What everybody tries first, here and in the county offices' language; only those that the length rule lets through. */
const common: ReadonlySet<string> = new Set(
  `
    123456789 12345678 1234567890 password password1 password123 passw0rd p@ssw0rd p@ssword
    qwerty123 qwertyuiop 1q2w3e4r 1q2w3e4r5t 1qaz2wsx 1qaz@wsx qazwsxedc zaq12wsx asdfghjkl
    asdfasdf zxcvbnm123 abc12345 abcd1234 abc123456 a123456789 a12345678 a1234567 aa123456
    aa123456789 qq123456 qq123456789 wang1234 woaini1314 woaini520 woaiwojia woaini123 5201314520
    52013145201314 1314520520 13145201314 123123123 123321123 12344321 1234qwer qwer1234 123qweasd
    123qwe123 q1w2e3r4 q1w2e3r4t5 87654321 987654321 0987654321 9876543210 11111111 111111111
    1111111111 00000000 000000000 0000000000 88888888 888888888 66666666 666666666 99999999
    22222222 33333333 44444444 55555555 77777777 12121212 10101010 11223344 1122334455
    112233445566 12341234 123454321 147258369 147852369 789456123 741852963 159357456 123698745
    321654987 741258963 iloveyou iloveyou1 iloveyou2 sunshine princess football baseball
    basketball superman batman123 dragon123 monkey123 master123 letmein1 letmein123 welcome1
    welcome123 trustno1 whatever starwars computer internet samsung1 michelle jennifer
    jordan23 liverpool chelsea1 arsenal1 charlie1 corvette mercedes maverick midnight
    mountain nicholas november december saturday administrator admin123 admin1234 admin12345
    admin123456 admin888 admin@123 adminadmin root1234 rootroot toor1234 test1234 testtest
    guest123 user1234 useruser demo1234 demodemo changeme changeme1 changeit default1
    secret123 system123 manager1 operator1 server123 oracle123 mysql123 mongodb1 redis1234
    yuanbo123 yuanbo1234 yuanbo2024 yuanbo2025 yuanbo2026 yuancheng yuancheng123 dangyuan dangyuan123
    zhongguo zhongguo123 china123 china1949 19491001 20080808 beijing2008 19900101 19800101
    19880808 20000101 20200101 p0o9i8u7 poiuytrewq lkjhgfdsa mnbvcxz1 qweasdzxc qweqweqwe
    asdasdasd zxczxczxc qwerasdf asdfqwer asdf1234 zxcv1234 wasd1234 abcdefgh abcdefg1
    abcdefghi a1b2c3d4 a1s2d3f4 aaaaaaaa aaaaaaaa1 xxxxxxxx zzzzzzzz qqqqqqqq google123
    facebook linkedin microsoft windows10 windows11 iphone123 huawei123 xiaomi123 tencent123
    alibaba1 baidu123 taobao123 weixin123 wechat123 password12 password1234 password! passwords
    pass1234 pass12345 mypassword nopassword
  `
    .trim()
    .split(/\s+/),
);

/** Says whether a password is one of the common ones, in any case. */
export const isCommonPassword = (password: string): boolean => common.has(password.normalize('NFKC').toLowerCase());
