package incident

import (
	"fmt"
	"time"
)

// spanWords is a length of time as people say it: 30分钟, 4小时, 1小时30分钟.
func spanWords(d time.Duration) string {
	h, m := int(d.Hours()), int(d.Minutes())%60
	switch {
	case h == 0:
		return fmt.Sprintf("%d分钟", m)
	case m == 0:
		return fmt.Sprintf("%d小时", h)
	}
	return fmt.Sprintf("%d小时%d分钟", h, m)
}
