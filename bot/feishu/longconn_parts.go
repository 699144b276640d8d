package feishu

import "time"

// The limits of what waits for its missing parts. The official Node SDK waits 10 s too; the platform sends
// a message that was not acknowledged again after 15 s, so nothing dropped here is lost.
const (
	partsWait  = 10 * time.Second
	partsMost  = 256      // of one message
	splitsMost = 256      // messages at once
	partsBytes = 16 << 20 // of all messages
)

// parts joins messages the platform split: frames with the same message_id, sum of them, seq saying which.
// They come in any order, and some twice.
type parts struct {
	waiting map[string]*split
	bytes   int
}

type split struct {
	begun time.Time
	parts [][]byte
	have  []bool
	left  int
	bytes int
}

// add takes one part. It returns the whole message with its last part, and nil before.
func (p *parts) add(now time.Time, id string, sum, seq int, part []byte) []byte {
	p.expire(now)
	if id == "" || sum > partsMost || seq < 0 || seq >= sum || len(part) > partsBytes {
		return nil
	}
	s := p.waiting[id]
	if s != nil && len(s.parts) != sum { // not the message that began under this id
		p.drop(id)
		s = nil
	}
	if s != nil && s.have[seq] {
		return nil
	}
	p.makeRoom(id, len(part))
	if s == nil || p.waiting[id] == nil {
		s = &split{begun: now, parts: make([][]byte, sum), have: make([]bool, sum), left: sum}
		if p.waiting == nil {
			p.waiting = map[string]*split{}
		}
		p.waiting[id] = s
	}
	s.parts[seq], s.have[seq] = part, true
	s.left--
	s.bytes += len(part)
	p.bytes += len(part)
	if s.left > 0 {
		return nil
	}
	p.drop(id)
	whole := make([]byte, 0, s.bytes)
	for _, b := range s.parts {
		whole = append(whole, b...)
	}
	return whole
}

// expire drops what has waited too long.
func (p *parts) expire(now time.Time) {
	for id, s := range p.waiting {
		if now.Sub(s.begun) >= partsWait {
			p.drop(id)
		}
	}
}

// makeRoom drops the oldest messages until size more bytes of message id fit; that one goes last.
func (p *parts) makeRoom(id string, size int) {
	for len(p.waiting) > 0 && (p.bytes+size > partsBytes || p.waiting[id] == nil && len(p.waiting) >= splitsMost) {
		oldest := id
		for other, s := range p.waiting {
			if other != id && (oldest == id || s.begun.Before(p.waiting[oldest].begun)) {
				oldest = other
			}
		}
		p.drop(oldest)
	}
}

func (p *parts) drop(id string) {
	if s := p.waiting[id]; s != nil {
		p.bytes -= s.bytes
		delete(p.waiting, id)
	}
}
