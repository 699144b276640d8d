package store_test

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"strings"
	"testing"
	"time"

	"fenghuo/store"
	"fenghuo/store/storetest"
)

// write appends n entries.
func write(t testing.TB, s *store.Store, n int) {
	t.Helper()
	inTx(t, s, func(tx *store.Tx) error {
		for i := range n {
			body := json.RawMessage(fmt.Sprintf(`{"z": %d, "text": "积水 <30> 厘米", "a": 12345678901234567890.10}`, i))
			if _, err := tx.Append(store.Entry{Actor: "wanglei", Kind: "added", Subject: "incident/" + fmt.Sprint(i%2), Cause: "event/1", Body: body}); err != nil {
				return err
			}
		}
		return nil
	})
}

func TestTheLedgerIsAChain(t *testing.T) {
	timed(t, func(t *testing.T, s *store.Store, h *hand) {
		write(t, s, 5)
		h.pass(time.Hour)
		write(t, s, 1)
		prev, n := store.Genesis, int64(0)
		err := s.EachEntry(t.Context(), func(e store.Entry) error {
			n++
			if e.Seq != n || e.Prev != prev {
				t.Errorf("entry %d follows %s", e.Seq, e.Prev)
			}
			prev = e.Hash
			return nil
		})
		if err != nil || n != 6 {
			t.Fatal(n, err)
		}
		if r, err := s.Verify(t.Context()); err != nil || !r.OK() || r.Entries != 6 || r.Head != prev {
			t.Errorf("%+v, %v", r, err)
		}
		of, err := s.Entries(t.Context(), "incident/1")
		if err != nil || len(of) != 2 || of[0].Seq != 2 || string(of[0].Body) != `{"a":12345678901234567890.10,"text":"积水 <30> 厘米","z":1}` {
			t.Errorf("%+v, %v", of, err)
		}
	})
}

func TestBodiesHaveToBeOneJSONValue(t *testing.T) {
	t.Parallel()
	s := storetest.Open(t)
	for body, want := range map[string]bool{"": true, "null": true, `"x"`: true, "{": false, "{} {}": false, "nope": false} {
		err := s.InTx(t.Context(), func(tx *store.Tx) error {
			_, err := tx.Append(store.Entry{Kind: "test", Body: json.RawMessage(body)})
			return err
		})
		if (err == nil) != want {
			t.Errorf("%q: %v", body, err)
		}
	}
}

func TestTheLedgerRefusesToBeChanged(t *testing.T) {
	t.Parallel()
	storetest.Run(t, func(t *testing.T, s *store.Store) {
		write(t, s, 2)
		changes := []string{
			"update entries set actor = 'lisi' where seq = 1",
			"update entries set seq = 7 where seq = 2",
			"delete from entries where seq = 2",
			"delete from entries",
		}
		if strings.HasSuffix(t.Name(), "/postgres") {
			changes = append(changes, "truncate entries")
		}
		for _, sql := range changes {
			err := s.InTx(t.Context(), func(tx *store.Tx) error { return tx.Exec(sql) })
			if err == nil || !strings.Contains(err.Error(), "append-only") {
				t.Errorf("%s: %v", sql, err)
			}
		}
		if r, err := s.Verify(t.Context()); err != nil || !r.OK() || r.Entries != 2 {
			t.Errorf("%+v, %v", r, err)
		}
	})
}

// unguarded takes the triggers away, as an intruder would.
func unguarded(t *testing.T, s *store.Store) {
	t.Helper()
	err := s.InTx(t.Context(), func(tx *store.Tx) error {
		if err := tx.Exec("drop trigger entries_keep"); err != nil {
			return err
		}
		return tx.Exec("drop trigger entries_stay")
	})
	if err != nil {
		exec(t, s, "drop trigger entries_keep on entries")
	}
}

func TestTamperingIsFound(t *testing.T) {
	t.Parallel()
	storetest.Run(t, func(t *testing.T, s *store.Store) {
		write(t, s, 3)
		unguarded(t, s)
		for _, c := range []struct {
			sql, undo string
			bad       int64
		}{
			{"update entries set actor = 'lisi' where seq = 2", "update entries set actor = 'wanglei' where seq = 2", 2},
			{"update entries set cause = 'event/2' where seq = 1", "update entries set cause = 'event/1' where seq = 1", 1},
			{"update entries set body = '{}' where seq = 3", "", 3},
			{"update entries set at = '2026-01-01 00:00:00.000000Z' where seq = 2", "", 2},
			{"update entries set hash = prev where seq = 1", "", 1},
			{"delete from entries where seq = 1", "", 1},
			{"delete from entries where seq = 3", "", 3},
			{"delete from entries", "", 1},
		} {
			exec(t, s, c.sql)
			if r, err := s.Verify(t.Context()); err != nil || r.FirstBad != c.bad || r.Why == "" {
				t.Errorf("%s: %+v, %v", c.sql, r, err)
			}
			if c.undo == "" { // start again
				exec(t, s, "delete from entries")
				exec(t, s, "update ledger_head set seq = 0, hash = ?", store.Genesis)
				write(t, s, 3)
				continue
			}
			exec(t, s, c.undo)
			if r, err := s.Verify(t.Context()); err != nil || !r.OK() {
				t.Errorf("undone: %+v, %v", r, err)
			}
		}
	})
}

