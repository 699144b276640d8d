package notice_test

import "time"

func tellUpkeep(tr *transcript) {
	end := time.Date(2028, 1, 1, 0, 0, 0, 0, voice.Zone)
	tr.chapter("日历将尽")
	tr.say("还有两个月", voice.CalendarEnds, end, end.Add(-1431*time.Hour))
	tr.say("最后一天", voice.CalendarEnds, end, end.Add(-15*time.Hour))
	tr.say("已经没有了", voice.CalendarEnds, end, end.Add(33*time.Hour))
}
