// Package feishutest stands in for Feishu's open platform, as net/http/httptest stands in for a server: it
// answers the calls of an app as the platform would, with its codes, limits and checks, and it sends the app
// the events of people who talk, press and read. It shares no code with the adapter it tests.
//
// A Platform is an http.Handler. Its long connection is the same handler: serve it with httptest, with
// Local in a testing/synctest bubble, or with fenghuo sim feishu. Events
// that failed go out again when Tick is called and Options.Now says they are due; only the three seconds an
// answer is waited for, and the thirty of the fault Slow, are the time of the process or the bubble.
//
// Comments name pages of https://open.feishu.cn/document by the end of their path.
package feishutest