func TestAnExportIsCheckedWithoutADatabase(t *testing.T) {
	t.Parallel()
	storetest.Run(t, func(t *testing.T, s *store.Store) {
		write(t, s, 3)
		var file bytes.Buffer
		if err := s.ExportLedger(t.Context(), &file); err != nil {
			t.Fatal(err)
		}
		lines := strings.SplitAfter(strings.TrimSuffix(file.String(), "\n"), "\n")
		if len(lines) != 4 {
			t.Fatalf("%d lines", len(lines))
		}
		for name, c := range map[string]struct {
			text string
			bad  int64
		}{
			"as written":         {file.String(), 0},
			"a letter changed":   {strings.Replace(file.String(), "wanglei", "wanglej", 1), 1},
			"a space added":      {strings.Replace(file.String(), `"seq":2,`, `"seq": 2,`, 1), 2},
			"a line left out":    {lines[0] + lines[2] + lines[3], 2},
			"lines exchanged":    {lines[1] + lines[0] + lines[2] + lines[3], 1},
			"no last line":       {lines[0] + lines[1] + lines[2], 4},
			"cut in a line":      {file.String()[:len(lines[0])+20], 2},
			"last entry missing": {lines[0] + lines[1] + lines[3], 3},
			"something after":    {file.String() + "x\n", 4},
			"nothing":            {"", 1},
			"not a ledger":       {"hello\n", 1},
		} {
			if r, err := store.VerifyFile(strings.NewReader(c.text)); err != nil || r.FirstBad != c.bad || r.OK() != (r.Why == "") {
				t.Errorf("%s: %+v, %v", name, r, err)
			}
		}
	})
}

// TestHashesCanBeCheckedByHand does what the comment on sum promises, at every moment of a second.
func TestHashesCanBeCheckedByHand(t *testing.T) {
	t.Parallel()
	for _, fraction := range []time.Duration{0, 500 * time.Millisecond, 123450 * time.Microsecond, 123456 * time.Microsecond} {
		cfg := storetest.Config(t, "sqlite::memory:")
		cfg.Now = func() time.Time { return time.Date(2026, 3, 10, 1, 12, 0, int(fraction), time.UTC) }
		checkByHand(t, storetest.OpenConfig(t, cfg))
	}
}

func checkByHand(t *testing.T, s *store.Store) {
	t.Helper()
	write(t, s, 1)
	var file bytes.Buffer
	if err := s.ExportLedger(t.Context(), &file); err != nil {
		t.Fatal(err)
	}
	line, _, _ := strings.Cut(file.String(), "\n")
	var e map[string]json.RawMessage
	if err := json.Unmarshal([]byte(line), &e); err != nil {
		t.Fatal(err)
	}
	var prev, hash string
	if err := json.Unmarshal(e["prev"], &prev); err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal(e["hash"], &hash); err != nil {
		t.Fatal(err)
	}
	text := prev + "{"
	for _, key := range []string{"actor", "at", "body", "cause", "kind", "seq", "subject"} {
		text += fmt.Sprintf("%q:%s,", key, e[key])
	}
	sum := sha256.Sum256([]byte(strings.TrimSuffix(text, ",") + "}"))
	if hex.EncodeToString(sum[:]) != hash {
		t.Errorf("%s\nis not the hash of %s", hash, text)
	}
}

// FuzzVerifyFile reads files of anybody's making.
func FuzzVerifyFile(f *testing.F) {
	s := storetest.Open(f)
	write(f, s, 2)
	var file bytes.Buffer
	if err := s.ExportLedger(f.Context(), &file); err != nil {
		f.Fatal(err)
	}
	good := file.String()
	f.Add(good)
	f.Add("")
	f.Add(`{"ledger":"fenghuo","entries":0,"head":"` + store.Genesis + `"}` + "\n")
	f.Fuzz(func(t *testing.T, text string) {
		r, err := store.VerifyFile(strings.NewReader(text))
		if err != nil {
			t.Fatal(err)
		}
		if r.OK() && r.Entries > 0 && !strings.Contains(text, r.Head) {
			t.Errorf("%q is accepted with head %s", text, r.Head)
		}
	})
}

// TestAChangedByteAnywhereIsFound flips every byte of an exported ledger, and every byte of every column of an entry:
// the entry it belongs to is named; of the last line, which belongs to none, it is found.
func TestAChangedByteAnywhereIsFound(t *testing.T) {
	t.Parallel()
	storetest.Run(t, func(t *testing.T, s *store.Store) {
		write(t, s, 3)
		var file bytes.Buffer
		if err := s.ExportLedger(t.Context(), &file); err != nil {
			t.Fatal(err)
		}
		number := int64(1)
		for n, b := range file.Bytes() {
			for _, mask := range []byte{1, 0x20, 0x80} {
				changed := bytes.Clone(file.Bytes())
				changed[n] = b ^ mask
				if r, err := store.VerifyFile(bytes.NewReader(changed)); err != nil || r.OK() || number <= 3 && r.FirstBad != number {
					t.Fatalf("byte %d of the export, in line %d, changed by %#x: %+v, %v", n, number, mask, r, err)
				}
			}
			if b == '\n' {
				number++
			}
		}
		unguarded(t, s)
		for _, column := range []string{"actor", "kind", "subject", "cause", "body", "prev", "hash"} {
			var kept string
			inTx(t, s, func(tx *store.Tx) error { return tx.Scan(&kept, "select "+column+" from entries where seq = 2") })
			for n := range len(kept) {
				if kept[n] >= 0x80 {
					continue // a database refuses half a character
				}
				exec(t, s, "update entries set "+column+" = ? where seq = 2", kept[:n]+string(rune(kept[n]^1))+kept[n+1:])
				if r, err := s.Verify(t.Context()); err != nil || r.FirstBad != 2 {
					t.Fatalf("byte %d of %s %q changed: %+v, %v", n, column, kept, r, err)
				}
			}
			exec(t, s, "update entries set "+column+" = ? where seq = 2", kept)
		}
		if r, err := s.Verify(t.Context()); err != nil || !r.OK() {
			t.Errorf("all undone: %+v, %v", r, err)
		}
	})
}
