package incident_test

import (
	"strings"
	"testing"

	"fenghuo/internal/incident"
)

// TestSuggest walks the table A5.1: every row at its threshold and just below, with the reasons said.
func TestSuggest(t *testing.T) {
	none := "目前没有更重的情形"
	tests := []struct {
		name    string
		given   incident.Signals
		level   incident.Level
		reasons string
	}{
		{"nothing", incident.Signals{}, incident.LevelIV, none},
		{"a complaint", incident.Signals{Nature: "服务投诉", Text: "顾客嫌排队太久"}, incident.LevelIV, none},
		{"reads just below", incident.Signals{Reads: 99_999}, incident.LevelIV, none},
		{"reads III", incident.Signals{Reads: 100_000}, incident.LevelIII, "话题阅读过10万"},
		{"reads II", incident.Signals{Reads: 10_000_000}, incident.LevelII, "话题阅读过千万"},
		{"reads I", incident.Signals{Reads: 100_000_000}, incident.LevelI, "话题阅读过亿"},
		{"hot list, local", incident.Signals{HotList: "local", HotRank: 1}, incident.LevelIII, "上同城热榜"},
		{"hot list, national 51st", incident.Signals{HotList: "national", HotRank: 51}, incident.LevelIV, none},
		{"hot list, national 50th", incident.Signals{HotList: "national", HotRank: 50}, incident.LevelII, "全国热搜前50"},
		{"hot list, national 10th", incident.Signals{HotList: "national", HotRank: 10}, incident.LevelI, "全国热搜前10"},
		{"hot list, rank unknown", incident.Signals{HotList: "national"}, incident.LevelIV, none},
		{"carrier account", incident.Signals{Carriers: []string{"account"}}, incident.LevelIII, "市级媒体或百万粉账号"},
		{"fans just below", incident.Signals{Fans: 999_999}, incident.LevelIV, none},
		{"fans", incident.Signals{Fans: 1_000_000}, incident.LevelIII, "市级媒体或百万粉账号"},
		{"fans and the carrier", incident.Signals{Fans: 1_000_000, Carriers: []string{"account"}}, incident.LevelIII, "市级媒体或百万粉账号"},
		{"carrier three outlets", incident.Signals{Carriers: []string{"city", "outlets3"}}, incident.LevelII, "省级媒体或3家以上媒体"},
		{"carrier central", incident.Signals{Carriers: []string{"provincial", "central"}}, incident.LevelI, "中央媒体或国家监管部门通报"},
		{"growth below", incident.Signals{Growth: 1.9}, incident.LevelIV, none},
		{"growth III", incident.Signals{Growth: 2}, incident.LevelIII, "1小时增长2倍"},
		{"growth II", incident.Signals{Growth: 5}, incident.LevelII, "1小时增长5倍"},
		{"growth I", incident.Signals{Growth: 10}, incident.LevelI, "1小时增长10倍"},
		{"death", incident.Signals{Text: "员工抢救无效死亡"}, incident.LevelI, "有人死亡"},
		{"death, the usual words", incident.Signals{Text: "伤者因伤势过重不治身亡"}, incident.LevelI, "有人死亡"},
		{"nobody died", incident.Signals{Text: "无人死亡"}, incident.LevelIV, none},
		{"claim of death", incident.Signals{Text: "网友称死了人"}, incident.LevelII, "声称有人死亡"},
		{"injury", incident.Signals{Impact: []string{"人员受伤"}}, incident.LevelII, "有人受伤"},
		{"gathering", incident.Signals{Impact: []string{"现场聚集"}}, incident.LevelIII, "现场聚集"},
		{"formal case", incident.Signals{Text: "警方已立案侦查"}, incident.LevelI, "已立案"},
		{"no formal case", incident.Signals{Text: "警方未立案侦查"}, incident.LevelIV, none},
		{"regulator asks", incident.Signals{Impact: []string{"监管来问"}}, incident.LevelII, "监管部门来问"},
		{"hotline", incident.Signals{Text: "收到12345转办单"}, incident.LevelIII, "12345、12315或街道来电"},
		{"data leak", incident.Signals{Nature: "信息安全", Text: "三万条会员数据外泄"}, incident.LevelII, "万人以上数据泄露"},
		{"data leak, size unknown", incident.Signals{Nature: "信息安全", Text: "会员数据外泄"}, incident.LevelIV, none},
		{"food with video, scenario 1", incident.Signals{Nature: "产品质量", Platforms: []string{"抖音"}}, incident.LevelIII, "产品质量＋短视频平台"},
		{"food with a picture", incident.Signals{Nature: "产品质量", Platforms: []string{"线下"}, Picture: true}, incident.LevelIII, "产品质量＋短视频平台"},
		{"food without either", incident.Signals{Nature: "产品质量", Platforms: []string{"线下"}}, incident.LevelIV, none},
		{"environment", incident.Signals{Nature: "环境"}, incident.LevelIII, "环境污染"},
		{"strike", incident.Signals{Nature: "劳动用工", Text: "二车间停工"}, incident.LevelIII, "罢工停工"},
		{"the highest row wins", incident.Signals{Reads: 200_000, Impact: []string{"人员受伤", "现场聚集"}}, incident.LevelII, "有人受伤"},
		{"all rows of that level are said", incident.Signals{Reads: 200_000, Nature: "环境", Growth: 3}, incident.LevelIII, "话题阅读过10万＋1小时增长2倍＋环境污染"},
	}
	p := rules(t).Policy
	for _, tc := range tests {
		t.Run(tc.name, func(t *testing.T) {
			level, reasons := p.Suggest(tc.given)
			want(t, "level", level, tc.level)
			want(t, "reasons", strings.Join(reasons, "＋"), tc.reasons)
		})
	}
}

// TestSensitiveUnitRaisesByOneStep, never past I, and the reason is said last.
func TestSensitiveUnitRaisesByOneStep(t *testing.T) {
	p := rules(t).Policy
	p.Suggestions = append(p.Suggestions, incident.SuggestRule{Words: []string{"两会"}, Step: 1, Reason: "敏感时点"})
	for _, tc := range []struct {
		given   incident.Signals
		level   incident.Level
		reasons string
	}{
		{incident.Signals{Text: "两会期间排队"}, incident.LevelIII, "敏感时点"},
		{incident.Signals{Text: "两会期间", Reads: 100_000}, incident.LevelII, "话题阅读过10万＋敏感时点"},
		{incident.Signals{Text: "两会期间", Reads: 100_000_000}, incident.LevelI, "话题阅读过亿＋敏感时点"},
	} {
		level, reasons := p.Suggest(tc.given)
		want(t, tc.reasons, level, tc.level)
		want(t, "reasons", strings.Join(reasons, "＋"), tc.reasons)
	}
}

// TestEveryRowHasWords and a level or a step.
func TestEveryRowHasWords(t *testing.T) {
	for n, row := range rules(t).Policy.Suggestions {
		if row.Reason == "" || (!row.Level.Valid() && row.Step == 0) {
			t.Errorf("row %d: %+v", n+1, row)
		}
	}
}
