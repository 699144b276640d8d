package store

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
)

// Verify checks the whole ledger: every hash, the order, and that it ends where its head says. It finds
// whatever was changed, removed, added or exchanged. Whoever can write the database can also compute the
// whole chain anew; against that, Head is to be kept where they cannot reach it.
func (s *Store) Verify(ctx context.Context) (VerifyReport, error) {
	c := newChain()
	head, err := s.walk(ctx, func(e Entry) error {
		c.add(e)
		return nil
	})
	if err != nil {
		return VerifyReport{}, err
	}
	return c.end(head.Seq, head.Hash), nil
}

// ending is the last line of an exported ledger.
type ending struct {
	Ledger  string `json:"ledger"`
	Entries int64  `json:"entries"`
	Head    string `json:"head"`
}

// ledgerName tells the last line of an export from an entry.
const ledgerName = "fenghuo"

// ExportLedger writes the ledger, one entry a line, and a last line that says how many there are and the
// hash of the last.
func (s *Store) ExportLedger(ctx context.Context, w io.Writer) error {
	buf := bufio.NewWriter(w)
	end := ending{Ledger: ledgerName, Head: Genesis}
	err := s.EachEntry(ctx, func(e Entry) error {
		end.Entries, end.Head = end.Entries+1, e.Hash
		return line(buf, e)
	})
	if err != nil {
		return fmt.Errorf("export ledger: %w", err)
	}
	if err := line(buf, end); err != nil {
		return fmt.Errorf("export ledger: %w", err)
	}
	return buf.Flush()
}

func line(w io.Writer, v any) error {
	b, err := encode(v)
	if err == nil {
		_, err = w.Write(append(b, '\n'))
	}
	return err
}

// VerifyFile checks an exported ledger by itself, without a database. The file alone cannot tell that its
// end was cut off and its last line written anew: compare Head with one noted elsewhere.
func VerifyFile(r io.Reader) (VerifyReport, error) {
	c := newChain()
	lines := bufio.NewReader(r)
	for {
		b, err := lines.ReadBytes('\n')
		if err != nil && !errors.Is(err, io.EOF) {
			return VerifyReport{}, fmt.Errorf("read ledger file: %w", err)
		}
		var end ending
		if len(b) > 0 && json.Unmarshal(b, &end) == nil && end.Ledger == ledgerName {
			report := c.end(end.Entries, end.Head)
			if _, err := lines.ReadByte(); report.OK() && (!errors.Is(err, io.EOF) || !same(b, end)) {
				c.bad(c.seq+1, "the last line has been changed")
			}
			return c.report, nil
		}
		if !c.line(b) {
			return c.report, nil
		}
	}
}

// line checks one line of an export; false: the rest cannot be read.
func (c *chain) line(b []byte) bool {
	var e Entry
	switch {
	case len(b) == 0:
		c.bad(c.seq+1, "the last line is missing: the file has been cut off")
	case json.Unmarshal(b, &e) != nil:
		c.bad(c.seq+1, fmt.Sprintf("line %d is not an entry", c.report.Entries+1))
	case !same(b, e):
		c.bad(c.seq+1, fmt.Sprintf("line %d has been changed", c.report.Entries+1))
	default:
		c.add(e)
		return true
	}
	return false
}

// same reports whether v is written as b, byte for byte.
func same(b []byte, v any) bool {
	want, err := encode(v)
	return err == nil && bytes.Equal(b, append(want, '\n'))
}
