package feishu

import (
	"fmt"

	"fenghuo/bot"
)

const (
	maxColumns = 50
	pageSize   = 10
	maxPoints  = 60
)

// table: https://open.feishu.cn/document/uAjLw4CM/ukzMukzMukzM/feishu-cards/card-json-v2-components/content-components/table.
// Its cells are plain text: what people wrote stays what they wrote.
func table(t *bot.Table) obj {
	n := min(len(t.Columns), maxColumns)
	columns := make([]obj, n)
	for i, name := range t.Columns[:n] {
		columns[i] = obj{"name": key(i), "display_name": name, "data_type": "text"}
	}
	rows := make([]obj, 0, len(t.Rows))
	for _, r := range t.Rows {
		row := obj{}
		for i, cell := range r[:min(len(r), n)] {
			row[key(i)] = cell
		}
		rows = append(rows, row)
	}
	return obj{"tag": "table", "page_size": pageSize, "columns": columns, "rows": rows}
}

func key(column int) string { return fmt.Sprintf("c%d", column) }

// chart is bars with their figures: https://open.feishu.cn/document/uAjLw4CM/ukzMukzMukzM/feishu-cards/card-json-v2-components/content-components/chart
func chart(c *bot.Chart) obj {
	points := c.Points[:min(len(c.Points), maxPoints)]
	values := make([]obj, len(points))
	for i, p := range points {
		values[i] = obj{"label": p.Label, "value": p.Value}
	}
	spec := obj{"type": "bar", "data": obj{"values": values}, "xField": "label", "yField": "value", "label": obj{"visible": true}}
	if c.Title != "" {
		spec["title"] = obj{"text": c.Title}
	}
	return obj{"tag": "chart", "aspect_ratio": "16:9", "chart_spec": spec}
}
