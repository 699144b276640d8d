package webchat

import (
	"errors"
	"mime/multipart"
	"net/http"
	"strings"
	"unicode/utf8"
)

const (
	maxUpload = 3*maxFile + 1<<20 // of one message, with all its files
	maxFiles  = 9
	maxText   = 10_000 // characters
)

// tooBig is what a person is told who sends a picture the platforms do not take.
const tooBig = "图片太大（上限20MB），请压缩后再发。"

// say puts what somebody wrote into the conversation.
func (p *page) say(w http.ResponseWriter, r *http.Request) {
	if !upload(w, r) {
		return
	}
	defer func() { _ = r.MultipartForm.RemoveAll() }()
	me, ok := p.me(w, r)
	if !ok {
		return
	}
	place, ok := p.place(me, r.FormValue("in"))
	if !ok {
		sorry(w, http.StatusForbidden, "您不在这个群里，没有发出。")
		return
	}
	u := Utterance{Person: me.ID, Group: place.Chat, Thread: r.FormValue("topic"), Platform: place.Platform, Text: r.FormValue("text"), Key: r.FormValue("key")}
	if sentence := wrong(u.Text, r.MultipartForm.File["file"]); sentence != "" {
		sorry(w, http.StatusBadRequest, sentence)
		return
	}
	said, err := p.sayWith(r, u)
	if err != nil && said.Message == "" {
		sorry(w, http.StatusConflict, "没有发出，请再发一次。")
		return
	}
	answer := map[string]string{"id": said.Message, "topic": said.Thread}
	if err != nil {
		answer["toast"] = "已发出，助手暂时没有回应，稍后会再试。"
	}
	reply(w, answer)
}

// sayWith says it with the files of the form.
func (p *page) sayWith(r *http.Request, u Utterance) (Said, error) {
	for _, h := range r.MultipartForm.File["file"] {
		f, err := h.Open()
		if err != nil {
			return Said{}, err
		}
		defer func() { _ = f.Close() }()
		u.Files = append(u.Files, Upload{Name: h.Filename, Data: f})
	}
	return p.chat.Say(r.Context(), u)
}

// upload reads a form with files; a false means it has answered.
func upload(w http.ResponseWriter, r *http.Request) bool {
	r.Body = http.MaxBytesReader(w, r.Body, maxUpload)
	err := r.ParseMultipartForm(maxForm)
	var over *http.MaxBytesError
	switch {
	case errors.As(err, &over):
		sorry(w, http.StatusRequestEntityTooLarge, tooBig)
		return false
	case err != nil:
		sorry(w, http.StatusBadRequest, "没有发出，请刷新后再试。")
		return false
	}
	for _, f := range r.MultipartForm.File["file"] {
		if f.Size > maxFile {
			_ = r.MultipartForm.RemoveAll()
			sorry(w, http.StatusRequestEntityTooLarge, tooBig)
			return false
		}
	}
	return true
}

// wrong is why this cannot be sent, empty if it can.
func wrong(text string, files []*multipart.FileHeader) string {
	switch {
	case strings.TrimSpace(text) == "" && len(files) == 0:
		return "先写点什么，或者选一张图片。"
	case utf8.RuneCountInString(text) > maxText:
		return "这段话太长（上限1万字），请分几次发。"
	case len(files) > maxFiles:
		return "一次最多发9张图片，请分几次发。"
	}
	return ""
}
