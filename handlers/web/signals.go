package web

import (
	"context"
	"encoding/json"
	"errors"
	"io"
	"log/slog"
	"net/http"
	"time"

	"fenghuo/internal/signal"
	"fenghuo/store"
)

// Signals takes what a monitoring system posts. Counted hears what came of each.
type Signals struct {
	Key     string
	Take    func(ctx context.Context, s signal.Signal) (row store.SignalRow, known bool, err error)
	Now     func() time.Time
	Counted func(outcome string)
	Log     *slog.Logger
}

// acceptLimit is how long one signal may take; the sender tries again.
const acceptLimit = 10 * time.Second

// accepted is the answer to a signal. It does not say what became of it: incidents are the enterprise's own.
type accepted struct {
	ID     string `json:"id"`
	Number string `json:"number,omitempty"`
	Known  bool   `json:"known"`
}

// ServeHTTP answers 200 to what is kept, 401 to what is not signed right, 400 to what is not a signal, 413
// to what is too long and 503 to what could not be kept and should be sent again.
func (s *Signals) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	ctx, cancel := context.WithTimeout(r.Context(), acceptLimit)
	defer cancel()
	body, err := io.ReadAll(http.MaxBytesReader(w, r.Body, signal.MaxBody))
	var long *http.MaxBytesError
	switch {
	case errors.As(err, &long):
		s.refuse(w, http.StatusRequestEntityTooLarge, "wrong", "the body is longer than 64 KiB")
		return
	case err != nil:
		s.refuse(w, http.StatusBadRequest, "wrong", "the body ended early")
		return
	}
	if err := signal.Authentic(s.Key, r.Header.Get(signal.TimestampHeader), r.Header.Get(signal.SignatureHeader), body, s.Now()); err != nil {
		s.refuse(w, http.StatusUnauthorized, "forged", err.Error())
		return
	}
	sig, err := signal.Parse(body)
	if err != nil {
		s.refuse(w, http.StatusBadRequest, "wrong", err.Error())
		return
	}
	row, known, err := s.Take(ctx, sig)
	if err != nil {
		s.Log.Error("signal not taken", "err", err)
		s.refuse(w, http.StatusServiceUnavailable, "failed", "not kept; send it again")
		return
	}
	outcome := "taken"
	if known {
		outcome = "known"
	}
	s.Counted(outcome)
	answer(w, http.StatusOK, accepted{ID: sig.ID, Number: row.Number, Known: known})
}

func (s *Signals) refuse(w http.ResponseWriter, status int, outcome, why string) {
	s.Counted(outcome)
	answer(w, status, map[string]string{"error": why})
}

func answer(w http.ResponseWriter, status int, body any) {
	raw, err := json.Marshal(body)
	if err != nil {
		status, raw = http.StatusInternalServerError, []byte(`{}`)
	}
	w.Header().Set("Content-Type", "application/json; charset=utf-8")
	w.Header().Set("Cache-Control", "no-store")
	w.WriteHeader(status)
	_, _ = w.Write(append(raw, '\n'))
}
