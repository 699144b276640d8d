package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
)

type replayCmd struct {
	JSON  bool     `help:"Print one JSON object and nothing else."`
	Files []string `arg:"" name:"file" help:"Scenario files."`
}

// Help shows how it is used.
func (replayCmd) Help() string {
	return `Examples:
  fenghuo replay testdata/scenarios/01-happy-path.yaml
  fenghuo replay --json testdata/scenarios/05-silent-officer.yaml

Exit codes: 0 all expectations met; 1 some not met; 2 the file is wrong.`
}

// Run plays each file; the worst result is the exit code.
func (c replayCmd) Run(e *env) error {
	unmet := 0
	for _, file := range c.Files {
		r, err := playScenario(e.ctx, file, e.now, slog.New(slog.NewTextHandler(e.stderr, &slog.HandlerOptions{Level: slog.LevelError})))
		if err != nil {
			return replayError(err)
		}
		unmet += len(r.unmet)
		if err := c.print(e, r); err != nil {
			return err
		}
	}
	if unmet > 0 {
		return &exitError{exitUnmet, fmt.Errorf("%d expectations not met", unmet)}
	}
	return nil
}

func (c replayCmd) print(e *env, r *replay) error {
	if !c.JSON {
		r.print(e.stdout)
		return nil
	}
	for _, u := range r.unmet {
		fmt.Fprintln(e.stderr, u)
	}
	enc := json.NewEncoder(e.stdout)
	enc.SetEscapeHTML(false)
	return enc.Encode(r.end)
}

// replayError gives errors of the file exit code 2.
func replayError(err error) error {
	var wrong *fileError
	if errors.As(err, &wrong) || errors.Is(err, fs.ErrNotExist) {
		return usage(err)
	}
	return err
}
