package webchat

import (
	"encoding/json"
	"errors"
	"net/http"
)

// maxForm bounds what a form without files may hold.
const maxForm = 64 << 10

// small reads a form without files; a false means it has answered.
func small(w http.ResponseWriter, r *http.Request) bool {
	r.Body = http.MaxBytesReader(w, r.Body, maxForm)
	if err := r.ParseForm(); err != nil {
		sorry(w, http.StatusBadRequest, "没有看懂这次点击，请刷新后再试。")
		return false
	}
	return true
}

// press presses a button of a card.
func (p *page) press(w http.ResponseWriter, r *http.Request) {
	if !small(w, r) {
		return
	}
	me, ok := p.me(w, r)
	if !ok {
		return
	}
	var fields map[string]string
	if sent := r.FormValue("fields"); sent != "" {
		if err := json.Unmarshal([]byte(sent), &fields); err != nil {
			sorry(w, http.StatusBadRequest, "没有看懂，请再试一次。")
			return
		}
	}
	toast, err := p.chat.Fill(r.Context(), me.ID, r.FormValue("id"), r.FormValue("label"), fields)
	switch {
	case errors.Is(err, ErrNoButton), errors.Is(err, ErrNoMessage):
		sorry(w, http.StatusConflict, "这个按钮已经不能用了。")
	case err != nil:
		sorry(w, http.StatusServiceUnavailable, "助手暂时没有回应，稍后会再试。")
	default:
		reply(w, map[string]string{"toast": toast})
	}
}

// react puts a reaction under a line, or takes it back.
func (p *page) react(w http.ResponseWriter, r *http.Request) {
	if !small(w, r) {
		return
	}
	me, ok := p.me(w, r)
	if !ok {
		return
	}
	emoji := r.FormValue("emoji")
	if emoji != "👍" {
		sorry(w, http.StatusBadRequest, "这里只能点赞。")
		return
	}
	err := p.chat.React(r.Context(), me.ID, r.FormValue("id"), emoji)
	switch {
	case errors.Is(err, ErrUnheard):
		sorry(w, http.StatusConflict, "企业微信里不能用表情回应。")
	case errors.Is(err, ErrNoMessage):
		sorry(w, http.StatusConflict, "这条消息看不到了。")
	case err != nil:
		sorry(w, http.StatusServiceUnavailable, "助手暂时没有回应，稍后会再试。")
	default:
		reply(w, struct{}{})
	}
}

// read marks lines as read; which of them the service hears of is the platform's rule.
func (p *page) read(w http.ResponseWriter, r *http.Request) {
	if !small(w, r) {
		return
	}
	me, ok := p.me(w, r)
	if !ok {
		return
	}
	for _, id := range r.PostForm["id"] {
		if err := p.chat.Read(r.Context(), me.ID, id); err != nil && !errors.Is(err, ErrNoMessage) {
			sorry(w, http.StatusServiceUnavailable, "助手暂时没有回应，稍后会再试。")
			return
		}
	}
	reply(w, struct{}{})
}
