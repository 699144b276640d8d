package notice

import (
	"fmt"
	"time"

	"fenghuo/bot"
)

// CalendarEnds tells an administrator that the table of holidays ends soon, or has ended.
func (v Voice) CalendarEnds(end, now time.Time) bot.Message {
	year := end.In(v.Zone).Year()
	if !now.Before(end) {
		return said(fmt.Sprintf("日历缺%d年的节假日，提醒暂按周一至周五上班计算，节假日和调休会算错。服务重启前必须补上：升级程序，或在配置的calendar里给出%d年的安排。", year, year))
	}
	days := int((end.Sub(now) + 24*time.Hour - 1) / (24 * time.Hour))
	return said(fmt.Sprintf("日历只到%d年底，还有%d天。请升级程序，或在配置的calendar里给出%d年的节假日安排；缺了它，%d年起服务不能启动。", year-1, days, year, year))
}
