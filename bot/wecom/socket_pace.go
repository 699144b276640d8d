package wecom

import (
	"context"
	"errors"
	"time"
)

const (
	soonest = time.Second // between two attempts
	latest  = time.Minute // between attempts that may succeed
	slowly  = 5 * time.Minute
	aside   = 30 * time.Second // after another connection has taken the bot over
	settled = 10 * time.Minute // a connection that lasted so long ends a quarrel about the bot
)

var (
	errKicked = errors.New("another connection took the bot over")
	errSilent = errors.New("the platform does not answer pings")
)

// What an administrator is told.
const (
	adviceKicked = "有另一个程序用同一个智能机器人建立了长连接，把本服务挤下线。同一机器人只能有一条长连接：请停掉另一处（测试机、旧部署、其他插件），" +
		"或在管理后台重置该机器人的 Secret 并只填到本服务的配置里。"
	adviceBot = "请核对配置里 wecom.aibot 的 bot_id 和 secret，并确认该智能机器人仍存在、已启用、接收方式是“长连接”（切换成回调 URL 后长连接即失效）。"
)

// next logs why there is no connection and says when to try again.
func (c *LongConn) next(ctx context.Context, err error, failed int) time.Duration {
	pause := backoff(failed, c.cfg.Jitter())
	var refused *refusedError
	switch {
	case errors.Is(err, errKicked):
		return c.stepAside(ctx)
	case errors.As(err, &refused):
		pause = slowly + share(slowly/2, c.cfg.Jitter())
		c.tell(ctx, refused, pause)
	case failed == 0:
		c.log.Warn("long connection lost", "err", err, "again_in", pause)
	default:
		c.log.Warn("long connection not made", "err", err, "failed", failed, "again_in", pause)
	}
	return pause
}

// tell says to the administrator once what the platform keeps answering.
func (c *LongConn) tell(ctx context.Context, e *refusedError, pause time.Duration) {
	if c.told == e.code {
		c.log.Warn("long connection still refused", "code", e.code, "again_in", pause)
		return
	}
	c.told = e.code
	c.log.Error("long connection refused", "code", e.code, "says", e.msg, "do", adviceBot, "again_in", pause)
	c.cfg.Told(ctx, adviceBot)
}

// stepAside leaves the bot to who took it over, longer each time: two that throw each other out for ever
// both hear half.
func (c *LongConn) stepAside(ctx context.Context) time.Duration {
	c.giveUp(ctx)
	pause := aside << min(c.kicked, 4)
	pause += share(pause/2, c.cfg.Jitter())
	if c.kicked++; c.kicked == 1 {
		c.log.Warn("another connection took the bot over", "do", adviceKicked, "again_in", pause)
		c.cfg.Told(ctx, adviceKicked)
		return pause
	}
	c.log.Warn("another connection took the bot over", "times", c.kicked, "again_in", pause)
	return pause
}

// backoff is how long to wait after so many failed attempts in a row, 0 after a connection that had worked.
// r is random in [0,1), so that not all clients come back at once.
func backoff(failed int, r float64) time.Duration {
	base := min(latest, soonest<<min(failed, 10))
	return max(soonest, base/2+share(base, r))
}

func share(d time.Duration, r float64) time.Duration { return time.Duration(float64(d) * r) }
