// Package wecomtest stands in for WeCom's (企业微信) open platform, as net/http/httptest stands in for a
// server: it answers a self-built app, the webhook robots of groups and an AI bot (智能机器人) as the platform
// would, with its codes, limits and silences, and it tells them of people who talk, press and enter. It shares
// no code with the adapter it tests.
//
// A Platform is an http.Handler. The AI bot's socket is the same handler, under SocketPath: serve it with
// httptest, with Local in a testing/synctest bubble, or with fenghuo sim wecom. Deliveries that failed, and
// the polls of streams, go out when Tick is called and Options.Now says they are due; only the five seconds an
// answer is waited for, and the thirty of the fault Slow, are the time of the process or the bubble.
//
// Comments name pages of https://developer.work.weixin.qq.com/document/path/ by their number, as D/90236.
// Where the platform's own text gives no code or no number, the comment says "own figure".
package wecomtest
