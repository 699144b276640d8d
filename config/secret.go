package config

import (
	"fmt"
	"io"
	"log/slog"
)

// Secret is a value that never shows: it prints as *** wherever it is printed.
type Secret string

const hidden = "***"

// Reveal is the value itself.
func (s Secret) Reveal() string { return string(s) }

// String is ***, or nothing for an empty secret.
func (s Secret) String() string {
	if s == "" {
		return ""
	}
	return hidden
}

// Format prints the same for every verb: %d and %x of a plain string type would show it.
func (s Secret) Format(f fmt.State, _ rune) { _, _ = io.WriteString(f, s.String()) }

// MarshalText is what JSON and YAML print.
func (s Secret) MarshalText() ([]byte, error) { return []byte(s.String()), nil }

// LogValue is what a log line prints.
func (s Secret) LogValue() slog.Value { return slog.StringValue(s.String()) }
