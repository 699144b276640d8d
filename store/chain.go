package store

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
)

// Genesis is what the first entry of a ledger names as its predecessor.
const Genesis = "0000000000000000000000000000000000000000000000000000000000000000"

// sum is the hash of e: SHA-256, in lower-case hexadecimal, over the hash of the entry before it, as text,
// followed by the entry without prev and hash as JSON with its keys in alphabetical order and no spaces.
// With a line of an export it can be checked by hand: printf '%s%s' PREV JSON | sha256sum.
func (e Entry) sum() string {
	h := sha256.New()
	io.WriteString(h, e.Prev)
	h.Write(e.text())
	return hex.EncodeToString(h.Sum(nil))
}

// text is what is hashed. The body goes in as it is kept, so that no byte of it can change unnoticed.
func (e Entry) text() []byte {
	var b bytes.Buffer
	fmt.Fprintf(&b, `{"actor":%s,"at":%s,"body":%s,"cause":%s,"kind":%s,"seq":%d,"subject":%s}`,
		quote(e.Actor), quote(e.At.UTC().Format(inLedger)), e.Body, quote(e.Cause), quote(e.Kind), e.Seq, quote(e.Subject))
	return b.Bytes()
}

// inLedger is how a time stands in the ledger: always with its microseconds, in UTC.
const inLedger = "2006-01-02T15:04:05.000000Z"

// MarshalJSON writes the time as it is hashed.
func (e Entry) MarshalJSON() ([]byte, error) {
	type plain Entry
	return encode(struct {
		Seq int64  `json:"seq"`
		At  string `json:"at"`
		plain
	}{e.Seq, e.At.UTC().Format(inLedger), plain(e)})
}

func quote(s string) []byte {
	b, _ := encode(s)
	return b
}

// canonical is b with its keys in alphabetical order, without spaces; numbers stay as they are written.
func canonical(b json.RawMessage) (json.RawMessage, error) {
	if len(b) == 0 {
		return json.RawMessage("null"), nil
	}
	dec := json.NewDecoder(bytes.NewReader(b))
	dec.UseNumber()
	var v any
	if err := dec.Decode(&v); err != nil {
		return nil, err
	}
	if _, err := dec.Token(); !errors.Is(err, io.EOF) {
		return nil, errors.New("more than one JSON value")
	}
	return encode(v)
}

func encode(v any) ([]byte, error) {
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	if err := enc.Encode(v); err != nil {
		return nil, err
	}
	return bytes.TrimSuffix(b.Bytes(), []byte("\n")), nil
}

// chain checks entries as they pass.
type chain struct {
	report VerifyReport
	seq    int64
	hash   string
}

func newChain() *chain { return &chain{hash: Genesis, report: VerifyReport{Head: Genesis}} }

// VerifyReport is what a check of the ledger found.
type VerifyReport struct {
	Entries  int64  `json:"entries"`
	Head     string `json:"head"`      // hash of the last entry; note it elsewhere and compare
	FirstBad int64  `json:"first_bad"` // number of the first entry that is not as it was written; 0: all are
	Why      string `json:"why,omitempty"`
}

// OK reports whether nothing is wrong.
func (r VerifyReport) OK() bool { return r.FirstBad == 0 }

func (c *chain) add(e Entry) {
	c.report.Entries++
	switch {
	case !c.report.OK():
		return
	case e.Seq != c.seq+1:
		c.bad(c.seq+1, fmt.Sprintf("entry %d follows entry %d", e.Seq, c.seq))
	case e.Prev != c.hash:
		c.bad(e.Seq, fmt.Sprintf("entry %d does not continue entry %d", e.Seq, c.seq))
	case e.Hash != e.sum():
		c.bad(e.Seq, fmt.Sprintf("entry %d has been changed", e.Seq))
	}
	c.seq, c.hash, c.report.Head = e.Seq, e.Hash, e.Hash
}

// end compares the end of the chain with where it should be.
func (c *chain) end(seq int64, hash string) VerifyReport {
	switch {
	case !c.report.OK():
	case seq > c.seq:
		c.bad(c.seq+1, fmt.Sprintf("the ledger should end with entry %d and ends with %d: it has been cut off", seq, c.seq))
	case seq < c.seq:
		c.bad(seq+1, fmt.Sprintf("the ledger should end with entry %d and goes on to %d", seq, c.seq))
	case hash != c.hash:
		c.bad(seq, fmt.Sprintf("entry %d is not the one the ledger ended with", seq))
	}
	return c.report
}

// bad notes the first thing wrong; what comes after it is no surprise.
func (c *chain) bad(seq int64, why string) {
	if c.report.OK() {
		c.report.FirstBad, c.report.Why = seq, why
	}
}
