package wecomtest

import (
	"crypto/md5"
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"time"
)

// push is aibot_send_msg: into a chat in which somebody has talked to the AI bot (D/101463).
func (p *Platform) push(f frame) (object, error) {
	r, err := parseReply(f.Body)
	if err != nil {
		return nil, err
	}
	c, err := p.pushable(r)
	if err != nil {
		return nil, err
	}
	m, err := p.replyMessage(r, c)
	if err != nil {
		return nil, err
	}
	if !p.within("aibot in "+c.ChatID, perChat) {
		return nil, no(45009, "")
	}
	m.Push = true
	if m.Card != "" && c.person == nil && !p.opt.PushCards {
		p.complain("a card pushed into the group %s may never be shown", c.ChatID)
		m.Dropped = true
	}
	p.spoken(m)
	return nil, nil
}

// pushable is the chat a push goes to: by chatid or by userid, whose case counts.
func (p *Platform) pushable(r *reply) (*chat, error) {
	if r.ChatID == "" {
		return nil, no(40050, "")
	}
	c := p.chats[r.ChatID]
	if r.ChatType == 1 || c == nil && r.ChatType == 0 {
		c = p.botChat(r.ChatID)
	}
	switch {
	case c == nil || c.with == App || c.appMade:
		p.complain("aibot_send_msg: there is no chat %q", r.ChatID)
		return nil, no(93006, "")
	case r.ChatType == 2 && c.person != nil, !c.talked, c.dead, c.botOut:
		return nil, no(93006, "")
	}
	return c, p.chatFault(c.ChatID)
}

// botChat is the private chat of the person the AI bot knows by that id.
func (p *Platform) botChat(id string) *chat {
	for _, person := range p.people {
		if person.seenByBot() == id {
			return p.chats[privateID(AIBot, person.UserID)]
		}
	}
	return nil
}

// Limits of uploads over the socket.
const (
	uploadFor = 30 * time.Minute
	maxChunk  = 512 << 10
	maxChunks = 100
)

// upload is a file that comes in chunks.
type upload struct {
	Type   string `json:"type"`
	Name   string `json:"filename"`
	Size   int    `json:"total_size"`
	Chunks int    `json:"total_chunks"`
	MD5    string `json:"md5"`
	began  time.Time
	parts  map[int][]byte
}

// uploadInit is aibot_upload_media_init.
func (p *Platform) uploadInit(f frame) (object, error) {
	u := &upload{began: p.now(), parts: map[int][]byte{}}
	if err := json.Unmarshal(f.Body, u); err != nil {
		return nil, no(47001, "%v", err)
	}
	most := mostBytes(u.Type)
	switch {
	case most == 0:
		return nil, no(40004, "%q", u.Type)
	case u.Size < 5 || u.Size > most:
		return nil, no(45001, "%d bytes", u.Size)
	case u.Name == "" || len(u.Name) > 256, u.Chunks < 1 || u.Chunks > maxChunks:
		return nil, no(40058, "filename or total_chunks")
	case !p.within("uploads", perUploader):
		return nil, no(45009, "")
	}
	id := p.next("sim-upload-")
	p.uploads[id] = u
	return object{"upload_id": id}, nil
}

// mostBytes is how large an upload of a kind may be; 0 is no kind.
func mostBytes(kind string) int {
	return map[string]int{"image": 10 << 20, "voice": 2 << 20, "video": 10 << 20, "file": 20 << 20}[kind]
}

// uploadChunk is aibot_upload_media_chunk: in any order, counted from 0 or from 1.
func (p *Platform) uploadChunk(f frame) (object, error) {
	var in struct {
		ID    string `json:"upload_id"`
		Index int    `json:"chunk_index"`
		Data  string `json:"base64_data"`
	}
	if err := json.Unmarshal(f.Body, &in); err != nil {
		return nil, no(47001, "%v", err)
	}
	u := p.uploads[in.ID]
	data, err := base64.StdEncoding.DecodeString(in.Data)
	switch {
	case u == nil || p.now().Sub(u.began) > uploadFor:
		return nil, no(40058, "upload_id")
	case err != nil || len(data) == 0 || len(data) > maxChunk:
		return nil, no(40058, "base64_data")
	case in.Index < 0 || in.Index > u.Chunks:
		return nil, no(40058, "chunk_index")
	}
	u.parts[in.Index] = data
	return nil, nil
}

// uploadFinish is aibot_upload_media_finish.
func (p *Platform) uploadFinish(f frame) (object, error) {
	var in struct {
		ID string `json:"upload_id"`
	}
	if err := json.Unmarshal(f.Body, &in); err != nil {
		return nil, no(47001, "%v", err)
	}
	u := p.uploads[in.ID]
	if u == nil || p.now().Sub(u.began) > uploadFor || len(u.parts) != u.Chunks {
		return nil, no(40058, "upload_id, or chunks are missing")
	}
	var data []byte
	for i := range u.Chunks + 1 {
		data = append(data, u.parts[i]...)
	}
	sum := md5.Sum(data)
	if len(data) != u.Size || hex.EncodeToString(sum[:]) != u.MD5 {
		return nil, no(40058, "total_size or md5")
	}
	delete(p.uploads, in.ID)
	id := p.keep("sim-bot-media-", file{name: u.Name, kind: u.Type, data: data, bot: true, ends: p.now().Add(mediaFor)})
	return object{"type": u.Type, "media_id": id, "created_at": p.now().Unix()}, nil
}
