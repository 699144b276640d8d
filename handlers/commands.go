package handlers

import "fenghuo/bot"

// commands are all that can be said, in the order help lists them. The words after the first are
// synonyms, typos and what people say in a hurry.
func commands() []bot.Command[handler] {
	return []bot.Command[handler]{
		{Name: "上报", Words: []string{"上报", "快报", "舆情快报", "报舆情", "我要上报", "我要报", "速报", "上保", "举报舆情"}, Help: "报一条舆情，一问一答约1分半", Do: report},
		{Name: onCard, Words: []string{"填表", "一次填完"}, Do: reportOnCard},
		{Name: "收到", Words: []string{"收到", "已收到", "收悉", "知道了"}, Do: ack},
		{Name: "签收", Words: []string{"签收", "签受", "我签收", "已签收"}, Help: "由您负责这件事，回“收到”也行", Do: ack},
		{Name: "接手", Words: []string{"接手", "我接手", "我来接手"}, Help: "请现在的责任人交给您", Do: takeOver},
		{Name: "补充", Words: []string{"补充", "补报", "补充要素"}, Help: "补要素、数据、截图", Glued: true, Do: supplement},
		{Name: "续报", Words: []string{"续报", "续抱", "跟进"}, Help: "报变化和处置", Glued: true, Do: followUp},
		{Name: "无新增", Words: []string{"无新增", "没有新增", "无变化", "没有变化", "暂无新情况"}, Help: "续报：没有变化", Do: followUp},
		{Name: "延期", Words: []string{"延期", "延期到", "延到", "申请延期"}, Help: "例：延期到10点，检测报告未出", Glued: true, Do: extend},
		{Name: "同意", Words: []string{"同意", "批准", "可以", "准了"}, Do: agree},
		{Name: "不同意", Words: []string{"不同意", "不批准", "不行"}, Do: disagree},
		{Name: "移交", Words: []string{"移交", "移交给", "交接给"}, Help: "例：移交给 丁伟，休假到周五", Glued: true, Do: handOver},
		{Name: "接收", Words: []string{"接收", "我接收"}, Do: accept},
		{Name: "转办", Words: []string{"转办", "转办给", "转给"}, Help: "换责任人，例：转办 陈放", Glued: true, Do: reassign},
		{Name: "核实", Words: []string{"核实", "核实情况"}, Help: "六要素：时间 地点 规模 性质 影响 后果，和结论", Glued: true, Do: verify},
		{Name: "重开", Words: []string{"重开", "重新打开"}, Help: "办结后又有新情况", Glued: true, Do: reopen},
		{Name: "升级", Words: []string{"升级", "升级到", "提级"}, Help: "例：升级II 已有媒体来问，当即生效", Glued: true, Do: raise},
		{Name: "降级", Words: []string{"降级", "降级到"}, Help: "例：降级IV 视频已删，先批后降", Glued: true, Do: lower},
		{Name: "确认升级", Words: []string{"确认升级", "同意升级"}, Do: confirmLevel},
		{Name: "建群", Words: []string{"建群", "拉群", "建处置群"}, Help: "把相关的人拉进一个处置群", Do: makeRoom},
		{Name: "说明", Words: []string{"说明", "说明原因"}, Help: "说明为什么晚了", Do: explain},
		{Name: "认定", Words: []string{"认定"}, Help: "例：认定 R1 没有报备，另一位确认后才算", Do: find},
		{Name: "确认认定", Words: []string{"确认认定", "同意认定"}, Do: confirmFinding},
		{Name: "驳回", Words: []string{"驳回"}, Help: "例：驳回 R1 检测室确实没电话，不计", Do: dismiss},
		{Name: "申诉", Words: []string{"申诉", "我要申诉"}, Help: "不同意对您的认定，5个工作日内", Do: appeal},
		{Name: "维持", Words: []string{"维持", "维持认定"}, Do: uphold},
		{Name: "撤销", Words: []string{"撤销", "撤销认定"}, Do: revoke},
		{Name: "提请瞒报调查", Words: []string{"提请瞒报调查", "提请调查"}, Help: "要有证据，由委员会两人签字", Do: accuseConcealed},
		{Name: "提请谎报调查", Words: []string{"提请谎报调查"}, Do: accuseFalse},
		{Name: "签字", Words: []string{"签字", "签名"}, Do: confirmFinding},
		{Name: "平息", Words: []string{"平息", "已平息"}, Help: "没有新高点满规定时间后", Do: calm},
		{Name: "终报", Words: []string{"终报", "结案报告"}, Help: "平息后的总结", Do: finalReport},
		{Name: "批准终报", Words: []string{"批准终报", "同意终报"}, Do: approveFinal},
		{Name: "退回终报", Words: []string{"退回终报", "驳回终报"}, Do: returnFinal},
		{Name: "绑定群", Words: []string{"绑定群"}, Glued: true, Do: bindGroup},
		{Name: "绑定推送", Words: []string{"绑定推送"}, Glued: true, Do: bindRobot},
		{Name: "在办", Words: []string{"在办", "在办事件"}, Help: "没办完的", Do: open},
		{Name: "我的", Words: []string{"我的", "我报的"}, Help: "您报的和您负责的", Do: mine},
		{Name: "详情", Words: []string{"详情", "详细", "查看"}, Help: "例：详情 001", Do: detail},
		{Name: "台账", Words: []string{"台账", "台帐", "登记台账"}, Help: "最近登记的", Do: registry},
		{Name: "值班", Words: []string{"值班", "值班表", "谁值班"}, Help: "现在谁值班", Do: duty},
		{Name: "日报", Words: []string{"日报", "舆情日报"}, Help: "此刻的日报", Do: digest},
		{Name: "帮助", Words: []string{"帮助", "怎么用", "help", "？", "?"}, Do: help},
	}
}
