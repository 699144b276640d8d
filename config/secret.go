package config

import "log/slog"

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

// GoString is what %#v prints.
func (s Secret) GoString() string { return s.String() }

// MarshalText is what JSON and YAML print.
func (s Secret) MarshalText() ([]byte, error) { return []byte(s.String()), nil }

// LogValue is what a log line prints.
func (s Secret) LogValue() slog.Value { return slog.StringValue(s.String()) }
